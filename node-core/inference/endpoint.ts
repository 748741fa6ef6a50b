import { z } from 'zod';
import type { Clock } from '../common/index.ts';
import { isLoopback } from '../config/index.ts';
import { AppError, CancellationError } from '../contract/index.ts';
import { sseData } from './sse.ts';
import type { GenerateRequest, GenerateResult, Place } from './types.ts';

export interface EndpointAddress {
  readonly id: string;
  readonly name: string;
  /** Base URL up to and including `/v1`. */
  readonly url: string;
  /** The model's name over there. */
  readonly model: string;
  readonly apiKey: string | null;
}

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
const Failure = z.object({ error: z.object({ code: z.string().nullish(), type: z.string().nullish() }) });

const failed = (address: EndpointAddress, what: string, next: string, cause?: unknown): AppError =>
  new AppError('ENDPOINT_FAILED', `"${address.name}" ${what}. ${next}`, { ...(cause === undefined ? {} : { cause }) });

const systemCode = (error: unknown): string | undefined => {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return undefined;
};

const isStale = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCode(error) ?? '');

const connectionFailure = (address: EndpointAddress, error: unknown): AppError => {
  const code = systemCode(error);
  const where = new URL(address.url).host;
  if (code === 'ECONNREFUSED')
    return failed(
      address,
      `does not answer at ${where}`,
      'Start that server, or correct the address under Models.',
      error,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return failed(address, `can't be found at ${where}`, 'Check the address and the network connection.', error);
  if (code?.includes('CERT') || code?.startsWith('ERR_TLS') || code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return failed(
      address,
      `shows a certificate that is not trusted at ${where}`,
      'Check the address; use http:// for a server in your own network without one.',
      error,
    );
  }
  return failed(
    address,
    `broke the connection to ${where}`,
    'See whether that server is still running, then try again.',
    error,
  );
};

const statusFailure = async (address: EndpointAddress, response: Response): Promise<AppError> => {
  const { status } = response;
  // Only the machine-readable part: the rest may quote the prompt or the key.
  const body = Failure.safeParse(await response.json().catch(() => undefined));
  const code = body.success ? (body.data.error.code ?? body.data.error.type ?? '') : '';
  if (code === 'context_length_exceeded' || code === 'exceed_context_size_error') {
    return new AppError(
      'CONTEXT_OVERFLOW',
      `The text is longer than "${address.model}" at "${address.name}" can see. Shorten it, or use a model with a longer context.`,
    );
  }
  if (status === 401 || status === 403)
    return failed(
      address,
      'refuses the API key',
      'Correct it: remove the endpoint under Models and add it again with the right key.',
    );
  if (status === 404)
    return failed(
      address,
      `knows no model "${address.model}" (or no chat API) at ${new URL(address.url).host}`,
      'Check the model name and that the address ends in /v1.',
    );
  if (status === 429 || status === 503)
    return failed(address, `is too busy (${status})`, 'Wait a moment and try again.');
  if (status >= 300 && status < 400)
    return failed(
      address,
      'sends requests elsewhere, which is not followed because it could reveal the key',
      'Enter the final address.',
    );
  const detail = /^[\w.-]{1,64}$/u.test(code) ? `, ${code}` : '';
  if (status >= 400 && status < 500)
    return failed(
      address,
      `refuses the request (${status}${detail})`,
      'It may not support what was asked for, such as a JSON schema. See its log.',
    );
  return failed(address, `failed (${status}${detail})`, "See that server's log, then try again.");
};

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
});
