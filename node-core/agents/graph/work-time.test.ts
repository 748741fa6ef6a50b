import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorkTime, type WorkTime } from './work-time.ts';

let now: number;
let over: number;
let time: WorkTime;

beforeEach(() => {
  vi.useFakeTimers();
  now = 1_000;
  over = 0;
  time = startWorkTime({ monotonic: () => now }, 10_000, () => {
    over += 1;
  });
});
afterEach(() => {
  time.stop();
  vi.useRealTimers();
});

const pass = (milliseconds: number): void => {
  for (let left = milliseconds; left > 0; left -= 500) {
    now += 500;
    vi.advanceTimersByTime(500);
  }
};

it('is over once so much was worked, and counts no more when it is stopped', () => {
  pass(9_500);
  expect([time.worked(), over]).toEqual([9_500, 0]);
  pass(1_000);
  expect(over).toBe(1);
  time.stop();
  const worked = time.worked();
  pass(5_000);
  expect([time.worked(), over]).toEqual([worked, 1]);
});

it('counts of what the machine slept no more than a moment, and nothing back', () => {
  pass(1_000);
  now += 8 * 3_600_000;
  expect(time.worked()).toBe(6_000);
  vi.advanceTimersByTime(1_000);
  expect(over).toBe(0);
  now -= 3_600_000;
  expect(time.worked()).toBe(6_000);
  pass(4_000);
  expect(over).toBe(1);
});
