import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { writeTestCatalog } from '../testing/test-catalog.ts';

const model = 'jan-builtin';
let node: TestNode;
let openai: OpenAI;
let catalogDir: string;

beforeAll(async () => {
  catalogDir = mkdtempSync(join(tmpdir(), 'jan-catalog-'));
  node = await startTestNode({ components: { catalogPath: writeTestCatalog(catalogDir) } });
  openai = new OpenAI({ baseURL: `${node.url}/v1`, apiKey: node.apiKey, maxRetries: 0 });
});

afterAll(async () => {
  await node.stop();
  rmSync(catalogDir, { recursive: true, force: true });
});

const ask = (text: string) => [{ role: 'user' as const, content: text }];

const collect = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
};

/** A request that no client would send. */
const post = (body: string | Uint8Array<ArrayBuffer>, path = '/v1/chat/completions', method = 'POST') =>
  fetch(`${node.url}${path}`, {
    method,
    body: method === 'GET' ? null : body,
    headers: { authorization: `Bearer ${node.apiKey}`, 'content-type': 'application/json' },
  });

const refused = async (body: Record<string, unknown>) => {
  const answer = await post(JSON.stringify({ model, messages: ask('Hi'), max_tokens: 4, ...body }));
  const { error } = z
    .object({
      error: z.object({
        message: z.string(),
        type: z.string(),
        param: z.string().nullable(),
        code: z.string().nullable(),
      }),
    })
    .parse(await answer.json());
  return { status: answer.status, ...error };
};

