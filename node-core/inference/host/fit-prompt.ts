import { AppError, errorCode } from '../../contract/errors.ts';
import type { AnswerOrder, PromptMessage, PromptOrder } from '../protocol.ts';

interface Fitted<T> {
  readonly prompt: T;
  readonly droppedMessages: number;
}

/** An answer gets at least this part of the context where messages are dropped, or as much as was asked for. */
const ANSWER_SHARE = 0.25;

const overflow = (promptTokens: number, contextLength: number): AppError =>
  new AppError(
    'CONTEXT_OVERFLOW',
    `The text has ${promptTokens} tokens; this model can see ${contextLength}, its answer included. Shorten the text, or use a model with a longer context.`,
    { data: { promptTokens, contextLength } },
  );

/** Put together only when it is asked for: of many messages all of them would take a multiple of the memory. */
interface Shortened<M> {
  readonly length: number;
  /** 0 leaves out least. */
  at(index: number): readonly M[];
}

/**
 * The conversation with more and more of its oldest messages left out: first whole turns, then the older tool calls of the last turn, each
 * together with its answers. The system prompt, the last message of the user and what follows the last call stay.
 */
export const shortened = <M extends { readonly role: PromptMessage['role'] }>(messages: readonly M[]): Shortened<M> => {
  const first = messages.findIndex(({ role }) => role !== 'system');
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  if (first < 0 || lastUser < 0) return { length: 0, at: () => messages };
  const starts = (role: PromptMessage['role'], from: number, to: number) =>
    messages.flatMap((message, index) => (message.role === role && index > from && index <= to ? [index] : []));
  const turns = starts('user', first, lastUser);
  const cuts = [...turns, ...starts('assistant', lastUser + 1, messages.length - 1)];
  return {
    length: cuts.length,
    at: (index) => [
      ...messages.slice(0, first),
      ...(index < turns.length ? [] : messages.slice(lastUser, lastUser + 1)),
      ...messages.slice(cuts[index]),
    ],
  };
};

/** The prompt of a request, without its oldest messages where it asks for that and they don't fit. @throws AppError `CONTEXT_OVERFLOW` */
export const fitPrompt = <T extends { readonly tokens: readonly number[] }>(
  order: AnswerOrder,
  contextLength: number,
  prompt: (order: PromptOrder) => T,
): Fitted<T> => {
  const mayDrop = order.overflow === 'drop-oldest' && 'messages' in order.input;
  let uncounted: unknown;
  /** Null where it is too long to be counted. */
  const attempt = (asked: PromptOrder): T | null => {
    try {
      return prompt(asked);
    } catch (error) {
      if (!mayDrop || errorCode(error) !== 'CONTEXT_OVERFLOW') throw error;
      uncounted = error;
      return null;
    }
  };
  const whole = attempt(order);
  const wholeLength = whole?.tokens.length ?? Infinity;
  if (whole && wholeLength < contextLength) return { prompt: whole, droppedMessages: 0 };
  if (order.overflow === 'error' || !('messages' in order.input)) throw overflow(wholeLength, contextLength);
  const { messages } = order.input;
  const room = contextLength - Math.min(order.maxTokens, Math.ceil(contextLength * ANSWER_SHARE));
  const tries = shortened(messages);
  let best: Fitted<T> | null = null;
  let shortest = wholeLength;
  // The more is left out, the shorter it is: halving finds the first that fits without reading a long conversation over and over.
  for (let low = 0, high = tries.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    const kept = tries.at(middle);
    const tried = attempt({ ...order, input: { messages: kept } });
    shortest = Math.min(shortest, tried?.tokens.length ?? Infinity);
    if (tried && tried.tokens.length <= room) {
      best = { prompt: tried, droppedMessages: messages.length - kept.length };
      high = middle - 1;
    } else low = middle + 1;
  }
  if (best) return best;
  throw shortest === Infinity ? uncounted : overflow(shortest, contextLength);
};
