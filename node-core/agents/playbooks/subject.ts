import { figureOf } from '../../contract/figures.ts';
import type { Playbook } from '../../contract/index.ts';
import { findDates } from '../skills/index.ts';

/** What a number counts is told by the word behind it. */
const amounts = {
  money:
    /(?:€|£|\$)\s?(\d[\d,.]{0,15})|(\d[\d,.]{0,15})\s?(?:€|euros?|eur|\$|dollars?|usd|£|pounds?)(?![\p{L}\p{N}])/iu,
  words: /(\d[\d,.]{0,15})[\s-]?words?(?![\p{L}\p{N}])/iu,
  any: /(\d[\d,.]{0,15})\s?(?:words?|people|slides?|€|euros?|eur|\$|dollars?|usd|£|pounds?)(?![\p{L}\p{N}])/iu,
} as const;

type Input = Playbook['inputs'][number];

const amountOf = ({ id, title, hint }: Input): RegExp => {
  const about = `${id} ${title} ${hint}`;
  if (/budget|money|price|cost/iu.test(about)) return amounts.money;
  return /\bwords?\b/iu.test(about) ? amounts.words : amounts.any;
};

/** A number that a goal gives for an input, and where it stands. */
const amountIn = (input: Input, goal: string): { value: number; start: number; end: number } | null => {
  const found = amountOf(input).exec(goal);
  const text = found?.[1] ?? found?.[2];
  if (!found || text === undefined) return null;
  const value = figureOf(text.replace(/[.,]$/u, ''));
  return value === undefined ? null : { value, start: found.index, end: found.index + found[0].length };
};

/** A number that a goal gives for an input, or null. */
export const amountFor = (input: Input, goal: string): number | null => amountIn(input, goal)?.value ?? null;

/** With these a wish begins; what it is about comes after. */
const commands = new Set(
  'please i we want need would like to help me us let let’s can could you plan prepare write make draft create get put together compose launch research pitch'.split(
    ' ',
  ),
);
const articles = new Set('a an the my our some new'.split(' '));
const word = /^\s*([\p{L}\p{N}][\p{L}\p{N}'’]*)[\s:-]*/u;
const led = /^(?:(?:of|for|about|on|to|with)\s+)(?:(?:an?|the|my|our)\s+)?/iu;
const dateLead = /(?:[\s,]*\b(?:by|on|until|till|before|due|for|in|at)(?:\s+the)?)?[\s,]*$/iu;
const amountLead = /(?:[\s,]*\b(?:with|for|and|of|in|budget|is|a|an|about|around|at most|up to))*[\s,:]*$/iu;

const without = (text: string, { start, end }: { start: number; end: number }, lead: RegExp): string =>
  `${text.slice(0, start).replace(lead, '')} ${text.slice(end).replace(/^[^\S\n]*,?[^\S\n]*/u, '')}`.trim();

/** A longer goal holds material, not only what somebody wishes: nothing is taken out of it, and its words change no steps. */
export const longestWish = 1_000;

/**
 * What a goal is about: without the words that call for the playbook, its days and its amounts, which are inputs of their own.
 * Where little is left, the goal as it is.
 */
export const subjectOf = (goal: string, { name, inputs }: Playbook, today: string): string => {
  let text = goal.trim();
  if (text.length > longestWish) return goal;
  if (inputs.some(({ type }) => type === 'date')) {
    const date = findDates(text, today).at(-1);
    if (date) text = without(text, date, dateLead);
  }
  for (const input of inputs.filter(({ type }) => type === 'number')) {
    const amount = amountIn(input, text);
    if (amount) text = without(text, amount, amountLead);
  }
  text = text.replaceAll(/(?:^|\s)#[\p{L}\p{N}/_-]+/gu, '').trim();
  const own = new Set(name.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  let rest = text;
  for (let called = false; ; ) {
    const [whole, found = ''] = word.exec(rest) ?? [];
    const lower = found.toLowerCase();
    if (whole === undefined) break;
    if (commands.has(lower)) called = true;
    else if (!called || !(articles.has(lower) || own.has(lower))) break;
    rest = rest.slice(whole.length);
  }
  const about = (rest === text ? rest : rest.replace(led, '')).replaceAll(/[\s,.;:]+$/gu, '').trim();
  return /\p{L}{2}/u.test(about) ? about : goal;
};
