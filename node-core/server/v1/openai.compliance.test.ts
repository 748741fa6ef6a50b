import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';

const model = 'jan-builtin';
let node: ApiNode;
let openai: OpenAI;

beforeAll(async () => {
  node = await startApiNode();
  openai = new OpenAI({ baseURL: node.api, apiKey: node.apiKey, maxRetries: 0 });
});

afterAll(() => node.stop());

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
    expect(data.map(({ id, object }) => ({ id, object }))).toEqual([
      { id: model, object: 'model' },
      { id: node.embeddingModel, object: 'model' },
    ]);
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
  it('is held to a schema also where it stands with json_object, as other local servers have it', async () => {
    const { choices } = await openai.chat.completions.create({
      model,
      messages: ask('Pick one'),
      // @ts-expect-error not of OpenAI's API
      response_format: { type: 'json_object', schema: { enum: ['left', 'right'] } },
    });
    expect(['left', 'right']).toContain(JSON.parse(choices[0]?.message.content ?? ''));
  });

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
      temperature: 0,
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
      temperature: 0,
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
          temperature: 0,
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
    const request = { model, messages: ask('Tell me a story'), max_tokens: 20, temperature: 0 };
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
      openai.chat.completions.create({ model, messages: ask('long '.repeat(3_000)), stream: true }),
    ).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' });
  });

  it('that is broken off ends the work', async () => {
    const stream = await openai.chat.completions.create({
      model,
      messages: ask('Never end'),
      max_tokens: 1_900,
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

const f = { type: 'function', function: { name: 'f' } };

describe('what can not be met', () => {
  it.each([
    ['n', { n: 9 }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
    ['tools[1].function.name', { tools: [f, f] }],
    ['functions', { functions: [{ name: 'f' }] }],
    ['function_call', { function_call: 'auto' }],
    ['tool_choice', { tool_choice: 'required' }],
    ['tool_choice', { tool_choice: 'sometimes', tools: [f] }],
    ['tool_choice.function.name', { tools: [f], tool_choice: { type: 'function', function: { name: 'g' } } }],
    [
      'tool_choice.allowed_tools.tools',
      {
        tools: [f],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'g' } }] },
        },
      },
    ],
    ['top_logprobs', { top_logprobs: 2 }],
    ['top_logprobs', { logprobs: true, top_logprobs: 21 }],
    ['frequency_penalty', { frequency_penalty: 2.5 }],
    ['logit_bias.word', { logit_bias: { word: -100 } }],
    ['logit_bias.5', { logit_bias: { 5: -101 } }],
    ['audio', { audio: { voice: 'x', format: 'wav' } }],
    ['web_search_options', { web_search_options: {} }],
    ['reasoning_effort', { reasoning_effort: 'endless' }],
    ['modalities[1]', { modalities: ['text', 'audio'] }],
    ['temperature', { temperature: 3 }],
    ['temperature', { temperature: 'hot' }],
    ['top_p', { top_p: 0 }],
    ['max_tokens', { max_tokens: 0 }],
    ['seed', { seed: 1.5 }],
    ['stop', { stop: Array.from({ length: 17 }, (_, index) => `${index}`) }],
    ['messages', { messages: [] }],
    ['messages', { messages: undefined }],
    ['messages[0].role', { messages: [{ role: 'oracle', content: 'x' }] }],
    ['messages[0].tool_call_id', { messages: [{ role: 'tool', content: 'x' }] }],
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
    [
      'messages[0].tool_calls[0].function',
      { messages: [{ role: 'assistant', content: '', tool_calls: [{ id: 'x' }] }] },
    ],
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
    await expect(openai.chat.completions.create({ model, messages: ask('long '.repeat(3_000)) })).rejects.toMatchObject(
      {
        status: 400,
        code: 'context_length_exceeded',
        param: 'messages',
      },
    );
  });

  it('is refused by method and by address', async () => {
    const wrongMethod = await post('', '/v1/embeddings', 'GET');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post('{}', '/v1/models')).status).toBe(405);
    expect((await post('{}', '/v1/images/generations')).status).toBe(404);
    expect((await post('{}', '/v1/')).status).toBe(404);
    expect((await post('', '/v1', 'GET')).status).toBe(404);
  });
});

