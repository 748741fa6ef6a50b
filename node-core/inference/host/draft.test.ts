import { describe, expect, it } from 'vitest';
import { createDrafter, guessSize } from './draft.ts';

const text = (from: number, length: number) => Array.from({ length }, (_, index) => 100 + from + index);

describe('drafter', () => {
  it('guesses what followed the same tokens before', () => {
    const drafter = createDrafter([...text(0, 50), ...text(500, 5), ...text(10, 4)]);
    expect(drafter.guess(5)).toEqual(text(14, 5));
    drafter.push(100 + 14);
    expect(drafter.guess(2)).toEqual(text(15, 2));
  });

  it('goes on with a text that repeats itself', () => {
    const drafter = createDrafter([1, 2, 3, 1, 2, 3]);
    expect(drafter.guess(7)).toEqual([1, 2, 3, 1, 2, 3, 1]);
  });

  it('guesses nothing from what it has not seen', () => {
    const drafter = createDrafter(text(0, 40));
    expect(drafter.confidence).toBe(0);
    expect(drafter.guess(3)).toEqual([]);
  });

  it('trusts guesses as far as they have held, also those that were not made', () => {
    const drafter = createDrafter([...text(0, 60), ...text(500, 5), ...text(0, 3)]);
    const before = drafter.confidence;
    drafter.learn(text(3, 3));
    expect(drafter.confidence).toBeGreaterThan(before);
    for (let index = 0; index < 20; index += 1) drafter.learn([7]);
    expect(drafter.confidence).toBeLessThan(0.1);
    for (let index = 0; index < 100; index += 1) drafter.learn(text(3, 10));
    expect(drafter.confidence).toBeLessThan(1);
  });
});

describe('how many are guessed', () => {
  const flat = (guesses: number) => 10 + guesses;
  const steep = (guesses: number) => 10 * (1 + guesses);

  it('is many where they hold and cost little, none where a batch costs as much as its tokens alone', () => {
    expect(guessSize({ confidence: 0.95, room: 100, cost: flat }).size).toBe(15);
    expect(guessSize({ confidence: 0.95, room: 100, cost: steep }).size).toBe(0);
  });

  it('is few or none where they seldom hold', () => {
    expect(guessSize({ confidence: 0.1, room: 100, cost: flat }).size).toBe(0);
    expect(guessSize({ confidence: 0.6, room: 100, cost: flat }).size).toBe(3);
  });

  it('never goes beyond the room, nor guesses before a token alone was measured', () => {
    expect(guessSize({ confidence: 0.95, room: 9, cost: flat }).size).toBe(7);
    expect(guessSize({ confidence: 0.95, room: 2, cost: flat }).size).toBe(0);
    expect(guessSize({ confidence: 0.95, room: 100, cost: () => undefined }).size).toBe(0);
  });
});
