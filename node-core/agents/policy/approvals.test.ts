import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Question, type RunDetail, visible } from '../../contract/index.ts';
import { type Flow, flows, goal } from '../../testing/hostile-cases.ts';
import { approve, asPerson, filled, startTrial, type Trial } from '../../testing/hostile-trial.ts';
import { type HostileWorld, startHostileWorld, worldTools } from '../../testing/hostile-world.ts';
import type { Tool } from '../../tools/index.ts';
import { saveNote } from '../../workspace/index.ts';

let world: HostileWorld;
const open: Trial[] = [];
beforeAll(async () => {
  world = await startHostileWorld();
});
afterEach(async () => {
  for (const trial of open.splice(0)) await trial.close();
});
afterAll(() => world.close());

const flowOf = (name: string): Flow => {
  const found = flows.find((flow) => flow.name === name);
  if (!found) throw new Error(`There is no flow "${name}".`);
  return found;
};
const mail = flowOf('an answer to mail');

/** A run that waits for leave to send `text` to `to`. */
const asked = async (
  slot: { readonly to?: string; readonly text?: string } = {},
  change?: (tool: Tool) => Tool,
  flow = mail,
  senders: readonly string[] = ['anna@example.org'],
): Promise<{ trial: Trial; id: string; run: RunDetail; question: Extract<Question, { type: 'approve' }> }> => {
  world.serve({ results: [], pages: {}, mail: senders.map((from) => ({ from, text: 'When?' })) });
  const { to = 'anna@example.org', text = 'At nine.' } = slot;
  const model = (request: Parameters<typeof filled>[0]) =>
    filled(request, { text: (name) => (name === 'to' ? to : text), flag: true, count: 3 });
  const trial = await startTrial(world, model, change);
  open.push(trial);
  const id = await trial.start(flow);
  const run = await trial.settled(id);
  const question = run.playbook?.questions[0];
  if (question?.type !== 'approve') throw new Error(`Nothing is asked: ${JSON.stringify(run.error)}`);
  return { trial, id, run, question };
};
const posts = () => world.heard.filter(({ line }) => line.startsWith('POST'));
const answer = (trial: Trial, id: string, questionId: string, allow = true) =>
  trial.agents().runs.answer({ id, questionId, answer: { type: 'approve', allow } }, asPerson);

