import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore } from '../testing/open-test-store.ts';
import { sampleAttachment, sampleNote, sampleProject, sampleSection, sampleTask } from '../testing/sample-entities.ts';
import type { Store } from './index.ts';

let store: Store;
let dispose: () => void;
beforeEach(() => {
  ({ store, dispose } = openTestStore());
});
afterEach(() => dispose());

const byUser = (label: string) => ({ actor: 'user', label }) as const;
const byRun = (runId: string, label = 'Plan') => ({ actor: 'agent', label, runId }) as const;

/** Everything a person can see, revisions aside: those only ever rise. */
const visible = (of: Store) => ({
  task: of.all(of.qb.selectFrom('task').selectAll().orderBy('id')),
  project: of.all(of.qb.selectFrom('project').selectAll().orderBy('id')),
  section: of.all(of.qb.selectFrom('section').selectAll().orderBy('id')),
  note: of.all(of.qb.selectFrom('note').selectAll().orderBy('id')).map(({ revision: _revision, ...note }) => note),
  attachment: of.all(of.qb.selectFrom('attachment').selectAll().orderBy('id')),
  tag: of.all(of.qb.selectFrom('tag').selectAll().orderBy('tag').orderBy('kind').orderBy('entityId')),
  link: of.all(of.qb.selectFrom('link').selectAll().orderBy('noteId').orderBy('line').orderBy('target')),
  search: of.all(of.qb.selectFrom('search').select(['kind', 'id', 'title', 'body']).orderBy('kind').orderBy('id')),
});