describe('keys', () => {
  it('open the API until they are revoked, and are shown once', async () => {
    const { key, entry } = await node.client.keys.create({ name: 'editor' });
    const editor = new OpenAI({ baseURL: `${node.url}/v1`, apiKey: key, maxRetries: 0 });
    expect((await editor.models.list()).data).toHaveLength(2);
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
    expect((await script.models.list()).data).toHaveLength(2);
    expect((await openai.chat.completions.create({ model, messages: ask('Hi'), max_tokens: 2 })).choices).toHaveLength(
      1,
    );
  });
});

describe('tools', () => {
  const Weather = z.object({ place: z.enum(['Oslo', 'Rome']), days: z.int().min(1).max(9) });
  const weather = zodFunction({ name: 'weather', parameters: Weather });
  const clock = { type: 'function' as const, function: { name: 'clock' } };
  const asked = {
    model,
    messages: ask('What is the weather?'),
    temperature: 0,
    max_tokens: 300,
    tools: [weather, clock],
  };

  it('are called where they must be, with arguments that hold to their schema', async () => {
    for (const tool_choice of ['required', { type: 'function', function: { name: 'weather' } }] as const) {
      const { choices } = await openai.chat.completions.parse({ ...asked, tools: [weather], tool_choice });
      expect(choices[0]?.finish_reason).toBe('tool_calls');
      const calls = choices[0]?.message.tool_calls ?? [];
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) expect(Weather.safeParse(call.function.parsed_arguments).success).toBe(true);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    }
  });

  it('are called in a stream as they are without', async () => {
    const one = { ...asked, tool_choice: 'required' as const, parallel_tool_calls: false };
    const whole = await openai.chat.completions.create(one);
    const stream = openai.chat.completions.stream(one);
    const deltas: string[] = [];
    stream.on('tool_calls.function.arguments.delta', ({ arguments_delta: delta }) => deltas.push(delta));
    const final = await stream.finalChatCompletion();
    const functionsOf = (choices: readonly { message: { tool_calls?: unknown } }[]) =>
      z
        .array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) }))
        .length(1)
        .parse(choices[0]?.message.tool_calls);
    expect(functionsOf(final.choices)).toEqual(functionsOf(whole.choices));
    expect(deltas.join('')).toBe(functionsOf(whole.choices)[0]?.function.arguments);
  });

  it('have results that the model reads', async () => {
    const { choices } = await openai.chat.completions.create({ ...asked, tool_choice: 'required' });
    const [message] = choices.map((choice) => choice.message);
    if (!message) throw new Error('no answer');
    const results = (message.tool_calls ?? []).map(({ id }) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: 'It rains in a place that is not otherwise named here.',
    }));
    const after = await openai.chat.completions.create({
      ...asked,
      max_tokens: 3,
      tool_choice: 'none',
      messages: [...asked.messages, message, ...results],
    });
    expect(after.choices[0]?.finish_reason).toBe('length');
    const without = await openai.chat.completions.create({ ...asked, max_tokens: 3, tool_choice: 'none' });
    expect(after.usage?.prompt_tokens).toBeGreaterThan((without.usage?.prompt_tokens ?? 0) + 40);
  });

  it('are left alone where they must not be called', async () => {
    const { choices } = await openai.chat.completions.create({ ...asked, max_tokens: 30, tool_choice: 'none' });
    expect(choices[0]?.message.tool_calls).toBeUndefined();
  });
});

