import { describe, expect, it } from 'vitest';
import { createFairQueue, limits, type Waiting } from './fair-queue.ts';

let order = 0;
const entry = (asker: string, modelId = 'm'): Waiting => ({ modelId, asker, order: (order += 1) });
const END = Number.POSITIVE_INFINITY;

describe('a fair queue', () => {
  it('lets askers take turns, and keeps the order of each', () => {
    const queue = createFairQueue<Waiting>();
    const many = Array.from({ length: 5 }, () => entry('many'));
    for (const one of many) queue.add(one);
    const late = [entry('late'), entry('late')];
    for (const one of late) queue.add(one);
    const taken = Array.from({ length: 7 }, () => queue.next('m', END));
    expect(taken).toEqual([many[0], late[0], many[1], late[1], many[2], many[3], many[4]]);
    expect(queue.next('m', END)).toBeUndefined();
    expect(queue.size).toBe(0);
  });

  it('holds back what came after a given one', () => {
    const queue = createFairQueue<Waiting>();
    const [early, late] = [entry('a'), entry('b')];
    queue.add(early);
    queue.add(late);
    expect(queue.next('m', late.order)).toBe(early);
    expect(queue.next('m', late.order)).toBeUndefined();
    expect(queue.next('m', END)).toBe(late);
  });

  it('knows which model was waited for longest', () => {
    const queue = createFairQueue<Waiting>();
    const [first, second, third] = [entry('a', 'x'), entry('a', 'y'), entry('b', 'x')];
    for (const one of [third, second, first]) queue.add(one);
    expect(queue.models()).toEqual([
      { modelId: 'x', order: first.order },
      { modelId: 'y', order: second.order },
    ]);
    expect(queue.remove(first)).toBe(true);
    expect(queue.remove(first)).toBe(false);
    expect(queue.models().map(({ modelId }) => modelId)).toEqual(['y', 'x']);
  });

  it('is bounded by asker, by model and in all', () => {
    const queue = createFairQueue<Waiting>();
    const fill = (count: number, asker: string, modelId: string) => {
      for (let index = 0; index < count; index += 1) queue.add(entry(asker, modelId));
    };
    fill(limits.asker, 'a', 'x');
    expect(queue.full('x', 'a')).toBe('asker');
    expect(queue.full('y', 'a')).toBe('asker');
    expect(queue.full('x', 'b')).toBeUndefined();
    fill(limits.model - limits.asker, 'b', 'x');
    expect(queue.full('x', 'c')).toBe('model');
    expect(queue.full('y', 'c')).toBeUndefined();
    fill(limits.asker, 'c', 'y');
    fill(limits.asker, 'd', 'z');
    expect(queue.full('w', 'e')).toBe('all');
  });
});
