import type { GeneratePart, TokenLogprob } from '../../types.ts';
import type { Steering } from '../answer-text.ts';

export type AnswerPart = Exclude<GeneratePart, { readonly type: 'progress' }>;

/** Reads one answer as it is written. */
export interface AnswerParser {
  /** `tokens` are those that begin in the piece. `steering` changes the grammar from the next token on. */
  push(
    piece: string,
    tokens: readonly TokenLogprob[],
  ): { readonly parts: readonly AnswerPart[]; readonly steering: Steering | undefined };
  /** What was still held. */
  end(): { readonly parts: readonly AnswerPart[]; readonly toolCalls: boolean; readonly reasoningTokens: number };
}
