import { afterEach, beforeEach, expect, it } from 'vitest';
import type { z } from 'zod';
import { openTestStore } from '../../../testing/open-test-store.ts';
import { addNote, saveNote } from '../../../workspace/index.ts';
import { changes } from './index.ts';

type Json = z.core.util.JSONType;

const now = new Date(2026, 4, 4, 12).getTime();
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.dispose());

const apply = (name: string, input: Json) => {
  const change = changes.get(name);
  if (!change) throw new Error(`There is no change ${name}.`);
  return opened.store.transact({ actor: 'agent', label: 'Test' }, (tx) =>
    change.apply({ store: opened.store, tx, now, runId: null }, input),
  );
};
const write = (text: string) =>
  opened.store.transact({ actor: 'user', label: 'Note' }, (tx) =>
    addNote({ store: opened.store, tx, now, runId: null }, { text }),
  );
const note = (id: string) => opened.store.get('note', id);

it('makes a project whose tasks wait for each other and are reminded of the morning before', () => {
  const { value } = apply('project-with-tasks', {
    name: 'Launch',
    deadline: '2026-06-30',
    text: '# Plan',
    tags: ['launch'],
    reminders: true,
    steps: [
      { title: 'One', due: '2026-05-04', dependsOn: [] },
      { title: 'Two', due: '2026-05-20', dependsOn: [1, 7] },
    ],
  });
  const { taskIds = [] } = value as { taskIds?: string[] };
  const [one, two] = taskIds.map((id) => opened.store.get('task', id));
  expect(two).toMatchObject({
    dependsOn: [one?.id],
    tags: ['launch'],
    reminders: [{ at: new Date(2026, 4, 19, 9).getTime() }],
  });
  // The morning before has passed.
  expect(one?.reminders).toEqual([]);
});

it('makes tasks with their source, owner and the reminders that are still to come', () => {
  const source = write('Bo: I will.');
  const { touched } = apply('tasks', {
    noteId: source.id,
    tasks: [
      {
        title: 'Do it',
        owner: 'Bo',
        due: '2026-05-06',
        priority: 1,
        tags: ['Meeting'],
        remindOn: ['2026-05-04', '2026-05-06'],
        line: 1,
        quote: 'Bo: I will.',
      },
    ],
  });
  expect(opened.store.get('task', touched[0]?.id ?? '')).toMatchObject({
    owner: 'Bo',
    priority: 1,
    source: { noteId: source.id, line: 1, quote: 'Bo: I will.' },
    // Nine o'clock of the day itself has gone by.
    reminders: [
      { at: now + 7_200_000, firedAt: null },
      { at: new Date(2026, 4, 6, 9).getTime(), firedAt: null },
    ],
  });
});

it('merges, splits and tags what was chosen, and follows a text to where it went', () => {
  const [a, b, c] = ['# A\n\nOne. #old', '# B\n\nTwo. #rare', '# C\n\n## X\n\nThree.\n\n## Y\n\nFour.'].map(write);
  const { value } = apply('apply-proposals', {
    chosen: [
      { kind: 'tag', tag: 'theme', ids: [b?.id ?? '', c?.id ?? ''] },
      {
        kind: 'merge',
        ids: [a?.id ?? '', b?.id ?? ''],
        base: [a?.text ?? '', b?.text ?? ''],
        text: '# A\n\nOne. #old\n\nTwo.',
      },
      { kind: 'split', id: c?.id ?? '', base: c?.text ?? '', texts: ['# X\n\nThree.', '# Y\n\nFour.'] },
    ],
  });
  expect(value).toMatchObject({ notices: [] });
  expect(note(a?.id ?? '')?.tags.toSorted()).toEqual(['old', 'rare', 'theme']);
  expect(note(b?.id ?? '')?.deletedAt).toBe(now);
  expect(note(c?.id ?? '')?.deletedAt).toBe(now);
  const parts = opened.store
    .all(opened.store.qb.selectFrom('note').select('id').where('deletedAt', 'is', null))
    .flatMap(({ id }) => note(id) ?? []);
  expect(parts.map(({ title }) => title).toSorted()).toEqual(['A', 'X', 'Y']);
  for (const part of parts) expect(part.tags).toContain('theme');
});

it('leaves a note alone that was changed or removed since it was read', () => {
  const [a, b] = ['# A\n\nOne.', '# B\n\nTwo.'].map(write);
  opened.store.transact({ actor: 'user', label: 'Edit' }, (tx) =>
    saveNote({ store: opened.store, tx, now, runId: null }, a?.id ?? '', '# A\n\nMine.'),
  );
  const { value, touched } = apply('apply-proposals', {
    chosen: [
      { kind: 'merge', ids: [a?.id ?? '', b?.id ?? ''], base: [a?.text ?? '', b?.text ?? ''], text: 'merged' },
      { kind: 'split', id: 'gone', base: 'x', texts: ['y', 'z'] },
      { kind: 'tag', tag: 'theme', ids: ['gone'] },
    ],
  });
  expect(touched).toEqual([]);
  expect(value).toMatchObject({
    notices: [
      '“A” was changed in the meantime and is left as it is.',
      '“A note” was removed in the meantime and is left as it is.',
    ],
  });
  expect(note(a?.id ?? '')?.text).toBe('# A\n\nMine.');
  expect(note(b?.id ?? '')?.deletedAt).toBeNull();
});

it('does nothing where nothing was chosen', () => {
  expect(apply('apply-proposals', { chosen: null }).value).toEqual({ changed: 0, notices: [] });
});
