import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeEvent } from '../contract/index.ts';
import { type FlakyHub, startFlakyHub } from '../testing/flaky-hub.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { writeTestCatalog } from '../testing/test-catalog.ts';
import { catalogModel } from '../testing/test-downloads.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';

const passphrase = 'a passphrase for this test';
const ids = ['one', 'two'];

let root: string;
let hub: FlakyHub;
let node: TestNode;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-node-downloads-'));
  hub = await startFlakyHub({ 'nobody/tiny/resolve/main/tiny.gguf': tinyGguf() });
  const models = ids.map((id) => catalogModel(id, [{ path: 'tiny.gguf' }]));
  node = await startTestNode({
    config: { modelMirror: hub.url },
    components: { catalogPath: writeTestCatalog(root, {}, models) },
  });
});
afterEach(async () => {
  await node.stop();
  await hub.close();
  rmSync(root, { recursive: true, force: true });
});

/** Listens until `enough`; `onReady` runs once nothing can be missed. */
const listen = async (enough: (seen: readonly NodeEvent[]) => boolean, onReady: () => Promise<unknown>) => {
  const seen: NodeEvent[] = [];
  for await (const event of await node.client.system.events()) {
    seen.push(event);
    if (seen.length === 1) await onReady();
    if (enough(seen)) break;
  }
  return seen;
};
const done = (seen: readonly NodeEvent[], id: string) =>
  seen.some((event) => event.type === 'download' && event.download.id === id && event.download.state === 'done');

describe('downloads of a node', () => {
  it('are told to whoever listens, each of several to its end', async () => {
    const seen = await listen(
      (events) => ids.every((id) => done(events, id)),
      () => Promise.all(ids.map((id) => node.client.models.download({ id, acceptLicense: true }))),
    );
    expect(seen).toContainEqual({ type: 'models' });
    expect((await node.client.models.list()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  it('wait while the vault is locked, and go on when it opens', async () => {
    await node.client.vault.addPassphrase({ passphrase });
    hub.behave(({ request, response, file, from, to, head, serve }) => {
      if (request.headers.range === 'bytes=0-0') return serve();
      head();
      response.write(file.subarray(from, from + Math.floor((to - from) / 2)));
    });
    await listen(
      (events) => events.some((event) => event.type === 'download' && event.download.received > 0),
      () => node.client.models.download({ id: 'one', acceptLicense: true }),
    );
    await node.client.vault.lock();
    hub.behave(({ serve }) => serve());
    const before = hub.requests.length;
    await expect(node.client.models.downloads()).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await listen(
      (events) => done(events, 'one'),
      async () => {
        expect(hub.requests).toHaveLength(before);
        await node.client.vault.unlock({ with: 'passphrase', passphrase });
      },
    );
    expect(existsSync(join(node.dir, 'models', 'one', 'tiny.gguf'))).toBe(true);
  });

  it('that one client cancels are news to the others', async () => {
    hub.behave(({ head, response }) => {
      head();
      response.write(Buffer.alloc(1));
    });
    await node.client.models.download({ id: 'one', acceptLicense: true });
    await listen(
      (events) => events.some(({ type }) => type === 'models'),
      () => node.client.models.cancelDownload({ id: 'one' }),
    );
    expect(await node.client.models.downloads()).toEqual([]);
  });
});
