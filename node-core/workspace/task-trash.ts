import { AppError } from '../contract/errors.ts';
import type { Task } from '../contract/workspace.ts';
import { type Change, existing } from './change.ts';
import { descendantsOf } from './task-tree.ts';

/** To the trash, subtasks with it. Those that lie there already stay as they are. @throws AppError `NOT_FOUND` */
export const removeTasks = (change: Change, ids: readonly string[]): Task[] => {
  const tasks = ids.map((id) => existing(change.tx, 'task', id)).filter((task) => task.deletedAt === null);
  for (const task of tasks) {
    for (const one of [...descendantsOf(change, task.id), task]) {
      if (change.tx.get('task', one.id)?.deletedAt === null)
        change.tx.put('task', { ...one, deletedAt: change.now, updatedAt: change.now });
    }
  }
  return tasks;
};

/** Subtasks that went to the trash in the same moment. */
const fellWith = ({ store, tx }: Change, task: Task): Task[] => {
  const found = new Map<string, Task>();
  const visit = (parentId: string): void => {
    const rows = tx.all(
      store.qb.selectFrom('task').selectAll().where('parentId', '=', parentId).where('deletedAt', '=', task.deletedAt),
    );
    for (const row of rows) {
      if (row.id === task.id || found.has(row.id)) continue;
      found.set(row.id, store.decode('task', row));
      visit(row.id);
    }
  };
  visit(task.id);
  return [...found.values()];
};

/** Out of the trash with its subtasks; to the inbox where its project is gone. @throws AppError `NOT_FOUND`, `CONFLICT` */
export const restoreTask = (change: Change, id: string): Task => {
  const { tx, now } = change;
  const task = existing(tx, 'task', id);
  if (task.deletedAt === null) throw new AppError('CONFLICT', 'This task is not in the trash. Reload the list.');
  const subtasks = fellWith(change, task);
  const parent = task.parentId === null ? undefined : tx.get('task', task.parentId);
  const lies = parent?.deletedAt === null ? { projectId: parent.projectId, sectionId: parent.sectionId } : task;
  const project = lies.projectId === null ? undefined : tx.get('project', lies.projectId);
  const section = lies.sectionId === null ? undefined : tx.get('section', lies.sectionId);
  const projectId = project?.deletedAt === null ? project.id : null;
  const sectionId = section?.deletedAt === null && section.projectId === projectId ? section.id : null;
  const restored: Task = {
    ...task,
    projectId,
    sectionId,
    parentId: parent?.deletedAt === null ? parent.id : null,
    deletedAt: null,
    updatedAt: now,
  };
  tx.put('task', restored);
  for (const subtask of subtasks) tx.put('task', { ...subtask, projectId, sectionId, deletedAt: null, updatedAt: now });
  return restored;
};
