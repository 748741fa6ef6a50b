import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { callTool } from '../../testing/tool-call.ts';
import { CalendarEvent } from './events.ts';
import { readCalendar } from './read.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jan-ics-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (uid: string, ...lines: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SUMMARY:${uid}`,
  ...lines,
  'END:VEVENT',
];

const read = async (text: string, from: string, to: string, settings: Record<string, string> = {}) => {
  const path = join(folder, 'own.ics');
  await writeFile(path, text);
  const output = await callTool(
    readCalendar,
    { from, to },
    { settings: { ics: path, 'time-zone': 'Europe/Berlin', ...settings } },
  );
  return z
    .object({ events: z.array(CalendarEvent), notices: z.array(z.string()), truncated: z.boolean() })
    .parse(output);
};
const starts = async (...given: Parameters<typeof read>) => (await read(...given)).events.map(({ start }) => start);

it('repeats by the clock on the wall, over the change to summer time and back', async () => {
  const weekly = calendar(
    ...event(
      'standup',
      'DTSTART;TZID=Europe/Berlin:20260101T090000',
      'DTEND;TZID=Europe/Berlin:20260101T093000',
      'RRULE:FREQ=WEEKLY',
    ),
  );
  expect(await starts(weekly, '2026-03-20', '2026-04-03')).toEqual([
    '2026-03-26T09:00:00+01:00',
    '2026-04-02T09:00:00+02:00',
  ]);
  expect(await starts(weekly, '2026-10-19', '2026-10-30')).toEqual([
    '2026-10-22T09:00:00+02:00',
    '2026-10-29T09:00:00+01:00',
  ]);
});

it('keeps to the clock of another place, where summer begins on another day', async () => {
  const call = calendar(
    ...event('call', 'DTSTART;TZID=America/New_York:20260302T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'),
  );
  expect(await starts(call, '2026-03-02', '2026-03-31')).toEqual([
    '2026-03-02T15:00:00+01:00',
    '2026-03-09T14:00:00+01:00',
    '2026-03-16T14:00:00+01:00',
    '2026-03-23T14:00:00+01:00',
    '2026-03-30T15:00:00+02:00',
  ]);
});

it('takes a time in the gap of the clock as it was before, and the first of two in the overlap', async () => {
  const nightly = calendar(
    ...event('backup', 'DTSTART;TZID=Europe/Berlin:20260301T023000', 'DURATION:PT30M', 'RRULE:FREQ=DAILY'),
  );
  expect(await starts(nightly, '2026-03-29', '2026-03-29')).toEqual(['2026-03-29T03:30:00+02:00']);
  expect(await starts(nightly, '2026-10-25', '2026-10-25')).toEqual(['2026-10-25T02:30:00+02:00']);
});

it('reads the last occurrence whose end is given in UTC, as UNTIL is', async () => {
  const text = calendar(
    ...event(
      'gym',
      'DTSTART;TZID=Europe/Berlin:20260701T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;UNTIL=20260703T070000Z',
    ),
  );
  expect(await starts(text, '2026-07-01', '2026-07-10')).toEqual([
    '2026-07-01T09:00:00+02:00',
    '2026-07-02T09:00:00+02:00',
    '2026-07-03T09:00:00+02:00',
  ]);
});

it('leaves out what was taken out, moves what was moved, adds what was added', async () => {
  const berlin = (name: string, at: string) => `${name};TZID=Europe/Berlin:${at}`;
  const text = calendar(
    ...event(
      'review',
      berlin('DTSTART', '20260601T100000'),
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=6',
      berlin('EXDATE', '20260602T100000'),
      berlin('RDATE', '20260620T100000'),
    ),
    ...event(
      'review',
      berlin('RECURRENCE-ID', '20260603T100000'),
      berlin('DTSTART', '20260610T160000'),
      'DURATION:PT2H',
      'LOCATION:Room 2',
    ),
    ...event(
      'review',
      'RECURRENCE-ID:20260604T080000Z',
      berlin('DTSTART', '20260604T100000'),
      'DURATION:PT1H',
      'STATUS:CANCELLED',
    ),
  );
  const { events } = await read(text, '2026-06-01', '2026-06-30');
  expect(events.map(({ start, end, location, repeats }) => ({ start, end, location, repeats }))).toEqual([
    { start: '2026-06-01T10:00:00+02:00', end: '2026-06-01T11:00:00+02:00', location: '', repeats: true },
    { start: '2026-06-05T10:00:00+02:00', end: '2026-06-05T11:00:00+02:00', location: '', repeats: true },
    { start: '2026-06-06T10:00:00+02:00', end: '2026-06-06T11:00:00+02:00', location: '', repeats: true },
    { start: '2026-06-10T16:00:00+02:00', end: '2026-06-10T18:00:00+02:00', location: 'Room 2', repeats: true },
    { start: '2026-06-20T10:00:00+02:00', end: '2026-06-20T11:00:00+02:00', location: '', repeats: true },
  ]);
});

