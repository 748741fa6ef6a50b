import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

/** Reads until there is no more. */
const toTheEnd = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const event of events) if (event !== undefined) count += 1;
  return count;
};
let opened: ReturnType<typeof openTestStore>;
let agents: Agents;
let isOn: boolean;
let asked: string[];

beforeEach(async () => {
  opened = openTestStore();
  isOn = true;
  asked = [];
  agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({
      builtin: false,
      answer(request) {
        asked.push(JSON.stringify(request.input));
        return 'Some words.';
      },
    }),
    tools: scriptedToolbox([scriptedTool('test.look', () => ({ found: 'it' }))]),
    settings: () => ({ learnFacts: isOn, traceEndpoint: null, traceContent: false }),
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  await agents.facts.save({ text: 'Likes short notes.' }, call);
});
afterEach(async () => {
  await agents.stop();
  opened.dispose();
});

const playbook = scriptedPlaybook({
  inputs: [{ id: 'goal', title: 'Goal', type: 'text' }],
  tools: ['test.look'],
  steps: [
    { id: 'write', kind: 'ask', title: 'Write', profile: 'writer', prompt: 'About {{ inputs.goal }}.' },
    { id: 'query', kind: 'ask', title: 'Query', profile: 'researcher', prompt: 'Search {{ inputs.goal }}.' },
    { id: 'look', kind: 'tool', title: 'Look', tool: 'test.look', with: { query: '{{ steps.query }}' } },
    { id: 'again', kind: 'tool', title: 'Look again', tool: 'test.look', with: { query: '{{ steps.write }}' } },
  ],
  result: [],
});
const done = async () => {
  const { id } = await agents.runs.start(startOf(playbook, { goal: 'whales' }), call);
  await toTheEnd(await agents.runs.watch({ id }, call));
  return agents.runs.get({ id }, call);
};

it('what is known of the person reaches the writer alone, and makes what it writes private', async () => {
  const run = await done();
  expect(run.state).toBe('done');
  expect(asked.filter((prompt) => prompt.includes('Likes short notes.'))).toHaveLength(1);
  expect(asked.find((prompt) => prompt.includes('Likes short notes.'))).toContain('About whales.');
  const calls = run.playbook?.calls.toSorted((a, b) => a.index - b.index);
  const labels = calls?.map(({ argumentLabels }) => argumentLabels['query']);
  expect(labels?.map((label) => label?.private)).toEqual([false, true]);
  expect(labels?.[1]).toMatchObject({ untrusted: false, sources: expect.arrayContaining(['What Jan knows of you']) });
});

it('reaches nobody where the switch is off', async () => {
  isOn = false;
  await done();
  expect(asked.some((prompt) => prompt.includes('Likes short notes.'))).toBe(false);
});

it('stays what a run began with, so that its replay says the same', async () => {
  const { id } = await done();
  await agents.facts.save({ text: 'Likes long notes.' }, call);
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
});
