import { afterEach, describe, expect, it } from 'vitest';
import { createTestInference, type TestInference, type TestInferenceOptions } from '../testing/test-inference.ts';
import type { GeneratePart, GenerateResult } from './types.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const endless = 'root ::= [a-z] root';
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

/** Room for two of the tiny models, and three of them beside the built-in one, all of one size. */
const open = async (options: TestInferenceOptions = {}) => {
  let capacity = Number.POSITIVE_INFINITY;
  const test = createTestInference({ memoryCapacity: () => capacity, ...options });
  room = test;
  const { inference } = test;
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const { id, memory } = await inference.models.addFile({ path: test.writeModel(`${name}.gguf`) }, call);
    ids.push(id);
    capacity = Math.max(Number.isFinite(capacity) ? capacity : 0, (memory ?? 0) * 2.5);
  }
  const [a = '', b = '', c = ''] = ids;
  const loaded = () =>
    inference
      .metrics()
      .loaded.map(({ id }) => id)
      .toSorted();
  const ask = (modelId: string, maxTokens = 2) =>
    inference.generate({ modelId, input: { prompt: 'x' }, grammar: endless, maxTokens });
  /** Resolves with the answer's own promise once its first piece has come. */
  const begin = async (modelId: string, signal?: AbortSignal): Promise<{ answer: Promise<GenerateResult> }> => {
    const writing = Promise.withResolvers<void>();
    const answer = inference.generate({
      modelId,
      input: { prompt: 'x' },
      grammar: endless,
      maxTokens: 450,
      onText: () => writing.resolve(),
      ...(signal ? { signal } : {}),
    });
    answer.catch(writing.reject);
    await writing.promise;
    return { answer };
  };
  return { ...test, a, b, c, loaded, ask, begin };
};

describe('several models in memory', () => {
  it('answer side by side, and the one unused for longest makes room', async () => {
    const { inference, a, b, c, loaded, ask } = await open();
    await ask(a);
    await ask(b);
    expect(loaded()).toEqual([a, b]);
    await ask(a);
    await ask(c);
    expect(loaded()).toEqual([a, c]);
    expect(inference.model(b).state).toBe('unloaded');
    expect(inference.metrics().loads).toMatchObject({ count: 3, evicted: 1, failed: 0 });
    expect((await inference.models.status(undefined, call)).loadedModel).toBe(c);
  });

  it('stay where they are pinned', async () => {
    const { inference, a, b, c, loaded, ask } = await open();
    await ask(a);
    await inference.models.pin({ id: a, pinned: true }, call);
    await ask(b);
    await ask(c);
    expect(loaded()).toEqual([a, c]);
    await inference.models.pin({ id: c, pinned: true }, call);
    await expect(ask(b)).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
      message: expect.stringContaining('Unpin'),
      data: { pinned: expect.arrayContaining([a, c]) },
    });
    expect(loaded()).toEqual([a, c]);
    await inference.models.pin({ id: a, pinned: false }, call);
    await ask(b);
    expect(loaded()).toEqual([b, c]);
  });

  it('are never unloaded while they answer: the next one waits, and who comes later waits behind it', async () => {
    const { inference, a, b, c, loaded, begin } = await open();
    const { answer: first } = await begin(a);
    const { answer: second } = await begin(b);
    // In which their turns come; which is done first depends on how long a model takes to load.
    const order: string[] = [];
    const asked = [c, a].map((modelId) =>
      inference.generate({
        modelId,
        input: { prompt: 'x' },
        maxTokens: 2,
        onPart: (part) => {
          if (part.type === 'progress' && part.phase !== 'queued' && !order.includes(modelId)) order.push(modelId);
        },
      }),
    );
    expect((await first).outputTokens).toBe(450);
    expect((await second).outputTokens).toBe(450);
    await Promise.all(asked);
    // Without waiting behind, the second would be written at once, beside what its model is at.
    expect(order).toEqual([c, a]);
    expect(loaded()).toHaveLength(2);
  });

  it('tell who waits what for', async () => {
    const { inference, a } = await open();
    const parts: GeneratePart[] = [];
    await inference.generate({
      modelId: a,
      input: { prompt: 'x'.repeat(300) },
      maxTokens: 2,
      onPart: (part) => parts.push(part),
    });
    const phases = parts.flatMap((part) => (part.type === 'progress' ? [part.phase] : []));
    expect([...new Set(phases)]).toEqual(['queued', 'loading', 'reading']);
    expect(parts.at(-1)?.type).toBe('text');
  });

  it('are not loaded for someone who has gone', async () => {
    const { inference, a, b, ask, loaded } = await open();
    const abort = new AbortController();
    const asked = inference.generate({
      modelId: a,
      input: { prompt: 'x' },
      maxTokens: 2,
      signal: abort.signal,
      onPart: (part) => {
        if (part.type === 'progress' && part.phase === 'loading') abort.abort();
      },
    });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    await ask(b);
    expect(loaded()).toEqual([b]);
    await ask(a);
    expect(loaded()).toEqual([a, b]);
  });

  it('come back after the host died, each when it is asked for', async () => {
    const { hosts, a, b, loaded, begin, ask } = await open();
    await ask(a);
    await ask(b);
    const { answer: one } = await begin(a);
    const { answer: other } = await begin(b);
    const lost = Promise.allSettled([one, other]);
    hosts.at(-1)?.kill();
    for (const result of await lost) expect(result).toMatchObject({ reason: { code: 'INFERENCE_CRASHED' } });
    expect(loaded()).toEqual([]);
    await ask(b);
    expect(loaded()).toEqual([b]);
    await ask(a);
    expect(loaded()).toEqual([a, b]);
  });

  it('refuse one that would not fit alone, before anything is unloaded', async () => {
    const { inference, a, loaded, ask, writeModel } = await open();
    await ask(a);
    const { id } = await inference.models.addFile(
      { path: writeModel('big.gguf', { width: 4_096, heads: 32, layers: 1 }) },
      call,
    );
    await expect(ask(id)).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
      data: { needed: expect.any(Number), available: expect.any(Number) },
    });
    expect(loaded()).toEqual([a]);
  });

  it('leave when nobody asked for them for long enough, but for pinned ones', async () => {
    const { inference, a, b, ask, loaded } = await open({ runtimes: [{ kind: 'llama', idleMinutes: 0.005 }] });
    const unloaded = Promise.withResolvers<void>();
    inference.onDidChangeModels(({ id }) => {
      if (id === b && inference.model(b).state === 'unloaded') unloaded.resolve();
    });
    await inference.models.pin({ id: a, pinned: true }, call);
    await ask(a);
    await ask(b);
    await unloaded.promise;
    expect(loaded()).toEqual([a]);
    await ask(b);
    expect(loaded()).toEqual([a, b]);
  });

  it('show what they take', async () => {
    const { inference, a, ask } = await open();
    const before = inference.model(a).memory;
    await ask(a);
    expect(inference.model(a)).toMatchObject({ state: 'ready', memory: before, offload: null });
    expect(before).toBeGreaterThan(2 ** 20);
  });
});

