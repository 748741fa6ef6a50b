import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { defineTool } from '../types.ts';
import { calendarSettings, homeZone, missingServer, Moment, serverAddress } from './events.ts';

const Input = z
  .object({
    title: z.string().min(1).max(500),
    /** A time, or a day where it is all day. */
    start: z.union([Moment, z.iso.date()]),
    /** The last day where it is all day. */
    end: z.union([Moment, z.iso.date()]),
    location: z.string().max(1_000).optional(),
    description: z.string().max(10_000).optional(),
    /** By name; default: that of the settings. */
    calendar: z.string().max(200).optional(),
    /** Of an event that calendar.read gave: it is changed; else a new one is made. */
    change: z
      .object({ url: z.url().max(2_000), etag: z.string().min(1).max(500) })
      .nullable()
      .default(null),
  })
  .refine(
    ({ start, end }) => (start.length === 10) === (end.length === 10),
    'start and end are both days or both times',
  );
const Output = z.object({
  url: z.string(),
  etag: z.string(),
  calendar: z.string(),
  /** `existing`: the same event had been made before and was left as it is. */
  outcome: z.enum(['created', 'changed', 'existing']),
});

export const writeCalendar = defineTool({
  name: 'calendar.write',
  title: 'Write to the calendar',
  description:
    'Makes an event on the calendar server, or changes one that was read, if nobody else has changed it since.',
  // Others who share the calendar see it, and the server may tell those invited.
  effect: 'send-out',
  outside: true,
  repeatable: false,
  input: Input,
  output: Output,
  labels: { untrusted: true, private: true },
  settings: calendarSettings,
  missing: missingServer,
  signIn: 'calendar',
  origins: (setting) => [serverAddress(setting)].filter((url) => URL.canParse(url)),
  sources: (_, { calendar }) => [`Calendar ${calendar}`],
  async call({ change, calendar: wanted, ...event }, context) {
    const [{ openCalendarServer }, { changedIcs, newIcs }] = await Promise.all([
      import('./caldav.ts'),
      import('./write-ics.ts'),
    ]);
    const home = homeZone(context.setting);
    const server = await openCalendarServer(context);
    const now = context.clock.now();

    const calendars = await server.calendars();

    if (change) {
      // An argument says where the event is: never another place than the person's calendars.
      const holder = calendars.find(({ url }) => new URL(change.url).href.startsWith(url));
      if (!holder)
        throw new AppError(
          'BAD_REQUEST',
          `That event is in no calendar of ${server.host}. Take its address from what calendar.read gave.`,
        );
      const current = await server.read(change.url);
      const stale = new AppError(
        'TOOL_FAILED',
        'That event was changed or removed since it was read. Read the calendar again.',
      );
      if (!current || current.etag !== change.etag) throw stale;
      if (!(await server.put(change.url, changedIcs(current.data, event, home, now), change.etag))) throw stale;
      return {
        url: change.url,
        etag: (await server.read(change.url))?.etag ?? '',
        calendar: holder.name,
        outcome: 'changed' as const,
      };
    }
    const name = wanted ?? context.setting('calendar');
    const target = name ? calendars.find((calendar) => calendar.name === name) : calendars[0];
    if (!target)
      throw new AppError(
        'TOOL_FAILED',
        `${server.host} has no calendar ${name ? `"${name}"` : 'for events'}. It has: ${calendars.map((calendar) => calendar.name).join(', ') || 'none'}.`,
      );
    // The same event gets the same name: made twice, it is there once.
    const uid = createHash('sha256')
      .update(JSON.stringify([target.url, event]))
      .digest('hex')
      .slice(0, 32);
    const url = new URL(`${uid}.ics`, target.url.endsWith('/') ? target.url : `${target.url}/`).href;
    const isNew = await server.put(url, newIcs(uid, event, home, now), null);
    return {
      url,
      etag: (await server.read(url))?.etag ?? '',
      calendar: target.name,
      outcome: isNew ? ('created' as const) : ('existing' as const),
    };
  },
});
