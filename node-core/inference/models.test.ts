import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../common/index.ts';
import { startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { forkHost } from './index.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { machineKey } from './load-plan.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';
import { createTestInference, type TestInference, type TestInferenceOptions } from '../testing/test-inference.ts';

/** Another room over the same vault that shows what its hosts are told. */
const spied = (test: TestInference, posted: unknown[]) =>
  test.again(() => {
    const host = forkHost();
    return {
      ...host,
      post: (message) => {
        posted.push(message);
        host.post(message);
      },
    };
  });
const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
const open = (options?: TestInferenceOptions): TestInference => {
  room = createTestInference(options);
  return room;
};
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

describe('models', () => {
  it('has the built-in model from the start, as the default', async () => {
    const { inference } = open();
    expect(await inference.models.list(undefined, call)).toMatchObject([
      {
        id: 'jan-builtin',
        source: 'builtin',
        place: 'this-machine',
        builtin: true,
        isDefault: true,
        state: 'unloaded',
        calibration: null,
      },
    ]);
  });

  it('takes a file by path, answers with it, remembers it and lets it go', async () => {
    const test = open();
    const { inference, writeModel } = test;
    const path = writeModel('My Model Q4.gguf', { seed: 9 });
    const added = await inference.models.addFile({ path }, call);
    expect(added).toMatchObject({
      id: 'my-model-q4',
      source: 'file',
      path,
      size: statSync(path).size,
      contextLength: 512,
      builtin: false,
    });
    expect(await inference.models.addFile({ path }, call)).toMatchObject({ id: 'my-model-q4' });
    const [mine, builtin] = await Promise.all([
      inference.generate({ modelId: 'my-model-q4', input: { prompt: 'x' }, maxTokens: 8 }),
      inference.generate({ input: { prompt: 'x' }, maxTokens: 8 }),
    ]);
    expect([mine.modelId, builtin.modelId]).toEqual(['my-model-q4', 'jan-builtin']);
    expect(mine.text).not.toBe(builtin.text);
    await inference.models.setDefault({ id: 'my-model-q4' }, call);
    const later = test.again();
    expect(later.defaultModelId()).toBe('my-model-q4');
    expect(await later.models.list(undefined, call)).toHaveLength(2);
    await inference.models.remove({ id: 'my-model-q4' }, call);
    expect(later.defaultModelId()).toBe('jan-builtin');
    expect(existsSync(path)).toBe(true);
  });

  it('refuses a file that is none, and keeps nothing of it', async () => {
    const { inference, dir } = open();
    writeFileSync(join(dir, 'no.gguf'), 'no model');
    await expect(async () => inference.models.addFile({ path: join(dir, 'no.gguf') }, call)).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    await expect(async () => inference.models.addFile({ path: dir }, call)).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    expect(await inference.models.list(undefined, call)).toHaveLength(1);
  });

  it('says what is wrong with a file that was damaged later, and works on', async () => {
    const { inference, writeModel } = open();
    const path = writeModel('later.gguf');
    const { id } = await inference.models.addFile({ path }, call);
    truncateSync(path, 5_000);
    await expect(inference.models.load({ id }, call)).rejects.toMatchObject({ code: 'MODEL_FILE_INVALID' });
    expect(inference.model(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('cut short') });
    rmSync(path);
    await expect(inference.generate({ modelId: id, input: { prompt: 'x' }, maxTokens: 1 })).rejects.toMatchObject({
      code: 'MODEL_FILE_INVALID',
    });
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 1 })).outputTokens).toBe(1);
  });

  it.each([
    ['empty', () => Buffer.alloc(0), 'empty (0 bytes)'],
    ['of another kind', () => tinyGguf({ architecture: 'clip' }), 'does not write text'],
    ['of an architecture that nobody knows', () => tinyGguf({ architecture: 'llama99' }), 'not supported'],
    ['a web page', () => Buffer.from('<!doctype html><title>404</title>'), 'web page'],
  ])('refuses to load a file that has become %s, and other models go on answering', async (_what, bytes, why) => {
    const { inference, writeModel } = open();
    const path = writeModel('later.gguf');
    const { id } = await inference.models.addFile({ path }, call);
    writeFileSync(path, bytes());
    const [damaged, whole] = await Promise.allSettled([
      inference.generate({ modelId: id, input: { prompt: 'x' }, maxTokens: 1 }),
      inference.generate({ input: { prompt: 'x' }, maxTokens: 1 }),
    ]);
    expect(damaged).toMatchObject({
      reason: { code: 'MODEL_FILE_INVALID', message: expect.stringContaining(why) },
    });
    expect(whole).toMatchObject({ value: { outputTokens: 1 } });
  });

  it('loses one load, not the node, to a file with a sound header and nonsense behind it', async () => {
    const { inference, writeModel } = open();
    const path = writeModel('nonsense.gguf', { heads: 4, width: 64 });
    const bytes = readFileSync(path);
    // The header now speaks of a tensor that llama.cpp does not expect.
    bytes.write('blk.0.attn_w.weight', bytes.indexOf('blk.0.attn_q.weight'), 'latin1');
    writeFileSync(path, bytes);
    const { id } = await inference.models.addFile({ path }, call);
    await expect(inference.models.load({ id }, call)).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' });
    expect(inference.model(id).state).toBe('failed');
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 2 })).outputTokens).toBe(2);
  });

  it('refuses what does not fit into memory before it is loaded, with numbers', async () => {
    const { inference, hosts } = open({ availableMemory: () => 40 * 2 ** 20 });
    const asked = inference.generate({ input: { prompt: 'x' }, maxTokens: 1 });
    await expect(asked).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
      message: expect.stringMatching(/needs about [\d.]+ GB.*[\d.]+ GB are free/u),
      data: { available: 40 * 2 ** 20 },
    });
    expect(hosts).toHaveLength(0);
  });

  it('loads with progress, unloads, and announces both', async () => {
    const { inference } = open();
    const seen: string[] = [];
    inference.onDidChangeModels(({ id }) => {
      if (id !== null) seen.push(inference.model(id).state);
    });
    expect(await inference.models.load({ id: 'jan-builtin' }, call)).toMatchObject({ state: 'ready' });
    expect(seen.filter((state, index) => state !== seen[index - 1])).toEqual(['loading', 'ready']);
    expect(await inference.models.unload({ id: 'jan-builtin' }, call)).toMatchObject({ state: 'unloaded' });
    expect(await inference.models.status(undefined, call)).toMatchObject({
      loadedModel: null,
      host: 'ready',
      active: 0,
      queued: 0,
    });
  });

  it('does not unload a model in the middle of an answer', async () => {
    const { inference } = open();
    const writing = Promise.withResolvers<void>();
    const answer = inference.generate({
      input: { prompt: 'x' },
      grammar: 'root ::= [a-z] root',
      maxTokens: 450,
      onText: () => writing.resolve(),
    });
    await writing.promise;
    await expect(inference.models.unload({ id: 'jan-builtin' }, call)).rejects.toMatchObject({
      code: 'INFERENCE_BUSY',
    });
    expect((await answer).outputTokens).toBe(450);
  });

  it('forgets what was asked when it stops, and can start again', async () => {
    const { inference } = open();
    const prompt = 'a sentence that is kept in the attention memory';
    await inference.generate({ input: { prompt }, maxTokens: 1 });
    const waiting = Promise.allSettled(
      Array.from({ length: 9 }, () => inference.generate({ input: { prompt }, maxTokens: 400 })),
    );
    await inference.stop();
    for (const result of await waiting)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    expect(await inference.models.status(undefined, call)).toMatchObject({ loadedModel: null, host: 'stopped' });
    expect((await inference.generate({ input: { prompt }, maxTokens: 1 })).cachedTokens).toBe(0);
  });

  it('names a model that is not there', async () => {
    const { inference } = open();
    await expect(inference.generate({ modelId: 'nope', input: { prompt: 'x' }, maxTokens: 1 })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    await expect(async () => inference.models.setDefault({ id: 'nope' }, call)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  });

  it('counts tokens', async () => {
    const { inference } = open();
    expect(await inference.countTokens('12345')).toBe(5);
  });
});

