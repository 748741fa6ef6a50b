import { newId } from '../common/index.ts';
import type { NewTask, Task, TaskPatch } from '../contract/workspace.ts';
import { alive, type Change, clean } from './change.ts';
import { complete, reopen, type Completion } from './completion.ts';
import { lastPosition } from './order.ts';
import { checkDates, checkDependencies, checkParent, placeOf, tidyTags } from './task-rules.ts';
import { descendantsOf } from './task-tree.ts';
import { checkRecurrence } from './recurrence.ts';

/** @throws AppError `BAD_REQUEST`, `NOT_FOUND`, `CONFLICT` */
export const addTask = (change: Change, input: NewTask): Task => {
  const { tx, now, runId } = change;
  const id = newId();
  const place = placeOf(change, { projectId: null, sectionId: null, parentId: null }, input);
  const status = input.status ?? 'open';
  const task: Task = {
    id,
    title: clean(input.title).trim(),
    notes: clean(input.notes ?? ''),
    ...place,
    status,
    priority: input.priority ?? 4,
    doDate: input.doDate ?? null,
    dueDate: input.dueDate ?? null,
    dueTime: input.dueTime ?? null,
    reminders: input.reminders ?? [],
    tags: tidyTags(input.tags ?? []),
    dependsOn: [...new Set(input.dependsOn)],
    recurrence: input.recurrence ? checkRecurrence(input.recurrence) : null,
    assignee: input.assignee ?? 'me',
    owner: input.owner ?? null,
    source: input.source ?? null,
    position: input.position ?? lastPosition(change, place.projectId),
    createdAt: now,
    updatedAt: now,
    completedAt: status === 'done' || status === 'cancelled' ? now : null,
    deletedAt: null,
    runId,
    touched: false,
  };
  checkDates(task);
  checkParent(change, task);
  checkDependencies(tx, task);
  tx.put('task', task);
  return task;
};

const isOver = (status: Task['status']): boolean => status === 'done' || status === 'cancelled';

/** A person's hand on what an agent made is theirs from then on. */
export const touchedBy = (change: Change, task: Task): boolean =>
  task.touched || (change.runId === null && task.runId !== null);

const moveSubtasks = (change: Change, { id, projectId, sectionId }: Task): void => {
  for (const subtask of descendantsOf(change, id)) {
    if (subtask.projectId === projectId && subtask.sectionId === sectionId) continue;
    change.tx.put('task', { ...subtask, projectId, sectionId, updatedAt: change.now });
  }
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Changes what the patch names. Setting `status` to done or back is completing and reopening, with all that follows from it.
 * @throws AppError `BAD_REQUEST`, `NOT_FOUND`, `CONFLICT`
 */
export const updateTask = (change: Change, id: string, patch: TaskPatch): Completion => {
  const { tx, now } = change;
  const before = alive(tx, 'task', id);
  const { status, title, notes, tags, dependsOn, recurrence, ...rest } = patch;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const next: Task = {
    ...before,
    ...given,
    ...(title === undefined ? {} : { title: clean(title).trim() }),
    ...(notes === undefined ? {} : { notes: clean(notes) }),
    ...(tags === undefined ? {} : { tags: tidyTags(tags) }),
    ...(dependsOn === undefined ? {} : { dependsOn: [...new Set(dependsOn)] }),
    ...(recurrence === undefined ? {} : { recurrence: recurrence && checkRecurrence(recurrence) }),
    ...placeOf(change, before, patch),
    ...(status !== undefined && isOver(status) === isOver(before.status) && !isOver(status) ? { status } : {}),
  };
  if (next.dueDate === null && patch.dueTime === undefined) next.dueTime = null;
  if (!same(before, next)) {
    checkDates(next);
    if (next.parentId !== before.parentId) checkParent(change, next);
    if (dependsOn !== undefined || next.parentId !== before.parentId) checkDependencies(tx, next);
    const saved: Task = { ...next, updatedAt: now, touched: touchedBy(change, before) };
    tx.put('task', saved);
    if (saved.projectId !== before.projectId || saved.sectionId !== before.sectionId) moveSubtasks(change, saved);
  }
  if (status !== undefined && isOver(status) && status !== before.status)
    return complete(change, id, status === 'done' ? 'done' : 'cancelled');
  if (status !== undefined && !isOver(status) && isOver(before.status))
    return { task: reopen(change, id, status === 'doing' ? 'doing' : 'open'), next: null };
  return { task: alive(tx, 'task', id), next: null };
};
