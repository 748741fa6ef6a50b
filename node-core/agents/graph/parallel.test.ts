import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { CancellationError } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { builtInInference } from '../../testing/test-inference.ts';
import { type Agents, createAgents } from '../index.ts';
import { createModelSlots } from './model-slots.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
let started: { stop(): Promise<void> }[];
beforeEach(() => {
  opened = openTestStore();
  started = [];
});
afterEach(async () => {
  for (const one of started) await one.stop();
  opened.dispose();
});

/** Over an inference that counts what is under way at once. */
const counting = async (inference: Pick<Inference, 'generate' | 'model' | 'slots'>, list: readonly string[]) => {
  const seen = { most: 0, over: 0, underWay: 0 };
  const agents = createAgents({
    store: () => opened.store,
    inference: {
      ...inference,
      async generate(request) {
        seen.underWay += 1;
        seen.most = Math.max(seen.most, seen.underWay);
        if (seen.underWay > inference.slots(request.modelId)) seen.over += 1;
        try {
          return await inference.generate(request);
        } finally {
          seen.underWay -= 1;
        }
      },
    },
    tools: scriptedToolbox([scriptedTool('test.list', () => [...list])]),
    clock: systemClock,
    logger: silentLogger,
  });
  started.unshift(agents);
  await agents.start();
  return { agents, seen };
};

const done = async (agents: Agents, id: string) => {
  for await (const event of await agents.runs.watch({ id }, call)) void event;
  expect(await agents.runs.get({ id }, call)).toMatchObject({ state: 'done', error: null });
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
};

const questions = scriptedPlaybook({
  tools: ['test.list'],
  steps: [
    { id: 'list', kind: 'tool', title: 'List', tool: 'test.list' },
    { id: 'write', kind: 'ask', title: 'Write', each: 'steps.list', prompt: 'About {{ item }}.' },
  ],
});

describe('questions of runs', () => {
  it.each([1, 2, 7])('are %i at once where the model answers so many, over all runs', async (slots) => {
    const full = Promise.withResolvers<void>();
    const { agents, seen } = await counting(
      scriptedInference({
        builtin: false,
        slots: () => slots,
        async answer() {
          if (seen.underWay === slots) full.resolve();
          await full.promise;
          return 'It is so.';
        },
      }),
      Array.from({ length: 9 }, (_, at) => `thing ${at}`),
    );
    const first = await agents.runs.start(startOf(questions), call);
    const second = await agents.runs.start(startOf(questions), call);
    await Promise.all([done(agents, first.id), done(agents, second.id)]);
    expect(seen).toEqual({ most: slots, over: 0, underWay: 0 });
  });

  it('are more once the model is loaded and says so', async () => {
    const four = Promise.withResolvers<void>();
    let slots = 1;
    const { agents, seen } = await counting(
      scriptedInference({
        builtin: false,
        slots: () => slots,
        async answer() {
          if (slots === 1) {
            slots = 4;
            return 'It is loaded.';
          }
          if (seen.underWay === 4) four.resolve();
          await four.promise;
          return 'It is so.';
        },
      }),
      Array.from({ length: 6 }, (_, at) => `thing ${at}`),
    );
    const { id } = await agents.runs.start(startOf(questions), call);
    await done(agents, id);
    expect(seen).toEqual({ most: 4, over: 0, underWay: 0 });
  });

  it('are as many as the built-in model has sequences', async () => {
    const inference = builtInInference(() => opened.store, join(opened.dir, 'models'));
    started.push(inference);
    const goals = ['Plan a trip to Rome', 'Paint the kitchen', 'Move the office', 'Start a book club', 'Fix the roof'];
    const { agents, seen } = await counting(inference, [...goals, ...goals]);
    const planning = scriptedPlaybook({
      tools: ['test.list'],
      steps: [
        { id: 'list', kind: 'tool', title: 'List', tool: 'test.list' },
        {
          id: 'write',
          kind: 'ask',
          title: 'Write',
          each: 'steps.list',
          prompt: 'Plan {{ item }}.',
          builtin: { form: 'plan', text: 'item' },
        },
      ],
    });
    expect(inference.slots()).toBe(1);
    const { id } = await agents.runs.start(startOf(planning), call);
    await done(agents, id);
    expect(inference.slots()).toBeGreaterThan(1);
    expect(seen).toEqual({ most: inference.slots(), over: 0, underWay: 0 });
  }, 60_000);
});

describe('slots of a model', () => {
  const { signal } = new AbortController();

  it('are given to runs in turn', async () => {
    const slots = createModelSlots(() => 1);
    const order: string[] = [];
    const asked = ['a', 'a', 'a', 'b', 'c', 'b'].map(async (runId) => {
      const leave = await slots.take('m', runId, signal);
      order.push(runId);
      leave();
    });
    await Promise.all(asked);
    expect(order.join('')).toBe('aabcab');
  });

  it('are not taken by what was given up while it waited, nor shared between models', async () => {
    const slots = createModelSlots(() => 1);
    const gone = new AbortController();
    const leave = await slots.take('m', 'a', signal);
    const waiting = slots.take('m', 'a', gone.signal);
    const next = slots.take('m', 'b', signal);
    (await slots.take('other', 'a', signal))();
    gone.abort();
    await expect(waiting).rejects.toThrow(CancellationError);
    await expect(slots.take('m', 'a', gone.signal)).rejects.toThrow(CancellationError);
    leave();
    (await next)();
  });
});
