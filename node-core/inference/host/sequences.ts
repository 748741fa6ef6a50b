import type { RawContext } from './llama.ts';

/** One of the context's sequences and the tokens whose keys and values it still holds. */
export interface Sequence {
  readonly id: number;
  tokens: number[];
}

/** Which sequences are free, and what they remember. */
export interface Sequences {
  readonly free: number;
  /** The free sequence that shares the longest beginning with the prompt, and how many tokens of it need not be computed. Undefined where none is free. */
  take(prompt: readonly number[]): { readonly sequence: Sequence; readonly cached: number } | undefined;
  /** It keeps its tokens for a prompt that begins alike. */
  release(sequence: Sequence): void;
  forget(sequence: Sequence): void;
  forgetAll(): void;
}

const sharedPrefix = (left: readonly number[], right: readonly number[]): number => {
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
    get free() {
      return free.length;
    },
    take(prompt) {
      const shared = free.map(({ tokens }) => sharedPrefix(tokens, prompt));
      const best = shared.indexOf(Math.max(...shared));
      const [sequence] = best < 0 ? [] : free.splice(best, 1);
      if (!sequence) return undefined;
      // The last token is always computed again: its logits choose the first token of the answer.
      return { sequence, cached: keepOnly(sequence, Math.min(shared[best] ?? 0, prompt.length - 1)) };
    },
    release(sequence) {
      if (!free.includes(sequence)) free.push(sequence);
    },
    forget,
    forgetAll() {
      for (const sequence of all) forget(sequence);
    },
  };
};
