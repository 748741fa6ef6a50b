import { RRuleTemporal } from 'rrule-temporal';
import { AppError } from '../contract/errors.ts';
import type { Task } from '../contract/workspace.ts';
import { addDays, calendarDate, dayOf, isCalendarDate, monthOf } from './calendar.ts';

export type Recurrence = NonNullable<Task['recurrence']>;

/** What a calendar day can answer; hours and minutes of RFC 5545 have no meaning for a date. */
const parts = [
  'FREQ',
  'INTERVAL',
  'BYDAY',
  'BYMONTH',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYSETPOS',
  'WKST',
  'COUNT',
  'UNTIL',
];
/** Largest number of each list; RFC 5545 lets all but months count from the end too. */
const largest: readonly (readonly [part: string, value: number])[] = [
  ['BYMONTH', 12],
  ['BYMONTHDAY', 31],
  ['BYYEARDAY', 366],
  ['BYWEEKNO', 53],
  ['BYSETPOS', 366],
];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

type Parts = ReadonlyMap<string, string>;

const refuse = (rule: string, why: string): never => {
  throw new AppError(
    'BAD_REQUEST',
    `The repeat rule "${rule.slice(0, 100)}" can't be used: ${why}. A rule looks like FREQ=WEEKLY;INTERVAL=2;BYDAY=FR.`,
  );
};

const split = (rule: string): Parts =>
  new Map(
    rule
      .trim()
      .replace(/^RRULE:/i, '')
      .split(';')
      .filter((part) => part !== '')
      .map((part): [string, string] => {
        const [name = '', value = ''] = part.split('=', 2);
        return [name.trim().toUpperCase(), value.trim().toUpperCase()];
      }),
  );

const join = (rule: Parts): string => [...rule].map(([name, value]) => `${name}=${value}`).join(';');

const without = (rule: Parts, ...names: string[]): Parts =>
  new Map([...rule].filter(([name]) => !names.includes(name)));

const untilDate = (rule: Parts): string | undefined => {
  const until = rule.get('UNTIL');
  return until === undefined ? undefined : `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
};

/**
 * RFC 5545 leaves the months out that have no such day. A task "every month" that began on the 31st is meant for the last day
 * there, so a plain monthly or yearly rule is pinned to "that day, or the last before it".
 */
const pinned = (rule: Parts, start: string): Parts => {
  if (dayOf(start) < 29 || [...rule.keys()].some((name) => name.startsWith('BY'))) return rule;
  const days = Array.from({ length: dayOf(start) - 27 }, (_, index) => 28 + index).join(',');
  if (rule.get('FREQ') === 'MONTHLY') return new Map([...rule, ['BYMONTHDAY', days], ['BYSETPOS', '-1']]);
  if (rule.get('FREQ') === 'YEARLY' && monthOf(start) === 2) {
    return new Map([...rule, ['BYMONTH', '2'], ['BYMONTHDAY', days], ['BYSETPOS', '-1']]);
  }
  return rule;
};

const occurrenceAfter = (rule: Parts, start: string, after: string, strict = false): string | null => {
  const calendarRule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${start.replaceAll('-', '')}T000000\nRRULE:${join(without(rule, 'COUNT', 'UNTIL'))}`,
    strict,
    maxIterations: 2_000,
    maxCandidateEvaluations: 100_000,
  });
  const date = calendarRule
    .next(new Date(`${after}T00:00:00Z`))
    ?.toString()
    .slice(0, 10);
  if (date === undefined || !isCalendarDate(date)) return null;
  const until = untilDate(rule);
  return until !== undefined && date > until ? null : date;
};

