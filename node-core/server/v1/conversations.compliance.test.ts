import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let api: ScriptedApi;
let openai: OpenAI;

beforeEach(async () => {
  api = await startScriptedApi({ answer: () => 'An answer.' });
  openai = new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
});
afterEach(() => api.close());

const collect = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
};

const say = (content: string, role: 'user' | 'assistant' | 'system' = 'user') => ({ role, content });

/** The branches are our own, so the SDK's types don't know of them. */
const Branched = z.looseObject({ id: z.string(), parent_id: z.string().nullable() });
const branched = async (path: string): Promise<z.infer<typeof Branched>[]> =>
  z.object({ data: z.array(Branched) }).parse(await openai.get(path)).data;
const texts = (items: readonly object[]): string[] =>
  z
    .array(z.object({ content: z.array(z.object({ text: z.string() })) }))
    .parse(items)
    .map(({ content }) => content.map(({ text }) => text).join(''));

describe('a conversation', () => {
  it('is created, read, changed and deleted', async () => {
    const made = await openai.conversations.create({ metadata: { topic: 'demo' }, items: [say('Hello')] });
    expect(made).toMatchObject({ object: 'conversation', metadata: { topic: 'demo' } });
    expect(await openai.conversations.retrieve(made.id)).toEqual(made);
    expect(await openai.conversations.update(made.id, { metadata: { topic: 'other' } })).toMatchObject({
      id: made.id,
      metadata: { topic: 'other' },
    });
    expect(await openai.conversations.delete(made.id)).toEqual({
      id: made.id,
      object: 'conversation.deleted',
      deleted: true,
    });
    await expect(openai.conversations.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
    await expect(openai.conversations.delete(made.id)).rejects.toMatchObject({ status: 404 });
    expect(await api.threads.threads.list({ query: 'Hello' }, call)).toEqual([]);
  });

  it('holds items of every kind, as they were given', async () => {
    const { id } = await openai.conversations.create();
    const added = await openai.conversations.items.create(id, {
      items: [
        say('Be kind', 'system'),
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
        { type: 'reasoning', id: 'rs_x', summary: [{ type: 'summary_text', text: 'A tool' }] },
        { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'rain' },
        say('It rains', 'assistant'),
      ],
    });
    expect(added.object).toBe('list');
    expect(added.data).toMatchObject([
      { type: 'message', role: 'system', status: 'completed', content: [{ type: 'input_text', text: 'Be kind' }] },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'A tool' }] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: 'rain' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It rains', annotations: [] }] },
    ]);
    const listed = await collect(openai.conversations.items.list(id, { order: 'asc' }));
    expect(listed).toEqual(added.data);
    const [first] = added.data;
    expect(await openai.conversations.items.retrieve(first?.id ?? '', { conversation_id: id })).toEqual(first);
  });

  it('is listed in pages, the newest first where nothing else is asked for', async () => {
    const { id } = await openai.conversations.create();
    for (let index = 0; index < 5; index += 1)
      await openai.conversations.items.create(id, { items: [say(`Number ${index}`)] });
    const page = await openai.conversations.items.list(id, { limit: 2 });
    expect(texts(page.data)).toEqual(['Number 4', 'Number 3']);
    expect(page.has_more).toBe(true);
    expect(texts(await collect(openai.conversations.items.list(id, { limit: 2 })))).toEqual(
      [4, 3, 2, 1, 0].map((index) => `Number ${index}`),
    );
    expect(texts(await collect(openai.conversations.items.list(id, { limit: 2, order: 'asc' })))).toEqual(
      [0, 1, 2, 3, 4].map((index) => `Number ${index}`),
    );
    await expect(openai.conversations.items.list(id, { after: 'msg_nothing' })).rejects.toMatchObject({
      status: 400,
      param: 'after',
    });
    await expect(openai.conversations.items.list(id, { limit: 1_000 })).rejects.toMatchObject({ param: 'limit' });
  });

  it('closes the gap that a deleted item leaves', async () => {
    const { id } = await openai.conversations.create({ items: [say('One'), say('Two'), say('Three')] });
    const [, two, three] = await collect(openai.conversations.items.list(id, { order: 'asc' }));
    expect(await openai.conversations.items.delete(two?.id ?? '', { conversation_id: id })).toMatchObject({ id });
    expect(texts(await collect(openai.conversations.items.list(id, { order: 'asc' })))).toEqual(['One', 'Three']);
    await openai.conversations.items.delete(three?.id ?? '', { conversation_id: id });
    await openai.conversations.items.create(id, { items: [say('Four')] });
    expect(texts(await collect(openai.conversations.items.list(id, { order: 'asc' })))).toEqual(['One', 'Four']);
  });

  it('branches', async () => {
    const { id } = await openai.conversations.create({ items: [say('One'), say('Two'), say('Three')] });
    const path = `/conversations/${id}/items`;
    const [one, , three] = await branched(`${path}?order=asc`);
    await openai.post(path, { body: { items: [say('Other two')], parent_id: one?.id } });
    expect(texts(await branched(`${path}?order=asc`))).toEqual(['One', 'Other two']);
    expect(texts(await branched(`${path}?order=asc&leaf=${three?.id}`))).toEqual(['One', 'Two', 'Three']);
    const all = await branched(`${path}?order=asc&leaf=all`);
    expect(texts(all)).toEqual(['One', 'Two', 'Three', 'Other two']);
    expect(all[3]?.parent_id).toBe(one?.id);
    await openai.post('/responses', {
      body: { model: 'scripted', input: 'Go on', conversation: { id, parent_id: three?.id } },
    });
    expect(texts(await branched(`${path}?order=asc`))).toEqual(['One', 'Two', 'Three', 'Go on', 'An answer.']);
  });

  it('is seen by the person, who may go on with it', async () => {
    const { id } = await openai.conversations.create({ items: [say('Hello from a program'), say('Hi', 'assistant')] });
    const [thread] = await api.threads.threads.list({}, call);
    expect(thread).toMatchObject({ origin: 'api', title: 'Hello from a program' });
    const watching = await api.threads.threads.watch({ id: thread?.id ?? '' }, call);
    await api.threads.threads.send({ id: thread?.id ?? '', text: 'And me' }, call);
    for await (const event of watching)
      if (event.type === 'message' && event.message.state === 'done' && event.message.role === 'assistant') break;
    expect(texts(await collect(openai.conversations.items.list(id, { order: 'asc' })))).toEqual([
      'Hello from a program',
      'Hi',
      'And me',
      'An answer.',
    ]);
  });

  it('is none of the threads that a person began', async () => {
    const { id } = await api.threads.threads.create({}, call);
    const name = `conv_${id.replaceAll('-', '')}`;
    await expect(openai.conversations.retrieve(name)).rejects.toMatchObject({ status: 404 });
    await expect(openai.conversations.items.list(name)).rejects.toMatchObject({ status: 404 });
    await expect(openai.conversations.delete(name)).rejects.toMatchObject({ status: 404 });
    await expect(openai.responses.create({ model: 'scripted', input: 'Hi', conversation: name })).rejects.toMatchObject(
      { status: 404 },
    );
  });

  it.each([
    [{ items: Array.from({ length: 21 }, () => say('x')) }, 'items'],
    [{ items: [{ type: 'item_reference', id: 'x' }] }, 'items[0].type'],
    [{ items: [{ type: 'web_search_call', id: 'x' }] }, 'items[0].type'],
    [{ metadata: { key: 'v'.repeat(513) } }, 'metadata.key'],
    [{ surprise: 1 }, 'surprise'],
  ])('refuses by name', async (body, param) => {
    await expect(openai.post('/conversations', { body })).rejects.toMatchObject({ status: 400, param });
    expect(await api.threads.threads.list({}, call)).toEqual([]);
  });
});

