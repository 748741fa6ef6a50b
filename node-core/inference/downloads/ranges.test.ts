import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRange, bytesIn, clipRanges, nextGap, removeRange, type Range } from './ranges.ts';

const SIZE = 60;
const range = fc
  .tuple(fc.integer({ min: 0, max: SIZE }), fc.integer({ min: 0, max: SIZE }))
  .map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)]);
const bytesOf = (ranges: readonly Range[]): Set<number> =>
  new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index)));
const union = (ranges: readonly Range[]): Range[] => ranges.reduce<Range[]>(addRange, []);

describe('ranges', () => {
  it('hold exactly the bytes that were added, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(range), (added) => {
        const all = union(added);
        expect(bytesOf(all)).toEqual(bytesOf(added));
        expect(bytesIn(all)).toBe(bytesOf(added).size);
        for (const [index, [from, to]] of all.entries()) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThan(all[index - 1]?.[1] ?? -1);
        }
      }),
    );
  });

  it('lose exactly the bytes that are removed', () => {
    fc.assert(
      fc.property(fc.array(range), range, (added, removed) => {
        const rest = removeRange(union(added), removed);
        const gone = bytesOf([removed]);
        expect(bytesOf(rest)).toEqual(new Set([...bytesOf(added)].filter((byte) => !gone.has(byte))));
        expect(union(rest)).toEqual(rest);
      }),
    );
  });

  it('lead to the whole window when gap after gap is filled, and no byte is asked for twice', () => {
    fc.assert(
      fc.property(fc.array(range), range, fc.integer({ min: 1, max: SIZE }), (added, window, size) => {
        let all = union(added);
        for (let gap = nextGap(all, window, size); gap !== null; gap = nextGap(all, window, size)) {
          const held = bytesOf(all);
          const asked = [...bytesOf([gap])];
          expect(asked.length).toBeGreaterThan(0);
          expect(asked.length).toBeLessThanOrEqual(size);
          expect(asked.every((byte) => !held.has(byte) && byte >= window[0] && byte < window[1])).toBe(true);
          all = addRange(all, gap);
        }
        const held = bytesOf(all);
        expect([...bytesOf([window])].every((byte) => held.has(byte))).toBe(true);
      }),
    );
  });

  it('are cut where the file ends', () => {
    fc.assert(
      fc.property(fc.array(range), fc.integer({ min: 0, max: SIZE }), (added, end) => {
        const cut = clipRanges(union(added), end);
        expect(bytesOf(cut)).toEqual(new Set([...bytesOf(added)].filter((byte) => byte < end)));
      }),
    );
  });
});
