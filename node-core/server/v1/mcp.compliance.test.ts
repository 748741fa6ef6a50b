import OpenAI from 'openai';
import type { ResponseCreateParamsNonStreaming, ResponseStreamEvent, Tool } from 'openai/resources/responses/responses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateRequest, GenerateResult } from '../../inference/index.ts';
import { type McpServerScript, startMcpServer, type TestMcpServer } from '../../testing/mcp-server.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api.ts';

let api: ScriptedApi;
let openai: OpenAI;
let server: TestMcpServer | undefined;
let say: (request: GenerateRequest) => string | Partial<GenerateResult>;

const calls = (...names: string[]): Partial<GenerateResult> => ({
  toolCalls: names.map((name, index) => ({ id: `call_${index}`, name, arguments: '{"place":"Hanoi"}' })),
});
/** Calls the tools until there is an answer of one, then says what it was told. */
const callThenTell =
  (...names: string[]) =>
  ({ input }: GenerateRequest) => {
    const last = 'messages' in input ? input.messages.at(-1) : undefined;
    return last?.role === 'tool' ? `It says: ${last.content}` : calls(...names);
  };

beforeEach(async () => {
  api = await startScriptedApi({ answer: (request) => say(request) });
  openai = new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
});
afterEach(async () => {
  await api.close();
  await server?.close();
  server = undefined;
});

const serve = async (script?: McpServerScript): Promise<Tool.Mcp> => {
  server = await startMcpServer(script);
  return { type: 'mcp', server_label: 'maps', server_url: server.url, require_approval: 'never' };
};
const ask = (tool: Tool, more: Partial<ResponseCreateParamsNonStreaming> = {}) =>
  openai.responses.create({ model: 'scripted', input: 'Where?', tools: [tool], ...more });
const heard = () => (server?.heard ?? []).map(({ method }) => method);

