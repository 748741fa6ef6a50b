import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import type { Response, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError, CancellationError } from '../../contract/index.ts';
import type { GenerateResult } from '../../inference/index.ts';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../testing/scripted-api.ts';
import { reasonedResponse } from '../../testing/response-events.ts';

let api: ScriptedApi;
let openai: OpenAI;

const start = async (options: ScriptedApiOptions | ScriptedApiOptions['answer']): Promise<void> => {
  api = await startScriptedApi(typeof options === 'function' ? { answer: options } : options);
  openai = new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
};

afterEach(() => api.close());

const call = { signal: new AbortController().signal, actor: 'user' } as const;

const collect = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
};

const types = (events: readonly ResponseStreamEvent[]): string[] =>
  events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);

const weather = {
  type: 'function',
  name: 'weather',
  description: 'Of a place',
  strict: true,
  parameters: {
    type: 'object',
    properties: { place: { type: 'string' } },
    required: ['place'],
    additionalProperties: false,
  },
} as const;
const callWeather: Partial<GenerateResult> = {
  toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"place":"Hanoi"}' }],
};

/** Polls as a program does; each poll is a whole request, so nothing spins. */
const finished = async (id: string): Promise<Response> => {
  for (;;) {
    const response = await openai.responses.retrieve(id);
    if (response.status !== 'queued' && response.status !== 'in_progress') return response;
  }
};

/** A model that waits in the middle of its answer until it is told to go on. */
const halting = () => {
  const halted = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const generate: NonNullable<ScriptedApiOptions['generate']> = async (request) => {
    request.onPart?.({ type: 'text', text: 'First. ' });
    halted.resolve();
    const stopped = new Promise<never>((_, reject) => {
      request.signal?.addEventListener('abort', () => reject(new CancellationError()));
    });
    await Promise.race([goOn.promise, stopped]);
    request.onPart?.({ type: 'text', text: 'Second.' });
    return { ...plain, text: 'First. Second.' };
  };
  return { options: { answer: () => '', generate }, halted: halted.promise, goOn: goOn.resolve };
};
const plain: GenerateResult = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finishReason: 'stop',
  logprobs: null,
  promptTokens: 7,
  cachedTokens: 3,
  outputTokens: 2,
  reasoningTokens: 1,
  draft: { proposed: 0, accepted: 0 },
  queuedMs: 0,
  firstTokenMs: 1,
  totalMs: 2,
  droppedMessages: 0,
  modelId: 'scripted',
  place: 'this-machine',
};

