import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { AppError, type Profile, type Run, type StartRun } from '../../contract/index.ts';
import { apiCall, createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { scriptedAnswer } from '../../testing/scripted-answers.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { builtInTools } from '../../tools/all.ts';
import { createAgents } from '../index.ts';
import { type Assignments, type AssignmentsComponents, createAssignments } from './index.ts';

let space: ReturnType<typeof openTestWorkspace>;
let assignments: Assignments;
let started: StartRun[];
let failed: string[];
let endsAfterRun = false;
let refuse: ((request: StartRun) => void) | undefined;

const writer: Profile = { id: 'writer', name: 'Writer', modelId: 'large', system: '', temperature: 0, tools: [] };
const article = scriptedPlaybook({
  inputs: [{ id: 'topic', title: 'Topic', type: 'text' }],
  profile: 'researcher',
  steps: [{ id: 'write', kind: 'ask', title: 'Write', prompt: '{{ inputs.topic }}' }],
  result: [],
});

const startRun = (request: StartRun, id: string): Run => {
  refuse?.(request);
  started.push(request);
  const run = {
    id,
    title: 'x',
    modelId: 'm',
    place: 'this-machine',
    createdAt: space.clock.now(),
    startedAt: null,
    endedAt: null,
    promptTokens: 0,
    outputTokens: 0,
    undoneAt: null,
    playbookId: null,
    taskId: request.skill === 'extract' ? null : (request.taskId ?? null),
    skill: request.skill,
    state: 'queued',
    error: null,
    result: null,
  } as const;
  space.store.write((tx) => tx.run(space.store.qb.insertInto('run').values({ ...run, input: '', options: '{}' })));
  if (endsAfterRun) {
    endsAfterRun = false;
    throw new Error('The node ends.');
  }
  return run;
};
const endAll = () =>
  space.store.write((tx) => tx.run(space.store.qb.updateTable('run').set({ state: 'done', endedAt: 1 })));

const nearestOf: AssignmentsComponents['compose'] = ({ goal, notes }) => ({
  playbook: article,
  nearest: goal.includes('article') ? article.id : null,
  inputs: { topic: `${goal} | ${notes}` },
  changes: [],
});
const made = (compose = nearestOf): Assignments =>
  createAssignments({
    store: () => space.store,
    profileOf: (id) => {
      if (id === 'writer') return writer;
      throw new AppError('NOT_FOUND', 'There is no such agent.');
    },
    compose,
    startRun,
    noteFailed: ({ title }, { message }) => failed.push(`${title}: ${message}`),
    logger: silentLogger,
  });

beforeEach(async () => {
  space = openTestWorkspace(createTestClock());
  started = [];
  failed = [];
  refuse = undefined;
  endsAfterRun = false;
  assignments = made();
  await assignments.look();
});
afterEach(() => space.dispose());

const task = async (title: string, assignee: string, call = userCall) =>
  space.tasks.create({ title, assignee, tags: ['x'], dueDate: '2026-06-30' }, call);

it('a task runs the nearest playbook with the agent it is assigned to, else a plan, once', async () => {
  const one = await task('Write an article on whales', 'writer');
  const two = await task('Paint the fence', 'agent');
  await task('My own', 'me');
  await assignments.look();
  await assignments.look();
  await made().look();
  expect(started).toEqual([
    {
      skill: 'playbook',
      playbookId: article.id,
      inputs: { topic: 'Write an article on whales | by 2026-06-30' },
      taskId: one.id,
      modelId: 'large',
      edited: { ...article, profile: 'writer' },
    },
    { skill: 'plan', goal: 'Paint the fence by 2026-06-30 #x', taskId: two.id },
  ]);
});

it('counts when it is assigned later, and again after its run; not when that was taken back', async () => {
  const mine = await task('Paint', 'me');
  const assign = async (assignee: string) => {
    space.clock.advance(1_000);
    await space.tasks.update({ id: mine.id, patch: { assignee } }, userCall);
  };
  await assign('agent');
  await assign('me');
  await assignments.look();
  expect(started).toHaveLength(0);
  await assign('agent');
  await assignments.look();
  endAll();
  await assign('me');
  await assign('writer');
  await assignments.look();
  expect(started).toHaveLength(2);
});

it('what programs and runs assign begins nothing, nor does an agent that there is not', async () => {
  await task('By a program', 'agent', apiCall);
  space.store.transact({ actor: 'agent', label: 'run', runId: 'r' }, (tx) =>
    space.workspace.addTask(tx, { title: 'By a run', assignee: 'agent' }, 'r'),
  );
  await task('For nobody', 'wizard');
  await assignments.look();
  await assignments.look();
  expect(started).toEqual([]);
  expect(failed).toEqual(['For nobody: There is no such agent.']);
});

it('where the playbook needs what the task does not say, a plan of all that it says is made, by the same agent', async () => {
  refuse = ({ skill }) => {
    if (skill === 'playbook') throw new AppError('BAD_REQUEST', '“Audience” is missing.');
  };
  const { id } = await task('Write an article', 'writer');
  await assignments.look();
  expect(started).toEqual([{ skill: 'plan', goal: 'Write an article by 2026-06-30 #x', taskId: id, modelId: 'large' }]);
});

it('counts also where no node was there when it was assigned', async () => {
  space.dispose();
  space = openTestWorkspace(createTestClock());
  const one = await task('Paint the fence', 'agent');
  assignments = made();
  await assignments.look();
  expect(started).toMatchObject([{ taskId: one.id }]);
});

it('begins no next occurrence of a task that is completed', async () => {
  const one = await space.tasks.create(
    {
      title: 'Plan the ball',
      assignee: 'agent',
      dueDate: '2026-12-01',
      recurrence: { rule: 'FREQ=YEARLY', anchor: 'schedule' },
    },
    userCall,
  );
  await assignments.look();
  endAll();
  await space.tasks.complete({ id: one.id }, userCall);
  expect(await space.tasks.list({ view: 'inbox' }, userCall)).toMatchObject([{ assignee: 'agent' }]);
  await assignments.look();
  expect(started).toMatchObject([{ taskId: one.id }]);
});

it('begins what the task says when its playbook is found, and nothing where it was taken back meanwhile', async () => {
  const goals: string[] = [];
  let meanwhile: (() => Promise<unknown>) | undefined;
  assignments = made(async ({ goal }) => {
    goals.push(goal);
    const change = meanwhile;
    meanwhile = undefined;
    await change?.();
    return { playbook: article, nearest: null, inputs: {}, changes: [] };
  });
  const one = await task('Paint the fence', 'agent');
  meanwhile = async () => space.tasks.update({ id: one.id, patch: { title: 'Paint the gate' } }, userCall);
  await assignments.look();
  expect(goals).toEqual(['Paint the fence', 'Paint the gate']);
  expect(started).toMatchObject([{ goal: 'Paint the gate by 2026-06-30 #x' }]);
  const two = await task('Water the plants', 'agent');
  meanwhile = async () => space.tasks.update({ id: two.id, patch: { assignee: 'me', title: 'Mine' } }, userCall);
  await assignments.look();
  await assignments.look();
  expect(started).toHaveLength(1);
  expect(failed).toEqual([]);
});

it('begins each once, whatever the clock says, also where the node ends between the run and the note of it', async () => {
  const all = await Promise.all(Array.from({ length: 25 }, (_, at) => task(`Number ${at}`, 'me')));
  await space.tasks.updateMany({ ids: all.map(({ id }) => id), patch: { assignee: 'agent' } }, userCall);
  await assignments.look();
  expect(started).toHaveLength(20);
  space.clock.advance(-3_600_000);
  endAll();
  endsAfterRun = true;
  await expect(assignments.look()).rejects.toThrow('The node ends.');
  expect(started).toHaveLength(21);
  endAll();
  assignments = made();
  await assignments.look();
  endAll();
  await assignments.look();
  expect(started.map((request) => 'taskId' in request && request.taskId).toSorted()).toEqual(
    all.map(({ id }) => id).toSorted(),
  );
});

it('of very many only some run at a time, and none is lost', async () => {
  for (let index = 0; index < 30; index += 1) await task(`Task ${index}`, 'agent');
  await assignments.look();
  expect(started).toHaveLength(20);
  await assignments.look();
  expect(started).toHaveLength(20);
  endAll();
  await made().look();
  expect(started).toHaveLength(30);
});

it('works in a node: the task becomes a project', async () => {
  const agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({ answer: scriptedAnswer }),
    clock: space.clock,
    logger: silentLogger,
  });
  try {
    const ended = Promise.withResolvers<Run>();
    agents.onDidChangeRun((run) => {
      if (run.endedAt !== null) ended.resolve(run);
    });
    await agents.start();
    const { id } = await task('Plan Q2 product launch', 'agent');
    expect(await ended.promise).toMatchObject({ skill: 'plan', state: 'done', taskId: id });
    expect((await space.tasks.get({ id }, userCall)).status).toBe('done');
  } finally {
    await agents.stop();
  }
});

