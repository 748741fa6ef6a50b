import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger, silentLogger } from './common/index.ts';
import { parseConfig } from './config/index.ts';
import { createRuntime } from './runtime.ts';
import { startTestNode, type TestNode, type TestNodeOptions } from './testing/start-test-node.ts';
import { writeTestCatalog } from './testing/test-catalog.ts';

let root: string;
let nodes: TestNode[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jan-runtime-'));
  nodes = [];
});

afterEach(async () => {
  vi.useRealTimers();
  for (const node of nodes) await node.stop();
  rmSync(root, { recursive: true, force: true });
});

const start = async ({ components, ...options }: TestNodeOptions = {}): Promise<TestNode> => {
  const node = await startTestNode({
    dir: join(root, 'data'),
    ...options,
    components: { catalogPath: writeTestCatalog(root), ...components },
  });
  nodes.push(node);
  return node;
};

const titles = async ({ client }: TestNode) => (await client.tasks.list({ view: 'inbox' })).map(({ title }) => title);

describe('a first start', () => {
  it('shows what can be done, and takes it away with one undo', async () => {
    const node = await start();
    expect(await titles(node)).toHaveLength(3);
    expect(await node.client.notes.list({})).toMatchObject([{ title: 'Start here' }]);
    expect(await node.client.history.list({})).toHaveLength(1);
    await node.client.history.undo({});
    expect(await titles(node)).toEqual([]);
    expect(await node.client.notes.list({})).toEqual([]);
  });

  it('happens once', async () => {
    const first = await start();
    await first.client.history.undo({});
    await first.stop();
    const second = await start();
    expect(await titles(second)).toEqual([]);
  });

  it('keeps everything to its user', async () => {
    const { dir } = await start();
    const open = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dir, name))
      .filter((path) => statSync(path).isDirectory() && (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });
});

describe('a start that fails', () => {
  it('leaves nothing running and nothing announced', async () => {
    const first = await start();
    await expect(start({ config: { port: 0 } })).rejects.toMatchObject({ code: 'VAULT_IN_USE' });
    expect(existsSync(join(first.dir, 'endpoint.json'))).toBe(true);
    await expect(start({ dir: join(root, 'elsewhere'), config: { port: first.port } })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    });
    expect(existsSync(join(root, 'elsewhere'))).toBe(false);
    expect((await fetch(`${first.url}/health`)).status).toBe(200);
  });
});

describe('a stop', () => {
  it('may come twice', async () => {
    const node = await start();
    const url = `${node.url}/health`;
    await Promise.all([node.runtime.stop(), node.runtime.stop()]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(existsSync(join(node.dir, 'endpoint.json'))).toBe(false);
  });

  it('may come while the start is under way, and wins', async () => {
    const dataDir = join(root, 'data');
    const runtime = createRuntime(parseConfig({ dataDir }), {
      logger: silentLogger,
      version: '0.0.0',
      host: 'server',
      uiDir: root,
      catalogPath: writeTestCatalog(root),
    });
    const starting = runtime.start();
    await runtime.stop();
    await starting;
    expect(existsSync(join(dataDir, 'endpoint.json'))).toBe(false);
    expect(await titles(await start())).toBeInstanceOf(Array);
  });
});

describe('the lock that falls by itself', () => {
  const minute = 60_000;

  it('waits for a person who is active, and comes when they leave', async () => {
    const node = await start();
    await node.client.vault.addPassphrase({ passphrase: 'correct horse battery' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await node.client.system.updateSettings({ autoLockMinutes: 5 });
    await vi.advanceTimersByTimeAsync(4 * minute);
    await node.client.tasks.list({ view: 'inbox' });
    await vi.advanceTimersByTimeAsync(4 * minute);
    expect(await node.client.vault.status()).toMatchObject({ state: 'open' });
    await vi.advanceTimersByTimeAsync(5 * minute + 1_000);
    vi.useRealTimers();
    await expect.poll(async () => (await node.client.vault.status()).state).toBe('locked');
  });

  it('does not come where only the machine could open the vault again', async () => {
    const node = await start();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await node.client.system.updateSettings({ autoLockMinutes: 5 });
    await vi.advanceTimersByTimeAsync(60 * minute);
    vi.useRealTimers();
    expect(await node.client.vault.status()).toMatchObject({ state: 'open' });
  });
});

describe('a vault that this machine can not open', () => {
  it('is served locked, opens with the passphrase, and then models and runs are there', async () => {
    const first = await start();
    await first.client.vault.addPassphrase({ passphrase: 'correct horse battery' });
    const file = (await first.client.vault.status()).slots.find(({ kind }) => kind === 'key-file');
    await first.client.vault.removeSlot({ slotId: file?.id ?? '' });
    await first.stop();

    const node = await start();
    expect(await node.client.vault.status()).toMatchObject({ state: 'locked' });
    await expect(node.client.models.list()).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await node.client.vault.unlock({ with: 'passphrase', passphrase: 'correct horse battery' });
    expect(await titles(node)).toHaveLength(3);
    expect(await node.client.models.list()).toMatchObject([{ id: 'jan-builtin' }]);
    await expect
      .poll(async () => (await node.client.models.status()).loadedModel, { timeout: 10_000 })
      .toBe('jan-builtin');
  });
});

describe('the log', () => {
  it('says nothing that a person wrote, also when something fails', async () => {
    const lines: string[] = [];
    const planted = 'planted-phrase-7f3a';
    const node = await start({ components: { logger: createLogger((line) => void lines.push(line), 'debug') } });
    const task = await node.client.tasks.create({ title: planted, notes: planted });
    await node.client.notes.create({ text: `# ${planted}` });
    await node.client.search({ query: planted });
    await node.client.quickAdd.save({ text: `${planted} tomorrow #${planted}` });
    await node.client.tasks.get({ id: planted }).catch(() => undefined);
    await node.client.tasks.update({ id: task.id, patch: { parentId: planted } }).catch(() => undefined);
    await node.client.vault.unlock({ with: 'passphrase', passphrase: planted }).catch(() => undefined);
    const headers = { authorization: `Bearer ${node.apiKey}` };
    await fetch(`${node.url}/v1/chat/completions`, { method: 'POST', headers, body: `{"${planted}": ${planted}` });
    await fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: planted, messages: [{ role: 'user', content: planted }] }),
    });
    await fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: 'jan-builtin', max_tokens: 4, messages: [{ role: 'user', content: planted }] }),
    });
    await fetch(`${node.url}/${planted}`);
    await node.stop();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(planted);
    expect(lines.join('')).not.toContain(node.apiKey);
  });
});

describe('a data directory with other things in it', () => {
  it('is left as it is beside the vault', async () => {
    mkdirSync(join(root, 'data'));
    mkdirSync(join(root, 'data', 'photos'));
    const node = await start();
    await node.stop();
    expect(readdirSync(join(root, 'data')).filter((name) => name === 'photos')).toEqual(['photos']);
  });
});
