import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { startFakeEndpoint, streamChat } from '../../testing/fake-endpoint.ts';
import { openTestAgents, settledRun, type TestAgents } from '../../testing/test-agents.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { createTestInference, type TestInference } from '../../testing/test-inference.ts';
import { createTools, defineTool, type Tool } from '../../tools/index.ts';
import { addNote } from '../../workspace/index.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

const disposals: (() => unknown)[] = [];
afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});
const scene = (): TestAgents => {
  const opened = openTestAgents();
  disposals.push(opened.dispose);
  return opened;
};

const oneTool = scriptedPlaybook({
  tools: ['test.get'],
  steps: [{ id: 'get', kind: 'tool', title: 'Get it', tool: 'test.get', optional: true }],
  result: [{ title: 'Got', value: 'steps.get' }],
});

describe('a tool whose answer is of no use', () => {
  const answered = async (tool: Tool) => {
    const { store, start } = scene();
    const agents = await start({ answer: () => '' }, [tool]);
    const { id } = await agents.runs.start(startOf(oneTool), call);
    const run = await settledRun(agents, id);
    const journal = store.all(store.qb.selectFrom('journal').select('data').where('runId', '=', id));
    const size = journal.reduce((sum, { data }) => sum + data.length, 0);
    expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
    return { run, size };
  };

  it('may be 50 MB: it is called once, told of, and not kept', async () => {
    const { run, size } = await answered(scriptedTool('test.get', () => 'x'.repeat(50_000_000)));
    expect(run).toMatchObject({
      state: 'done',
      result: {
        lines: [{ value: null }],
        notices: [
          '“Get it” was left out: test.get answered with 50000002 characters; at most 2000000 are taken. Ask it for less.',
        ],
      },
    });
    expect(run.playbook?.calls.map(({ state }) => state)).toEqual(['failed']);
    expect(size).toBeLessThan(20_000);
  });

  it.each<[string, z.ZodType, () => unknown]>([
    ['bytes', z.json(), () => Buffer.from([0, 159, 146, 150])],
    ['a number that JSON has no word for', z.custom(), () => 10n],
    [
      'an object in itself',
      z.custom(),
      () => {
        const self: Record<string, unknown> = {};
        self['self'] = self;
        return self;
      },
    ],
  ])('may be %s: the step is left out, and says so', async (_what, output, answer) => {
    const tool = defineTool({ ...scriptedTool('test.get', () => null), output, call: async () => answer() });
    const { run } = await answered(tool);
    expect(run).toMatchObject({
      state: 'done',
      result: { lines: [{ value: null }], notices: [expect.stringMatching(/“Get it” was left out: test\.get \w+/u)] },
    });
  });

  it('may have letters that are not to be seen: they are kept to the letter', async () => {
    const text = 'a\u0000b\u001b[31m\ud800\u202e\ufeff';
    const { run } = await answered(scriptedTool('test.get', () => text));
    expect(run).toMatchObject({ state: 'done', result: { lines: [{ value: text }] } });
  });

  it('may be of another form than it says: the fault is named', async () => {
    const tool = defineTool({
      ...scriptedTool('test.get', () => null),
      output: z.object({ pages: z.array(z.string()) }),
      call: async () => ({ pages: 3 }),
    });
    const { run } = await answered(tool);
    expect(run).toMatchObject({
      result: { notices: [expect.stringMatching(/answered in a form that is not its own: .*pages/su)] },
    });
  });
});

const asking = scriptedPlaybook({
  tools: ['test.between'],
  steps: [
    { id: 'one', kind: 'ask', title: 'One', prompt: 'Say one.', maxTokens: 8 },
    { id: 'between', kind: 'tool', title: 'Between', tool: 'test.between', needs: ['one'] },
    { id: 'two', kind: 'ask', title: 'Two', prompt: 'Say two.', maxTokens: 8, needs: ['between'] },
  ],
});

