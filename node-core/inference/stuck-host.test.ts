import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCancellation } from '../contract/index.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

let room: TestInference | undefined;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await room?.dispose();
  room = undefined;
});

const forever = `${'{% for i in range(9999) %}'.repeat(6)}{% set x = 1 %}${'{% endfor %}'.repeat(6)}{{ messages[0].content }}`;
const ask = { input: { messages: [{ role: 'user', content: 'Hello' }] }, maxTokens: 8 } as const;

describe('a host that does not hear any more', () => {
  it('is ended: what kept it is refused, everything else can be tried again', async () => {
    room = createTestInference({ builtin: { chatTemplate: forever } });
    const { inference } = room;
    expect(await inference.tokenize('x')).toHaveLength(1);
    const asked = inference.generate(ask);
    const behind = inference.tokenize('behind it');
    vi.advanceTimersByTime(60_000);
    await expect(asked).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('chat template'),
    });
    await expect(behind).rejects.toMatchObject({ code: 'INFERENCE_CRASHED' });
    expect(room.hosts).toHaveLength(1);
    expect(await inference.tokenize('x')).toHaveLength(1);
    expect(room.hosts).toHaveLength(2);
  });

  it('is not one that answers at length', async () => {
    room = createTestInference({ builtin: { contextLength: 4_096 } });
    const { inference } = room;
    const abort = new AbortController();
    const begun = Promise.withResolvers<void>();
    const long = inference.generate({
      ...ask,
      maxTokens: 4_000,
      logitBias: { 2: -100 },
      signal: abort.signal,
      onText: () => begun.resolve(),
    });
    await begun.promise;
    for (let round = 0; round < 10; round += 1) {
      vi.advanceTimersByTime(5_000);
      expect(await inference.tokenize('x')).toHaveLength(1);
    }
    abort.abort();
    await expect(long).rejects.toSatisfy(isCancellation);
    expect(room.hosts).toHaveLength(1);
  });

  it('is not what megabytes of text make of it', async () => {
    room = createTestInference();
    const { inference } = room;
    const text = '<answer>\u{1f600}'.repeat(400_000);
    const refused = { code: 'CONTEXT_OVERFLOW', message: expect.stringContaining('more than 65536 tokens') };
    const input = { messages: [{ role: 'user', content: text }] } as const;
    await expect(inference.generate({ ...ask, input })).rejects.toMatchObject(refused);
    await expect(inference.generate({ ...ask, input: { prompt: text } })).rejects.toMatchObject(refused);
    await expect(inference.countPrompt({ input })).rejects.toMatchObject(refused);
    await expect(inference.tokenize(text)).rejects.toMatchObject(refused);
    const last = [...input.messages, { role: 'user', content: 'Hello' }] as const;
    const shorter = await inference.generate({ ...ask, input: { messages: last }, overflow: 'drop-oldest' });
    expect(shorter.droppedMessages).toBe(1);
    expect(room.hosts).toHaveLength(1);
  });

  it('is not what a hundred thousand messages make of it', async () => {
    room = createTestInference();
    const { inference } = room;
    const messages = Array.from({ length: 100_001 }, (_, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: 'x',
    }));
    await expect(inference.generate({ ...ask, input: { messages } })).rejects.toMatchObject({
      code: 'CONTEXT_OVERFLOW',
    });
    const { droppedMessages } = await inference.generate({ ...ask, input: { messages }, overflow: 'drop-oldest' });
    expect(droppedMessages).toBeGreaterThan(99_000);
    expect(room.hosts).toHaveLength(1);
  });
});