/** @throws AppError `BAD_REQUEST` where the rule is not one that calendar days can follow. */
export const checkRecurrence = (recurrence: Recurrence): Recurrence => {
  const rule = split(recurrence.rule);
  const unknown = [...rule.keys()].find((name) => !parts.includes(name));
  if (unknown !== undefined) refuse(recurrence.rule, `"${unknown}" is not a part that days can follow`);
  if (!frequencies.includes(rule.get('FREQ') ?? ''))
    refuse(recurrence.rule, 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY');
  const count = rule.get('COUNT');
  if (count !== undefined && !/^[1-9]\d{0,4}$/.test(count))
    refuse(recurrence.rule, 'COUNT must be a whole number from 1');
  const interval = rule.get('INTERVAL');
  if (interval !== undefined && !/^[1-9]\d{0,3}$/.test(interval))
    refuse(recurrence.rule, 'INTERVAL must be a whole number from 1 to 9999');
  const until = rule.get('UNTIL');
  if (until !== undefined && (!/^\d{8}(T\d{6}Z?)?$/.test(until) || !isCalendarDate(untilDate(rule) ?? ''))) {
    refuse(recurrence.rule, 'UNTIL must be a date like 20261231');
  }
  for (const [part, limit] of largest) {
    for (const text of rule.get(part)?.split(',') ?? []) {
      const number = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0;
      if (number === 0 || Math.abs(number) > limit || (part === 'BYMONTH' && number < 0)) {
        refuse(recurrence.rule, `"${text}" is no value of ${part}`);
      }
    }
  }
  try {
    // A leap year, so that 29 February is found; no rule that days can follow is silent for eight years.
    const date = occurrenceAfter(without(rule, 'UNTIL', 'INTERVAL'), '2024-01-01', '2024-01-01', true);
    if (date === null) refuse(recurrence.rule, 'it never happens');
  } catch (error) {
    if (error instanceof AppError) throw error;
    refuse(recurrence.rule, 'it never happens, or is not written as RFC 5545 says');
  }
  return { rule: join(rule), anchor: recurrence.anchor };
};

/** The first day on or after `day` that the rule names; the rule's own rhythm starts there. */
export const firstOccurrence = (recurrence: Recurrence, day: string): string => {
  const rule = split(recurrence.rule);
  if (![...rule.keys()].some((name) => name.startsWith('BY'))) return day;
  const phase = without(rule, 'INTERVAL', 'UNTIL');
  return occurrenceAfter(phase, addDays(day, -1), addDays(day, -1)) ?? day;
};

export interface NextOccurrence {
  readonly date: string;
  /** The rule of the rest of the series: `COUNT` is one less. */
  readonly recurrence: Recurrence;
}

/**
 * The occurrence after the one planned for `planned` and finished on `finished`; `null` when the series has ended.
 * `schedule` goes on from the planned day (none is left out, however late), `completion` from the day it was done.
 */
export const nextOccurrence = (recurrence: Recurrence, planned: string, finished: string): NextOccurrence | null => {
  const given = split(recurrence.rule);
  const count = given.get('COUNT');
  if (count !== undefined && Number(count) <= 1) return null;
  const rest: Parts = count === undefined ? given : new Map([...given, ['COUNT', String(Number(count) - 1)]]);
  const start = recurrence.anchor === 'schedule' ? planned : finished;
  const rule = pinned(rest, start);
  const date = occurrenceAfter(rule, start, start);
  return date === null
    ? null
    : { date, recurrence: { anchor: recurrence.anchor, rule: join(recurrence.anchor === 'schedule' ? rule : rest) } };
};

const dayNames: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const units: Readonly<Record<string, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const ranks: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
  '-2': 'second last',
};

const ordinal = (value: number): string => {
  const tail = value % 100 > 10 && value % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${tail}`;
};

const describeDays = (byDay: string): string => {
  if (byDay === 'MO,TU,WE,TH,FR') return 'weekday';
  if (byDay === 'SA,SU') return 'weekend day';
  return byDay
    .split(',')
    .map((day) => {
      const rank = ranks[day.slice(0, -2)];
      return `${rank === undefined ? '' : `${rank} `}${dayNames[day.slice(-2)] ?? day}`;
    })
    .join(', ');
};

const describeMonthDays = (rule: Parts): string | undefined => {
  const days = rule.get('BYMONTHDAY')?.split(',').map(Number);
  const last = days?.at(-1);
  if (days === undefined || last === undefined) return undefined;
  if (last === -1) return 'last day';
  return rule.get('BYSETPOS') === '-1' ? ordinal(last) : days.map(ordinal).join(', ');
};

/** In words for a chip: `every 2 weeks on Friday`. */
export const describeRecurrence = (recurrence: Recurrence): string => {
  const rule = split(recurrence.rule);
  const interval = Number(rule.get('INTERVAL') ?? 1);
  const unit = units[rule.get('FREQ') ?? ''] ?? 'day';
  const byDay = rule.get('BYDAY');
  const monthDays = describeMonthDays(rule);
  const month = rule.get('BYMONTH');
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  const days = byDay === undefined ? undefined : describeDays(byDay);
  let text = every;
  if (days !== undefined && unit === 'week' && interval === 1) text = `every ${days}`;
  else if (days !== undefined) text = `${every} on ${unit === 'week' ? '' : 'the '}${days}`;
  else if (monthDays !== undefined && unit === 'year' && month !== undefined) {
    const name = new Date(`${calendarDate(2024, Number(month), 1)}T00:00:00Z`).toLocaleString('en', {
      month: 'long',
      timeZone: 'UTC',
    });
    text = `${every} on ${name} ${monthDays}`;
  } else if (monthDays !== undefined) text = `${every} on the ${monthDays}`;
  const until = untilDate(rule);
  const count = rule.get('COUNT');
  if (until !== undefined) text += ` until ${until}`;
  if (count !== undefined) text += `, ${count} times`;
  return recurrence.anchor === 'completion' ? `${text} after completion` : text;
};