describe('a response', () => {
  it('is created, and read again until it is deleted', async () => {
    await start(() => ({ ...plain, text: 'Hello there.' }));
    const response = await openai.responses.create({
      model: 'scripted',
      instructions: 'Be brief.',
      input: 'Hello',
      metadata: { topic: 'greeting' },
    });
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      error: null,
      model: 'scripted',
      output_text: 'Hello there.',
      metadata: { topic: 'greeting' },
      usage: {
        input_tokens: 7,
        input_tokens_details: { cached_tokens: 3 },
        output_tokens: 2,
        output_tokens_details: { reasoning_tokens: 1 },
        total_tokens: 9,
      },
    });
    expect(api.asked[0]?.input).toEqual({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    });
    const again = await openai.responses.retrieve(response.id);
    expect(again).toEqual(response);
    const items = await collect(openai.responses.inputItems.list(response.id));
    expect(items).toMatchObject([{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }]);
    await openai.responses.delete(response.id);
    await expect(openai.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
    await expect(openai.responses.delete(response.id)).rejects.toMatchObject({ status: 404 });
  });

  it('is not kept where it is not to be stored', async () => {
    await start(() => 'Hi.');
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hello', store: false });
    await expect(openai.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it('goes on from an earlier one', async () => {
    await start(({ input }) => `Heard ${'messages' in input ? input.messages.length : 0}.`);
    const first = await openai.responses.create({ model: 'scripted', input: 'One', instructions: 'Only now' });
    const second = await openai.responses.create({ model: 'scripted', input: 'Two', previous_response_id: first.id });
    const third = await openai.responses.create({ model: 'scripted', input: 'Three', previous_response_id: second.id });
    expect(third.previous_response_id).toBe(second.id);
    expect(api.asked[2]?.input).toEqual({
      messages: [
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'Heard 2.' },
        { role: 'user', content: 'Two' },
        { role: 'assistant', content: 'Heard 3.' },
        { role: 'user', content: 'Three' },
      ],
    });
    await openai.responses.delete(first.id);
    await expect(
      openai.responses.create({ model: 'scripted', input: 'Four', previous_response_id: third.id }),
    ).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
  });

  it('calls functions and reads what they answer', async () => {
    await start(({ input }) =>
      'messages' in input && input.messages.at(-1)?.role === 'tool' ? 'It rains.' : callWeather,
    );
    const first = await openai.responses.create({
      model: 'scripted',
      input: 'Weather?',
      tools: [weather],
      tool_choice: { type: 'function', name: 'weather' },
      parallel_tool_calls: false,
    });
    expect(api.asked[0]).toMatchObject({
      tools: [{ name: 'weather', strict: true }],
      toolChoice: { name: 'weather' },
      parallelToolCalls: false,
    });
    expect(first.output).toMatchObject([
      {
        type: 'function_call',
        call_id: 'call_1',
        name: 'weather',
        arguments: '{"place":"Hanoi"}',
        status: 'completed',
      },
    ]);
    const answer = { type: 'function_call_output', call_id: 'call_1', output: 'rain' } as const;
    const second = await openai.responses.create({
      model: 'scripted',
      input: [answer],
      tools: [weather],
      previous_response_id: first.id,
    });
    expect(second.output_text).toBe('It rains.');
    const call = { id: 'call_1', name: 'weather', arguments: '{"place":"Hanoi"}' };
    const heard = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', content: 'rain', toolCallId: 'call_1' },
    ];
    expect(api.asked[1]?.input).toEqual({ messages: heard });
    // Without a store, as Codex has it: all of it is sent again.
    await openai.responses.create({
      model: 'scripted',
      store: false,
      include: ['reasoning.encrypted_content'],
      input: [
        { role: 'user', content: 'Weather?' },
        ...first.output.filter((item) => item.type === 'function_call'),
        answer,
      ],
      tools: [weather],
    });
    expect(api.asked[2]?.input).toEqual({ messages: heard });
    await expect(openai.responses.create({ model: 'scripted', input: [answer] })).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
  });

  it('calls a custom tool with a text, and hears what came of it', async () => {
    await start(({ input, tools }) =>
      'messages' in input && input.messages.at(-1)?.role === 'tool'
        ? 'Patched.'
        : {
            toolCalls: [{ id: 'call_1', name: tools?.[1]?.name ?? '', arguments: '{"input":"*** Begin\\n+\\"x\\""}' }],
          },
    );
    const tools = [
      weather,
      {
        type: 'custom' as const,
        name: 'apply_patch',
        description: 'Changes files.',
        format: { type: 'grammar' as const, syntax: 'lark' as const, definition: 'start: "x"' },
      },
    ];
    const stream = openai.responses.stream({
      model: 'scripted',
      input: 'Patch it',
      tools,
      tool_choice: { type: 'custom', name: 'apply_patch' },
    });
    const events: ResponseStreamEvent[] = [];
    stream.on('event', (event) => events.push(event));
    const first = await stream.finalResponse();
    const call = {
      type: 'custom_tool_call',
      id: expect.stringMatching(/^ctc_/),
      call_id: 'call_1',
      name: 'apply_patch',
      input: '*** Begin\n+"x"',
      status: 'completed',
    };
    expect(first.output).toEqual([call]);
    expect(types(events).slice(2, -1)).toEqual([
      'response.output_item.added',
      'response.custom_tool_call_input.delta',
      'response.custom_tool_call_input.done',
      'response.output_item.done',
    ]);
    expect(events.find(({ type }) => type === 'response.custom_tool_call_input.done')).toMatchObject({
      input: '*** Begin\n+"x"',
      item_id: first.output[0]?.id,
      output_index: 0,
    });
    expect(first).toMatchObject({ notes: [expect.stringContaining('tools[1]')] });
    expect(api.asked[0]).toMatchObject({
      toolChoice: { name: 'apply_patch' },
      tools: [
        { name: 'weather' },
        { name: 'apply_patch', strict: true, description: expect.stringContaining('start: "x"') },
      ],
    });
    const replayed = await collect(await openai.responses.retrieve(first.id, { stream: true }));
    expect(types(replayed)).toEqual(types(events));

    const output = { type: 'custom_tool_call_output' as const, call_id: 'call_1', output: 'Done' };
    const next = await openai.responses.create({
      model: 'scripted',
      previous_response_id: first.id,
      input: [output],
      tools,
    });
    expect(next.output_text).toBe('Patched.');
    const heard = [
      { role: 'user', content: 'Patch it' },
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: 'call_1', name: 'apply_patch', arguments: '{"input":"*** Begin\\n+\\"x\\""}' }],
      },
      { role: 'tool', content: 'Done', toolCallId: 'call_1' },
    ];
    expect(api.asked[1]?.input).toEqual({ messages: heard });
    const { type, call_id, name, input } = { ...call, type: 'custom_tool_call' as const };
    const items = [{ role: 'user' as const, content: 'Patch it' }, { type, call_id, name, input }, output];
    await openai.responses.create({ model: 'scripted', store: false, input: items, tools });
    expect(api.asked[2]?.input).toEqual({ messages: heard });
    const { id } = await openai.conversations.create({ items });
    const { data } = await openai.conversations.items.list(id, { order: 'asc' });
    expect(data.slice(1)).toMatchObject([
      { type, input },
      { type: 'custom_tool_call_output', output: 'Done' },
    ]);
  });

  it('is what Codex asks for: all of it each time, tools that are not here, nothing kept', async () => {
    await start(() => ({
      reasoning: 'List first.',
      toolCalls: [{ id: 'call_2', name: 'shell', arguments: '{"command":["ls"]}' }],
    }));
    const body = {
      model: 'scripted',
      instructions: 'You are a coding agent.',
      input: [
        { type: 'message', role: 'developer', content: [{ type: 'input_text', text: '<permissions>' }] },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'List files' }] },
        {
          type: 'reasoning',
          summary: [{ type: 'summary_text', text: 'Look.' }],
          content: null,
          encrypted_content: null,
        },
        { type: 'function_call', name: 'shell', arguments: '{"command":["pwd"]}', call_id: 'call_1' },
        { type: 'function_call_output', call_id: 'call_1', output: '/work' },
        {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'In /work.' }],
          phase: 'commentary',
        },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go on' }] },
      ],
      tools: [
        {
          type: 'function',
          name: 'shell',
          description: 'Runs',
          strict: false,
          parameters: { type: 'object', properties: {} },
        },
        { type: 'web_search', external_web_access: false },
        { type: 'custom', name: 'apply_patch', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } },
      ],
      tool_choice: 'auto',
      parallel_tool_calls: false,
      reasoning: { effort: 'medium', summary: 'auto' },
      store: false,
      stream: true,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'a-session',
      text: { verbosity: 'low' },
      client_metadata: { installation: 'x' },
    };
    const response = await fetch(`${api.url}/responses`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        authorization: `Bearer ${api.apiKey}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = (await response.text())
      .split('\n\n')
      .flatMap((frame) => /^event: (.*)\ndata: (.*)$/m.exec(frame)?.slice(1) ?? [])
      .filter((_, index) => index % 2 === 0);
    expect(events.filter((type) => /item|completed/.test(type))).toEqual([
      'response.output_item.added',
      'response.output_item.done',
      'response.output_item.added',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(api.asked[0]).toMatchObject({
      reasoning: true,
      parallelToolCalls: false,
      tools: [{ name: 'shell' }, { name: 'apply_patch' }],
      input: {
        messages: [
          { role: 'system', content: 'You are a coding agent.' },
          { role: 'system', content: '<permissions>' },
          { role: 'user', content: 'List files' },
          { role: 'assistant', reasoning: 'Look.', toolCalls: [{ id: 'call_1' }] },
          { role: 'tool', content: '/work', toolCallId: 'call_1' },
          { role: 'assistant', content: 'In /work.' },
          { role: 'user', content: 'Go on' },
        ],
      },
    });
  });

  it('reads what a local shell was told, and leaves out what tools of other places did, with a note of each', async () => {
    await start(() => 'In /work.');
    const response = await openai.responses.create({
      model: 'scripted',
      input: [
        { role: 'user', content: 'Where?' },
        {
          type: 'local_shell_call',
          id: 'lsh_1',
          call_id: 'call_1',
          status: 'completed',
          action: { type: 'exec', command: ['pwd'], env: {} },
        },
        { type: 'local_shell_call_output', id: 'call_1', output: '/work' },
        {
          type: 'web_search_call',
          id: 'ws_1',
          status: 'completed',
          action: { type: 'search', query: 'x', queries: [] },
        },
        { type: 'shell_call_output', call_id: 'call_2', output: [] },
        { role: 'user', content: 'Once more' },
      ],
    });
    expect(api.asked[0]?.input).toEqual({
      messages: [
        { role: 'user', content: 'Where?' },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_1', name: 'local_shell', arguments: '{"type":"exec","command":["pwd"],"env":{}}' }],
        },
        { role: 'tool', content: '/work', toolCallId: 'call_1' },
        { role: 'user', content: 'Once more' },
      ],
    });
    expect(response).toMatchObject({
      notes: [
        expect.stringMatching(/^input\[3\].*web_search_call/),
        expect.stringMatching(/^input\[4\].*shell_call_output/),
      ],
    });
    await expect(
      openai.post('/responses', {
        body: { model: 'scripted', input: [{ type: 'mesage', role: 'user', content: 'x' }] },
      }),
    ).rejects.toMatchObject({ status: 400, param: 'input[0].type' });
  });

  it('reads an item by its name', async () => {
    await start(() => callWeather);
    const first = await openai.responses.create({ model: 'scripted', input: 'Weather?', tools: [weather] });
    const [call] = first.output;
    await openai.responses.create({
      model: 'scripted',
      input: [
        { role: 'user', content: 'Weather?' },
        { type: 'item_reference', id: call?.id ?? '' },
        { type: 'function_call_output', call_id: 'call_1', output: 'sun' },
      ],
    });
    expect(api.asked[1]?.input).toMatchObject({
      messages: [{}, { toolCalls: [{ id: 'call_1' }] }, { content: 'sun' }],
    });
    await expect(
      openai.responses.create({ model: 'scripted', input: [{ type: 'item_reference', id: 'msg_nothing' }] }),
    ).rejects.toMatchObject({ status: 400, param: 'input' });
    const twice = { type: 'item_reference' as const, id: call?.id ?? '' };
    await expect(openai.responses.create({ model: 'scripted', input: [twice, twice] })).rejects.toMatchObject({
      status: 400,
      param: 'input',
      message: expect.stringContaining('twice'),
    });
  });

  it('reads a kept response once, however many of its items are named', async () => {
    await start(() => 'Hi.');
    const input = Array.from({ length: 30 }, (_, index) => ({ role: 'user' as const, content: `${index}` }));
    const { id } = await openai.responses.create({ model: 'scripted', input });
    const items = await collect(openai.responses.inputItems.list(id, { order: 'asc' }));
    const get = vi.spyOn(api.threads.responses, 'get');
    const references = items.map((item) => ({ type: 'item_reference' as const, id: item.id ?? '' }));
    await openai.responses.create({ model: 'scripted', input: references });
    expect(api.asked[1]?.input).toEqual(api.asked[0]?.input);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it.each([
    { tools: [{ type: 'unknown', deep: 0 }] },
    { input: [{ type: 'mcp_list_tools', server_label: 'x', tools: [{ name: 'x', input_schema: { deep: 0 } }] }] },
    { user: { deep: 0 } },
  ])('refuses what is nested too deeply: %j', async (field) => {
    await start(() => 'Hi.');
    const deep = `"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const response = await fetch(`${api.url}/responses`, {
      method: 'POST',
      body: JSON.stringify({ model: 'scripted', input: 'Hi', ...field }).replace('"deep":0', deep),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('deep');
  });

  it('is parsed where a form was asked for', async () => {
    await start(() => '{"name":"Ada","age":36}');
    const response = await openai.responses.parse({
      model: 'scripted',
      input: 'Who?',
      text: { format: zodTextFormat(z.object({ name: z.string(), age: z.number().int() }), 'person') },
    });
    expect(response.output_parsed).toEqual({ name: 'Ada', age: 36 });
    expect(api.asked[0]?.schema).toMatchObject({ type: 'object', required: ['name', 'age'] });
  });

  it('tells what it can not do: tools it does not know', async () => {
    await start(() => 'No.');
    const response = await openai.responses.create({
      model: 'scripted',
      input: 'Search',
      tools: [{ type: 'web_search' }, weather],
    });
    expect(api.asked[0]?.tools).toMatchObject([{ name: 'weather' }]);
    expect(response).toMatchObject({ notes: [expect.stringContaining('web_search')] });
  });

  it('says that it was cut', async () => {
    await start(() => ({ text: 'Once upon', finishReason: 'length' }));
    const response = await openai.responses.create({ model: 'scripted', input: 'Tell', max_output_tokens: 2 });
    expect(api.asked[0]?.maxTokens).toBe(2);
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
    });
  });

  it('passes on how it is to be drawn', async () => {
    await start(() => ({ text: 'Hi.', droppedMessages: 2 }));
    const response = await openai.responses.create({
      model: 'scripted',
      input: 'Hi',
      temperature: 0.3,
      top_p: 0.5,
      truncation: 'auto',
      reasoning: { effort: 'none' },
      text: { format: { type: 'json_object' } },
    });
    expect(api.asked[0]).toMatchObject({
      temperature: 0.3,
      topP: 0.5,
      overflow: 'drop-oldest',
      reasoning: false,
      schema: { type: 'object' },
    });
    expect(response).toMatchObject({ temperature: 0.3, top_p: 0.5, truncation: 'auto', dropped_messages: 2 });
  });

  it('tells the probabilities of its tokens', async () => {
    const yes = { token: 5, text: 'Yes', bytes: [89, 101, 115], logprob: -0.1 };
    await start({
      answer: () => '',
      generate: async (request) => {
        const logprobs = [{ ...yes, top: [yes] }];
        request.onPart?.({ type: 'text', text: 'Yes', logprobs });
        return { ...plain, text: 'Yes', logprobs };
      },
    });
    const response = await openai.responses.create({
      model: 'scripted',
      input: 'Well?',
      top_logprobs: 1,
      include: ['message.output_text.logprobs'],
    });
    expect(api.asked[0]?.logprobs).toBe(1);
    const told = { token: 'Yes', logprob: -0.1, bytes: [89, 101, 115] };
    expect(response.output).toMatchObject([{ content: [{ logprobs: [{ ...told, top_logprobs: [told] }] }] }]);
  });

  it('counts the tokens of what it would read', async () => {
    await start({
      answer: () => '',
      countPrompt: async ({ input, tools }) => ('messages' in input ? input.messages.length : 0) + (tools ?? []).length,
    });
    const count = await openai.responses.inputTokens.count({
      model: 'scripted',
      instructions: 'Be brief',
      input: 'Hello',
      tools: [weather],
    });
    expect(count).toEqual({ object: 'response.input_tokens', input_tokens: 3 });
  });

  it('reads files of text, and refuses by name what it can not read', async () => {
    await start(() => 'Ok.');
    const file = (data: Uint8Array) => ({
      role: 'user' as const,
      content: [
        {
          type: 'input_file' as const,
          filename: 'a.txt',
          file_data: `data:text/plain;base64,${Buffer.from(data).toString('base64')}`,
        },
      ],
    });
    await openai.responses.create({ model: 'scripted', input: [file(Buffer.from('In the file'))] });
    expect(api.asked[0]?.input).toMatchObject({ messages: [{ content: expect.stringContaining('In the file') }] });
    const { id } = await openai.files.create({
      file: await OpenAI.toFile(Buffer.from('Kept here'), 'kept.txt'),
      purpose: 'user_data',
    });
    const named = (name: string) => ({
      role: 'user' as const,
      content: [{ type: 'input_file' as const, file_id: name }],
    });
    await openai.responses.create({ model: 'scripted', input: [named(id)] });
    expect(api.asked[1]?.input).toMatchObject({
      messages: [{ content: '<attachment name="kept.txt">\nKept here\n</attachment>' }],
    });
    await expect(openai.responses.create({ model: 'scripted', input: [named('file-x')] })).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      openai.responses.create({ model: 'scripted', input: [file(Uint8Array.of(0xff, 0xfe))] }),
    ).rejects.toMatchObject({ status: 400, param: 'input[0].content[0].file_data' });
    await expect(
      openai.responses.create({
        model: 'scripted',
        input: [
          { role: 'user', content: [{ type: 'input_image', image_url: 'https://x.example/a.png', detail: 'auto' }] },
        ],
      }),
    ).rejects.toMatchObject({ status: 400, param: expect.stringContaining('input[0].content[0].type') });
  });

  it.each([
    [{ model: 'nope' }, 404, 'model'],
    [{ input: [] }, 400, 'input'],
    [{ temperature: 9 }, 400, 'temperature'],
    [{ previous_response_id: 'resp_x', conversation: 'conv_x' }, 400, 'previous_response_id'],
    [{ previous_response_id: 'resp_x' }, 400, 'previous_response_id'],
    [{ background: true, store: false }, 400, 'background'],
    [{ surprise: 1 }, 400, 'surprise'],
    [{ tool_choice: 'required' }, 400, 'tool_choice'],
    [{ tools: [{ type: 'function' }] }, 400, 'tools[0].name'],
    [{ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v'])) }, 400, 'metadata'],
    [{ input: [{ type: 'compaction', encrypted_content: 'x' }] }, 400, 'input[0].type'],
  ])('refuses %j by name', async (body, status, param) => {
    await start(() => 'Hi.');
    await expect(
      openai.post('/responses', { body: { model: 'scripted', input: 'Hi', ...body } }),
    ).rejects.toMatchObject({ status, param });
    expect(api.asked).toEqual([]);
  });
});

