import { describe, expect, it } from 'vitest';
import { createPace, type Way } from './pace.ts';

const one: Way = { threads: 1, filled: false };
const two: Way = { threads: 2, filled: false };

/** Tokens as written on a machine where a token takes `ms`; how often each number of threads was used. */
const write = (pace: ReturnType<typeof createPace>, tokens: number, ms: (way: Way) => number) => {
  const used = new Map<number, number>([
    [1, 0],
    [2, 0],
  ]);
  for (let token = 0; token < tokens; token += 1) {
    const way = pace.choose('1', [two, one]);
    used.set(way.threads, (used.get(way.threads) ?? 0) + 1);
    pace.record('1', way, ms(way));
  }
  return used;
};

describe('pace', () => {
  it('settles on the faster way and hardly tries the other', () => {
    const used = write(createPace(), 1_000, ({ threads }) => (threads === 2 ? 6 : 10));
    expect(used.get(1)).toBeGreaterThan(5);
    expect(used.get(1)).toBeLessThan(20);
  });

  it('goes over to one thread when another program takes a core, and back when it has ended', () => {
    const pace = createPace();
    write(pace, 200, ({ threads }) => (threads === 2 ? 6 : 10));
    const busy = write(pace, 200, ({ threads }) => (threads === 2 ? 60 : 10));
    expect(busy.get(2)).toBeLessThan(20);
    const quiet = write(pace, 400, ({ threads }) => (threads === 2 ? 6 : 10));
    expect(quiet.get(1)).toBeLessThan(130);
  });

  it('is not moved by a single slow token', () => {
    const pace = createPace();
    write(pace, 100, ({ threads }) => (threads === 2 ? 6 : 10));
    let tokens = 0;
    const used = write(pace, 300, ({ threads }) => {
      tokens += 1;
      return tokens % 50 === 0 ? 14 : threads === 2 ? 6 : 10;
    });
    expect(used.get(1)).toBeLessThan(20);
  });

  it('tells what the way in use takes', () => {
    const pace = createPace();
    expect(pace.expected('1')).toBeUndefined();
    write(pace, 50, ({ threads }) => (threads === 2 ? 6 : 10));
    expect(pace.expected('1')).toBeCloseTo(6);
    expect(pace.current('1')).toEqual(two);
  });
});
