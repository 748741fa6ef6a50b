import { addDays } from '../calendar.ts';
import { type DateWords, findDateWords } from './date-words.ts';
import { closesAt, type Here, type Span } from './phrase.ts';
import { findTimes, type TimePhrase } from './times.ts';

export type DateRole = 'due' | 'bare' | 'do' | 'starting';

/** A date with the preposition before it and the time beside it. */
export interface DatePhrase extends Span {
  readonly role: DateRole;
  readonly date: string;
  readonly time: string | null;
}

const prefixes: readonly (readonly [RegExp, DateRole, strong: boolean])[] = [
  [
    /(?:^|[\s(,;])((?:due(?:\s+(?:by|on|in|at))?|deadline|by|until|till|til|before|no later than)\s*:?\s+(?:on\s+)?)$/i,
    'due',
    true,
  ],
  [/(?:^|[\s(,;])(start(?:s|ing)\s+(?:on\s+|in\s+|from\s+)?)$/i, 'starting', true],
  [/(?:\S\s+|[(,;]\s*)((?:do|start)\s*:?\s+(?:on\s+|in\s+|from\s+)?)$/i, 'do', true],
  [/(?:^|[\s(])(\^\s?)$/, 'do', true],
  [/(?:^|[\s(,;])(on\s+)$/i, 'bare', true],
  [/(?:^|[\s(,;])((?:for|at|over)\s+)$/i, 'bare', false],
];
const denied =
  /(?:^|[\s(])(?:last|past|previous|since|from|after|not|except|of|every|each|between|(?<!no later )than|as|like)\s+(?:the\s+)?$/i;
const verbDo = /(?:^|\s)(?:to|will|can|should|must)\s+(?:do|start)\s+$/i;

const besideDate = (text: string, core: Span, times: readonly TimePhrase[]): TimePhrase | undefined =>
  times.find((time) => time.start >= core.end && /^\s*,?\s*$/.test(text.slice(core.end, time.start))) ??
  times.find(
    (time) =>
      time.end <= core.start &&
      /^\s*,?\s*(?:on\s+)?$/i.test(text.slice(time.end, core.start)) &&
      !/morning|afternoon|evening|night/i.test(text.slice(time.core, time.end)),
  );

const prefixOf = (text: string, start: number): { role: DateRole; strong: boolean; length: number } => {
  const left = text.slice(Math.max(0, start - 40), start);
  for (const [pattern, role, strong] of prefixes) {
    const found = pattern.exec(left)?.[1];
    if (found === undefined || (role === 'do' && verbDo.test(left))) continue;
    return { role, strong, length: found.length };
  }
  return { role: 'bare', strong: false, length: 0 };
};

const holds = (core: DateWords, strong: boolean, time: TimePhrase | undefined, text: string, end: number): boolean => {
  const closes = closesAt(text, end);
  if (core.certainty === 'sure') return true;
  if (core.certainty === 'closing') return strong || closes || time !== undefined;
  if (core.certainty === 'marked') return strong;
  if (core.certainty === 'abbreviation')
    return time !== undefined || (closes && (strong || /^\p{Lu}\p{Ll}/u.test(text.slice(core.start, core.end))));
  return strong && (closes || time !== undefined);
};

/** Every date (and every time that stands alone) that the text plans something for, without overlaps, in order. */
export const findDates = (text: string, here: Here): DatePhrase[] => {
  const times = findTimes(text);
  const used = new Set<TimePhrase>();
  const phrases: DatePhrase[] = [];
  for (const core of findDateWords(text, here)) {
    if (denied.test(text.slice(Math.max(0, core.start - 24), core.start))) continue;
    const time = besideDate(
      text,
      core,
      times.filter((candidate) => !used.has(candidate)),
    );
    const outer = time !== undefined && time.end <= core.start ? time.start : core.start;
    const prefix = prefixOf(text, outer);
    const start = outer - prefix.length;
    if (denied.test(text.slice(Math.max(0, start - 24), start)) || (prefix.length === 0 && text[start - 1] === '^'))
      continue;
    const end = time === undefined ? core.end : Math.max(core.end, time.end);
    if (!holds(core, prefix.strong, time, text, end)) continue;
    if (time !== undefined) used.add(time);
    const begins = prefix.role === 'do' || prefix.role === 'starting';
    const leadsDue =
      time !== undefined &&
      time.start === outer &&
      /^(?:by|before|until|till)/i.test(text.slice(time.start, time.core));
    phrases.push({
      start,
      end,
      role: leadsDue ? 'due' : prefix.role,
      date: begins ? core.days.first : core.days.last,
      time: time?.time ?? core.days.time ?? null,
    });
  }
  for (const time of times) {
    if (used.has(time) || !time.alone || phrases.some((phrase) => time.start < phrase.end && phrase.start < time.end))
      continue;
    const date = time.time > here.time ? here.today : addDays(here.today, 1);
    phrases.push({
      start: time.start,
      end: time.end,
      role: /^(?:by|before|until|till)/i.test(text.slice(time.start, time.core)) ? 'due' : 'bare',
      date,
      time: time.time,
    });
  }
  return phrases.sort((a, b) => a.start - b.start);
};
