import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { createSchedules } from './index.ts';
import { nextTime } from './times.ts';

const hour = 3_600_000;
/** A fortnight around either change of the clocks, or none. */
const begins = ['2026-03-22T12:00:00Z', '2026-10-18T12:00:00Z', '2026-06-03T10:00:00Z'];
const crons = ['30 2 * * *', '0 * * * *', '*/20 1-4 * * *', '30 2,14 * * 0', '15 3 29 3 *'];
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), by: fc.integer({ min: 1, max: 40 * 60_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('jump' as const), by: fc.integer({ min: -30 * hour, max: 60 * hour }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart' as const), by: fc.integer({ min: 0, max: 10 * hour }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('die' as const), by: fc.integer({ min: 0, max: hour }) }) },
);

it('fires each time once or writes it down as missed, whatever the clock does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...begins),
      fc.constantFrom(...crons),
      fc.constantFrom(...zones),
      fc.array(step, { minLength: 3, maxLength: 25 }),
      async (begin, cron, timeZone, steps) => {
        const clock = createTestClock(begin);
        const space = openTestWorkspace(clock);
        const runs: string[] = [];
        let dies = false;
        const made = () =>
          createSchedules({
            store: () => space.store,
            playbook: () => ({ inputs: [] }),
            startRun: (_request, runId) => {
              if (dies) throw new Error('the node died');
              runs.push(runId);
              space.store.write((tx) =>
                tx.run(
                  space.store.qb.insertInto('run').values({
                    id: runId,
                    skill: 'playbook',
                    title: 'brief',
                    input: '',
                    options: '{}',
                    state: 'done',
                    taskId: null,
                    modelId: 'm',
                    place: 'this-machine',
                    createdAt: clock.now(),
                    startedAt: null,
                    endedAt: clock.now(),
                    promptTokens: 0,
                    outputTokens: 0,
                    error: null,
                    result: null,
                    undoneAt: null,
                    playbookId: 'brief',
                  }),
                ),
              );
            },
            clock,
            logger: silentLogger,
          });
        try {
          let schedules = made();
          await schedules.handlers.save(
            { playbookId: 'brief', inputs: {}, enabled: true, trigger: { on: 'time', cron, timeZone } },
            userCall,
          );
          const createdAt = clock.now();
          for (const { kind, by } of steps) {
            const before = runs.length;
            clock.advance(by);
            if (kind === 'restart') schedules = made();
            dies = kind === 'die';
            // What dies here is taken up by the next look, beside what is due then.
            const owed = space.store
              .all(space.store.qb.selectFrom('occurrence').select('runId').where('runId', 'is not', null))
              .filter(({ runId }) => !runs.includes(runId ?? '')).length;
            await schedules.look().catch((error: unknown) => {
              if (!dies) throw error;
            });
            dies = false;
            expect(runs.length - before).toBeLessThanOrEqual(1 + owed);
          }
          await schedules.look();

          const rows = space.store.all(space.store.qb.selectFrom('occurrence').selectAll());
          expect(new Set(runs).size).toBe(runs.length);
          expect(new Set(rows.flatMap(({ runId }) => runId ?? []))).toEqual(new Set(runs));
          for (const { runId, missed } of rows) expect(missed !== null).toBe(runId === null);
          const written = new Set(rows.map(({ at }) => at));
          expect(written.size).toBe(rows.length);
          const before = rows.find(({ key }) => key.startsWith('before '));
          for (let at = nextTime(cron, timeZone, createdAt); at !== null && at <= clock.now(); ) {
            if (!before) expect(written.has(at)).toBe(true);
            at = nextTime(cron, timeZone, at);
          }
          for (const at of written) expect(nextTime(cron, timeZone, at - 1)).toBe(at);
        } finally {
          space.dispose();
        }
      },
    ),
    { numRuns: 60 },
  );
});
