import type { TokenLogprob } from '../types.ts';
import type { RawModel } from './llama.ts';
import type { Sampled } from './step.ts';
import { createStopFilter, createTextStream } from './text-stream.ts';
import type { TokenText } from './token-text.ts';

/** What the reader of an answer may ask for in return of a piece. */
export interface Steering {
  /** GBNF that holds from the next token on; `null` lifts it. */
  readonly grammar: string | null;
}

export type OnText = (piece: string, tokens: readonly TokenLogprob[]) => Steering | undefined;

export interface AnswerTextComponents {
  readonly model: RawModel;
  readonly spelling: TokenText;
  readonly prompt: readonly number[];
  readonly special: boolean;
  readonly stop: readonly string[];
  readonly onText: OnText;
}

/** The text of one answer: whole characters, up to a stop string, each piece with the tokens that begin in it. */
export interface AnswerText {
  push(sampled: Sampled): { readonly stopped: boolean; readonly steering: Steering | undefined };
  /** Emits what was held; true where that ends at a stop string. */
  end(): boolean;
}

/** `llama_token_attr`: unknown and control tokens. */
const UNREADABLE = 1 | 8;

export const createAnswerText = (components: AnswerTextComponents): AnswerText => {
  const { model, spelling, prompt, special, stop, onText } = components;
  const stream = createTextStream(model, prompt, special);
  const stops = createStopFilter(stop);
  /** Tokens whose first character has not been emitted yet. */
  let waiting: { readonly start: number; readonly token: TokenLogprob }[] = [];
  let decoded = 0;
  let emitted = 0;
  /** Probabilities are of tokens that can be read in the text. */
  const isHidden = (token: number): boolean => !special && (model.getTokenAttributes(token) & UNREADABLE) !== 0;

  const emit = (piece: string): Steering | undefined => {
    if (piece === '') return undefined;
    emitted += piece.length;
    const ready = waiting.filter(({ start }) => start < emitted);
    waiting = waiting.slice(ready.length);
    return onText(
      piece,
      ready.map(({ token }) => token),
    );
  };

  return {
    push(sampled) {
      if (sampled.logprob !== null && !isHidden(sampled.token))
        waiting.push({ start: decoded, token: spelling.probabilities(sampled) });
      const fresh = stream.push(sampled.token);
      decoded += fresh.length;
      const { text, stopped } = stops.push(fresh);
      return { stopped, steering: emit(text) };
    },
    end() {
      const { text, stopped } = stops.push(stream.end());
      emit(stopped ? text : text + stops.end());
      return stopped;
    },
  };
};
