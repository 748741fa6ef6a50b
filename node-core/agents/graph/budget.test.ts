import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Budget, Price, RunDetail, StartRun } from '../../contract/index.ts';
import type { Script } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool } from '../../testing/scripted-tools.ts';
import { openTestAgents, settledRun, type TestAgents } from '../../testing/test-agents.ts';
import type { Tool } from '../../tools/index.ts';
import type { Agents } from '../index.ts';
import { createSpending } from './budget.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
/** Of sums of money in floating point. */
const hair = 1e-9;

const amount = fc.record({
  tokens: fc.integer({ min: 0, max: 400 }),
  calls: fc.constant(1),
  cost: fc.double({ min: 0, max: 3, noNaN: true }),
});

describe('a budget', () => {
  it('is never exceeded, whatever is asked for at once and in whatever order it ends; what it refuses it had no room for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          tokens: fc.integer({ min: 1, max: 1_000 }),
          seconds: fc.constant(1),
          calls: fc.integer({ min: 1, max: 12 }),
          cost: fc.double({ min: 0, max: 8, noNaN: true }),
        }),
        fc.array(fc.tuple(amount, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 }),
        fc.scheduler(),
        async (budget: Budget, asked, scheduler) => {
          const spending = createSpending(budget);
          const used = { tokens: 0, calls: 0, cost: 0 };
          const held = { tokens: 0, calls: 0, cost: 0 };
          const check = () => {
            for (const kind of ['tokens', 'calls', 'cost'] as const)
              expect(used[kind] + held[kind]).toBeLessThanOrEqual(budget[kind] + hair);
          };
          const work = asked.map(async ([wanted, share], at) => {
            const reserved = await spending.reserve(`call ${at}`, wanted).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'BUDGET_SPENT' });
              const kinds = ['tokens', 'calls', 'cost'] as const;
              expect(kinds.some((kind) => used[kind] + wanted[kind] > budget[kind] - hair)).toBe(true);
            });
            if (!reserved) return;
            for (const kind of ['tokens', 'calls', 'cost'] as const) held[kind] += wanted[kind];
            check();
            await scheduler.schedule(Promise.resolve());
            const taken = { tokens: Math.floor(wanted.tokens * share), calls: 1, cost: wanted.cost * share };
            for (const kind of ['tokens', 'calls', 'cost'] as const) {
              held[kind] -= wanted[kind];
              used[kind] += taken[kind];
            }
            reserved.settle(taken);
            check();
          });
          let isOver = false;
          const all = Promise.all(work).then(() => (isOver = true));
          while (!isOver) {
            if (scheduler.count() > 0) await scheduler.waitOne();
            await new Promise((resolve) => setImmediate(resolve));
          }
          await all;
        },
      ),
      { numRuns: 200 },
    );
  });
});

let opened: TestAgents;
beforeEach(() => {
  opened = openTestAgents();
});
afterEach(() => opened.dispose());

const agentsWith = (answer: Script['answer'], price: Price | null, tools: Tool[] = []): Promise<Agents> =>
  opened.start({ answer, price, builtin: false, slots: () => 8 }, [
    scriptedTool('test.list', () => Array.from({ length: 12 }, (_, at) => at)),
    ...tools,
  ]);

const settled = async (agents: Agents, start: StartRun): Promise<RunDetail> => {
  const { id } = await agents.runs.start(start, call);
  return settledRun(agents, id);
};

const writing = (cost: number) =>
  scriptedPlaybook({
    budget: { cost },
    tools: ['test.list'],
    steps: [
      { id: 'list', kind: 'tool', title: 'List', tool: 'test.list' },
      { id: 'write', kind: 'ask', title: 'Write', each: 'steps.list', prompt: 'About {{ item }}', maxTokens: 100 },
    ],
  });

