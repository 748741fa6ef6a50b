import { Cron } from 'croner';
import { AppError } from '../../contract/index.ts';
import { type Due, grace } from './types.ts';

/** So many of the latest that were missed are kept one by one; one more stands for all before. */
const listed = 500;

/**
 * A time of day with lists and ranges counts as one of the wall clock, as Vixie cron has it: where the clock goes back it comes once, where
 * an hour is skipped it comes right after the gap. One with `*` in minutes or hours goes by intervals.
 */
const parse = (cron: string, timeZone: string): Cron =>
  new Cron(cron, { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });

/** @throws AppError `BAD_REQUEST` */
export const checkCron = (cron: string, timeZone: string, now: number): void => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new AppError('BAD_REQUEST', `“${timeZone}” is no time zone. Use a name such as Europe/Berlin or UTC.`);
  }
  let next: number | null;
  try {
    next = nextTime(cron, timeZone, now);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new AppError(
      'BAD_REQUEST',
      `“${cron}” is no time that Jan can read. Give five fields: minute, hour, day of the month, month, day of the week; “0 9 * * 1” is Mondays at 9:00.`,
      { cause: error },
    );
  }
  if (next === null)
    throw new AppError('BAD_REQUEST', `“${cron}” names a time that never comes. Look at its day and month.`);
};

/** The first time after `after`, both in Unix milliseconds. */
export const nextTime = (cron: string, timeZone: string, after: number): number | null =>
  parse(cron, timeZone).nextRun(new Date(after))?.getTime() ?? null;

const keyOf = (at: number): string => `time ${at}`;
/** When a key of {@link timesBetween} is due; undefined for others. */
export const timeOfKey = (key: string): number | undefined =>
  key.startsWith('time ') ? Number(key.slice('time '.length)) : undefined;

/** The times from `from` up to and with `to`, oldest first. */
export const timesBetween = (cron: string, timeZone: string, from: number, to: number): Due[] => {
  const latest = parse(cron, timeZone)
    .previousRuns(listed + 1, new Date(to + 1))
    .map((date) => date.getTime())
    .filter((at) => at >= from && at <= to)
    .toSorted((a, b) => a - b);
  const due = latest.map((at) => ({ key: keyOf(at), at, until: at + grace, subject: null }));
  const [first] = due;
  // Where there is one more than listed there may be any number: it stands for them.
  return first && due.length > listed
    ? [{ ...first, key: `before ${first.at}`, until: first.at }, ...due.slice(1)]
    : due;
};