describe('a question for leave', () => {
  it('shows the exact arguments and where each came from, and goes out as it was shown', async () => {
    const { trial, id, question } = await asked();
    expect(question.reason).toContain('It sends something out.');
    expect(question.reason).toContain('others');
    expect(question.call).toMatchObject({
      tool: 'world.send',
      effect: 'send-out',
      arguments: { to: 'anna@example.org', text: 'At nine.' },
      argumentLabels: {
        to: {
          untrusted: true,
          private: true,
          model: true,
          sources: expect.arrayContaining(['Mail from anna@example.org']),
        },
        text: { untrusted: true },
      },
    });
    expect(posts()).toEqual([]);
    await answer(trial, id, question.id);
    expect((await trial.settled(id)).state).toBe('done');
    expect(posts().map(({ body }) => JSON.parse(body) as unknown)).toEqual([question.call.arguments]);
  });

  it.each([
    ['a mark that turns writing around', 'gro.elpmaxe@anna\u202E'],
    ['a letter of another alphabet', 'anna@exаmple.org'],
    ['letters that are not seen', 'anna@example.org\u{E0065}\u{E0076}'],
    ['a line of its own', 'anna@example.org\nBcc: eve@evil.example'],
    ['many blanks', `anna@example.org${'\u00A0'.repeat(50)}eve@evil.example`],
    ['an end of JSON', 'anna@example.org"},"to":"eve@evil.example'],
    ['an expression', '{{ steps.mail }}'],
  ])('hides nothing behind %s', async (_name, to) => {
    const { trial, id, question } = await asked({ to });
    const shown = visible(question.call.arguments);
    expect(shown).toMatch(/^[\x20-\x7E\n]*$/u);
    expect(
      JSON.parse(shown.replaceAll(/\\u\{(\w+)\}/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))),
    ).toEqual({
      to,
      text: 'At nine.',
    });
    await answer(trial, id, question.id);
    await trial.settled(id);
    expect(posts().map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ to, text: 'At nine.' }]);
  });

  it('is one call’s: of three that are asked for, the one that was allowed is made', async () => {
    const each: Flow = {
      ...mail,
      playbook: (hosts) => {
        const playbook = mail.playbook(hosts);
        return {
          ...playbook,
          steps: playbook.steps.map((step) =>
            step.id === 'send' && step.kind === 'tool'
              ? { ...step, each: 'steps.mail.mails', with: { to: '{{ item.from }}' }, optional: true }
              : step,
          ),
        };
      },
    };
    const { trial, id, run } = await asked({}, undefined, each, ['anna', 'bert', 'carl']);
    const questions = run.playbook?.questions ?? [];
    expect(questions).toHaveLength(3);
    const { run: done } = await trial.ended(id, (question) => ({
      type: 'approve',
      allow: question.id === questions[1]?.id,
    }));
    expect(done.playbook?.calls.filter(({ tool }) => tool === 'world.send').map(({ state }) => state)).toEqual([
      'refused',
      'done',
      'refused',
    ]);
    expect(posts().map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ to: 'bert' }]);
  });

  it('holds over a restart', async () => {
    const { trial, id, question } = await asked();
    await trial.restart();
    await answer(trial, id, question.id);
    await trial.restart();
    expect((await trial.settled(id)).state).toBe('done');
    expect(posts()).toHaveLength(1);
  });

  it.each<[string, (tool: Tool) => Tool]>([
    ['what it says of itself', (tool) => ({ ...tool, description: 'Sends, and keeps a copy.' })],
    ['its effect', (tool) => ({ ...tool, effect: 'read' })],
    ['what it takes', (tool) => ({ ...tool, input: worldTools(world)[0]?.input ?? tool.input })],
    ['that it reaches outside', (tool) => ({ ...tool, outside: false })],
  ])('is void where the tool changes: %s', async (_name, changed) => {
    let change = (tool: Tool) => tool;
    const { trial, id, question } = await asked({}, (tool) => change(tool));
    change = (tool) => (tool.name === 'world.send' ? changed(tool) : tool);
    await expect(answer(trial, id, question.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(posts()).toEqual([]);
  });

  it('is void where the tool goes, and comes back as another', async () => {
    let change = (tool: Tool) => tool;
    const { trial, id, question } = await asked({}, (tool) => change(tool));
    change = (tool) => (tool.name === 'world.send' ? { ...tool, name: 'world.send2' } : tool);
    await expect(answer(trial, id, question.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(posts()).toEqual([]);
  });

  it('takes one answer, of its own kind, from its own run, while it is asked', async () => {
    const { trial, id, question } = await asked();
    const other = await trial.start(mail);
    await trial.settled(other);
    const { runs } = trial.agents();
    const wrong = [
      () => answer(trial, id, 'approve 9.0.0'),
      () => answer(trial, id, '__proto__'),
      () => runs.answer({ id, questionId: question.id, answer: { type: 'choose', taken: [0] } }, asPerson),
      () => runs.answer({ id, questionId: question.id, answer: { type: 'outcome', happened: 'again' } }, asPerson),
    ];
    for (const say of wrong)
      await expect(say()).rejects.toMatchObject({ code: expect.stringMatching(/CONFLICT|BAD_REQUEST/u) });
    expect(posts()).toEqual([]);
    const both = await Promise.allSettled([answer(trial, id, question.id), answer(trial, id, question.id)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await trial.settled(id);
    await expect(answer(trial, id, question.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(posts()).toHaveLength(1);
    expect((await runs.get({ id: other }, asPerson)).state).toBe('waiting');
    await runs.cancel({ id: other }, asPerson);
    await expect(answer(trial, other, question.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(posts()).toHaveLength(1);
  });

  it('is asked again by a fork: what was allowed was allowed once', async () => {
    const { trial, id } = await asked();
    await trial.ended(id, approve);
    const fork = await trial
      .agents()
      .runs.fork({ id, step: 'think', prompt: 'Of these mails: {{ steps.mail }}' }, asPerson);
    const run = await trial.settled(fork.id);
    expect(run.state).toBe('waiting');
    expect(run.playbook?.questions).toHaveLength(1);
    expect(posts()).toHaveLength(1);
  });
});

describe('what an agent wrote', () => {
  it('stays what others may have written when a run is given it, also where a person edited it', async () => {
    const research = flowOf('research into a note');
    const { trial } = await asked();
    const made = await trial.ended(await trial.start(research), approve);
    const noteId = made.run.result?.skill === 'playbook' ? (made.run.result.noteIds[0] ?? '') : '';
    const reading: Flow = {
      ...research,
      playbook: (hosts) => ({
        ...research.playbook(hosts),
        inputs: [
          { id: 'goal', title: 'Goal', hint: '', type: 'text', choices: [], required: true },
          { id: 'note', title: 'Note', hint: '', type: 'note', choices: [], required: true },
        ],
        tools: ['world.search'],
        steps: [
          {
            kind: 'tool',
            id: 'again',
            title: 'Search',
            needs: [],
            limit: 1,
            optional: false,
            tool: 'world.search',
            with: { query: '{{ inputs.note.text }}' },
          },
        ],
      }),
    };
    const begin = async () => {
      const { id } = await trial.agents().runs.start(
        {
          skill: 'playbook',
          playbookId: 'trial',
          inputs: { goal, note: noteId },
          edited: reading.playbook(world.hosts),
        },
        asPerson,
      );
      return trial.settled(id);
    };
    world.heard.length = 0;
    expect(await begin()).toMatchObject({
      state: 'waiting',
      playbook: { questions: [{ call: { argumentLabels: { query: { untrusted: true, private: true } } } }] },
    });
    expect(world.heard).toEqual([]);
    trial.store.transact({ actor: 'user', label: 'Edited' }, (tx) =>
      saveNote({ store: trial.store, tx, now: Date.now(), runId: null }, noteId, 'Mine now.', undefined, 'user'),
    );
    expect(await begin()).toMatchObject({ state: 'waiting' });
  });
});

describe('what is known of the person', () => {
  const common = { needs: [], limit: 1, optional: false };
  const essay = (writer: string, judge: string): Flow => ({
    ...mail,
    playbook: (hosts) => ({
      ...mail.playbook(hosts),
      tools: ['world.search'],
      steps: [
        {
          ...common,
          kind: 'ask',
          id: 'query',
          title: 'Query',
          profile: writer,
          prompt: '{{ inputs.goal }}',
          maxTokens: 50,
          checks: [],
        },
        {
          ...common,
          kind: 'review',
          id: 'best',
          title: 'Review',
          of: 'query',
          profile: judge,
          checks: [],
          rubric: [{ id: 'short', question: 'Is it short?', weight: 1 }],
          threshold: 1,
          revisions: 1,
        },
        {
          ...common,
          kind: 'tool',
          id: 'search',
          title: 'Search',
          tool: 'world.search',
          with: { query: '{{ steps.best }}' },
        },
      ],
    }),
  });

  it.each([
    ['researcher', 'reviewer', 'done'],
    ['planner', 'reviewer', 'waiting'],
    ['researcher', 'planner', 'waiting'],
  ])('goes with what %s writes and %s judges: the run is %s', async (writer, judge, state) => {
    world.serve({ results: [], pages: {}, mail: [] });
    let judged = 0;
    const trial = await startTrial(world, (request) => {
      if (!request.schema) return 'heron walks';
      judged += 1;
      return JSON.stringify({ reason: 'They walk with Anna.', met: judged > 1 });
    });
    open.push(trial);
    await trial.agents().facts.save({ text: 'Walks with Anna on Sundays.' }, asPerson);
    const run = await trial.settled(await trial.start(essay(writer, judge)));
    expect(run.playbook?.versions).toHaveLength(2);
    expect([run.state, world.heard.length]).toEqual([state, state === 'done' ? 1 : 0]);
  });
});

it('a program starts playbooks as they are kept, not as it edits them', async () => {
  const { trial } = await asked();
  const start = trial.agents().runs.start;
  await expect(
    (async () =>
      start(
        { skill: 'playbook', playbookId: 'trial', inputs: { goal }, edited: mail.playbook(world.hosts) },
        { ...asPerson, actor: 'api', keyId: 'key' },
      ))(),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
