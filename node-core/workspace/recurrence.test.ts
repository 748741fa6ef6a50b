import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  dayOf,
  isCalendarDate,
  monthOf,
  shiftInstant,
  weekdayOf,
  yearOf,
  localZone,
} from './calendar.ts';
import { checkRecurrence, describeRecurrence, firstOccurrence, nextOccurrence } from './recurrence.ts';

const schedule = (rule: string) => ({ rule, anchor: 'schedule' as const });
const completion = (rule: string) => ({ rule, anchor: 'completion' as const });

/** Planned days of a series, one completed after the other on `finished` (or on the day itself). */
const series = (rule: string, start: string, length: number): string[] => {
  const dates = [start];
  let recurrence = schedule(rule);
  for (let date = start; dates.length < length; ) {
    const next = nextOccurrence(recurrence, date, date);
    if (next === null) break;
    recurrence = schedule(next.recurrence.rule);
    date = next.date;
    dates.push(date);
  }
  return dates;
};

describe('on a schedule', () => {
  test.each([
    ['FREQ=DAILY', '2026-03-27', ['2026-03-28', '2026-03-29', '2026-03-30']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2026-06-05', ['2026-06-19', '2026-07-03', '2026-07-17']],
    ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-06-04', ['2026-06-08', '2026-06-11', '2026-06-15']],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-06-05', ['2026-06-08', '2026-06-09', '2026-06-10']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-06-26', ['2026-07-31', '2026-08-28', '2026-09-25']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30']],
    ['FREQ=MONTHLY', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30']],
    ['FREQ=MONTHLY', '2026-01-30', ['2026-02-28', '2026-03-30', '2026-04-30']],
    ['FREQ=MONTHLY;INTERVAL=2', '2025-12-31', ['2026-02-28', '2026-04-30', '2026-06-30']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-31', ['2026-03-31', '2026-05-31', '2026-07-31']],
    ['FREQ=YEARLY', '2024-02-29', ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', '2026-12-24', ['2027-12-24', '2028-12-24']],
    ['FREQ=DAILY;UNTIL=20260605', '2026-06-03', ['2026-06-04', '2026-06-05']],
    ['FREQ=DAILY;COUNT=3', '2026-06-03', ['2026-06-04', '2026-06-05']],
  ])('%s from %s', (rule, start, expected) => {
    const all = /COUNT|UNTIL/.test(rule) ? 10 : expected.length + 1;
    expect(series(rule, start, all)).toEqual([start, ...expected]);
  });

  test('goes on from the planned day, however late it was done', () => {
    expect(nextOccurrence(schedule('FREQ=MONTHLY;BYMONTHDAY=1'), '2026-06-01', '2026-07-20')?.date).toBe('2026-07-01');
  });
});

describe('after completion', () => {
  test('counts from the day it was done', () => {
    expect(nextOccurrence(completion('FREQ=DAILY;INTERVAL=3'), '2026-06-01', '2026-06-10')?.date).toBe('2026-06-13');
    expect(nextOccurrence(completion('FREQ=WEEKLY;INTERVAL=2'), '2026-06-20', '2026-06-10')?.date).toBe('2026-06-24');
    expect(nextOccurrence(completion('FREQ=MONTHLY'), '2026-01-05', '2026-01-31')?.date).toBe('2026-02-28');
  });
  test('a month end does not stick to it', () => {
    const next = nextOccurrence(completion('FREQ=MONTHLY'), '2026-01-05', '2026-01-31');
    expect(next?.recurrence).toEqual(completion('FREQ=MONTHLY'));
  });
  test('ends with its count', () => {
    expect(nextOccurrence(completion('FREQ=DAILY;COUNT=2'), '2026-06-01', '2026-06-01')?.recurrence.rule).toBe(
      'FREQ=DAILY;COUNT=1',
    );
    expect(nextOccurrence(completion('FREQ=DAILY;COUNT=1'), '2026-06-01', '2026-06-01')).toBeNull();
  });
});

describe('the first day', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=FR', '2026-06-03', '2026-06-05'],
    ['FREQ=WEEKLY;BYDAY=WE', '2026-06-03', '2026-06-03'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2026-06-03', '2026-06-08'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', '2026-06-16', '2026-07-15'],
    ['FREQ=DAILY;INTERVAL=3', '2026-06-03', '2026-06-03'],
  ])('of %s from %s is %s', (rule, day, expected) => {
    expect(firstOccurrence(schedule(rule), day)).toBe(expected);
  });
});