it('says in a run why nothing works on a task', async () => {
  const agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({ answer: scriptedAnswer }),
    clock: space.clock,
    logger: silentLogger,
  });
  try {
    const ended = Promise.withResolvers<Run>();
    agents.onDidChangeRun((run) => ended.resolve(run));
    await agents.start();
    const { id } = await task('Cast a spell', 'wizard');
    const run = await ended.promise;
    expect(run).toMatchObject({ state: 'failed', title: 'Cast a spell', taskId: id, error: { code: 'NOT_FOUND' } });
    expect((await agents.runs.get({ id: run.id }, userCall)).endedAt).not.toBeNull();
    expect((await space.tasks.get({ id }, userCall)).status).toBe('open');
    expect((await agents.runs.replay({ id: run.id }, userCall)).identical).toBe(true);
  } finally {
    await agents.stop();
  }
});

const searching = `playbook: 1
id: herons
version: 1
name: Herons
description: What there is to know about herons
inputs:
  - { id: topic, title: Topic, type: text, required: true }
  - { id: details, title: Details, type: long-text }
tools: [test.search]
profile: writer
budget: { tokens: 100000, seconds: 600, calls: 50, cost: 0 }
steps:
  - { id: found, kind: tool, title: Search, tool: test.search, with: { query: '{{ inputs.topic }}' } }
  - { id: draft, kind: ask, title: Draft, prompt: 'About {{ inputs.details }}.' }
result: []
`;

