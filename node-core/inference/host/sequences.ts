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
  isFree(sequence: Sequence): boolean;
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

/** `window`: how many tokens back a layer with a sliding window looks; 0 where there is none. */
export const createSequences = (context: RawContext, count: number, window = 0): Sequences => {
  const all: readonly Sequence[] = Array.from({ length: count }, (_, id) => ({ id, tokens: [] }));
  /** Least recently used first. */
  const free = [...all];

  const forget = (sequence: Sequence): void => {
    context.disposeSequence(sequence.id);
    sequence.tokens = [];
  };

  const keepOnly = (sequence: Sequence, keep: number): number => {
    if (keep === sequence.tokens.length) return keep;
    // Layers with a sliding window no longer hold what the token before the cut could see.
    const lost = window > 0 && context.getSequenceKvCacheMinPosition(sequence.id) > Math.max(0, keep - window);
    // A model whose memory can't forget a part (a recurrent one) begins anew.
    if (keep === 0 || lost || !context.removeTokenCellsFromSequence(sequence.id, keep, -1)) {
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
    isFree: (sequence) => free.includes(sequence),
    take(prompt) {
      const shared = free.map(({ tokens }) => sharedPrefix(tokens, prompt));
      const most = Math.max(...shared);
      // Without one that helps, an unused one, the lowest: sequences side by side are computed together.
      const unused = most > 0 ? [] : free.filter(({ tokens }) => tokens.length === 0).map(({ id }) => id);
      const lowest = Math.min(...unused);
      const best = unused.length > 0 ? free.findIndex(({ id }) => id === lowest) : shared.indexOf(most);
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
