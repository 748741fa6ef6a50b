import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { createThreads } from '../../threads/index.ts';
import { openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import type { Tool, ToolContext } from '../types.ts';
import { knowledgeSearch } from './knowledge.ts';
import { notesList, notesRead } from './notes.ts';
import { workspaceSearch } from './workspace.ts';

let workspace: ReturnType<typeof openTestWorkspace>;
beforeEach(() => {
  workspace = openTestWorkspace();
});
afterEach(() => workspace.dispose());

const context = (): ToolContext => ({
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error('nothing is fetched')),
  addresses: async () => [],
  setting: () => null,
  store: () => workspace.store,
  clock: workspace.clock,
});
const call = (tool: Tool, input: unknown) => tool.call(input, context());
const note = (text: string, runId: string | null = null) =>
  workspace.store.transact({ actor: 'user', label: 'Add', ...(runId === null ? {} : { runId }) }, (tx) =>
    workspace.workspace.addNote(tx, { text }, runId),
  );

it('finds tasks, notes and projects with their texts', async () => {
  const { id } = note('# Roof\nThe roof of the barn leaks near the chimney.');
  await workspace.tasks.create({ title: 'Call the roofer', notes: 'Ask about slate for the roof.' }, userCall);
  const found = await call(workspaceSearch, { query: 'roof' });
  expect(found).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ kind: 'note', id, text: '# Roof\nThe roof of the barn leaks near the chimney.' }),
      expect.objectContaining({ kind: 'task', title: 'Call the roofer', text: 'Ask about slate for the roof.' }),
    ]),
  });
  expect(JSON.stringify(found)).not.toMatch(/\\u000[23]/u);
  expect(await call(workspaceSearch, { query: 'roof', kinds: ['task'] })).toMatchObject({
    items: [{ kind: 'task', status: 'open', doneAt: null }],
  });
  expect(await call(workspaceSearch, { query: 'roof', maxChars: 6 })).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ text: '# Roof' })]),
  });
});

it('tells what a model wrote in a chat from what the person wrote', async () => {
  const threads = createThreads({
    store: () => workspace.store,
    inference: scriptedInference({ answer: () => 'The heron stands in the reeds.' }),
    clock: workspace.clock,
    logger: silentLogger,
  });
  try {
    await threads.start();
    const { id } = await threads.threads.create({}, userCall);
    const watching = await threads.threads.watch({ id }, userCall);
    await threads.threads.send({ id, text: 'Where does the otter live?' }, userCall);
    for await (const event of watching)
      if (event.type === 'message' && event.message.role === 'assistant' && event.message.state === 'done') break;
    const labels = async (query: string) => {
      const found = workspaceSearch.output.parse(await call(workspaceSearch, { query, kinds: ['chat'] }));
      expect(found).toMatchObject({ items: [{ kind: 'chat' }] });
      return workspaceSearch.labelsOf?.(found);
    };
    expect(await labels('otter')).toEqual({ untrusted: false, private: true });
    expect(await labels('heron')).toEqual({ untrusted: true, private: true });
  } finally {
    await threads.stop();
  }
});

it('takes what holds most of the words where nothing holds all of them', async () => {
  const { id } = note('Budget of the launch: 4,000 euros.');
  note('The launch is in May.');
  expect(await call(workspaceSearch, { query: 'what budget does the launch have' })).toMatchObject({
    items: [{ id }, {}],
  });
});

it('gives the passage that answers, with its heading and line', async () => {
  const filler = 'Words about gardening and weather, at some length. '.repeat(20);
  const { id } = note(
    `# Handbook\n\n${filler}\n\n## Travel\n\n${filler}\n\nTrains are booked by Ada in second class.\n`,
  );
  note('Ada likes tea.');
  const { passages } = knowledgeSearch.output.parse(
    await call(knowledgeSearch, { query: 'Who books the trains in second class?', limit: 1 }),
  ) as { passages: unknown[] };
  expect(passages).toMatchObject([
    { noteId: id, title: 'Handbook', heading: 'Travel', line: 9, text: 'Trains are booked by Ada in second class.' },
  ]);
});

it('takes any text for a question', async () => {
  note('One');
  for (const query of ['"', '*', 'NEAR(', 'title:x', '東京', '\0', 'a"b OR c'])
    for (const tool of [knowledgeSearch, workspaceSearch]) await call(tool, { query });
});

it('lists notes as asked, and says where there are more', async () => {
  const [a, b] = [note('# A\n#red text'), note('# B\nmore')];
  expect(await call(notesList, { ids: [a.id, b.id] })).toMatchObject({
    notes: [{ id: a.id }, { id: b.id }],
    more: false,
  });
  expect(await call(notesList, { tag: 'red' })).toMatchObject({ notes: [{ id: a.id, tags: ['red'] }] });
  expect(await call(notesList, { limit: 1 })).toMatchObject({ more: true });
  expect(await call(notesRead, { id: a.id, maxChars: 3 })).toMatchObject({ text: '# A', truncated: true });
  await expect(call(notesRead, { id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('names its sources, as many as a label holds', async () => {
  for (let index = 0; index < 230; index += 1) note(`# ${'long '.repeat(100)}${index}`);
  note('# Short');
  const found = await call(notesList, { limit: 500 });
  const sources = notesList.sources({ limit: 500 }, found);
  expect(sources[0]).toMatch(/^Note "/u);
  expect(sources.length).toBeLessThanOrEqual(200);
  expect(sources.every(({ length }) => length < 2_000)).toBe(true);
});

it('does not trust what an agent wrote until a person touched it', async () => {
  const own = note('Ours');
  const theirs = note('Copied from a page', '01900000-0000-7000-8000-000000000000');
  const labels = async (id: string) => notesRead.labelsOf?.(await call(notesRead, { id }));
  expect(await labels(own.id)).toEqual({ untrusted: false, private: true });
  expect(await labels(theirs.id)).toEqual({ untrusted: true, private: true });
});
