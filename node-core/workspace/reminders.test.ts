import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../contract/errors.ts';
import type { Store } from '../storage/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';
import { createWorkspace, type FiredReminder, type Workspace } from './index.ts';

const start = '2026-06-03T10:00:00';
const minute = 60_000;
let space: ReturnType<typeof openTestWorkspace>;
let fired: string[];
let open: boolean;
let workspace: Workspace;

const watched = (store: () => Store): Workspace => {
  const made = createWorkspace({ store, clock: space.clock });
  made.onDidFireReminder(({ title }: FiredReminder) => fired.push(title));
  return made;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  space = openTestWorkspace(createTestClock(start));
  fired = [];
  open = true;
  workspace = watched(() => {
    if (!open) throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
    return space.store;
  });
});
afterEach(async () => {
  await workspace.stop();
  space.dispose();
  vi.useRealTimers();
});

/** Time passes for the clock and for the timers alike. */
const pass = (milliseconds: number): void => {
  space.clock.advance(milliseconds);
  vi.advanceTimersByTime(milliseconds);
};
const at = (minutes: number) => ({ at: Date.parse(start) + minutes * minute, firedAt: null });
const add = async (title: string, ...minutes: number[]) =>
  space.tasks.create({ title, reminders: minutes.map(at) }, userCall);

describe('a reminder', () => {
  test('fires at its time, once', async () => {
    await workspace.start();
    const task = await add('x', 5);
    pass(5 * minute - 1);
    expect(fired).toEqual([]);
    pass(1);
    expect(fired).toEqual(['x']);
    pass(60 * minute);
    expect(fired).toEqual(['x']);
    expect((await space.tasks.get({ id: task.id }, userCall)).reminders).toEqual([{ ...at(5), firedAt: at(5).at }]);
  });

  test('missed while the node was off fires at the start, once for its task, and not again at the next', async () => {
    await add('x', 5, 6, 7);
    await add('later', 60);
    space.clock.advance(30 * minute);
    await workspace.start();
    expect(fired).toEqual(['x']);
    await workspace.stop();
    const again = watched(() => space.store);
    await again.start();
    pass(minute);
    await again.stop();
    expect(fired).toEqual(['x']);
  });

  test('is noticed when it is added, brought forward or taken away', async () => {
    await workspace.start();
    const moved = await add('moved', 60);
    const gone = await add('gone', 10);
    await space.tasks.update({ id: moved.id, patch: { reminders: [at(2)] } }, userCall);
    await space.tasks.update({ id: gone.id, patch: { reminders: [] } }, userCall);
    pass(2 * minute);
    expect(fired).toEqual(['moved']);
    pass(60 * minute);
    expect(fired).toEqual(['moved']);
    await add('past already', 1);
    expect(fired).toEqual(['moved', 'past already']);
  });

  test('of a task that is done or in the trash does not fire, and is past when that task is opened again', async () => {
    await workspace.start();
    const done = await add('done', 5);
    const gone = await add('gone', 5);
    await space.tasks.complete({ id: done.id }, userCall);
    await space.tasks.remove({ ids: [gone.id] }, userCall);
    pass(10 * minute);
    await space.tasks.reopen({ id: done.id }, userCall);
    pass(minute);
    expect(fired).toEqual([]);
  });

  test('fires when the clock jumps ahead, at the next look', async () => {
    await workspace.start();
    await add('x', 600);
    space.clock.advance(700 * minute);
    vi.advanceTimersByTime(30_000);
    expect(fired).toEqual(['x']);
  });

  test('waits for its time when the clock is set back, and does not fire twice', async () => {
    await workspace.start();
    await add('early', 1);
    await add('late', 10);
    pass(minute);
    space.clock.advance(-120 * minute);
    vi.advanceTimersByTime(20 * minute);
    expect(fired).toEqual(['early']);
    pass(2 * minute);
    expect(fired).toEqual(['early']);
    pass(130 * minute);
    expect(fired).toEqual(['early', 'late']);
  });

  test('does not fire while the vault is locked, but when it opens', async () => {
    await workspace.start();
    await add('x', 5);
    open = false;
    pass(10 * minute);
    expect(fired).toEqual([]);
    open = true;
    vi.advanceTimersByTime(30_000);
    expect(fired).toEqual(['x']);
  });

  test('does not fire after stop, and no timer is left', async () => {
    await workspace.start();
    await add('x', 1);
    await workspace.stop();
    expect(vi.getTimerCount()).toBe(0);
    pass(10 * minute);
    await add('y', 1);
    expect(fired).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('fires one timer for any number of reminders', async () => {
    await workspace.start();
    for (let index = 0; index < 20; index += 1) await add(`task ${index}`, 5 + index);
    expect(vi.getTimerCount()).toBe(1);
    pass(5 * minute);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('firing is no step of history', async () => {
    await workspace.start();
    await add('x', 1);
    pass(minute);
    expect((await space.history.list({}, userCall)).map(({ label }) => label)).toEqual(['Add task “x”']);
  });

  test('a full disk is waited out', async () => {
    await workspace.stop();
    let full = true;
    const store: Store = {
      ...space.store,
      write: (work) => {
        if (full) throw new AppError('STORAGE_FULL', 'The disk is full. Free some space.');
        return space.store.write(work);
      },
    };
    const waiting = watched(() => store);
    await add('x', 1);
    await waiting.start();
    pass(5 * minute);
    expect(fired).toEqual([]);
    full = false;
    pass(minute);
    expect(fired).toEqual(['x']);
    await waiting.stop();
  });
});