describe('a queue', () => {
  it('lets askers take turns: one with many requests does not starve another', async () => {
    const { inference, a, begin } = await open();
    await begin(a);
    const done: string[] = [];
    const ask = (asker: string) =>
      inference.generate({ modelId: a, asker, input: { prompt: 'x' }, maxTokens: 3 }).then(() => done.push(asker));
    const many = Array.from({ length: 50 }, () => ask('many'));
    const late = ask('late');
    await late;
    expect(done.length).toBeLessThan(20);
    await Promise.all(many);
    expect(done).toHaveLength(51);
  });

  it('answers or refuses a thousand at once, and nothing is left behind', async () => {
    const { inference, a, b } = await open();
    const aborts: AbortController[] = [];
    const results = await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, index) => {
        const abort = new AbortController();
        if (index % 5 === 0) aborts.push(abort);
        const asked = inference.generate({
          modelId: index % 2 === 0 ? a : b,
          asker: `client ${index % 7}`,
          input: { prompt: 'x'.repeat(1 + (index % 90)) },
          maxTokens: 1 + (index % 9),
          signal: abort.signal,
        });
        if (index === 999) for (const one of aborts) one.abort();
        return asked;
      }),
    );
    const codes = new Map<string, number>();
    for (const result of results) {
      const code: string = result.status === 'fulfilled' ? 'done' : String(result.reason.code);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].toSorted()).toEqual(['CANCELLED', 'INFERENCE_BUSY', 'done']);
    expect(codes.get('done')).toBeGreaterThan(150);
    const refused = results.find((result) => result.status === 'rejected' && result.reason.code === 'INFERENCE_BUSY');
    expect(refused).toMatchObject({ reason: { data: { retryAfter: expect.any(Number) } } });
    const { requests, active, queued, loaded } = inference.metrics();
    expect({ active, queued }).toEqual({ active: 0, queued: 0 });
    expect(loaded.every((model) => model.active === 0 && model.queued === 0)).toBe(true);
    expect(requests).toEqual({
      done: codes.get('done'),
      cancelled: codes.get('CANCELLED'),
      refused: codes.get('INFERENCE_BUSY'),
      failed: 0,
    });
    const after = await Promise.all(
      Array.from({ length: 8 }, () => inference.generate({ modelId: a, input: { prompt: 'y' }, maxTokens: 2 })),
    );
    expect(after.every(({ outputTokens }) => outputTokens === 2)).toBe(true);
  });
});
