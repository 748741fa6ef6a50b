import { findDates } from './dates.ts';
import { promptWord, type PromptWord } from './gbnf.ts';
import { cleanInput, MAX_GOAL_CHARS } from './input.ts';
import { likelyKinds, sideSteps } from './kinds.ts';
import { MIN_STEPS, planGrammarFor } from './plan-grammar.ts';
import { COMMON_WORDS } from './words.ts';
import { plainWord, token } from './tokens.ts';
import { settleDetail, settleTopic, type Range } from './topic.ts';
import type { CalendarDate, CompletionRequest, Notice, Plan, PlanStep, Refusal } from './types.ts';

export interface GoalWord extends PromptWord {
  raw: string;
}

export interface PreparedGoal {
  /** The goal as it was given, cleaned. */
  text: string;
  /** What is left of it without deadline and tags. */
  words: GoalWord[];
  deadline: CalendarDate | null;
  notices: Notice[];
}

const MAX_GOAL_WORDS = 60;
const BEFORE_DATE =
  /\s*[,;–-]?\s*\b(?:by|until|till|before|on|for|from|in|at|due|deadline:?|not later than|no later than)?\s*(?:the\s+)?$/iu;

/** Reads a goal: cleans it, takes out tags and the deadline. `today` anchors phrases like "next summer". */
export function prepareGoal(raw: string, options: { today: CalendarDate }): PreparedGoal | Refusal {
  const input = cleanInput(raw, MAX_GOAL_CHARS, 'goal');
  if ('code' in input) return input;
  const text = input.text.replace(/\s+/gu, ' ').trim();
  const withoutTags = text
    .replace(/(?<=^|\s)(?:[#+@]\p{L}[\p{L}\p{N}_/-]*|![1-4])(?=\s|$)/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const phrase = findDates(withoutTags, options.today).at(-1);
  const bare =
    phrase === undefined
      ? withoutTags
      : (withoutTags.slice(0, phrase.start).replace(BEFORE_DATE, '') + withoutTags.slice(phrase.end))
          .replace(/\s+/gu, ' ')
          .trim();
  const words: GoalWord[] = [];
  for (const piece of (bare === '' ? text : bare).split(' ').slice(0, MAX_GOAL_WORDS)) {
    const rendered = plainWord(
      piece
        .toLowerCase()
        .replace(/[’‘]/gu, "'")
        .replace(/^[("'“[*_]+|[”*_]+$/gu, ''),
    );
    if (rendered !== '')
      words.push({
        ...promptWord(rendered),
        raw: piece
          .replace(/[<>\\"]/gu, '')
          .replace(/^[("'“[*_]+/u, '')
          .replace(/[.,;:!?)\]”*_]+$/u, '')
          .slice(0, 24),
      });
  }
  if (words.length === 0)
    return { code: 'EMPTY', message: 'The goal is empty. Write what you want to reach in a few words.' };
  return {
    text,
    words,
    deadline:
      phrase === undefined ? null : comingDate(phrase.date, withoutTags.slice(phrase.start, phrase.end), options.today),
    notices: input.notices,
  };
}

/** A deadline without a year lies ahead: "by July 31", said in November, is next July. */
function comingDate(date: CalendarDate, said: string, today: CalendarDate): CalendarDate {
  return date >= today || /\d{4}/u.test(said) ? date : `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}

export const goalWords = (goal: PreparedGoal): readonly GoalWord[] => goal.words;

export function buildPlanPrompt(goal: PreparedGoal): string {
  return `${token.plan}${goal.words.map((word) => ` ${word.core}${word.trail}`).join('')}${token.answer}`;
}

export const planGrammar = (goal: PreparedGoal): string =>
  planGrammarFor(
    goal.words,
    likelyKinds(goal.words),
    sideSteps(goal.words.map(({ core, trail }) => core + trail).join(' ')),
  );

/** Gives names of the goal their capitals back: "Agree with my friend Dora". */
function named(goal: PreparedGoal, title: string): string {
  let text = title;
  for (const { core, raw } of goal.words.slice(1)) {
    if (raw !== core && raw.length > 1 && !COMMON_WORDS.has(core))
      text = text.replace(
        new RegExp(`(?<![\\p{L}\\d])${core.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\d])`, 'gu'),
        () => raw,
      );
  }
  return text;
}

export function planRequest(goal: PreparedGoal): CompletionRequest {
  return { prompt: buildPlanPrompt(goal), grammar: planGrammar(goal), maxTokens: 420, temperature: 0 };
}

const STEP = /^ (.+?)(?:<after>(\d+))?<days>(\d)$/u;

/** The steps that are written out whole in a text that may still be growing. */
export function planStepsSoFar(goal: PreparedGoal, partial: string): PlanStep[] {
  const [head = '', ...lines] = partial.split('\n');
  const filled = slots(goal, head);
  const found: PlanStep[] = [];
  for (const line of lines) {
    const [, title = '', after, days = '1'] = STEP.exec(line) ?? [];
    if (title === '') break;
    const usual = found.length === 0 ? [] : [found.length - 1];
    const waits =
      after === undefined
        ? usual
        : [...after].map((digit) => Number(digit) - 1).filter((other) => other >= 0 && other < found.length);
    found.push({
      title: named(goal, stepTitle(title, filled)),
      dependsOn: [...new Set(waits)].sort((a, b) => a - b),
      days: Number(days),
    });
  }
  return found;
}

/** Reads the whole answer. What the model left short is completed by steps that fit every goal: a plan is never invalid. */
export function parsePlan(goal: PreparedGoal, text: string): Plan {
  const filled = slots(goal, text.split('\n')[0] ?? '');
  const { topic } = filled;
  const written = planStepsSoFar(goal, text);
  const distinct = written.filter((step, index) => written.findIndex(({ title }) => title === step.title) === index);
  const plan: Plan = {
    title: planTitle(goal),
    topic,
    steps: distinct.length === written.length ? written : chain(distinct),
  };
  for (const title of FITS_ALWAYS) {
    if (plan.steps.length >= MIN_STEPS) break;
    plan.steps.push({
      title: stepTitle(title, { ...filled, detail: null }),
      dependsOn: plan.steps.length === 0 ? [] : [plan.steps.length - 1],
      days: 1,
    });
  }
  const [first] = plan.steps;
  if (first !== undefined && !plan.steps.some(({ title }) => title.toLowerCase().includes(topic.toLowerCase())))
    first.title = `${first.title} (${topic})`;
  return plan;
}

const FITS_ALWAYS = [
  'Write down what the <t> should look like when it is done',
  'List what the <t> needs: people, things, money',
  'Divide the <t> into parts with a date each',
  'Do the first part and check the result',
  'Finish the <t> and tell everyone involved',
];

const chain = (list: PlanStep[]): PlanStep[] =>
  list.map((step, index) => ({ ...step, dependsOn: index === 0 ? [] : [index - 1] }));

interface Slots {
  topic: string;
  detail: string | null;
  /** "my" of "stop my son from …". */
  whose: string;
}

function slots(goal: PreparedGoal, head: string): Slots {
  const [topic = '', detail] = head.split(token.detail);
  const range = settleTopic(goal.words, copiedRange(goal, topic));
  const about = settleDetail(goal.words, range, copiedRange(goal, detail ?? ''));
  const name =
    range === null
      ? ''
      : said(goal, range)
          .replace(/^(?:the|a|an|some)\s+/iu, '')
          // The steps say "launch the …" themselves.
          .replace(/(?<=\S) (?:launch|migration|renovation|certification)$/iu, '');
  const before = range === null ? '' : (goal.words[range[0] - 1]?.core ?? '');
  return {
    topic: name === '' ? fallbackTopic(goal) : name,
    detail: about === null ? null : said(goal, about),
    whose: /^(?:my|our)$/u.test(before) ? before : '',
  };
}

function copiedRange(goal: PreparedGoal, span: string): Range | null {
  const wanted = span.trim().split(' ');
  for (let from = 0; from + wanted.length <= goal.words.length; from += 1) {
    const range = goal.words.slice(from, from + wanted.length);
    if (range.every((word, offset) => wanted[offset] === word.core || wanted[offset] === word.core + word.trail))
      return [from, from + wanted.length];
  }
  return null;
}

function said(goal: PreparedGoal, [from, to]: Range): string {
  const range = goal.words.slice(from, to);
  const text = range.map((word, offset) => word.raw + (offset < range.length - 1 ? word.trail : '')).join(' ');
  return from === 0 && /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

const GOAL_OPENING =
  /^(?:(?:i|we)\s+(?:want|need|have|would like|plan)\s+to|i'd like to|help (?:me|us)(?: to)?|please|let's|how (?:do|can) (?:i|we)|my goal(?: is)?(?: to)?:?|goal:|plan:|todo:|project:|next:|make a plan (?:to|for)|can you plan (?:how to )?)\s*/iu;

function fallbackTopic(goal: PreparedGoal): string {
  return (
    goal.words
      .slice(0, 6)
      .map(({ raw }) => raw)
      .join(' ') || 'goal'
  );
}

function stepTitle(template: string, { topic, detail, whose }: Slots): string {
  const determined = /^(?:my|our|your|his|her|their|this|that|no|more|less)\s/iu.test(topic);
  const title = template
    .replace(
      whose === ''
        ? /(?!)/gu
        : /(?<!\b(?:the|a|an|one|this|new|another|my|our|each|kind of) )<t>(?=$|[ ,:](?!\p{L}+ing\b))/gu,
      () => `${whose} ${topic}`,
    )
    .replace(determined ? /\b(?:the|a|an|one|this|new|another) <t>/gu : /<t>/gu, () => topic)
    .replace(/<t>/gu, () => topic)
    .replace(
      detail !== null && /^(?:my|our|the|a|an|no)\s/iu.test(detail) ? /\b(?:the|a|an) <u>/gu : /<u>/gu,
      () => detail ?? 'it',
    )
    .replace(/<u>/gu, () => detail ?? 'it')
    .replace(/\b([Aa]) (?!one\b)(?=[aeio]|u(?!ni|k|s))/gu, '$1n ')
    .replace(/\b([Aa])n (?=[^aeiouhAEIOUH\d\s])/gu, '$1 ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** A short name for the project: the goal without its opening, its side clauses and its deadline. */
export function planTitle(goal: PreparedGoal): string {
  const sentence = goal.words
    .map(({ raw, trail }) => raw + trail)
    .join(' ')
    .replace(GOAL_OPENING, '');
  const clause = /^.{12,}?(?=[,;:.!?](?:\s|$))/u.exec(sentence)?.[0] ?? sentence;
  const short =
    clause.length <= 70 ? clause : clause.slice(0, clause.lastIndexOf(' ', 70) > 30 ? clause.lastIndexOf(' ', 70) : 70);
  const text = short.replace(/[\s.,;:!?]+$/u, '');
  return text === '' ? 'Plan' : text.charAt(0).toUpperCase() + text.slice(1);
}

/** The steps that goals of this kind usually take: what the built-in model chooses from, taken as they are. */
export function usualPlan(goal: PreparedGoal): Plan {
  const stages = likelyKinds(goal.words)[0]?.stages ?? [];
  return parsePlan(goal, ['', ...stages.map(({ titles, days }) => ` ${titles[0]}<days>${days}`)].join('\n'));
}