describe('a streamed response', () => {
  it('tells its output in the order the SDK expects', async () => {
    await start(() => ({ reasoning: 'Let me think about it.', text: 'It is forty-two, of course.' }));
    const events = await collect(await openai.responses.create({ model: 'scripted', input: 'Why?', stream: true }));
    expect(types(events)).toEqual([...reasonedResponse]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const last = events.at(-1);
    expect(last?.type === 'response.completed' && last.response.output).toMatchObject([
      { type: 'reasoning', summary: [], content: [{ text: 'Let me think about it.' }] },
      { type: 'message', content: [{ text: 'It is forty-two, of course.' }] },
    ]);
  });

  it("accumulates in the SDK's own helper to what is kept", async () => {
    await start(() => ({ ...callWeather, text: 'I look.', reasoning: 'A tool helps.' }));
    const stream = openai.responses.stream({
      model: 'scripted',
      input: 'Weather?',
      tools: [weather],
      reasoning: { summary: 'auto' },
    });
    const seen: string[] = [];
    stream.on('response.function_call_arguments.delta', ({ snapshot }) => seen.push(snapshot));
    const final = await stream.finalResponse();
    expect(seen.at(-1)).toBe('{"place":"Hanoi"}');
    expect(final.output).toMatchObject([
      { type: 'reasoning', summary: [{ text: 'A tool helps.' }] },
      { type: 'message' },
      { type: 'function_call', parsed_arguments: { place: 'Hanoi' } },
    ]);
    const kept = await openai.responses.retrieve(final.id);
    expect(kept.output.map(({ id }) => id)).toEqual(final.output.map(({ id }) => id));
  });

  it('fails with its own status before the first word, and as an event after it', async () => {
    let words = false;
    await start({
      answer: () => '',
      generate: async (request) => {
        if (words) request.onPart?.({ type: 'text', text: 'Well' });
        throw new AppError('CONTEXT_OVERFLOW', 'Too long.');
      },
    });
    const ask = async () => collect(await openai.responses.create({ model: 'scripted', input: 'Hi', stream: true }));
    await expect(ask()).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'input' });
    await expect(openai.responses.create({ model: 'scripted', input: 'Hi' })).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
    words = true;
    const last = (await ask()).at(-1);
    expect(last).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'context_length_exceeded', message: 'Too long.' } },
    });
  });

  it('is not deleted while it is written, which would only seem so', async () => {
    const { options, halted, goOn } = halting();
    await start(options);
    const stream = openai.responses.stream({ model: 'scripted', input: 'Hi' });
    const created = stream.emitted('response.created');
    await halted;
    const { id } = (await created).response;
    await expect(openai.responses.delete(id)).rejects.toMatchObject({ status: 409 });
    goOn();
    await stream.finalResponse();
    await openai.responses.delete(id);
    await expect(openai.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it('ends when its reader leaves, and says so', async () => {
    const { options, halted } = halting();
    const stopped = Promise.withResolvers<void>();
    await start({
      ...options,
      generate: (request) => {
        request.signal?.addEventListener('abort', () => stopped.resolve());
        return options.generate(request);
      },
    });
    const stream = await openai.responses.create({ model: 'scripted', input: 'Hi', stream: true });
    let id = '';
    for await (const event of stream) {
      if (event.type === 'response.created') ({ id } = event.response);
      if (event.type === 'response.output_text.delta') break;
    }
    await halted;
    await stopped.promise;
    expect(await finished(id)).toMatchObject({ status: 'cancelled', output_text: 'First. ' });
  });
});

describe('a response in the background', () => {
  it('is polled', async () => {
    const { options, goOn } = halting();
    await start(options);
    const begun = await openai.responses.create({ model: 'scripted', input: 'Hi', background: true });
    expect(begun).toMatchObject({ status: 'queued', background: true });
    expect((await openai.responses.retrieve(begun.id)).status).toBe('in_progress');
    goOn();
    expect(await finished(begun.id)).toMatchObject({ status: 'completed', output_text: 'First. Second.' });
    expect(await openai.responses.cancel(begun.id)).toMatchObject({ status: 'completed' });
  });

  it('is cancelled, with what was written kept', async () => {
    const { options, halted } = halting();
    await start(options);
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi', background: true });
    await halted;
    expect(await openai.responses.cancel(id)).toMatchObject({ status: 'cancelled' });
    expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'cancelled', output_text: 'First. ' });
    const other = await openai.responses.create({ model: 'scripted', input: 'Hi', store: true, background: true });
    await openai.responses.delete(other.id);
    await expect(openai.responses.retrieve(other.id)).rejects.toMatchObject({ status: 404 });
  });

  it.each([{ stream: true }, { stream: false }])('does not begin where the disk is full: %j', async ({ stream }) => {
    await start(() => 'Hi.');
    vi.spyOn(api.threads.responses, 'put').mockImplementation(() => {
      throw new AppError('STORAGE_FULL', 'The disk is full.');
    });
    await expect(
      openai.responses.create({ model: 'scripted', input: 'Hi', background: true, stream }),
    ).rejects.toMatchObject({ status: 507 });
    expect(api.asked).toEqual([]);
  });

  it('can only be cancelled where it was in the background', async () => {
    await start(() => 'Hi.');
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi' });
    await expect(openai.responses.cancel(id)).rejects.toMatchObject({ status: 400 });
  });

  it('is taken up again where the stream broke off, while it runs and after it', async () => {
    const { options, halted, goOn } = halting();
    await start(options);
    const stream = await openai.responses.create({ model: 'scripted', input: 'Hi', background: true, stream: true });
    const seen: ResponseStreamEvent[] = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.type === 'response.output_text.delta') break;
    }
    await halted;
    const [created] = seen;
    const id = created?.type === 'response.created' ? created.response.id : '';
    // The last one again, so that the stream is known to be taken up before it goes on.
    const after = (seen.pop()?.sequence_number ?? 0) - 1;
    const resumed = await openai.responses.retrieve(id, { stream: true, starting_after: after });
    goOn();
    const rest = await collect(resumed);
    expect([...seen, ...rest].map((event) => event.sequence_number)).toEqual(
      [...seen, ...rest].map((_, index) => index),
    );
    expect(rest.at(-1)).toMatchObject({
      type: 'response.completed',
      response: { output: [{ content: [{ text: 'First. Second.' }] }] },
    });
    const whole = await collect(await openai.responses.retrieve(id, { stream: true }));
    expect(whole).toEqual([...seen, ...rest]);
    const helped = await openai.responses.stream({ response_id: id, starting_after: after }).finalResponse();
    expect(helped.output_text).toBe('First. Second.');
  });

  it('says that it failed where the node stopped in the middle of it', async () => {
    const { options, halted } = halting();
    await start(options);
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi', background: true });
    await halted;
    await api.threads.stop();
    expect(await openai.responses.retrieve(id)).toMatchObject({
      status: 'failed',
      error: { code: 'server_error' },
      output_text: 'First. ',
    });
  });
});

