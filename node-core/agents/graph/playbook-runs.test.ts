import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { Playbook, RunDetail } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { type Script, scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import type { Tool } from '../../tools/index.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
let started: Agents[];

beforeEach(() => {
  opened = openTestStore();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((agents) => agents.stop()));
  opened.dispose();
});

const agentsWith = async (answer: Script['answer'], tools: Tool[] = [], builtin = false): Promise<Agents> => {
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer, builtin }),
    tools: scriptedToolbox(tools),
    clock: systemClock,
    logger: silentLogger,
  });
  started.push(agents);
  await agents.start();
  return agents;
};

/** Until the run has ended, or waits for a person. */
const settled = async (agents: Agents, id: string): Promise<RunDetail> => {
  for await (const event of await agents.runs.watch({ id }, call))
    if (
      event.type !== 'snapshot' ? event.type === 'run' && event.run.state === 'waiting' : event.run.state === 'waiting'
    )
      break;
  return agents.runs.get({ id }, call);
};

const finished = async (agents: Agents, playbook: Playbook, inputs = {}): Promise<RunDetail> => {
  const { id } = await agents.runs.start(startOf(playbook, inputs), call);
  return settled(agents, id);
};

const article = scriptedPlaybook({
  inputs: [{ id: 'goal', title: 'Goal', type: 'text' }],
  tools: ['test.look'],
  steps: [
    { id: 'look', kind: 'tool', title: 'Look it up', tool: 'test.look', with: { query: '{{ inputs.goal }}' } },
    {
      id: 'write',
      kind: 'ask',
      title: 'Write it',
      prompt: 'About {{ steps.look.found }}.',
      answer: {
        type: 'object',
        properties: { text: { type: 'string' } },
        required: ['text'],
        additionalProperties: false,
      },
    },
    {
      id: 'goal',
      kind: 'rule',
      title: 'Read the goal',
      rule: 'read-goal',
      with: { text: '{{ inputs.goal }}', deadline: null },
    },
    {
      id: 'keep',
      kind: 'change',
      title: 'Keep it',
      change: 'note',
      with: { text: '# {{ steps.goal.title }}\n\n{{ steps.write.text }}' },
    },
  ],
  result: [{ title: 'Text', value: 'steps.write.text' }],
});

describe('a playbook', () => {
  it('is carried out: a tool, a question, a rule and a change, each journalled', async () => {
    const agents = await agentsWith(
      () => JSON.stringify({ text: 'Tea comes from a plant.' }),
      [scriptedTool('test.look', ({ query }) => ({ found: `facts on ${JSON.stringify(query)}` }))],
    );
    const run = await finished(agents, article, { goal: 'tea' });
    expect(run.error).toBeNull();
    expect(run).toMatchObject({
      state: 'done',
      result: { lines: [{ title: 'Text', value: 'Tea comes from a plant.' }], notices: [] },
    });
    expect(run.steps.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual([
      'goal done',
      'keep done',
      'look done',
      'write done',
    ]);
    expect(run.playbook?.calls).toMatchObject([
      { tool: 'test.look', state: 'done', arguments: { query: 'tea' }, result: { found: 'facts on "tea"' } },
    ]);
    const [note] = opened.store.all(opened.store.qb.selectFrom('note').selectAll());
    expect(note?.text).toContain('Tea comes from a plant.');
    expect(run.result).toMatchObject({ noteIds: [note?.id] });
    expect(await agents.runs.replay({ id: run.id }, call)).toEqual({ identical: true, differences: [] });
  });
});
