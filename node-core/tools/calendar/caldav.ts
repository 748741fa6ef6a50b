import type { DAVCalendar, DAVObject } from 'tsdav';
import { AppError, isCancellation } from '../../contract/index.ts';
import { bearerOf } from '../sign-in/account.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { ToolContext } from '../types.ts';
import { serverAddress } from './events.ts';

const MAX_BYTES = 20_000_000;

interface CalendarObject {
  readonly url: string;
  readonly etag: string;
  readonly data: string;
}

export interface CalendarServer {
  readonly host: string;
  /** Those that hold events, by name. */
  calendars(): Promise<readonly { readonly name: string; readonly url: string }[]>;
  objects(
    calendarUrl: string,
    range: { readonly start: number; readonly end: number },
  ): Promise<readonly CalendarObject[]>;
  /** Whether it tells those who are invited (RFC 6638). */
  invites(calendarUrl: string): Promise<boolean>;
  /** Sends the credentials to that address: only for what lies in one of the calendars. @returns undefined where nothing lies there */
  read(url: string): Promise<CalendarObject | undefined>;
  /**
   * Makes what is not there yet (`etag` null) or changes what is as it was. @returns false where the server has something else by now
   * @throws AppError where it was not done, OutcomeUnknown where nobody knows
   */
  put(url: string, data: string, etag: string | null): Promise<boolean>;
}

/** The server of the settings. Its credentials go to it alone, or to a host that it names and the playbook allows. */
export const openCalendarServer = async (context: ToolContext): Promise<CalendarServer> => {
  const { createAccount, fetchCalendars, fetchCalendarObjects } = await import('tsdav');
  const serverUrl = serverAddress(context.setting);
  if (!URL.canParse(serverUrl) || !/^https?:/u.test(serverUrl))
    throw new AppError(
      'TOOL_NOT_READY',
      'The address of the CalDAV server is none. Set one that begins with https://.',
    );
  const { host } = new URL(serverUrl);
  const token = await bearerOf(context);
  const headers = {
    authorization:
      token === null
        ? `Basic ${Buffer.from(`${context.setting('user')}:${context.setting('password')}`).toString('base64')}`
        : `Bearer ${token}`,
  };

  const refused: Error[] = [];
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await context
      .fetch(url, {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        maxBytes: MAX_BYTES,
      })
      .catch((error: unknown) => {
        if (error instanceof AppError || (error instanceof Error && isCancellation(error))) refused.push(error);
        throw error;
      });
    const { status, headers: answered, body } = answer;
    if (status === 401 || status === 403)
      refused.push(
        new AppError(
          'TOOL_FAILED',
          token === null
            ? `${host} refuses the user or the password of the calendar. Set them again.`
            : `${host} refuses what the sign-in allows. Sign in to the calendar again under Agents, Tools.`,
        ),
      );
    if (answer.truncated)
      refused.push(
        new AppError('TOOL_FAILED', `${host} answers with more than ${MAX_BYTES / 1_000_000} MB. Ask for fewer days.`),
      );
    // Discovery wants to see where it is sent on to, which the guarded request has done already.
    if (init.redirect === 'manual' && answer.url !== url)
      return new Response(null, { status: 301, headers: { location: answer.url } });
    const response = new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers: answered });
    Object.defineProperty(response, 'url', { value: answer.url });
    return response;
  };
  const fetchIt: typeof fetch = (input, init = {}) => send(input instanceof Request ? input.url : String(input), init);

  /** What the library makes of a refusal says less than the refusal. */
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    refused.length = 0;
    try {
      const value = await ask();
      for (const error of refused) throw error;
      return value;
    } catch (error) {
      for (const said of refused) throw said;
      throw new AppError('TOOL_FAILED', `${host} does not answer as a CalDAV server does. Check its address.`, {
        cause: error,
      });
    }
  };

  const textOf = (object: DAVObject): CalendarObject[] =>
    typeof object.data === 'string' && object.etag ? [{ url: object.url, etag: object.etag, data: object.data }] : [];
  const nameOf = ({ displayName, url }: DAVCalendar): string =>
    typeof displayName === 'string' && displayName !== ''
      ? displayName
      : decodeURIComponent(new URL(url).pathname.split('/').findLast((part) => part !== '') ?? url);

  return {
    host,
    async calendars() {
      const found = await asked(async () => {
        const account = await createAccount({ account: { serverUrl, accountType: 'caldav' }, headers, fetch: fetchIt });
        // Discovery only tries: what was refused on the way does not matter once it has arrived.
        refused.length = 0;
        return fetchCalendars({ account, headers, fetch: fetchIt });
      });
      return found
        .filter(({ components }) => !components?.length || components.includes('VEVENT'))
        .map((calendar) => ({ name: nameOf(calendar), url: calendar.url }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async objects(url, { start, end }) {
      const objects = await asked(() =>
        fetchCalendarObjects({
          calendar: { url },
          timeRange: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
          urlFilter: () => true,
          headers,
          fetch: fetchIt,
        }),
      );
      return objects.flatMap(textOf);
    },
    async invites(url) {
      const response = await asked(() => send(url, { method: 'OPTIONS', headers }));
      return (response.headers.get('dav') ?? '').split(/\s*,\s*/u).includes('calendar-auto-schedule');
    },
    async read(url) {
      const response = await asked(() => send(url, { headers }));
      if (response.status === 404) return undefined;
      if (!response.ok) throw new AppError('TOOL_FAILED', `${host} answers ${response.status} for that event.`);
      return { url, etag: response.headers.get('etag') ?? '', data: await response.text() };
    },
    async put(url, data, etag) {
      const response = await asked(() =>
        send(url, {
          method: 'PUT',
          headers: {
            ...headers,
            'content-type': 'text/calendar; charset=utf-8',
            ...(etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }),
          },
          body: data,
        }),
      );
      if (response.status === 412 || response.status === 404) return false;
      if (response.status >= 500) throw new OutcomeUnknown(`${host} answers ${response.status} to the event.`);
      if (!response.ok) throw new AppError('TOOL_FAILED', `${host} did not take the event (${response.status}).`);
      return true;
    },
  };
};
