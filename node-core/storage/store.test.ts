import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityKind } from '../contract/index.ts';
import { openTestStore, randomStoreKeys } from '../testing/open-test-store.ts';
import { sampleNote, sampleProject, sampleTask } from '../testing/sample-entities.ts';
import { openDatabase } from './database.ts';
import { linkTarget, openStore, type Store } from './index.ts';

let store: Store;
let dispose: () => void;
beforeEach(() => {
  ({ store, dispose } = openTestStore());
});
afterEach(() => dispose());

/** As the workspace asks: words by their beginning, best first. */
const find = (words: string, limit = 10) =>
  store.all(
    sql<{ kind: string; id: string; excerpt: string }>`
      select kind, id, snippet(search, 3, char(2), char(3), '…', 16) as excerpt from search
      where search match ${words.replace(/\S+/g, '"$&"*')} order by rank limit ${limit}`.compile(store.qb),
  );

const byUser = (label: string) => ({ actor: 'user', label }) as const;

describe('entities', () => {
  it('gives back what was put, of every kind of field', () => {
    const task = sampleTask({
      priority: 2,
      reminders: [{ at: 5, firedAt: null }],
      tags: ['home', 'büro'],
      dependsOn: ['a', 'b'],
      recurrence: { rule: 'FREQ=DAILY', anchor: 'completion' },
      source: { noteId: 'n', line: 3, quote: 'He said "yes"' },
      touched: true,
      position: 1.5,
    });
    const note = sampleNote({ text: 'bytes\r\n\u0000 kept 😀', tags: ['x'], pinned: true });
    store.transact(byUser('Add'), (tx) => {
      tx.put('task', task);
      tx.put('note', note);
    });
    expect(store.get('task', task.id)).toEqual(task);
    expect(store.get('note', note.id)).toEqual(note);
  });

  it('keeps nothing of a transaction that throws', () => {
    const kept = sampleTask();
    store.transact(byUser('Add'), (tx) => tx.put('task', kept));
    const failing = () =>
      store.transact(byUser('Fail'), (tx) => {
        tx.put('task', { ...kept, title: 'changed' });
        tx.put('task', sampleTask());
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(store.all(store.qb.selectFrom('task').select('title'))).toEqual([{ title: kept.title }]);
    expect(store.history(10)).toHaveLength(1);
    expect(find('changed')).toEqual([]);
  });

  it('announces what changed, after it is there to be read', () => {
    const seen: unknown[] = [];
    const task = sampleTask();
    store.onDidChange((changes) => seen.push(changes, store.get('task', task.id)?.title));
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    expect(seen).toEqual([[{ kind: 'task', id: task.id }], task.title]);
  });

  it('keeps every text a note had', () => {
    const note = sampleNote({ text: 'one' });
    store.transact(byUser('Add'), (tx) => tx.put('note', note));
    store.transact(byUser('Edit'), (tx) => tx.put('note', { ...note, text: 'two', revision: 2 }));
    store.transact(byUser('Pin'), (tx) => tx.put('note', { ...note, text: 'two', revision: 2, pinned: true }));
    expect(store.all(store.qb.selectFrom('noteVersion').select(['revision', 'text']).orderBy('revision'))).toEqual([
      { revision: 1, text: 'one' },
      { revision: 2, text: 'two' },
    ]);
  });
});

describe('what follows from entities', () => {
  const tags = () => store.all(store.qb.selectFrom('tag').select(['tag', 'kind']).orderBy('tag'));

  it('keeps tags in step, without those in the trash', () => {
    const task = sampleTask({ tags: ['a', 'b'] });
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    expect(tags()).toEqual([
      { tag: 'a', kind: 'task' },
      { tag: 'b', kind: 'task' },
    ]);
    store.transact(byUser('Edit'), (tx) => tx.put('task', { ...task, tags: ['b'] }));
    expect(tags()).toEqual([{ tag: 'b', kind: 'task' }]);
    store.transact(byUser('Trash'), (tx) => tx.put('task', { ...task, tags: ['b'], deletedAt: 1 }));
    expect(tags()).toEqual([]);
    store.undo();
    expect(tags()).toEqual([{ tag: 'b', kind: 'task' }]);
  });

  it('keeps wiki links in step', () => {
    const note = sampleNote({ text: 'see [[Big Plan|the plan]]\nand [[Other#part]], [not a link], [[ ]]' });
    store.transact(byUser('Add'), (tx) => tx.put('note', note));
    const links = () => store.all(store.qb.selectFrom('link').select(['line', 'target']).orderBy('line'));
    expect(links()).toEqual([
      { line: 1, target: linkTarget('BIG PLAN') },
      { line: 2, target: 'other' },
    ]);
    store.transact(byUser('Edit'), (tx) => tx.put('note', { ...note, text: 'none', revision: 2 }));
    expect(links()).toEqual([]);
  });

  it('finds words by their beginning, whatever the accents, best first', () => {
    const inTitle = sampleNote({ title: 'Café budget', text: '# Café budget\n\nnothing' });
    const inText = sampleNote({ title: 'Other', text: '# Other\n\nthe cafeteria wants a budget for June' });
    const task = sampleTask({ title: 'Call the bank', owner: 'Zoë Quux' });
    store.transact(byUser('Add'), (tx) => {
      tx.put('note', inText);
      tx.put('note', inTitle);
      tx.put('task', task);
      tx.put('project', sampleProject({ name: 'Budget 2027' }));
    });
    expect(find('cafe budg').map((hit) => hit.id)).toEqual([inTitle.id, inText.id]);
    expect(find('zoe').map((hit) => hit.id)).toEqual([task.id]);
    expect(
      find('budget')
        .map((hit) => hit.kind)
        .sort(),
    ).toEqual(['note', 'note', 'project']);
    expect(find('cafeteria')[0]?.excerpt).toContain('\u0002cafeteria\u0003');
    expect(find('budget', 1)).toHaveLength(1);
  });

  it('does not find what is in the trash, or gone', () => {
    const task = sampleTask({ title: 'unicorn' });
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    store.transact(byUser('Trash'), (tx) => tx.put('task', { ...task, deletedAt: 1 }));
    expect(find('unicorn')).toEqual([]);
    store.undo();
    expect(find('unicorn')).toHaveLength(1);
    store.transact(byUser('Purge'), (tx) => tx.remove('task', task.id));
    expect(find('unicorn')).toEqual([]);
  });
});

describe('rows outside the history', () => {
  const run = {
    id: 'r1',
    skill: 'plan',
    title: 't',
    input: 'i',
    options: '{}',
    state: 'running',
    taskId: null,
    modelId: 'm',
    place: 'this-machine',
    createdAt: 1,
    startedAt: null,
    endedAt: null,
    promptTokens: 0,
    outputTokens: 0,
    error: null,
    result: null,
    undoneAt: null,
  } as const;

  it('only ever adds to the journal', () => {
    store.write((tx) => {
      tx.run(store.qb.insertInto('run').values(run));
      tx.run(store.qb.insertInto('journal').values({ runId: 'r1', seq: 1, at: 1, type: 'x', data: '{}' }));
    });
    expect(() => store.write((tx) => tx.run(store.qb.deleteFrom('journal')))).toThrow(/only added to/);
    expect(() => store.write((tx) => tx.run(store.qb.updateTable('journal').set({ data: '' })))).toThrow(
      /only added to/,
    );
    expect(() =>
      store.write((tx) =>
        tx.run(store.qb.insertInto('journal').values({ runId: 'r1', seq: 1, at: 1, type: 'x', data: '{}' })),
      ),
    ).toThrow(/UNIQUE/);
    expect(store.history(10)).toEqual([]);
  });

  it('writes journal and entities together or not at all', () => {
    store.write((tx) => tx.run(store.qb.insertInto('run').values(run)));
    const both = () =>
      store.transact({ actor: 'agent', label: 'Plan', runId: 'r1' }, (tx) => {
        tx.put('task', sampleTask());
        tx.run(store.qb.insertInto('journal').values({ runId: 'r1', seq: 1, at: 1, type: 'applied', data: '{}' }));
      });
    both();
    expect(both).toThrow(/UNIQUE/);
    expect(store.all(store.qb.selectFrom('task').select('id'))).toHaveLength(1);
  });

  it('puts an entity without a step of history', () => {
    const task = sampleTask({ reminders: [{ at: 1, firedAt: null }] });
    store.transact(byUser('Add'), (tx) => tx.put('task', task));
    store.write((tx) => tx.putUnrecorded('task', { ...task, reminders: [{ at: 1, firedAt: 2 }] }));
    expect(store.get('task', task.id)?.reminders).toEqual([{ at: 1, firedAt: 2 }]);
    expect(store.history(10)).toHaveLength(1);
  });
});

describe('closed', () => {
  it('refuses every call with VAULT_LOCKED', () => {
    const other = openTestStore();
    const kinds: EntityKind[] = ['task'];
    other.dispose();
    const { store: closed } = other;
    const calls = [
      () => kinds.map((kind) => closed.get(kind, 'x')),
      () => closed.all(closed.qb.selectFrom('task').selectAll()),
      () => closed.transact(byUser('Add'), (tx) => tx.put('task', sampleTask())),
      () => closed.write((tx) => tx.run(closed.qb.deleteFrom('setting'))),
      () => closed.undo(),
      () => closed.redo(),
      () => closed.history(1),
      () => closed.verify(),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
  });
});

describe('a database of a newer Jan', () => {
  it('is refused, and not written to', () => {
    const dir = mkdtempSync(join(tmpdir(), 'jan-store-'));
    const keys = randomStoreKeys();
    openStore({ dir, keys }).close();
    const newer = openDatabase(join(dir, 'jan.db'), keys.database, { foldLog: 'itself' });
    newer.run(CompiledQuery.raw('pragma user_version = 1000'));
    newer.close();
    const before = readFileSync(join(dir, 'jan.db'));
    expect(() => openStore({ dir, keys })).toThrow(expect.objectContaining({ code: 'VAULT_NEWER_FORMAT' }));
    expect(readFileSync(join(dir, 'jan.db'))).toEqual(before);
    rmSync(dir, { recursive: true });
  });
});

describe('the chain of operations', () => {
  it('does not hold with a row changed, dropped or put in', () => {
    const task = sampleTask();
    for (const title of ['a', 'b', 'c', 'd']) store.transact(byUser(title), (tx) => tx.put('task', { ...task, title }));
    store.verify();
    const damaged = expect.objectContaining({ code: 'VAULT_DAMAGED' });
    const rows = store.all(store.qb.selectFrom('operation').selectAll().orderBy('seq'));
    const [, second, third] = rows;
    if (!second || !third) throw new Error('four operations');
    const { qb } = store;
    const edits = [
      qb.updateTable('operation').set({ label: 'x' }).where('seq', '=', 2),
      qb.updateTable('operation').set({ changes: third.changes }).where('seq', '=', 2),
      qb.updateTable('operation').set({ at: 1 }).where('seq', '=', 4),
      qb.deleteFrom('operation').where('seq', '=', 2),
      qb.updateTable('operation').set({ prevHash: second.prevHash }).where('seq', '=', 3),
    ];
    for (const edit of edits) {
      store.write((tx) => tx.run(edit));
      expect(() => store.verify()).toThrow(damaged);
      store.write((tx) => {
        tx.run(qb.deleteFrom('operation'));
        for (const row of rows) tx.run(qb.insertInto('operation').values(row));
      });
      store.verify();
    }
  });
});