describe('rules that days cannot follow', () => {
  test.each([
    '',
    'FREQ=HOURLY',
    'FREQ=SECONDLY;COUNT=5',
    'FREQ=DAILY;BYHOUR=9',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;UNTIL=soon',
    'FREQ=DAILY;UNTIL=20260230',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=WEEKLY;BYDAY=XX',
    'every friday',
    'FREQ=DAILY\nDTSTART:20260101',
    'DTSTART=20260101;FREQ=DAILY',
    '\0',
    'FREQ',
  ])('%j is refused with an example', (rule) => {
    expect(() => checkRecurrence(schedule(rule))).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringContaining('FREQ=WEEKLY') }),
    );
  });
  test('and those that can are kept, in one spelling', () => {
    expect(checkRecurrence(schedule('RRULE:freq=weekly;byday=fr;')).rule).toBe('FREQ=WEEKLY;BYDAY=FR');
    expect(checkRecurrence(schedule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29')).rule).toBe(
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    );
  });
});

test.each([
  ['FREQ=DAILY', 'every day'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'every 2 weeks on Friday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
  ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', 'every month on the 31st'],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
  ['FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30', 'every year on June 30th'],
])('%s in words', (rule, words) => {
  expect(describeRecurrence(schedule(rule))).toBe(words);
});

const date = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const rule = fc.oneof(
  fc
    .tuple(fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'), fc.integer({ min: 1, max: 12 }))
    .map(([freq, interval]) => `FREQ=${freq};INTERVAL=${interval}`),
  fc
    .subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 })
    .map((days) => `FREQ=WEEKLY;BYDAY=${days.join(',')}`),
  fc.integer({ min: 1, max: 28 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom('MO', 'WE', 'SU'))
    .map(([nth, day]) => `FREQ=MONTHLY;BYDAY=${nth}${day}`),
);

test('a series always goes forward, to days that its rule names', () => {
  fc.assert(
    fc.property(
      rule,
      date,
      date,
      fc.constantFrom('schedule' as const, 'completion' as const),
      (text, planned, finished, anchor) => {
        const next = nextOccurrence(checkRecurrence({ rule: text, anchor }), planned, finished);
        if (next === null) throw new Error('this series has no end');
        expect(isCalendarDate(next.date)).toBe(true);
        expect(next.date > (anchor === 'schedule' ? planned : finished)).toBe(true);
        const days = /BYDAY=([A-Z,]+)$/.exec(text)?.[1];
        if (days && /WEEKLY/.test(text))
          expect(days).toContain(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][weekdayOf(next.date) - 1]);
        const monthDay = /BYMONTHDAY=(\d+)$/.exec(text)?.[1];
        if (monthDay) expect(dayOf(next.date)).toBe(Number(monthDay));
      },
    ),
    { numRuns: 500 },
  );
});

test('every month keeps its day, or the last one before it, for years', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 1, max: 11 }), (start, interval) => {
      const dates = series(`FREQ=MONTHLY;INTERVAL=${interval}`, start, 24);
      dates.forEach((day, index) => {
        const ahead = addMonths(`${start.slice(0, 8)}01`, interval * index);
        expect(day.slice(0, 7)).toBe(ahead.slice(0, 7));
        expect(dayOf(day)).toBe(Math.min(dayOf(start), daysInMonth(yearOf(ahead), monthOf(ahead))));
      });
    }),
    { numRuns: 60 },
  );
});

test('COUNT is the number of occurrences, the first included', () => {
  fc.assert(
    fc.property(rule, date, fc.integer({ min: 1, max: 12 }), (text, start, count) => {
      expect(series(`${text};COUNT=${count}`, start, 50)).toHaveLength(count);
    }),
    { numRuns: 60 },
  );
});

test('days between two dates and back', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -20_000, max: 20_000 }), (start, days) => {
      expect(daysBetween(start, addDays(start, days))).toBe(days);
    }),
  );
});

test('a reminder keeps its hour over a change of clocks', () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  try {
    const before = new Date(2026, 2, 28, 9, 0).getTime();
    const after = shiftInstant(before, 1);
    expect(localZone.wallClock(after)).toEqual({ date: '2026-03-29', time: '09:00' });
    expect(after - before).toBe(23 * 3_600_000);
    expect(shiftInstant(after, -1)).toBe(before);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
