import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import type { TokenLogprob } from '../../inference/index.ts';
import { plainResult } from '../../testing/plain-result.ts';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../testing/scripted-api.ts';

const model = 'scripted';
const messages = [{ role: 'user' as const, content: 'What is the weather in Oslo?' }];
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather at a place',
    strict: true,
    parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
  },
};
const clock = { type: 'function' as const, function: { name: 'clock' } };

let api: ScriptedApi;
afterEach(() => api.close());

const start = async (options: ScriptedApiOptions): Promise<OpenAI> => {
  api = await startScriptedApi(options);
  return new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
};
const collect = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
};

const calls = [
  { id: 'call_1', name: 'weather', arguments: '{"place":"Oslo, where it rains"}' },
  { id: 'call_2', name: 'clock', arguments: '{}' },
];

describe('tools', () => {
  it('reach the model and come back as calls', async () => {
    const openai = await start({ answer: () => ({ toolCalls: calls }) });
    const { choices } = await openai.chat.completions.create({
      model,
      messages,
      tools: [weather, clock],
      parallel_tool_calls: false,
    });
    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: calls.map(({ id, name, arguments: text }) => ({
          id,
          type: 'function',
          function: { name, arguments: text },
        })),
      },
    });
    expect(api.asked[0]).toMatchObject({
      toolChoice: 'auto',
      parallelToolCalls: false,
      tools: [
        {
          name: 'weather',
          description: 'The weather at a place',
          strict: true,
          parameters: weather.function.parameters,
        },
        { name: 'clock' },
      ],
    });
  });

  it('are called in a stream that the library puts together again', async () => {
    const openai = await start({ answer: () => ({ text: 'Let me look.', toolCalls: calls }) });
    const final = await openai.chat.completions
      .stream({ model, messages, tools: [weather, clock] })
      .finalChatCompletion();
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
    expect(final.choices[0]?.message.content).toBe('Let me look.');
    expect(final.choices[0]?.message.tool_calls?.map(({ id, ...rest }) => ({ id, rest }))).toMatchObject(
      calls.map(({ id, name, arguments: text }) => ({
        id,
        rest: { type: 'function', function: { name, arguments: text } },
      })),
    );
    const chunks = await collect(
      await openai.chat.completions.create({ model, messages, tools: [weather, clock], stream: true }),
    );
    const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(deltas.filter(({ id }) => id).map(({ index, function: called }) => [index, called?.name])).toEqual([
      [0, 'weather'],
      [1, 'clock'],
    ]);
    expect(deltas.length).toBeGreaterThan(4);
  });

  it('have results that go back to the model', async () => {
    const openai = await start({ answer: () => 'It rains.' });
    await openai.chat.completions.create({
      model,
      tools: [weather],
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"place":"Oslo"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'rain' }] },
      ],
    });
    expect(api.asked[0]?.input).toEqual({
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"place":"Oslo"}' }],
        },
        { role: 'tool', toolCallId: 'call_1', content: 'rain' },
      ],
    });
  });

  it('are chosen as the client says', async () => {
    const openai = await start({ answer: () => 'Hm.' });
    const choose = async (tool_choice: OpenAI.ChatCompletionToolChoiceOption) => {
      await openai.chat.completions.create({
        model,
        messages,
        tools: [weather, clock],
        tool_choice,
        response_format: { type: 'json_object' },
      });
      const { toolChoice, tools, schema } = api.asked.at(-1) ?? {};
      return { toolChoice, names: tools?.map(({ name }) => name), schema };
    };
    const names = ['weather', 'clock'];
    const schema = { type: 'object' };
    expect(await choose('auto')).toEqual({ toolChoice: 'auto', names, schema });
    expect(await choose('none')).toEqual({ toolChoice: 'none', names, schema });
    // A call that must be made leaves no room for an answer of another form.
    expect(await choose('required')).toEqual({ toolChoice: 'required', names, schema: undefined });
    expect(await choose({ type: 'function', function: { name: 'clock' } })).toEqual({
      toolChoice: { name: 'clock' },
      names,
      schema: undefined,
    });
    const allowed = { mode: 'required' as const, tools: [{ type: 'function', function: { name: 'clock' } }] };
    expect(await choose({ type: 'allowed_tools', allowed_tools: allowed })).toEqual({
      toolChoice: 'required',
      names: ['clock'],
      schema: undefined,
    });
  });
});

