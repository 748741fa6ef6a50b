import { randomBytes } from 'node:crypto';
import type { Clock } from '../../common/index.ts';
import { AppError } from '../../contract/index.ts';
import type { GeneratePart, GenerateResult } from '../../inference/index.ts';
import { requireScope } from '../gate-scopes.ts';
import { answered, type Asked, written } from './answers.ts';
import { type Chat, parseChat } from './chat-request.ts';
import type { Engine } from './engine.ts';
import { findModel } from './models.ts';
import { finishReasons, logprobsOf, noteResults, timingsOf, usageOf } from './result.ts';
import type { ApiRequest, Route, ServerSentEvent } from './route.ts';

/** Where chats go whose request says `store: true`. */
export interface StoredCompletions {
  /** `body` is the request as it was sent, `completion` the answer as it would be without streaming. */
  keep(body: unknown, completion: ChatCompletion): void;
}

export interface ChatComponents {
  readonly inference: Engine;
  readonly clock: Clock;
  readonly stored: StoredCompletions;
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

const messageOf = ({ text, reasoning, toolCalls }: GenerateResult) => ({
  role: 'assistant' as const,
  content: text === '' && toolCalls.length > 0 ? null : text,
  refusal: null,
  ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
  ...(toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map(({ id, ...called }) => ({ id, type: 'function' as const, function: called })),
      }),
});

const extrasOf = (results: readonly GenerateResult[]) => {
  const [first] = results;
  return {
    ...(first && results.length === 1 ? { timings: timingsOf(first) } : {}),
    ...(first && first.droppedMessages > 0 ? { dropped_messages: first.droppedMessages } : {}),
  };
};

const completionOf = (head: Head, { metadata }: Chat, results: readonly GenerateResult[]) => ({
  id: head.id,
  object: 'chat.completion' as const,
  created: head.created,
  model: head.model,
  system_fingerprint: null,
  choices: results.map((result, index) => ({
    index,
    message: messageOf(result),
    logprobs: logprobsOf(result.logprobs),
    finish_reason: finishReasons[result.finishReason],
  })),
  usage: usageOf(results),
  ...(metadata ? { metadata } : {}),
  ...extrasOf(results),
});
export type ChatCompletion = ReturnType<typeof completionOf>;

/** The text of a chunk is put together around what differs: there is one for every token. */
const chunksOf = (head: Head, includeUsage: boolean) => {
  const opening = JSON.stringify({ ...head, object: 'chat.completion.chunk', system_fingerprint: null }).slice(0, -1);
  const closing = includeUsage ? ',"usage":null}' : '}';
  return {
    delta: (index: number, delta: string, logprobs = 'null'): ServerSentEvent => ({
      data: `${opening},"choices":[{"index":${index},"delta":${delta},"logprobs":${logprobs},"finish_reason":null}]${closing}`,
    }),
    end: (index: number, reason: string, extras: object): ServerSentEvent => ({
      data: `${opening},"choices":[{"index":${index},"delta":{},"logprobs":null,"finish_reason":"${reason}"}]${joined(includeUsage ? { usage: null, ...extras } : extras)}`,
    }),
    usage: (told: object): ServerSentEvent => ({ data: `${opening},"choices":[]${joined(told)}` }),
  };
};

const joined = (fields: object): string => {
  const text = JSON.stringify(fields);
  return text === '{}' ? text.slice(1) : `,${text.slice(1)}`;
};

const deltaOf = (part: GeneratePart): string => {
  switch (part.type) {
    case 'text':
      return `{"content":${JSON.stringify(part.text)}}`;
    case 'reasoning':
      return `{"reasoning_content":${JSON.stringify(part.text)}}`;
    case 'tool-call':
      return JSON.stringify({
        tool_calls: [
          { index: part.index, id: part.id, type: 'function', function: { name: part.name, arguments: '' } },
        ],
      });
    case 'tool-arguments':
      return JSON.stringify({ tool_calls: [{ index: part.index, function: { arguments: part.delta } }] });
    case 'progress':
      return '{}';
  }
};

/** A schema that can't be held and is not that of the answer is one of a tool. */
const blamingTools = (engine: Pick<Engine, 'generate'>): Pick<Engine, 'generate'> => ({
  async generate(request) {
    try {
      return await engine.generate(request);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SCHEMA_UNSUPPORTED') throw error;
      throw new AppError(error.code, error.message, { data: { ...error.data, param: 'tools' }, cause: error });
    }
  },
});

export const chatRoutes = ({ inference, clock, stored }: ChatComponents): readonly Route[] => {
  async function* stream(
    request: ApiRequest,
    asked: readonly Asked[],
    { engine, head, includeUsage }: { engine: Pick<Engine, 'generate'>; head: Head; includeUsage: boolean },
    onEnd: (results: readonly GenerateResult[]) => void,
  ): AsyncGenerator<ServerSentEvent, void> {
    const chunks = chunksOf(head, includeUsage);
    const begun = new Set<number>();
    const results: GenerateResult[] = [];
    let ended = 0;
    for await (const item of written(engine, request, asked)) {
      const { index } = item;
      if (!begun.has(index)) {
        begun.add(index);
        const empty = 'part' in item && item.part.type === 'tool-call' ? 'null' : '""';
        yield chunks.delta(index, `{"role":"assistant","content":${empty}}`);
      }
      if ('part' in item) {
        const { part } = item;
        const logprobs = part.type === 'text' && part.logprobs ? JSON.stringify(logprobsOf(part.logprobs)) : undefined;
        yield chunks.delta(index, deltaOf(part), logprobs);
        continue;
      }
      results[index] = item.result;
      ended += 1;
      const isLast = ended === asked.length && !includeUsage;
      yield chunks.end(index, finishReasons[item.result.finishReason], isLast ? extrasOf(results) : {});
    }
    noteResults(request, results);
    onEnd(results);
    if (includeUsage) yield chunks.usage({ usage: usageOf(results), ...extrasOf(results) });
    yield { data: '[DONE]' };
  }

  return [
    {
      method: 'POST',
      pattern: '/v1/chat/completions',
      params: { CONTEXT_OVERFLOW: 'messages', SCHEMA_UNSUPPORTED: 'response_format.json_schema.schema' },
      async handle(request) {
        const body = await request.json();
        const chat = parseChat(body);
        if (chat.store) requireScope(request.key, 'conversations');
        const model = findModel(inference, chat.modelId, 'chat');
        request.note({ modelId: model.id });
        const { seed } = chat.generate;
        const asked = Array.from({ length: chat.choices }, (_, index) => ({
          ...chat.generate,
          // Each is another answer, and the same again for the same seed.
          ...(seed === undefined ? {} : { seed: seed + index }),
          modelId: model.id,
          maxTokens: chat.maxTokens ?? model.contextLength ?? 4_096,
        }));
        const head = {
          id: `chatcmpl-${randomBytes(12).toString('hex')}`,
          created: Math.floor(clock.now() / 1_000),
          model: model.id,
        };
        const keep = (results: readonly GenerateResult[]): void => {
          if (chat.store) stored.keep(body, completionOf(head, chat, results));
        };
        const engine = chat.generate.schema ? inference : blamingTools(inference);
        if (chat.stream) {
          const { includeUsage } = chat;
          return { events: stream(request, asked, { engine, head, includeUsage }, keep) };
        }
        const results = await answered(engine, request, asked);
        noteResults(request, results);
        keep(results);
        return { json: completionOf(head, chat, results) };
      },
    },
  ];
};
