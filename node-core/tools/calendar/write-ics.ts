import ICAL from 'ical.js';
import { AppError } from '../../contract/index.ts';
import { parseIcs } from './ics.ts';
import { invite } from './invite.ts';
import { moveSeries, occurrenceOf, type Series, seriesOf, withoutRules } from './series.ts';
import { instantOfText, type NamedZone } from './zones.ts';

interface Written {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
  /** Addresses of those who are asked to come, beside those who were asked before. */
  readonly invite: readonly string[];
}

/** By whom and when it is written, and in which time zone times without an offset are meant. */
interface Writing {
  readonly home: NamedZone;
  readonly now: number;
  /** The person's own address. */
  readonly from: string | null;
}

/** What of a series is meant: one occurrence, as it is now, or all of them. */
export interface Target {
  readonly which: 'this' | 'all';
  readonly occurrence: string;
  readonly current: { readonly start: string; readonly end: string; readonly allDay: boolean };
}

const stamp = (instant: number): ICAL.Time => ICAL.Time.fromJSDate(new Date(Math.floor(instant / 1_000) * 1_000), true);

/** Times are written in UTC: the instant is right wherever the calendar is read, with or without our zone. */
const timesOf = ({ start, end }: Written, home: NamedZone): { start: ICAL.Time; end: ICAL.Time } => {
  if (start.length === 10) {
    const last = ICAL.Time.fromDateString(end);
    last.adjust(1, 0, 0, 0);
    return { start: ICAL.Time.fromDateString(start), end: last };
  }
  return { start: stamp(instantOfText(start, home)), end: stamp(instantOfText(end, home)) };
};

const words = ['summary', 'location', 'description'] as const;
const wordOf = ({ title, location, description }: Written, name: (typeof words)[number]): string | undefined =>
  ({ summary: title, location, description })[name];

const putWords = (event: ICAL.Component, written: Written, { now }: Writing): void => {
  event.updatePropertyWithValue('dtstamp', stamp(now));
  event.updatePropertyWithValue('last-modified', stamp(now));
  for (const name of words) {
    const word = wordOf(written, name);
    if (word !== undefined) event.updatePropertyWithValue(name, word);
  }
};

const putTimes = (event: ICAL.Component, written: Written, home: NamedZone): void => {
  const { start, end } = timesOf(written, home);
  for (const name of ['dtstart', 'dtend', 'duration']) event.removeAllProperties(name);
  event.addPropertyWithValue('dtstart', start);
  event.addPropertyWithValue('dtend', end);
};

const inOrder = (written: Written, { home }: Writing): void => {
  const { start, end } = timesOf(written, home);
  if (end.compare(start) < 0)
    throw new AppError('BAD_REQUEST', 'The event ends before it begins. Give an end that comes after its start.');
};

export const newIcs = (uid: string, written: Written, writing: Writing): string => {
  inOrder(written, writing);
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Jan Node//EN');
  const event = new ICAL.Component('vevent', calendar);
  event.addPropertyWithValue('uid', uid);
  putWords(event, written, writing);
  putTimes(event, written, writing.home);
  invite(event, written.invite, writing.from, false);
  calendar.addSubcomponent(event);
  return calendar.toString();
};

/** Each change has a number, by which those who were invited know the newest. */
const count = (event: ICAL.Component, after = 0): void => {
  const sequence: unknown = event.getFirstPropertyValue('sequence');
  event.updatePropertyWithValue('sequence', Math.max(after, typeof sequence === 'number' ? sequence : 0) + 1);
};

const sameTimes = ({ start, end }: Written, current: Target['current'], home: NamedZone): boolean =>
  current.allDay
    ? start === current.start && end === current.end
    : start.length > 10 &&
      instantOfText(start, home) === Date.parse(current.start) &&
      instantOfText(end, home) === Date.parse(current.end);

/** Whether the event at an address repeats, and which of its occurrences stand by themselves. */
export const readSeries = (text: string): Series => {
  const [calendar] = parseIcs(text, 'That event');
  const series = calendar && seriesOf(calendar);
  if (!series) throw new AppError('TOOL_FAILED', 'There is no event at that address. Read the calendar again.');
  return series;
};

/** The event with its new words and times; everything else it holds stays as it was. */
export const changedIcs = (text: string, written: Written, writing: Writing, target: Target | null): string => {
  inOrder(written, writing);
  const { calendar, master, moved } = readSeries(text);
  const put = (event: ICAL.Component, moves: boolean): void => {
    putWords(event, written, writing);
    if (moves) putTimes(event, written, writing.home);
    invite(event, written.invite, writing.from, moves);
  };
  if (!target) {
    if (!master) throw new AppError('TOOL_FAILED', 'There is no event at that address. Read the calendar again.');
    count(master);
    put(master, true);
    return calendar.toString();
  }

  const moves = !sameTimes(written, target.current, writing.home);
  const alone = moved.find((event) => occurrenceOf(event) === target.occurrence);
  if (target.which === 'this') {
    const one = alone ?? (master && withoutRules(master, target.occurrence));
    if (!one) throw new AppError('TOOL_FAILED', 'The series has no such occurrence. Read the calendar again.');
    count(one);
    // One that stands by itself has times of its own, also where they are those of the series.
    put(one, moves);
    if (!alone) calendar.addSubcomponent(one);
    return calendar.toString();
  }

  if (!master)
    throw new AppError('TOOL_FAILED', 'The calendar has only single ones of that series. Change this one alone.');
  if (moves && alone)
    throw new AppError(
      'TOOL_FAILED',
      'That one was moved by itself. Read another one of the series to move them all, or change this one alone.',
    );
  const before = words.map((name) => master.getFirstPropertyValue(name));
  count(master);
  if (moves) moveSeries({ master, moved }, written, target, writing.home);
  put(master, false);
  for (const event of moved) {
    count(event);
    // What was said of one of them by itself stays.
    const own = words.filter((name, at) => event.getFirstPropertyValue(name) !== before[at]);
    const kept = own.map((name) => [name, event.getFirstPropertyValue(name)] as const);
    put(event, false);
    for (const [name, value] of kept)
      if (value === null) event.removeAllProperties(name);
      else event.updatePropertyWithValue(name, value);
  }
  if (moves) invite(master, [], writing.from, true);
  return calendar.toString();
};
