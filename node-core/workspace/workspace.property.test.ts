import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorCode, type Task } from '../contract/index.ts';
import { openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';

type Space = ReturnType<typeof openTestWorkspace>;
type Act = (space: Space) => unknown;

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)];
const everyTask = ({ store }: Space): Task[] =>
  store.all(store.qb.selectFrom('task').selectAll().orderBy('id')).map((row) => store.decode('task', row));
const taskId = (space: Space, index: number): string => pick(everyTask(space), index)?.id ?? 'none';
const projectId = ({ store }: Space, index: number): string =>
  pick(store.all(store.qb.selectFrom('project').select('id').orderBy('id')), index)?.id ?? 'none';
const sectionId = ({ store }: Space, index: number): string =>
  pick(store.all(store.qb.selectFrom('section').select('id').orderBy('id')), index)?.id ?? 'none';

const nat = fc.nat(30);
const rule = fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=FR', 'FREQ=MONTHLY;COUNT=2');
const anchor = fc.constantFrom('schedule' as const, 'completion' as const);

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(nat, nat, fc.boolean(), fc.boolean()).map(
      ([a, b, inside, waits]): Act =>
        (space) =>
          space.tasks.create(
            {
              title: `task ${a}`,
              ...(inside ? { parentId: taskId(space, a) } : {}),
              ...(waits ? { dependsOn: [taskId(space, b)] } : {}),
            },
            userCall,
          ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(rule, anchor, nat).map(
      ([text, from, index]): Act =>
        (space) =>
          space.tasks.create(
            {
              title: 'again',
              dueDate: '2026-06-03',
              recurrence: { rule: text, anchor: from },
              ...(index > 20 ? { parentId: taskId(space, index) } : {}),
            },
            userCall,
          ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(nat, nat).map(
      ([a, b]): Act =>
        (space) =>
          space.tasks.update({ id: taskId(space, a), patch: { parentId: taskId(space, b) } }, userCall),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(nat, fc.array(nat, { maxLength: 3 })).map(
      ([a, others]): Act =>
        (space) =>
          space.tasks.update(
            { id: taskId(space, a), patch: { dependsOn: others.map((other) => taskId(space, other)) } },
            userCall,
          ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nat, nat).map(
      ([a, b]): Act =>
        (space) =>
          space.tasks.update({ id: taskId(space, a), patch: { projectId: projectId(space, b) } }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(nat, nat).map(
      ([a, b]): Act =>
        (space) =>
          space.tasks.update({ id: taskId(space, a), patch: { sectionId: sectionId(space, b) } }, userCall),
    ),
  },
  {
    weight: 4,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.tasks.complete({ id: taskId(space, a) }, userCall),
    ),
  },
  {
    weight: 3,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.tasks.reopen({ id: taskId(space, a) }, userCall),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(nat, fc.constantFrom('open' as const, 'doing' as const, 'done' as const, 'cancelled' as const))
      .map(
        ([a, status]): Act =>
          (space) =>
            space.tasks.update({ id: taskId(space, a), patch: { status } }, userCall),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.array(nat, { minLength: 1, maxLength: 3 }).map(
      (ids): Act =>
        (space) =>
          space.tasks.remove({ ids: ids.map((id) => taskId(space, id)) }, userCall),
    ),
  },
  {
    weight: 2,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.tasks.restore({ id: taskId(space, a) }, userCall),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nat, nat, nat).map(
      ([a, b, c]): Act =>
        (space) =>
          space.tasks.move(
            { id: taskId(space, a), before: taskId(space, b), after: c > 20 ? null : taskId(space, c) },
            userCall,
          ),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Act>((space) => space.projects.create({ name: 'P' }, userCall)) },
  {
    weight: 1,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.projects.remove({ id: projectId(space, a) }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.projects.restore({ id: projectId(space, a) }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.projects.createSection({ projectId: projectId(space, a), name: 'S' }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.projects.removeSection({ id: sectionId(space, a) }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Paint +Home by friday', 'Water every! 3 days', 'Call +P tomorrow #x').map(
      (text): Act =>
        (space) =>
          space.quickAdd.save({ text }, userCall),
    ),
  },
  {
    weight: 1,
    arbitrary: nat.map(
      (a): Act =>
        (space) =>
          space.notes.create(
            { text: `# N${a}\n[[N1]] #tag`, projectId: a > 15 ? projectId(space, a) : undefined },
            userCall,
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 3_000_000 }).map(
      (time): Act =>
        (space) =>
          space.clock.advance(time),
    ),
  },
);

const expected = new Set(['CONFLICT', 'NOT_FOUND', 'BAD_REQUEST']);
/** Whether it was done; a refusal is fine, anything else is a bug. */
const tried = (space: Space, act: Act): boolean => {
  try {
    act(space);
    return true;
  } catch (error) {
    if (!expected.has(errorCode(error) ?? '')) throw error;
    return false;
  }
};

const holds = (space: Space): void => {
  const { store } = space;
  const all = everyTask(space);
  const alive = new Map(all.filter(({ deletedAt }) => deletedAt === null).map((task) => [task.id, task]));
  for (const task of alive.values()) {
    expect(task.completedAt !== null).toBe(task.status === 'done' || task.status === 'cancelled');
    if (task.dueTime !== null) expect(task.dueDate).not.toBeNull();
    if (task.projectId !== null) expect(store.get('project', task.projectId)?.deletedAt).toBeNull();
    if (task.sectionId !== null)
      expect(store.get('section', task.sectionId)).toMatchObject({ deletedAt: null, projectId: task.projectId });
    let depth = 1;
    for (let at: Task | undefined = task; at?.parentId; at = alive.get(at.parentId), depth += 1) {
      const parent = alive.get(at.parentId);
      expect(parent).toMatchObject({ projectId: task.projectId, sectionId: task.sectionId });
      expect(depth).toBeLessThan(5);
    }
    const waitsFor = new Set<string>();
    const visit = (id: string): void => {
      for (const next of alive.get(id)?.dependsOn ?? []) {
        expect(next).not.toBe(task.id);
        if (!waitsFor.has(next)) visit((waitsFor.add(next), next));
      }
    };
    visit(task.id);
  }
  const indexed = store
    .all(store.qb.selectFrom('searchDoc').select('entityId').where('kind', '=', 'task').orderBy('entityId'))
    .map(({ entityId }) => entityId);
  expect(indexed).toEqual([...alive.keys()].toSorted());
};

const everything = ({ store }: Space): string =>
  JSON.stringify(
    (['task', 'project', 'section'] as const).map((kind) =>
      store.all(store.qb.selectFrom(kind).selectAll().orderBy('id')),
    ),
  ) +
  JSON.stringify(store.all(store.qb.selectFrom('note').select(['id', 'text', 'projectId', 'deletedAt']).orderBy('id')));

const inSpace = (work: (space: Space) => void): void => {
  const space = openTestWorkspace();
  try {
    work(space);
  } finally {
    space.dispose();
  }
};

test('whatever people do, tasks stay in order, and every step can be taken back to just what was, and forth again', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 40 }), (steps) => {
      inSpace((space) => {
        const states = [everything(space)];
        for (const act of steps) {
          tried(space, act);
          holds(space);
          const now = everything(space);
          if (now !== states.at(-1)) states.push(now);
        }
        for (const state of states.slice(0, -1).toReversed()) {
          space.store.undo();
          expect(everything(space)).toBe(state);
          holds(space);
        }
        expect(() => space.store.undo()).toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
        for (const state of states.slice(1)) {
          space.store.redo();
          expect(everything(space)).toBe(state);
        }
      });
    }),
    { numRuns: 30 },
  );
});

test('what is refused leaves nothing behind', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 30 }), (steps) => {
      inSpace((space) => {
        for (const act of steps) {
          const before = everything(space);
          const history = space.store.history(100).length;
          if (tried(space, act)) continue;
          expect(everything(space)).toBe(before);
          expect(space.store.history(100)).toHaveLength(history);
        }
      });
    }),
    { numRuns: 15 },
  );
});

test('even when steps are taken back out of their order, nothing hangs and every refusal is one that says why', () => {
  const undoAny = nat.map(
    (index): Act =>
      ({ store }) => {
        const step = pick(store.history(100), index);
        if (step && !step.undone) store.undo(step.id);
      },
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: acts }, { weight: 1, arbitrary: undoAny }), {
        minLength: 10,
        maxLength: 40,
      }),
      (steps) => {
        inSpace((space) => {
          for (const act of steps) tried(space, act);
          for (const { id } of everyTask(space)) {
            for (const again of [space.tasks.complete, space.tasks.reopen, space.tasks.restore])
              tried(space, () => again({ id }, userCall));
            tried(space, () =>
              space.tasks.update(
                { id, patch: { projectId: projectId(space, 0), dependsOn: [taskId(space, 1)] } },
                userCall,
              ),
            );
            tried(space, () => space.tasks.remove({ ids: [id] }, userCall));
          }
        });
      },
    ),
    { numRuns: 15 },
  );
});
