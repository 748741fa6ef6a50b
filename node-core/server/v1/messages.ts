import { randomBytes } from 'node:crypto';
import type { GeneratePart, GenerateResult } from '../../inference/index.ts';
import { answered, written } from './answers.ts';
import type { Engine } from './engine.ts';
import { type MessagesRequest, parseCount, parseMessages } from './messages-request.ts';
import { findModel } from './models.ts';
import { noteResults } from './result.ts';
import type { ApiRequest, Route, ServerSentEvent } from './route.ts';

interface Head {
  readonly id: string;
  readonly model: string;
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' } as const;

const endOf = ({ finishReason, stopSequence = null }: GenerateResult) => ({
  stop_reason: finishReason === 'stop' && stopSequence !== null ? 'stop_sequence' : stopReasons[finishReason],
  stop_sequence: stopSequence,
});

const usageOf = ({ promptTokens, cachedTokens, outputTokens, reasoningTokens }: GenerateResult) => ({
  input_tokens: promptTokens - cachedTokens,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cachedTokens,
  output_tokens: outputTokens,
  output_tokens_details: { thinking_tokens: reasoningTokens },
  server_tool_use: null,
});

const messageOf = (
  { id, model }: Head,
  rest: { content: readonly object[]; stop_reason: string | null; stop_sequence: string | null; usage: object },
) => ({
  id,
  type: 'message',
  role: 'assistant',
  model,
  container: null,
  stop_details: null,
  ...rest,
});

/** Arguments that were cut by the limit are no JSON. */
const inputOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

const contentOf = ({ text, reasoning, toolCalls }: GenerateResult, { showsThinking }: MessagesRequest) => [
  ...(showsThinking && reasoning !== '' ? [{ type: 'thinking', thinking: reasoning, signature: '' }] : []),
  ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
  ...toolCalls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: inputOf(call.arguments) })),
];

/** The block that a part belongs to, and what it adds to it. */
const blockOf = (part: GeneratePart): { key: string; begin: object; delta: object | null } | null => {
  switch (part.type) {
    case 'text':
      return {
        key: 'text',
        begin: { type: 'text', text: '', citations: null },
        delta: { type: 'text_delta', text: part.text },
      };
    case 'reasoning':
      return {
        key: 'thinking',
        begin: { type: 'thinking', thinking: '', signature: '' },
        delta: { type: 'thinking_delta', thinking: part.text },
      };
    case 'tool-call':
      return {
        key: `tool ${part.index}`,
        begin: { type: 'tool_use', id: part.id, name: part.name, input: {} },
        delta: null,
      };
    case 'tool-arguments':
      return {
        key: `tool ${part.index}`,
        begin: {},
        delta: { type: 'input_json_delta', partial_json: part.delta },
      };
    case 'progress':
      return null;
  }
};

const event = (type: string, fields: object): ServerSentEvent => ({
  event: type,
  data: JSON.stringify({ type, ...fields }),
});

/** Anthropic's Messages API. */
export const messageRoutes = (inference: Engine): readonly Route[] => {
  async function* stream(
    request: ApiRequest,
    asked: MessagesRequest,
    head: Head,
  ): AsyncGenerator<ServerSentEvent, void> {
    let index = -1;
    let open: string | null = null;
    let begun = false;
    for await (const item of written(inference, request, [{ ...asked.asked, modelId: head.model }])) {
      if (!begun) {
        begun = true;
        const usage = { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
        yield event('message_start', {
          message: messageOf(head, { content: [], stop_reason: null, stop_sequence: null, usage }),
        });
        yield { event: 'ping', data: '{"type":"ping"}' };
      }
      if ('part' in item) {
        const block = blockOf(item.part);
        if (!block || (block.key === 'thinking' && !asked.showsThinking)) continue;
        if (block.key !== open) {
          if (open !== null) yield event('content_block_stop', { index });
          open = block.key;
          index += 1;
          yield event('content_block_start', { index, content_block: block.begin });
        }
        if (block.delta) yield event('content_block_delta', { index, delta: block.delta });
        continue;
      }
      if (open !== null) yield event('content_block_stop', { index });
      const { result } = item;
      noteResults(request, [result]);
      yield event('message_delta', {
        delta: { ...endOf(result), stop_details: null, container: null },
        usage: usageOf(result),
      });
      yield event('message_stop', {});
    }
  }

  return [
    {
      method: 'POST',
      pattern: '/v1/messages',
      errors: 'anthropic',
      async handle(request) {
        const asked = parseMessages(await request.json());
        const model = findModel(inference, asked.modelId, 'chat');
        request.note({ modelId: model.id });
        const head = { id: `msg_${randomBytes(12).toString('hex')}`, model: model.id };
        const headers = { 'request-id': request.requestId };
        if (asked.stream) return { headers, events: stream(request, asked, head) };
        const results = await answered(inference, request, [{ ...asked.asked, modelId: model.id }]);
        noteResults(request, results);
        const [result] = results;
        if (!result) throw new Error('Every request has an answer.');
        return {
          headers,
          json: messageOf(head, {
            content: contentOf(result, asked),
            ...endOf(result),
            usage: { ...usageOf(result), cache_creation: null, service_tier: 'standard' },
          }),
        };
      },
    },
    {
      method: 'POST',
      pattern: '/v1/messages/count_tokens',
      errors: 'anthropic',
      async handle(request) {
        const { modelId, ...prompt } = parseCount(await request.json());
        const model = findModel(inference, modelId, 'chat');
        request.note({ modelId: model.id });
        return {
          headers: { 'request-id': request.requestId },
          json: { input_tokens: await inference.countPrompt({ ...prompt, modelId: model.id }) },
        };
      },
    },
  ];
};
