import { setImmediate } from 'node:timers/promises';
import { greedy } from './greedy.ts';
import type { RawContext, RawModel } from './llama.ts';
import { createSequences, sharedPrefix } from './sequences.ts';
import { DEAD_END, type Stepper } from './step.ts';

/** A small model of the same vocabulary: guesses what a large one writes next. */
export interface DraftModel {
  /** What it writes after the text; fewer tokens where its own answer ends, none once nobody wants them. */
  guess(text: readonly number[], options: GuessOptions): Promise<Guessed>;
  /** Before its stepper is. */
  dispose(): void;
}

export interface Guessed {
  readonly guesses: readonly number[];
  /** Without reading what was new to it. */
  readonly writingMs: number;
}

export interface GuessOptions {
  readonly count: number;
  readonly threads: number;
  /** Whether the event loop may wait for the guesses. */
  readonly quick: boolean;
  /** Milliseconds that reading may take, where much of the text is new to it. */
  readonly spare: number;
  readonly isWanted: () => boolean;
}

export interface DraftModelComponents {
  /** With one sequence. */
  readonly context: RawContext;
  readonly model: RawModel;
  readonly stepper: Stepper;
  readonly contextLength: number;
  readonly batchSize: number;
  readonly slidingWindow: number;
  readonly now?: () => number;
}

/** How much of the end of a text is read at least: enough to see whether guesses hold. */
const LOOK = 128;
/** The event loop itself waits for less than this. */
const QUICK_MS = 400;

export const createDraftModel = (components: DraftModelComponents): DraftModel => {
  const { context, model, stepper, contextLength, batchSize, now = () => performance.now() } = components;
  const sequences = createSequences(context, 1, components.slidingWindow);
  const [sequence = { id: 0, tokens: [] }] = sequences.all;
  const sampler = stepper.createSampler(greedy, null);
  let readMs = 0;
  /** Its context holds the first token of the text, which many models can't do without, and all from here on. */
  let start = 0;

  const view = (text: readonly number[]) => (start <= 1 ? text : [...text.slice(0, 1), ...text.slice(start)]);
  const shared = (seen: readonly number[]) => Math.min(sharedPrefix(sequence.tokens, seen), seen.length - 1);

  /** Forgets what the text did not go on with; the tokens that are to be read. */
  const follow = (text: readonly number[], { count, spare }: GuessOptions): readonly number[] => {
    const reach = Math.min(Math.max(LOOK, readMs > 0 ? Math.floor(spare / readMs) : 0), Math.floor(contextLength / 2));
    let seen = view(text);
    if (seen.length + count > contextLength || seen.length - shared(seen) > reach || (start > 0 && shared(seen) <= 1)) {
      start = Math.max(0, text.length - reach);
      seen = view(text);
    }
    return seen.slice(sequences.keepOnly(sequence, shared(seen)));
  };

  const read = async (tokens: readonly number[], threads: number): Promise<void> => {
    const part = { sequence: 0, position: sequence.tokens.length, tokens, sample: null };
    await stepper.step([part], { threads, quick: readMs * tokens.length < QUICK_MS, batches: 1 });
    sequence.tokens.push(...tokens);
  };

  const write = async (
    first: readonly number[],
    { count, threads, quick }: GuessOptions,
  ): Promise<readonly number[]> => {
    const guesses: number[] = [];
    let tokens = first;
    while (guesses.length < count) {
      const sample = { sampler, guessed: 0, logprobs: null };
      const [result] = await stepper.step([{ sequence: 0, position: sequence.tokens.length, tokens, sample }], {
        threads,
        quick,
        batches: tokens.length > 1 ? 1 : count - guesses.length,
      });
      if (!result || result === DEAD_END) break;
      const next = result.map(({ token }) => token).filter((token) => token >= 0);
      sequence.tokens.push(...tokens, ...next.slice(0, result.length - 1));
      guesses.push(...next);
      tokens = next.slice(-1);
      const [last] = tokens;
      if (last === undefined || model.isEogToken(last)) break;
    }
    return guesses;
  };

  return {
    async guess(text, options) {
      let tokens = follow(text, options);
      const begun = now();
      const all = tokens.length;
      while (tokens.length > 1 && (tokens.length > batchSize || tokens.length > options.count)) {
        // A cancel is heard between pieces.
        await setImmediate();
        if (!options.isWanted()) return { guesses: [], writingMs: 0 };
        const piece = tokens.slice(0, Math.min(batchSize, tokens.length - 1));
        await read(piece, options.threads);
        tokens = tokens.slice(piece.length);
      }
      const ready = now();
      if (tokens.length < all) readMs = (ready - begun) / (all - tokens.length);
      const guesses = await write(tokens, options);
      return { guesses, writingMs: now() - ready };
    },
    dispose: () => sampler.dispose(),
  };
};
