import { expect, test } from 'vitest';
import { says } from './triggers.ts';

const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const inWords = (cron: string): string => says({ on: 'time', cron, timeZone });

test.each([
  ['0 8 * * 1-5', 'Weekdays at 8:00'],
  ['30 7 * * 1-5', 'Weekdays at 7:30'],
  ['5 0 * * *', 'Every day at 0:05'],
  ['0 9 * * 1,3', 'Mondays and Wednesdays at 9:00'],
  ['0 9 * * 7', 'Sundays at 9:00'],
  ['15 12 3 * *', 'Day 3 of each month at 12:15'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 */2 * * *', 'Every 2 hours'],
  ['0 * * * *', 'Every hour'],
])('%s is %s', (cron, words) => {
  expect(inWords(cron)).toBe(words);
});

test.each(['0 9 1 1 *', '0 9 1 * 1', '0 9-17 * * *', '0 0 8 * * 1', '*/5 9 * * *', 'L'])(
  '%s stays as it is',
  (cron) => {
    expect(inWords(cron)).toBe(`By cron “${cron}”`);
  },
);

test('another time zone is named', () => {
  const other = timeZone === 'Europe/Rome' ? 'Asia/Tokyo' : 'Europe/Rome';
  expect(says({ on: 'time', cron: '0 8 * * *', timeZone: other })).toBe(`Every day at 8:00 (${other})`);
});
