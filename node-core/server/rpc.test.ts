import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract, NodeEvent } from '../contract/index.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { writeTestCatalog } from '../testing/test-catalog.ts';

type Client = ContractRouterClient<Contract>;
interface Line {
  readonly client: Client;
  close(): void;
  readonly closed: Promise<number>;
}

let node: TestNode;
let catalogDir: string;

beforeAll(async () => {
  catalogDir = mkdtempSync(join(tmpdir(), 'jan-catalog-'));
  node = await startTestNode({ components: { catalogPath: writeTestCatalog(catalogDir) } });
});

afterAll(async () => {
  await node.stop();
  rmSync(catalogDir, { recursive: true, force: true });
});

const overSocket = async (key = node.apiKey): Promise<Line> => {
  const socket = new WebSocket(`${node.url.replace('http', 'ws')}/rpc`, ['jan.rpc', `bearer.${key}`]);
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('refused')));
  });
  return {
    client: createORPCClient<Client>(new SocketLink({ websocket: socket })),
    close: () => socket.close(),
    closed,
  };
};

const overPort = async (): Promise<Line> => {
  const { port1: near, port2: far } = new MessageChannel();
  node.runtime.server.attach(far);
  const closed = new Promise<number>((resolve) => far.once('close', () => resolve(0)));
  const client = createORPCClient<Client>(new PortLink({ port: near }));
  near.start();
  return { client, close: () => near.close(), closed };
};

/** Collects until `enough`, then breaks off. */
const events = async (
  client: Client,
  enough: (seen: readonly NodeEvent[]) => boolean,
  onReady: () => Promise<unknown> = async () => undefined,
) => {
  const seen: NodeEvent[] = [];
  for await (const event of await client.system.events()) {
    seen.push(event);
    if (seen.length === 1) await onReady();
    if (enough(seen)) break;
  }
  return seen;
};

