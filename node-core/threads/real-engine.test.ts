import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import type { ThreadEvent, ThreadMessage } from '../contract/index.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import { createThreads, type Threads } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
let threads: Threads | undefined;

afterEach(async () => {
  await threads?.stop();
  await room?.dispose();
});

const open = async (contextLength: number): Promise<{ opened: TestInference; made: Threads; id: string }> => {
  const opened = createTestInference({ builtin: { contextLength } });
  room = opened;
  const made = createThreads({
    store: () => opened.store,
    inference: opened.inference,
    clock: systemClock,
    logger: silentLogger,
  });
  threads = made;
  await made.start();
  const { id } = await made.threads.create({ systemPrompt: 'Be brief.' }, call);
  return { opened, made, id };
};

const ask = async (
  { threads: handlers }: Threads,
  id: string,
  text: string,
  options: { readonly maxTokens: number; readonly onText?: () => void },
): Promise<{ events: ThreadEvent[]; answer: ThreadMessage }> => {
  await handlers.update({ id, patch: { params: { temperature: 0, maxTokens: options.maxTokens } } }, call);
  const watching = await handlers.watch({ id }, call);
  const { answer } = await handlers.send({ id, text }, call);
  const events: ThreadEvent[] = [];
  for await (const event of watching) {
    events.push(event);
    if (event.type === 'text') options.onText?.();
    if (event.type !== 'message' || event.message.id !== answer.id || event.message.state === 'writing') continue;
    return { events, answer: event.message };
  }
  throw new Error('the answer did not end');
};

/** Random weights, so what it says is nonsense; how it comes and what it counts is not. */
describe('a thread on the real engine', () => {
  it('is answered, and outlives the death of its process', async () => {
    const { opened, made, id } = await open(1_024);
    const { events, answer } = await ask(made, id, 'Hello', { maxTokens: 48 });
    expect(answer).toMatchObject({ state: 'done', modelId: 'jan-builtin', place: 'this-machine' });
    expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('')).toBe(answer.text);
    expect(answer.usage?.outputTokens).toBeGreaterThan(0);
    expect(answer.usage?.promptTokens).toBeGreaterThan(0);

    const kill = () => opened.hosts.at(-1)?.kill();
    const cut = await ask(made, id, 'And on', { maxTokens: 600, onText: kill });
    expect(cut.answer).toMatchObject({ state: 'failed', error: { code: 'INFERENCE_CRASHED' } });
    expect(cut.answer.text).not.toBe('');

    expect((await ask(made, id, 'Once more', { maxTokens: 48 })).answer).toMatchObject({ state: 'done' });
  });

  it('longer than the context leaves its oldest messages out, and says how many', async () => {
    const { made, id } = await open(512);
    const long = 'Many words in one long line. '.repeat(12);
    const dropped: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { answer } = await ask(made, id, `${index} ${long}`, { maxTokens: 8 });
      expect(answer.state).toBe('done');
      dropped.push(answer.droppedMessages ?? 0);
    }
    expect(dropped[0]).toBe(0);
    expect(dropped.at(-1)).toBeGreaterThan(0);
    const { answer } = await ask(made, id, long.repeat(20), { maxTokens: 8 });
    expect(answer).toMatchObject({ state: 'failed', error: { code: 'CONTEXT_OVERFLOW' } });
  });
});
