import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { Answer, NewMcpServer, PlaybookStep, RunDetail } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { settledRun } from '../../testing/test-agents.ts';
import { createTools, defineTool, type Tool, type Toolbox, type Tools } from '../../tools/index.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
let tools: Tools;
const disposals: (() => unknown)[] = [];
beforeEach(async () => {
  opened = openTestStore();
  tools = createTools({ store: () => opened.store, clock: systemClock, logger: silentLogger });
  await tools.start();
});
afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
  await tools.stop();
  opened.dispose();
});

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  disposals.push(() => server.close());
  return (server.address() as AddressInfo).port;
};
const closedPort = async (): Promise<number> => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return port;
};

interface Scene {
  readonly agents: Agents;
  readonly run: RunDetail;
  readonly answer: (happened: Extract<Answer, { type: 'outcome' }>['happened']) => Promise<RunDetail>;
}

/** The run of one step that calls the tool, once a person has allowed the call where they are asked to. */
const called = async (
  name: string,
  given: Extract<PlaybookStep, { kind: 'tool' }>['with'],
  { box = tools.box, optional = false }: { readonly box?: Toolbox; readonly optional?: boolean } = {},
): Promise<Scene> => {
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: () => '' }),
    tools: box,
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  disposals.push(() => agents.stop());
  const playbook = scriptedPlaybook({
    tools: [name],
    steps: [
      { id: 'do', kind: 'tool', title: 'Do it', tool: name, with: given, optional },
      { id: 'keep', kind: 'change', title: 'Keep it', change: 'note', needs: ['do'], with: { text: 'Kept.' } },
    ],
    result: [{ title: 'Value', value: 'steps.do' }],
  });
  const { id } = await agents.runs.start(startOf(playbook), call);
  const say = async (answer: Answer): Promise<RunDetail> => {
    const [question] = (await agents.runs.get({ id }, call)).playbook?.questions ?? [];
    await agents.runs.answer({ id, questionId: question?.id ?? '', answer }, call);
    return settledRun(agents, id);
  };
  let run = await settledRun(agents, id);
  if (run.playbook?.questions[0]?.type === 'approve') run = await say({ type: 'approve', allow: true });
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
  return {
    agents,
    run,
    async answer(happened) {
      const after = await say({ type: 'outcome', happened });
      expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
      return after;
    },
  };
};

const asksFor = (message: string | RegExp) => ({
  state: 'waiting',
  playbook: {
    calls: [{ state: 'unknown' }],
    questions: [{ type: 'outcome', call: { error: { code: 'TOOL_FAILED', message: expect.stringMatching(message) } } }],
  },
});
const failsWith = (message: string | RegExp) => ({
  state: 'failed',
  error: { code: 'TOOL_FAILED', message: expect.stringMatching(message) },
  playbook: { questions: [] },
});

