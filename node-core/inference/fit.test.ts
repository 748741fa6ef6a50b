import { describe, expect, it } from 'vitest';
import { type FitInput, fitOf } from './fit.ts';

const GIB = 2 ** 30;
const input: FitInput = {
  weights: 2.5 * GIB,
  needed: 4 * GIB,
  memory: { total: 16 * GIB, available: 9 * GIB },
  cores: 8,
  gpu: null,
  measuredBandwidth: null,
  embedding: false,
};

describe('fitOf', () => {
  it('takes what was measured here for the speed', () => {
    const fit = fitOf({ ...input, measuredBandwidth: 25 * GIB });
    expect(fit).toMatchObject({ verdict: 'fits', speed: 10, needed: 4 * GIB, available: 9 * GIB });
    expect(fit.reason).toBe(
      'Fits: needs 4.0 GB of the 9.0 GB free; about 10 tokens per second, judging by what was measured here.',
    );
    expect(fitOf({ ...input, measuredBandwidth: 5 * GIB })).toMatchObject({ verdict: 'slow', speed: 2 });
  });

  it('goes by the cores where nothing was measured, and promises no number', () => {
    expect(fitOf(input)).toMatchObject({ verdict: 'fits', speed: null });
    expect(fitOf({ ...input, cores: 2 })).toMatchObject({ verdict: 'slow', speed: null });
    expect(fitOf({ ...input, cores: 2 }).reason).toMatch(/slowly.*2 cores yet/u);
    // Sixty-four cores read no faster than memory gives.
    expect(fitOf({ ...input, cores: 64, weights: 8 * GIB })).toMatchObject({ verdict: 'slow' });
  });

  it('tells what will never fit from what would with other programs closed', () => {
    const never = fitOf({ ...input, needed: 20 * GIB });
    expect(never).toMatchObject({ verdict: 'wont-fit', reason: expect.stringMatching(/this machine has 16\.0 GB/u) });
    const now = fitOf({ ...input, needed: 10 * GIB });
    expect(now).toMatchObject({ verdict: 'wont-fit', reason: expect.stringMatching(/9\.0 GB are free now/u) });
  });

  it('asks the graphics card first, and memory if the card is too small', () => {
    const gpu = { name: 'A card', free: 6 * GIB };
    expect(fitOf({ ...input, gpu, memory: { total: 4 * GIB, available: GIB } })).toMatchObject({
      verdict: 'fits',
      available: 6 * GIB,
      reason: expect.stringMatching(/A card/u),
    });
    expect(fitOf({ ...input, gpu: { ...gpu, free: GIB } })).toMatchObject({ verdict: 'fits', available: 9 * GIB });
  });

  it('does not ask how fast a model of embeddings writes', () => {
    expect(fitOf({ ...input, cores: 1, embedding: true })).toMatchObject({ verdict: 'fits', speed: null });
  });
});
