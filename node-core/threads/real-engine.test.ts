import { afterEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import type { ThreadEvent } from '../contract/index.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import { createThreads, type Threads } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
let threads: Threads | undefined;

afterEach(async () => {
  await threads?.stop();
  await room?.dispose();
});

/** Random weights, so what it says is nonsense; how it comes and what it counts is not. */
it('a thread is answered by the real engine, and outlives the death of its process', async () => {
  const opened = createTestInference({ builtin: { contextLength: 1_024 } });
  room = opened;
  const made = createThreads({
    store: () => opened.store,
    inference: opened.inference,
    clock: systemClock,
    logger: silentLogger,
  });
  threads = made;
  await made.start();
  const { id } = await made.threads.create({}, call);
  await made.threads.update({ id, patch: { params: { temperature: 0, maxTokens: 48 } } }, call);

  const ask = async (text: string, onText: () => void = () => undefined): Promise<ThreadEvent[]> => {
    const watching = await made.threads.watch({ id }, call);
    const { answer } = await made.threads.send({ id, text }, call);
    const events: ThreadEvent[] = [];
    for await (const event of watching) {
      events.push(event);
      if (event.type === 'text') onText();
      if (event.type === 'message' && event.message.id === answer.id && event.message.state !== 'writing') break;
    }
    return events;
  };

  const events = await ask('Hello');
  const whole = (await made.threads.get({ id }, call)).messages.at(-1);
  expect(whole).toMatchObject({ state: 'done', modelId: 'jan-builtin', place: 'this-machine' });
  expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('')).toBe(whole?.text);
  expect(whole?.usage?.outputTokens).toBeGreaterThan(0);
  expect(whole?.usage?.promptTokens).toBeGreaterThan(0);

  await made.threads.update({ id, patch: { params: { temperature: 0, maxTokens: 600 } } }, call);
  await ask('And on', () => opened.hosts.at(-1)?.kill());
  const cut = (await made.threads.get({ id }, call)).messages.at(-1);
  expect(cut).toMatchObject({ state: 'failed', error: { code: 'INFERENCE_CRASHED' } });
  expect(cut?.text).not.toBe('');

  await made.threads.update({ id, patch: { params: { temperature: 0, maxTokens: 48 } } }, call);
  await ask('Once more');
  expect((await made.threads.get({ id }, call)).messages.at(-1)).toMatchObject({ state: 'done' });
});
