import type { Chip, NewTask } from '../../contract/workspace.ts';
import type { Zone } from '../calendar.ts';

/** The person's own clock: where "tomorrow" and "at 9" are counted from. */
export interface Here {
  readonly today: string;
  /** `HH:MM`. */
  readonly time: string;
  readonly now: number;
  readonly zone: Zone;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of the line that one recogniser understood. */
export interface Phrase extends Span {
  readonly kind: Chip['kind'];
  readonly label: string;
  /** Higher wins where only one of a kind can count; else the first does. */
  readonly weight: number;
  readonly means: Meaning;
}

export interface Meaning {
  readonly draft?: Partial<NewTask> & { readonly projectName?: string };
  /** Reminders that hang on the due date, which another phrase gives: milliseconds before it; days are calendar days. */
  readonly before?: { readonly days: number; readonly minutes: number };
  readonly atDue?: boolean;
  /** The day (and time) this repeats from, unless a date says so. */
  readonly first?: { readonly date: string; readonly time: string | null };
  /** A `starting` date: where the line repeats, it is the first time of it. */
  readonly begins?: boolean;
}

export const overlaps = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;

/** Not in the middle of a word, a number, an address or a path. */
export const before = String.raw`(?<![\p{L}\p{M}\p{N}_./:@#+$€£&'’={\-–])`;
export const after = String.raw`(?![\p{L}\p{M}\p{N}_@%°€$£}=]|['’.]\p{L}|[-–/:.,]\p{N}|[-–/:]\p{L})`;

export const phrasePattern = (source: string): RegExp => new RegExp(`${before}(?:${source})${after}`, 'giu');

const closing =
  /^\s*(?:$|[.,;:!?)\]}](?:\s|$|[)\]}])|[–—-]\s|[#+!^@(]|p[1-4](?![\p{L}\p{N}])|(?:due|by|until|till|before|at|every|each|remind|starting|daily|weekly|monthly)(?![\p{L}\p{N}]))/iu;

/** Whether nothing but punctuation or another marked part follows: a weak word there is a date, elsewhere it is a word of the title. */
export const closesAt = (text: string, end: number): boolean => closing.test(text.slice(end, end + 40));

export const smallNumbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
};
export const numberSource = String.raw`\d{1,3}|${Object.keys(smallNumbers)
  .sort((a, b) => b.length - a.length)
  .join('|')}`;
export const numberOf = (text: string): number =>
  /^\d/.test(text) ? Number(text) : (smallNumbers[text.toLowerCase()] ?? 1);

export const weekdaySource =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun';
const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
/** 1 is Monday. */
export const weekdayNumber = (name: string): number => weekdays.indexOf(name.toLowerCase().slice(0, 2)) + 1;
export const weekdayCode = (name: string): string => name.slice(0, 2).toUpperCase();

export const monthSource =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const monthNumber = (name: string): number => months.indexOf(name.toLowerCase().slice(0, 3)) + 1;

const ranks = ['first', 'second', 'third', 'fourth', 'fifth'];
export const rankSource = 'first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th';
/** `last` is -1. */
export const rankOf = (word: string): number => {
  const lower = word.toLowerCase();
  if (lower === 'last') return -1;
  return /^\d/.test(lower) ? Number.parseInt(lower, 10) : ranks.indexOf(lower) + 1;
};

export const dayNumberSource = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`;

const shown = (date: string, options: Intl.DateTimeFormatOptions): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });

/** `Fri 26 Jun`, with the year where it is another one. */
export const dateLabel = (date: string, time: string | null, today: string): string => {
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${date.slice(0, 4)}`;
  const day = `${shown(date, { weekday: 'short' })} ${Number(date.slice(8))} ${shown(date, { month: 'short' }).slice(0, 3)}`;
  return `${day}${year}${time === null ? '' : ` ${time}`}`;
};
