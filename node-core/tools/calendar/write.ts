import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { workOnText } from '../texts.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { defineTool, type ToolContext } from '../types.ts';
import {
  type CalendarFiles,
  calendarSettings,
  FoundEvents,
  homeZone,
  missingServer,
  Moment,
  serverAddress,
} from './events.ts';
import type { Target } from './write-ics.ts';
import type { NamedZone } from './zones.ts';

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
    /** Addresses of people who are asked to come, beside those who were asked before. */
    invite: z.array(z.email().max(320)).max(50).default([]),
    /** Of an event that calendar.read gave: it is changed; else a new one is made. */
    change: z
      .object({ url: z.url().max(2_000), etag: z.string().min(1).max(500) })
      .nullable()
      .default(null),
    /** Of an event that repeats: the occurrence that calendar.read gave, and whether this one is meant or all of them. */
    occurrence: z
      .string()
      .regex(/^\d{8}(?:T\d{6}Z?)?$/u, 'as calendar.read gives it')
      .nullable()
      .default(null),
    which: z.enum(['this', 'all']).optional(),
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
  /** Of those who are asked to come: whether the server tells them. Where it does not, they have to be written to. */
  told: z.boolean().nullable(),
});

/** So far around an occurrence is looked for it. */
const NEAR_MS = 3 * 86_400_000;

/** The occurrence that is meant, as it is on the server. Its rule is worked out where that can be given up. */
const targetOf = async (
  file: CalendarFiles['files'][number],
  { occurrence, which }: { readonly occurrence: string | null; readonly which: Target['which'] | undefined },
  home: NamedZone,
  { signal }: ToolContext,
): Promise<Target> => {
  if (occurrence === null || which === undefined)
    throw new AppError(
      'BAD_REQUEST',
      'That event repeats: give the occurrence that calendar.read gave, and say with "which" whether "this" one or "all" are meant.',
    );
  const [{ instantNear }, { readSeries }] = await Promise.all([import('./series.ts'), import('./write-ics.ts')]);
  const at = instantNear(readSeries(file.text), occurrence);
  const { events } = await workOnText(
    { task: 'calendar', files: [file], timeZone: home.name, range: { start: at - NEAR_MS, end: at + NEAR_MS } },
    {
      signal,
      result: FoundEvents,
      says: 'That event repeats in a way that has no end to read. Change it in your calendar program.',
    },
  );
  const current = events.find((event) => event.occurrence === occurrence);
  if (!current) throw new AppError('TOOL_FAILED', 'The series has no such occurrence. Read the calendar again.');
  return { which, occurrence, current };
};

/** From whom people are invited. */
const ownAddress = (setting: ToolContext['setting']): string | null =>
  z.email().safeParse(setting('address')?.trim() || setting('user')?.trim()).data ?? null;

export const writeCalendar = defineTool({
  name: 'calendar.write',
  title: 'Write to the calendar',
  description:
    'Makes an event on the calendar server, or changes one that was read (one of a series, or all of them), if nobody else has changed it since; invites people.',
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
  async call({ change, calendar: wanted, occurrence, which, ...event }, context) {
    const [{ openCalendarServer }, { changedIcs, newIcs, readSeries }] = await Promise.all([
      import('./caldav.ts'),
      import('./write-ics.ts'),
    ]);
    const home = homeZone(context.setting);
    const server = await openCalendarServer(context);
    const now = context.clock.now();
    const writing = { home, now, from: ownAddress(context.setting) };
    const written = async (
      url: string,
      calendarUrl: string,
    ): Promise<Pick<z.infer<typeof Output>, 'etag' | 'told'>> => {
      try {
        return {
          etag: (await server.read(url))?.etag ?? '',
          told: event.invite.length === 0 ? null : await server.invites(calendarUrl),
        };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new OutcomeUnknown(`The event is in the calendar. ${error.message}`, { cause: error });
      }
    };

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
      const { repeats } = readSeries(current.data);
      const target = repeats
        ? await targetOf({ text: current.data, calendar: holder.name, change }, { occurrence, which }, home, context)
        : null;
      if (!(await server.put(change.url, changedIcs(current.data, event, writing, target), change.etag))) throw stale;
      return {
        url: change.url,
        calendar: holder.name,
        outcome: 'changed' as const,
        ...(await written(change.url, holder.url)),
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
    const isNew = await server.put(url, newIcs(uid, event, writing), null);
    return {
      url,
      calendar: target.name,
      outcome: isNew ? ('created' as const) : ('existing' as const),
      ...(await written(url, target.url)),
    };
  },
});
