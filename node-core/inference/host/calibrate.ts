import type { Measured } from '../protocol.ts';
import type { RawContext } from './llama.ts';

export interface CalibrateComponents {
  readonly context: RawContext;
  /** Thread counts worth trying never exceed this: the cores that are useful for arithmetic. */
  readonly cores: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly batchSize: number;
  /** Milliseconds that one thread count may take for one phase. */
  readonly budgetMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** A larger count must be this much faster to be worth its cores. */
const WORTH = 1.05;
/** Once a count is this much slower than the best, larger ones are not tried: here 2 threads have decoded 38 times slower than 1. */
const HOPELESS = 2;
const DECODE_STEPS = 24;
const PROMPT_TOKENS = 128;

/** 1, 2, half and all of the cores. */
export const threadCounts = (cores: number): number[] =>
  [...new Set([1, 2, Math.floor(cores / 2), cores])]
    .filter((count) => count >= 1 && count <= cores)
    .sort((a, b) => a - b);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;

/** The smallest count that is about as fast as the fastest. `measure` gives milliseconds per token. */
const choose = async (
  counts: readonly number[],
  measure: (threads: number) => Promise<number>,
): Promise<{ threads: number; speed: number }> => {
  let best = { threads: 1, ms: Number.POSITIVE_INFINITY };
  for (const threads of counts) {
    const ms = await measure(threads);
    if (ms * WORTH < best.ms) best = { threads, ms };
    else if (ms > best.ms * HOPELESS) break;
  }
  return { threads: best.threads, speed: 1_000 / best.ms };
};

/** Measures prompt reading and writing apart, on sequence 0 of a context that is otherwise idle. Leaves the sequence empty. */
export const calibrate = async (components: CalibrateComponents): Promise<Measured> => {
  const { context, now, signal, budgetMs } = components;
  const counts = threadCounts(components.cores);
  const promptTokens = Math.max(
    1,
    Math.min(PROMPT_TOKENS, components.batchSize, components.contextLength - DECODE_STEPS - 2),
  );
  const token = (index: number) => 3 + ((index * 7_919) % Math.max(1, components.vocabularySize - 3));

  const feed = async (position: number, count: number): Promise<number> => {
    signal.throwIfAborted();
    const tokens = Uint32Array.from({ length: count }, (_, index) => token(position + index));
    context.initBatch(count);
    context.addToBatch(0, position, tokens, Uint32Array.of(count - 1));
    const start = now();
    await context.decodeBatch();
    return now() - start;
  };
  const prefill = async (threads: number): Promise<number> => {
    context.setThreads(threads);
    const runs: number[] = [];
    const end = now() + budgetMs;
    // The first run of a count pays for pages and threads; a slow machine gets one shorter run and no more.
    context.disposeSequence(0);
    const warmUp = (await feed(0, Math.min(16, promptTokens))) / Math.min(16, promptTokens);
    if (warmUp * promptTokens > budgetMs) return warmUp;
    while (runs.length < 5 && (runs.length === 0 || now() < end)) {
      context.disposeSequence(0);
      runs.push((await feed(0, promptTokens)) / promptTokens);
    }
    return median(runs);
  };
  const decode = async (threads: number): Promise<number> => {
    context.setThreads(threads);
    context.disposeSequence(0);
    await feed(0, Math.min(16, promptTokens));
    const start = Math.min(16, promptTokens);
    const runs: number[] = [];
    const end = now() + budgetMs;
    while (runs.length < DECODE_STEPS && (runs.length < 2 || now() < end))
      runs.push(await feed(start + runs.length, 1));
    return median(runs.slice(1));
  };

  try {
    const decoding = await choose(counts, decode);
    const reading = await choose(counts, prefill);
    return {
      threads: { decode: decoding.threads, prefill: reading.threads },
      decodeSpeed: decoding.speed,
      prefillSpeed: reading.speed,
    };
  } finally {
    context.disposeSequence(0);
  }
};
