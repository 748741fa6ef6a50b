import type { Clock } from '../common/index.ts';
import { isLoopback } from '../config/index.ts';
import { AppError, CancellationError, errorCode } from '../contract/index.ts';
import { answerCheck } from './answer-check.ts';
import { collectAnswer } from './collect-answer.ts';
import { embeddingsBody, embeddingsOf } from './endpoint-embed.ts';
import { connectionFailure, type EndpointAddress, failed, isStale, statusFailure } from './endpoint-errors.ts';
import { endpointRequest } from './endpoint-request.ts';
import { createEndpointStream } from './endpoint-stream.ts';
import { shortened } from './host/fit-prompt.ts';
import { sseData } from './sse.ts';
import type { ChatMessage, EmbedRequest, EmbedResult, GenerateRequest, GenerateResult, Place } from './types.ts';

/** One OpenAI-compatible server: llama-server, vLLM, SGLang, Ollama, LM Studio, or a service elsewhere. */
export interface Endpoint {
  readonly place: Place;
  generate(request: GenerateRequest): Promise<GenerateResult>;
  embed(request: EmbedRequest): Promise<EmbedResult>;
  /** Asks for the list of models. @throws AppError `ENDPOINT_FAILED` */
  probe(signal?: AbortSignal): Promise<void>;
}

/** Until the first piece: a server may have to load the model first. */
/** Questions of runs that an endpoint is asked at once: what most let through without a word about too many requests. */
export const ENDPOINT_SLOTS = 4;
const FIRST_PIECE_MS = 180_000;
const NEXT_PIECE_MS = 60_000;
const PROBE_MS = 5_000;
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

  const place = isLoopback(address.url) ? 'local-endpoint' : 'remote';

  const answer = async (request: GenerateRequest): Promise<GenerateResult> => {
    const { path, body } = endpointRequest(address, request);
    const check = answerCheck(address, request.schema);
    const started = clock.monotonic();
    const collected = collectAnswer(request, clock);
    const stream = createEndpointStream(address, collected.onPart);
    await within(FIRST_PIECE_MS, request.signal, async (signal, alive) => {
      const response = await ask(path, { method: 'POST', body: JSON.stringify(body) }, signal);
      if (!response.body) throw failed(address, 'sent an empty answer', "See that server's log.");
      for await (const data of sseData(response.body)) {
        alive();
        if (stream.push(data)) break;
      }
    });
    const { finish, usage, pieces } = stream;
    if (finish === null) throw failed(address, 'broke off in the middle of its answer', 'Try again.');
    stream.end();
    const ended = clock.monotonic();
    const { firstAt, ...written } = collected.result();
    const called = written.toolCalls.length > 0;
    if (finish !== 'length' && !called && request.unchecked !== true) check(written.text);
    return {
      ...written,
      finishReason: finish === 'length' ? 'length' : called ? 'tool-calls' : 'stop',
      promptTokens: usage?.prompt_tokens ?? 0,
      cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? pieces,
      reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
      draft: { proposed: 0, accepted: 0 },
      queuedMs: 0,
      firstTokenMs: (firstAt ?? ended) - started,
      totalMs: ended - started,
      droppedMessages: 0,
      modelId: address.id,
      place,
    };
  };

  /** How much a server can see is not known here: more and more is left out until it takes the rest. */
  const generate = async (request: GenerateRequest): Promise<GenerateResult> => {
    const { input } = request;
    try {
      return await answer(request);
    } catch (error) {
      if (errorCode(error) !== 'CONTEXT_OVERFLOW' || request.overflow !== 'drop-oldest' || !('messages' in input))
        throw error;
      const shorter = shortened<ChatMessage>(input.messages);
      let failure = error;
      for (let left = shorter.length; left > 0; left = Math.floor(left / 2)) {
        const messages = shorter.at(shorter.length - Math.ceil(left / 2));
        try {
          const result = await answer({ ...request, input: { messages } });
          return { ...result, droppedMessages: input.messages.length - messages.length };
        } catch (again) {
          if (errorCode(again) !== 'CONTEXT_OVERFLOW') throw again;
          failure = again;
        }
      }
      throw failure;
    }
  };

  return {
    place,
    generate,
    embed: (request) =>
      within(FIRST_PIECE_MS, request.signal, async (signal, alive) => {
        const body = JSON.stringify(embeddingsBody(address, request));
        return embeddingsOf(address, request, await ask('embeddings', { method: 'POST', body }, signal), alive);
      }),
    async probe(signal) {
      await within(PROBE_MS, signal, async (limit) => {
        const response = await ask('models', {}, limit);
        await response.body?.cancel();
      });
    },
  };
};