it.each([
  ['by rule', '{}'],
  ['by a model that takes them for the topic', '{"topic": "herons of Anna, 555-0134"}'],
])('of its notes nothing is searched for, filled in %s, and a text gets them', async (_how, form) => {
  const heard: unknown[] = [];
  const asked: string[] = [];
  const search = scriptedTool(
    'test.search',
    (given) => {
      heard.push(given);
      return { items: [] };
    },
    { outside: true, labels: { untrusted: true, private: false } },
  );
  const agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({
      builtin: false,
      answer: ({ schema, input }) => {
        asked.push(JSON.stringify(input));
        return schema ? form : 'A text.';
      },
    }),
    tools: scriptedToolbox([...builtInTools, search]),
    clock: space.clock,
    logger: silentLogger,
  });
  try {
    await agents.playbooks.save({ text: searching }, userCall);
    const settled = Promise.withResolvers<Run>();
    agents.onDidChangeRun((run) => {
      if (run.endedAt !== null || run.state === 'waiting') settled.resolve(run);
    });
    await agents.start();
    const { id } = await space.tasks.create(
      { title: 'What is known about herons', notes: 'Ask Anna, 555-0134.', assignee: 'agent', dueDate: '2026-06-30' },
      userCall,
    );
    expect(await settled.promise).toMatchObject({ skill: 'playbook', playbookId: 'herons', state: 'done', taskId: id });
    expect(heard).toEqual([{ query: 'What is known about herons' }]);
    expect(asked.at(-1)).toContain('555-0134');
  } finally {
    await agents.stop();
  }
});