describe('a model', () => {
  const withModel = async (
    between: (room: TestInference) => Promise<void>,
  ): Promise<{ room: TestInference; agents: Agents }> => {
    const room = createTestInference({ builtin: { contextLength: 2_048 } });
    const agents = createAgents({
      store: () => room.store,
      inference: {
        ...room.inference,
        // The tiny one says anything; what matters is that it answers.
        generate: async (request) => ({
          ...(await room.inference.generate(request)),
          text: 'It is so.',
          finishReason: 'stop',
        }),
      },
      tools: scriptedToolbox([scriptedTool('test.between', async () => (await between(room), 'done'))]),
      clock: systemClock,
      logger: silentLogger,
    });
    await agents.start();
    disposals.push(room.dispose, () => agents.stop());
    return { room, agents };
  };

  it('that is unloaded in the middle of a run is loaded again', async () => {
    const states: string[] = [];
    const { room, agents } = await withModel(async ({ inference }) => {
      const id = inference.defaultModelId();
      states.push(inference.model(id).state);
      await inference.models.unload({ id }, call);
      states.push(inference.model(id).state);
    });
    const { id } = await agents.runs.start(startOf(asking), call);
    expect(await settledRun(agents, id)).toMatchObject({ state: 'done', error: null });
    expect([...states, room.inference.model().state]).toEqual(['ready', 'unloaded', 'ready']);
  }, 30_000);

  it('whose file is gone in the middle of a run fails the step, which is done with another', async () => {
    const path = (room: TestInference) => join(room.dir, 'other.gguf');
    const { room, agents } = await withModel(async (of) => {
      await of.inference.models.unload({ id: 'other' }, call);
      rmSync(path(of));
    });
    room.writeModel('other.gguf', { contextLength: 2_048 });
    await room.inference.models.addFile({ path: path(room) }, call);
    const { id } = await agents.runs.start({ ...startOf(asking), modelId: 'other' }, call);
    const run = await settledRun(agents, id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'MODEL_FILE_INVALID' } });
    expect(run.steps.map(({ id: step, state }) => `${step} ${state}`)).toEqual([
      'one done',
      'between done',
      'two failed',
    ]);
    const fork = await agents.runs.fork({ id, step: 'two', modelId: room.inference.defaultModelId() }, call);
    expect(await settledRun(agents, fork.id)).toMatchObject({ state: 'done' });
  }, 30_000);

  it('that can not be reached fails the run with what to do, which goes on once it can', async () => {
    const endpoint = await startFakeEndpoint((response) => streamChat(response, ['It is so.']));
    const { room, agents } = await withModel(() => endpoint.close());
    const { id: modelId } = await room.inference.models.addEndpoint(
      { name: 'Far', url: endpoint.url, model: 'large' },
      call,
    );
    const { id } = await agents.runs.start({ ...startOf(asking), modelId }, call);
    const run = await settledRun(agents, id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'ENDPOINT_FAILED' } });
    expect(run.error?.message).toMatch(/[.]$/u);
    expect(run.steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed']);
    const fork = await agents.runs.fork({ id, step: 'two', modelId: room.inference.defaultModelId() }, call);
    expect(await settledRun(agents, fork.id)).toMatchObject({ state: 'done' });
  }, 30_000);
});

it('gives an answer up that would take for ever to be checked', async () => {
  const agents = await scene().start({ answer: () => JSON.stringify({ a: `${'a'.repeat(60)}!` }), builtin: false });
  const answer = {
    type: 'object',
    properties: { a: { type: 'string', pattern: '^(a+)+$' } },
    required: ['a'],
    additionalProperties: false,
  };
  const playbook = scriptedPlaybook({ steps: [{ id: 'say', kind: 'ask', title: 'Say', prompt: 'Say a.', answer }] });
  const { id } = await agents.runs.start(startOf(playbook), call);
  expect(await settledRun(agents, id)).toMatchObject({ state: 'failed', error: { code: 'SCHEMA_UNSUPPORTED' } });
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
}, 30_000);

