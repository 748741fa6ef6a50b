import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { CancellationError, type Run } from '../../contract/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { type Agents, createAgents } from '../index.ts';

let space: ReturnType<typeof openTestWorkspace>;
let agents: Agents;
let answer: (signal: AbortSignal | undefined) => string | Promise<string>;

beforeEach(async () => {
  space = openTestWorkspace(createTestClock());
  answer = () => 'Some words.';
  agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({ answer: ({ signal }) => answer(signal), builtin: false }),
    clock: space.clock,
    logger: silentLogger,
  });
  await agents.start();
});
afterEach(async () => {
  await agents.stop();
  space.dispose();
});

const brief = `playbook: 1
id: brief
version: 1
name: Brief
inputs:
  - { id: topic, title: Topic, type: text }
profile: writer
budget: { tokens: 100000, seconds: 600, calls: 50, cost: 0 }
steps:
  - { id: draft, kind: ask, title: Draft, prompt: 'About {{ inputs.topic }}.' }
  - { id: keep, kind: change, title: Keep, change: tasks, with: { tasks: [{ title: Read the draft, tags: [brief] }] } }
result: []
`;

it('a task that is made starts a whole run, whose own tasks start none', async () => {
  await agents.playbooks.save({ text: brief }, userCall);
  const { id } = await agents.schedules.save(
    { playbookId: 'brief', inputs: {}, enabled: true, trigger: { on: 'task-created', tag: 'brief' } },
    userCall,
  );
  const ended = Promise.withResolvers<Run>();
  agents.onDidChangeRun((run) => {
    if (run.endedAt !== null) ended.resolve(run);
  });
  await space.tasks.create({ title: 'Whales', tags: ['brief'] }, userCall);
  const run = await ended.promise;
  expect(run).toMatchObject({ state: 'done', title: 'Brief: Whales' });
  const made = await space.tasks.list({ view: 'tag', tag: 'brief' }, userCall);
  expect(made.map(({ title, runId }) => [title, runId])).toContainEqual(['Read the draft', run.id]);
  // Saving looks first.
  await agents.schedules.save(
    { id, playbookId: 'brief', inputs: {}, enabled: true, trigger: { on: 'task-created', tag: 'brief' } },
    userCall,
  );
  const [schedule] = await agents.schedules.list(undefined, userCall);
  expect(schedule?.occurrences.map(({ runId }) => runId)).toEqual([run.id]);
  expect(await agents.runs.list({}, userCall)).toHaveLength(1);
});

it('what waits begins by itself when a run ends', async () => {
  answer = (signal) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new CancellationError()));
    });
  await agents.playbooks.save({ text: brief }, userCall);
  const schedule = { playbookId: 'brief', inputs: {}, enabled: true } as const;
  await agents.schedules.save({ ...schedule, trigger: { on: 'task-created', tag: 'brief' } }, userCall);
  for (let index = 0; index < 21; index += 1)
    await space.tasks.create({ title: `Whale ${index}`, tags: ['brief'] }, userCall);
  const begun = new Set<string>();
  const twenty = Promise.withResolvers<void>();
  const last = Promise.withResolvers<void>();
  agents.onDidChangeRun(({ id }) => {
    begun.add(id);
    if (begun.size === 20) twenty.resolve();
    if (begun.size === 21) last.resolve();
  });
  await twenty.promise;
  expect(await agents.schedules.list(undefined, userCall)).toMatchObject([{ waiting: 1 }]);
  const [one] = begun;
  await agents.runs.cancel({ id: one ?? '' }, userCall);
  await last.promise;
});
