import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLogger, systemClock } from '../../common/index.ts';
import { isCancellation } from '../../contract/index.ts';
import { chatChunk, startFakeEndpoint } from '../../testing/fake-endpoint.ts';
import { userCall } from '../../testing/open-test-workspace.ts';
import { createTestInference, type TestInference } from '../../testing/test-inference.ts';
import { addNote } from '../../workspace/index.ts';
import { createTools } from '../index.ts';
import { createEmbedders, type Embedder, reranked } from './meaning.ts';

let room: TestInference;
beforeEach(() => {
  room = createTestInference();
});
afterEach(() => room.dispose());

const { signal } = new AbortController();
const search = async (query: string, until = signal) => {
  const tools = createTools({
    store: () => room.store,
    clock: systemClock,
    logger: silentLogger,
    inference: room.inference,
  });
  const tool = tools.box.find('knowledge.search');
  if (!tool) throw new Error('There is no such tool.');
  return z
    .object({ by: z.string(), passages: z.array(z.looseObject({ text: z.string() })) })
    .parse(await tool.call({ query }, tools.box.context(tool, { egress: [], signal: until })));
};
const write = (...texts: string[]) =>
  room.store.transact({ actor: 'user', label: 'Add' }, (tx) => {
    for (const text of texts) addNote({ store: room.store, tx, now: 1, runId: null }, { text });
  });

it('orders what is best by words by its meaning too, and says whose', async () => {
  write('The otter sleeps in the river.', 'Otters eat fish.', 'Trains are late.');
  expect(await search('otter')).toMatchObject({ by: 'BM25' });
  const path = room.writeModel('meaning.gguf', { pooling: 1 });
  const model = await room.inference.models.addFile({ path }, userCall);
  const found = await search('otter river fish');
  expect(found.by).toBe(`BM25 and ${model.name}`);
  expect(found.passages.map(({ text }) => text).toSorted()).toEqual([
    'Otters eat fish.',
    'The otter sleeps in the river.',
  ]);
});

it('sends no note to an endpoint, and finds by words where the model can not be loaded', async () => {
  write('The otter sleeps in the river.', 'Otters eat fish in the river.');
  const endpoint = await startFakeEndpoint((response) => {
    response.end(chatChunk('', 'stop'));
  });
  await room.inference.models.addEndpoint({ name: 'Far', url: endpoint.url, model: 'embed' }, userCall);
  expect(await search('river')).toMatchObject({ by: 'BM25', passages: [{}, {}] });
  expect(endpoint.requests).toEqual([]);
  await endpoint.close();
  const path = room.writeModel('long.gguf', { pooling: 1, contextLength: 8 });
  await room.inference.models.addFile({ path }, userCall);
  expect(await search('river')).toMatchObject({ by: 'BM25', passages: [{}, {}] });
});

it('stops where the person does', async () => {
  write('The otter sleeps in the river.', 'Otters eat fish in the river.');
  const path = room.writeModel('meaning.gguf', { pooling: 1 });
  await room.inference.models.addFile({ path }, userCall);
  await expect(search('river', AbortSignal.abort())).rejects.toSatisfy(isCancellation);
});

it('reads a text once, also beside more than it keeps, and again after the vault was locked', async () => {
  const path = room.writeModel('meaning.gguf', { pooling: 1 });
  await room.inference.models.addFile({ path }, userCall);
  const read: string[] = [];
  const embedders = createEmbedders({
    models: room.inference.models,
    embed: async ({ modelId = '', inputs }) => {
      const texts = inputs.map((input) => (typeof input === 'string' ? input : ''));
      read.push(...texts);
      return { modelId, vectors: texts.map((text) => new Float32Array([Number(text)])), promptTokens: 0 };
    },
  });
  const embedder = await embedders.find(signal);
  const values = async (from: number, to: number) =>
    (
      await embedder?.embed(
        Array.from({ length: to - from }, (_, index) => String(from + index)),
        signal,
      )
    )?.map(([value]) => value);
  expect(await values(1, 3)).toEqual([1, 2]);
  expect(await values(1, 4)).toEqual([1, 2, 3]);
  expect(read).toEqual(['1', '2', '3']);
  expect((await values(3, 5_003))?.slice(0, 2)).toEqual([3, 4]);
  embedders.forget();
  read.length = 0;
  await values(3, 5);
  expect(read).toEqual(['3', '4']);
});

it('puts both orders together', async () => {
  const passages = ['one', 'two', 'three'].map((text) => ({ title: '', heading: '', text }));
  const meant: Readonly<Record<string, number[]>> = { ask: [1, 0], one: [0, 1], two: [0.6, 0.8], three: [1, 0] };
  const embedder: Embedder = {
    model: 'scripted',
    embed: async (texts) => texts.map((text) => new Float32Array(meant[text] ?? [])),
  };
  const both = await reranked(passages, 'ask', embedder, signal);
  expect(both.map(({ text }) => text)).toEqual(['one', 'three', 'two']);
});
