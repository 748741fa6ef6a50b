import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const YEAR_MS = 365 * 24 * 3_600_000;
let room: TestInference | undefined;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await room?.dispose();
  room = undefined;
});
const jump = (years: number) => void vi.setSystemTime(Date.now() + years * YEAR_MS);
const ask = { input: { prompt: 'x' }, maxTokens: 2 } as const;

it('a model that nobody asks for leaves after its time, whatever the clock says', async () => {
  room = createTestInference({ runtimes: [{ kind: 'llama', idleMinutes: 0.01 }] });
  const { inference } = room;
  await inference.generate(ask);
  const left = Promise.withResolvers<void>();
  inference.onDidChangeModels(() => inference.metrics().loaded.length === 0 && left.resolve());
  for (const years of [20, -40]) {
    jump(years);
    vi.advanceTimersByTime(290);
    expect(inference.metrics().loaded).toHaveLength(1);
  }
  vi.advanceTimersByTime(20);
  await left.promise;
});

it('the model unused for longest makes room, also where the clock was set back since', async () => {
  let capacity = Number.POSITIVE_INFINITY;
  room = createTestInference({ memoryCapacity: () => capacity });
  const { inference, writeModel } = room;
  const ids: string[] = [];
  let memory = 0;
  for (const name of ['a', 'b', 'c']) {
    const model = await inference.models.addFile({ path: writeModel(`${name}.gguf`) }, call);
    ids.push(model.id);
    memory = model.memory ?? 0;
  }
  capacity = memory * 2.5;
  for (const modelId of ids) {
    await inference.generate({ ...ask, modelId });
    jump(-1);
  }
  expect(inference.metrics().loaded.map(({ id }) => id)).toEqual(ids.slice(1));
});

it('a host that crashes over and over is left alone, whatever the clock says', async () => {
  room = createTestInference();
  const { inference, hosts } = room;
  await inference.tokenize('x');
  const failed = Promise.withResolvers<void>();
  inference.onDidChangeStatus(({ host }) => {
    if (host === 'failed') failed.resolve();
    if (host === 'restarting') vi.advanceTimersByTime(2_000);
    if (host === 'ready') hosts.at(-1)?.kill();
  });
  const clock = setInterval(() => jump(1), 10);
  hosts.at(-1)?.kill();
  await failed.promise;
  clearInterval(clock);
  expect(hosts).toHaveLength(6);
});

it('how long an answer took is not what the clock says', async () => {
  room = createTestInference();
  const { inference } = room;
  for (const years of [30, -5]) {
    const answer = await inference.generate({
      ...ask,
      maxTokens: 8,
      logitBias: { 2: -100 },
      onText: () => jump(years),
    });
    for (const millis of [answer.queuedMs, answer.firstTokenMs, answer.totalMs]) {
      expect(millis).toBeGreaterThanOrEqual(0);
      expect(millis).toBeLessThan(YEAR_MS);
    }
  }
  // 300 seconds is the most that is told. It goes by how long answers took.
  const asked = Array.from({ length: 70 }, () => inference.generate({ ...ask, maxTokens: 200 }));
  const refused = (await Promise.allSettled(asked)).find(({ status }) => status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'INFERENCE_BUSY', data: { retryAfter: expect.any(Number) } } });
  const { data } = Object(Object(refused).reason);
  expect(data.retryAfter).toBeLessThan(300);
});
