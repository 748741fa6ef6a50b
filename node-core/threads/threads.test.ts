import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createLogger, type Logger, silentLogger, systemClock } from '../common/index.ts';
import { AppError, type Thread, ThreadEvent, type ThreadMessage } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult } from '../inference/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { scriptedInference, type Script } from '../testing/scripted-inference.ts';
import { createThreads, type Threads } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let opened: ReturnType<typeof openTestStore>;
let rooms: Threads[];
let asked: GenerateRequest[];
let locked: boolean;
let full: boolean;

beforeEach(() => {
  opened = openTestStore();
  rooms = [];
  asked = [];
  locked = false;
  full = false;
});
afterEach(async () => {
  await Promise.all(rooms.map((room) => room.stop()));
  opened.dispose();
});

interface Room {
  readonly answer?: Script['answer'];
  readonly generate?: (request: GenerateRequest) => Promise<GenerateResult>;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

const openRoom = async ({
  answer = () => 'An answer.',
  generate,
  logger = silentLogger,
  clock = systemClock,
}: Room = {}) => {
  const scripted = scriptedInference({ answer });
  const room = createThreads({
    store: () => {
      if (locked) throw new AppError('VAULT_LOCKED', 'The vault is locked.');
      return full ? { ...opened.store, write: refuse } : opened.store;
    },
    inference: {
      model: scripted.model,
      generate: (request) => {
        asked.push(request);
        return (generate ?? scripted.generate)(request);
      },
    },
    clock,
    logger,
  });
  rooms.push(room);
  await room.start();
  return room;
};

const refuse = (): never => {
  throw new AppError('STORAGE_FULL', 'The disk is full.');
};

/** A model that writes `First. ` and then waits until it is told to go on. */
const halting = () => {
  const halted = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const scripted = scriptedInference({ answer: () => 'First. Second.' });
  const generate = async (request: GenerateRequest): Promise<GenerateResult> => {
    request.onPart?.({ type: 'text', text: 'First. ' });
    halted.resolve();
    await Promise.race([
      goOn.promise,
      new Promise<void>((resolve) => request.signal?.addEventListener('abort', () => resolve())),
    ]);
    const { onPart: _, ...rest } = request;
    return scripted.generate(rest);
  };
  return { generate, halted: halted.promise, goOn: goOn.resolve };
};

const hasEnded = (event: ThreadEvent, id: string): boolean =>
  event.type === 'message' && event.message.id === id && event.message.state !== 'writing';

/** Sends and waits for the end of the answer. */
const exchange = async (
  { threads }: Threads,
  input: Parameters<Threads['threads']['send']>[0],
): Promise<{ question: ThreadMessage; answer: ThreadMessage; events: ThreadEvent[] }> => {
  const watching = await threads.watch({ id: input.id }, call);
  await watching.next();
  const { question, answer } = await threads.send(input, call);
  const events = await until(watching, answer.id);
  const { messages } = await threads.get({ id: input.id }, call);
  const ended = messages.find(({ id }) => id === answer.id);
  if (!ended) throw new Error('the answer is gone');
  return { question, answer: ended, events };
};

const until = async (watching: AsyncIterator<ThreadEvent>, answerId: string): Promise<ThreadEvent[]> => {
  const events: ThreadEvent[] = [];
  for (;;) {
    const { value, done } = await watching.next();
    if (done) return events;
    events.push(value);
    if (hasEnded(value, answerId)) return events;
  }
};

const newThread = ({ threads }: Threads, input: Parameters<Threads['threads']['create']>[0] = {}): Promise<Thread> =>
  Promise.resolve(threads.create(input, call));
const heard = (index: number) => {
  const input = asked[index]?.input;
  return input && 'messages' in input ? input.messages : [];
};

describe('a thread', () => {
  it('is written while someone watches', async () => {
    const room = await openRoom({ answer: () => ({ reasoning: 'They greet.', text: 'Hello, and welcome to you.' }) });
    const { id } = await newThread(room, { systemPrompt: 'Be kind.' });
    const { answer, events } = await exchange(room, { id, text: 'Hello' });
    expect(heard(0)).toEqual([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hello' },
    ]);
    expect(answer).toMatchObject({
      state: 'done',
      text: 'Hello, and welcome to you.',
      reasoning: 'They greet.',
      modelId: 'scripted',
      place: 'this-machine',
      usage: { promptTokens: 10, outputTokens: 3 },
      droppedMessages: 0,
    });
    const joined = (type: 'text' | 'reasoning') =>
      events.flatMap((event) => (event.type === type ? [event.text] : [])).join('');
    expect(joined('text')).toBe(answer.text);
    expect(joined('reasoning')).toBe(answer.reasoning);
    expect(await room.threads.get({ id }, call)).toMatchObject({ title: 'Hello', leafId: answer.id });
  });

  it('goes on when the one who asked leaves, and a late watcher sees all of it', async () => {
    const { generate, halted, goOn } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    const leaving = new AbortController();
    const first = await room.threads.watch({ id }, { ...call, signal: leaving.signal });
    await first.next();
    const { answer } = await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    leaving.abort();
    await until(first, 'nothing');
    const late = await room.threads.watch({ id }, call);
    const seen = ThreadEvent.parse((await late.next()).value);
    expect(seen.type === 'snapshot' && seen.thread.messages.at(-1)).toMatchObject({
      text: 'First. ',
      state: 'writing',
    });
    goOn();
    await until(late, answer.id);
    expect((await room.threads.get({ id }, call)).messages.at(-1)).toMatchObject({
      text: 'First. Second.',
      state: 'done',
    });
  });

  it('shows a watcher that falls far behind the whole again', async () => {
    const { generate, halted, goOn } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    const slow = await room.threads.watch({ id }, call);
    await slow.next();
    for (let index = 0; index < 600; index += 1)
      await room.threads.update({ id, patch: { title: `Title ${index}` } }, call);
    const { answer } = await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    const events: ThreadEvent[] = [];
    goOn();
    for await (const event of slow) {
      events.push(event);
      if (hasEnded(event, answer.id)) break;
      if (event.type === 'snapshot' && event.thread.messages.at(-1)?.state === 'done') break;
    }
    expect(events.length).toBeLessThan(600);
    expect(events.some(({ type }) => type === 'snapshot')).toBe(true);
  });

  it('is stopped, with what was written kept', async () => {
    const { generate, halted } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    const { answer } = await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    expect(await room.threads.stop({ messageId: answer.id }, call)).toMatchObject({
      state: 'stopped',
      text: 'First. ',
    });
    expect(await room.threads.stop({ messageId: answer.id }, call)).toMatchObject({ state: 'stopped' });
  });

  it('keeps why an answer failed, and gets another one', async () => {
    let works = false;
    const room = await openRoom({
      answer: () => {
        if (works) return 'Now it works.';
        throw new AppError('INFERENCE_CRASHED', 'The model crashed. Ask again.');
      },
    });
    const { id } = await newThread(room);
    const { question, answer } = await exchange(room, { id, text: 'Hello' });
    expect(answer).toMatchObject({
      state: 'failed',
      text: '',
      error: { code: 'INFERENCE_CRASHED', message: 'The model crashed. Ask again.' },
    });
    works = true;
    const watching = await room.threads.watch({ id }, call);
    const again = await room.threads.regenerate({ messageId: answer.id, modelId: 'scripted-two' }, call);
    expect(again).toMatchObject({ parentId: question.id, modelId: 'scripted-two', state: 'writing' });
    await until(watching, again.id);
    const detail = await room.threads.get({ id }, call);
    expect(detail.leafId).toBe(again.id);
    expect(detail.messages.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
    // The failed one is no part of what the model reads.
    expect(heard(1)).toEqual([{ role: 'user', content: 'Hello' }]);
  });

  it('branches where an earlier message is edited, and shows the branch that is chosen', async () => {
    const room = await openRoom({
      answer: ({ input }) => `Answer to ${'messages' in input ? input.messages.at(-1)?.content : ''}`,
    });
    const { id } = await newThread(room);
    const one = await exchange(room, { id, text: 'One' });
    const two = await exchange(room, { id, text: 'Two' });
    const edited = await exchange(room, { id, text: 'Other two', parentId: one.answer.id });
    expect(heard(2).map(({ content }) => content)).toEqual(['One', 'Answer to One', 'Other two']);
    const anew = await exchange(room, { id, text: 'Other one', parentId: null });
    expect(heard(3).map(({ content }) => content)).toEqual(['Other one']);
    expect((await room.threads.get({ id }, call)).messages).toHaveLength(8);
    expect(await room.threads.update({ id, patch: { leafId: two.question.id } }, call)).toMatchObject({
      leafId: two.answer.id,
    });
    // One was last written on through its second branch.
    expect(await room.threads.update({ id, patch: { leafId: one.question.id } }, call)).toMatchObject({
      leafId: edited.answer.id,
    });
    await exchange(room, { id, text: 'Three' });
    expect(
      heard(4)
        .map(({ content }) => content)
        .slice(2),
    ).toEqual(['Other two', 'Answer to Other two', 'Three']);
    const other = await newThread(room);
    await expect(async () =>
      room.threads.update({ id: other.id, patch: { leafId: anew.answer.id } }, call),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(async () =>
      room.threads.send({ id: other.id, text: 'Hi', parentId: anew.answer.id }, call),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('waits for the answer before the next question on the same branch', async () => {
    const { generate, halted, goOn } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    const { question, answer } = await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    await expect(async () => room.threads.send({ id, text: 'And?' }, call)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(async () => room.threads.regenerate({ messageId: answer.id }, call)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await room.threads.get({ id }, call)).messages).toHaveLength(2);
    const watching = await room.threads.watch({ id }, call);
    const second = await room.threads.regenerate({ messageId: question.id }, call);
    goOn();
    await until(watching, second.id);
  });

  it('asks the way the person set it', async () => {
    const room = await openRoom();
    const { id } = await newThread(room, { modelId: 'scripted-own' });
    await room.threads.update({ id, patch: { params: { temperature: 0.1, topP: 0.4, maxTokens: 9 } } }, call);
    await exchange(room, { id, text: 'Hello' });
    expect(asked[0]).toMatchObject({
      modelId: 'scripted-own',
      temperature: 0.1,
      topP: 0.4,
      maxTokens: 9,
      overflow: 'drop-oldest',
    });
  });

  it('tells what an answer without text waits for', async () => {
    const scripted = scriptedInference({ answer: () => 'Here.' });
    const room = await openRoom({
      generate: (request) => {
        request.onPart?.({ type: 'progress', phase: 'loading', value: 0.5 });
        request.onPart?.({ type: 'progress', phase: 'reading', value: 1 });
        return scripted.generate(request);
      },
    });
    const { id } = await newThread(room);
    const watching = await room.threads.watch({ id }, call);
    await watching.next();
    const { answer } = await room.threads.send({ id, text: 'Hello' }, call);
    const progress = (await until(watching, answer.id)).filter(({ type }) => type === 'progress');
    // What was not read yet gave way to what came later.
    expect(progress).toEqual([{ type: 'progress', id: answer.id, phase: 'reading', value: 1 }]);
  });

  it('tells how much of it the model could not see', async () => {
    const room = await openRoom({ answer: () => ({ text: 'Yes.', droppedMessages: 3 }) });
    const { id } = await newThread(room);
    expect((await exchange(room, { id, text: 'Still there?' })).answer.droppedMessages).toBe(3);
  });

  it('hands attachments over under their names, and not too much of them', async () => {
    const room = await openRoom();
    const { id } = await newThread(room);
    const { question } = await exchange(room, {
      id,
      text: 'What is in it?',
      attachments: [{ name: 'no"tes.txt', text: 'Forty-two.' }],
    });
    expect(question.attachments).toEqual([{ name: 'no"tes.txt', text: 'Forty-two.' }]);
    expect(heard(0)).toEqual([
      { role: 'user', content: 'What is in it?\n\n<attachment name="no\\"tes.txt">\nForty-two.\n</attachment>' },
    ]);
    const large = { name: 'large.txt', text: 'x'.repeat(1_500_000) };
    await expect(async () =>
      room.threads.send({ id, text: 'And these?', attachments: [large, large] }, call),
    ).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('says what to do where its model is gone, and writes nothing', async () => {
    const room = await openRoom();
    const { id } = await newThread(room, { modelId: 'gone' });
    await expect(async () => room.threads.send({ id, text: 'Hello' }, call)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('Choose another'),
    });
    expect((await room.threads.get({ id }, call)).messages).toEqual([]);
    await room.threads.update({ id, patch: { modelId: null } }, call);
    expect((await exchange(room, { id, text: 'Hello' })).answer.state).toBe('done');
  });

  it('is called after the first words, until the person calls it something else', async () => {
    const room = await openRoom();
    const { id } = await newThread(room);
    await exchange(room, {
      id,
      text: 'How do I get\n  from the station to the museum without getting wet when it rains all day?',
    });
    expect((await room.threads.get({ id }, call)).title).toBe(
      'How do I get from the station to the museum without getting…',
    );
    await room.threads.update({ id, patch: { title: 'Museum' } }, call);
    await exchange(room, { id, text: 'And back?' });
    expect((await room.threads.get({ id }, call)).title).toBe('Museum');
  });

  it('is found by its title and by what was said', async () => {
    const room = await openRoom({ answer: () => 'Take the *Blue* line.' });
    const titled = await newThread(room, { title: 'Trains & boats' });
    const { id } = await newThread(room);
    await exchange(room, { id, text: 'How do I get to the museum?' });
    const found = async (query: string) => (await room.threads.list({ query }, call)).map((thread) => thread.id);
    expect(await found('boats')).toEqual([titled.id]);
    expect(await found('blue')).toEqual([id]);
    expect(await found('to the mus')).toEqual([id]);
    expect(await found('museum boats')).toEqual([]);
    for (const query of ['"', '*', '%', "' or 1", 'NEAR(', 'a AND', '\u0000'])
      expect(await found(query)).not.toContain(titled.id);
    expect(await found('  ')).toEqual([id, titled.id]);
  });

  it('goes to the trash and comes back', async () => {
    const changes: (Thread | null)[] = [];
    const room = await openRoom();
    room.onDidChangeThread(({ thread }) => changes.push(thread));
    const { id } = await newThread(room, { title: 'Mine' });
    await room.threads.remove({ id }, call);
    expect(changes.at(-1)?.deletedAt).not.toBeNull();
    expect(await room.threads.list({}, call)).toEqual([]);
    expect(await room.threads.list({ trash: true }, call)).toMatchObject([{ id }]);
    await expect(async () => room.threads.send({ id, text: 'Hello' }, call)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Restore'),
    });
    expect(await room.threads.restore({ id }, call)).toMatchObject({ deletedAt: null });
    expect(await room.threads.list({}, call)).toMatchObject([{ id }]);
  });

  it('ends its answer when it goes to the trash', async () => {
    const { generate, halted } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    await room.threads.remove({ id }, call);
    expect(asked[0]?.signal?.aborted).toBe(true);
    await room.threads.restore({ id }, call);
    expect((await room.threads.get({ id }, call)).messages.at(-1)).toMatchObject({ state: 'stopped', text: 'First. ' });
  });

  it('is exported as Markdown, the branch that is shown, and as JSON, all of it', async () => {
    const room = await openRoom({ answer: () => ({ text: 'Two.', reasoning: 'Easy.\nReally.' }) });
    const { id } = await newThread(room, { title: 'Sums: a/b?', systemPrompt: 'Count.' });
    const first = await exchange(room, { id, text: 'Gone branch' });
    await exchange(room, { id, text: '1+1?', parentId: null, attachments: [{ name: 'a.md', text: '```\ncode\n```' }] });
    const markdown = await room.threads.export({ id, format: 'markdown' }, call);
    expect(markdown.name).toBe('Sums a b.md');
    expect(markdown.text).toBe(
      [
        '# Sums: a/b?',
        '## System prompt',
        'Count.',
        '## You',
        '1+1?',
        'Attachment "a.md":',
        '````\n```\ncode\n```\n````',
        '## scripted',
        '> Easy.\n> Really.',
        'Two.\n',
      ].join('\n\n'),
    );
    const json = await room.threads.export({ id, format: 'json' }, call);
    expect(json.name).toBe('Sums a b.json');
    expect(JSON.parse(json.text).messages.map((message: ThreadMessage) => message.id)).toContain(first.answer.id);
  });
});

describe('an answer that is cut short', () => {
  it('keeps what was written when the vault locks, and says so', async () => {
    const { generate, halted } = halting();
    const room = await openRoom({ generate });
    const { id } = await newThread(room);
    await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    await room.stop();
    const { messages } = await room.threads.get({ id }, call);
    expect(messages.at(-1)).toMatchObject({
      state: 'failed',
      text: 'First. ',
      error: { code: 'CANCELLED', message: expect.stringContaining('regenerate') },
    });
  });

  it('is found at the next start where nothing could be written any more', async () => {
    const { generate, halted } = halting();
    let now = 0;
    const clock: Clock = { now: () => 5, monotonic: () => (now += 10_000) };
    const room = await openRoom({ generate, clock });
    const { id } = await newThread(room);
    await room.threads.send({ id, text: 'Hello' }, call);
    await halted;
    locked = true;
    await room.stop();
    locked = false;
    const next = await openRoom();
    expect((await next.threads.get({ id }, call)).messages.at(-1)).toMatchObject({
      state: 'failed',
      text: 'First. ',
      error: { code: 'CANCELLED' },
    });
  });

  it('is not shown as under way where its end could not be saved', async () => {
    const { generate, halted, goOn } = halting();
    const room = await openRoom({ generate });
    const { id } = await room.threads.create({}, call);
    await room.threads.send({ id, text: 'A question' }, call);
    const watcher = await room.threads.watch({ id }, call);
    await halted;
    full = true;
    goOn();
    for await (const event of watcher) if (event.type === 'message' && event.message.state === 'failed') break;
    full = false;
    const { messages } = await room.threads.get({ id }, call);
    expect(messages.at(-1)).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } });
    await room.threads.send({ id, text: 'Another' }, call);
  });

  it('is left alone while the vault is locked', async () => {
    locked = true;
    await openRoom();
    expect(asked).toEqual([]);
  });
});

it('tells the log nothing of what was said', async () => {
  const lines: string[] = [];
  const logger = createLogger((line) => lines.push(line), 'debug');
  const room = await openRoom({
    logger,
    answer: () => {
      throw new Error('secret words');
    },
  });
  const { id } = await newThread(room, { title: 'secret title' });
  const { answer } = await exchange(room, { id, text: 'secret question' });
  expect(answer).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  expect(lines).not.toEqual([]);
  expect(lines.join('')).not.toContain('secret');
});