describe('a mail', () => {
  const letter = { to: ['you@example.org'], subject: 'Hi', text: 'Hello' };
  const commands = ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'the dot'] as const;
  type Command = (typeof commands)[number];

  /** What it says to a command instead; `null`: it drops the connection. */
  const smtp = async (instead: Partial<Record<Command, string | null>>) => {
    const heard: Command[] = [];
    const server = createServer((socket: Socket) => {
      let text = '';
      let isData = false;
      const reply = (to: Command, usual: string): void => {
        heard.push(to);
        const said = instead[to];
        if (said === null) socket.destroy();
        else socket.write(`${said ?? usual}\r\n`);
      };
      socket.on('error', () => undefined);
      socket.on('data', (part) => {
        text += part.toString();
        for (;;) {
          const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
          if (end < 0) return;
          const line = text.slice(0, end);
          text = text.slice(end + (isData ? 5 : 2));
          const command = isData ? 'the dot' : commands.find((one) => line.toUpperCase().startsWith(one));
          isData = command === 'DATA' && instead.DATA === undefined;
          if (command === 'EHLO') reply(command, '250-me\r\n250 AUTH PLAIN');
          else if (command === 'AUTH') reply(command, '235 ok');
          else if (command === 'DATA') reply(command, '354 go');
          else if (command) reply(command, '250 ok');
          else socket.write('250 ok\r\n');
        }
      });
      socket.write('220 me\r\n');
    });
    return { heard, port: await listening(server) };
  };
  const account = async (port: number): Promise<void> => {
    const settings = {
      'smtp-host': '127.0.0.1',
      'smtp-port': String(port),
      'smtp-security': 'none',
      user: 'me@example.org',
      password: 'secret',
    };
    for (const [setting, value] of Object.entries(settings))
      await tools.handlers.set({ tool: 'mail.send', setting, value }, call);
  };
  const lost = /^127\.0\.0\.1 was given the message, and ended before it said whether it took it\.$/u;

  it.each([false, true])('whose server ends after the last dot is asked about (optional: %s)', async (optional) => {
    const { heard, port } = await smtp({ 'the dot': null });
    await account(port);
    const { run, answer } = await called('mail.send', letter, { optional });
    expect(run).toMatchObject(asksFor(lost));
    expect(heard.filter((command) => command === 'the dot')).toHaveLength(1);
    expect(await answer('yes')).toMatchObject({
      state: 'done',
      result: { lines: [{ value: null }], notices: [expect.stringContaining('You said that it went through')] },
    });
    expect(heard.filter((command) => command === 'the dot')).toHaveLength(1);
  });

  it('that did not go out is left out where the person says so', async () => {
    const { heard, port } = await smtp({ 'the dot': null });
    await account(port);
    const { answer } = await called('mail.send', letter);
    expect(await answer('skip')).toMatchObject({
      state: 'done',
      result: { notices: [expect.stringContaining('The step was left out.')] },
    });
    expect(heard.filter((command) => command === 'the dot')).toHaveLength(1);
  });

  it('is sent again only where the person says so, and asked about again where that is not known either', async () => {
    const instead: Partial<Record<Command, string | null>> = { 'the dot': null };
    const { heard, port } = await smtp(instead);
    await account(port);
    const { answer } = await called('mail.send', letter);
    const again = await answer('again');
    expect(again).toMatchObject({ state: 'waiting', playbook: { questions: [{ type: 'outcome' }] } });
    expect(heard.filter((command) => command === 'the dot')).toHaveLength(2);
    delete instead['the dot'];
    expect(await answer('again')).toMatchObject({
      state: 'done',
      result: { lines: [{ value: { accepted: ['you@example.org'] } }] },
      playbook: { calls: [{ state: 'unknown' }, { state: 'unknown' }, { state: 'done' }] },
    });
  });

  it.each<[string, Partial<Record<Command, string | null>>, RegExp]>([
    ['refuses the login', { AUTH: '535 no' }, /refuses the user or the password/u],
    ['refuses who gets it', { RCPT: '550 no such user' }, /takes none of the recipients/u],
    ['refuses the message', { 'the dot': '554 spam' }, /did not do what it was asked for/u],
    ['ends before it asked for the message', { DATA: null }, /can't be reached/u],
    ['ends before it knows who gets it', { RCPT: null }, /can't be reached/u],
  ])('whose server %s has not gone out', async (_what, instead, message) => {
    await account((await smtp(instead)).port);
    expect((await called('mail.send', letter)).run).toMatchObject(failsWith(message));
  });

  it('whose server is not there has not gone out', async () => {
    await account(await closedPort());
    expect((await called('mail.send', letter)).run).toMatchObject(failsWith(/can't be reached/u));
  });
});

describe('a request', () => {
  const comment = { repository: 'o/r', number: 1, text: 'Hello' };
  const service = async (reply: (response: ServerResponse, method: string) => void) => {
    const heard: string[] = [];
    const server = createHttpServer((request, response) => {
      request.resume();
      request.once('end', () => {
        heard.push(request.method ?? '');
        reply(response, request.method ?? '');
      });
    });
    disposals.push(() => server.closeAllConnections());
    return { heard, port: await listening(server) };
  };
  const account = async (port: number): Promise<void> => {
    for (const [setting, value] of Object.entries({ token: 'x', address: `http://127.0.0.1:${port}/` }))
      await tools.handlers.set({ tool: 'github.comment', setting, value }, call);
  };
  const json = (response: ServerResponse, status: number, text: string, more = {}) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...more }).end(text);

  it.each<[string, (response: ServerResponse, method: string) => void, RegExp]>([
    [
      'hangs up',
      (response) => response.destroy(),
      /was written to, and its answer could not be read \(socket hang up\)/u,
    ],
    ['is behind one that answers 502', (response) => json(response, 502, '<html>'), /^GitHub answers 502\.$/u],
    ['answers in another form', (response) => json(response, 201, '{"id": 1}'), /^GitHub answers in a form/u],
    ['answers with half of JSON', (response) => json(response, 201, '{"html_'), /^GitHub answers in a form/u],
    [
      'ends in its answer',
      (response) => {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{', () => response.destroy());
      },
      /its answer could not be read/u,
    ],
    [
      'sends on to a page that is not there',
      (response, method) => json(response, method === 'POST' ? 303 : 404, '{}', { location: '/other' }),
      /sent on to another page, which answers 404/u,
    ],
    [
      'sends on to where nobody may go',
      (response) => json(response, 302, '', { location: 'http://169.254.169.254/' }),
      /169\.254\.169\.254/u,
    ],
  ])('that writes is asked about where the service %s', async (_what, reply, message) => {
    const { heard, port } = await service(reply);
    await account(port);
    const { run, answer } = await called('github.comment', comment, { optional: true });
    expect(run).toMatchObject(asksFor(message));
    expect(await answer('yes')).toMatchObject({ state: 'done', result: { lines: [{ value: null }] } });
    expect(heard.filter((method) => method === 'POST')).toHaveLength(1);
  });

  it.each<[number, RegExp]>([
    [401, /refuses the token/u],
    [404, /has nothing there/u],
    [422, /answers 422/u],
  ])('that writes and is answered %i has failed', async (status, message) => {
    await account((await service((response) => json(response, status, '{}'))).port);
    expect((await called('github.comment', comment)).run).toMatchObject(failsWith(message));
  });

  it('that is sent on to another machine has failed', async () => {
    const { port } = await service((response) => json(response, 307, '', { location: 'http://example.org/' }));
    await account(port);
    expect((await called('github.comment', comment)).run).toMatchObject({
      state: 'failed',
      error: { code: 'EGRESS_REFUSED' },
      playbook: { questions: [] },
    });
  });

  it('that no service takes has failed', async () => {
    await account(await closedPort());
    expect((await called('github.comment', comment)).run).toMatchObject(failsWith(/could not be read/u));
  });

  it('that only asks has failed, and was made three times', async () => {
    const { heard, port } = await service((response) => response.destroy());
    await account(port);
    const { run } = await called('github.read', { repository: 'o/r' });
    expect(run).toMatchObject(failsWith(/could not be read/u));
    expect(heard).toEqual(['GET', 'GET', 'GET']);
  });
});

describe('an MCP server', () => {
  const hostile = fileURLToPath(new URL('../../testing/hostile-mcp-server.ts', import.meta.url));
  beforeEach(async () => {
    const { handlers } = tools;
    const transport: NewMcpServer['transport'] = { type: 'stdio', command: process.execPath, args: [hostile], env: {} };
    const { id, hash } = await handlers.addMcpServer({ name: 'bad', transport }, call);
    await handlers.approveMcpServer({ id, hash: hash ?? '' }, call);
  });

  it('that dies in a call is asked about', async () => {
    const { run, answer } = await called('mcp.bad.die', {}, { optional: true });
    expect(run).toMatchObject(asksFor(/ended while "die" was under way/u));
    expect(await answer('skip')).toMatchObject({ state: 'done' });
  });

  it('that says of a call that it failed is believed', async () => {
    expect((await called('mcp.bad.fails', {})).run).toMatchObject(failsWith(/no such place/u));
  });
});

describe('a tool', () => {
  const sends = { effect: 'send-out', repeatable: false } as const;
  const with_ = (tool: Tool) => called('test.do', {}, { box: scriptedToolbox([tool]), optional: true });

  it.each<[string, Tool, RegExp]>([
    [
      'breaks',
      scriptedTool('test.do', () => Promise.reject(new TypeError('no such field')), sends),
      /^test\.do failed: no such field\.$/u,
    ],
    [
      'answers in another form',
      defineTool({
        ...scriptedTool('test.do', () => null, sends),
        output: scriptedTool('x', () => null).input,
        call: async () => ({ at: 10n }),
      }),
      /in a form that is not its own/u,
    ],
    [
      'answers with too much',
      scriptedTool('test.do', () => 'x'.repeat(2_000_001), sends),
      /at most 2000000 are taken\.$/u,
    ],
  ])('that sends and %s is asked about', async (_what, tool, message) => {
    const { run, answer } = await with_(tool);
    expect(run).toMatchObject(asksFor(message));
    expect(await answer('yes')).toMatchObject({ state: 'done' });
  });

  it('that may be repeated is, and nobody is asked', async () => {
    let calls = 0;
    const tool = scriptedTool(
      'test.do',
      () => {
        calls += 1;
        return Promise.reject(new TypeError('no such field'));
      },
      { effect: 'send-out', repeatable: true },
    );
    const { run } = await with_(tool);
    expect(run).toMatchObject({
      state: 'waiting',
      playbook: { calls: [{ state: 'failed' }, { state: 'waiting' }], questions: [{ type: 'approve' }] },
    });
    expect(calls).toBe(1);
  });
});
