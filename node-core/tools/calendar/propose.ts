import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { defineTool } from '../types.ts';
import { CalendarEvent, calendarSettings, DayRange, homeZone, rangeOf } from './events.ts';
import { dayOf, instantOfText, isoIn, wallOfDay } from './zones.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const Clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/u, 'a time as in 09:30');

const Input = z.object({
  ...DayRange,
  minutes: z.number().int().min(5).max(1_440),
  /** As calendar.read gave them. */
  events: z.array(CalendarEvent.pick({ start: true, end: true, allDay: true, busy: true })).max(5_000),
  /** Working hours. */
  earliest: Clock.default('09:00'),
  latest: Clock.default('17:00'),
  weekends: z.boolean().default(false),
  /** Whether an all-day event takes the day. */
  allDayIsBusy: z.boolean().default(false),
  limit: z.number().int().min(1).max(100).default(6),
  perDay: z.number().int().min(1).max(50).default(2),
});
const Output = z.object({ slots: z.array(z.object({ start: z.string(), end: z.string() })), timeZone: z.string() });

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export const proposeTimes = defineTool({
  name: 'calendar.propose',
  title: 'Propose times',
  description:
    'Free times of a length between two days, from the events that calendar.read gave, within working hours.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: Input,
  output: Output,
  labels: { untrusted: true, private: true },
  settings: calendarSettings.filter(({ id }) => id === 'time-zone'),
  missing: () => null,
  sources: () => [],
  async call({ from, to, minutes, events, earliest, latest, weekends, allDayIsBusy, limit, perDay }, context) {
    const home = homeZone(context.setting);
    const range = rangeOf({ from, to }, home);
    if (minutesOf(earliest) + minutes > minutesOf(latest))
      throw new AppError('BAD_REQUEST', `${minutes} minutes do not fit between ${earliest} and ${latest}.`);
    const taken = events
      .filter(({ busy, allDay }) => busy && (!allDay || allDayIsBusy))
      .map(({ start, end, allDay }) => ({
        start: allDay ? home.instantOf(wallOfDay(start)) : instantOfText(start, home),
        end: allDay ? home.instantOf(wallOfDay(end) + DAY) : instantOfText(end, home),
      }))
      .toSorted((a, b) => a.start - b.start);

    const slots: { start: string; end: string }[] = [];
    const length = minutes * MINUTE;
    for (let day = wallOfDay(from); slots.length < limit; day += DAY) {
      if (home.instantOf(day) >= range.end) break;
      if (!weekends && [0, 6].includes(new Date(day).getUTCDay())) continue;
      const closes = home.instantOf(day + minutesOf(latest) * MINUTE);
      let at = Math.max(home.instantOf(day + minutesOf(earliest) * MINUTE), context.clock.now());
      let found = 0;
      while (found < perDay && slots.length < limit) {
        // On the quarter of the clock on the wall, which is not everywhere that of UTC.
        const wall = home.wallOf(at);
        at += Math.ceil(wall / (15 * MINUTE)) * 15 * MINUTE - wall;
        if (at + length > closes || dayOf(home.wallOf(at)) !== dayOf(day)) break;
        const clash = taken.findLast(({ start, end }) => start < at + length && end > at);
        if (clash) {
          at = clash.end;
          continue;
        }
        slots.push({ start: isoIn(home, at), end: isoIn(home, at + length) });
        found += 1;
        at += length;
      }
    }
    return { slots, timeZone: home.name };
  },
});
