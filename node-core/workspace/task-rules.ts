import { AppError } from '../contract/errors.ts';
import type { NewTask, Task, TaskPatch } from '../contract/workspace.ts';
import type { WriteTx } from '../storage/index.ts';
import { isCalendarDate } from './calendar.ts';
import { alive, type Change, clean, quoted } from './change.ts';
import { normaliseTag } from './tag-names.ts';
import { descendantsOf } from './task-tree.ts';

/** A task, its subtasks, and three levels below them. */
export const MAX_DEPTH = 5;

type Place = Pick<Task, 'projectId' | 'sectionId' | 'parentId'>;

/** Lower-case, without `#` and repeats. */
export const tidyTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => normaliseTag(clean(tag)).replace(/\s+/g, '-')).filter((tag) => tag !== '')),
];

/** Where a task lies once `wanted` is heeded: a subtask with its parent, a section in its own project. @throws AppError `NOT_FOUND`, `CONFLICT`, `BAD_REQUEST` */
export const placeOf = ({ tx }: Pick<Change, 'tx'>, current: Place, wanted: NewTask | TaskPatch): Place => {
  if (wanted.parentId === undefined && wanted.projectId === undefined && wanted.sectionId === undefined) {
    return { projectId: current.projectId, sectionId: current.sectionId, parentId: current.parentId };
  }
  const parentId = wanted.parentId === undefined ? current.parentId : wanted.parentId;
  if (parentId !== null && parentId !== undefined) {
    if (wanted.parentId === undefined && wanted.projectId !== undefined && wanted.projectId !== current.projectId) {
      return placeOf({ tx }, { ...current, parentId: null }, wanted);
    }
    const parent = alive(tx, 'task', parentId);
    return { parentId, projectId: parent.projectId, sectionId: parent.sectionId };
  }
  const section = wanted.sectionId ? alive(tx, 'section', wanted.sectionId) : null;
  const projectId = wanted.projectId === undefined ? (section?.projectId ?? current.projectId) : wanted.projectId;
  if (projectId !== null && projectId !== current.projectId) alive(tx, 'project', projectId);
  if (section && section.projectId !== projectId) {
    throw new AppError('BAD_REQUEST', 'This section belongs to another project. Choose a section of the same project.');
  }
  const stays = wanted.sectionId === undefined && projectId === current.projectId ? current.sectionId : null;
  return { parentId: null, projectId, sectionId: section?.id ?? stays };
};

/** @throws AppError `BAD_REQUEST` */
export const checkDates = (task: Task): void => {
  for (const [what, date] of [
    ['due date', task.dueDate],
    ['do date', task.doDate],
  ] as const) {
    if (date !== null && !isCalendarDate(date))
      throw new AppError('BAD_REQUEST', `There is no day ${date}. Choose another ${what}.`);
  }
  if (task.dueTime === null) return;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(task.dueTime))
    throw new AppError('BAD_REQUEST', `There is no time ${task.dueTime}. A time lies between 00:00 and 23:59.`);
  if (task.dueDate === null) throw new AppError('BAD_REQUEST', 'A time needs a due date. Set the day first.');
};

/** @throws AppError `CONFLICT` where the task would lie in itself, or too deep. */
export const checkParent = (change: Change, task: Task): void => {
  const { tx } = change;
  let depth = 1;
  for (let at = task.parentId; at !== null; depth += 1) {
    if (at === task.id)
      throw new AppError(
        'CONFLICT',
        `${quoted(task.title)} can't be a subtask of itself or of its own subtasks. Choose another parent.`,
      );
    if (depth > MAX_DEPTH * 2) break;
    at = tx.get('task', at)?.parentId ?? null;
  }
  const heights = new Map([[task.id, 0]]);
  for (const descendant of descendantsOf(change, task.id)) {
    heights.set(descendant.id, (heights.get(descendant.parentId ?? '') ?? 0) + 1);
  }
  if (depth + Math.max(...heights.values()) > MAX_DEPTH) {
    throw new AppError(
      'CONFLICT',
      `Subtasks go at most ${MAX_DEPTH} levels deep. Make ${quoted(task.title)} a subtask further up.`,
    );
  }
};

/** Follows `dependsOn` from the task and answers with the ring that leads back to it. */
const ringFrom = (tx: WriteTx, task: Task): Task[] | null => {
  const cameFrom = new Map<string, Task>();
  const queue: Task[] = [task];
  for (let current = queue.shift(); current; current = queue.shift()) {
    for (const id of current.dependsOn) {
      if (id === task.id) {
        const ring = [task];
        for (let step: Task | undefined = current; step && step.id !== task.id; step = cameFrom.get(step.id))
          ring.splice(1, 0, step);
        return ring;
      }
      const next = cameFrom.has(id) ? undefined : tx.get('task', id);
      if (next === undefined || next.deletedAt !== null) continue;
      cameFrom.set(id, current);
      queue.push(next);
    }
  }
  return null;
};

/** @throws AppError `NOT_FOUND` for a task that is not there, `CONFLICT` naming the ring of tasks that would wait for each other */
export const checkDependencies = (tx: WriteTx, task: Task): void => {
  for (const id of task.dependsOn) if (id !== task.id) alive(tx, 'task', id);
  const ring = ringFrom(tx, task);
  if (ring !== null) {
    const names = [...ring, task].map(({ title }) => quoted(title)).join(' → ');
    throw new AppError(
      'CONFLICT',
      `These tasks would wait for each other: ${names}. Remove one of the dependencies first.`,
      {
        data: { taskIds: ring.map(({ id }) => id) },
      },
    );
  }
  const ancestors = new Set<string>();
  for (let at = task.parentId; at !== null && !ancestors.has(at); at = tx.get('task', at)?.parentId ?? null)
    ancestors.add(at);
  if (task.dependsOn.some((id) => ancestors.has(id))) {
    throw new AppError(
      'CONFLICT',
      `${quoted(task.title)} can't wait for the task that it is a part of. Remove that dependency.`,
    );
  }
};
