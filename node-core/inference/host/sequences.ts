import type { RawContext } from './llama.ts';

/** One of the context's sequences and the tokens whose keys and values it still holds. */
export interface Sequence {
  readonly id: number;
  tokens: number[];
}

/** Which sequences are free, and what they remember. */
export interface Sequences {
  readonly free: number;
  readonly all: readonly Sequence[];
  /** The free sequence that shares the longest beginning with the prompt; it still remembers all it did. Undefined where none is free. */
  take(prompt: readonly number[]): Sequence | undefined;
  /** Forgets all but the first tokens, between batches; how many are left. */
  keepOnly(sequence: Sequence, keep: number): number;
  /** It keeps its tokens for a prompt that begins alike. */
  release(sequence: Sequence): void;
  forget(sequence: Sequence): void;
  forgetAll(): void;
}

export const sharedPrefix = (left: readonly number[], right: readonly number[]): number => {
  const end = Math.min(left.length, right.length);
  let index = 0;
  while (index < end && left[index] === right[index]) index += 1;
  return index;
};

export const createSequences = (context: RawContext, count: number): Sequences => {
  const all: readonly Sequence[] = Array.from({ length: count }, (_, id) => ({ id, tokens: [] }));
  /** Least recently used first. */
  const free = [...all];

  const forget = (sequence: Sequence): void => {
    context.disposeSequence(sequence.id);
    sequence.tokens = [];
  };

  const keepOnly = (sequence: Sequence, keep: number): number => {
    if (keep === sequence.tokens.length) return keep;
    // A model whose memory can't forget a part (a recurrent one) begins anew.
    if (keep === 0 || !context.removeTokenCellsFromSequence(sequence.id, keep, -1)) {
      forget(sequence);
      return 0;
    }
    sequence.tokens.length = keep;
    return keep;
  };

  return {
    all,
    get free() {
      return free.length;
    },
    take(prompt) {
      const shared = free.map(({ tokens }) => sharedPrefix(tokens, prompt));
      const best = shared.indexOf(Math.max(...shared));
      return best < 0 ? undefined : free.splice(best, 1)[0];
    },
    keepOnly,
    release(sequence) {
      if (!free.includes(sequence)) free.push(sequence);
    },
    forget,
    forgetAll() {
      for (const sequence of all) forget(sequence);
    },
  };
};
