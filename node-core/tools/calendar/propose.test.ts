import { expect, it } from 'vitest';
import { callTool } from '../../testing/tool-call.ts';
import { proposeTimes } from './propose.ts';

const propose = (input: Record<string, unknown>, zone = 'Europe/Berlin', now = '2026-03-01T00:00:00Z') =>
  callTool(proposeTimes, { events: [], ...input }, { settings: { 'time-zone': zone }, now: Date.parse(now) });
const at = (start: string, end: string, more = {}) => ({ start, end, allDay: false, busy: true, ...more });

it('finds what is free within working hours, not on weekends', async () => {
  const events = [
    at('2026-03-27T09:00:00+01:00', '2026-03-27T12:10:00+01:00'),
    at('2026-03-27T13:00:00+01:00', '2026-03-27T16:30:00+01:00'),
    at('2026-03-30T09:00:00+02:00', '2026-03-30T10:00:00+02:00', { busy: false }),
  ];
  expect(await propose({ from: '2026-03-27', to: '2026-03-30', minutes: 30, events })).toEqual({
    timeZone: 'Europe/Berlin',
    slots: [
      { start: '2026-03-27T12:15:00+01:00', end: '2026-03-27T12:45:00+01:00' },
      { start: '2026-03-27T16:30:00+01:00', end: '2026-03-27T17:00:00+01:00' },
      // Monday, after the change to summer time on the Sunday between.
      { start: '2026-03-30T09:00:00+02:00', end: '2026-03-30T09:30:00+02:00' },
      { start: '2026-03-30T09:30:00+02:00', end: '2026-03-30T10:00:00+02:00' },
    ],
  });
});

it('takes weekends, other hours and all-day events as asked', async () => {
  const events = [{ start: '2026-03-28', end: '2026-03-28', allDay: true, busy: true }];
  const ask = {
    from: '2026-03-28',
    to: '2026-03-29',
    minutes: 60,
    earliest: '19:00',
    latest: '20:30',
    weekends: true,
    events,
  };
  expect(await propose(ask)).toMatchObject({
    slots: [{ start: '2026-03-28T19:00:00+01:00' }, { start: '2026-03-29T19:00:00+02:00' }],
  });
  expect(await propose({ ...ask, allDayIsBusy: true })).toMatchObject({
    slots: [{ start: '2026-03-29T19:00:00+02:00' }],
  });
});

it('never proposes what has passed, and nothing where nothing is free', async () => {
  expect(
    await propose({ from: '2026-03-27', to: '2026-03-27', minutes: 60, perDay: 1 }, 'UTC', '2026-03-27T10:07:00Z'),
  ).toMatchObject({
    slots: [{ start: '2026-03-27T10:15:00+00:00' }],
  });
  expect(await propose({ from: '2026-02-27', to: '2026-02-27', minutes: 60 })).toMatchObject({ slots: [] });
  const events = [at('2026-03-26T00:00:00Z', '2026-03-28T00:00:00Z')];
  expect(await propose({ from: '2026-03-27', to: '2026-03-27', minutes: 15, events })).toMatchObject({ slots: [] });
  await expect(propose({ from: '2026-03-27', to: '2026-03-27', minutes: 600 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});
