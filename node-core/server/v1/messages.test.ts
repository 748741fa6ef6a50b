import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/index.ts';
import { plainResult } from '../../testing/plain-result.ts';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../testing/scripted-api.ts';

const base = { model: 'scripted', max_tokens: 100 };
const messages = [{ role: 'user' as const, content: 'What is the weather in Oslo?' }];
const weather = {
  name: 'weather',
  description: 'The weather at a place',
  input_schema: { type: 'object' as const, properties: { place: { type: 'string' } }, required: ['place'] },
};

let api: ScriptedApi;
afterEach(() => api.close());

const start = async (options: ScriptedApiOptions): Promise<Anthropic> => {
  api = await startScriptedApi(options);
  return new Anthropic({ baseURL: api.url.replace('/v1', ''), apiKey: api.apiKey, maxRetries: 0 });
};
const call = { id: 'call_1', name: 'weather', arguments: '{"place":"Oslo, where it rains"}' };

describe('a message', () => {
  it('comes with the id of the request', async () => {
    const anthropic = await start({ answer: () => ({ text: 'Cold.' }) });
    expect((await anthropic.messages.create({ ...base, messages }))._request_id).toMatch(/^req_/u);
  });

  it('is asked for by the runner of tools, which sends the whole conversation where threads are not kept', async () => {
    const anthropic = await start({
      answer: ({ input }) =>
        'messages' in input && input.messages.at(-1)?.role === 'tool'
          ? { text: 'It rains.' }
          : { toolCalls: [call], finishReason: 'tool-calls' },
    });
    const places: unknown[] = [];
    const run = anthropic.beta.messages.toolRunner({
      ...base,
      messages,
      tools: [
        {
          ...weather,
          parse: (input: unknown) => input,
          run: (input: unknown) => {
            places.push(input);
            return 'rain';
          },
        },
      ],
    });
    expect((await run.runUntilDone()).content).toMatchObject([{ type: 'text', text: 'It rains.' }]);
    expect(places).toEqual([JSON.parse(call.arguments)]);
    expect(api.asked).toHaveLength(2);
    expect(api.asked[1]?.input).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: 'rain' }],
    });
  });

  it('has text, a reason and usage', async () => {
    const anthropic = await start({
      answer: () => ({ text: 'Cold.', promptTokens: 30, cachedTokens: 10, outputTokens: 3 }),
    });
    const message = await anthropic.messages.create({
      ...base,
      messages,
      system: [{ type: 'text', text: 'Be brief.' }],
    });
    expect(message).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'scripted',
      content: [{ type: 'text', text: 'Cold.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 20, cache_read_input_tokens: 10, output_tokens: 3 },
    });
    expect(message.id).toMatch(/^msg_/);
    expect(message._request_id).toMatch(/^req_/);
    expect(api.asked[0]).toMatchObject({
      input: { messages: [{ role: 'system', content: 'Be brief.' }, ...messages] },
      maxTokens: 100,
      reasoning: false,
    });
  });

  it('is put together again from its stream', async () => {
    const result = { reasoning: 'Oslo is in Norway.', text: 'Let me look.', toolCalls: [call], outputTokens: 12 };
    const anthropic = await start({ answer: () => result });
    const stream = anthropic.messages.stream({
      ...base,
      messages,
      tools: [weather],
      thinking: { type: 'enabled', budget_tokens: 1_024 },
    });
    const types: string[] = [];
    stream.on('streamEvent', ({ type }) => types.push(type));
    const message = await stream.finalMessage();
    expect(message).toMatchObject({
      content: [
        { type: 'thinking', thinking: result.reasoning },
        { type: 'text', text: result.text },
        { type: 'tool_use', id: 'call_1', name: 'weather', input: { place: 'Oslo, where it rains' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 10, output_tokens: 12 },
    });
    expect([types[0], ...types.slice(-2)]).toEqual(['message_start', 'message_delta', 'message_stop']);
    expect(types.filter((type) => type === 'content_block_start')).toHaveLength(3);
    expect(types.filter((type) => type === 'content_block_stop')).toHaveLength(3);
    const whole = await anthropic.messages.create({
      ...base,
      messages,
      tools: [weather],
      thinking: { type: 'enabled', budget_tokens: 1_024 },
    });
    expect(whole.content).toEqual(message.content);
  });

  it('names the text that ended it', async () => {
    const anthropic = await start({ answer: () => ({ text: 'Cold.', stopSequence: 'END' }) });
    const asked = { ...base, messages, stop_sequences: ['END'] };
    const end = { stop_reason: 'stop_sequence', stop_sequence: 'END' };
    expect(await anthropic.messages.create(asked)).toMatchObject(end);
    expect(await anthropic.messages.stream(asked).finalMessage()).toMatchObject(end);
  });

  it('shows no thoughts that were not asked for', async () => {
    const anthropic = await start({ answer: () => ({ reasoning: 'Norway.', text: 'Cold.' }) });
    expect((await anthropic.messages.create({ ...base, messages })).content).toMatchObject([{ type: 'text' }]);
    const streamed = await anthropic.messages.stream({ ...base, messages }).finalMessage();
    expect(streamed.content).toMatchObject([{ type: 'text', text: 'Cold.' }]);
  });

  it('carries calls of tools and their results to the model', async () => {
    const anthropic = await start({ answer: () => 'Wet.' });
    await anthropic.messages.create({
      ...base,
      tools: [weather],
      tool_choice: { type: 'tool', name: 'weather', disable_parallel_tool_use: true },
      stop_sequences: ['END'],
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.', signature: '' },
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { place: 'Oslo' } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [{ type: 'text', text: 'no line' }],
              is_error: true,
            },
            { type: 'text', text: 'Well?' },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A log.' } },
          ],
        },
      ],
    });
    expect(api.asked[0]).toMatchObject({
      toolChoice: { name: 'weather' },
      parallelToolCalls: false,
      stop: ['END'],
      tools: [{ name: 'weather', description: weather.description, parameters: weather.input_schema }],
      input: {
        messages: [
          ...messages,
          {
            role: 'assistant',
            content: 'I look.',
            reasoning: 'Hm.',
            toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: '{"place":"Oslo"}' }],
          },
          { role: 'tool', toolCallId: 'toolu_1', content: 'Error: no line' },
          { role: 'user', content: 'Well?\n\nA log.' },
        ],
      },
    });
    expect(api.asked[0]).not.toHaveProperty('schema');
  });

  it('is counted before it is asked for', async () => {
    const counted: unknown[] = [];
    const anthropic = await start({
      answer: () => '',
      countPrompt: async (prompt) => {
        counted.push(prompt);
        return 42;
      },
    });
    expect(await anthropic.messages.countTokens({ model: 'scripted', messages, tools: [weather] })).toMatchObject({
      input_tokens: 42,
    });
    expect(counted).toMatchObject([{ modelId: 'scripted', input: { messages }, tools: [{ name: 'weather' }] }]);
  });
});

