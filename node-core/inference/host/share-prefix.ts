import { type Answer, isWriting } from './answer.ts';
import { type Sequence, type Sequences, sharedPrefix } from './sequences.ts';
import type { Stepper } from './step.ts';

/** Answers that arrive with one beginning: it is computed once, and copied. */
export interface PrefixSharing {
  /** Whether another answer is just reading what this one begins with. */
  mustWait(answer: Answer, answers: Iterable<Answer>): boolean;
  /** Copies the longest beginning that another sequence holds, where it holds more; how many tokens of the prompt are then there. */
  copy(answer: Answer, own: number): Promise<number>;
}

/** Fewer tokens are computed faster than a state is copied. */
const MIN_GAIN = 64;
/** A sequence that holds this much more than is shared is not copied for it: all of it would be. */
const MAX_EXCESS = 4;

export const createPrefixSharing = (stepper: Stepper, sequences: Sequences): PrefixSharing => {
  const { states } = stepper;
  /** The last token is always computed again: its logits choose the first token of the answer. */
  const shared = (tokens: readonly number[], prompt: readonly number[]) =>
    Math.min(sharedPrefix(tokens, prompt), prompt.length - 1);

  const bestSource = (sequence: Sequence, prompt: readonly number[]) => {
    let best: { readonly source: Sequence; readonly length: number } | null = null;
    for (const source of sequences.all) {
      if (source === sequence) continue;
      const length = shared(source.tokens, prompt);
      if (length > (best?.length ?? 0) && source.tokens.length <= length * MAX_EXCESS) best = { source, length };
    }
    return best;
  };

  return {
    mustWait({ sequence, request: { prompt } }, answers) {
      if (!states || !stepper.canForget) return false;
      const there = Math.max(shared(sequence.tokens, prompt), bestSource(sequence, prompt)?.length ?? 0);
      for (const other of answers) {
        if (!other.begun || other.ended || isWriting(other)) continue;
        const length = shared(other.request.prompt, prompt);
        if (length >= there + MIN_GAIN && other.sequence.tokens.length < length) return true;
      }
      return false;
    },
    async copy({ sequence, request: { prompt } }, own) {
      const best = states && stepper.canForget ? bestSource(sequence, prompt) : null;
      if (!states || !best || best.length < own + MIN_GAIN) return own;
      const state = await states.read(best.source.id);
      if (state && (await states.write(sequence.id, state))) {
        sequence.tokens = [...best.source.tokens];
        return sequences.keepOnly(sequence, best.length);
      }
      sequences.forget(sequence);
      return 0;
    },
  };
};
