import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '../../common/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createTestClock, userCall } from '../../testing/open-test-workspace.ts';
import { createTools, type Tools } from '../index.ts';

const hostile = fileURLToPath(new URL('../../testing/hostile-mcp-server.ts', import.meta.url));
let opened: ReturnType<typeof openTestStore>;
let tools: Tools;
beforeEach(async () => {
  opened = openTestStore();
  tools = createTools({
    store: () => opened.store,
    clock: createTestClock(),
    logger: createLogger(() => undefined, 'error'),
  });
  await tools.start();
});
afterEach(async () => {
  await tools.stop();
  opened.dispose();
});

it('has the tools of a server among the others while they are approved, each with a hash of its own', async () => {
  const { handlers, box } = tools;
  const transport = { type: 'stdio' as const, command: process.execPath, args: [hostile], env: {} };
  const added = await handlers.addMcpServer({ name: 'bad', transport }, userCall);
  const isListed = () => box.list().some(({ name }) => name === 'mcp.bad.echo');
  expect(isListed()).toBe(false);
  await handlers.approveMcpServer({ id: added.id, hash: added.hash ?? '' }, userCall);
  expect(isListed()).toBe(true);
  const found = (name: string) => {
    const tool = box.find(name);
    if (!tool) throw new Error(`there is no ${name}`);
    return tool;
  };
  const hash = box.definitionHash(found('mcp.bad.echo'));
  expect(hash).toMatch(/^[0-9a-f]{64}$/u);
  expect(box.definitionHash(found('mcp.bad.change'))).not.toBe(hash);
  expect(box.definitionHash(found('mcp.bad.echo'))).toBe(hash);
  const before = box.definitionHash(found('mcp.bad.change'));
  const { signal } = new AbortController();
  const change = found('mcp.bad.change');
  await change.call({}, box.context(change, { egress: [], signal }));
  await vi.waitFor(() => expect(isListed()).toBe(false));
  expect(box.missing(found('mcp.bad.echo'))).toContain('changed');
  expect(box.definitionHash(found('mcp.bad.change'))).not.toBe(before);
});

it('keeps the hash of a tool over a restart, and not over another server of that name', async () => {
  const { handlers, box } = tools;
  const transport = { type: 'stdio' as const, command: process.execPath, args: [hostile], env: {} };
  const add = async () => {
    const added = await handlers.addMcpServer({ name: 'bad', transport }, userCall);
    return handlers.approveMcpServer({ id: added.id, hash: added.hash ?? '' }, userCall);
  };
  const hash = () => {
    const tool = box.find('mcp.bad.echo');
    return tool && box.definitionHash(tool);
  };
  const { id } = await add();
  const before = hash();
  await tools.stop();
  expect(hash()).toBeUndefined();
  await tools.start();
  expect(hash()).toBe(before);
  await handlers.removeMcpServer({ id }, userCall);
  await add();
  expect(hash()).not.toBe(before);
});

it('tells what each of its tools is called, once', () => {
  const names = tools.box.list().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['workspace.search', 'knowledge.search', 'code.javascript', 'code.python', 'browser.open']),
  );
});