describe('calibration', () => {
  it('is measured on demand, kept, and used again', async () => {
    const test = open();
    const { calibration } = await test.inference.models.calibrate({ id: 'jan-builtin' }, call);
    expect(calibration).toMatchObject({ decodeThreads: expect.any(Number), prefillThreads: expect.any(Number) });
    expect(calibration?.decodeSpeed).toBeGreaterThan(0);
    const posted: unknown[] = [];
    const later = spied(test, posted);
    expect(later.model().calibration).toEqual(calibration);
    await later.models.load({ id: 'jan-builtin' }, call);
    expect(posted).toContainEqual(
      expect.objectContaining({
        type: 'load',
        threads: { decode: calibration?.decodeThreads, prefill: calibration?.prefillThreads },
      }),
    );
  });

  it('holds for the pinned engine alone', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../node_modules/node-llama-cpp/package.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({ version: ENGINE_VERSION });
    expect(machineKey('file', 'prebuilt')).not.toBe(machineKey('file', 'threaded'));
    expect(machineKey('file', 'prebuilt')).not.toBe(machineKey('another', 'prebuilt'));
  });

  it('loads an unmeasured model with one thread', async () => {
    const test = open();
    const posted: unknown[] = [];
    await spied(test, posted).models.load({ id: 'jan-builtin' }, call);
    expect(posted).toContainEqual(expect.objectContaining({ type: 'load', threads: { decode: 1, prefill: 1 } }));
  });

  it('happens by itself once a new model has nothing to do', async () => {
    const { inference } = open();
    const measured = Promise.withResolvers<void>();
    inference.onDidChangeModels(() => {
      if (inference.model().calibration) measured.resolve();
    });
    await inference.models.load({ id: 'jan-builtin' }, call);
    await measured.promise;
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 4 })).outputTokens).toBe(4);
  });

  it('is done again for another file in the same place', async () => {
    const { inference, writeModel } = open();
    const path = writeModel('changing.gguf');
    const { id } = await inference.models.addFile({ path }, call);
    await inference.models.calibrate({ id }, call);
    await inference.models.unload({ id }, call);
    writeModel('changing.gguf', { layers: 3 });
    await inference.models.load({ id }, call);
    expect(inference.model(id).calibration).toBeNull();
  });
});