describe('a model that costs', () => {
  const price = { input: 500, output: 2_000 };

  it('is charged by what each answer took, and never more than the budget has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.05, max: 8, noNaN: true }),
        fc.infiniteStream(fc.nat(100)),
        async (cost, sizes) => {
          const agents = await agentsWith(
            () => ({ text: 'It is so.', promptTokens: 60, outputTokens: sizes.next().value ?? 0 }),
            price,
          );
          const run = await settled(agents, startOf(writing(cost)));
          const { spent } = run.playbook ?? { spent: { cost: Number.NaN } };
          expect(spent.cost).toBeLessThanOrEqual(cost + hair);
          if (run.state === 'failed') expect(run.error?.code).toBe('BUDGET_SPENT');
          else expect(spent.cost).toBeGreaterThanOrEqual((12 * 60 * price.input) / 1e6);
          expect(await agents.runs.replay({ id: run.id }, call)).toMatchObject({ identical: true });
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it('is not asked where the budget has no money, and says so before anything is begun', async () => {
    const agents = await agentsWith(() => 'It is so.', price);
    expect(() => agents.runs.start(startOf(writing(0)), call)).toThrow(
      '“Scripted” costs money, and the budget of “Scripted” has none.',
    );
    expect(await agents.runs.list({}, call)).toEqual([]);
  });

  it('that does not say what it read is charged with all that it may have taken', async () => {
    const agents = await agentsWith(() => ({ text: 'It is so.', promptTokens: 0, outputTokens: 3 }), price);
    const run = await settled(agents, startOf(writing(1)));
    const { cost, calls } = run.playbook?.spent ?? { cost: 0, calls: 0 };
    const answers = calls - 1;
    expect(run).toMatchObject({ state: 'failed', error: { code: 'BUDGET_SPENT' } });
    // What it may write is known: the least that is charged.
    expect(cost).toBeGreaterThan((answers * 100 * price.output) / 1e6);
    expect(cost).toBeLessThanOrEqual(1 + hair);
    expect(await agents.runs.replay({ id: run.id }, call)).toMatchObject({ identical: true });
  });

  it('is no way round the budget of tokens where it does not say what it read', async () => {
    const agents = await agentsWith(() => ({ text: 'It is so.', promptTokens: 0, outputTokens: 3 }), null);
    const playbook = { ...writing(0), budget: { ...writing(0).budget, tokens: 3_000 } };
    const run = await settled(agents, startOf(playbook));
    expect(run).toMatchObject({ state: 'failed', error: { code: 'BUDGET_SPENT' } });
    expect(run.playbook?.spent.tokens).toBeGreaterThan(1_000);
    expect(run.playbook?.spent.tokens).toBeLessThanOrEqual(3_000);
  });

  it('keeps the price that its run began with', async () => {
    const agents = await agentsWith(() => ({ text: 'It is so.', promptTokens: 1_000, outputTokens: 10 }), price);
    const run = await settled(agents, startOf(writing(1_000)));
    expect(run.playbook?.spent.cost).toBeCloseTo(12 * (0.5 + 0.02));
    const free = await agentsWith(() => 'It is so.', null);
    expect((await free.runs.get({ id: run.id }, call)).playbook?.spent.cost).toBeCloseTo(12 * (0.5 + 0.02));
    expect(await free.runs.replay({ id: run.id }, call)).toEqual({ identical: true, differences: [] });
  });
});

describe('a tool that spends', () => {
  const paying = (cost: number) =>
    scriptedPlaybook({
      budget: { cost },
      tools: ['test.pay'],
      steps: [{ id: 'pay', kind: 'tool', title: 'Pay', tool: 'test.pay', with: { amount: 3 } }],
    });
  const pay = (cost?: Tool['cost']) => {
    const seen = { paid: 0 };
    const tool = scriptedTool(
      'test.pay',
      () => {
        seen.paid += 1;
        return 'paid';
      },
      { effect: 'spend', repeatable: false, ...(cost && { cost }) },
    );
    return { seen, tool };
  };

  it('asks with the amount, is charged for it, and never goes over the budget', async () => {
    const { seen, tool } = pay(() => 3);
    const agents = await agentsWith(() => '', null, [tool]);
    expect(await settled(agents, startOf(paying(0)))).toMatchObject({ error: { code: 'BUDGET_SPENT' } });
    expect(await settled(agents, startOf(paying(2)))).toMatchObject({
      error: { code: 'BUDGET_SPENT', message: expect.stringContaining('costs 3') },
    });
    const asked = await settled(agents, startOf(paying(4)));
    const [question] = asked.playbook?.questions ?? [];
    expect(question).toMatchObject({ type: 'approve', reason: 'It costs 3.', call: { cost: 3 } });
    expect(seen.paid).toBe(0);
    await agents.runs.answer(
      { id: asked.id, questionId: question?.id ?? '', answer: { type: 'approve', allow: true } },
      call,
    );
    for await (const event of await agents.runs.watch({ id: asked.id }, call)) void event;
    const run = await agents.runs.get({ id: asked.id }, call);
    expect(run).toMatchObject({ state: 'done', playbook: { spent: { cost: 3 } } });
    expect(seen.paid).toBe(1);
  });

  it('is not called where it does not say what it costs', async () => {
    const { seen, tool } = pay();
    const run = await settled(await agentsWith(() => '', null, [tool]), startOf(paying(100)));
    expect(run).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('does not say how much') },
    });
    expect(seen.paid).toBe(0);
  });

  it('is asked about anew where its price changed', async () => {
    let cost = 3;
    const { seen, tool } = pay(() => cost);
    const agents = await agentsWith(() => '', null, [tool]);
    const asked = await settled(agents, startOf(paying(10)));
    cost = 9;
    const answer = { type: 'approve', allow: true } as const;
    await expect(
      agents.runs.answer({ id: asked.id, questionId: asked.playbook?.questions[0]?.id ?? '', answer }, call),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    for await (const event of await agents.runs.watch({ id: asked.id }, call))
      if (event.type === 'run' && event.run.state === 'waiting') break;
    expect((await agents.runs.get({ id: asked.id }, call)).playbook?.questions).toMatchObject([
      { reason: 'It costs 9.' },
    ]);
    expect(seen.paid).toBe(0);
  });
});
