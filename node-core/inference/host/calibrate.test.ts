import { describe, expect, it } from 'vitest';
import { calibrate, threadCounts } from './calibrate.ts';
import type { StepOptions, StepPart } from './step.ts';

/** A context on which a batch takes the time that the test says, on the test's own clock. */
const machine = (msPerToken: (threads: number, tokens: number) => number) => {
  let time = 0;
  const used: number[] = [];
  return {
    used,
    now: () => time,
    context: { disposeSequence: () => undefined },
    stepper: {
      lastingThreads: true,
      canForget: true,
      states: null,
      createSampler: () => ({ setGrammar: () => undefined, dispose: () => undefined }),
      step: async (parts: readonly StepPart[], { threads }: StepOptions) => {
        const size = parts.reduce((sum, { tokens }) => sum + tokens.length, 0);
        used.push(threads);
        time += msPerToken(threads, size) * size;
        return [];
      },
      dispose: () => undefined,
    },
  };
};
const run = (at: ReturnType<typeof machine>, cores: number, signal = new AbortController().signal) =>
  calibrate({
    context: at.context,
    stepper: at.stepper,
    cores,
    vocabularySize: 100,
    contextLength: 512,
    batchSize: 256,
    budgetMs: 200,
    now: at.now,
    signal,
  });

describe('calibrate', () => {
  it('keeps one thread where two are 38 times slower, and tries no more', async () => {
    const at = machine((threads) => (threads === 1 ? 1 : 38));
    expect((await run(at, 16)).threads).toEqual({ decode: 1, prefill: 1 });
    expect(Math.max(...at.used)).toBe(2);
  });

  it('chooses the two phases apart', async () => {
    const at = machine((threads, tokens) => (tokens > 1 ? 8 / threads : threads === 2 ? 5 : 8));
    expect(await run(at, 8)).toMatchObject({
      threads: { decode: 2, prefill: 8 },
      decodeSpeed: 200,
      prefillSpeed: 1_000,
    });
  });

  it('is not misled by a machine that does something else now and then', async () => {
    let batches = 0;
    const at = machine((threads) => {
      batches += 1;
      return (threads === 1 ? 0.3 : 0.2) * (batches % 5 === 0 ? 20 : 1);
    });
    expect((await run(at, 2)).threads).toEqual({ decode: 2, prefill: 2 });
  });

  it('finds many threads much faster than one', async () => {
    const at = machine((threads) => 0.08 / threads);
    expect((await run(at, 16)).threads).toEqual({ decode: 16, prefill: 16 });
  });

  it('takes fewer threads where more are hardly faster', async () => {
    expect(
      (
        await run(
          machine((threads) => 10 - threads * 0.01),
          8,
        )
      ).threads,
    ).toEqual({ decode: 1, prefill: 1 });
  });

  it('does not spend seconds on a model that is slow', async () => {
    const at = machine(() => 100);
    await run(at, 2);
    expect(at.now()).toBeLessThan(30_000);
    expect(at.used.length).toBeLessThan(30);
  });

  it('ends when it is asked to', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(
      run(
        machine(() => 1),
        2,
        abort.signal,
      ),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tries one, two, half and all of the cores', () => {
    expect([1, 2, 3, 4, 16].map(threadCounts)).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 4], [1, 2, 8, 16]]);
  });
});
