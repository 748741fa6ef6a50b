export interface PlayToken {
  readonly text: string;
  readonly logprob: number;
  readonly others: readonly { readonly text: string; readonly logprob: number }[];
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: string;
}

/** What an answer of `/v1/chat/completions` says, streamed or not. */
export interface Reading {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly tokens: readonly PlayToken[];
  readonly finish: string | null;
  readonly usage: {
    readonly prompt: number;
    readonly cached: number;
    readonly output: number;
  } | null;
  readonly timings: {
    readonly firstTokenMs: number;
    readonly speed: number;
    readonly drafted: number;
    readonly accepted: number;
  } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export const nothingRead: Reading = {
  text: '',
  reasoning: '',
  toolCalls: [],
  tokens: [],
  finish: null,
  usage: null,
  timings: null,
  error: null,
};

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
const textAt = (value: unknown, ...path: readonly (string | number)[]): string => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
};
const numberAt = (value: unknown, ...path: readonly (string | number)[]): number => {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : 0;
};
const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** Bytes that are only a part of a letter stand as what they are. */
const tokenText = (entry: unknown): string => {
  const text = textAt(entry, 'token');
  if (!text.includes('\ufffd')) return text;
  const bytes = listAt(entry, 'bytes').map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, '0'));
  return bytes.length === 0 ? text : bytes.map((byte) => `<0x${byte}>`).join('');
};

const tokenOf = (entry: unknown): PlayToken => ({
  text: tokenText(entry),
  logprob: numberAt(entry, 'logprob'),
  others: listAt(entry, 'top_logprobs').map((other) => ({
    text: tokenText(other),
    logprob: numberAt(other, 'logprob'),
  })),
});

const mergeCalls = (calls: readonly ToolCall[], deltas: readonly unknown[]): readonly ToolCall[] => {
  const merged = [...calls];
  for (const [position, delta] of deltas.entries()) {
    const given = at(delta, 'index');
    const index = typeof given === 'number' ? given : position;
    const before = merged[index] ?? { name: '', arguments: '' };
    merged[index] = {
      name: before.name + textAt(delta, 'function', 'name'),
      arguments: before.arguments + textAt(delta, 'function', 'arguments'),
    };
  }
  return merged;
};

/** One chunk of a stream, or a whole answer: both have the same shape but for the name of the message. */
const readPart = (before: Reading, part: unknown): Reading => {
  const error = at(part, 'error');
  if (error !== undefined && error !== null)
    return {
      ...before,
      error: { code: textAt(error, 'code') || textAt(error, 'type'), message: textAt(error, 'message') },
    };
  const choice = at(part, 'choices', 0);
  const message = at(choice, 'delta') ?? at(choice, 'message');
  const usage = at(part, 'usage');
  const timings = at(part, 'timings');
  const logprobs = listAt(choice, 'logprobs', 'content');
  const calls = listAt(message, 'tool_calls');
  return {
    text: before.text + textAt(message, 'content'),
    reasoning: before.reasoning + textAt(message, 'reasoning_content'),
    toolCalls: calls.length > 0 ? mergeCalls(before.toolCalls, calls) : before.toolCalls,
    tokens: logprobs.length > 0 ? [...before.tokens, ...logprobs.map(tokenOf)] : before.tokens,
    finish: textAt(choice, 'finish_reason') || before.finish,
    usage: usage
      ? {
          prompt: numberAt(usage, 'prompt_tokens'),
          cached: numberAt(usage, 'prompt_tokens_details', 'cached_tokens'),
          output: numberAt(usage, 'completion_tokens'),
        }
      : before.usage,
    timings: timings
      ? {
          firstTokenMs: numberAt(timings, 'first_token_ms'),
          speed: numberAt(timings, 'predicted_per_second'),
          drafted: numberAt(timings, 'draft_n'),
          accepted: numberAt(timings, 'draft_n_accepted'),
        }
      : before.timings,
    error: before.error,
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads a body piece by piece; pieces may end anywhere. */
export const createReader = (isStream: boolean): { push(text: string): void; end(): void; reading(): Reading } => {
  let reading = nothingRead;
  let rest = '';
  const take = (event: string): void => {
    const data = event
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).trimStart())
      .join('\n');
    const part = data === '' || data === '[DONE]' ? undefined : parsed(data);
    if (part !== undefined) reading = readPart(reading, part);
  };
  return {
    push(text) {
      rest += text;
      if (!isStream) return;
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) take(event);
    },
    end() {
      if (isStream) take(rest);
      else {
        const part = parsed(rest);
        if (part !== undefined) reading = readPart(reading, part);
      }
      rest = '';
    },
    reading: () => reading,
  };
};

/** 0 to 1. */
export const probability = (logprob: number): number => Math.min(1, Math.exp(logprob));
