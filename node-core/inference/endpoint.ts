import { z } from 'zod';
import type { Clock } from '../common/index.ts';
import { isLoopback } from '../config/index.ts';
import { AppError, CancellationError } from '../contract/index.ts';
import { connectionFailure, type EndpointAddress, failed, isStale, statusFailure } from './endpoint-errors.ts';
import { sseData } from './sse.ts';
import type { GenerateRequest, GenerateResult, Place } from './types.ts';

/** One OpenAI-compatible server: llama-server, vLLM, Ollama, or a service elsewhere. */
export interface Endpoint {
  readonly place: Place;
  generate(request: GenerateRequest): Promise<GenerateResult>;
  /** Asks for the list of models. @throws AppError `ENDPOINT_FAILED` */
  probe(signal?: AbortSignal): Promise<void>;
}

/** Until the first piece: a server may have to load the model first. */
const FIRST_PIECE_MS = 180_000;
const NEXT_PIECE_MS = 60_000;
const PROBE_MS = 5_000;
const MAX_TEXT = 8_000_000;

const Usage = z.object({
  prompt_tokens: z.number().int().nonnegative(),
  completion_tokens: z.number().int().nonnegative(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().int().nonnegative().nullish() }).nullish(),
});
const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        text: z.string().nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: Usage.nullish(),
});
const bodyOf = (
  address: EndpointAddress,
  request: GenerateRequest,
): { path: string; body: Record<string, unknown> } => {
  const { input, schema } = request;
  const shared = {
    model: address.model,
    max_tokens: request.maxTokens,
    temperature: request.temperature ?? 0,
    stream: true,
    stream_options: { include_usage: true },
    ...(request.topP === undefined ? {} : { top_p: request.topP }),
    ...(request.seed === undefined ? {} : { seed: request.seed }),
    ...(request.stop && request.stop.length > 0 ? { stop: request.stop } : {}),
    ...(schema
      ? { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } }
      : {}),
  };
  if ('prompt' in input) return { path: 'completions', body: { ...shared, prompt: input.prompt } };
  if ('tokens' in input)
    throw new AppError('BAD_REQUEST', 'Tokens mean something only to a model on this machine. Send text.');
  return { path: 'chat/completions', body: { ...shared, messages: input.messages } };
};

/** A server may ignore the schema: what comes back is checked, never trusted. */
const answerCheck = (address: EndpointAddress, schema: GenerateRequest['schema']): ((text: string) => void) => {
  if (!schema) return () => undefined;
  let expected: z.ZodType;
  try {
    expected = z.fromJSONSchema(schema);
  } catch (cause) {
    throw new AppError(
      'SCHEMA_UNSUPPORTED',
      'The JSON schema uses something that answers of an endpoint can not be checked against. Use a simpler schema.',
      { cause },
    );
  }
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw failed(
        address,
        'did not answer in the JSON that was asked for',
        'The server or its model may not support JSON schemas: use another model.',
        cause,
      );
    }
    if (!expected.safeParse(value).success) {
      throw failed(
        address,
        'answered with JSON of another form than was asked for',
        'The server or its model may not support JSON schemas: use another model.',
      );
    }
  };
};