describe('models', () => {
  it('are listed and read', async () => {
    const { data } = await openai.models.list();
    expect(data.map(({ id, object }) => ({ id, object }))).toEqual([{ id: model, object: 'model' }]);
    expect(await openai.models.retrieve(model)).toMatchObject({ id: model, object: 'model', owned_by: 'jan' });
  });

  it('that do not exist are not found, under either address', async () => {
    await expect(openai.models.retrieve('gpt-9')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
    await expect(openai.chat.completions.create({ model: 'gpt-9', messages: ask('Hi') })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
  });
});

describe('a chat', () => {
  it('answers with text, a reason and an honest count', async () => {
    const completion = await openai.chat.completions.create({ model, messages: ask('Hello there'), max_tokens: 5 });
    expect(completion.id).toMatch(/^chatcmpl-/);
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model,
      choices: [{ index: 0, finish_reason: 'length', message: { role: 'assistant', refusal: null } }],
    });
    const { usage } = completion;
    expect(usage?.completion_tokens).toBe(5);
    expect(usage?.prompt_tokens).toBeGreaterThan(2);
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + 5);
    expect(completion._request_id).toMatch(/^req_[0-9a-f]{32}$/);
  });

  it('counts the tokens of the prompt that were in memory already', async () => {
    const messages = ask('The same long question, asked a second time, so that its beginning is known.');
    await openai.chat.completions.create({ model, messages, max_tokens: 2 });
    const { usage } = await openai.chat.completions.create({ model, messages, max_tokens: 2 });
    expect(usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(0);
    expect(usage?.prompt_tokens_details?.cached_tokens).toBeLessThanOrEqual(usage?.prompt_tokens ?? 0);
  });

  it('takes every role and content as parts', async () => {
    const parts = await openai.chat.completions.create({
      model,
      max_tokens: 3,
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hello ' },
            { type: 'text', text: 'there' },
          ],
        },
        { role: 'assistant', content: 'Hm.' },
        { role: 'user', content: 'Go on.' },
      ],
    });
    const whole = await openai.chat.completions.create({
      model,
      max_completion_tokens: 3,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello there' },
        { role: 'assistant', content: 'Hm.' },
        { role: 'user', content: 'Go on.' },
      ],
    });
    expect(parts.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(parts.usage?.prompt_tokens).toBe(whole.usage?.prompt_tokens);
  });

  it('repeats itself for the same seed and not for another', async () => {
    const sample = async (seed: number) =>
      (
        await openai.chat.completions.create({
          model,
          messages: ask('Say anything'),
          max_tokens: 24,
          temperature: 1.5,
          top_p: 1,
          seed,
        })
      ).choices[0]?.message.content;
    const [first, again, other] = [await sample(7), await sample(7), await sample(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('ends before a stop sequence', async () => {
    const create = async (stop?: string) =>
      (
        await openai.chat.completions.create({
          model,
          messages: ask('Stop somewhere'),
          max_tokens: 40,
          ...(stop ? { stop } : {}),
        })
      ).choices[0];
    const whole = (await create())?.message.content ?? '';
    const middle = [...whole]
      .slice(Math.floor([...whole].length / 2))
      .slice(0, 2)
      .join('');
    const stopped = await create(middle);
    expect(middle).not.toBe('');
    expect(stopped?.finish_reason).toBe('stop');
    expect(stopped?.message.content).toBe(whole.slice(0, whole.indexOf(middle)));
  });
});

describe('a stream', () => {
  it('brings the same text in pieces, then the reason', async () => {
    const request = { model, messages: ask('Tell me a story'), max_tokens: 20 };
    const whole = (await openai.chat.completions.create(request)).choices[0]?.message.content;
    const stream = await openai.chat.completions.create({ ...request, stream: true });
    const chunks = await collect(stream);
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(whole);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && !('usage' in chunk))).toBe(true);
  });

  it('ends with the count where it was asked for, and with the mark in any case', async () => {
    const stream = await openai.chat.completions.create({
      model,
      messages: ask('Count'),
      max_tokens: 4,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    const raw = await post(JSON.stringify({ model, messages: ask('Count'), max_tokens: 4, stream: true }));
    expect(raw.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect((await raw.text()).endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('works with the helper that collects it', async () => {
    const final = await openai.chat.completions
      .stream({ model, messages: ask('Collect'), max_tokens: 6 })
      .finalChatCompletion();
    expect(final.choices[0]?.finish_reason).toBe('length');
  });

  it('fails with a status where it fails before the first piece', async () => {
    await expect(
      openai.chat.completions.create({ model, messages: ask('long '.repeat(600)), stream: true }),
    ).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' });
  });

  it('that is broken off ends the work', async () => {
    const stream = await openai.chat.completions.create({
      model,
      messages: ask('Never end'),
      max_tokens: 480,
      stream: true,
      response_format: { type: 'json_object' },
    });
    for await (const _chunk of stream) break;
    await expect.poll(async () => (await node.client.models.status()).active, { timeout: 5_000 }).toBe(0);
  });
});

describe('a response format', () => {
  const Verdict = z.object({
    verdict: z.enum(['yes', 'no', 'unclear']),
    urgent: z.boolean(),
    scores: z.array(z.enum(['low', 'high'])).max(2),
  });

  it('is held by grammar, also by a model that knows nothing', async () => {
    for (const seed of [1, 2, 3]) {
      const completion = await openai.chat.completions.parse({
        model,
        seed,
        temperature: 2,
        messages: ask('Judge this'),
        max_tokens: 200,
        response_format: zodResponseFormat(Verdict, 'verdict'),
      });
      expect(Verdict.safeParse(completion.choices[0]?.message.parsed).success).toBe(true);
      expect(completion.choices[0]?.finish_reason).toBe('stop');
    }
  });

  it('is held in a stream too', async () => {
    const stream = openai.chat.completions.stream({
      model,
      messages: ask('Judge this'),

      response_format: zodResponseFormat(Verdict, 'verdict'),
    });
    expect(Verdict.safeParse((await stream.finalChatCompletion()).choices[0]?.message.parsed).success).toBe(true);
  });

  it('may ask for any JSON object', async () => {
    const { choices } = await openai.chat.completions.create({
      model,
      messages: ask('Anything'),
      max_tokens: 8,
      response_format: { type: 'json_object' },
    });
    expect(choices[0]?.message.content?.trimStart().startsWith('{')).toBe(true);
  });

  it('that can not be held is refused by name', async () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: 'https://elsewhere.example/schema.json' } },
      required: ['a'],
      additionalProperties: false,
    };
    expect(
      await refused({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } }),
    ).toMatchObject({ status: 400, code: 'schema_unsupported', param: 'response_format.json_schema.schema' });
  });
});

describe('what can not be met', () => {
  it.each([
    ['n', { n: 2 }],
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['functions', { functions: [{ name: 'f' }] }],
    ['tool_choice', { tool_choice: 'required' }],
    ['logprobs', { logprobs: true }],
    ['frequency_penalty', { frequency_penalty: 0.5 }],
    ['logit_bias.50256', { logit_bias: { 50_256: -100 } }],
    ['modalities[1]', { modalities: ['text', 'audio'] }],
    ['temperature', { temperature: 3 }],
    ['temperature', { temperature: 'hot' }],
    ['top_p', { top_p: 0 }],
    ['max_tokens', { max_tokens: 0 }],
    ['seed', { seed: 1.5 }],
    ['stop', { stop: ['a', 'b', 'c', 'd', 'e'] }],
    ['messages', { messages: [] }],
    ['messages', { messages: undefined }],
    ['messages[0].role', { messages: [{ role: 'tool', content: 'x', tool_call_id: 'y' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: 5 }] }],
    [
      'messages[0].content[1].type',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'see' },
              { type: 'image_url', image_url: { url: 'https://x.example/y.png' } },
            ],
          },
        ],
      },
    ],
    ['messages[0].tool_calls', { messages: [{ role: 'assistant', content: '', tool_calls: [{ id: 'x' }] }] }],
    ['response_format.type', { response_format: { type: 'xml' } }],
    ['frobnicate', { frobnicate: 1 }],
    ['model', { model: '' }],
  ])('is refused with the name of the field: %s', async (param, body) => {
    expect(await refused(body)).toMatchObject({ status: 400, type: 'invalid_request_error', param });
  });

  it('is not refused where it asks for what happens anyway', async () => {
    const answer = await post(
      JSON.stringify({
        model,
        messages: [{ role: 'user', content: 'Hi', name: 'dana' }],
        max_tokens: 2,
        n: 1,
        tools: [],
        tool_choice: 'none',
        logprobs: false,
        user: 'u',
        store: false,
        metadata: { a: 'b' },
        presence_penalty: 0,
        frequency_penalty: 0,
        logit_bias: {},
        service_tier: 'auto',
        parallel_tool_calls: true,
        stop: null,
        seed: null,
      }),
    );
    expect(answer.status).toBe(200);
  });

  it('is refused where it is not JSON, not an object or not UTF-8', async () => {
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"model":"jan-builtin",}',
      new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    ]) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    }
  });

  it('is refused where the prompt does not fit', async () => {
    await expect(openai.chat.completions.create({ model, messages: ask('long '.repeat(600)) })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      param: 'messages',
    });
  });

  it('is refused by method and by address', async () => {
    const wrongMethod = await post('', '/v1/chat/completions', 'GET');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post('{}', '/v1/models')).status).toBe(405);
    expect((await post('{}', '/v1/embeddings')).status).toBe(404);
    expect((await post('{}', '/v1/')).status).toBe(404);
    expect((await post('', '/v1', 'GET')).status).toBe(404);
  });
});

