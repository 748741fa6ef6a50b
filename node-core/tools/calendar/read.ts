import { z } from 'zod';
import { workOnText } from '../texts.ts';
import { defineTool } from '../types.ts';
import {
  CalendarEvent,
  type CalendarFiles,
  calendarSettings,
  DayRange,
  FoundEvents,
  homeZone,
  missingCalendar,
  rangeOf,
  serverAddress,
} from './events.ts';
import { icsAddresses, readIcsFiles } from './sources.ts';
import { wallOfDay } from './zones.ts';

const Input = z.object({
  ...DayRange,
  /** By name; default: all. */
  calendar: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(1_000).default(300),
});
const Output = z.object({
  events: z.array(CalendarEvent),
  timeZone: z.string(),
  /** Whether there are more than the limit. */
  truncated: z.boolean(),
  notices: z.array(z.string()),
});

export const readCalendar = defineTool({
  name: 'calendar.read',
  title: 'Read the calendar',
  description:
    'Events between two days, the last one included, repeated ones as they occur, in the time zone of the person.',
  effect: 'read',
  // The days asked for, to the person's own server.
  outside: false,
  repeatable: true,
  input: Input,
  output: Output,
  labels: { untrusted: true, private: true },
  settings: calendarSettings,
  missing: missingCalendar,
  signIn: 'calendar',
  origins: (setting) => [serverAddress(setting), ...icsAddresses(setting)].filter((url) => URL.canParse(url)),
  sources: (_, { events }) => [...new Set(events.map(({ calendar }) => `Calendar ${calendar}`))],
  async call({ from, to, calendar: wanted, limit }, context) {
    const home = homeZone(context.setting);
    const range = rangeOf({ from, to }, home);
    const files: CalendarFiles['files'] = [];
    if (serverAddress(context.setting)) {
      const { openCalendarServer } = await import('./caldav.ts');
      const server = await openCalendarServer(context);
      for (const { name, url } of await server.calendars()) {
        if (wanted !== undefined && wanted !== name) continue;
        for (const object of await server.objects(url, range))
          files.push({ text: object.data, calendar: name, change: { url: object.url, etag: object.etag } });
      }
    }
    if (context.setting('ics'))
      for (const { name, text } of await readIcsFiles(context))
        if (wanted === undefined || wanted === name) files.push({ text, calendar: name, change: null });
    const { events, notices } = await workOnText(
      { task: 'calendar', files, timeZone: home.name, range },
      {
        signal: context.signal,
        result: FoundEvents,
        says: 'A rule in the calendar repeats in a way that has no end to read. Look at what was added to it lately.',
      },
    );
    const at = ({ start }: CalendarEvent) =>
      start.length === 10 ? home.instantOf(wallOfDay(start)) : Date.parse(start);
    const sorted = events.toSorted((a, b) => at(a) - at(b) || (a.title < b.title ? -1 : 1));
    return {
      events: sorted.slice(0, limit),
      timeZone: home.name,
      truncated: sorted.length > limit,
      notices,
    };
  },
});
