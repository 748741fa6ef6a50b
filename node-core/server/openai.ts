import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, logFault, type Logger } from '../common/index.ts';
import { AppError, type Model, toWireError } from '../contract/index.ts';
import type { GenerateResult, Inference } from '../inference/index.ts';
import { clientSignal, readText, sendJson } from './http.ts';
import { failOpenAi, toOpenAiError } from './openai-errors.ts';
import { type Chat, parseChat } from './openai-request.ts';

export interface OpenAiComponents {
  readonly inference: Inference;
  readonly requireOpen: () => void;
  readonly authorize: (request: IncomingMessage) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Answers everything under `/v1`, in the shapes of OpenAI's API. */
export type OpenAi = (request: IncomingMessage, response: ServerResponse, pathname: string) => Promise<void>;

const commentEveryMillis = 15_000;
const modelsPath = '/v1/models/';

export const createOpenAi = ({ inference, requireOpen, authorize, clock, logger }: OpenAiComponents): OpenAi => {
  const seconds = () => Math.floor(clock.now() / 1_000);

  const describe = (model: Model) => ({
    id: model.id,
    object: 'model',
    created: 0,
    owned_by: model.builtin ? 'jan' : model.source,
  });

  const findModel = (id: string): Model => {
    try {
      return inference.model(id);
    } catch (error) {
      if (toWireError(error).code !== 'MODEL_NOT_FOUND') throw error;
      throw new AppError(
        'MODEL_NOT_FOUND',
        `There is no model "${id.slice(0, 200)}". GET /v1/models lists what there is.`,
        { cause: error },
      );
    }
  };

  const chat = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const signal = clientSignal(response);
    const asked = parseChat(await readText(request));
    requireOpen();
    const model = findModel(asked.modelId);
    const completion = { id: `chatcmpl-${randomBytes(12).toString('hex')}`, created: seconds(), model: model.id };
    const generate = (onText?: (piece: string) => void) =>
      inference.generate({
        ...asked.generate,
        modelId: model.id,
        maxTokens: asked.maxTokens ?? model.contextLength ?? 4_096,
        signal,
        ...(onText ? { onText } : {}),
      });
    if (asked.stream) return streamChat(response, asked, completion, generate);
    const result = await generate();
    sendJson(response, 200, {
      ...completion,
      object: 'chat.completion',
      system_fingerprint: null,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: result.text, refusal: null },
          logprobs: null,
          finish_reason: result.finishReason,
        },
      ],
      usage: usageOf(result),
    });
  };

  /** The status line waits for the first piece, so that what fails before it fails with its own status. */
  const streamChat = async (
    response: ServerResponse,
    { includeUsage }: Chat,
    completion: { id: string; created: number; model: string },
    generate: (onText: (piece: string) => void) => Promise<GenerateResult>,
  ): Promise<void> => {
    const send = (body: unknown) => {
      if (!response.destroyed) response.write(`data: ${JSON.stringify(body)}\n\n`);
    };
    const chunk = (choices: readonly unknown[], usage: unknown = null) =>
      send({
        ...completion,
        object: 'chat.completion.chunk',
        system_fingerprint: null,
        choices,
        ...(includeUsage ? { usage } : {}),
      });
    const delta = (content: Record<string, string>, finishReason: string | null = null) =>
      chunk([{ index: 0, delta: content, logprobs: null, finish_reason: finishReason }]);
    let keepAlive: NodeJS.Timeout | undefined;
    const open = () => {
      if (response.headersSent || response.destroyed) return;
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      keepAlive = setInterval(() => response.write(': working\n\n'), commentEveryMillis);
      delta({ role: 'assistant', content: '' });
    };
    try {
      const result = await generate((piece) => {
        open();
        delta({ content: piece });
      });
      open();
      delta({}, result.finishReason);
      if (includeUsage) chunk([], usageOf(result));
      response.end('data: [DONE]\n\n');
    } catch (error) {
      if (!response.headersSent) throw error;
      if (toWireError(error).code === 'INTERNAL') logFault(logger, 'a stream failed', error);
      send({ error: toOpenAiError(error).error });
      response.end();
    } finally {
      clearInterval(keepAlive);
    }
  };

  const route = async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> => {
    authorize(request);
    if (pathname === '/v1/chat/completions') {
      allow(request, response, 'POST');
      return chat(request, response);
    }
    if (pathname === '/v1/models' || pathname.startsWith(modelsPath)) {
      allow(request, response, 'GET');
      requireOpen();
      const call = { signal: clientSignal(response), actor: 'api' } as const;
      const body =
        pathname === '/v1/models'
          ? { object: 'list', data: (await inference.models.list(undefined, call)).map((model) => describe(model)) }
          : describe(findModel(decode(pathname.slice(modelsPath.length))));
      return sendJson(response, 200, body);
    }
    throw new AppError(
      'NOT_FOUND',
      `Unknown request URL: ${request.method} ${pathname}. This node answers /v1/models and /v1/chat/completions.`,
    );
  };

  return async (request, response, pathname) => {
    response.setHeader('x-request-id', `req_${randomBytes(16).toString('hex')}`);
    try {
      await route(request, response, pathname);
    } catch (error) {
      if (toWireError(error).code === 'INTERNAL') logFault(logger, 'a request to /v1 failed', error);
      failOpenAi(error, request, response);
    }
  };
};

const allow = (request: IncomingMessage, response: ServerResponse, method: 'GET' | 'POST'): void => {
  if (request.method === method) return;
  response.setHeader('allow', method);
  throw new AppError('METHOD_NOT_ALLOWED', `Not allowed to ${request.method} here. Use ${method}.`);
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const usageOf = (result: GenerateResult) => ({
  prompt_tokens: result.promptTokens,
  completion_tokens: result.outputTokens,
  total_tokens: result.promptTokens + result.outputTokens,
  prompt_tokens_details: { cached_tokens: result.cachedTokens },
});
