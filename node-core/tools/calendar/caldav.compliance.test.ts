import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCalendarProxy, startRadicale } from '../../testing/calendar-server.ts';
import { needDebian, type RunningServer } from '../../testing/debian-server.ts';
import { startJsonService } from '../../testing/json-service.ts';
import { callTool } from '../../testing/tool-call.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { CalendarEvent } from './events.ts';
import { readCalendar } from './read.ts';
import { writeCalendar } from './write.ts';

const absent = await needDebian('radicale', ['radicale']);

const Written = z.object({
  url: z.string(),
  etag: z.string(),
  calendar: z.string(),
  outcome: z.string(),
  told: z.boolean().nullable(),
});

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

  it('does not know whether it wrote what got no answer, and makes it once all the same', async () => {
    const dentist = { title: 'Dentist', start: '2026-07-01T09:00:00', end: '2026-07-01T10:00:00', calendar: 'Home' };
    let lost = 'PUT';
    const proxy = await startCalendarProxy(server.port, { loses: (method) => method === lost });
    const written = () => callTool(writeCalendar, dentist, { settings: { ...settings, url: proxy.address } });
    await expect(written()).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await read('2026-07-01', '2026-07-01')).toMatchObject([{ title: 'Dentist' }]);
    lost = '';
    expect(await written()).toMatchObject({ outcome: 'existing' });
    // The event is there, and nothing of it can be read.
    lost = 'GET';
    await expect(written()).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(written()).rejects.toThrow('The event is in the calendar.');
    // Whoever only asks has written nothing.
    lost = 'PROPFIND';
    await expect(written()).rejects.toMatchObject({ code: 'TOOL_FAILED' });
    await expect(written()).rejects.not.toBeInstanceOf(OutcomeUnknown);
    await proxy.close();
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

  const shown = (events: readonly z.infer<typeof CalendarEvent>[]) => events.map(({ title, start }) => [title, start]);
  const only = (events: readonly z.infer<typeof CalendarEvent>[]) => {
    const [event] = events;
    if (!event || events.length > 1) throw new Error(`There are ${events.length} events.`);
    return event;
  };
  const raw = async (url: string) =>
    (await fetch(url, { headers: { authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}` } })).text();

  it('changes one of a series and leaves the others, twice, and then all of them within their day', async () => {
    await put(
      '/ada/home/choir.ics',
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//x//EN',
        'BEGIN:VTIMEZONE',
        'TZID:Europe/Berlin',
        'BEGIN:DAYLIGHT',
        'TZOFFSETFROM:+0100',
        'TZOFFSETTO:+0200',
        'TZNAME:CEST',
        'DTSTART:19700329T020000',
        'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
        'END:DAYLIGHT',
        'BEGIN:STANDARD',
        'TZOFFSETFROM:+0200',
        'TZOFFSETTO:+0100',
        'TZNAME:CET',
        'DTSTART:19701025T030000',
        'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
        'END:STANDARD',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
        'UID:choir',
        'DTSTAMP:20260101T000000Z',
        'SUMMARY:Choir',
        'DTSTART;TZID=Europe/Berlin:20260907T190000',
        'DTEND;TZID=Europe/Berlin:20260907T210000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130T180000Z',
        'EXDATE;TZID=Europe/Berlin:20261019T190000',
        'X-OWN:kept',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Soon',
        'TRIGGER:-PT15M',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
    const on = async (day: string) => only(await read(day, day, { calendar: 'Home' }));
    const change = async (day: string, more: Record<string, unknown>) => {
      const { title, start, end, change: at, occurrence } = await on(day);
      return write({ title, start, end, change: at, occurrence, ...more });
    };
    const first = await on('2026-10-26');
    expect(first).toMatchObject({ occurrence: '20261026T190000', start: '2026-10-26T19:00:00+01:00', repeats: true });
    await expect(change('2026-10-26', {})).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('That event repeats'),
    });
    await expect(change('2026-10-26', { occurrence: '20261027T190000', which: 'this' })).rejects.toMatchObject({
      message: 'The series has no such occurrence. Read the calendar again.',
    });

    const moved = { start: '2026-10-28T18:00', end: '2026-10-28T19:00', title: 'Concert', which: 'this' };
    expect(await change('2026-10-26', moved)).toMatchObject({ outcome: 'changed', calendar: 'Home', told: null });
    expect(shown(await read('2026-10-12', '2026-11-03', { calendar: 'Home' }))).toEqual([
      ['Choir', '2026-10-12T19:00:00+02:00'],
      ['Concert', '2026-10-28T18:00:00+01:00'],
      ['Choir', '2026-11-02T19:00:00+01:00'],
    ]);
    // The same again, by itself now: still one.
    await change('2026-10-28', { title: 'Big concert', which: 'this' });
    await expect(change('2026-10-28', { start: '2026-10-28T17:00', which: 'all' })).rejects.toMatchObject({
      message: expect.stringContaining('moved by itself'),
    });
    await expect(
      change('2026-10-12', { start: '2026-10-13T19:00', end: '2026-10-13T21:00', which: 'all' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('within their day only') });

    await change('2026-10-12', {
      title: 'Choir of the town',
      start: '2026-10-12T19:30',
      end: '2026-10-12T20:30',
      location: 'Hall',
      which: 'all',
    });
    const after = await read('2026-10-12', '2026-12-31', { calendar: 'Home' });
    expect(shown(after)).toEqual([
      ['Choir of the town', '2026-10-12T19:30:00+02:00'],
      ['Big concert', '2026-10-28T18:00:00+01:00'],
      ['Choir of the town', '2026-11-02T19:30:00+01:00'],
      ['Choir of the town', '2026-11-09T19:30:00+01:00'],
      ['Choir of the town', '2026-11-16T19:30:00+01:00'],
      ['Choir of the town', '2026-11-23T19:30:00+01:00'],
      ['Choir of the town', '2026-11-30T19:30:00+01:00'],
    ]);
    expect(after.map(({ location }) => location)).toEqual(Array.from({ length: 7 }, () => 'Hall'));
    expect(after[0]?.end).toBe('2026-10-12T20:30:00+02:00');
    const text = await raw(after[0]?.change?.url ?? '');
    expect(text).toContain('EXDATE;TZID=Europe/Berlin:20261019T193000');
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20261026T193000');
    expect(text.match(/BEGIN:VEVENT/gu)).toHaveLength(2);
    expect(text).toContain('X-OWN:kept');
    expect(text).toContain('TRIGGER:-PT15M');
  });

  it('changes days that repeat, one and all', async () => {
    await put(
      '/ada/home/bins.ics',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:bins\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Bins\r\nDTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=DAILY;INTERVAL=7;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    );
    const [, second] = await read('2027-01-01', '2027-01-31', { calendar: 'Home' });
    expect(second).toMatchObject({ start: '2027-01-11', end: '2027-01-11', occurrence: '20270111', allDay: true });
    const { change, occurrence } = second ?? {};
    await write({ title: 'Bins', start: '2027-01-12', end: '2027-01-12', change, occurrence, which: 'this' });
    const [one] = await read('2027-01-01', '2027-01-31', { calendar: 'Home' });
    await write({
      title: 'Both bins',
      start: '2027-01-04',
      end: '2027-01-05',
      change: one?.change,
      occurrence: one?.occurrence,
      which: 'all',
    });
    const all = await read('2027-01-01', '2027-01-31', { calendar: 'Home' });
    expect(all.map(({ title, start, end }) => [title, start, end])).toEqual([
      ['Both bins', '2027-01-04', '2027-01-05'],
      ['Both bins', '2027-01-12', '2027-01-12'],
      ['Both bins', '2027-01-18', '2027-01-19'],
    ]);
  });

  it('invites people, each once, and says whether the server tells them', async () => {
    const event = {
      title: 'Review',
      start: '2026-07-07T10:00',
      end: '2026-07-07T11:00',
      calendar: 'Work',
      invite: ['grace@example.org', 'bob@example.org'],
    };
    await expect(write(event)).rejects.toMatchObject({
      code: 'TOOL_NOT_READY',
      message: expect.stringContaining('Set Your address'),
    });
    settings = { ...settings, address: 'ada@example.org' };
    expect(await write(event)).toMatchObject({ outcome: 'created', told: false });
    const made = only(await read('2026-07-07', '2026-07-07', { calendar: 'Work' }));
    expect(made.attendees).toEqual(['ada@example.org', 'grace@example.org', 'bob@example.org']);
    const { url = '' } = made.change ?? {};
    expect((await raw(url)).replaceAll(/\r\n /gu, '')).toMatch(/ORGANIZER:mailto:ada@example\.org/u);
    const later = { ...event, start: '2026-07-07T14:00', end: '2026-07-07T15:00', change: made.change };
    await put(new URL(url).pathname, (await raw(url)).replace('PARTSTAT=NEEDS-ACTION', 'PARTSTAT=ACCEPTED'), 'PUT');
    const { change } = only(await read('2026-07-07', '2026-07-07', { calendar: 'Work' }));
    await write({ ...later, change, invite: ['Grace@example.org', 'eve@example.org'] });
    const text = (await raw(url)).replaceAll(/\r\n /gu, '');
    expect(text.match(/^ATTENDEE.*$/gmu)?.map((line) => line.trim())).toEqual([
      expect.stringMatching(/PARTSTAT=ACCEPTED.*:mailto:ada@example\.org$/u),
      expect.stringMatching(/PARTSTAT=NEEDS-ACTION.*:mailto:grace@example\.org$/u),
      expect.stringMatching(/PARTSTAT=NEEDS-ACTION.*:mailto:bob@example\.org$/u),
      expect.stringMatching(/PARTSTAT=NEEDS-ACTION.*:mailto:eve@example\.org$/u),
    ]);
    await put(new URL(url).pathname, text.replaceAll('ORGANIZER:mailto:ada', 'ORGANIZER:mailto:grace'), 'PUT');
    const other = only(await read('2026-07-07', '2026-07-07', { calendar: 'Work' }));
    await expect(write({ ...later, change: other.change, invite: ['x@example.org'] })).rejects.toMatchObject({
      message: 'Only grace@example.org, who invites to that event, can invite others.',
    });
    await expect(write({ ...event, invite: ['not an address'] })).rejects.toThrow('email');
    const proxy = await startCalendarProxy(server.port, { schedules: true });
    const told = Written.parse(
      await callTool(writeCalendar, { ...event, title: 'Told' }, { settings: { ...settings, url: proxy.address } }),
    );
    expect(told).toMatchObject({ outcome: 'created', told: true });
    await proxy.close();
  });

  it('leaves what lies elsewhere and calendars that are not there alone', async () => {
    const event = { title: 'x', start: '2026-03-30T10:00', end: '2026-03-30T11:00' };
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
