import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.dispose());

/** For each step the earlier ones that it needs. */
const graph = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, at) => fc.subarray(Array.from({ length: at }, (__, earlier) => earlier))),
    ),
  );

describe('a graph of steps', () => {
  it('is done in an order in which each comes after all it needs, in whatever order they end', async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.scheduler(), fc.array(fc.nat()), async (needs, scheduler, order) => {
        const log: string[] = [];
        const tool = scriptedTool('test.do', async ({ at }) => {
          log.push(`begin ${JSON.stringify(at)}`);
          await scheduler.schedule(Promise.resolve(), JSON.stringify(at));
          log.push(`end ${JSON.stringify(at)}`);
          return at ?? null;
        });
        // Where a step stands in the file says nothing about when it is done.
        const places = needs.map((_, at) => at).toSorted((a, b) => (order[a] ?? a) - (order[b] ?? b));
        const playbook = scriptedPlaybook({
          tools: ['test.do'],
          steps: places.map((at) => ({
            id: `step-${at}`,
            kind: 'tool' as const,
            title: `Step ${at}`,
            tool: 'test.do',
            with: { at, of: (needs[at] ?? []).map((earlier) => `{{ steps.step-${earlier} }}`) },
          })),
        });
        const agents = createAgents({
          store: () => opened.store,
          inference: scriptedInference({ answer: () => '' }),
          tools: scriptedToolbox([tool]),
          clock: systemClock,
          logger: silentLogger,
        });
        await agents.start();
        const { id } = await agents.runs.start(startOf(playbook), call);
        let isOver = false;
        const ended = (async () => {
          for await (const event of await agents.runs.watch({ id }, call)) void event;
          isOver = true;
        })();
        while (!isOver) {
          if (scheduler.count() > 0) await scheduler.waitOne();
          await new Promise((resolve) => setImmediate(resolve));
        }
        await ended;
        const run = await agents.runs.get({ id }, call);
        const replay = await agents.runs.replay({ id }, call);
        await agents.stop();
        expect(run).toMatchObject({ state: 'done' });
        expect(replay).toEqual({ identical: true, differences: [] });
        expect(log).toHaveLength(2 * needs.length);
        for (const [at, earlier] of needs.entries())
          for (const other of earlier) expect(log.indexOf(`end ${other}`)).toBeLessThan(log.indexOf(`begin ${at}`));
        // Each gets what those before it gave.
        for (const { arguments: given } of run.playbook?.calls ?? []) {
          const { at, of } = given as { at: number; of: number[] };
          expect(of).toEqual(needs[at]);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
