import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../common/index.ts';
import type { NewTask, Task } from '../contract/index.ts';
import { apiCall, openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';
import { STEP } from './position.ts';
import { addProject, addTask, updateTask } from './index.ts';

let space: ReturnType<typeof openTestWorkspace>;
beforeEach(() => {
  space = openTestWorkspace();
});
afterEach(() => space.dispose());

const add = async (input: NewTask | string): Promise<Task> =>
  space.tasks.create(typeof input === 'string' ? { title: input } : input, userCall);
const get = async (id: string): Promise<Task> => space.tasks.get({ id }, userCall);
const update = async (id: string, patch: Partial<NewTask>): Promise<Task> =>
  space.tasks.update({ id, patch }, userCall);
const undo = async () => space.history.undo({}, userCall);
const labels = async () =>
  (await space.history.list({}, userCall)).filter((entry) => !entry.undone).map((entry) => entry.label);
const titles = (tasks: readonly Task[]): string[] => tasks.map((task) => task.title);
const list = async (query: Parameters<typeof space.tasks.list>[0]): Promise<string[]> =>
  titles(await space.tasks.list(query, userCall));
const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('a task', () => {
  test('keeps every field that the contract names', async () => {
    const project = await space.projects.create({ name: 'Launch' }, userCall);
    const section = await space.projects.createSection({ projectId: project.id, name: 'Soon' }, userCall);
    const note = await space.notes.create({ text: 'transcript\nAnna will call' }, userCall);
    const first = await add('first');
    const input: NewTask = {
      title: 'Call <b>Anna</b>',
      notes: '# Why\r\n\r\n<script>alert(1)</script>  ',
      projectId: project.id,
      sectionId: section.id,
      parentId: null,
      status: 'doing',
      priority: 2,
      doDate: '2026-06-04',
      dueDate: '2026-06-30',
      dueTime: '17:00',
      reminders: [{ at: 1_780_000_000_000, firedAt: null }],
      tags: ['Marketing', '#press', 'two words', 'press'],
      dependsOn: [first.id],
      recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', anchor: 'schedule' },
      assignee: 'agent',
      owner: 'Anna',
      source: { noteId: note.id, line: 2, quote: 'Anna will call' },
      position: 7,
    };
    const task = await add(input);
    expect(await get(task.id)).toEqual({
      ...input,
      tags: ['marketing', 'press', 'two-words'],
      id: task.id,
      createdAt: space.clock.now(),
      updatedAt: space.clock.now(),
      completedAt: null,
      deletedAt: null,
      runId: null,
      touched: false,
    });
  });

  test.each<[string, Partial<NewTask>, string, string]>([
    ['a day that does not exist', { dueDate: '2026-02-30' }, 'BAD_REQUEST', 'no day 2026-02-30'],
    ['a do-date that does not exist', { doDate: '2026-13-01' }, 'BAD_REQUEST', 'no day'],
    ['a time that does not exist', { dueDate: '2026-06-30', dueTime: '25:00' }, 'BAD_REQUEST', 'no time 25:00'],
    ['a time without a day', { dueTime: '10:00' }, 'BAD_REQUEST', 'needs a due date'],
    [
      'a repeat rule of hours',
      { recurrence: { rule: 'FREQ=HOURLY', anchor: 'schedule' } },
      'BAD_REQUEST',
      'FREQ must be',
    ],
    ['a project that is not there', { projectId: 'gone' }, 'NOT_FOUND', 'project does not exist'],
    ['a section that is not there', { sectionId: 'gone' }, 'NOT_FOUND', 'section does not exist'],
    ['a parent that is not there', { parentId: 'gone' }, 'NOT_FOUND', 'task does not exist'],
    ['a dependency that is not there', { dependsOn: ['gone'] }, 'NOT_FOUND', 'task does not exist'],
  ])('with %s is refused, and nothing is kept', async (_, fields, code, message) => {
    await expect(add({ title: 'x', ...fields })).rejects.toThrow(refusal(code, message));
    expect(await list({ view: 'all' })).toEqual([]);
    expect(await labels()).toEqual([]);
  });

  test('of which nothing changes is no step of history', async () => {
    const task = await add({ title: 'x', tags: ['a'] });
    space.clock.advance(1_000);
    expect(await update(task.id, { title: 'x', tags: ['A'], priority: 4 })).toEqual(task);
    expect(await labels()).toEqual(['Add task “x”']);
  });

  test('loses its time with its due date', async () => {
    const task = await add({ title: 'x', dueDate: '2026-06-30', dueTime: '10:00' });
    expect(await update(task.id, { dueDate: null })).toMatchObject({ dueDate: null, dueTime: null });
  });

  test('lies in the project of its section, and leaves the section with the project', async () => {
    const [one, two] = [
      await space.projects.create({ name: 'One' }, userCall),
      await space.projects.create({ name: 'Two' }, userCall),
    ];
    const section = await space.projects.createSection({ projectId: one.id, name: 'S' }, userCall);
    const task = await add({ title: 'x', sectionId: section.id });
    expect(task.projectId).toBe(one.id);
    await expect(update(task.id, { projectId: two.id, sectionId: section.id })).rejects.toThrow(
      refusal('BAD_REQUEST', 'another project'),
    );
    expect(await update(task.id, { projectId: two.id })).toMatchObject({ projectId: two.id, sectionId: null });
  });
});

describe('subtasks', () => {
  test('lie where their parent lies, and move with it', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    const grandchild = await add({ title: 'grandchild', parentId: child.id });
    await update(parent.id, { projectId: project.id });
    expect((await get(child.id)).projectId).toBe(project.id);
    expect((await get(grandchild.id)).projectId).toBe(project.id);
    await undo();
    expect((await get(grandchild.id)).projectId).toBeNull();
  });

  test('become tasks of their own when they move to another project', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    expect(await update(child.id, { projectId: project.id })).toMatchObject({ parentId: null, projectId: project.id });
  });

  test('never lie in themselves', async () => {
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    await expect(update(parent.id, { parentId: child.id })).rejects.toThrow(
      refusal('CONFLICT', "can't be a subtask of itself"),
    );
    await expect(update(parent.id, { parentId: parent.id })).rejects.toThrow(
      refusal('CONFLICT', "can't be a subtask of itself"),
    );
  });

  test('go five levels deep, counted with what lies below a task that moves', async () => {
    let parentId: string | null = null;
    const chain: Task[] = [];
    for (let level = 1; level <= 5; level += 1) {
      const task: Task = await add({ title: `level ${level}`, parentId });
      chain.push(task);
      parentId = task.id;
    }
    await expect(add({ title: 'level 6', parentId })).rejects.toThrow(refusal('CONFLICT', '5 levels'));
    const top = await add('top');
    await expect(update(chain[0]?.id ?? '', { parentId: top.id })).rejects.toThrow(refusal('CONFLICT', '5 levels'));
  });
});

