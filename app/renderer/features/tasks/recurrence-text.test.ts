import { describe, expect, it } from 'vitest';
import { describeRule } from './recurrence-text.ts';

describe('describeRule', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'every 2 weeks on Fri'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on last Fri'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on the 15.'],
    ['RRULE:FREQ=YEARLY;COUNT=3', 'every year, 3 times'],
    ['FREQ=SECONDLY', 'FREQ=SECONDLY'],
  ])('%s is “%s”', (rule, words) => {
    expect(describeRule(rule)).toBe(words);
  });
});