describe('endpoints', () => {
  it('are models like others: added, asked, probed, removed; the key stays in the vault', async () => {
    const lines: string[] = [];
    const { inference, store } = open({ logger: createLogger((line) => lines.push(line), 'debug') });
    const server = await startFakeEndpoint((response) => streamChat(response, ['four']));
    const added = await inference.models.addEndpoint(
      { name: 'My Server', url: server.url, model: 'qwen', apiKey: 'sk-secret-1234' },
      call,
    );
    expect(added).toMatchObject({
      id: 'my-server',
      source: 'endpoint',
      place: 'local-endpoint',
      size: null,
      url: server.url,
    });
    expect(JSON.stringify(added)).not.toContain('sk-secret');
    const result = await inference.generate({
      modelId: 'my-server',
      input: { messages: [{ role: 'user', content: '2+2' }] },
      maxTokens: 5,
    });
    expect(result).toMatchObject({ text: 'four', modelId: 'my-server' });
    expect(await inference.models.load({ id: 'my-server' }, call)).toMatchObject({ state: 'ready' });
    expect(store.all(store.qb.selectFrom('model').select('apiKey'))).toEqual([{ apiKey: 'sk-secret-1234' }]);
    await server.close();
    await expect(inference.models.load({ id: 'my-server' }, call)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(inference.model('my-server')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('Start that server'),
    });
    expect(lines.join('')).not.toContain('sk-secret');
    await inference.models.remove({ id: 'my-server' }, call);
    expect(await inference.models.list(undefined, call)).toHaveLength(1);
  });

  it('elsewhere are remote, and never the last one left', async () => {
    const { inference } = open({
      runtimes: [{ kind: 'openai-compatible', name: 'Cloud', url: 'https://models.example.com/v1', model: 'big' }],
    });
    expect(inference.place('cloud')).toBe('remote');
    const local = await inference.models.addEndpoint(
      { name: 'Here', url: 'http://127.0.0.1:9/v1', model: 'small' },
      call,
    );
    expect(local.isDefault).toBe(true);
    await expect(inference.models.remove({ id: local.id }, call)).rejects.toMatchObject({ code: 'NO_LOCAL_RUNTIME' });
    await expect(inference.models.remove({ id: 'cloud' }, call)).rejects.toMatchObject({ code: 'CONFLICT' });
    await inference.models.addEndpoint({ name: 'Here too', url: 'http://127.0.0.1:8/v1', model: 'small' }, call);
    await inference.models.remove({ id: local.id }, call);
    expect(inference.defaultModelId()).toBe('here-too');
  });

  it('have a price where a person set one, which goes with them; what runs here has none', async () => {
    const { inference, again } = open();
    const { id } = await inference.models.addEndpoint(
      { name: 'Far', url: 'https://models.example.org/v1', model: 'large' },
      call,
    );
    expect(inference.model(id).price).toBeNull();
    const price = { input: 0.5, output: 1.5 };
    expect(await inference.models.setPrice({ id, price }, call)).toMatchObject({ price });
    expect(again().model(id)).toMatchObject({ price });
    expect(() => inference.models.setPrice({ id: 'jan-builtin', price }, call)).toThrow('costs nothing');
    await inference.models.remove({ id }, call);
    const anew = await inference.models.addEndpoint(
      { name: 'Far', url: 'https://models.example.org/v1', model: 'large' },
      call,
    );
    expect(anew).toMatchObject({ id, price: null });
  });

  it('are asked four things at once by runs', async () => {
    const { inference } = open();
    const { id } = await inference.models.addEndpoint(
      { name: 'Far', url: 'https://models.example.org/v1', model: 'large' },
      call,
    );
    expect(inference.slots(id)).toBe(4);
    expect(() => inference.slots('gone')).toThrow('There is no model');
  });

  it('cannot replace the built-in model', async () => {
    const { inference } = open();
    await expect(inference.models.remove({ id: 'jan-builtin' }, call)).rejects.toMatchObject({
      code: 'NO_LOCAL_RUNTIME',
    });
    await inference.models.addEndpoint({ name: 'Here', url: 'http://127.0.0.1:9/v1', model: 'small' }, call);
    await expect(inference.models.remove({ id: 'jan-builtin' }, call)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('need no engine: no process is started for them', async () => {
    const { inference, hosts } = open({
      runtimes: [{ kind: 'openai-compatible', name: 'Here', url: 'http://127.0.0.1:9/v1', model: 'small' }],
    });
    await inference.start();
    await expect(
      inference.generate({ input: { messages: [{ role: 'user', content: 'x' }] }, maxTokens: 1 }),
    ).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(hosts).toHaveLength(0);
    await expect(async () => inference.models.addFile({ path: '/x.gguf' }, call)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
