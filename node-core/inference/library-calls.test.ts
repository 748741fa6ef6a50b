import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Download } from '../contract/index.ts';
import { type FlakyHub, startFlakyHub } from '../testing/flaky-hub.ts';
import { catalogModel } from '../testing/test-downloads.ts';
import { createTestInference, type TestInference, type TestInferenceOptions } from '../testing/test-inference.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';
import type { Inference } from './types.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const accepted = { acceptLicense: true };
const chat = catalogModel('tiny-chat', [{ path: 'chat.gguf' }]);
const embedding = {
  ...catalogModel('tiny-embedding', [{ path: 'embedding.gguf' }]),
  kind: 'embedding' as const,
};

let hub: FlakyHub | undefined;
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  await hub?.close();
  [room, hub] = [undefined, undefined];
});
const open = async (options: TestInferenceOptions = {}) => {
  hub = await startFlakyHub({
    'nobody/tiny/resolve/main/chat.gguf': tinyGguf({ seed: 5 }),
    'nobody/tiny/resolve/main/embedding.gguf': tinyGguf({ pooling: 1 }),
  });
  room = createTestInference({ catalog: [chat, embedding], modelMirror: hub.url, ...options });
  return { hub, room, inference: room.inference };
};
const fetchModel = async (inference: Inference, id: string): Promise<Download> => {
  const { promise, resolve } = Promise.withResolvers<Download>();
  const listener = inference.onDidChangeDownload((download) => {
    if (download.id === id && ['done', 'failed', 'paused'].includes(download.state)) resolve(download);
  });
  await inference.models.download({ id, ...accepted }, call);
  return promise.finally(() => listener.dispose());
};

describe('the catalog', () => {
  it('says of each model what it is, what it needs, and whether it is here', async () => {
    const { inference } = await open();
    const before = await inference.models.catalog(undefined, call);
    expect(before).toMatchObject([
      { id: 'tiny-chat', size: null, estimatedSize: 8_000_000, installed: false, download: null, kind: 'chat' },
      { id: 'tiny-embedding', kind: 'embedding', license: { name: 'Test licence' }, repository: 'nobody/tiny' },
    ]);
    expect(before[0]?.fit).toMatchObject({
      verdict: 'fits',
      speed: null,
      reason: expect.stringMatching(/^Fits: .*\.$/u),
    });
    await fetchModel(inference, 'tiny-chat');
    expect(await inference.models.catalog(undefined, call)).toMatchObject([
      { id: 'tiny-chat', installed: true, download: null },
      { id: 'tiny-embedding', installed: false },
    ]);
  });

  it('names models that are not in it', async () => {
    const { inference } = await open();
    await expect(async () => inference.models.download({ id: 'nope', ...accepted }, call)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  });
});

describe('a downloaded model', () => {
  it('is one like others: announced, loaded, asked, pinned, and deleted with its file while it is in memory', async () => {
    const { inference, room: test } = await open();
    await expect(
      async () => await inference.models.download({ id: 'tiny-chat', acceptLicense: false }, call),
    ).rejects.toMatchObject({ code: 'LICENSE_NOT_ACCEPTED' });
    const listed = Promise.withResolvers<void>();
    inference.onDidChangeModels(({ id }) => {
      if (id === null) listed.resolve();
    });
    expect(await fetchModel(inference, 'tiny-chat')).toMatchObject({ state: 'done', error: null });
    await listed.promise;
    const path = join(test.dir, 'models', 'tiny-chat', 'chat.gguf');
    expect(inference.model('tiny-chat')).toMatchObject({
      source: 'download',
      place: 'this-machine',
      path,
      size: statSync(path).size,
      license: 'Test licence',
      contextLength: 512,
      kind: 'chat',
      pinned: false,
      memory: expect.any(Number),
    });
    const answer = await inference.generate({ modelId: 'tiny-chat', input: { prompt: 'x' }, maxTokens: 3 });
    expect(answer).toMatchObject({ modelId: 'tiny-chat', outputTokens: 3 });
    expect(await inference.models.pin({ id: 'tiny-chat', pinned: true }, call)).toMatchObject({ pinned: true });
    expect(test.again().model('tiny-chat')).toMatchObject({ pinned: true });
    const { disk } = await inference.models.machine(undefined, call);
    expect(disk).toMatchObject({ dir: join(test.dir, 'models') });
    expect(disk.used).toBeGreaterThanOrEqual(statSync(path).size);
    await expect(
      async () => await inference.models.download({ id: 'tiny-chat', ...accepted }, call),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/here already/u) });
    await inference.models.remove({ id: 'tiny-chat', deleteFile: true }, call);
    expect(readdirSync(join(test.dir, 'models'))).toEqual(['.incoming']);
    expect(await inference.models.list(undefined, call)).toMatchObject([{ id: 'jan-builtin' }]);
    // What was pinned is forgotten with the model.
    await fetchModel(inference, 'tiny-chat');
    expect(inference.model('tiny-chat').pinned).toBe(false);
  });

  it('makes vectors if that is what it is for', async () => {
    const { inference } = await open();
    await fetchModel(inference, 'tiny-embedding');
    expect(inference.model('tiny-embedding')).toMatchObject({ kind: 'embedding' });
    const { vectors } = await inference.embed({ modelId: 'tiny-embedding', inputs: ['a', 'b'] });
    expect(vectors).toHaveLength(2);
  });

  it('goes on coming after the room was stopped, as when the vault is locked, and started again', async () => {
    const { hub: server, inference } = await open();
    server.behave(({ request, response, file, from, to, head, serve }) => {
      if (request.headers.range === 'bytes=0-0') return serve();
      head();
      response.write(file.subarray(from, from + Math.floor((to - from) / 2)));
    });
    const some = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    inference.onDidChangeDownload(({ received, state }) => {
      if (received > 0) some.resolve();
      if (state === 'done') done.resolve();
    });
    await inference.models.download({ id: 'tiny-chat', ...accepted }, call);
    await some.promise;
    await inference.stop();
    expect(await inference.models.downloads(undefined, call)).toMatchObject([{ id: 'tiny-chat', state: 'queued' }]);
    server.behave(({ serve }) => serve());
    await inference.start();
    await done.promise;
    expect(inference.model('tiny-chat')).toMatchObject({ source: 'download' });
  });

  it('needs its name and its folder', async () => {
    const { inference, room: test } = await open();
    const path = test.writeModel('tiny-chat.gguf');
    const { id } = await inference.models.addFile({ path }, call);
    // Names of the catalog are never given to another model.
    expect(id).toBe('tiny-chat-2');
    expect(await fetchModel(inference, 'tiny-chat')).toMatchObject({ state: 'done' });
    await inference.models.remove({ id: 'tiny-chat' }, call);
    const kept = join(test.dir, 'models', 'tiny-chat', 'chat.gguf');
    await inference.models.addFile({ path: kept }, call);
    await expect(
      async () => await inference.models.download({ id: 'tiny-chat', ...accepted }, call),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/in the way/u) });
    await inference.models.remove({ id: 'chat', deleteFile: true }, call);
    // Nobody but Jan's own downloads is deleted.
    expect(existsSync(kept)).toBe(true);
  });

  it('is none where no engine runs model files', async () => {
    const { inference } = await open({
      runtimes: [{ kind: 'openai-compatible', name: 'Here', url: 'http://127.0.0.1:9/v1', model: 'small' }],
    });
    await expect(
      async () => await inference.models.download({ id: 'tiny-chat', ...accepted }, call),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