it('reads no page without a network: the step says why, and nothing else is lost', async () => {
  const { store } = scene();
  const tools = createTools({ store: () => store, clock: systemClock, logger: silentLogger });
  const agents = createAgents({
    store: () => store,
    inference: scriptedInference({ answer: () => '' }),
    tools: tools.box,
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  disposals.push(() => agents.stop());
  const reading = scriptedPlaybook({
    tools: ['web.read'],
    egress: ['*'],
    steps: [
      {
        id: 'read',
        kind: 'tool',
        title: 'Read it',
        tool: 'web.read',
        optional: true,
        with: { url: 'https://nowhere.invalid/' },
      },
      { id: 'keep', kind: 'change', title: 'Keep it', change: 'note', with: { text: 'Kept all the same.' } },
    ],
  });
  const { id } = await agents.runs.start(startOf(reading), call);
  const run = await settledRun(agents, id);
  expect(run).toMatchObject({ state: 'done', result: { notices: [expect.stringContaining('nowhere.invalid')] } });
  expect(run.result).toMatchObject({ noteIds: [expect.any(String)] });
});

it('leaves a note alone that another run has changed since it was read, and each can be undone', async () => {
  const { store, start } = scene();
  const texts = [
    '# Cellar\n\nThe key of the cellar hangs behind the blue door next to the old wardrobe upstairs.\n',
    '# Cellar key\n\nThe key of the cellar hangs behind the blue door next to the old wardrobe upstairs. Ask Tom.\n',
    ...Array.from({ length: 6 }, (_, at) => `# Garden ${at}\n\nThe garden needs compost and seeds, day ${at}.\n`),
  ];
  const ids = store.transact({ actor: 'user', label: 'Notes' }, (tx) =>
    texts.map((text) => addNote({ store, tx, now: 1, runId: null }, { text }).id),
  );
  const agents = await start({ answer: () => '', builtin: true });
  const begin = async () => {
    const { id } = await agents.runs.start(
      { skill: 'playbook', playbookId: 'organise-notes', inputs: { notes: 'all' }, today: '2026-05-04' },
      call,
    );
    return settledRun(agents, id);
  };
  const all = [await begin(), await begin()];
  const ended = [];
  for (const run of all) {
    const [question] = run.playbook?.questions ?? [];
    if (question?.type !== 'choose') throw new Error('A choice is expected.');
    const merge = question.items.findIndex(({ title }) => title.startsWith('Merge') && title.includes('Cellar'));
    expect(merge).toBeGreaterThanOrEqual(0);
    await agents.runs.answer({ id: run.id, questionId: question.id, answer: { type: 'choose', taken: [merge] } }, call);
    ended.push(await settledRun(agents, run.id));
  }
  const cellar = () => ids.slice(0, 2).map((id) => store.get('note', id));
  expect(ended[0]?.result).toMatchObject({
    notices: expect.not.arrayContaining([expect.stringContaining('meantime')]),
  });
  expect(ended[1]).toMatchObject({ state: 'done' });
  expect(ended[1]?.result).toMatchObject({
    notices: expect.arrayContaining([expect.stringMatching(/in the meantime and is left as it is/u)]),
  });
  expect(cellar().filter((note) => note?.deletedAt === null)).toHaveLength(1);
  await agents.runs.undo({ id: all[0]?.id ?? '' }, call);
  expect(cellar().map((note) => [note?.text, note?.deletedAt])).toEqual(texts.slice(0, 2).map((text) => [text, null]));
}, 30_000);

describe('a fork whose step could not be read again', () => {
  it('is refused before there is a run of it', async () => {
    const { start } = scene();
    const agents = await start({ answer: () => 'A text.', builtin: false });
    const asking = scriptedPlaybook({
      steps: [{ id: 'write', kind: 'ask', title: 'Write', prompt: 'Write.' }],
      result: [{ title: 'Text', value: 'steps.write' }],
    });
    const { id } = await agents.runs.start(startOf(asking), call);
    await settledRun(agents, id);
    for (const prompt of ['', ' \n ', 'x'.repeat(20_001)])
      await expect(agents.runs.fork({ id, step: 'write', prompt }, call)).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: 'What “Write” asks has to have 1 to 20000 characters.',
      });
    expect(await agents.runs.list({}, call)).toHaveLength(1);
  });
});
