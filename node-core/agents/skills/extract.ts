import { alternatives, copyRules, gbnfLiteral } from './gbnf.ts';
import {
  asks,
  completeDecision,
  completeTask,
  completeThing,
  dateBehind,
  isNoTask,
  namedBefore,
  thingBefore,
  type Range,
} from './spans.ts';
import { needsSubject, ownerName, taskTitle } from './titles.ts';
import { token } from './tokens.ts';
import type { Transcript, Unit } from './transcript.ts';
import type { CalendarDate, CompletionRequest } from './types.ts';
import type { ExtractionWindow, WindowUnit } from './window.ts';

/** What the model said about one unit, in the transcript's own words. */
export type Finding = (
  | { kind: 'decision'; line: number; text: string }
  | { kind: 'action'; line: number; title: string; owners: string[]; due: CalendarDate | null }
) & {
  /** Where the judged unit begins in the transcript; what a general model found has none. */
  unit?: number;
};

const REFERENCE_UNITS = 4;

/** For each marked unit in turn: nothing, a decision or an action. All words are copied from the window, owners and dates are chosen. */
export function windowGrammar(window: ExtractionWindow): string {
  const marked = window.units.filter((unit) => unit.marker !== null);
  const ends = new Set(window.units.map((unit) => unit.to - 1));
  const owners = [token.me, token.all, token.nobody, ...window.names.keys()].map(gbnfLiteral).join(' | ');
  const dates = [...window.dates.keys()].map(gbnfLiteral).join(' | ');
  const rules = [
    `root ::= ${marked.map((unit, index) => `${gbnfLiteral(unit.marker ?? '')} u${index}`).join(' ')}`,
    `owner ::= ${owners}`,
  ];
  if (dates !== '') rules.push(`due ::= ${gbnfLiteral(token.due)} (${dates})`);
  marked.forEach((unit, index) => {
    const at = window.units.indexOf(unit);
    const refersFrom = window.units[Math.max(0, at - REFERENCE_UNITS)]?.from ?? 0;
    const reference = `(${gbnfLiteral(token.reference)} (${alternatives(refersFrom, unit.to)}))?`;
    const span = alternatives(unit.from, unit.to);
    const due = dates === '' ? '' : 'due?';
    rules.push(`s${index} ::= ${span}`);
    rules.push(`a${index} ::= ${gbnfLiteral(token.action)} owner owner? owner? s${index} ${reference} ${due}`);
    rules.push(
      `u${index} ::= ${gbnfLiteral(token.none)} | ${gbnfLiteral(token.decision)} s${index} ${reference} | a${index} a${index}?`,
    );
  });
  return [...rules, ...copyRules(window.words, (index) => ends.has(index))].join('\n');
}

export function windowRequest(window: ExtractionWindow): CompletionRequest {
  return { prompt: window.prompt, grammar: windowGrammar(window), maxTokens: 400, temperature: 0 };
}

const LABELLED = /^(?:decided|agreed|decisions?(?: taken)?|resolved|resolution|outcome|result)\s*[:–-]\s/iu;
/** Talk about the meeting itself. */
const PROCEDURE = /^(?:we|let'?s)(?:'ll| will)? (?:start|begin|go through|come back|wait|see|talk|move on)\b/iu;
const MARKED = /<([a-h])>((?:<no>|<dec>|<act>)[^]*?)(?=<[a-h]>|$)/gu;
const ANSWER = /^((?:<(?:me|all|who|[sn]\d)>)*)([^]*?)(?:<ref>([^]*?))?(?:<by>(<d\d>))?$/u;

/** Reads an answer; a cut-off one gives the findings that are whole. */
export function parseWindow(transcript: Transcript, window: ExtractionWindow, answer: string): Finding[] {
  const findings: Finding[] = [];
  for (const [, letter, said = ''] of answer.matchAll(MARKED)) {
    const unit = window.units.find((candidate) => candidate.marker === `<${letter}>`);
    if (unit === undefined) continue;
    for (const part of said.split(/(?=<dec>|<act>)/u)) {
      const finding = readFinding(transcript, window, unit, part);
      if (finding !== null) findings.push(finding);
    }
  }
  return findings;
}

