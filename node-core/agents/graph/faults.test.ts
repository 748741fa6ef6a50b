import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { AppError } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.dispose());

const people = ['ada', 'grace', 'edsger', 'barbara'];
const tools = ['web.search', 'web.read'];

/** Each question wants a person that exists, a day, and a tool that exists. */
const playbook = scriptedPlaybook({
  inputs: [{ id: 'days', title: 'Days', type: 'text' }],
  steps: Array.from({ length: 50 }, (_, at) => ({
    id: `step-${at}`,
    kind: 'ask' as const,
    title: `Step ${at}`,
    optional: true,
    prompt: `Question ${at}`,
    answer: {
      type: 'object',
      properties: {
        person: { enum: people },
        day: { type: 'string', format: 'date' },
        tool: { enum: tools },
      },
      required: ['person', 'day', 'tool'],
      additionalProperties: false,
    },
  })),
});

const good = { person: 'ada', day: '2026-05-04', tool: 'web.search' };
const faults: readonly (() => string)[] = [
  () => `Sure! ${JSON.stringify(good)}`,
  () => JSON.stringify({ ...good, person: 'charles' }),
  () => JSON.stringify({ ...good, day: '2026-02-31' }),
  () => JSON.stringify({ ...good, tool: 'web.destroy' }),
  () => {
    throw new AppError('ENDPOINT_FAILED', 'The model server did not answer in time.');
  },
];

describe('faults in a fifth of all answers', () => {
  it('are repaired within two tries, at least nine in ten, and never asked about without end', async () => {
    let seed = 11;
    const random = () => {
      seed = (seed + 0x6d2b79f5) >>> 0;
      const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    let asked = 0;
    let faulty = 0;
    const agents = createAgents({
      store: () => opened.store,
      inference: scriptedInference({
        builtin: false,
        answer: () => {
          asked += 1;
          if (random() >= 0.2) return JSON.stringify(good);
          faulty += 1;
          return faults[faulty % faults.length]?.() ?? '';
        },
      }),
      clock: systemClock,
      logger: silentLogger,
    });
    await agents.start();
    let steps = 0;
    let first = 0;
    let left = 0;
    for (let round = 0; round < 4; round += 1) {
      const { id } = await agents.runs.start(startOf(playbook, { days: 'May' }), call);
      for await (const event of await agents.runs.watch({ id }, call)) void event;
      const run = await agents.runs.get({ id }, call);
      expect(run.state).toBe('done');
      const entries = opened.store.all(
        opened.store.qb.selectFrom('journal').select(['type', 'data']).where('runId', '=', id),
      );
      const tries = entries.filter(({ type }) => type === 'answer' || type === 'answer-failed');
      steps += run.steps.length;
      first += tries.filter(({ data }) => data.includes('"key":"0/1"')).length;
      left += run.steps.filter(({ state }) => state === 'skipped').length;
    }
    await agents.stop();
    expect(steps).toBe(200);
    expect(first).toBeGreaterThan(25);
    expect((first - left) / first).toBeGreaterThanOrEqual(0.9);
    expect(asked).toBeLessThanOrEqual(3 * steps);
  });
});
