import ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import type { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { visible } from '../visible.ts';
import type { CalendarEvent, CalendarFiles, FoundEvents } from './events.ts';
import { occurrenceOf } from './series.ts';
import { dayOf, isoIn, type NamedZone, namedZone, type Wall, type Zone } from './zones.ts';

const DAY = 86_400_000;
const MAX_OCCURRENCES = 20_000;
const MAX_TEXT = 2_000;

interface Reading {
  readonly home: NamedZone;
  readonly range: { readonly start: number; readonly end: number };
  readonly calendar: string;
  readonly change: CalendarEvent['change'];
}

/** @throws AppError where the text is no calendar */
export const parseIcs = (text: string, name: string): readonly ICAL.Component[] => {
  try {
    const parsed: unknown = ICAL.parse(text);
    if (!Array.isArray(parsed)) return [];
    const all: unknown[][] = Array.isArray(parsed[0]) ? parsed : [parsed];
    return all.map((jcal) => new ICAL.Component(jcal)).filter(({ name: kind }) => kind === 'vcalendar');
  } catch (error) {
    throw new AppError('TOOL_FAILED', `${name} is not a calendar that can be read (ICS).`, { cause: error });
  }
};

interface Stamp {
  readonly wall: Wall;
  readonly instant: number;
  readonly isDate: boolean;
  readonly zone: Zone;
}

const utc: Zone = { instantOf: (wall) => wall };

const wallOf = (time: ICAL.Time): Wall =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);

const timeOf = (wall: Wall, isDate: boolean): ICAL.Time => {
  const date = new Date(wall);
  return ICAL.Time.fromData({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    isDate,
  });
};

/** On their own: within the calendar, every property would look through all of it for its time zone. */
const partsOf = (calendar: ICAL.Component, kind: string): ICAL.Component[] => {
  const [, , parts]: readonly unknown[] = calendar.jCal;
  return (Array.isArray(parts) ? parts : []).flatMap((part: unknown) =>
    Array.isArray(part) && part[0] === kind ? [new ICAL.Component(part)] : [],
  );
};

/** The zones of one file: the IANA database first, for it is newer than what files carry along; then the file's own. */
const zonesOf = (calendar: ICAL.Component, home: NamedZone, notices: Set<string>) => {
  const own = new Map<string, Zone>();
  for (const component of partsOf(calendar, 'vtimezone')) {
    const id = String(component.getFirstPropertyValue('tzid'));
    const zone = new ICAL.Timezone({ component, tzid: id });
    own.set(id, { instantOf: (wall) => wall - zone.utcOffset(timeOf(wall, false)) * 1_000 });
  }
  return (name: string): Zone => {
    const zone = namedZone(name) ?? own.get(name);
    if (!zone) notices.add(`The time zone "${name}" is not known: its times were taken as those of ${home.name}.`);
    return zone ?? home;
  };
};

/**
 * What a rule comes to by the clock on the wall, between two of its times.
 *
 * @throws Error where it repeats more often than anyone's calendar does
 */
