import type { Sampling } from '../protocol.ts';
import type { AnswerText, OnText } from './answer-text.ts';
import type { Drafter } from './draft.ts';
import type { Sequence } from './sequences.ts';
import type { StepSampler } from './step.ts';

export interface AnswerRequest {
  readonly prompt: readonly number[];
  /** GBNF with the root rule `root`. */
  readonly grammar: string | null;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  /** How many likeliest tokens to tell beside each token written; `null`: none are told. */
  readonly logprobs: number | null;
  readonly stop: readonly string[];
  /** Whether structure tokens are part of the text. */
  readonly special: boolean;
  /**
   * A piece of the text, whole characters only, and where asked for the tokens that begin in it. What it returns changes the grammar from the
   * next token on; nothing returned leaves it. A piece ends with the last token read: what was guessed beyond is thrown away.
   */
  readonly onText: OnText;
  /** Tokens of the prompt that are read, after each batch; those still in memory count as read. */
  readonly onReading?: (read: number, all: number) => void;
}

/** An answer that has ended. */
export interface Written {
  readonly finishReason: 'stop' | 'length';
  readonly promptTokens: number;
  /** Tokens of the prompt that were still in memory. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Tokens guessed ahead, and how many of them held. */
  readonly draft: { readonly proposed: number; readonly accepted: number };
  /** From the request's arrival in the loop. */
  readonly firstTokenMs: number;
  /** From the first token to the last. */
  readonly decodeMs: number;
}

/** An answer on its way. */
export interface Answer {
  readonly sequence: Sequence;
  readonly request: AnswerRequest;
  readonly limit: number;
  readonly sampler: StepSampler;
  readonly text: AnswerText;
  readonly startedAt: number;
  readonly resolve: (result: Written) => void;
  readonly reject: (error: unknown) => void;
  /** Whether its sequence was made ready; `cached` and `pending` are known from then on. */
  begun: boolean;
  cached: number;
  /** Tokens to feed before the next one can be sampled. */
  pending: number[];
  readonly written: number[];
  /** Made with the first token. */
  drafter: Drafter | null;
  proposed: number;
  accepted: number;
  firstAt: number;
  ended: boolean;
}

export const isWriting = ({ begun, pending, written }: Answer): boolean =>
  begun && pending.length === 1 && written.length > 0;