it('a response that was being written when the node was killed has failed', async () => {
  const { options, halted } = halting();
  await start(options);
  const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi', background: true });
  await halted;
  const inner = id.replace(/^resp_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const row = api.threads.responses.get(inner);
  expect(row?.status).toBe('in_progress');
  await api.threads.stop();
  // As a kill leaves it: what the end would have written is not there.
  if (row) api.threads.responses.put(row);
  expect(await openai.responses.retrieve(id)).toMatchObject({
    status: 'failed',
    error: { code: 'server_error' },
    output: [],
  });
});

describe('a response in a conversation', () => {
  it('goes on from its items and adds its own', async () => {
    await start(() => ({ text: 'Second.', reasoning: 'Hm.' }));
    const conversation = await openai.conversations.create({ items: [{ role: 'user', content: 'First' }] });
    const response = await openai.responses.create({
      model: 'scripted',
      input: 'And then?',
      conversation: conversation.id,
    });
    expect(response.conversation).toEqual({ id: conversation.id });
    expect(api.asked[0]?.input).toMatchObject({ messages: [{ content: 'First' }, { content: 'And then?' }] });
    const items = await collect(openai.conversations.items.list(conversation.id, { order: 'asc' }));
    expect(items.map(({ type }) => type)).toEqual(['message', 'message', 'reasoning', 'message']);
    expect(items.at(-1)?.id).toBe(response.output.at(-1)?.id);
    await openai.responses.create({ model: 'scripted', input: 'Apart', previous_response_id: response.id });
    expect(api.asked[1]?.input).toMatchObject({
      messages: ['First', 'And then?', 'Second.', 'Apart'].map((content) => ({ content })),
    });
    expect(await collect(openai.conversations.items.list(conversation.id))).toHaveLength(4);
  });

  it('takes turns', async () => {
    const { options, halted, goOn } = halting();
    await start(options);
    const { id: conversation } = await openai.conversations.create();
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi', conversation, background: true });
    await halted;
    await expect(openai.responses.create({ model: 'scripted', input: 'Me too', conversation })).rejects.toMatchObject({
      status: 409,
      param: 'conversation',
    });
    goOn();
    await finished(id);
    await openai.responses.create({ model: 'scripted', input: 'Now me', conversation });
  });

  it('waits for the end of what a person asked for there', async () => {
    const { options, halted, goOn } = halting();
    await start(options);
    const { id: conversation } = await openai.conversations.create();
    const [thread] = await api.threads.threads.list({}, call);
    await api.threads.threads.send({ id: thread?.id ?? '', text: 'A person asks' }, call);
    await halted;
    await expect(openai.responses.create({ model: 'scripted', input: 'Me too', conversation })).rejects.toMatchObject({
      status: 409,
      param: 'conversation',
    });
    goOn();
  });

  it('fails where the conversation is deleted meanwhile, and is not completed', async () => {
    const { options, halted, goOn } = halting();
    await start(options);
    const { id: conversation } = await openai.conversations.create();
    const { id } = await openai.responses.create({ model: 'scripted', input: 'Hi', conversation, background: true });
    await halted;
    await openai.conversations.delete(conversation);
    goOn();
    expect(await finished(id)).toMatchObject({ status: 'failed', completed_at: null, error: { code: 'not_found' } });
  });

  it('fails where there is none', async () => {
    await start(() => 'Hi.');
    await expect(
      openai.responses.create({ model: 'scripted', input: 'Hi', conversation: 'conv_x' }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