describe('tools of MCP servers', () => {
  it.each([{ streams: false }, { streams: true }])('are listed, called and told to the model: %j', async (script) => {
    say = callThenTell('look');
    const tool = await serve({ ...script, call: (name, args) => ({ text: `${name} ${JSON.stringify(args)}` }) });
    const response = await ask({ ...tool, authorization: 'secret-key', headers: { 'x-team': 'secret-team' } });
    expect(response.output).toMatchObject([
      { type: 'mcp_list_tools', server_label: 'maps', tools: [{ name: 'look' }, { name: 'write' }, { name: 'erase' }] },
      {
        type: 'mcp_call',
        server_label: 'maps',
        name: 'look',
        arguments: '{"place":"Hanoi"}',
        output: 'look {"place":"Hanoi"}',
        error: null,
        status: 'completed',
      },
      { type: 'message', content: [{ text: 'It says: look {"place":"Hanoi"}' }] },
    ]);
    expect(api.asked[0]?.tools?.map(({ name }) => name)).toEqual(['look', 'write', 'erase']);
    expect(response.usage?.input_tokens).toBe(20);
    expect(heard()).toEqual([
      'initialize',
      'notifications/initialized',
      'tools/list',
      'tools/list',
      'tools/call',
      'DELETE',
    ]);
    expect(server?.heard[4]?.headers).toMatchObject({
      authorization: 'Bearer secret-key',
      'x-team': 'secret-team',
      'mcp-session-id': 'session-1',
      'mcp-protocol-version': '2025-11-25',
    });
    const kept = await openai.responses.retrieve(response.id);
    expect(kept).toEqual(response);
    expect(JSON.stringify(kept)).not.toContain('secret');
  });

  it('are told as events, which the SDK puts together', async () => {
    say = callThenTell('look');
    const tool = await serve();
    const stream = openai.responses.stream({ model: 'scripted', input: 'Where?', tools: [tool] });
    const events: ResponseStreamEvent[] = [];
    stream.on('event', (event) => events.push(event));
    const final = await stream.finalResponse();
    const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.mcp_list_tools.in_progress',
      'response.mcp_list_tools.completed',
      'response.output_item.done',
      'response.output_item.added',
      'response.mcp_call.in_progress',
      'response.mcp_call_arguments.delta',
      'response.mcp_call_arguments.done',
      'response.mcp_call.completed',
      'response.output_item.done',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(final.output.map(({ type }) => type)).toEqual(['mcp_list_tools', 'mcp_call', 'message']);
    const again: ResponseStreamEvent[] = [];
    for await (const event of await openai.responses.retrieve(final.id, { stream: true })) again.push(event);
    expect(again.filter(({ type }) => type.startsWith('response.mcp_call'))).toEqual(
      events.filter(({ type }) => type.startsWith('response.mcp_call')),
    );
  });

  it('wait for an approval, unless they need none', async () => {
    say = callThenTell('write');
    const { require_approval: _, ...tool } = await serve();
    const first = await ask(tool);
    expect(heard()).not.toContain('tools/call');
    const request = first.output.find(({ type }) => type === 'mcp_approval_request');
    expect(request).toMatchObject({ server_label: 'maps', name: 'write', arguments: '{"place":"Hanoi"}' });
    const answer = (approve: boolean) => [
      { type: 'mcp_approval_response' as const, approval_request_id: request?.id ?? '', approve },
    ];
    const refused = await ask(tool, { previous_response_id: first.id, input: answer(false) });
    expect(heard()).not.toContain('tools/call');
    expect(refused.output_text).toBe('It says: The person did not allow this call.');
    const approved = await ask(tool, { previous_response_id: first.id, input: answer(true) });
    expect(approved.output).toMatchObject([
      { type: 'mcp_call', name: 'write', output: 'done', approval_request_id: request?.id },
      { type: 'message', content: [{ text: 'It says: done' }] },
    ]);
    // The list is known from the first response, and what was carried out once is not again.
    expect(heard().filter((method) => method === 'tools/list')).toHaveLength(2);
    await ask(tool, { previous_response_id: approved.id, input: 'And now?' });
    expect(heard().filter((method) => method === 'tools/call')).toHaveLength(1);
  });

  it('need an approval by what they do', async () => {
    const tool = await serve();
    const rule = { never: { read_only: true }, always: { tool_names: ['erase'] } };
    say = callThenTell('look');
    expect((await ask({ ...tool, require_approval: rule })).output_text).toBe('It says: done');
    say = callThenTell('write');
    const { output } = await ask({ ...tool, require_approval: rule });
    expect(output.map(({ type }) => type)).toEqual(['mcp_list_tools', 'mcp_approval_request']);
  });

  it('are only those that are allowed', async () => {
    say = () => 'Nothing to do.';
    const tool = await serve();
    await ask({ ...tool, allowed_tools: ['write'] });
    await ask({ ...tool, allowed_tools: { read_only: true } });
    expect(api.asked.map(({ tools }) => tools?.map(({ name }) => name))).toEqual([['write'], ['look']]);
  });

  it('go beside functions, whose calls are left to the one who asks', async () => {
    say = () => calls('look', 'mine');
    const tool = await serve();
    const response = await openai.responses.create({
      model: 'scripted',
      input: 'Where?',
      tools: [tool, { type: 'function', name: 'mine', parameters: {}, strict: false }],
    });
    expect(response.output.map(({ type }) => type)).toEqual(['mcp_list_tools', 'function_call', 'mcp_call']);
    say = () => 'Both.';
    await openai.responses.create({
      model: 'scripted',
      previous_response_id: response.id,
      input: [{ type: 'function_call_output', call_id: 'call_1', output: 'mine too' }],
    });
    expect(api.asked[1]?.input).toMatchObject({
      messages: [
        { role: 'user' },
        { toolCalls: [{ name: 'mine' }, { name: 'look' }] },
        { content: 'done' },
        { content: 'mine too' },
      ],
    });
  });

  it('may fail: the model hears of it', async () => {
    say = callThenTell('look');
    const tool = await serve({ call: () => ({ text: 'no such place', isError: true }) });
    const response = await ask(tool);
    expect(response.output[1]).toMatchObject({ type: 'mcp_call', status: 'failed', output: null });
    expect(response.output_text).toContain('no such place');
  });

  it('may answer with nothing but data', async () => {
    say = callThenTell('look');
    const response = await ask(await serve({ call: () => ({ structuredContent: { city: 'Hanoi' } }) }));
    expect(response.output_text).toBe('It says: {"city":"Hanoi"}');
  });

  it('are called no more often than they may be', async () => {
    say = ({ toolChoice }) => (toolChoice === 'none' ? 'Enough.' : calls('look'));
    const tool = await serve();
    // The SDK's types have no such field; the API has.
    const few: object = { max_tool_calls: 2 };
    const response = await ask(tool, few);
    expect(heard().filter((method) => method === 'tools/call')).toHaveLength(2);
    expect(response.output_text).toBe('Enough.');
  });

  const json = (body: object) => ({ status: 200, body: JSON.stringify({ jsonrpc: '2.0', ...body }) });
  const events = { 'content-type': 'text/event-stream' };
  it.each([
    ['an error status', () => ({ status: 500, body: '' }), 'status 500'],
    ['no JSON', () => ({ status: 200, body: '<html>' }), 'could be read'],
    ['no word of the protocol', () => ({ status: 200, body: '{"a":1}' }), 'could be read'],
    ['another form', () => ({ status: 200, body: 'hello', headers: { 'content-type': 'text/html' } }), 'could be read'],
    [
      'an error',
      ({ id }: { id?: string | number | undefined }) => json({ id, error: { code: 1, message: 'go away' } }),
      'go away',
    ],
    ['too much', () => ({ status: 200, body: ' '.repeat(5_000_000) }), 'could be read'],
    ['too many events', () => ({ status: 200, body: ': \n'.repeat(2_000_000), headers: events }), 'no answer'],
    ['events without an answer', () => ({ status: 200, body: 'data: 1\n\n', headers: events }), 'no answer'],
    ['a way to another address', () => ({ status: 307, body: '', headers: { location: '/other' } }), 'reached'],
    ['the answer to another question', () => json({ id: 99, result: {} }), 'no answer'],
  ])('fail with a reason where the server answers with %s', async (_name, answer, reason) => {
    const tool = await serve({ answer });
    await expect(ask(tool)).rejects.toMatchObject({ status: 502, message: expect.stringContaining(reason) });
    await expect(ask(tool)).rejects.toMatchObject({ message: expect.stringContaining('"maps"') });
    expect(api.asked).toEqual([]);
  });

  it('lie on this machine, unless a person allows others', async () => {
    const tool = { type: 'mcp', server_label: 'far', server_url: 'https://mcp.example/mcp' } as const;
    await expect(ask(tool)).rejects.toMatchObject({
      status: 403,
      param: 'tools[0].server_url',
      code: 'remote_not_allowed',
    });
  });

  it.each([
    [{ server_url: 'file:///etc/passwd' }, 'tools[0].server_url'],
    [{ server_label: 'a b' }, 'tools[0].server_label'],
    [{ headers: { 'bad header': 'x' } }, 'tools[0].headers'],
  ])('are refused by name: %j', async (change, param) => {
    const tool: Tool.Mcp = { type: 'mcp', server_label: 'maps', server_url: 'http://127.0.0.1:1/', ...change };
    await expect(ask(tool)).rejects.toMatchObject({ status: 400, param });
  });
});