describe('dependencies', () => {
  test('in a ring are refused, and the ring is named', async () => {
    const a = await add('Write');
    const b = await add({ title: 'Review', dependsOn: [a.id] });
    const c = await add({ title: 'Publish', dependsOn: [b.id] });
    await expect(update(a.id, { dependsOn: [c.id] })).rejects.toThrow(
      refusal('CONFLICT', '“Write” → “Publish” → “Review” → “Write”'),
    );
    await expect(update(a.id, { dependsOn: [a.id] })).rejects.toThrow(refusal('CONFLICT', '“Write” → “Write”'));
    expect((await get(a.id)).dependsOn).toEqual([]);
  });

  test('on the task it is a part of are refused', async () => {
    const parent = await add('parent');
    await expect(add({ title: 'child', parentId: parent.id, dependsOn: [parent.id] })).rejects.toThrow(
      refusal('CONFLICT', 'a part of'),
    );
  });
});

describe('completing', () => {
  test('ends open subtasks too, as one step; reopening brings back those that ended with it', async () => {
    const parent = await add('parent');
    const done = await add({ title: 'done before', parentId: parent.id });
    const open = await add({ title: 'open', parentId: parent.id });
    await space.tasks.complete({ id: done.id }, userCall);
    space.clock.advance(1_000);
    expect((await space.tasks.complete({ id: parent.id }, userCall)).next).toBeNull();
    expect((await get(open.id)).status).toBe('done');
    await undo();
    expect([(await get(parent.id)).status, (await get(open.id)).status, (await get(done.id)).status]).toEqual([
      'open',
      'open',
      'done',
    ]);
    await space.history.redo(undefined, userCall);
    await space.tasks.reopen({ id: parent.id }, userCall);
    expect([(await get(parent.id)).status, (await get(open.id)).status, (await get(done.id)).status]).toEqual([
      'open',
      'open',
      'done',
    ]);
  });

  test('a subtask that is opened again opens its parents', async () => {
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    await space.tasks.complete({ id: parent.id }, userCall);
    await space.tasks.reopen({ id: child.id }, userCall);
    expect((await get(parent.id)).status).toBe('open');
  });

  test('by changing the status is the same', async () => {
    const task = await add({
      title: 'x',
      dueDate: '2026-06-05',
      recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule' },
    });
    expect(await update(task.id, { status: 'done' })).toMatchObject({ status: 'done', completedAt: space.clock.now() });
    expect(await list({ view: 'all' })).toEqual(['x', 'x']);
    expect(await update(task.id, { status: 'doing' })).toMatchObject({ status: 'doing', completedAt: null });
    expect(await list({ view: 'all' })).toEqual(['x']);
    expect((await labels())[1]).toBe('Complete “x”');
  });

  test('twice changes nothing the second time', async () => {
    const task = await add({
      title: 'x',
      dueDate: '2026-06-05',
      recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule' },
    });
    await space.tasks.complete({ id: task.id }, userCall);
    expect((await space.tasks.complete({ id: task.id }, userCall)).next).toBeNull();
    expect(await list({ view: 'all' })).toHaveLength(2);
  });
});

