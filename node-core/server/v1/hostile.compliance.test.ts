import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkHost, type HostProcess } from '../../inference/index.ts';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';

const hosts: HostProcess[] = [];
let node: ApiNode;
let openai: OpenAI;
beforeAll(async () => {
  node = await startApiNode({
    spawnInferenceHost() {
      const host = forkHost();
      hosts.push(host);
      return host;
    },
  });
  openai = new OpenAI({ baseURL: node.api, apiKey: node.apiKey, maxRetries: 0 });
});
afterAll(() => node.stop());

const messages = [{ role: 'user' as const, content: 'Hi' }];
const askFor = (schema: Record<string, unknown>, max_tokens = 400) =>
  openai.chat.completions.create({
    model: node.chatModel,
    messages,
    max_tokens,
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
  });
const callWith = (parameters: Record<string, unknown>) =>
  openai.chat.completions.create({
    model: node.chatModel,
    messages,
    max_tokens: 60,
    tool_choice: 'required',
    tools: [
      { type: 'function', function: { name: 'fine' } },
      { type: 'function', function: { name: 'f', strict: true, parameters } },
    ],
  });
const alive = async () =>
  expect(
    (await openai.chat.completions.create({ model: node.chatModel, messages, max_tokens: 2 })).choices,
  ).toHaveLength(1);

/** Objects in objects, as deep as wanted; too deep for `JSON.stringify`. */
const nested = (depth: number): string =>
  `${'{"type":"object","properties":{"a":'.repeat(depth)}{"type":"string"}${'},"required":["a"],"additionalProperties":false}'.repeat(depth)}`;

describe('a schema', () => {
  it('that refers to itself holds where it can end', async () => {
    const { choices } = await askFor({
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { name: { enum: ['a', 'b'] }, next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
          required: ['name', 'next'],
          additionalProperties: false,
        },
      },
    });
    const [choice] = choices;
    expect(choice?.message.content).toMatch(/^\s*\{\s*"name"/);
    if (choice?.finish_reason === 'stop') JSON.parse(choice.message.content ?? '');
    await alive();
  });

  it.each([
    [
      'a circle of references',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      '$ref',
    ],
    ['a reference to nothing', { $ref: '#/$defs/none' }, '$ref'],
    ['a keyword that no grammar holds', { type: 'array', items: { type: 'number' }, uniqueItems: true }, 'uniqueItems'],
    ['a negation', { not: { type: 'string' } }, 'not'],
  ])('with %s is refused by the keyword, in a format and in a tool', async (_name, schema, keyword) => {
    await expect(askFor(schema)).rejects.toMatchObject({
      status: 400,
      code: 'schema_unsupported',
      param: 'response_format.json_schema.schema',
      message: expect.stringContaining(keyword),
    });
    const object = {
      type: 'object',
      properties: { x: schema },
      required: ['x'],
      additionalProperties: false,
      ...('$defs' in schema ? { $defs: schema.$defs } : {}),
    };
    await expect(callWith(object)).rejects.toMatchObject({
      status: 400,
      code: 'schema_unsupported',
      param: 'tools',
      message: expect.stringContaining(keyword),
    });
    await alive();
  });

  it('with 10,000 values is answered with one of them', async () => {
    const values = Array.from({ length: 10_000 }, (_, index) => `value ${index}`);
    const { choices } = await askFor({ enum: values });
    expect(values).toContain(JSON.parse(choices[0]?.message.content ?? ''));
    await alive();
  });

  it('that is very deep is answered or refused, and ends nothing', async () => {
    for (const depth of [100, 3_000, 20_000]) {
      const answer = await fetch(`${node.api}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${node.apiKey}`, 'content-type': 'application/json' },
        body: `{"model":"${node.chatModel}","messages":[{"role":"user","content":"Hi"}],"max_tokens":8,"response_format":{"type":"json_schema","json_schema":{"name":"deep","schema":${nested(depth)}}}}`,
      });
      expect([200, 400], `depth ${depth}`).toContain(answer.status);
    }
    await alive();
  });
});

describe('the end of the model process', () => {
  it('in the middle of a stream is told in the stream; the next request is answered', async () => {
    const stream = await openai.chat.completions.create({
      model: node.chatModel,
      messages,
      max_tokens: 1_900,
      stream: true,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'x', schema: { type: 'array', items: { enum: ['a'] }, minItems: 900 } },
      },
    });
    await expect(async () => {
      for await (const _chunk of stream) hosts.at(-1)?.kill();
    }).rejects.toMatchObject({ code: 'inference_crashed' });
    await alive();
    expect(await node.client.models.status()).toMatchObject({ active: 0, queued: 0 });
  });
});
