import { describe, expect, it } from 'vitest';
import { shiftOffsets } from './offsets.ts';

describe('shiftOffsets', () => {
  it('moves a place behind an insertion and leaves one before it', () => {
    expect(shiftOffsets([2, 10], 'ab cd friday', 'ab XYcd friday')).toEqual([2, 12]);
  });

  it('moves a place back when text before it goes', () => {
    expect(shiftOffsets([9], 'buy milk friday', 'buy friday')).toEqual([4]);
  });

  it('forgets a place that was deleted', () => {
    expect(shiftOffsets([9], 'buy milk friday', 'buy milk ')).toEqual([]);
  });

  it('keeps every place while typing goes on at the end', () => {
    expect(shiftOffsets([9], 'buy milk friday', 'buy milk friday now')).toEqual([9]);
  });
});
