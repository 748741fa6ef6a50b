import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { type ContractRouterClient, isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Contract, contract, type NodeEvent } from '../contract/index.ts';
import { type FakeEndpoint, startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { writeTestCatalog } from '../testing/test-catalog.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';

type Client = ContractRouterClient<Contract>;
let root: string;
let node: TestNode;
let endpoint: FakeEndpoint;
let socket: WebSocket;
let key: Client;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-places-'));
  node = await startTestNode({ dir: join(root, 'data'), components: { catalogPath: writeTestCatalog(root) } });
  endpoint = await startFakeEndpoint((response) => streamChat(response, ['An answer.']));
  writeFileSync(join(root, 'own.gguf'), tinyGguf());
  await node.client.system.updateSettings({ traceEndpoint: endpoint.url });
  const made = await node.client.keys.create({ name: 'visitor' });
  socket = new WebSocket(`${node.url.replace('http', 'ws')}/rpc`, ['jan.rpc', `bearer.${made.key}`]);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  key = createORPCClient<Client>(new RPCLink({ websocket: socket }));
});
afterAll(async () => {
  socket.close();
  await node.stop();
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

/** Every call of these parts that a key may make and that answers with more than nothing. */
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  'system.info': () => key.system.info(),
  'system.settings': () => key.system.settings(),
  'models.addFile': () => key.models.addFile({ path: join(root, 'own.gguf') }),
  'models.addEndpoint': () => key.models.addEndpoint({ name: 'Far', url: endpoint.url, model: 'far' }),
  'models.list': () => key.models.list(),
  'models.load': () => key.models.load({ id: 'own' }),
  'models.calibrate': () => key.models.calibrate({ id: 'own' }),
  'models.unload': () => key.models.unload({ id: 'own' }),
  'models.setDefault': () => key.models.setDefault({ id: 'own' }),
  'models.pin': () => key.models.pin({ id: 'own', pinned: true }),
  'models.setDraft': () => key.models.setDraft({ id: 'own', draftModel: 'off' }),
  'models.setPrice': () => key.models.setPrice({ id: 'far', price: { input: 1, output: 2 } }),
  'models.status': () => key.models.status(),
  'models.machine': () => key.models.machine(),
  'models.catalog': () => key.models.catalog(),
  'models.downloads': () => key.models.downloads(),
};
/** Told as events, refused to every key, or about what is not there in this test. */
const others = [
  'system.events',
  'system.updateSettings',
  'models.remove',
  'models.download',
  'models.pauseDownload',
  'models.cancelDownload',
];

describe('a key of another program', () => {
  it.each(Object.keys(calls))(
    'learns from %s neither a path of this machine nor the address of an endpoint',
    async (name) => {
      const told = JSON.stringify(await calls[name]?.());
      expect(told.length).toBeGreaterThan(1);
      expect(told).not.toContain(root);
      expect(told).not.toContain(new URL(endpoint.url).host);
    },
  );

  it('is asked about every call of these parts', () => {
    const paths = Object.entries({ system: contract.system, models: contract.models }).flatMap(([part, procedures]) =>
      Object.entries(procedures)
        .filter(([, procedure]) => isContractProcedure(procedure))
        .map(([name]) => `${part}.${name}`),
    );
    expect([...Object.keys(calls), ...others].toSorted()).toEqual(paths.toSorted());
  });

  it('hears of a model without them, and the owner with them', async () => {
    const first = async (client: Client, pinned: boolean): Promise<NodeEvent | undefined> => {
      for await (const event of await client.system.events()) {
        if (event.type === 'hello') await node.client.models.pin({ id: 'own', pinned });
        if (event.type === 'model') return event;
      }
      return undefined;
    };
    expect(await first(key, false)).toMatchObject({ model: { id: 'own', path: null, url: null } });
    expect(await first(node.client, true)).toMatchObject({ model: { path: join(root, 'own.gguf') } });
    expect((await node.client.system.info()).dataDir).toBe(node.dir);
    expect((await node.client.models.machine()).disk.dir).toContain(root);
    expect((await node.client.models.list()).map(({ url }) => url)).toContain(endpoint.url);
  });

  it('hears of changed settings without the address that is told of runs', async () => {
    const first = async (client: Client, theme: 'dark' | 'light'): Promise<NodeEvent | undefined> => {
      for await (const event of await client.system.events()) {
        if (event.type === 'hello') await node.client.system.updateSettings({ theme });
        if (event.type === 'settings') return event;
      }
      return undefined;
    };
    expect(await first(key, 'dark')).toMatchObject({ settings: { theme: 'dark', traceEndpoint: null } });
    expect(await first(node.client, 'light')).toMatchObject({ settings: { traceEndpoint: endpoint.url } });
  });

  it('neither approves what a run asks, nor changes what agents are told and may use', async () => {
    const text = 'x';
    const server = { name: 'mine', transport: { type: 'stdio' as const, command: 'true', args: [], env: {} } };
    const refused = [
      () => key.runs.answer({ id: 'x', questionId: 'x', answer: { type: 'approve', allow: true } }),
      () => key.runs.fork({ id: 'x', step: 'x', prompt: text }),
      () => key.playbooks.save({ text }),
      () => key.playbooks.remove({ id: 'x' }),
      () => key.playbooks.parts(),
      () => key.runs.start({ skill: 'playbook', playbookId: 'plan-goal', inputs: {}, models: { goal: 'x' } }),
      () => key.profiles.save({ id: 'x', name: text, modelId: null, system: text, temperature: 0, tools: [] }),
      () => key.profiles.remove({ id: 'x' }),
      () => key.schedules.list(),
      () => key.schedules.save({ playbookId: 'x', inputs: {}, trigger: { on: 'task-due' }, enabled: true }),
      () => key.schedules.remove({ id: 'x' }),
      () => key.facts.save({ text }),
      () => key.facts.remove({ id: 'x' }),
      () => key.tools.list(),
      () => key.tools.set({ tool: 'web.search', setting: 'address', value: text }),
      () => key.tools.mcpServers(),
      () => key.tools.addMcpServer(server),
      () => key.tools.approveMcpServer({ id: 'x', hash: 'x' }),
      () => key.tools.removeMcpServer({ id: 'x' }),
    ];
    for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 });
    expect(await key.playbooks.list()).toBeInstanceOf(Array);
    expect(await key.profiles.list()).toBeInstanceOf(Array);
    expect(await key.facts.list()).toBeInstanceOf(Array);
  });

  it('does not learn the address of an endpoint that is gone from the failure either', async () => {
    const { id } = await node.client.models.addEndpoint({ name: 'Gone', url: 'http://127.0.0.1:9/v1', model: 'gone' });
    const made = await node.client.keys.create({ name: 'asker' });
    const answer = await fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: id, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('127.0.0.1:9');
    expect(JSON.stringify(await key.models.list())).not.toContain('127.0.0.1:9');
  });
});
