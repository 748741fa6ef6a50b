import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { RunDetail } from '../../contract/index.ts';
import { createEndpoint } from '../../inference/endpoint.ts';
import { type Answer, startFakeEndpoint, streamChat } from '../../testing/fake-endpoint.ts';
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
/** What the monotonic clock counts although the machine slept, as on some systems. */
let asleep: number;
/** While the tool is called. */
let meanwhile: () => void;

beforeEach(async () => {
  opened = openTestStore();
  ahead = 0;
  asleep = 0;
  meanwhile = () => undefined;
  agents = newAgents();
  await agents.start();
});
const newAgents = (): Agents =>
  createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: () => 'Thank you.', builtin: false }),
    tools: scriptedToolbox([
      scriptedTool('test.send', () => 1, { effect: 'send-out' }),
      scriptedTool('test.look', () => {
        meanwhile();
        return 1;
      }),
    ]),
    clock: { now: () => systemClock.now() + ahead, monotonic: () => systemClock.monotonic() + asleep },
    logger: silentLogger,
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

it.each([
  ['jumps ahead', 8 * hour, 0],
  ['goes back', -8 * hour, 0],
  ['counts on while the machine sleeps', 8 * hour, 8 * hour],
])('counts the time that a run works where the clock %s', async (_what, wall, monotonic) => {
  meanwhile = () => {
    ahead += wall;
    asleep += monotonic;
    meanwhile = () => undefined;
  };
  const playbook = scriptedPlaybook({
    budget: { seconds: 600 },
    tools: ['test.look', 'test.send'],
    steps: [
      { id: 'look', kind: 'tool', title: 'Look', tool: 'test.look' },
      { id: 'send', kind: 'tool', title: 'Send it', tool: 'test.send', needs: ['look'] },
      { id: 'again', kind: 'tool', title: 'Look again', tool: 'test.look', needs: ['send'] },
    ],
  });
  const { id } = await agents.runs.start(startOf(playbook), call);
  const asked = await settled(id);
  expect(asked).toMatchObject({ state: 'waiting' });
  expect(asked.playbook?.spent.seconds).toBeGreaterThanOrEqual(0);
  expect(asked.playbook?.spent.seconds).toBeLessThan(60);
  // Another node reads the same from the journal.
  await agents.stop();
  agents = newAgents();
  await agents.start();
  expect((await agents.runs.get({ id }, call)).playbook?.spent).toEqual(asked.playbook?.spent);
  const questionId = asked.playbook?.questions[0]?.id ?? '';
  await agents.runs.answer({ id, questionId, answer: { type: 'approve', allow: true } }, call);
  const run = await settled(id);
  expect(run).toMatchObject({ state: 'done', error: null });
  expect(run.playbook?.spent.seconds).toBeGreaterThanOrEqual(asked.playbook?.spent.seconds ?? 0);
  expect(run.playbook?.spent.seconds).toBeLessThan(60);
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
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

describe('an answer of another form, of a server on a real socket', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };
  const playbook = scriptedPlaybook({
    steps: [{ id: 'q', kind: 'ask', title: 'Ask', prompt: 'Say a.', answer: schema }],
    result: [{ title: 'A', value: 'steps.q.a' }],
  });
  const answered = async (answer: Answer) => {
    const server = await startFakeEndpoint(answer);
    const { generate } = createEndpoint(
      { id: 'scripted-far', name: 'Far', url: server.url, model: 'm', apiKey: null },
      systemClock,
    );
    const own = createAgents({
      store: () => opened.store,
      inference: { ...scriptedInference({ answer: () => '', builtin: false }), generate },
      tools: scriptedToolbox([]),
      clock: systemClock,
      logger: silentLogger,
    });
    try {
      await own.start();
      const { id } = await own.runs.start(startOf(playbook), call);
      for await (const event of await own.runs.watch({ id }, call)) void event;
      const run = await own.runs.get({ id }, call);
      return { run, asked: server.requests.map(({ body }) => JSON.stringify(body['messages'])) };
    } finally {
      await own.stop();
      await server.close();
    }
  };
  const one = { state: 'done', result: { lines: [{ value: 'yes' }] } };

  it.each(['Sure! Here it is.', '{"b":1}'])('goes back to the model with what is wrong with it: %s', async (wrong) => {
    let times = 0;
    const { run, asked } = await answered((response) => {
      times += 1;
      streamChat(response, [times === 1 ? wrong : '{"a":"yes"}']);
    });
    expect(run).toMatchObject(one);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain("That can't be used");
  });

  it('is taken out of its fence', async () => {
    const { run, asked } = await answered((response) => streamChat(response, ['```json\n{"a":"yes"}\n```']));
    expect(run).toMatchObject(one);
    expect(asked).toHaveLength(1);
  });
});