describe.each([
  ['a socket', overSocket],
  ['a port', overPort],
])('the contract over %s', (_name, open) => {
  it('answers, also with what JSON has no word for', async () => {
    const line = await open();
    const task = await line.client.tasks.create({ title: 'A <b>bold</b> "task" \u{1F600} \u0000' });
    expect(await line.client.tasks.get({ id: task.id })).toEqual(task);
    expect(await line.client.tasks.remove({ ids: [task.id] })).toBeUndefined();
    line.close();
  });

  it('fails with the code, the status and a message that says what to do', async () => {
    const line = await open();
    await expect(line.client.tasks.get({ id: 'nothing' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      message: expect.stringMatching(/\w/),
    });
    // @ts-expect-error what a client of another version may send
    await expect(line.client.tasks.get({ id: 5 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      status: 400,
      data: { field: 'id' },
    });
    // @ts-expect-error what a client of another version may send
    await expect(line.client.tasks.teleport({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const note = await line.client.notes.create({ text: 'one' });
    await line.client.notes.save({ id: note.id, text: 'two', revision: note.revision });
    await expect(line.client.notes.save({ id: note.id, text: 'three', revision: note.revision })).rejects.toMatchObject(
      { code: 'CONFLICT', status: 409, data: expect.objectContaining({}) },
    );
    line.close();
  });

  it('tells of changes, whoever makes them, after a greeting', async () => {
    const [watcher, other] = [await open(), await overSocket()];
    const seen = await events(
      watcher.client,
      (all) => all.some(({ type }) => type === 'workspace'),
      () => other.client.tasks.create({ title: 'News' }),
    );
    expect(seen[0]).toEqual({ type: 'hello' });
    expect(seen.find(({ type }) => type === 'workspace')).toMatchObject({ entities: [{ kind: 'task' }] });
    watcher.close();
    other.close();
  });

  it('ends the streams of a line that is gone', async () => {
    const line = await open();
    const stream = await line.client.system.events();
    await stream.next();
    const pending = stream.next().then(
      () => 'ended',
      () => 'ended',
    );
    line.close();
    expect(await pending).toBe('ended');
    await line.closed;
  });
});

describe('settings', () => {
  it('are kept, announced, and changed one by one', async () => {
    const line = await overSocket();
    const seen = await events(
      line.client,
      (all) => all.some(({ type }) => type === 'settings'),
      () => node.client.system.updateSettings({ theme: 'dark' }),
    );
    expect(seen.at(-1)).toMatchObject({ type: 'settings', settings: { theme: 'dark', defaultModelId: 'jan-builtin' } });
    await line.client.system.updateSettings({ weekStart: 'sunday' });
    expect(await line.client.system.settings()).toMatchObject({
      theme: 'dark',
      weekStart: 'sunday',
      autoLockMinutes: 0,
      allowRemote: false,
      fallbackModelId: null,
    });
    await expect(line.client.system.updateSettings({ defaultModelId: 'nothing' })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    line.close();
  });
});

describe('a locked vault', () => {
  it('refuses everything but what unlocks it, and everything works after', async () => {
    const line = await overSocket();
    const task = await line.client.tasks.create({ title: 'Behind the lock' });
    const seen = await events(
      line.client,
      (all) => all.some((event) => event.type === 'vault' && event.status.state === 'open'),
      async () => {
        await line.client.vault.lock();
        await Promise.all(
          [
            () => line.client.tasks.list({ view: 'all' }),
            () => line.client.tasks.create({ title: 'x' }),
            () => line.client.search({ query: 'Behind' }),
            () => line.client.history.list({}),
            () => line.client.runs.start({ skill: 'plan', goal: 'x' }),
            () => line.client.models.list(),
            () => line.client.keys.list(),
            () => line.client.system.settings(),
            () => line.client.vault.createRecovery(),
          ].map((call) => expect(call()).rejects.toMatchObject({ code: 'VAULT_LOCKED', status: 423 })),
        );
        expect((await line.client.system.info()).host).toBe('server');
        expect(await line.client.vault.status()).toMatchObject({ state: 'locked' });
        await line.client.vault.unlock({ with: 'stored-key' });
      },
    );
    expect(seen.filter(({ type }) => type === 'vault').length).toBeGreaterThan(0);
    expect(await line.client.tasks.get({ id: task.id })).toEqual(task);
    await events(
      line.client,
      (all) => all.some(({ type }) => type === 'workspace'),
      () => line.client.tasks.create({ title: 'Heard again' }),
    );
    line.close();
  });

  it('takes locking and unlocking from several hands at once', async () => {
    const turns = Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0 ? node.client.vault.lock() : node.client.vault.unlock({ with: 'stored-key' }),
    );
    await Promise.all(turns);
    expect(await node.client.vault.status()).toMatchObject({ state: 'open' });
    expect(await node.client.tasks.list({ view: 'inbox' })).not.toHaveLength(0);
  });
});

describe('a key made for another program', () => {
  it('makes no keys and no ways to open the vault that would outlive it', async () => {
    const { key, entry } = await node.client.keys.create({ name: 'visitor' });
    const line = await overSocket(key);
    const before = await node.client.vault.status();
    const refused = [
      () => line.client.keys.list(),
      () => line.client.keys.create({ name: 'heir' }),
      () => line.client.keys.revoke({ id: entry.id }),
      () => line.client.vault.addStoredKey(),
      () => line.client.vault.addPassphrase({ passphrase: 'correct horse' }),
      () => line.client.vault.changePassphrase({ current: 'x', next: 'correct horse' }),
      () => line.client.vault.createRecovery(),
      () => line.client.vault.confirmRecovery({ slotId: 'x', code: 'x' }),
      () => line.client.vault.removeSlot({ slotId: before.slots[0]?.id ?? '' }),
    ];
    for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 });
    expect(await line.client.vault.status()).toEqual(before);
    expect((await node.client.keys.list()).map(({ name }) => name)).not.toContain('heir');
    await node.client.keys.revoke({ id: entry.id });
  });
});

describe('a key that was revoked', () => {
  it('loses the connections that it opened', async () => {
    const { key, entry } = await node.client.keys.create({ name: 'visitor' });
    const line = await overSocket(key);
    expect(await line.client.tasks.list({ view: 'inbox' })).toBeInstanceOf(Array);
    await node.client.keys.revoke({ id: entry.id });
    expect(await line.closed).toBe(1008);
    await expect(overSocket(key)).rejects.toThrow('refused');
  });

  it('must not be the one of endpoint.json', async () => {
    const own = (await node.client.keys.list()).find(({ endpoint }) => endpoint);
    await expect(node.client.keys.revoke({ id: own?.id ?? '' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

it('what was said to a model is found by a person, and not by a program that may only see tasks and notes', async () => {
  const person = await overSocket();
  const { key } = await person.client.keys.create({ name: 'planner', scopes: ['workspace'] });
  const program = await overSocket(key);
  await person.client.notes.create({ text: '# Otters\n\nThe otter sleeps.' });
  const chat = await person.client.threads.create({ title: 'About an otter' });
  const kinds = async ({ client }: Line) =>
    (await client.search({ query: 'otter' })).map(({ kind, id }) => ({ kind, id }));
  expect(await kinds(person)).toEqual([
    { kind: 'note', id: expect.any(String) },
    { kind: 'chat', id: chat.id },
  ]);
  expect(await kinds(program)).toEqual([{ kind: 'note', id: expect.any(String) }]);
  program.close();
  person.close();
});
