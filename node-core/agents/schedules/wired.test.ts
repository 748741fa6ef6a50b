import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import type { Run } from '../../contract/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { type Agents, createAgents } from '../index.ts';

let space: ReturnType<typeof openTestWorkspace>;
let agents: Agents;

beforeEach(async () => {
  space = openTestWorkspace(createTestClock());
  agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({ answer: () => 'Some words.', builtin: false }),
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