describe('stored chat completions', () => {
  const ask = (text: string, metadata?: Record<string, string>) =>
    openai.chat.completions.create({
      model: 'scripted',
      messages: [{ role: 'user', content: text }],
      store: true,
      ...(metadata ? { metadata } : {}),
    });

  it('are read, changed and deleted', async () => {
    const made = await ask('Hello', { topic: 'demo' });
    expect(await openai.chat.completions.retrieve(made.id)).toMatchObject({
      id: made.id,
      object: 'chat.completion',
      metadata: { topic: 'demo' },
      choices: [{ message: { content: 'An answer.' } }],
    });
    expect(await collect(openai.chat.completions.messages.list(made.id))).toMatchObject([
      { id: `${made.id}-0`, role: 'user', content: 'Hello' },
    ]);
    expect(await openai.chat.completions.update(made.id, { metadata: { topic: 'new' } })).toMatchObject({
      metadata: { topic: 'new' },
    });
    expect(await openai.chat.completions.delete(made.id)).toMatchObject({ id: made.id, deleted: true });
    await expect(openai.chat.completions.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
  });

  it('are listed by what they are about, in pages', async () => {
    for (const topic of ['a', 'b', 'a', 'a']) await ask(`About ${topic}`, { topic });
    await openai.chat.completions.create({ model: 'scripted', messages: [{ role: 'user', content: 'Not kept' }] });
    expect(await collect(openai.chat.completions.list())).toHaveLength(4);
    expect(await collect(openai.chat.completions.list({ metadata: { topic: 'a' }, limit: 2 }))).toHaveLength(3);
    expect(await collect(openai.chat.completions.list({ model: 'other' }))).toEqual([]);
    const ids = (await collect(openai.chat.completions.list({ limit: 1 }))).map(({ id }) => id);
    const reversed = await collect(openai.chat.completions.list({ limit: 3, order: 'desc' }));
    expect(reversed.map(({ id }) => id)).toEqual(ids.toReversed());
    await expect(openai.chat.completions.list({ after: 'chatcmpl-none' })).rejects.toMatchObject({
      status: 400,
      param: 'after',
    });
  });

  it('keep what was streamed', async () => {
    const stream = await openai.chat.completions.create({
      model: 'scripted',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      store: true,
    });
    const [chunk] = await collect(stream);
    expect(await openai.chat.completions.retrieve(chunk?.id ?? '')).toMatchObject({
      choices: [{ message: { content: 'An answer.' } }],
    });
  });
});