describe('keys', () => {
  it('open the API until they are revoked, and are shown once', async () => {
    const { key, entry } = await node.client.keys.create({ name: 'editor' });
    const editor = new OpenAI({ baseURL: `${node.url}/v1`, apiKey: key, maxRetries: 0 });
    expect((await editor.models.list()).data).toHaveLength(1);
    const listed = await node.client.keys.list();
    expect(listed.find(({ id }) => id === entry.id)?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(listed)).not.toContain(key);
    await node.client.keys.revoke({ id: entry.id });
    await expect(editor.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
  });

  it('of other programs open nothing while the vault is locked, and work again after', async () => {
    const { key } = await node.client.keys.create({ name: 'script' });
    const script = new OpenAI({ baseURL: `${node.url}/v1`, apiKey: key, maxRetries: 0 });
    await node.client.vault.lock();
    await expect(script.models.list()).rejects.toMatchObject({ status: 401 });
    await expect(openai.models.list()).rejects.toMatchObject({ status: 423, code: 'vault_locked' });
    await expect(openai.chat.completions.create({ model, messages: ask('Hi') })).rejects.toMatchObject({
      status: 423,
      code: 'vault_locked',
    });
    await node.client.vault.unlock({ with: 'stored-key' });
    expect((await script.models.list()).data).toHaveLength(1);
    expect((await openai.chat.completions.create({ model, messages: ask('Hi'), max_tokens: 2 })).choices).toHaveLength(
      1,
    );
  });
});