export const createEndpoint = (address: EndpointAddress, clock: Clock): Endpoint => {
  const base = address.url.replace(/\/+$/u, '');

  const ask = async (path: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
    const headers = {
      'content-type': 'application/json',
      ...(address.apiKey ? { authorization: `Bearer ${address.apiKey}` } : {}),
    };
    const send = () => fetch(`${base}/${path}`, { ...init, headers, signal, redirect: 'manual' });
    // A connection that was kept open may have been closed over there meanwhile; nothing was asked yet.
    const response = await send().catch((error: unknown) => {
      if (isStale(error)) return send();
      throw error;
    });
    if (!response.ok) throw await statusFailure(address, response);
    return response;
  };

  /** Runs with a time limit that every sign of life pushes back. */
  const within = async <T>(
    firstMs: number,
    caller: AbortSignal | undefined,
    work: (signal: AbortSignal, alive: () => void) => Promise<T>,
  ): Promise<T> => {
    if (caller?.aborted) throw new CancellationError();
    const limit = new AbortController();
    let timer = setTimeout(() => limit.abort(), firstMs);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => limit.abort(), NEXT_PIECE_MS);
    };
    const signal = caller ? AbortSignal.any([caller, limit.signal]) : limit.signal;
    try {
      return await work(signal, alive);
    } catch (error) {
      if (caller?.aborted) throw new CancellationError();
      if (limit.signal.aborted)
        throw failed(
          address,
          'has not answered in time',
          'See whether that server is busy or stuck, then try again.',
          error,
        );
      if (error instanceof AppError) throw error;
      throw connectionFailure(address, error);
    } finally {
      clearTimeout(timer);
    }
  };

  const generate = async (request: GenerateRequest): Promise<GenerateResult> => {
    if (request.grammar !== undefined) {
      throw new AppError(
        'SCHEMA_UNSUPPORTED',
        'An endpoint takes a JSON schema, not a grammar. Use the built-in model or a model file for this.',
      );
    }
    const check = answerCheck(address, request.schema);
    const { path, body } = bodyOf(address, request);
    const started = clock.monotonic();
    let firstAt: number | null = null;
    let text = '';
    let pieces = 0;
    let finish: string | null = null;
    let usage: z.infer<typeof Usage> | null = null;

    await within(FIRST_PIECE_MS, request.signal, async (signal, alive) => {
      const response = await ask(path, { method: 'POST', body: JSON.stringify(body) }, signal);
      if (!response.body) throw failed(address, 'sent an empty answer', "See that server's log.");
      for await (const data of sseData(response.body)) {
        alive();
        if (data === '[DONE]') break;
        const chunk = Chunk.safeParse(parseJson(data));
        if (!chunk.success)
          throw failed(
            address,
            'sent something that is no OpenAI stream',
            'Check that the address ends in /v1 and leads to an OpenAI-compatible server.',
          );
        usage = chunk.data.usage ?? usage;
        const choice = chunk.data.choices[0];
        const piece = choice?.delta?.content ?? choice?.text ?? '';
        finish = choice?.finish_reason ?? finish;
        if (piece === '') continue;
        firstAt ??= clock.monotonic();
        pieces += 1;
        text += piece;
        if (text.length > MAX_TEXT) throw failed(address, 'does not stop writing', "See that server's log.");
        request.onText?.(piece);
      }
    });
    if (finish === null) throw failed(address, 'broke off in the middle of its answer', 'Try again.');
    if (finish !== 'length') check(text);
    return resultOf(address, {
      text,
      pieces,
      finish,
      usage,
      started,
      firstAt: firstAt ?? clock.monotonic(),
      ended: clock.monotonic(),
    });
  };

  return {
    place: isLoopback(address.url) ? 'local-endpoint' : 'remote',
    generate,
    async probe(signal) {
      await within(PROBE_MS, signal, async (limit) => {
        const response = await ask('models', {}, limit);
        await response.body?.cancel();
      });
    },
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Told {
  readonly text: string;
  readonly pieces: number;
  readonly finish: string;
  readonly usage: z.infer<typeof Usage> | null;
  readonly started: number;
  readonly firstAt: number;
  readonly ended: number;
}

const resultOf = (address: EndpointAddress, told: Told): GenerateResult => ({
  text: told.text,
  finishReason: told.finish === 'length' ? 'length' : 'stop',
  promptTokens: told.usage?.prompt_tokens ?? 0,
  cachedTokens: told.usage?.prompt_tokens_details?.cached_tokens ?? 0,
  // Servers that report no usage send about one token per piece.
  outputTokens: told.usage?.completion_tokens ?? told.pieces,
  firstTokenMs: told.firstAt - told.started,
  totalMs: told.ended - told.started,
  modelId: address.id,
  place: isLoopback(address.url) ? 'local-endpoint' : 'remote',
  reasoning: '',
  toolCalls: [],
  logprobs: null,
  reasoningTokens: 0,
  draft: { proposed: 0, accepted: 0 },
  queuedMs: 0,
  droppedMessages: 0,
});
