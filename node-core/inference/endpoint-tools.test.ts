import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../common/index.ts';
import { type Answer, type FakeEndpoint, startFakeEndpoint } from '../testing/fake-endpoint.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import type { GeneratePart, ToolDefinition } from './types.ts';

let server: FakeEndpoint | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const open = async (answer: Answer): Promise<Endpoint> => {
  server = await startFakeEndpoint(answer);
  return createEndpoint({ id: 'near', name: 'Near', url: server.url, model: 'qwen', apiKey: null }, systemClock);
};

const tools: readonly ToolDefinition[] = [
  {
    name: 'get',
    description: 'Gets',
    parameters: { type: 'object', properties: { x: { type: 'number' } } },
    strict: true,
  },
];
const ask = { input: { messages: [{ role: 'user', content: 'Hi' }] }, maxTokens: 50, tools } as const;
type Delta = Record<string, unknown>;
const stream = (response: ServerResponse, deltas: readonly Delta[], finish: string, more: Delta = {}): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const delta of deltas)
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }] })}\n\n`);
  response.end(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: finish }] })}\n\ndata: [DONE]\n\n`,
  );
};
const call = (index: number | undefined, id: string | undefined, name: string | undefined, text: unknown) => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }],
});
const collect = async (endpoint: Endpoint, request: Parameters<Endpoint['generate']>[0] = ask) => {
  const parts: GeneratePart[] = [];
  const result = await endpoint.generate({ ...request, onPart: (part) => parts.push(part) });
  return { parts, result };
};

describe('tools of an endpoint', () => {
  it('are offered in the form of the API, with the calls and results so far', async () => {
    const endpoint = await open((response) => stream(response, [{ content: 'ok' }], 'stop'));
    await endpoint.generate({
      ...ask,
      input: {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'get', arguments: '{"x":1}' }] },
          { role: 'tool', content: '2', toolCallId: 'c1' },
        ],
      },
      toolChoice: { name: 'get' },
      parallelToolCalls: false,
      reasoning: false,
      logprobs: 3,
      logitBias: { 7: -100 },
      presencePenalty: 0.5,
      topK: 20,
    });
    expect(server?.requests[0]?.body).toMatchObject({
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get', arguments: '{"x":1}' } }],
        },
        { role: 'tool', content: '2', tool_call_id: 'c1' },
      ],
      tools: [{ type: 'function', function: { name: 'get', description: 'Gets', strict: true } }],
      tool_choice: { type: 'function', function: { name: 'get' } },
      parallel_tool_calls: false,
      chat_template_kwargs: { enable_thinking: false },
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { 7: -100 },
      presence_penalty: 0.5,
      top_k: 20,
    });
    await endpoint.generate({ ...ask, toolChoice: 'none' });
    expect(server?.requests[1]?.body).not.toHaveProperty('tools');
  });

  it('are called side by side, in pieces', async () => {
    const endpoint = await open((response) =>
      stream(
        response,
        [
          { role: 'assistant', content: null },
          call(0, 'a', 'get', ''),
          call(0, undefined, undefined, '{"x"'),
          call(1, 'b', 'get', '{"x":2}'),
          call(0, undefined, undefined, ':1}'),
        ],
        'tool_calls',
      ),
    );
    const { parts, result } = await collect(endpoint);
    expect(result).toMatchObject({
      finishReason: 'tool-calls',
      text: '',
      toolCalls: [
        { id: 'a', name: 'get', arguments: '{"x":1}' },
        { id: 'b', name: 'get', arguments: '{"x":2}' },
      ],
    });
    expect(parts.map((part) => ('index' in part ? `${part.type} ${part.index}` : part.type))).toEqual([
      'tool-call 0',
      'tool-arguments 0',
      'tool-call 1',
      'tool-arguments 1',
      'tool-arguments 0',
    ]);
  });

  it.each([
    ['numbers all of them 0', [call(0, 'a', 'get', '{"x":1}'), call(0, 'b', 'get', '{"x":2}')]],
    ['numbers none', [call(undefined, 'a', 'get', '{"x":1}'), call(undefined, 'b', 'get', '{"x":2}')]],
    [
      'gives no ids and arguments as objects',
      [call(undefined, undefined, 'get', { x: 1 }), call(undefined, undefined, 'get', { x: 2 })],
    ],
  ])('are told apart where a server %s', async (_what, deltas) => {
    const { result } = await collect(await open((response) => stream(response, deltas, 'stop')));
    expect(result.finishReason).toBe('tool-calls');
    expect(result.toolCalls.map((one) => one.arguments)).toEqual(['{"x":1}', '{"x":2}']);
    expect(new Set(result.toolCalls.map(({ id }) => id)).size).toBe(2);
  });

  it('without arguments are called with none', async () => {
    const { result } = await collect(
      await open((response) => stream(response, [call(0, 'a', 'get', '')], 'tool_calls')),
    );
    expect(result.toolCalls).toEqual([{ id: 'a', name: 'get', arguments: '{}' }]);
  });
});

