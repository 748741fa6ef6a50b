import type { Task } from '../contract/workspace.ts';
import type { Change } from './change.ts';

/** Subtasks that are not in the trash, in order. */
export const childrenOf = ({ store, tx }: Pick<Change, 'store' | 'tx'>, id: string): Task[] =>
  tx
    .all(
      store.qb
        .selectFrom('task')
        .selectAll()
        .where('parentId', '=', id)
        .where('deletedAt', 'is', null)
        .orderBy('position')
        .orderBy('id'),
    )
    .map((row) => store.decode('task', row));

/** The task's subtasks and theirs, parents first, without the task itself. */
export const descendantsOf = (change: Pick<Change, 'store' | 'tx'>, id: string): Task[] => {
  const found: Task[] = [];
  const seen = new Set([id]);
  const visit = (parent: string): void => {
    for (const child of childrenOf(change, parent)) {
      if (seen.has(child.id)) continue;
      seen.add(child.id);
      found.push(child);
      visit(child.id);
    }
  };
  visit(id);
  return found;
};