describe('an answer', () => {
  it('tells what was thought apart from what was said, whole and streamed', async () => {
    const openai = await start({
      answer: () => ({ reasoning: 'Oslo is in Norway.', text: 'Cold.', outputTokens: 9, reasoningTokens: 6 }),
    });
    const { choices, usage } = await openai.chat.completions.create({ model, messages, reasoning_effort: 'high' });
    expect(choices[0]?.message).toMatchObject({ content: 'Cold.', reasoning_content: 'Oslo is in Norway.' });
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBe(6);
    expect(api.asked[0]?.reasoning).toBe(true);
    const chunks = await collect(
      await openai.chat.completions.create({ model, messages, stream: true, reasoning_effort: 'none' }),
    );
    const deltas = chunks.map(
      ({ choices: [choice] }): { content?: string | null; reasoning_content?: string } => choice?.delta ?? {},
    );
    expect(deltas.map(({ reasoning_content: text }) => text ?? '').join('')).toBe('Oslo is in Norway.');
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe('Cold.');
    expect(api.asked[1]?.reasoning).toBe(false);
  });

  it('tells probabilities, whole and streamed', async () => {
    const token = (text: string): TokenLogprob => ({
      token: 7,
      text,
      bytes: [...Buffer.from(text)],
      logprob: -0.5,
      top: [{ token: 8, text: 'x', bytes: [120], logprob: -1 }],
    });
    const told = [token('Co'), token('ld')];
    const openai = await start({
      answer: () => '',
      async generate({ onPart }) {
        for (const each of told) onPart?.({ type: 'text', text: each.text, logprobs: [each] });
        return plainResult('Cold', { logprobs: told });
      },
    });
    const expected = told.map(({ text, bytes }) => ({
      token: text,
      logprob: -0.5,
      bytes: [...bytes],
      top_logprobs: [{ token: 'x', logprob: -1, bytes: [120] }],
    }));
    const { choices } = await openai.chat.completions.create({ model, messages, logprobs: true, top_logprobs: 1 });
    expect(choices[0]?.logprobs?.content).toEqual(expected);
    expect(api.asked[0]?.logprobs).toBe(1);
    const chunks = await collect(
      await openai.chat.completions.create({ model, messages, logprobs: true, stream: true }),
    );
    expect(chunks.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? [])).toEqual(expected);
    expect(api.asked[1]?.logprobs).toBe(0);
  });

  it('can be one of several, each with a number of its own', async () => {
    let count = 0;
    const openai = await start({
      answer: ({ seed }) => ({ text: `answer ${seed ?? (count += 1)} of several`, outputTokens: 5 }),
    });
    const whole = await openai.chat.completions.create({ model, messages, n: 3, seed: 10 });
    expect(whole.choices.map(({ index, message }) => [index, message.content])).toEqual([
      [0, 'answer 10 of several'],
      [1, 'answer 11 of several'],
      [2, 'answer 12 of several'],
    ]);
    // The prompt counts once.
    expect(whole.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 15, total_tokens: 25 });
    const chunks = await collect(
      await openai.chat.completions.create({
        model,
        messages,
        n: 2,
        seed: 1,
        stream: true,
        stream_options: { include_usage: true },
      }),
    );
    const textOf = (index: number) =>
      chunks
        .flatMap(({ choices }) => choices.filter((choice) => choice.index === index))
        .map(({ delta }) => delta.content ?? '')
        .join('');
    expect([textOf(0), textOf(1)]).toEqual(['answer 1 of several', 'answer 2 of several']);
    const order = chunks.flatMap(({ choices }) => choices.map(({ index }) => index)).join('');
    expect(order).toMatch(/01+0|10+1/);
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 10 });
  });

  it('comes with its timings, under the names of llama-server', async () => {
    const openai = await start({
      answer: () => ({
        text: 'Cold.',
        promptTokens: 30,
        cachedTokens: 10,
        outputTokens: 5,
        queuedMs: 5,
        firstTokenMs: 25,
        totalMs: 65,
        draft: { proposed: 8, accepted: 3 },
      }),
    });
    const timings = {
      queued_ms: 5,
      cache_n: 10,
      prompt_n: 20,
      prompt_ms: 20,
      prompt_per_second: 1_000,
      first_token_ms: 25,
      predicted_n: 5,
      predicted_ms: 40,
      predicted_per_second: 100,
      draft_n: 8,
      draft_n_accepted: 3,
    };
    const { data, response } = await openai.chat.completions.create({ model, messages }).withResponse();
    expect(data).toMatchObject({ timings, usage: { prompt_tokens_details: { cached_tokens: 10 } } });
    expect(Number(response.headers.get('openai-processing-ms'))).toBeGreaterThanOrEqual(0);
    const plain = await collect(await openai.chat.completions.create({ model, messages, stream: true }));
    expect(plain.at(-1)).toMatchObject({ timings, choices: [{ finish_reason: 'stop' }] });
    const counted = await collect(
      await openai.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } }),
    );
    expect(counted.at(-1)).toMatchObject({ timings, choices: [], usage: { total_tokens: 35 } });
  });

  it('is drawn as the client says', async () => {
    const openai = await start({ answer: () => 'Hm.' });
    await openai.chat.completions.create({ model, messages });
    expect(api.asked[0]).toMatchObject({ temperature: 0.8 });
    await openai.chat.completions.create({
      model,
      messages,
      temperature: 0,
      top_p: 0.5,
      seed: 7,
      stop: ['\n', ''],
      presence_penalty: 0.5,
      frequency_penalty: -0.5,
      logit_bias: { 17: -100 },
      max_completion_tokens: 9,
      ...{ top_k: 3, min_p: 0.1, truncation: 'auto' },
    });
    expect(api.asked[1]).toMatchObject({
      temperature: 0,
      topP: 0.5,
      topK: 3,
      minP: 0.1,
      seed: 7,
      stop: ['\n'],
      presencePenalty: 0.5,
      frequencyPenalty: -0.5,
      logitBias: { 17: -100 },
      maxTokens: 9,
      overflow: 'drop-oldest',
      asker: expect.any(String),
    });
  });

  it('is kept where the client says so, also when it was streamed', async () => {
    const kept: unknown[] = [];
    const openai = await start({
      answer: () => 'Cold.',
      stored: { keep: (body, completion) => void kept.push([body, completion]) },
    });
    const asked = { model, messages, store: true, metadata: { topic: 'weather' } };
    const whole = await openai.chat.completions.create(asked);
    const chunks = await collect(await openai.chat.completions.create({ ...asked, stream: true }));
    await openai.chat.completions.create({ model, messages });
    expect(kept).toMatchObject([
      [asked, { id: whole.id, metadata: asked.metadata, choices: [{ message: { content: 'Cold.' } }] }],
      [asked, { id: chunks[0]?.id, choices: [{ message: { content: 'Cold.' } }] }],
    ]);
  });

  it('says how many messages were left out to make room', async () => {
    const openai = await start({ answer: () => ({ text: 'Hm.', droppedMessages: 4 }) });
    expect(await openai.chat.completions.create({ model, messages })).toMatchObject({ dropped_messages: 4 });
    const chunks = await collect(await openai.chat.completions.create({ model, messages, stream: true }));
    expect(chunks.at(-1)).toMatchObject({ dropped_messages: 4 });
  });
});
