import { randomBytes } from 'node:crypto';
import type { Clock } from '../../common/index.ts';
import type { GeneratePart, GenerateRequest, GenerateResult, Inference } from '../../inference/index.ts';
import { type Chat, parseChat } from './chat-request.ts';
import { findModel } from './models.ts';
import { pushed } from './pushed.ts';
import { logprobsOf, noteResults, timingsOf, usageOf } from './result.ts';
import type { ApiRequest, Route, ServerSentEvent } from './route.ts';

/** Where chats go whose request says `store: true`. */
export interface StoredCompletions {
  /** `body` is the request as it was sent, `completion` the answer as it would be without streaming. */
  keep(body: unknown, completion: ChatCompletion): void;
}

export interface ChatComponents {
  readonly inference: Inference;
  readonly clock: Clock;
  readonly stored: StoredCompletions;
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

const finishReasons = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls' } as const;

const messageOf = ({ text, reasoning, toolCalls }: GenerateResult) => ({
  role: 'assistant' as const,
  content: text === '' && toolCalls.length > 0 ? null : text,
  refusal: null,
  ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
  ...(toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
          id,
          type: 'function' as const,
          function: { name, arguments: text },
        })),
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

type Item =
  | { readonly index: number; readonly part: GeneratePart }
  | { readonly index: number; readonly result: GenerateResult };

export const chatRoutes = ({ inference, clock, stored }: ChatComponents): readonly Route[] => {
  /** One after the other of the same prompt: each is another answer also where a seed was given. */
  const requestOf = (chat: Chat, maxTokens: number, index: number): GenerateRequest => ({
    ...chat.generate,
    ...(chat.generate.seed === undefined ? {} : { seed: chat.generate.seed + index }),
    modelId: chat.modelId,
    maxTokens,
  });

  const answer = async (request: ApiRequest, requests: readonly GenerateRequest[]): Promise<GenerateResult[]> => {
    const results = await Promise.all(requests.map((each) => inference.generate({ ...each, signal: request.signal })));
    noteResults(request, results);
    return results;
  };

  async function* stream(
    request: ApiRequest,
    requests: readonly GenerateRequest[],
    { head, includeUsage }: { head: Head; includeUsage: boolean },
    onEnd: (results: readonly GenerateResult[]) => void,
  ): AsyncGenerator<ServerSentEvent, void> {
    const results: GenerateResult[] = [];
    const begun = new Set<number>();
    const opening = JSON.stringify({ ...head, object: 'chat.completion.chunk', system_fingerprint: null }).slice(0, -1);
    const closing = includeUsage ? ',"usage":null}' : '}';
    const chunk = (choices: string, end = closing): ServerSentEvent => ({
      data: `${opening},"choices":[${choices}]${end}`,
    });
    const choice = (index: number, delta: string, logprobs = 'null', reason = 'null') =>
      `{"index":${index},"delta":${delta},"logprobs":${logprobs},"finish_reason":${reason}}`;

    const items = pushed<Item>(async (push, signal) => {
      await Promise.all(
        requests.map(async (each, index) => {
          const onPart = (part: GeneratePart) => push({ index, part }, sizeOf(part));
          push({ index, result: await inference.generate({ ...each, signal, onPart }) }, 0);
        }),
      );
    }, request.signal);

    for await (const item of items) {
      const { index } = item;
      if ('part' in item && item.part.type === 'progress') continue;
      if (!begun.has(index)) {
        begun.add(index);
        const empty = 'part' in item && item.part.type === 'tool-call' ? 'null' : '""';
        yield chunk(choice(index, `{"role":"assistant","content":${empty}}`));
      }
      if ('part' in item) {
        const { part } = item;
        const logprobs = part.type === 'text' && part.logprobs ? JSON.stringify(logprobsOf(part.logprobs)) : undefined;
        yield chunk(choice(index, deltaOf(part), logprobs));
        continue;
      }
      results[index] = item.result;
      const isLast = Object.keys(results).length === requests.length;
      const extras = isLast && !includeUsage ? JSON.stringify(extrasOf(results)).slice(1, -1) : '';
      const reason = `"${finishReasons[item.result.finishReason]}"`;
      yield chunk(choice(index, '{}', undefined, reason), extras === '' ? closing : `,${extras}}`);
    }
    noteResults(request, results);
    onEnd(results);
    if (includeUsage) yield chunk('', `,${JSON.stringify({ usage: usageOf(results), ...extrasOf(results) }).slice(1)}`);
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
        const model = findModel(inference, chat.modelId, 'chat');
        request.note({ modelId: model.id });
        const maxTokens = chat.maxTokens ?? model.contextLength ?? 4_096;
        const requests = Array.from({ length: chat.choices }, (_, index) => requestOf(chat, maxTokens, index));
        const head = {
          id: `chatcmpl-${randomBytes(12).toString('hex')}`,
          created: Math.floor(clock.now() / 1_000),
          model: model.id,
        };
        const keep = (results: readonly GenerateResult[]) => {
          const completion = completionOf(head, chat, results);
          if (chat.store) stored.keep(body, completion);
          return completion;
        };
        if (chat.stream)
          return {
            events: stream(request, requests, { head, includeUsage: chat.includeUsage }, (all) => void keep(all)),
          };
        return { json: keep(await answer(request, requests)) };
      },
    },
  ];
};

/** What a part takes while it waits to be read, about. */
const sizeOf = (part: GeneratePart): number => {
  switch (part.type) {
    case 'text':
      return 100 + part.text.length + (part.logprobs ?? []).reduce((sum, { top }) => sum + 100 * (1 + top.length), 0);
    case 'reasoning':
      return 100 + part.text.length;
    case 'tool-arguments':
      return 100 + part.delta.length;
    case 'tool-call':
      return 200;
    case 'progress':
      return 50;
  }
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