function readFinding(transcript: Transcript, window: ExtractionWindow, unit: WindowUnit, said: string): Finding | null {
  const [, label = '', rest = ''] = /^(<dec>|<act>)([^]*)$/u.exec(said) ?? [];
  const [, owners = '', copied = '', reference, due] = ANSWER.exec(rest) ?? [];
  const chosen = label === '' ? null : locate(window, unit, copied);
  if (chosen === null) return null;
  const { line, start } = unit.unit;
  if (label === token.decision) {
    if (asks(window.words, chosen[0], unit.from)) return null;
    const labelled = LABELLED.exec(unit.unit.text)?.[0].trim().split(/\s+/u).length ?? 0;
    const from = labelled > 0 ? Math.min(chosen[0], unit.from + labelled) : chosen[0];
    const text = rawText(
      transcript,
      window,
      completeDecision(window.words, [from, Math.max(chosen[1], from + 1)], unit.to),
    ).replace(/^(?:decided|agreed|decision|resolved|settled|so|then|okay|ok|right|good)\b[:,]?\s+(?=\S+\s)/iu, '');
    if (PROCEDURE.test(text)) return null;
    const complete = inContext(transcript, window, unit, text);
    return complete.split(/\s+/u).length < 3 ? null : { kind: 'decision', unit: start, line, text: capital(complete) };
  }
  const words = completeTask(window.words, chosen, [unit.from, unit.to]);
  if (words === null || isNoTask(window.words, words[0], unit.from)) return null;
  const span = source(transcript, window, words);
  const title = taskTitle(span, needsSubject(span) ? thing(transcript, window, unit, reference, words[0]) : null);
  const before = namedBefore(window.words, words[0], unit.from)?.map((name) =>
    name === 'me' ? token.me : name === 'all' ? token.all : name,
  );
  const named = (before ?? owners.match(/<\w+>/gu) ?? [])
    .map((owner) => ownerOf(transcript, window, unit.unit, owner))
    .filter((owner) => owner !== null);
  const date =
    dateBehind(window.words, words, unit.to) ?? (due !== undefined && isNear(window, unit, due) ? due : null);
  return title === ''
    ? null
    : {
        kind: 'action',
        unit: start,
        line,
        title,
        owners: [...new Set(named)],
        due: date === null ? null : (window.dates.get(date) ?? null),
      };
}

/** "Then 4,000" means nothing without the question that it answers. */
function inContext(transcript: Transcript, window: ExtractionWindow, unit: WindowUnit, text: string): string {
  if (text.split(/\s+/u).length > 3 || !/\s|\d/u.test(text)) return text;
  const at = window.units.indexOf(unit);
  const question = window.units
    .slice(Math.max(0, at - REFERENCE_UNITS), at)
    .findLast((earlier) => earlier.unit.text.endsWith('?'));
  if (question === undefined) return text;
  const spoken = transcript.units
    .filter((other) => other.line === question.unit.line && other.end <= question.unit.end)
    .map((other) => other.text);
  return `${spoken.join(' ').slice(-120)} ${capital(text)}`;
}

/** A date in a short answer one sentence earlier or later may be meant: "Tuesday works." */
function isNear(window: ExtractionWindow, unit: WindowUnit, due: string): boolean {
  const at = window.units.indexOf(unit);
  return window.units
    .slice(Math.max(0, at - 1), at + 2)
    .some(
      (other) =>
        (other === unit || other.to - other.from <= 8) &&
        window.words.slice(other.from, other.to).some(({ core }) => core === due),
    );
}

/** What a pronoun of a task stands for: what the model says, if that was named before the task, else the last thing that was. */
function thing(
  transcript: Transcript,
  window: ExtractionWindow,
  unit: WindowUnit,
  reference: string | undefined,
  start: number,
): string | null {
  const said = reference === undefined ? null : locateReference(window, unit, reference);
  const home = window.units.find(({ from, to }) => said !== null && said[0] >= from && said[0] < to);
  const range =
    said !== null && said[1] <= start
      ? completeThing(window.words, said, home?.to ?? said[1])
      : thingBefore(window.words, 0, start);
  const name = range === null ? '' : source(transcript, window, range);
  return /\p{L}{3}/u.test(name) ? name : null;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function locate(window: ExtractionWindow, unit: Pick<WindowUnit, 'from' | 'to'>, span: string): Range | null {
  const wanted = span.trim().split(' ');
  for (let from = unit.from; from + wanted.length <= unit.to; from += 1) {
    const fits = wanted.every((text, offset) => {
      const word = window.words[from + offset];
      return word !== undefined && (text === word.core || text === word.core + word.trail);
    });
    if (fits) return [from, from + wanted.length];
  }
  return null;
}

function locateReference(window: ExtractionWindow, unit: WindowUnit, span: string): Range | null {
  const at = window.units.indexOf(unit);
  for (const earlier of window.units.slice(Math.max(0, at - REFERENCE_UNITS), at + 1).reverse()) {
    const found = locate(window, earlier, span);
    if (found !== null) return found;
  }
  return null;
}

function rawText(transcript: Transcript, window: ExtractionWindow, [from, to]: Range): string {
  return transcript.text
    .slice(window.words[from]?.start, window.words[to - 1]?.end)
    .trim()
    .replace(/[\s.,;:!?…]+$/u, '');
}

/** The words as they stand in the transcript, without the dates among them. */
function source(transcript: Transcript, window: ExtractionWindow, [from, to]: Range): string {
  const words = window.words.slice(from, to);
  let text = '';
  for (const word of words) {
    if (!word.isDate) text += ` ${transcript.text.slice(word.start, word.end)}`;
    else text = text.replace(/\s+(?:by|on|until|till|before|for|in|at|from)$/iu, '');
  }
  return text.trim().replace(/[\s.,;:!?…]+$/u, '');
}

function ownerOf(transcript: Transcript, window: ExtractionWindow, unit: Unit, owner: string): string | null {
  if (owner === token.nobody) return null;
  if (owner === token.all) return 'everybody';
  if (owner === token.me) return ownerName(transcript.people, unit.speaker ?? transcript.people.author ?? 'me');
  return window.names.get(owner) ?? null;
}
