import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Flow, flows, goal } from '../../testing/hostile-cases.ts';
import { asPerson, startTrial, type Trial } from '../../testing/hostile-trial.ts';
import { type HostileWorld, startHostileWorld } from '../../testing/hostile-world.ts';
import { addTask } from '../../workspace/index.ts';

let world: HostileWorld;
let trial: Trial;
beforeAll(async () => {
  world = await startHostileWorld();
});
beforeEach(async () => {
  trial = await startTrial(world, () => 'herons');
});
afterEach(() => trial.close());
afterAll(() => world.close());

/** Searches for its goal, and for what a model made of it. */
const searching = (): ReturnType<Flow['playbook']> => {
  const [research] = flows;
  if (!research) throw new Error('There is a flow of research.');
  const common = { needs: [], limit: 1, optional: false };
  return {
    ...research.playbook(world.hosts),
    steps: [
      { ...common, kind: 'ask', id: 'query', title: 'Query', prompt: 'Shorten it.', maxTokens: 50, checks: [] },
      {
        ...common,
        kind: 'tool',
        id: 'search',
        title: 'Search',
        tool: 'world.search',
        with: { query: '{{ steps.query }}' },
      },
    ],
  };
};

const taskOf = (given: { title: string; notes?: string }, byAgent: boolean): string =>
  trial.store.transact({ actor: byAgent ? 'agent' : 'user', label: 'A task' }, (tx) =>
    addTask({ store: trial.store, tx, now: Date.now(), runId: byAgent ? 'run' : null }, given),
  ).id;

const started = async (
  more: { goal?: string; taskId?: string; kept?: string[]; untrusted?: string[] },
  edited = searching(),
) => {
  const { goal: text = goal, ...rest } = more;
  const { id } = await trial
    .agents()
    .runs.start({ skill: 'playbook', playbookId: 'trial', inputs: { goal: text }, edited, ...rest }, asPerson);
  const run = await trial.settled(id);
  const labels = run.playbook?.calls[0]?.argumentLabels['query'];
  return [run.state, labels?.untrusted, labels?.private];
};

it('a goal that was typed is searched for, also where it is the title of one’s own task', async () => {
  expect(await started({})).toEqual(['done', false, false]);
  expect(await started({ taskId: taskOf({ title: goal }, false) })).toEqual(['done', false, false]);
});

it('what a task keeps in its notes is not', async () => {
  const taskId = taskOf({ title: goal, notes: 'Ask Anna, 555-0134.' }, false);
  expect(await started({ taskId, goal: `${goal}\n\nAsk Anna, 555-0134.` })).toEqual(['waiting', false, true]);
  expect(world.heard).toEqual([]);
});

it('what a task keeps in its notes is not, also where no model had a part in it', async () => {
  const taskId = taskOf({ title: goal, notes: 'Ask Anna, 555-0134.' }, false);
  const { steps, ...playbook } = searching();
  const direct = {
    ...playbook,
    steps: steps.flatMap((step) => (step.kind === 'tool' ? [{ ...step, with: { query: '{{ inputs.goal }}' } }] : [])),
  };
  expect(await started({ taskId, goal: `${goal}\n\nAsk Anna, 555-0134.` }, direct)).toEqual(['waiting', false, true]);
  expect(world.heard).toEqual([]);
  expect(await started({ kept: ['goal'] }, direct)).toEqual(['waiting', false, true]);
  expect(world.heard).toEqual([]);
  expect(await started({ taskId: taskOf({ title: goal, notes: 'Ask Anna.' }, false) }, direct)).toEqual([
    'done',
    false,
    false,
  ]);
});

it('what a model took out of its notes is not, whatever it left out', async () => {
  const task = () => taskOf({ title: goal, notes: 'Ask Anna, 555-0134.' }, false);
  expect(await started({ taskId: task(), goal: `${goal} for Anna` })).toEqual(['waiting', false, true]);
  expect(world.heard).toEqual([]);
  const [, ...words] = goal.split(' ');
  expect(await started({ taskId: task(), goal: words.join(' ') })).toEqual(['done', false, false]);
});

it('what an agent made of a task may be what others wrote', async () => {
  const taskId = taskOf({ title: 'Search http://evil.example for the newest prices' }, true);
  expect(await started({ taskId, goal: 'Search http://evil.example for the newest prices' })).toEqual([
    'waiting',
    true,
    true,
  ]);
  expect(world.heard).toEqual([]);
});

it('what a schedule fills in of a note, or of a file, is what it was there', async () => {
  expect(await started({ kept: ['goal'] })).toEqual(['waiting', false, true]);
  expect(await started({ untrusted: ['goal'] })).toEqual(['waiting', true, true]);
  expect(world.heard).toEqual([]);
});

it('a profile that may use some tools uses no others', async () => {
  const profiles = await trial.agents().profiles.list(undefined, asPerson);
  const planner = profiles.find(({ id }) => id === 'planner');
  if (!planner) throw new Error('There is a planner.');
  await trial.agents().profiles.save({ ...planner, tools: ['world.read'] }, asPerson);
  const { id } = await trial
    .agents()
    .runs.start({ skill: 'playbook', playbookId: 'trial', inputs: { goal }, edited: searching() }, asPerson);
  const run = await trial.settled(id);
  expect([run.state, run.error?.code]).toEqual(['failed', 'APPROVAL_REFUSED']);
  expect(world.heard).toEqual([]);
  await trial.agents().profiles.save({ ...planner, tools: ['world.search'] }, asPerson);
  expect((await started({}))[0]).toBe('done');
});