describe('undo', () => {
  it('takes steps back one by one, and forward again', () => {
    const task = sampleTask();
    const states = [visible(store)];
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    states.push(visible(store));
    store.transact(byUser('Rename'), (tx) =>
      tx.put('task', { ...task, title: 'Oat milk', tags: ['x'], updatedAt: 2_000 }),
    );
    states.push(visible(store));
    store.transact(byUser('Purge'), (tx) => tx.remove('task', task.id));
    states.push(visible(store));

    expect([store.undo().label, store.undo().label, store.undo().label]).toEqual(['Purge', 'Rename', 'Add']);
    expect(visible(store)).toEqual(states[0]);
    for (const [step, label] of ['Add', 'Rename', 'Purge'].entries()) {
      expect(store.redo()).toMatchObject({ label, undone: false });
      expect(visible(store)).toEqual(states[step + 1]);
    }
    store.verify();
  });

  it('says so where there is nothing', () => {
    const none = expect.objectContaining({ code: 'NOTHING_TO_UNDO' });
    expect(() => store.undo()).toThrow(none);
    expect(() => store.redo()).toThrow(none);
    expect(() => store.undoRun('r')).toThrow(none);
    expect(() => store.undo('x')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    store.transact(byUser('Add'), (tx) => tx.put('task', sampleTask()));
    const { id } = store.undo();
    expect(() => store.undo(id)).toThrow(none);
  });

  it('takes an older step back and keeps what was edited since', () => {
    const task = sampleTask();
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    store.transact(byUser('Plan it'), (tx) => tx.put('task', { ...task, title: 'Planned', dueDate: '2027-01-01' }));
    const step = store.history(1)[0];
    store.transact(byUser('Rename'), (tx) => tx.put('task', { ...task, title: 'Mine', dueDate: '2027-01-01' }));
    store.undo(step?.id);
    expect(store.get('task', task.id)).toMatchObject({ title: 'Mine', dueDate: null });
  });

  it('does not redo over something a person did since', () => {
    store.transact(byUser('Add'), (tx) => tx.put('task', sampleTask()));
    store.undo();
    store.transact(byUser('Add other'), (tx) => tx.put('task', sampleTask()));
    expect(() => store.redo()).toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
  });

  it('raises the revision of a note whose text goes back, so that an open editor notices', () => {
    const note = sampleNote({ text: 'one' });
    store.transact(byUser('Add'), (tx) => tx.put('note', note));
    store.transact(byUser('Edit'), (tx) => tx.put('note', { ...note, text: 'two', revision: 2 }));
    store.undo();
    expect(store.get('note', note.id)).toMatchObject({ text: 'one', revision: 3 });
    store.undo();
    expect(store.get('note', note.id)).toBeUndefined();
  });
});

describe('a run', () => {
  const planned = () => {
    const note = sampleNote({ runId: 'r', text: '# The plan' });
    const project = sampleProject({ runId: 'r', noteId: note.id });
    const tasks = [1, 2, 3].map((position) =>
      sampleTask({ runId: 'r', projectId: project.id, position, title: `Step ${position}` }),
    );
    store.transact(byRun('r', 'Plan launch'), (tx) => {
      tx.put('note', note);
      tx.put('project', project);
    });
    for (const task of tasks) store.transact(byRun('r', 'Add step'), (tx) => tx.put('task', task));
    const [first, second, third] = tasks;
    if (!first || !second || !third) throw new Error('three tasks');
    store.transact(byRun('r', 'Connect'), (tx) => tx.put('task', { ...third, dependsOn: [second.id] }));
    return { note, project, first, second, third };
  };

  it('is one entry of the history and one step back and forward', () => {
    const before = visible(store);
    planned();
    const after = visible(store);
    expect(store.history(10)).toMatchObject([{ runId: 'r', label: 'Plan launch', undone: false, actor: 'agent' }]);
    store.undo();
    expect(visible(store)).toEqual(before);
    expect(store.history(10)).toMatchObject([{ runId: 'r', undone: true }]);
    store.redo();
    expect(visible(store)).toEqual(after);
    expect(store.undoRun('r')).toMatchObject({ runId: 'r', label: 'Plan launch', undone: true });
    expect(visible(store)).toEqual(before);
  });

  it('leaves what others did in between', () => {
    const mine = sampleTask({ title: 'Mine' });
    planned();
    store.transact(byUser('Add'), (tx) => tx.put('task', mine));
    store.undoRun('r');
    expect(visible(store).task.map((task) => task.id)).toEqual([mine.id]);
    expect(store.history(10).map((entry) => [entry.label, entry.undone])).toEqual([
      ['Add', false],
      ['Plan launch', true],
    ]);
  });

  it('keeps a task that a person edited since, and the project it lies in', () => {
    const { note, project, second } = planned();
    store.transact(byUser('Rename'), (tx) => tx.put('task', { ...second, title: 'Step 2, my way', touched: true }));
    store.undoRun('r');
    expect(visible(store).task.map((task) => task.title)).toEqual(['Step 2, my way']);
    expect(store.get('project', project.id)).toMatchObject({ name: project.name, noteId: null });
    expect(store.get('note', note.id)).toBeUndefined();
  });

  it("keeps the project for a person's own task in it", () => {
    const { project } = planned();
    const section = sampleSection(project.id);
    const mine = sampleTask({ projectId: project.id, sectionId: section.id });
    store.transact(byUser('Add'), (tx) => {
      tx.put('section', section);
      tx.put('task', mine);
    });
    store.undoRun('r');
    expect(visible(store).task.map((task) => task.id)).toEqual([mine.id]);
    expect(store.get('project', project.id)?.name).toBe(project.name);
  });

  it('keeps the note that a kept task links to, and one with an attachment', () => {
    const note = sampleNote({ runId: 'r' });
    const other = sampleNote({ runId: 'r' });
    const task = sampleTask({ runId: 'r', source: { noteId: note.id, line: 1, quote: 'q' } });
    store.transact(byRun('r'), (tx) => {
      tx.put('note', note);
      tx.put('note', other);
      tx.put('task', task);
    });
    store.transact(byUser('Edit'), (tx) => {
      tx.put('task', { ...task, priority: 1 });
      tx.put('attachment', sampleAttachment(other.id));
    });
    store.undoRun('r');
    expect(
      visible(store)
        .note.map((kept) => kept.id)
        .sort(),
    ).toEqual([note.id, other.id].sort());
  });

  it('takes itself out of what other tasks wait for', () => {
    const { first } = planned();
    const mine = sampleTask({ dependsOn: [first.id, 'else'] });
    store.transact(byUser('Add'), (tx) => tx.put('task', mine));
    store.undoRun('r');
    expect(store.get('task', mine.id)?.dependsOn).toEqual(['else']);
    store.redo();
    expect(store.get('task', mine.id)?.dependsOn).toEqual([first.id, 'else']);
  });

  it('gives fields of a task it changed back, but not those a person changed since', () => {
    const task = sampleTask();
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    store.transact(byRun('r'), (tx) => tx.put('task', { ...task, status: 'done', completedAt: 5, projectId: 'p' }));
    store.transact(byUser('Reopen'), (tx) =>
      tx.put('task', { ...task, status: 'open', completedAt: null, projectId: 'p' }),
    );
    store.undoRun('r');
    expect(store.get('task', task.id)).toMatchObject({ status: 'open', completedAt: null, projectId: null });
  });
});

describe('for any sequence of changes', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const id = fc.constantFrom(...ids);
  const word = fc.constantFrom('alpha', 'beta', 'gamma', '[[delta]]', '');
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('task' as const),
      id,
      title: fc.constantFrom('one', 'two'),
      tags: fc.subarray(['x', 'y']),
      trash: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('note' as const), id, text: word, pinned: fc.boolean() }),
    fc.record({ kind: fc.constant('remove' as const), id, of: fc.constantFrom('task' as const, 'note' as const) }),
  );
  const transaction = fc.record({
    run: fc.constantFrom(undefined, 'r1', 'r2'),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  });

  const play = (
    of: Store,
    {
      run,
      steps,
    }: { run: string | undefined; steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[] },
  ) =>
    of.transact(run === undefined ? byUser('step') : byRun(run), (tx) => {
      for (const change of steps) {
        if (change.kind === 'remove') tx.remove(change.of, change.id);
        else if (change.kind === 'task') {
          tx.put(
            'task',
            sampleTask({ id: change.id, title: change.title, tags: change.tags, deletedAt: change.trash ? 9 : null }),
          );
        } else {
          const revision = (tx.get('note', change.id)?.revision ?? 0) + 1;
          tx.put('note', sampleNote({ id: change.id, text: change.text, pinned: change.pinned, revision }));
        }
      }
    });

  it('undoing all gives the beginning, redoing all gives the end, in single steps', () => {
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), (transactions) => {
        const { store: fresh, dispose: done } = openTestStore();
        try {
          const states = [visible(fresh)];
          for (const { steps } of transactions) {
            const count = fresh.history(100).length;
            play(fresh, { run: undefined, steps });
            if (fresh.history(100).length > count) states.push(visible(fresh));
          }
          for (let at = states.length - 2; at >= 0; at--) {
            fresh.undo();
            expect(visible(fresh)).toEqual(states[at]);
          }
          for (let at = 1; at < states.length; at++) {
            fresh.redo();
            expect(visible(fresh)).toEqual(states[at]);
          }
          fresh.verify();
        } finally {
          done();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('undoing whatever is newest, runs among it, and redoing it gives the same end', () => {
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (transactions, times) => {
        const { store: fresh, dispose: done } = openTestStore();
        try {
          for (const one of transactions) play(fresh, one);
          const undoable = Math.min(times, fresh.history(100).length);
          const runs = fresh
            .history(100)
            .slice(0, undoable)
            .some((entry) => entry.runId !== null);
          const end = visible(fresh);
          for (let at = 0; at < undoable; at++) fresh.undo();
          for (let at = 0; at < undoable; at++) fresh.redo();
          fresh.verify();
          // A run that was interleaved with other changes goes back in part, and forward in part.
          if (!runs) expect(visible(fresh)).toEqual(end);
        } finally {
          done();
        }
      }),
      { numRuns: 60 },
    );
  });
});
