import type { Sampling } from '../protocol.ts';
import type { SequenceStates } from './sequence-states.ts';

/** One token that a sampler chose. */
export interface Sampled {
  readonly token: number;
  /** Natural logarithm of its probability before bias, penalties and temperature; `null` where it was not asked for. */
  readonly logprob: number | null;
  /** The likeliest, best first. */
  readonly top: readonly { readonly token: number; readonly logprob: number }[];
}

/** What chooses the tokens of one answer: it remembers what it chose, and holds a grammar's position. */
export interface StepSampler {
  /** Keeps what was written so far for the penalties, and holds to this grammar from now on. @throws where it is not valid GBNF with a rule `root` */
  setGrammar(gbnf: string | null, written: readonly number[]): void;
  dispose(): void;
}

export interface StepPart {
  readonly sequence: number;
  readonly position: number;
  readonly tokens: readonly number[];
  /** Null where more of the prompt follows in a later step: nothing is sampled then. */
  readonly sample: {
    readonly sampler: StepSampler;
    /** How many tokens at the end of `tokens` are guesses, which are true only where the sampler chooses them too. */
    readonly guessed: number;
    /** How many likeliest tokens to tell; `null`: no probabilities at all. */
    readonly logprobs: number | null;
  } | null;
  /** Only there to fill the batch: the sequence forgets it again. */
  readonly discard?: boolean;
}

export interface StepOptions {
  readonly threads: number;
  /** Whether the event loop may wait for the batch: it is over in less time than a switch between threads is worth. */
  readonly quick: boolean;
  /** How many batches may follow one another at once, each with what the one before sampled; only where all parts sample and none is guessed. */
  readonly batches: number;
}

/** What a part without a way to go on answers: the grammar admits no token. */
export const DEAD_END = 'dead end';

/** Computes a batch and samples from it. */
export interface Stepper {
  /** Whether threads outlive the batch: where they don't, several of them are slower than one when writing. */
  readonly lastingThreads: boolean;
  /** Whether a sequence can forget its last tokens. */
  readonly canForget: boolean;
  /** What sequences remember, as bytes, where this stepper can tell. */
  readonly states: SequenceStates | null;
  createSampler(sampling: Sampling, grammar: string | null): StepSampler;
  /**
   * A part that samples gets a token for its last true position and one for every guess that held, or of every batch, in order; a token below 0
   * ends the answer. All but the last of them are in the context's memory. Guesses that did not hold are forgotten. Rejects where the batch failed as a whole.
   */
  step(parts: readonly StepPart[], options: StepOptions): Promise<readonly (readonly Sampled[] | typeof DEAD_END)[]>;
  /** Before the context is disposed of. */
  dispose(): void;
}
