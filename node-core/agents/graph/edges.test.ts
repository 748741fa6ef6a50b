import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { RunDetail } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const hour = 3_600_000;

let opened: ReturnType<typeof openTestStore>;
let agents: Agents;
let ahead: number;

beforeEach(async () => {
  opened = openTestStore();
  ahead = 0;
  agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: () => 'Thank you.', builtin: false }),
    tools: scriptedToolbox([scriptedTool('test.send', () => 1, { effect: 'send-out' })]),
    clock: { ...systemClock, now: () => systemClock.now() + ahead },
    logger: silentLogger,
  });
  await agents.start();
});
afterEach(async () => {
  await agents.stop();
  opened.dispose();
});

const settled = async (id: string): Promise<RunDetail> => {
  for await (const event of await agents.runs.watch({ id }, call))
    if ((event.type === 'snapshot' || event.type === 'run') && event.run.state === 'waiting') break;
  return agents.runs.get({ id }, call);
};

it('does not count what a run waits for a person as its time', async () => {
  const playbook = scriptedPlaybook({
    budget: { seconds: 600 },
    tools: ['test.send'],
    steps: [
      { id: 'send', kind: 'tool', title: 'Send it', tool: 'test.send', with: {} },
      { id: 'write', kind: 'ask', title: 'Write it', prompt: 'It was sent: {{ steps.send }}' },
    ],
  });
  const { id } = await agents.runs.start(startOf(playbook), call);
  const asked = await settled(id);
  ahead = hour;
  const questionId = asked.playbook?.questions[0]?.id ?? '';
  await agents.runs.answer({ id, questionId, answer: { type: 'approve', allow: true } }, call);
  const run = await settled(id);
  expect(run).toMatchObject({ state: 'done', error: null });
  expect(run.playbook?.spent.seconds).toBeLessThan(600);
});

it('takes names that every object has for what they are', async () => {
  const playbook = scriptedPlaybook({
    inputs: [{ id: 'constructor', title: 'Constructor', type: 'text', required: false }],
    steps: [{ id: 'constructor', kind: 'ask', title: 'Write', prompt: 'Of {{ inputs.constructor }}' }],
    result: [{ title: 'Text', value: 'steps.constructor' }],
  });
  const { id } = await agents.runs.start(startOf(playbook), call);
  expect(await settled(id)).toMatchObject({ state: 'done', result: { lines: [{ value: 'Thank you.' }] } });
});

it('takes no text that is longer than a playbook reads', async () => {
  const playbook = scriptedPlaybook({
    inputs: [
      { id: 'goal', title: 'Goal', type: 'text', required: false },
      { id: 'notes', title: 'Notes', type: 'long-text', required: false },
    ],
    steps: [{ id: 'write', kind: 'ask', title: 'Write', prompt: 'Write.' }],
  });
  const start = async (inputs: Record<string, string>) => agents.runs.start(startOf(playbook, inputs), call);
  await expect(start({ goal: 'x'.repeat(100_001) })).rejects.toMatchObject({ code: 'INPUT_TOO_LONG' });
  await expect(start({ notes: 'x'.repeat(2_000_001) })).rejects.toMatchObject({ code: 'INPUT_TOO_LONG' });
  const { id } = await start({ goal: 'x'.repeat(100_000), notes: 'x'.repeat(2_000_000) });
  expect(await settled(id)).toMatchObject({ state: 'done' });
});
