/** The reference servers of the protocol, as they come from npm, over both transports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { McpTransport } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createTestClock, userCall } from '../../testing/open-test-workspace.ts';
import { createMcp, type Mcp } from './index.ts';

const program = (name: string): string =>
  fileURLToPath(new URL(`../../../node_modules/@modelcontextprotocol/${name}/dist/index.js`, import.meta.url));
const stdio = (name: string, ...args: string[]): McpTransport => ({
  type: 'stdio',
  command: process.execPath,
  args: [program(name), ...args],
  env: {},
});

let opened: ReturnType<typeof openTestStore>;
let mcp: Mcp;
const children: ChildProcess[] = [];
beforeEach(async () => {
  opened = openTestStore();
  mcp = createMcp({ store: () => opened.store, clock: createTestClock(), timing: { firstRetryMs: 20, callMs: 1_500 } });
  await mcp.start();
});
afterEach(async () => {
  await mcp.stop();
  for (const child of children.splice(0)) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  opened.dispose();
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise((done) => server.close(done));
  return port;
};

/** The same server as a web server of its own. */
const overHttp = async (): Promise<McpTransport> => {
  const port = await freePort();
  const child = spawn(process.execPath, [program('server-everything'), 'streamableHttp'], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('listening')) break;
  child.stderr.resume();
  return { type: 'http', url: `http://127.0.0.1:${port}/mcp`, token: null };
};

const approved = async (name: string, transport: McpTransport): Promise<string[]> => {
  const added = await mcp.handlers.addMcpServer({ name, transport }, userCall);
  expect(added).toMatchObject({ state: 'unapproved', error: null });
  await mcp.handlers.approveMcpServer({ id: added.id, hash: added.hash ?? '' }, userCall);
  return added.tools.map((tool) => tool.name);
};
const call = async (
  name: string,
  input: Record<string, unknown> = {},
  signal = new AbortController().signal,
): Promise<unknown> => {
  const tool = mcp.find(name);
  if (!tool) throw new Error(`there is no ${name}`);
  return tool.call(input, {
    signal,
    fetch: () => Promise.reject(new Error('nothing is fetched')),
    addresses: () => Promise.resolve([]),
    setting: () => null,
    store: () => opened.store,
    clock: createTestClock(),
  });
};

describe.each([
  ['a process', () => Promise.resolve(stdio('server-everything'))],
  ['a web server', overHttp],
])('the server of everything as %s', (_name, transport) => {
  it('is asked for what it has, and for nothing that needs more of Jan than tools', async () => {
    const tools = await approved('all', await transport());
    expect(tools).toEqual(expect.arrayContaining(['echo', 'get-sum', 'get-tiny-image', 'gzip-file-as-resource']));
    // Offered to who lets a server ask models, persons, or for folders.
    for (const name of ['trigger-sampling-request', 'trigger-elicitation-request', 'get-roots-list'])
      expect(tools).not.toContain(name);
    expect(await call('mcp.all.echo', { message: 'Grüße \u{1F642}' })).toEqual({
      text: 'Echo: Grüße \u{1F642}',
      data: null,
    });
    expect(await call('mcp.all.get-sum', { a: 2, b: 40 })).toMatchObject({ text: expect.stringContaining('42') });
    expect(await call('mcp.all.get-structured-content', { location: 'Chicago' })).toMatchObject({
      data: { temperature: expect.any(Number), conditions: expect.any(String) },
    });
    await expect(call('mcp.all.get-sum', { a: 'x' })).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  });

  it('has binary named and texts of resources passed on', async () => {
    await approved('all', await transport());
    expect(await call('mcp.all.get-tiny-image')).toMatchObject({
      text: expect.stringMatching(/\[image\/png, \d+ bytes\]/u),
    });
    expect(await call('mcp.all.get-resource-reference', { resourceType: 'Text', resourceId: 1 })).toMatchObject({
      text: expect.stringMatching(/\[text\/plain, demo:\/\/\S+\]\nResource 1/u),
    });
    expect(await call('mcp.all.get-resource-reference', { resourceType: 'Blob', resourceId: 1 })).toMatchObject({
      text: expect.stringMatching(/\[\S+, demo:\/\/\S+, \d+ bytes\]/u),
    });
    expect(await call('mcp.all.get-resource-links', { count: 2 })).toMatchObject({
      text: expect.stringMatching(/(\n\[\S+, demo:\/\/\S+\]){2}/u),
    });
  });

  it('is waited for while it says that it goes on, and not when it says nothing', async () => {
    await approved('all', await transport());
    const long = 'mcp.all.trigger-long-running-operation';
    expect(await call(long, { duration: 2.4, steps: 6 })).toMatchObject({ text: expect.stringContaining('completed') });
    await expect(call(long, { duration: 60, steps: 1 })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('1.5 s'),
    });
    const controller = new AbortController();
    const running = call(long, { duration: 60, steps: 600 }, controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await call('mcp.all.echo', { message: 'still' })).toMatchObject({ text: 'Echo: still' });
  });
});

describe('the server of files', () => {
  it('reads and writes where it may, says why not elsewhere, and what is too long or no text is not passed on', async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'jan-mcp-')));
    try {
      await approved('files', stdio('server-filesystem', dir));
      const path = join(dir, 'note.txt');
      await call('mcp.files.write_file', { path, content: 'tomatoes\n' });
      expect(readFileSync(path, 'utf8')).toBe('tomatoes\n');
      expect(await call('mcp.files.read_text_file', { path })).toMatchObject({ text: 'tomatoes\n' });
      expect(await call('mcp.files.list_directory', { path: dir })).toMatchObject({ text: '[FILE] note.txt' });
      await expect(call('mcp.files.read_text_file', { path: '/etc/passwd' })).rejects.toMatchObject({
        code: 'TOOL_FAILED',
        message: expect.stringContaining('Access denied'),
      });
      writeFileSync(join(dir, 'long.txt'), 'x'.repeat(3 * 2 ** 20));
      await expect(call('mcp.files.read_text_file', { path: join(dir, 'long.txt') })).rejects.toMatchObject({
        message: expect.stringContaining('more than 2 MB'),
      });
      writeFileSync(join(dir, 'dot.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
      const shown = JSON.stringify(await call('mcp.files.read_media_file', { path: join(dir, 'dot.png') }));
      expect(shown).toContain('[image/png, 8 bytes]');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('the server of memory', () => {
  it('keeps what it was told', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'jan-mcp-'));
    try {
      const transport = stdio('server-memory');
      await approved('memory', {
        ...transport,
        ...(transport.type === 'stdio' ? { env: { MEMORY_FILE_PATH: join(dir, 'memory.jsonl') } } : {}),
      });
      await call('mcp.memory.create_entities', {
        entities: [{ name: 'Ana', entityType: 'person', observations: ['likes figs'] }],
      });
      expect(await call('mcp.memory.search_nodes', { query: 'figs' })).toMatchObject({
        data: { entities: [{ name: 'Ana' }] },
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