it('moves all that follow where a change is of this and the future ones', async () => {
  const text = calendar(
    ...event('class', 'DTSTART:20260601T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4'),
    ...event(
      'class',
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20260603T080000Z',
      'DTSTART:20260603T093000Z',
      'DURATION:PT2H',
    ),
  );
  const { events } = await read(text, '2026-06-01', '2026-06-30', { 'time-zone': 'UTC' });
  expect(events.map(({ start, end }) => `${start.slice(5, 16)}-${end.slice(11, 16)}`)).toEqual([
    '06-01T08:00-09:00',
    '06-02T08:00-09:00',
    '06-03T09:30-11:30',
    '06-04T09:30-11:30',
  ]);
});

it('gives days for what is all day, the last one included', async () => {
  const text = calendar(
    ...event('fair', 'DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260331', 'TRANSP:TRANSPARENT'),
    ...event('birthday', 'DTSTART;VALUE=DATE:19800329', 'RRULE:FREQ=YEARLY'),
  );
  const { events } = await read(text, '2026-03-29', '2026-03-29');
  expect(events).toMatchObject([
    { title: 'fair', start: '2026-03-28', end: '2026-03-30', allDay: true, busy: false },
    { title: 'birthday', start: '2026-03-29', end: '2026-03-29', allDay: true, busy: true },
  ]);
});

it("uses a file's own zone where it has a name of its own, and says so where nobody knows it", async () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Office',
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];
  const meeting = event('meeting', 'DTSTART;TZID=Office:20260715T100000', 'DURATION:PT1H');
  expect(await starts(calendar(...zone, ...meeting), '2026-07-15', '2026-07-15', { 'time-zone': 'UTC' })).toEqual([
    '2026-07-15T08:00:00+00:00',
  ]);
  const lost = await read(calendar(...meeting), '2026-07-15', '2026-07-15', { 'time-zone': 'UTC' });
  expect(lost.events).toMatchObject([{ start: '2026-07-15T10:00:00+00:00' }]);
  expect(lost.notices).toEqual(['The time zone "Office" is not known: its times were taken as those of UTC.']);
  const prefixed = event('old', 'DTSTART;TZID=/freeassociation.example/Tzfile/Europe/Berlin:20260715T100000');
  expect(await starts(calendar(...prefixed), '2026-07-15', '2026-07-15', { 'time-zone': 'UTC' })).toEqual([
    '2026-07-15T08:00:00+00:00',
  ]);
});

it('says what is no calendar, and refuses a lost file and a range too long, each with what to do', async () => {
  expect(await read('<html>Sign in</html>', '2026-01-01', '2026-01-02')).toMatchObject({
    events: [],
    notices: ['own.ics is not a calendar that can be read (ICS).'],
  });
  const lost = { settings: { ics: join(folder, 'lost.ics') } };
  await expect(callTool(readCalendar, { from: '2026-01-01', to: '2026-01-02' }, lost)).rejects.toMatchObject({
    message: expect.stringContaining("lost.ics can't be read"),
  });
  await expect(read(calendar(), '2020-01-01', '2026-01-02')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('can be stopped, where a file keeps its reader busy for good', async () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Trap',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const path = join(folder, 'trap.ics');
  await writeFile(path, calendar(...zone, ...event('trap', 'DTSTART;TZID=Trap:20260715T100000')));
  const stop = new AbortController();
  const ask = callTool(
    readCalendar,
    { from: '2026-07-15', to: '2026-07-15' },
    { settings: { ics: path }, signal: stop.signal },
  );
  const stopping = setImmediate(() => stop.abort());
  await expect(ask).rejects.toMatchObject({ code: 'CANCELLED' });
  clearImmediate(stopping);
});

it('is not held up by rules that never come true or always do', async () => {
  const { events, notices } = await read(
    calendar(
      ...event('never', 'DTSTART:20260101T000000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'),
      ...event('always', 'DTSTART:19700101T000000Z', 'RRULE:FREQ=SECONDLY'),
      ...event('leap', 'DTSTART:20240229T000000Z', 'RRULE:FREQ=YEARLY'),
      ...event('old', 'DTSTART:19700101T120000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
    ),
    '2026-02-28',
    '2026-03-01',
    { 'time-zone': 'UTC' },
  );
  expect(events.map(({ title, start }) => `${title} ${start.slice(0, 10)}`)).toEqual([
    'old 2026-02-28',
    'old 2026-03-01',
  ]);
  expect(notices).toEqual([`"always" repeats in a way that can't be read: look at it in your calendar.`]);
});

it('shows what began before the first day and goes on into it', async () => {
  const shift = calendar(
    ...event(
      'shift',
      'DTSTART;TZID=Europe/Berlin:20260101T220000',
      'DTEND;TZID=Europe/Berlin:20260102T060000',
      'RRULE:FREQ=DAILY',
    ),
  );
  expect(await starts(shift, '2026-03-29', '2026-03-29')).toEqual([
    '2026-03-28T22:00:00+01:00',
    '2026-03-29T22:00:00+02:00',
  ]);
  expect((await read(shift, '2026-03-29', '2026-03-29')).events[0]?.end).toBe('2026-03-29T06:00:00+02:00');
});

it('says what to set', () => {
  const missing = (settings: Record<string, string>) => readCalendar.missing((id) => settings[id] ?? null);
  expect(missing({})).toBe('Set the CalDAV server with User and Password, or ICS files to read, under Agents, Tools.');
  expect(missing({ ics: '/a.ics' })).toBeNull();
  expect(missing({ url: 'https://dav.example.org', user: 'a', password: 'b' })).toBeNull();
});
