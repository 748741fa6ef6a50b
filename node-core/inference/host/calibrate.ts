import { setImmediate } from 'node:timers/promises';
import type { Measured } from '../protocol.ts';
import { greedy } from './greedy.ts';
import type { RawContext } from './llama.ts';
import type { Stepper } from './step.ts';

export interface CalibrateComponents {
  readonly context: Pick<RawContext, 'disposeSequence'>;
  readonly stepper: Stepper;
  /** Thread counts worth trying never exceed this: the cores that are useful for arithmetic. */
  readonly cores: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly batchSize: number;
  /** Milliseconds for one phase. At least one sample of each count is taken. */
  readonly budgetMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** More threads must be this much faster to be worth their cores. */
const WORTH = 1.1;
/** A count this much slower than the best is not tried again, nor one beyond it: 2 threads have decoded 38 times slower than 1. */
const HOPELESS = 2;
const MAX_ROUNDS = 9;
const PROMPT_TOKENS = 128;
const START_TOKENS = 16;
const DECODE_TOKENS = 4;

/** 1, 2, half and all of the cores. */
export const threadCounts = (cores: number): number[] =>
  [...new Set([1, 2, Math.floor(cores / 2), cores])]
    .filter((count) => count >= 1 && count <= cores)
    .sort((a, b) => a - b);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;

/** Measures prompt reading and writing apart, on sequence 0 of a context that is otherwise idle. Leaves the sequence empty. */
export const calibrate = async (components: CalibrateComponents): Promise<Measured> => {
  const { context, stepper, contextLength, now, signal, budgetMs } = components;
  const counts = threadCounts(components.cores);
  const room = Math.max(1, Math.min(components.batchSize, contextLength - DECODE_TOKENS - 1));
  const token = (index: number) => 3 + ((index * 7_919) % Math.max(1, components.vocabularySize - 3));
  let position = 0;
  let threads = 1;
  const sampler = stepper.createSampler(greedy, null);

  const restart = () => {
    context.disposeSequence(0);
    position = 0;
  };
  /** Milliseconds per token. */
  const feed = async (count: number): Promise<number> => {
    // A token is measured as it is written later: with the event loop waiting. What came in meanwhile is heard in between.
    await setImmediate();
    signal.throwIfAborted();
    const tokens = Array.from({ length: count }, (_, index) => token(position + index));
    const start = now();
    await stepper.step([{ sequence: 0, position, tokens, sample: { sampler, guessed: 0, logprobs: null } }], {
      threads,
      quick: count === 1,
      batches: 1,
    });
    position += count;
    return (now() - start) / count;
  };

  /** Samples the counts in turn, so that a disturbance meets all of them, and takes the smallest that is about as fast as the fastest. */
  const choose = async (sample: () => Promise<number>): Promise<{ threads: number; speed: number }> => {
    const samples = new Map<number, number[]>(counts.map((count) => [count, []]));
    const typical = (count: number) => median(samples.get(count) ?? []);
    const fastest = () => [...samples.keys()].reduce((best, count) => (typical(count) < typical(best) ? count : best));
    const end = now() + budgetMs;
    for (let round = 0; round < MAX_ROUNDS && (round === 0 || now() < end); round += 1) {
      for (const count of [...samples.keys()]) {
        if (!samples.has(count)) continue;
        threads = count;
        samples.get(count)?.push(await sample());
        const best = fastest();
        if (typical(count) <= typical(best) * HOPELESS) continue;
        for (const other of counts) if (best < count ? other >= count : other <= count) samples.delete(other);
      }
    }
    const best = typical(fastest());
    const chosen = [...samples.keys()].find((count) => typical(count) <= best * WORTH) ?? 1;
    return { threads: chosen, speed: 1_000 / typical(chosen) };
  };

  try {
    restart();
    const perToken = await feed(Math.min(START_TOKENS, room));
    // A slow machine is measured on fewer tokens rather than for longer.
    const promptTokens = Math.max(
      Math.min(START_TOKENS, room),
      Math.min(PROMPT_TOKENS, room, Math.floor(budgetMs / 4 / perToken)),
    );
    const writing = await choose(async () => {
      if (position + DECODE_TOKENS >= contextLength) restart();
      let spent = 0;
      let tokens = 0;
      while (tokens < DECODE_TOKENS && (tokens === 0 || spent < budgetMs / 8)) {
        spent += await feed(1);
        tokens += 1;
      }
      return spent / tokens;
    });
    const reading = await choose(() => {
      restart();
      return feed(promptTokens);
    });
    return {
      threads: { decode: writing.threads, prefill: reading.threads },
      decodeSpeed: writing.speed,
      prefillSpeed: reading.speed,
    };
  } finally {
    sampler.dispose();
    context.disposeSequence(0);
  }
};