describe('an endpoint', () => {
  it.each([
    ['in a field of their own', [{ reasoning_content: 'Hm' }, { reasoning_content: '.' }, { content: 'Yes' }]],
    ['as Ollama names them', [{ reasoning: 'Hm.' }, { content: 'Yes' }]],
    ['in the text', [{ content: '<th' }, { content: 'ink>\nHm.</th' }, { content: 'ink>\n\nYes' }]],
  ])('tells thoughts that come %s', async (_what, deltas) => {
    const { result, parts } = await collect(await open((response) => stream(response, deltas, 'stop')));
    expect(result).toMatchObject({ reasoning: 'Hm.', text: 'Yes', finishReason: 'stop' });
    expect(parts.map(({ type }) => type)).toContain('reasoning');
  });

  it('tells probabilities', async () => {
    const probabilities = {
      logprobs: {
        content: [
          {
            token: 'Hé',
            logprob: -0.1,
            bytes: null,
            top_logprobs: [{ token: 'Hé', id: 5, logprob: -0.1, bytes: [72] }],
          },
        ],
      },
    };
    const endpoint = await open((response) => stream(response, [{ content: 'Hé' }], 'stop', probabilities));
    const { logprobs } = await endpoint.generate({ ...ask, logprobs: 1 });
    expect(logprobs).toEqual([
      {
        token: -1,
        text: 'Hé',
        bytes: [...Buffer.from('Hé')],
        logprob: -0.1,
        top: [{ token: 5, text: 'Hé', bytes: [72], logprob: -0.1 }],
      },
    ]);
  });

  it('gets fewer and fewer of the oldest messages where its context is too short for all', async () => {
    const endpoint = await open((response, { body }) => {
      const { messages } = z.object({ messages: z.array(z.unknown()) }).parse(body);
      if (messages.length <= 4) stream(response, [{ content: 'ok' }], 'stop');
      else response.writeHead(400).end(JSON.stringify({ error: { code: 'context_length_exceeded' } }));
    });
    const turns = Array.from({ length: 8 }, (_, turn) => [
      { role: 'user' as const, content: `question ${turn}` },
      { role: 'assistant' as const, content: `answer ${turn}` },
    ]).flat();
    const messages = [
      { role: 'system' as const, content: 'Be kind.' },
      ...turns,
      { role: 'user' as const, content: 'last' },
    ];
    const long = { input: { messages }, maxTokens: 5 };
    await expect(endpoint.generate(long)).rejects.toMatchObject({ code: 'CONTEXT_OVERFLOW' });
    const result = await endpoint.generate({ ...long, overflow: 'drop-oldest' });
    const { messages: sent } = z
      .object({ messages: z.array(z.object({ content: z.string() })) })
      .parse(server?.requests.at(-1)?.body);
    expect(sent[0]?.content).toBe('Be kind.');
    expect(sent.at(-1)?.content).toBe('last');
    expect(result.droppedMessages).toBe(messages.length - sent.length);
  });

  it('that answers with millions of things that are no embeddings is not listened to', async () => {
    const endpoint = await open(
      (response) =>
        void response.writeHead(200).end(`{"data":[${Array.from({ length: 12_000_000 }, () => '1').join(',')}]}`),
    );
    await expect(endpoint.embed({ inputs: ['a'] })).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
  });

  it('makes embeddings of length 1, in order, cut where that is asked for', async () => {
    const endpoint = await open(
      (response) =>
        void response.writeHead(200).end(
          JSON.stringify({
            data: [
              { index: 1, embedding: [0, 5, 0] },
              { index: 0, embedding: [3, 4, 12] },
            ],
            usage: { prompt_tokens: 4 },
          }),
        ),
    );
    const { vectors, promptTokens, modelId } = await endpoint.embed({ inputs: ['a', 'b'], dimensions: 2 });
    expect(vectors.map((vector) => [...vector].map((value) => Number(value.toFixed(4))))).toEqual([
      [0.6, 0.8],
      [0, 1],
    ]);
    expect([promptTokens, modelId]).toEqual([4, 'near']);
    expect(server?.requests[0]).toMatchObject({ path: '/v1/embeddings', body: { model: 'qwen', input: ['a', 'b'] } });
    await expect(endpoint.embed({ inputs: ['a', 'b'], dimensions: 9 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(endpoint.embed({ inputs: [[1, 2]] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  const many = (delta: (index: number) => Delta, count: number) =>
    Array.from({ length: count }, (_, index) => delta(index));
  it.each([
    ['calls without end', many((index) => call(index, `c${index}`, 'get', ''), 200), /does not stop calling/u],
    ['arguments without end', many(() => call(0, 'a', 'get', 'x'.repeat(500_000)), 20), /does not stop writing/u],
    ['arguments that are no JSON', [call(0, 'a', 'get', '{"x":')], /no JSON/u],
    ['arguments of no function', [call(0, 'a', undefined, '{}')], /no OpenAI stream/u],
    ['a name without end', [call(0, 'a', 'x'.repeat(10_000), '')], /no OpenAI stream/u],
    ['nothing, for ever', many(() => ({ content: '' }), 11_000), /no OpenAI stream/u],
    ['calls of another kind', [{ tool_calls: 'all' }], /no OpenAI stream/u],
  ])('that sends %s is left', async (_what, deltas, message) => {
    const endpoint = await open((response) => {
      response.on('error', () => undefined);
      stream(response, deltas, 'tool_calls');
    });
    await expect(endpoint.generate(ask)).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('that sends an event without end is left', async () => {
    const endpoint = await open((response) => {
      response.on('error', () => undefined);
      response.writeHead(200);
      for (let line = 0; line < 40; line += 1) response.write(`data: ${'x'.repeat(60_000)}\n`);
      response.end();
    });
    await expect(endpoint.generate(ask)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
  });

  it.each([
    ['too few', { data: [{ index: 0, embedding: [1] }] }],
    [
      'another twice',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      },
    ],
    [
      'nothing but zeros',
      {
        data: [
          { index: 0, embedding: [0] },
          { index: 1, embedding: [1] },
        ],
      },
    ],
    [
      'different lengths',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 1, embedding: [1, 2] },
        ],
      },
    ],
    ['no numbers', { data: 'none' }],
  ])('that answers with %s makes no embeddings', async (_what, body) => {
    const endpoint = await open((response) => void response.writeHead(200).end(JSON.stringify(body)));
    await expect(endpoint.embed({ inputs: ['a', 'b'] })).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
  });
});
