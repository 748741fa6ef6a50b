import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { missingSignIn, signInSettings, wantsSignIn, withProvider } from '../sign-in/account.ts';
import type { ToolContext, ToolSetting } from '../types.ts';
import { type NamedZone, namedZone, wallOfDay } from './zones.ts';

const Day = z.iso.date();
/** With an offset, or in the person's time zone. */
export const Moment = z.iso.datetime({ offset: true, local: true });

/** One occurrence of an event. */
export const CalendarEvent = z.object({
  id: z.string(),
  title: z.string(),
  /** `2026-03-29T09:00:00+02:00`; a day where it is all day. */
  start: z.string(),
  /** The last day where it is all day. */
  end: z.string(),
  allDay: z.boolean(),
  /** Whether the time is taken: not where it is shown as free or was declined by its owner. */
  busy: z.boolean(),
  repeats: z.boolean(),
  /** Which one of its series it is; null where it does not repeat, or can't be told from the others. */
  occurrence: z.string().nullable(),
  location: z.string(),
  description: z.string(),
  attendees: z.array(z.string()),
  calendar: z.string(),
  /** By which it can be changed; null where it can't. */
  change: z.object({ url: z.string(), etag: z.string() }).nullable(),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** What is read together: files, each with the calendar that it is of, and the instants between which its events are wanted. */
export const CalendarFiles = z.object({
  files: z.array(z.object({ text: z.string(), calendar: z.string(), change: CalendarEvent.shape.change })),
  timeZone: z.string(),
  range: z.object({ start: z.number(), end: z.number() }),
});
export type CalendarFiles = z.infer<typeof CalendarFiles>;

/** Their events, and what could not be read as it was meant. */
export const FoundEvents = z.object({ events: z.array(CalendarEvent), notices: z.array(z.string()) });

/** Days, the last one included, in the person's time zone. */
export const DayRange = { from: Day, to: Day };

/** The instants in which days begin and end. */
export const rangeOf = (
  { from, to }: { from: string; to: string },
  zone: NamedZone,
): { start: number; end: number } => {
  const start = zone.instantOf(wallOfDay(from));
  const end = zone.instantOf(wallOfDay(to) + 86_400_000);
  if (end <= start || end - start > 400 * 86_400_000)
    throw new AppError('BAD_REQUEST', 'Give two days, the first before the second, at most 400 days apart.');
  return { start, end };
};

const timeZone: ToolSetting = {
  id: 'time-zone',
  title: 'Time zone',
  hint: 'As in Europe/Berlin; empty: that of this machine.',
  secret: false,
};

export const calendarSettings: readonly ToolSetting[] = [
  {
    id: 'url',
    title: 'CalDAV server',
    hint: 'Its address, as in https://dav.example.org/; empty where you only read ICS files.',
    secret: false,
  },
  { id: 'user', title: 'User', hint: 'Of the CalDAV server.', secret: false },
  {
    id: 'password',
    title: 'Password',
    hint: 'Of the CalDAV server; an app password where it has those.',
    secret: true,
  },
  ...signInSettings('calendar'),
  {
    id: 'address',
    title: 'Your address',
    hint: 'From whom people are invited; empty: the user, where that is an address.',
    secret: false,
  },
  {
    id: 'calendar',
    title: 'Calendar to write to',
    hint: 'Its name on the server; empty: the first that takes events.',
    secret: false,
  },
  {
    id: 'ics',
    title: 'ICS files',
    hint: 'To read only: paths or https addresses, with a comma and a space between.',
    secret: false,
  },
  timeZone,
];

/** The person's time zone. */
export const homeZone = (setting: ToolContext['setting']): NamedZone => {
  const name = setting('time-zone') || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = namedZone(name);
  if (!zone) throw new AppError('TOOL_NOT_READY', `There is no time zone "${name}". Set one as in Europe/Berlin.`);
  return zone;
};

const set = (setting: ToolContext['setting'], ids: readonly string[]) => ids.filter((id) => !setting(id));

/** Its address, where there is one. */
export const serverAddress = (setting: ToolContext['setting']): string => withProvider(setting)('url') ?? '';

/** What is missing for a CalDAV server. */
export const missingServer = (setting: ToolContext['setting']): string | null => {
  if (wantsSignIn(setting))
    return serverAddress(setting)
      ? missingSignIn(setting, 'calendar')
      : 'Set CalDAV server of the calendar under Agents, Tools.';
  const missing = set(setting, ['url', 'user', 'password']);
  return missing.length === 0
    ? null
    : `Set ${missing.map((id) => calendarSettings.find((spec) => spec.id === id)?.title).join(', ')} of the calendar under Agents, Tools.`;
};

export const missingCalendar = (setting: ToolContext['setting']): string | null =>
  setting('ics') && !setting('url') && !wantsSignIn(setting)
    ? null
    : missingServer(setting) &&
      (wantsSignIn(setting)
        ? missingServer(setting)
        : 'Set the CalDAV server with User and Password, or ICS files to read, under Agents, Tools.');