describe('what goes wrong', () => {
  it('has the shape that the library reads', async () => {
    const anthropic = await start({ answer: () => '' });
    await expect(anthropic.messages.create({ ...base, model: 'gone', messages })).rejects.toMatchObject({
      status: 404,
      error: { type: 'error', error: { type: 'not_found_error' }, request_id: expect.stringMatching(/^req_/) },
    });
    const image = { type: 'base64' as const, media_type: 'image/png' as const, data: 'aGk=' };
    await expect(
      anthropic.messages.create({ ...base, messages: [{ role: 'user', content: [{ type: 'image', source: image }] }] }),
    ).rejects.toMatchObject({
      status: 400,
      error: {
        error: { type: 'invalid_request_error', message: expect.stringContaining('messages[0].content[0].type') },
      },
    });
    await expect(
      anthropic.messages.create({ ...base, messages, tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('tools[0]') });
    await expect(
      anthropic.messages.create({ ...base, messages: [...messages, { role: 'assistant', content: 'It is' }] }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('messages[1].role') });
  });

  it('after the first piece is an event that the library throws', async () => {
    const anthropic = await start({
      answer: () => '',
      async generate({ onPart }) {
        onPart?.({ type: 'text', text: 'It' });
        throw new AppError('INFERENCE_CRASHED', 'The model crashed.');
      },
    });
    await expect(anthropic.messages.stream({ ...base, messages }).finalMessage()).rejects.toMatchObject({
      error: { type: 'error', error: { type: 'overloaded_error', message: 'The model crashed.' } },
    });
  });

  it('in the arguments of a call that was cut is left empty, not invented', async () => {
    const anthropic = await start({
      answer: () => '',
      generate: async () =>
        plainResult('', { finishReason: 'length', toolCalls: [{ id: 'c', name: 'weather', arguments: '{"pla' }] }),
    });
    expect(await anthropic.messages.create({ ...base, messages, tools: [weather] })).toMatchObject({
      stop_reason: 'max_tokens',
      content: [{ type: 'tool_use', name: 'weather', input: {} }],
    });
  });
});