describe('a repeating task', () => {
  const weekly: NewTask = {
    title: 'Trash',
    notes: 'both bins',
    doDate: '2026-06-04',
    dueDate: '2026-06-05',
    dueTime: '08:00',
    tags: ['home'],
    priority: 1,
    reminders: [{ at: new Date(2026, 5, 5, 7).getTime(), firedAt: 1 }],
    recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', anchor: 'schedule' },
  };

  test('goes on with everything it had, as one step that is undone as one', async () => {
    const task = await add(weekly);
    const child = await add({ title: 'fetch bags', parentId: task.id, dueDate: '2026-06-05' });
    await space.tasks.complete({ id: child.id }, userCall);
    space.clock.advance(5_000);
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    expect(next).toMatchObject({
      ...weekly,
      doDate: '2026-06-18',
      dueDate: '2026-06-19',
      status: 'open',
      completedAt: null,
      reminders: [{ at: new Date(2026, 5, 19, 7).getTime(), firedAt: null }],
    });
    const subtasks = (await space.tasks.list({ view: 'inbox' }, userCall)).filter(
      ({ parentId }) => parentId === next?.id,
    );
    expect(subtasks).toMatchObject([{ title: 'fetch bags', dueDate: '2026-06-19', status: 'open' }]);
    expect((await labels())[0]).toBe('Complete “Trash”');
    await undo();
    expect(await list({ view: 'all' })).toEqual(['Trash', 'fetch bags']);
    expect(await get(task.id)).toEqual({ ...task, updatedAt: (await get(task.id)).updatedAt });
  });

  test('after completion counts from that day, with the do-date as far ahead as before', async () => {
    const task = await add({
      ...weekly,
      reminders: [],
      recurrence: { rule: 'FREQ=DAILY;INTERVAL=3', anchor: 'completion' },
    });
    space.clock.set('2026-06-10T22:00:00');
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    expect(next).toMatchObject({ doDate: '2026-06-12', dueDate: '2026-06-13' });
  });

  test('without a due date repeats its do-date, and without both gets a due date', async () => {
    const planned = await add({
      title: 'a',
      doDate: '2026-06-03',
      recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule' },
    });
    expect((await space.tasks.complete({ id: planned.id }, userCall)).next).toMatchObject({
      doDate: '2026-06-04',
      dueDate: null,
    });
    const bare = await add({ title: 'b', recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule' } });
    expect((await space.tasks.complete({ id: bare.id }, userCall)).next).toMatchObject({
      doDate: null,
      dueDate: '2026-06-04',
    });
  });

  test('ends with its rule', async () => {
    const task = await add({
      title: 'x',
      dueDate: '2026-06-03',
      recurrence: { rule: 'FREQ=DAILY;COUNT=2', anchor: 'schedule' },
    });
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    expect((await space.tasks.complete({ id: next?.id ?? '' }, userCall)).next).toBeNull();
  });

  test('opened again takes its untouched next occurrence back, and completing it again makes just one', async () => {
    const task = await add(weekly);
    await space.tasks.complete({ id: task.id }, userCall);
    const opened = await space.tasks.reopen({ id: task.id }, userCall);
    expect(opened.recurrence).toEqual(weekly.recurrence);
    expect(await list({ view: 'all' })).toEqual(['Trash']);
    const again = await space.tasks.complete({ id: task.id }, userCall);
    expect(again.next?.dueDate).toBe('2026-06-19');
    expect(await list({ view: 'all' })).toEqual(['Trash', 'Trash']);
  });

  test('opened again after its next occurrence was worked on no longer repeats: the series goes on there', async () => {
    const task = await add(weekly);
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    space.clock.advance(1_000);
    await update(next?.id ?? '', { notes: 'only paper' });
    expect((await space.tasks.reopen({ id: task.id }, userCall)).recurrence).toBeNull();
    expect((await space.tasks.complete({ id: task.id }, userCall)).next).toBeNull();
    expect(await list({ view: 'all' })).toHaveLength(2);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['got a subtask', async (id) => add({ title: 'new', parentId: id })],
    ['is waited for', async (id) => add({ title: 'new', dependsOn: [id] })],
    ['was moved', async (id) => space.tasks.move({ id, before: null, after: null }, userCall)],
    ['was completed', async (id) => space.tasks.complete({ id }, userCall)],
  ])('whose next occurrence %s keeps it when it is opened again', async (_, work) => {
    const task = await add(weekly);
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    space.clock.advance(1);
    await work(next?.id ?? '');
    await space.tasks.reopen({ id: task.id }, userCall);
    expect(await get(next?.id ?? '')).toMatchObject({ title: 'Trash', deletedAt: null });
  });

  test('whose next occurrence is in the trash brings it back', async () => {
    const task = await add(weekly);
    const { next } = await space.tasks.complete({ id: task.id }, userCall);
    await space.tasks.remove({ ids: [next?.id ?? ''] }, userCall);
    await space.tasks.reopen({ id: task.id }, userCall);
    expect((await space.tasks.complete({ id: task.id }, userCall)).next).toMatchObject({
      id: next?.id,
      deletedAt: null,
    });
  });

  test('keeps reminders at their hour over a change of clocks', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      space.clock.set('2026-10-31T12:00:00');
      const task = await add({
        title: 'x',
        dueDate: '2026-10-31',
        reminders: [{ at: new Date(2026, 9, 31, 9).getTime(), firedAt: null }],
        recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule' },
      });
      const { next } = await space.tasks.complete({ id: task.id }, userCall);
      expect(next?.reminders[0]?.at).toBe(new Date(2026, 10, 1, 9).getTime());
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('moving', () => {
  test('puts a task between two neighbours, at the top and at the end', async () => {
    const [a, b, c] = [await add('a'), await add('b'), await add('c')];
    await space.tasks.move({ id: c.id, before: a.id, after: b.id }, userCall);
    expect(await list({ view: 'inbox' })).toEqual(['a', 'c', 'b']);
    await space.tasks.move({ id: b.id, before: null, after: a.id }, userCall);
    expect(await list({ view: 'inbox' })).toEqual(['b', 'a', 'c']);
    await space.tasks.move({ id: b.id, before: c.id, after: null }, userCall);
    expect(await list({ view: 'inbox' })).toEqual(['a', 'c', 'b']);
    await undo();
    expect(await list({ view: 'inbox' })).toEqual(['b', 'a', 'c']);
  });

  test('takes a change along, as one step', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const inside = await add({ title: 'inside', projectId: project.id });
    const task = await add('x');
    await space.tasks.move(
      { id: task.id, before: null, after: inside.id, patch: { projectId: project.id, status: 'doing' } },
      userCall,
    );
    expect(await list({ view: 'project', projectId: project.id })).toEqual(['x', 'inside']);
    await undo();
    expect(await get(task.id)).toMatchObject({ projectId: null, status: 'open' });
  });

  test('a thousand times into the same gap makes room in time, and keeps the order', async () => {
    const first = await add('first');
    const last = await add('last');
    const moving = [await add('m0'), await add('m1')];
    let below = last.id;
    for (let round = 0; round < 1_000; round += 1) {
      const mover = moving[round % 2];
      const still = moving[(round + 1) % 2];
      if (!mover || !still) throw new Error('two tasks move');
      below = round === 0 ? last.id : still.id;
      await space.tasks.move({ id: mover.id, before: first.id, after: below }, userCall);
      expect(await list({ view: 'inbox' })).toEqual(
        round === 0 ? ['first', 'm0', 'last', 'm1'] : ['first', mover.title, still.title, 'last'],
      );
    }
    const positions = (await space.tasks.list({ view: 'inbox' }, userCall)).map(({ position }) => position);
    expect(new Set(positions).size).toBe(4);
    expect(Math.max(...positions)).toBeLessThanOrEqual(5 * STEP);
  });
});

describe('what an agent made', () => {
  const byAgent = (): { project: string; task: string; runId: string } => {
    const runId = newId();
    return space.store.transact({ actor: 'agent', label: 'Plan', runId }, (tx) => {
      const change = { store: space.store, tx, now: space.clock.now(), runId };
      const project = addProject(change, { name: 'Plan' });
      const task = addTask(change, { title: 'step', projectId: project.id });
      return { project: project.id, task: task.id, runId };
    });
  };

  test('carries the mark of its run until a person edits it', async () => {
    const { task, runId } = byAgent();
    expect(await get(task)).toMatchObject({ runId, touched: false });
    space.store.transact({ actor: 'agent', label: 'Plan', runId }, (tx) =>
      updateTask({ store: space.store, tx, now: space.clock.now(), runId }, task, { priority: 2 }),
    );
    expect((await get(task)).touched).toBe(false);
    expect(await update(task, { priority: 1 })).toMatchObject({ runId, touched: true });
    expect(await list({ view: 'run', runId })).toEqual(['step']);
  });

  test('is touched by completing it too', async () => {
    const { task } = byAgent();
    await space.tasks.complete({ id: task }, userCall);
    expect((await get(task)).touched).toBe(true);
  });

  test('goes away as one step, but not what a person changed', async () => {
    const one = byAgent();
    const two = byAgent();
    await update(two.task, { title: 'mine now' });
    space.store.undoRun(one.runId);
    space.store.undoRun(two.runId);
    expect(await list({ view: 'all' })).toEqual(['mine now']);
    expect((await space.projects.list({}, userCall)).map(({ id }) => id)).toEqual([two.project]);
  });
});

describe('the trash', () => {
  test('takes subtasks along and gives them back', async () => {
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    const early = await add({ title: 'early', parentId: parent.id });
    await space.tasks.remove({ ids: [early.id] }, userCall);
    space.clock.advance(1_000);
    await space.tasks.remove({ ids: [parent.id, child.id] }, userCall);
    expect(await list({ view: 'all' })).toEqual([]);
    expect(await list({ view: 'trash' })).toEqual(['parent', 'child', 'early']);
    await space.tasks.restore({ id: parent.id }, userCall);
    expect(await list({ view: 'all' })).toEqual(['parent', 'child']);
    await undo();
    expect(await list({ view: 'all' })).toEqual([]);
    await undo();
    expect(await list({ view: 'all' })).toEqual(['parent', 'child']);
  });

  test('gives a subtask back on its own where its parent stays', async () => {
    const parent = await add('parent');
    const child = await add({ title: 'child', parentId: parent.id });
    await space.tasks.remove({ ids: [parent.id] }, userCall);
    expect(await space.tasks.restore({ id: child.id }, userCall)).toMatchObject({ parentId: null, deletedAt: null });
  });

  test('gives a task of a removed project back to the inbox', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const section = await space.projects.createSection({ projectId: project.id, name: 'S' }, userCall);
    const task = await add({ title: 'x', sectionId: section.id });
    await space.projects.remove({ id: project.id }, userCall);
    expect(await space.tasks.restore({ id: task.id }, userCall)).toMatchObject({ projectId: null, sectionId: null });
    expect(await list({ view: 'inbox' })).toEqual(['x']);
  });

  test('is no place to work in', async () => {
    const task = await add('x');
    await space.tasks.remove({ ids: [task.id] }, userCall);
    await expect(update(task.id, { title: 'y' })).rejects.toThrow(refusal('CONFLICT', 'Restore it first'));
    await expect(async () => space.tasks.complete({ id: task.id }, userCall)).rejects.toThrow(
      refusal('CONFLICT', 'Restore it first'),
    );
    await expect(add({ title: 'y', parentId: task.id })).rejects.toThrow(refusal('CONFLICT', 'Restore it first'));
    await space.tasks.restore({ id: task.id }, userCall);
    await expect(async () => space.tasks.restore({ id: task.id }, userCall)).rejects.toThrow(
      refusal('CONFLICT', 'not in the trash'),
    );
    await expect(async () => space.tasks.remove({ ids: [task.id, 'gone'] }, userCall)).rejects.toThrow(
      refusal('NOT_FOUND', 'does not exist'),
    );
    expect(await list({ view: 'all' })).toEqual(['x']);
  });
});

describe('views', () => {
  const today = '2026-06-03';

  test('today: planned or due by then, open, most pressing first', async () => {
    await add({ title: 'planned', doDate: today });
    await add({ title: 'due late', dueDate: today, dueTime: '17:00' });
    await add({ title: 'due early', dueDate: today, dueTime: '09:00' });
    await add({ title: 'overdue', dueDate: '2026-06-01' });
    await add({ title: 'due and urgent', dueDate: today, priority: 1 });
    await add({ title: 'due', dueDate: today });
    await add({ title: 'planned before, due after', doDate: '2026-06-01', dueDate: '2026-06-09' });
    await add({ title: 'tomorrow', dueDate: '2026-06-04' });
    await add('someday');
    await space.tasks.complete({ id: (await add({ title: 'done', dueDate: today })).id }, userCall);
    await space.tasks.remove({ ids: [(await add({ title: 'gone', dueDate: today })).id] }, userCall);
    expect(await list({ view: 'today', today })).toEqual([
      'overdue',
      'due early',
      'due late',
      'due and urgent',
      'due',
      'planned before, due after',
      'planned',
    ]);
    expect(await list({ view: 'upcoming', today })).toEqual(['tomorrow', 'planned before, due after']);
    expect(await space.tasks.counts({ today }, userCall)).toEqual({ inbox: 9, today: 7, overdue: 1 });
  });

  test('leave archived and removed projects out', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    await add({ title: 'x', projectId: project.id, dueDate: today, tags: ['t'] });
    const all = async () => [
      await list({ view: 'today', today }),
      await list({ view: 'tag', tag: 't' }),
      (await space.tasks.counts({ today }, userCall)).today,
    ];
    expect(await all()).toEqual([['x'], ['x'], 1]);
    await space.projects.update({ id: project.id, patch: { archived: true } }, userCall);
    expect(await all()).toEqual([[], [], 0]);
    await space.projects.update({ id: project.id, patch: { archived: false } }, userCall);
    await space.projects.remove({ id: project.id }, userCall);
    expect(await all()).toEqual([[], [], 0]);
    expect(await space.tags.list(undefined, userCall)).toEqual([]);
  });

  test('inbox, project, tag, done', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    await add({ title: 'in project', projectId: project.id, tags: ['Home'] });
    await add({ title: 'in inbox', tags: ['home'] });
    const done = await add({ title: 'done', projectId: project.id });
    await space.tasks.complete({ id: done.id }, userCall);
    expect(await list({ view: 'inbox' })).toEqual(['in inbox']);
    expect(await list({ view: 'project', projectId: project.id })).toEqual(['in project']);
    expect(await list({ view: 'project', projectId: project.id, includeDone: true })).toEqual(['in project', 'done']);
    expect(await list({ view: 'tag', tag: 'HOME' })).toEqual(['in project', 'in inbox']);
    expect(await list({ view: 'done' })).toEqual(['done']);
    expect(await space.tags.list(undefined, userCall)).toEqual([{ tag: 'home', count: 2 }]);
  });
});

describe('history', () => {
  test('names each step as a person would', async () => {
    const project = await space.projects.create({ name: 'Garden' }, userCall);
    const a = await add('Buy\n milk');
    const b = await add('x'.repeat(100));
    await update(a.id, { title: 'Buy oat milk' });
    await update(a.id, { dueDate: '2026-06-30', dueTime: '10:00' });
    await update(a.id, { projectId: project.id });
    await update(a.id, { priority: 1, tags: ['x'] });
    await space.tasks.updateMany({ ids: [a.id, b.id], patch: { tags: ['home'] } }, userCall);
    await space.tasks.complete({ id: a.id }, userCall);
    await space.tasks.remove({ ids: [a.id, b.id] }, userCall);
    expect((await labels()).toReversed()).toEqual([
      'Add project “Garden”',
      'Add task “Buy milk”',
      `Add task “${'x'.repeat(59)}…”`,
      'Rename “Buy milk”',
      'Change due date of “Buy oat milk”',
      'Move “Buy oat milk”',
      'Edit “Buy oat milk”',
      'Change tags of 2 tasks',
      'Complete “Buy oat milk”',
      'Delete 2 tasks',
    ]);
  });

  test('says who did it, and takes the named step back', async () => {
    const a = await space.tasks.create({ title: 'by a client' }, apiCall);
    await add('by a person');
    const [person, client] = await space.history.list({ limit: 2 }, userCall);
    expect([person?.actor, client?.actor]).toEqual(['user', 'api']);
    await space.history.undo({ id: client?.id ?? '' }, userCall);
    expect(await list({ view: 'all' })).toEqual(['by a person']);
    await expect(async () => space.tasks.get({ id: a.id }, userCall)).rejects.toThrow(
      refusal('NOT_FOUND', 'does not exist'),
    );
  });

  test('is empty at first', async () => {
    await expect(undo()).rejects.toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
  });
});

describe('quick add', () => {
  const save = async (text: string, more = {}): Promise<Task> =>
    space.quickAdd.save({ text, now: '2026-06-03T10:00:00+02:00', ...more }, userCall);

  test('creates the task and the project it names, as one step', async () => {
    const task = await save('Paint fence by friday #garden +Summer !2 @agent');
    const [project] = await space.projects.list({}, userCall);
    expect(project?.name).toBe('Summer');
    expect(task).toMatchObject({
      title: 'Paint fence',
      dueDate: '2026-06-05',
      tags: ['garden'],
      projectId: project?.id,
      priority: 2,
      assignee: 'agent',
    });
    expect(await labels()).toEqual(['Add task “Paint fence”']);
    await undo();
    expect([await list({ view: 'all' }), await space.projects.list({}, userCall)]).toEqual([[], []]);
  });

  test('gives the day of the list it was typed in, as the same step, unless the line names one', async () => {
    const today = { doDate: '2026-06-03' };
    expect(await save('Paint', today)).toMatchObject({ doDate: '2026-06-03', dueDate: null });
    expect(await labels()).toEqual(['Add task “Paint”']);
    expect(await save('Paint by friday', today)).toMatchObject({ doDate: null, dueDate: '2026-06-05' });
    expect(await save('Paint ^friday', today)).toMatchObject({ doDate: '2026-06-05' });
  });

  test('finds existing projects, by their longest name', async () => {
    await space.projects.create({ name: 'Home' }, userCall);
    const long = await space.projects.create({ name: 'Home renovation' }, userCall);
    const archived = await space.projects.create({ name: 'Old' }, userCall);
    await space.projects.update({ id: archived.id, patch: { archived: true } }, userCall);
    expect((await save('Paint +home renovation wall')).projectId).toBe(long.id);
    expect((await save('Paint +old')).projectId).not.toBe(archived.id);
  });

  test('goes where the list is that it was typed in, unless the line says otherwise', async () => {
    const here = await space.projects.create({ name: 'Here' }, userCall);
    const there = await space.projects.create({ name: 'There' }, userCall);
    expect(await save('x', { projectId: here.id, assignee: 'agent' })).toMatchObject({
      projectId: here.id,
      assignee: 'agent',
    });
    expect(await save('x +there @me', { projectId: here.id, assignee: 'agent' })).toMatchObject({
      projectId: there.id,
      assignee: 'me',
    });
  });

  test('keeps what was turned back into text', async () => {
    expect(await save('Buy milk tomorrow', { ignore: [9] })).toMatchObject({
      title: 'Buy milk tomorrow',
      dueDate: null,
    });
  });

  test('refuses nothing at all', async () => {
    await expect(save('  ')).rejects.toThrow(refusal('BAD_REQUEST', 'Type what is to be done'));
    await expect(save('x'.repeat(1_000_001))).rejects.toThrow(refusal('INPUT_TOO_LONG', 'at most'));
  });

  test('saves odd text as it is, but for what no database can hold', async () => {
    for (const text of [
      '<img src=x onerror=alert(1)>',
      "'); drop table task; --",
      'مهمة ‏جديدة',
      '👩‍👩‍👧‍👦 family',
      '%s%n',
      '{{7*7}}',
      '\\u0000',
    ]) {
      expect((await save(text)).title).toBe(text);
    }
    expect((await save('a\0b \ud800c')).title).toBe('ab \ufffdc');
    expect((await get((await save(`long ${'word '.repeat(100_000)}`)).id)).notes.length).toBeGreaterThan(490_000);
  });
});
