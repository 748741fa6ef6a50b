import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type EndpointAddress, failed } from './endpoint-errors.ts';
import { createAnswerParser } from './host/chat/parser.ts';
import type { GeneratePart, TokenLogprob } from './types.ts';

const Count = z.number().int().nonnegative();
const Usage = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.object({ cached_tokens: Count.nullish() }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: Count.nullish() }).nullish(),
});
export type EndpointUsage = z.infer<typeof Usage>;

const Probability = z.object({
  token: z.string(),
  /** Only llama.cpp's server tells it. */
  id: z.number().int().optional(),
  logprob: z.number().nullable(),
  bytes: z.array(z.number().int().min(0).max(255)).nullish(),
});
const Logprobs = z.union([
  z.object({ content: z.array(Probability.extend({ top_logprobs: z.array(Probability).nullish() })).nullish() }),
  z.object({
    tokens: z.array(z.string()).nullish(),
    token_logprobs: z.array(z.number().nullable()).nullish(),
    top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
  }),
]);
const CallPiece = z.object({
  index: Count.nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish(),
});
const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            // vLLM, SGLang, llama-server and DeepSeek; Ollama, OpenRouter.
            reasoning_content: z.string().nullish(),
            reasoning: z.string().nullish(),
            tool_calls: z.array(CallPiece).nullish(),
          })
          .nullish(),
        text: z.string().nullish(),
        logprobs: Logprobs.nullish().catch(null),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: Usage.nullish().catch(null),
});

const MAX_TEXT = 8_000_000;
const MAX_CALLS = 128;
const MAX_NAME = 256;
/** Events in a row that bring nothing. */
const MAX_EMPTY = 10_000;
/** Of a token whose number the server does not tell. */
const NO_TOKEN = -1;
const LEAST = -9_999;

const told = ({ token, id, logprob, bytes }: z.infer<typeof Probability>) => ({
  token: id ?? NO_TOKEN,
  text: token,
  bytes: bytes ?? [...Buffer.from(token, 'utf8')],
  logprob: logprob ?? LEAST,
});
const logprobsOf = (found: z.infer<typeof Logprobs> | null | undefined): TokenLogprob[] => {
  if (!found) return [];
  if ('content' in found)
    return (found.content ?? []).map((entry) => ({ ...told(entry), top: (entry.top_logprobs ?? []).map(told) }));
  if (!('tokens' in found)) return [];
  return (found.tokens ?? []).map((token, index) => ({
    ...told({ token, logprob: found.token_logprobs?.[index] ?? null }),
    top: Object.entries(found.top_logprobs?.[index] ?? {})
      .map(([text, logprob]) => told({ token: text, logprob }))
      .sort((left, right) => right.logprob - left.logprob),
  }));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The parts of an answer out of the events of a stream. All throw AppError `ENDPOINT_FAILED` for what no such server sends. */
export interface EndpointStream {
  /** True at the event that says the stream is over. */
  push(data: string): boolean;
  /** After the last event. */
  end(): void;
  readonly finish: string | null;
  readonly usage: EndpointUsage | null;
  /** Events that brought something: servers that report no usage send about one per token. */
  readonly pieces: number;
}

interface Call {
  readonly index: number;
  /** As the server has it. */
  readonly id: string | null;
  name: string;
  arguments: string;
  begun: boolean;
}

export const createEndpointStream = (
  address: EndpointAddress,
  onPart: (part: Exclude<GeneratePart, { type: 'progress' }>) => void,
): EndpointStream => {
  // A server that does not tell thoughts from text leaves the marks in.
  const parser = createAnswerParser({
    marks: { open: '<think>', close: '</think>', lead: [] },
    thinking: false,
    calls: null,
    held: false,
    afterThinking: null,
    stop: [],
    shown: (piece) => piece,
    countTokens: () => 0,
  });
  const calls: Call[] = [];
  let finish: string | null = null;
  let usage: EndpointUsage | null = null;
  let pieces = 0;
  let empty = 0;
  let size = 0;

  const nonsense = () =>
    failed(
      address,
      'sent something that is no OpenAI stream',
      'Check that the address ends in /v1 and leads to an OpenAI-compatible server.',
    );
  const grow = (text: string): void => {
    size += text.length;
    if (size > MAX_TEXT) throw failed(address, 'does not stop writing', "See that server's log.");
  };

  /** The call that a piece belongs to: servers that number them all 0, or not at all, send a new id or name with each. */
  const callOf = ({ index, id, function: called }: z.infer<typeof CallPiece>): Call => {
    const known = typeof index === 'number' ? calls.findLast((call) => call.index === index) : calls.at(-1);
    const isOther = known?.id != null && id != null && id !== '' && id !== known.id;
    const isNext = typeof index !== 'number' && Boolean(called?.name) && known?.begun === true;
    if (known && !isOther && !isNext) return known;
    if (calls.length >= MAX_CALLS) throw failed(address, 'does not stop calling functions', "See that server's log.");
    const call = { index: index ?? calls.length, id: id || null, name: '', arguments: '', begun: false };
    calls.push(call);
    return call;
  };

  const takeCall = (piece: z.infer<typeof CallPiece>): void => {
    const call = callOf(piece);
    const place = calls.indexOf(call);
    const { name, arguments: given } = piece.function ?? {};
    const text = typeof given === 'string' ? given : given ? JSON.stringify(given) : '';
    grow(text);
    if (name && !call.begun) {
      call.name = name;
      if (name.length > MAX_NAME) throw nonsense();
    }
    if (!call.begun && call.name !== '') {
      call.begun = true;
      onPart({
        type: 'tool-call',
        index: place,
        id: call.id ?? `call_${randomBytes(12).toString('hex')}`,
        name: call.name,
      });
    }
    call.arguments += text;
    if (text === '') return;
    if (!call.begun) throw nonsense();
    onPart({ type: 'tool-arguments', index: place, delta: text });
  };

  return {
    push(data) {
      if (data === '[DONE]') return true;
      const chunk = Chunk.safeParse(parseJson(data));
      if (!chunk.success) throw nonsense();
      usage = chunk.data.usage ?? usage;
      const choice = chunk.data.choices[0];
      finish = choice?.finish_reason ?? finish;
      const text = choice?.delta?.content ?? choice?.text ?? '';
      const thought = choice?.delta?.reasoning_content ?? choice?.delta?.reasoning ?? '';
      const called = choice?.delta?.tool_calls ?? [];
      if (text === '' && thought === '' && called.length === 0) {
        empty += 1;
        if (empty > MAX_EMPTY) throw nonsense();
        return false;
      }
      empty = 0;
      pieces += 1;
      grow(text + thought);
      if (thought !== '') onPart({ type: 'reasoning', text: thought });
      if (text !== '') parser.push(text, logprobsOf(choice?.logprobs)).parts.forEach(onPart);
      called.forEach(takeCall);
      return false;
    },
    end() {
      parser.end().parts.forEach(onPart);
      for (const [index, call] of calls.entries()) {
        if (!call.begun) throw nonsense();
        if (call.arguments.trim() === '') onPart({ type: 'tool-arguments', index, delta: '{}' });
        else if (finish !== 'length' && parseJson(call.arguments) === undefined)
          throw failed(
            address,
            'called a function with arguments that are no JSON',
            'The server or its model may not support tools: use another model.',
          );
      }
    },
    get finish() {
      return finish;
    },
    get usage() {
      return usage;
    },
    get pieces() {
      return pieces;
    },
  };
};
