import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startRadicale } from '../../testing/calendar-server.ts';
import { needDebian, type RunningServer } from '../../testing/debian-server.ts';
import { startJsonService } from '../../testing/json-service.ts';
import { callTool } from '../../testing/tool-call.ts';
import { CalendarEvent } from './events.ts';
import { readCalendar } from './read.ts';
import { writeCalendar } from './write.ts';

const absent = await needDebian('radicale', ['radicale']);

const Written = z.object({ url: z.string(), etag: z.string(), calendar: z.string(), outcome: z.string() });

describe.skipIf(absent !== null)(`Radicale, a CalDAV server${absent ? `: ${absent}` : ''}`, () => {
  let server: RunningServer;
  let settings: Record<string, string>;

  const put = async (path: string, body: string, method = 'PUT') => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}`,
        'content-type': method === 'PUT' ? 'text/calendar' : 'application/xml',
      },
      body,
    });
    expect(response.status).toBe(201);
  };
  const collection = (name: string, components: string) =>
    `<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>${name}</D:displayname><C:supported-calendar-component-set><C:comp name="${components}"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>`;
  const read = async (from: string, to: string, more: Record<string, unknown> = {}) =>
    z
      .object({ events: z.array(CalendarEvent) })
      .parse(await callTool(readCalendar, { from, to, ...more }, { settings })).events;
  const write = async (input: Record<string, unknown>) =>
    Written.parse(await callTool(writeCalendar, input, { settings }));

  beforeAll(async () => {
    server = await startRadicale();
    settings = {
      url: `http://127.0.0.1:${server.port}/`,
      user: 'ada',
      password: 'secret',
      'time-zone': 'Europe/Berlin',
    };
    await put('/ada/office/', collection('Work', 'VEVENT'), 'MKCALENDAR');
    await put('/ada/home/', collection('Home', 'VEVENT'), 'MKCALENDAR');
    await put('/ada/todo/', collection('To do', 'VTODO'), 'MKCALENDAR');
    await put(
      '/ada/office/standup.ics',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:standup\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Stand-up\r\nDTSTART;TZID=Europe/Berlin:20260302T091500\r\nDTEND;TZID=Europe/Berlin:20260302T093000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nATTENDEE:mailto:grace@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    );
  });
  afterAll(() => server.stop());

  it('finds the calendars from the root of the server and reads them with what repeats', async () => {
    expect(await read('2026-03-23', '2026-03-31')).toMatchObject([
      {
        title: 'Stand-up',
        start: '2026-03-23T09:15:00+01:00',
        calendar: 'Work',
        repeats: true,
        attendees: ['grace@example.org'],
      },
      { title: 'Stand-up', start: '2026-03-30T09:15:00+02:00', end: '2026-03-30T09:30:00+02:00' },
    ]);
    expect(await read('2026-03-23', '2026-03-31', { calendar: 'Home' })).toEqual([]);
  });

  it('makes an event once, however often it is asked to', async () => {
    const event = {
      title: 'Dinner, at eight; really',
      start: '2026-05-05T20:00',
      end: '2026-05-05T22:00',
      calendar: 'Home',
      location: 'Kraków',
      description: 'Two lines\nof words',
    };
    const made = await write(event);
    expect(made).toMatchObject({ outcome: 'created', calendar: 'Home' });
    expect(await write(event)).toEqual({ ...made, outcome: 'existing' });
    const { title, location, description } = event;
    expect(await read('2026-05-05', '2026-05-05')).toMatchObject([
      {
        title,
        location,
        description,
        start: '2026-05-05T20:00:00+02:00',
        end: '2026-05-05T22:00:00+02:00',
        change: { url: made.url, etag: made.etag },
      },
    ]);
  });

  it('changes an event only as it was read', async () => {
    await write({ title: 'Trip', start: '2026-06-01', end: '2026-06-03', calendar: 'Home' });
    const [trip] = await read('2026-06-02', '2026-06-02');
    expect(trip).toMatchObject({ title: 'Trip', start: '2026-06-01', end: '2026-06-03', allDay: true });
    const changed = await write({ title: 'Long trip', start: '2026-06-01', end: '2026-06-05', change: trip?.change });
    expect(changed.outcome).toBe('changed');
    expect(await read('2026-06-05', '2026-06-05')).toMatchObject([
      { title: 'Long trip', change: { etag: changed.etag } },
    ]);
    await expect(
      write({ title: 'Mine', start: '2026-06-01', end: '2026-06-05', change: trip?.change }),
    ).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: 'That event was changed or removed since it was read. Read the calendar again.',
    });
    expect(await read('2026-06-05', '2026-06-05')).toMatchObject([{ title: 'Long trip' }]);
  });

  it('leaves what repeats, what lies elsewhere and calendars that are not there alone', async () => {
    const [standup] = await read('2026-03-30', '2026-03-30');
    const event = { title: 'x', start: '2026-03-30T10:00', end: '2026-03-30T11:00' };
    await expect(write({ ...event, change: standup?.change })).rejects.toMatchObject({
      message: expect.stringContaining('repeats'),
    });
    await expect(write({ ...event, change: { url: 'http://127.0.0.1:1/a.ics', etag: '"1"' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(write({ ...event, calendar: 'To do' })).rejects.toMatchObject({
      message: expect.stringContaining('It has: Home, Work'),
    });
    await expect(write({ ...event, end: '2026-03-30T09:00' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('says that a server is none for calendars, or answers without end', async () => {
    let body = '<html>Sign in</html>';
    const odd = await startJsonService(() => ({ headers: { 'content-type': 'application/xml' }, body }));
    const ask = () =>
      callTool(readCalendar, { from: '2026-03-01', to: '2026-03-02' }, { settings: { ...settings, url: odd.address } });
    await expect(ask()).rejects.toMatchObject({
      message: expect.stringContaining('does not answer as a CalDAV server does'),
    });
    body = `<a>${'x'.repeat(30_000_000)}</a>`;
    await expect(ask()).rejects.toMatchObject({ code: 'TOOL_FAILED' });
    await odd.stop();
  });

  it('says that the password is wrong, or that nobody is there', async () => {
    const ask = (more: Record<string, string>) =>
      callTool(readCalendar, { from: '2026-03-01', to: '2026-03-02' }, { settings: { ...settings, ...more } });
    await expect(ask({ password: 'wrong' })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('refuses the user or the password'),
    });
    await expect(ask({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });
});