const walls = (rule: ICAL.Recur, start: Stamp, from: Wall, to: Wall): Wall[] => {
  // Compared as an instant: UNTIL is in UTC, while the rule goes by the clock of its zone.
  const { until } = rule;
  const last =
    until === null
      ? Number.POSITIVE_INFINITY
      : until.zone === ICAL.Timezone.utcTimezone
        ? wallOf(until)
        : start.zone.instantOf(wallOf(until) + (until.isDate ? DAY - 1_000 : 0));
  const open = rule.clone();
  open.until = null;
  const began = timeOf(start.wall, false).toICALString();
  return new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${began}\nRRULE:${open.toString()}`,
    maxIterations: 20_000,
  })
    .between(new Date(from), new Date(to), true)
    .map(({ epochMilliseconds }) => epochMilliseconds)
    .filter((wall) => start.zone.instantOf(wall) <= last);
};

const textOf = (component: ICAL.Component, name: string): string => {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? visible(value.slice(0, MAX_TEXT)) : '';
};

/** The occurrences in a range of every event of a calendar, in no order. What could not be read as it was meant is added to `notices`. */
const occurrences = (calendar: ICAL.Component, reading: Reading, notices: Set<string>): CalendarEvent[] => {
  const { home, range } = reading;
  const zoneNamed = zonesOf(calendar, home, notices);

  const stamps = (component: ICAL.Component, name: string): Stamp[] =>
    component.getAllProperties(name).flatMap((property) => {
      const tzid: unknown = property.getParameter('tzid');
      return property.getValues().flatMap((value: unknown) => {
        const time = value instanceof ICAL.Period ? value.start : value;
        if (!(time instanceof ICAL.Time)) return [];
        const zone =
          time.zone === ICAL.Timezone.utcTimezone
            ? utc
            : typeof tzid === 'string' && !time.isDate
              ? zoneNamed(tzid)
              : home;
        const wall = wallOf(time);
        return [{ wall, zone, isDate: time.isDate, instant: zone.instantOf(wall) }];
      });
    });

  /** How an event goes on from its start: by the clock where both ends are of one zone, else by time gone. */
  const ending = (component: ICAL.Component, start: Stamp): ((at: Stamp) => number) => {
    const [end] = stamps(component, 'dtend');
    if (end?.zone === start.zone) return ({ wall, zone }) => zone.instantOf(wall + Math.max(0, end.wall - start.wall));
    if (end) return ({ instant }) => instant + Math.max(0, end.instant - start.instant);
    const duration: unknown = component.getFirstPropertyValue('duration');
    if (!(duration instanceof ICAL.Duration))
      return ({ wall, zone, isDate }) => zone.instantOf(wall + (isDate ? DAY : 0));
    const days = (duration.weeks * 7 + duration.days) * DAY;
    const rest = ((duration.hours * 60 + duration.minutes) * 60 + duration.seconds) * 1_000;
    return ({ wall, zone }) => zone.instantOf(wall + days) + rest;
  };

  const eventAt = (
    component: ICAL.Component,
    start: number,
    end: number,
    isDate: boolean,
    occurrence: string | null | undefined,
  ): CalendarEvent => ({
    id: textOf(component, 'uid'),
    title: textOf(component, 'summary') || '(no title)',
    start: isDate ? dayOf(home.wallOf(start)) : isoIn(home, start),
    end: isDate ? dayOf(home.wallOf(Math.max(start, end - 1))) : isoIn(home, end),
    allDay: isDate,
    busy: textOf(component, 'transp').toUpperCase() !== 'TRANSPARENT',
    repeats: occurrence !== undefined,
    occurrence: occurrence ?? null,
    location: textOf(component, 'location'),
    description: textOf(component, 'description'),
    attendees: component
      .getAllProperties('attendee')
      .slice(0, 100)
      .map((property) => String(property.getFirstValue()).replace(/^mailto:/iu, '')),
    calendar: reading.calendar,
    change: reading.change,
  });

  const isOn = (start: number, end: number) =>
    start < range.end && (end > range.start || (end === start && start >= range.start));
  const isCancelled = (component: ICAL.Component) => textOf(component, 'status').toUpperCase() === 'CANCELLED';

  const all = partsOf(calendar, 'vevent');
  const moved = Map.groupBy(
    all.filter((component) => component.hasProperty('recurrence-id')),
    (component) => textOf(component, 'uid'),
  );
  const found: CalendarEvent[] = [];

  for (const exception of [...moved.values()].flat()) {
    const [start] = stamps(exception, 'dtstart');
    if (!start || isCancelled(exception)) continue;
    const end = ending(exception, start)(start);
    if (isOn(start.instant, end))
      found.push(eventAt(exception, start.instant, end, start.isDate, occurrenceOf(exception)));
  }

  for (const component of all) {
    const [start] = stamps(component, 'dtstart');
    if (!start || component.hasProperty('recurrence-id') || isCancelled(component)) continue;
    const endOf = ending(component, start);
    const exceptions = moved.get(textOf(component, 'uid')) ?? [];
    const replaced = new Set(
      exceptions.flatMap((exception) => stamps(exception, 'recurrence-id').map(({ instant }) => instant)),
    );
    const excluded = stamps(component, 'exdate');
    const without = new Set(excluded.map(({ instant }) => instant));
    const daysWithout = new Set(excluded.filter(({ isDate }) => isDate).map(({ wall }) => dayOf(wall)));
    const onwards = exceptions
      .filter((exception) => exception.getFirstProperty('recurrence-id')?.getParameter('range') === 'THISANDFUTURE')
      .flatMap((exception) => {
        const [from] = stamps(exception, 'recurrence-id');
        const [to] = stamps(exception, 'dtstart');
        return from && to ? [{ exception, from, shift: to.wall - from.wall, endOf: ending(exception, to) }] : [];
      })
      .toSorted((a, b) => b.from.instant - a.from.instant);

    const seen = new Set<number>();
    const add = (at: Stamp) => {
      if (seen.has(at.instant) || replaced.has(at.instant)) return;
      seen.add(at.instant);
      if (without.has(at.instant) || daysWithout.has(dayOf(at.wall))) return;
      const changed = onwards.find(({ from }) => from.instant < at.instant);
      const wall = at.wall + (changed?.shift ?? 0);
      const now = { ...at, wall, instant: at.zone.instantOf(wall) };
      const source = changed?.exception ?? component;
      const end = (changed?.endOf ?? endOf)(now);
      if (!isOn(now.instant, end)) return;
      // Known by its time in the series, in the form of the first one's.
      const id =
        at.zone === start.zone ? timeOf(at.wall, at.isDate).toICALString() + (at.zone === utc ? 'Z' : '') : null;
      found.push(eventAt(source, now.instant, end, now.isDate, repeats ? id : undefined));
    };

    const rules = component.getAllProperties('rrule').flatMap((property) => {
      const rule: unknown = property.getFirstValue();
      return rule instanceof ICAL.Recur ? [rule] : [];
    });
    const dates = stamps(component, 'rdate');
    const repeats = rules.length > 0 || dates.length > 0;
    add(start);
    for (const date of dates) add(date);
    // Days enough for what began before the range and goes on into it, for other zones, and for a series that was moved.
    const length = endOf(start) - start.instant;
    const before = Math.max(0, length, ...onwards.map(({ shift }) => shift)) + 2 * DAY;
    const after = Math.max(0, ...onwards.map(({ shift }) => -shift)) + 2 * DAY;
    for (const rule of rules) {
      try {
        for (const wall of walls(rule, start, range.start - before, range.end + after))
          add({ ...start, wall, instant: start.zone.instantOf(wall) });
      } catch {
        notices.add(
          `"${textOf(component, 'summary')}" repeats in a way that can't be read: look at it in your calendar.`,
        );
      }
    }
    if (found.length > MAX_OCCURRENCES) {
      notices.add(
        `${reading.calendar} has more than ${MAX_OCCURRENCES} events there: not all are given. Ask for fewer days.`,
      );
      break;
    }
  }
  return found;
};

/**
 * The events of calendars, those that repeat as they occur. A rule, above all that of a time zone, can be written so that this never ends:
 * it is done where it can be given up.
 */
export const eventsOf = ({ files, timeZone, range }: CalendarFiles): z.infer<typeof FoundEvents> => {
  const home = namedZone(timeZone);
  if (!home) throw new RangeError('There is no such time zone.');
  const notices = new Set<string>();
  const events = files.flatMap(({ text, calendar, change }) => {
    try {
      return parseIcs(text, calendar).flatMap((part) => occurrences(part, { home, range, calendar, change }, notices));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      notices.add(change ? `An event can't be read and is left out: ${change.url}` : error.message);
      return [];
    }
  });
  return { events, notices: [...notices] };
};
