import {
  extractionWindows,
  PASSES,
  type ExtractionWindow,
  type WindowUnit,
} from '../../../../node-core/agents/skills/window.ts';
import { nameKeys } from '../../../../node-core/agents/skills/people.ts';
import { token } from '../../../../node-core/agents/skills/tokens.ts';
import { splitTranscript, type Transcript } from '../../../../node-core/agents/skills/transcript.ts';
import type { Mark } from './annotations.ts';
import type { Meeting } from './meetings.ts';

/** What the model is trained on: a prompt of the skills, and the answer. */
export interface Example {
  prompt: string;
  answer: string;
}

export interface Losses {
  marks: number;
  spans: number;
  dues: number;
  owners: number;
  references: number;
}

/** Some windows of a generated meeting with their answers, through the very code that the agents run. `lost` counts marks that code could not see. */
export function meetingExamples(meeting: Meeting, lost?: Losses): Example[] {
  const transcript = splitTranscript(meeting.text, { today: meeting.date, date: meeting.date });
  if ('code' in transcript) return [];
  const windows = extractionWindows(transcript).filter(({ id }) => (id + meeting.text.length) % PASSES === 0);
  return windows.map((window) => ({
    prompt: window.prompt,
    answer: window.units
      .filter((unit) => unit.marker !== null)
      .map((unit) => (unit.marker ?? '') + unitAnswer(meeting, transcript, window, unit, lost))
      .join(''),
  }));
}

function unitAnswer(
  meeting: Meeting,
  transcript: Transcript,
  window: ExtractionWindow,
  unit: WindowUnit,
  lost: Losses | undefined,
): string {
  const { start, end } = unit.unit;
  const inside = meeting.marks.filter(
    (mark) => mark.start >= start && mark.start < end && mark.tag !== '@' && mark.tag !== '~',
  );
  const answers = inside
    .slice(0, 2)
    .map((mark) => markAnswer(meeting, transcript, window, unit, mark, lost))
    .filter((answer) => answer !== null);
  const [first] = answers;
  if (first === undefined) return token.none;
  return first.startsWith(token.decision)
    ? first
    : answers.filter((answer) => !answer.startsWith(token.decision)).join('');
}

function markAnswer(
  meeting: Meeting,
  transcript: Transcript,
  window: ExtractionWindow,
  unit: WindowUnit,
  mark: Mark,
  lost: Losses | undefined,
): string | null {
  if (lost) lost.marks += 1;
  const span = words(window, unit.from, unit.to, mark);
  if (span === null) {
    if (lost) lost.spans += 1;
    return null;
  }
  const related = meeting.marks.filter((other) => other.scene === mark.scene);
  let reference = '';
  if (mark.refers) {
    const antecedent = related.find((other) => other.tag === '~');
    const found = antecedent === undefined ? null : referenceWords(window, unit, antecedent);
    if (found !== null) reference = token.reference + found;
    else if (lost) lost.references += 1;
  }
  if (mark.tag === '=') return token.decision + span + reference;
  const due = dueOf(window, related, mark);
  if (due === undefined && related.some((other) => other.tag === '@') && lost) lost.dues += 1;
  return (
    token.action +
    owners(transcript, window, unit, mark, lost) +
    span +
    reference +
    (due === undefined ? '' : token.due + due)
  );
}

function words(window: ExtractionWindow, from: number, to: number, mark: Mark): string | null {
  const list = window.words.slice(from, to).filter((word) => word.start < mark.end && word.end > mark.start);
  const last = list.pop();
  if (last === undefined) return null;
  return list.map((word) => ` ${word.core}${word.trail}`).join('') + ` ${last.core}`;
}

function referenceWords(window: ExtractionWindow, unit: WindowUnit, antecedent: Mark): string | null {
  const at = window.units.indexOf(unit);
  for (const earlier of window.units.slice(Math.max(0, at - 4), at + 1).reverse()) {
    const found = words(window, earlier.from, earlier.to, antecedent);
    if (found !== null) return found;
  }
  return null;
}

/** The date of a task: the one nearest to it in its scene, if the scene has it within the window. */
function dueOf(window: ExtractionWindow, related: readonly Mark[], mark: Mark): string | undefined {
  const tasks = related.filter((other) => /^[^=~@]/u.test(other.tag));
  const dates = related.filter((other) => other.tag === '@');
  const distance = (a: Mark, b: Mark): number => (b.start >= a.end ? b.start - a.end : (a.start - b.end) * 1.5 + 5);
  const mine = dates
    .filter((date) => tasks.every((task) => distance(mark, date) <= distance(task, date)))
    .sort((a, b) => distance(mark, a) - distance(mark, b))[0];
  if (mine === undefined) return undefined;
  return window.words
    .find((word) => word.isDate && word.start < mine.end && word.end > mine.start)
    ?.core.replace(/[^<>\w]/gu, '');
}

function owners(
  transcript: Transcript,
  window: ExtractionWindow,
  unit: WindowUnit,
  mark: Mark,
  lost: Losses | undefined,
): string {
  const chosen = mark.tag.split('+').map((owner) => {
    if (owner === 'me') return token.me;
    if (owner === 'all') return token.all;
    if (owner === 'who') return token.nobody;
    const known = nameKeys(owner)
      .map((key) => transcript.people.known.get(key) ?? transcript.people.others.get(key))
      .find((name) => name !== undefined);
    if (known !== undefined && unit.unit.speaker !== null && nameKeys(unit.unit.speaker)[0] === nameKeys(owner)[0])
      return token.me;
    const placeholder = [...window.names].find(([, name]) => name === known)?.[0];
    if (placeholder === undefined && lost) lost.owners += 1;
    return placeholder ?? token.nobody;
  });
  return [...new Set(chosen)].join('');
}