describe('how an answer is drawn', () => {
  const asked = { model, messages: ask('Say anything'), max_tokens: 8, temperature: 0 };

  it('is told with probabilities that add up', async () => {
    const { choices } = await openai.chat.completions.create({ ...asked, logprobs: true, top_logprobs: 5 });
    const told = choices[0]?.logprobs?.content ?? [];
    // One of the eight is of no text: a model of random weights writes unknown tokens, too.
    expect(told).toHaveLength(7);
    for (const { token, logprob, top_logprobs: top } of told) {
      expect(top).toHaveLength(5);
      // Greedy: the likeliest was written.
      expect(top[0]).toMatchObject({ token, logprob });
      expect(top.map((each) => each.logprob)).toEqual(top.map((each) => each.logprob).toSorted((a, b) => b - a));
      expect(top.reduce((sum, each) => sum + Math.exp(each.logprob), 0)).toBeLessThanOrEqual(1.0001);
    }
    const bytes = told.flatMap((each) => each.bytes ?? []);
    expect(Buffer.from(bytes).toString('utf8')).toBe(choices[0]?.message.content);
    const streamed = await collect(
      await openai.chat.completions.create({ ...asked, logprobs: true, top_logprobs: 5, stream: true }),
    );
    expect(streamed.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? []).map(({ token }) => token)).toEqual(
      told.map(({ token }) => token),
    );
  });

  it('can be turned by bans and penalties', async () => {
    const { tokens } = z
      .object({ tokens: z.array(z.number()).length(1) })
      .parse(await (await post(JSON.stringify({ model, content: 'Z' }), '/v1/tokenize')).json());
    const biased = async (bias: number) => {
      const logit_bias = Object.fromEntries(tokens.map((token) => [token, bias]));
      const asked = { model, prompt: 'a', max_tokens: 12, temperature: 0, logit_bias };
      return (await openai.completions.create(asked)).choices[0]?.text;
    };
    expect(await biased(100)).toBe('Z'.repeat(12));
    expect(await biased(-100)).not.toContain('Z');
    const repetitive = { model, prompt: 'a', max_tokens: 60, temperature: 0 };
    const variety = async (frequency_penalty: number) =>
      new Set((await openai.completions.create({ ...repetitive, frequency_penalty })).choices[0]?.text).size;
    expect(await variety(2)).toBeGreaterThan(await variety(-2));
  });

  it('brings several answers of one prompt', async () => {
    const { choices, usage } = await openai.chat.completions.create({ ...asked, n: 3, temperature: 1.5, seed: 3 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
    const single = await openai.chat.completions.create({ ...asked, temperature: 1.5, seed: 4 });
    expect(single.choices[0]?.message.content).toBe(choices[1]?.message.content);
    expect(usage?.prompt_tokens).toBe(single.usage?.prompt_tokens);
    const chunks = await collect(await openai.chat.completions.create({ ...asked, n: 2, stream: true }));
    expect(chunks.filter(({ choices: [choice] }) => choice?.finish_reason).length).toBe(2);
  });

  it('may leave the oldest messages out, but only where it is asked to', async () => {
    const long = [
      { role: 'system' as const, content: 'Be brief.' },
      ...Array.from({ length: 40 }, (_, index) => ({
        role: 'user' as const,
        content: `${index} ${'long '.repeat(30)}`,
      })),
    ];
    await expect(openai.chat.completions.create({ ...asked, messages: long })).rejects.toMatchObject({
      code: 'context_length_exceeded',
    });
    const cut = await openai.chat.completions.create({ ...asked, messages: long, ...{ truncation: 'auto' } });
    expect(z.object({ dropped_messages: z.number().positive() }).safeParse(cut).success).toBe(true);
  });
});

describe('completions', () => {
  it('continue a text, tokens, or many at once, and as a stream', async () => {
    const asked = { model, max_tokens: 6, temperature: 0 };
    const one = await openai.completions.create({ ...asked, prompt: 'The harbour', echo: true });
    expect(one.choices[0]?.text.startsWith('The harbour')).toBe(true);
    const { tokens } = z
      .object({ tokens: z.array(z.number()) })
      .parse(await (await post(JSON.stringify({ model, content: 'The harbour' }), '/v1/tokenize')).json());
    const prompts = await openai.completions.create({ ...asked, prompt: ['The harbour', 'A bridge'] });
    expect(`The harbour${prompts.choices[0]?.text}`).toBe(one.choices[0]?.text);
    const back = await (await post(JSON.stringify({ model, tokens }), '/v1/detokenize')).json();
    expect(back).toEqual({ content: 'The harbour' });
    expect((await openai.completions.create({ ...asked, prompt: tokens })).usage?.prompt_tokens).toBe(tokens.length);
    const chunks = await collect(await openai.completions.create({ ...asked, prompt: 'The harbour', stream: true }));
    expect(`The harbour${chunks.map(({ choices }) => choices[0]?.text ?? '').join('')}`).toBe(one.choices[0]?.text);
    const { choices } = await openai.completions.create({ ...asked, prompt: 'The harbour', logprobs: 2 });
    expect(choices[0]?.logprobs?.tokens).toHaveLength(6);
    expect(choices[0]?.logprobs?.token_logprobs?.every((logprob) => logprob <= 0)).toBe(true);
  });

  it('are refused where tokens or a context are not the model’s', async () => {
    await expect(openai.completions.create({ model, prompt: [999_999] })).rejects.toMatchObject({ status: 400 });
    await expect(openai.completions.create({ model, prompt: 'long '.repeat(3_000) })).rejects.toMatchObject({
      code: 'context_length_exceeded',
      param: 'prompt',
    });
  });
});

describe('embeddings', () => {
  const length = (vector: readonly number[]) => Math.hypot(...vector);

  it('are vectors of length 1, the same in both encodings', async () => {
    const asked = { model: node.embeddingModel, input: ['The harbour', 'A bridge', 'The harbour'] };
    // The library asks for base64 by itself.
    const { data, usage } = await openai.embeddings.create(asked);
    const floats = await openai.embeddings.create({ ...asked, encoding_format: 'float' });
    expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const [index, { embedding }] of data.entries()) {
      expect(length(embedding)).toBeCloseTo(1, 5);
      expect(embedding).toEqual(floats.data[index]?.embedding);
    }
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding);
    expect(usage.prompt_tokens).toBeGreaterThan(6);
    expect(usage.total_tokens).toBe(usage.prompt_tokens);
  });

  it('can be shorter, and of tokens', async () => {
    const short = await openai.embeddings.create({ model: node.embeddingModel, input: 'The harbour', dimensions: 8 });
    expect(short.data[0]?.embedding).toHaveLength(8);
    expect(length(short.data[0]?.embedding ?? [])).toBeCloseTo(1, 5);
    const { data } = await openai.embeddings.create({ model: node.embeddingModel, input: [[300, 301], [302]] });
    expect(data).toHaveLength(2);
  });

  it.each([
    ['input', ''],
    ['input', []],
    ['input[1]', ['a', '']],
    ['input', Array.from({ length: 2_049 }, () => 'a')],
    ['input', 'long '.repeat(3_000)],
  ])('are refused by the name of the field: %s', async (param, input) => {
    await expect(openai.embeddings.create({ model: node.embeddingModel, input })).rejects.toMatchObject({
      status: 400,
      param,
    });
  });

  it('are not for every model, nor is every model for chats', async () => {
    await expect(openai.embeddings.create({ model, input: 'x' })).rejects.toMatchObject({
      status: 400,
      param: 'model',
    });
    await expect(
      openai.chat.completions.create({ model: node.embeddingModel, messages: ask('Hi') }),
    ).rejects.toMatchObject({ status: 400, param: 'model' });
  });
});

describe('a crowd', () => {
  it('of 1,000 requests at once is answered or told to come back, and leaves nothing behind', async () => {
    const body = JSON.stringify({ model, messages: ask('Hi'), max_tokens: 2 });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        const answer = await post(body);
        return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
      }),
    );
    const refusals = answers.filter(({ status }) => status !== 200);
    expect(answers.length - refusals.length).toBeGreaterThanOrEqual(64);
    expect(refusals.every(({ status, retryAfter }) => status === 429 && Number(retryAfter) >= 1)).toBe(true);
    expect(refusals.every(({ body: told }) => told.error.type === 'rate_limit_error')).toBe(true);
    expect(await node.client.models.status()).toMatchObject({ active: 0, queued: 0 });
    expect((await post(body)).status).toBe(200);
  });
});
