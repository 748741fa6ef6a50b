import ICAL from 'ical.js';
import { AppError } from '../../contract/index.ts';
import { dayOf, instantOfText, type NamedZone } from './zones.ts';

export interface Series {
  readonly calendar: ICAL.Component;
  /** What all of them have; a file may hold single ones only. */
  readonly master: ICAL.Component | undefined;
  /** Those that stand by themselves. */
  readonly moved: readonly ICAL.Component[];
  readonly repeats: boolean;
}

export const seriesOf = (calendar: ICAL.Component): Series | undefined => {
  const events = calendar.getAllSubcomponents('vevent');
  const master = events.find((event) => !event.hasProperty('recurrence-id'));
  const moved = events.filter((event) => event.hasProperty('recurrence-id'));
  if (events.length === 0) return undefined;
  const repeats =
    moved.length > 0 || (master?.hasProperty('rrule') ?? false) || (master?.hasProperty('rdate') ?? false);
  return { calendar, master, moved, repeats };
};

/** By which one of a series is known: its first time as the file writes it, `20260330T091500`. */
export const occurrenceOf = (event: ICAL.Component): string | null => {
  const value: unknown = event.getFirstPropertyValue('recurrence-id');
  return value instanceof ICAL.Time ? value.toICALString() : null;
};

const written = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/u;

const timeOf = (occurrence: string): ICAL.Time => {
  const [, year, month, day, hour, minute, second, utc] = written.exec(occurrence) ?? [];
  return ICAL.Time.fromData(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      ...(hour === undefined
        ? { isDate: true }
        : { hour: Number(hour), minute: Number(minute), second: Number(second), isDate: false }),
    },
    utc === 'Z' ? ICAL.Timezone.utcTimezone : undefined,
  );
};

/** About when it is now; for looking it up, a day is near enough. */
export const instantNear = ({ moved }: Pick<Series, 'moved'>, occurrence: string): number => {
  const alone = moved.find((event) => occurrenceOf(event) === occurrence);
  const own: unknown = alone?.getFirstPropertyValue('dtstart');
  return (own instanceof ICAL.Time ? own : timeOf(occurrence)).toUnixTime() * 1_000;
};

/** One of the series by itself, to be changed. */
export const withoutRules = (master: ICAL.Component, occurrence: string): ICAL.Component => {
  const one = new ICAL.Component(structuredClone(master.toJSON()));
  for (const name of ['rrule', 'rdate', 'exdate', 'exrule']) one.removeAllProperties(name);
  const id = new ICAL.Property('recurrence-id');
  const zone: unknown = master.getFirstProperty('dtstart')?.getParameter('tzid');
  const time = timeOf(occurrence);
  if (typeof zone === 'string' && !time.isDate && !occurrence.endsWith('Z')) id.setParameter('tzid', zone);
  id.setValue(time);
  one.addProperty(id);
  // Their times are the first one's until others are put there: these are the occurrence's own.
  const start = master.getFirstPropertyValue('dtstart');
  const end = master.getFirstPropertyValue('dtend');
  if (start instanceof ICAL.Time) {
    const away = time.subtractDate(start);
    for (const [name, value] of [
      ['dtstart', start],
      ['dtend', end],
    ] as const)
      if (value instanceof ICAL.Time) {
        const moved = value.clone();
        moved.addDuration(away);
        one.getFirstProperty(name)?.setValue(moved);
      }
  }
  return one;
};

const DAY_PARTS = ['BYHOUR', 'BYMINUTE', 'BYSECOND'] as const;
const onAnotherDay = (): AppError =>
  new AppError(
    'TOOL_FAILED',
    'All of a series are moved within their day only. Change the days in your calendar program, or change this one alone.',
  );

/** Every time of a property, by so many seconds on the clock. */
const shift = (property: ICAL.Property, seconds: number): void => {
  const values = property.getValues();
  for (const value of values) if (value instanceof ICAL.Time && !value.isDate) value.adjust(0, 0, 0, seconds);
  if (property.isMultiValue) property.setValues(values);
  else if (values[0] !== undefined) property.setValue(values[0]);
};

/** All of a series at another time of the day, or of another length, by the clock of their own time zone. */
export const moveSeries = (
  { master, moved }: { readonly master: ICAL.Component; readonly moved: readonly ICAL.Component[] },
  to: { readonly start: string; readonly end: string },
  { current }: { readonly current: { readonly start: string; readonly end: string; readonly allDay: boolean } },
  home: NamedZone,
): void => {
  const begins = master.getFirstProperty('dtstart');
  const first: unknown = begins?.getFirstValue();
  if (!begins || !(first instanceof ICAL.Time)) throw onAnotherDay();
  if (current.allDay !== (to.start.length === 10))
    throw new AppError('TOOL_FAILED', 'A series stays all day or not. Change this one alone, or make a new one.');
  for (const name of ['dtend', 'duration']) master.removeAllProperties(name);
  if (current.allDay) {
    if (to.start !== current.start) throw onAnotherDay();
    const days = (Date.parse(to.end) - Date.parse(to.start)) / 86_400_000 + 1;
    master.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(days * 86_400));
    return;
  }
  const [start, end] = [instantOfText(to.start, home), instantOfText(to.end, home)];
  const before = Date.parse(current.start);
  const seconds = Math.round((start - before) / 1_000);
  if (dayOf(home.wallOf(start)) !== dayOf(home.wallOf(before))) throw onAnotherDay();
  master.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(Math.round((end - start) / 1_000)));
  if (seconds === 0) return;
  const { day } = first;
  shift(begins, seconds);
  const now: unknown = begins.getFirstValue();
  // By the clock of their own place it may be another day all the same.
  if (!(now instanceof ICAL.Time) || now.day !== day) throw onAnotherDay();
  for (const name of ['exdate', 'rdate'])
    for (const property of master.getAllProperties(name)) shift(property, seconds);
  for (const event of moved) {
    const id = event.getFirstProperty('recurrence-id');
    if (id) shift(id, seconds);
  }
  for (const property of master.getAllProperties('rrule')) {
    const rule: unknown = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) continue;
    if (DAY_PARTS.some((part) => rule.getComponent(part).length > 0)) throw onAnotherDay();
    if (rule.until && !rule.until.isDate) rule.until.adjust(0, 0, 0, seconds);
    property.setValue(rule);
  }
};
