import { newId } from '../common/index.ts';
import type { Task } from '../contract/workspace.ts';
import { addDays, daysBetween, localZone, shiftInstant } from './calendar.ts';
import { alive, type Change, existing } from './change.ts';
import { nextOccurrence } from './recurrence.ts';
import { childrenOf, descendantsOf } from './task-tree.ts';

export interface Completion {
  readonly task: Task;
  /** The next occurrence, where the task repeats. */
  readonly next: Task | null;
}

const touch = (change: Change, task: Task): Pick<Task, 'updatedAt' | 'touched'> => ({
  updatedAt: change.now,
  touched: task.touched || (change.runId === null && task.runId !== null),
});

/** Known beforehand, so that an occurrence can come into being only once: `…`, `….2`, `….3`. */
export const successorId = (id: string): string => {
  const [, series, number] = /^(.*)\.(\d+)$/.exec(id) ?? [undefined, id, '1'];
  return `${series}.${Number(number) + 1}`;
};

const successorOf = (change: Change, task: Task): Task | undefined => {
  const next = task.recurrence === null ? undefined : change.tx.get('task', successorId(task.id));
  return next?.deletedAt === null ? next : undefined;
};

const shifted = (task: Task, days: number): Pick<Task, 'dueDate' | 'doDate' | 'reminders'> => ({
  dueDate: task.dueDate && addDays(task.dueDate, days),
  doDate: task.doDate && addDays(task.doDate, days),
  reminders: task.reminders.map(({ at }) => ({ at: Math.max(0, shiftInstant(at, days)), firedAt: null })),
});

const anew = (change: Change, task: Task, id: string, days: number): Task => ({
  ...task,
  ...shifted(task, days),
  id,
  status: 'open',
  createdAt: change.now,
  updatedAt: change.now,
  completedAt: null,
  runId: change.runId,
  touched: false,
});

const copyChildren = (change: Change, from: string, to: string, days: number): void => {
  const ids = new Map<string, string>();
  const copies: Task[] = [];
  const visit = (parent: string, copyOf: string): void => {
    for (const child of childrenOf(change, parent)) {
      // It went on by itself already: its successor is the one to copy.
      if (ids.has(child.id) || successorOf(change, child)) continue;
      const id = newId();
      ids.set(child.id, id);
      copies.push({ ...anew(change, child, id, days), parentId: copyOf });
      visit(child.id, id);
    }
  };
  visit(from, to);
  for (const copy of copies)
    change.tx.put('task', { ...copy, dependsOn: copy.dependsOn.flatMap((id) => ids.get(id) ?? []) });
};

const createNext = (change: Change, task: Task): Task | null => {
  if (task.recurrence === null || successorOf(change, task)) return null;
  const today = localZone.wallClock(change.now).date;
  const planned = task.dueDate ?? task.doDate;
  const occurrence = nextOccurrence(task.recurrence, planned ?? today, today);
  if (occurrence === null) return null;
  const days = daysBetween(planned ?? today, occurrence.date);
  const id = successorId(task.id);
  const next: Task = {
    ...anew(change, task, id, days),
    recurrence: occurrence.recurrence,
    // What it waited for is done; the series does not wait for it again.
    dependsOn: [],
    ...(planned === null ? { dueDate: occurrence.date } : {}),
  };
  change.tx.put('task', next);
  copyChildren(change, task.id, id, days);
  return next;
};

/** Ends a task and its open subtasks; a repeating one goes on with its next occurrence. @throws AppError `NOT_FOUND`, `CONFLICT` */
export const complete = (change: Change, id: string, status: 'done' | 'cancelled' = 'done'): Completion => {
  const { tx, now } = change;
  const task = alive(tx, 'task', id);
  const wasOpen = task.completedAt === null;
  const done: Task = { ...task, status, completedAt: task.completedAt ?? now, ...touch(change, task) };
  if (task.status !== status) tx.put('task', done);
  if (!wasOpen) return { task: existing(tx, 'task', id), next: null };
  const next = status === 'done' ? createNext(change, task) : null;
  for (const child of descendantsOf(change, id)) {
    if (child.completedAt === null) tx.put('task', { ...child, status, completedAt: now, ...touch(change, child) });
  }
  return { task: done, next };
};

/** As it came into being: nobody has worked on it, added to it or made something wait for it. */
const isPristine = ({ store, tx }: Change, next: Task): boolean => {
  const tree = [next, ...descendantsOf({ store, tx }, next.id)];
  if (tree.some((one) => one.status !== 'open' || one.createdAt !== next.createdAt || one.updatedAt !== next.createdAt))
    return false;
  const ids = new Set(tree.map(({ id }) => id));
  return tx
    .all(store.qb.selectFrom('task').select(['id', 'dependsOn']).where('dependsOn', '<>', '[]'))
    .every((row) => ids.has(row.id) || ![...ids].some((id) => row.dependsOn.includes(`"${id}"`)));
};

const takeSeriesBack = (change: Change, task: Task): Pick<Task, 'recurrence'> => {
  const next = successorOf(change, task);
  if (next === undefined) return { recurrence: task.recurrence };
  if (!isPristine(change, next)) return { recurrence: null };
  for (const child of descendantsOf(change, next.id).reverse()) change.tx.remove('task', child.id);
  change.tx.remove('task', next.id);
  return { recurrence: task.recurrence };
};

/**
 * Opens a task again, with the subtasks that were completed along with it and the parents it lies in. Its next occurrence goes
 * away if nobody has touched it; else the series stays there and this one no longer repeats.
 */
export const reopen = (change: Change, id: string, status: 'open' | 'doing' = 'open'): Task => {
  const { tx, now } = change;
  const task = alive(tx, 'task', id);
  if (task.completedAt === null) return task;
  const revive = (one: Task, as: 'open' | 'doing'): Task => {
    const opened: Task = {
      ...one,
      ...takeSeriesBack(change, one),
      status: as,
      completedAt: null,
      // What it should have reminded of meanwhile is past.
      reminders: one.reminders.map(({ at, firedAt }) => ({ at, firedAt: firedAt ?? (at <= now ? now : null) })),
      ...touch(change, one),
    };
    tx.put('task', opened);
    return opened;
  };
  for (const child of descendantsOf(change, id)) if (child.completedAt === task.completedAt) revive(child, 'open');
  const seen = new Set([id]);
  for (let parent = task.parentId; parent !== null && !seen.has(parent); ) {
    seen.add(parent);
    const above = tx.get('task', parent);
    if (above === undefined || above.deletedAt !== null) break;
    if (above.completedAt !== null) revive(above, 'open');
    parent = above.parentId;
  }
  return revive(task, status);
};
