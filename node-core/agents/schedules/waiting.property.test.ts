import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { createSchedules } from './index.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constant('tasks' as const), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('end' as const), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('restart' as const), count: fc.constant(0) }),
  fc.record({ kind: fc.constant('die' as const), count: fc.integer({ min: 0, max: 25 }) }),
);

it('begins a run for each thing that happened, once, twenty at a time, whenever the node dies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const clock = createTestClock();
      const space = openTestWorkspace(clock);
      const runs: { readonly id: string; readonly title: unknown }[] = [];
      let left = Number.POSITIVE_INFINITY;
      const made = () =>
        createSchedules({
          store: () => space.store,
          playbook: () => ({
            inputs: [{ id: 'goal', title: 'Goal', hint: '', type: 'text', choices: [], required: true }],
          }),
          startRun: ({ inputs }, id) => {
            if (left === 0) throw new Error('the node died');
            left -= 1;
            runs.push({ id, title: inputs['goal'] });
            space.store.write((tx) =>
              tx.run(
                space.store.qb.insertInto('run').values({
                  id,
                  skill: 'playbook',
                  title: 'brief',
                  input: '',
                  options: '{}',
                  state: 'running',
                  taskId: null,
                  modelId: 'm',
                  place: 'this-machine',
                  createdAt: clock.now(),
                  startedAt: null,
                  endedAt: null,
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
      const underWay = () =>
        space.store.all(space.store.qb.selectFrom('run').select('id').where('state', '=', 'running'));
      const end = (count: number) =>
        space.store.write((tx) => {
          for (const { id } of underWay().slice(0, count))
            tx.run(space.store.qb.updateTable('run').set({ state: 'done' }).where('id', '=', id));
        });
      try {
        let schedules = made();
        await schedules.handlers.save(
          { playbookId: 'brief', inputs: {}, enabled: true, trigger: { on: 'task-created', tag: null } },
          userCall,
        );
        let happened = 0;
        for (const { kind, count } of steps) {
          if (kind === 'end') end(count);
          if (kind === 'restart') schedules = made();
          if (kind === 'tasks')
            for (let index = 0; index < count; index += 1)
              await space.tasks.create({ title: `Task ${(happened += 1)}` }, userCall);
          left = kind === 'die' ? count : Number.POSITIVE_INFINITY;
          await schedules.look().catch((error: unknown) => {
            if (kind !== 'die') throw error;
          });
          left = Number.POSITIVE_INFINITY;
          if (kind === 'die') schedules = made();
          expect(underWay().length).toBeLessThanOrEqual(20);
        }
        for (let turn = 0; turn <= happened / 20 + 1; turn += 1) {
          end(20);
          await schedules.look();
        }
        const titles = Array.from({ length: happened }, (_, index) => `Task ${index + 1}`);
        expect(runs.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
        expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
      } finally {
        space.dispose();
      }
    }),
    { numRuns: 12 },
  );
});
