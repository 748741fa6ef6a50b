import { AppError } from '../../contract/errors.ts';
import type { RawModel } from './llama.ts';

/** Texts up to so many tokens are counted exactly, whatever the model can see of them. */
const ALWAYS_COUNTED = 65_536;
const SLICE = 16_384;

const overflow = (least: number, contextLength: number): AppError =>
  new AppError(
    'CONTEXT_OVERFLOW',
    `The text has more than ${least} tokens; this model can see ${contextLength}, its answer included. Shorten the text, or use a model with a longer context.`,
    { data: { promptTokens: least, contextLength } },
  );

/**
 * A message takes a token at least, and writing down hundreds of thousands of them minutes.
 * @throws AppError `CONTEXT_OVERFLOW`
 */
export const requireFew = (messages: readonly unknown[], contextLength: number): void => {
  if (messages.length > contextLength) throw overflow(contextLength, contextLength);
};

/**
 * llama.cpp takes minutes over the megabytes of one text, and nothing else is heard meanwhile: what is far beyond the context is refused before.
 * @throws AppError `CONTEXT_OVERFLOW`
 */
export const requireReadable = (raw: Pick<RawModel, 'tokenize'>, text: string, contextLength: number): void => {
  const limit = Math.max(2 * contextLength, ALWAYS_COUNTED);
  if (text.length <= limit) return;
  let tokens = 0;
  for (let at = 0; at < text.length; at += SLICE) {
    tokens += raw.tokenize(text.slice(at, at + SLICE), true).length;
    if (tokens > limit) throw overflow(limit, contextLength);
  }
};
