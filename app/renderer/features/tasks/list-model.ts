import type { Task } from '../../../../node-core/contract/index.ts';
import type { RowFacts } from './task-row.tsx';

export type ListItem =
  | {
      readonly kind: 'header';
      readonly id: string;
      readonly title: string;
      readonly hint?: string;
      readonly tone?: 'overdue';
      readonly count?: number;
      readonly sectionId?: string;
    }
  | { readonly kind: 'task'; readonly id: string; readonly task: Task; readonly depth: number; readonly group: string };

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly tone?: 'overdue';
  readonly tasks: readonly Task[];
  /** Keep the heading where nothing is under it, as a place to drop on. */
  readonly keepEmpty?: boolean;
  /** The heading is a section of a project: it can be renamed and removed. */
  readonly sectionId?: string;
}

/** Headings and rows in the order they are drawn, subtasks right under their parent. */
export const flatten = (groups: readonly Group[]): ListItem[] => {
  const items: ListItem[] = [];
  for (const group of groups) {
    if (group.tasks.length === 0 && !group.keepEmpty) continue;
    if (group.title !== '') {
      items.push({
        kind: 'header',
        id: `header:${group.id}`,
        title: group.title,
        count: group.tasks.length,
        ...(group.hint ? { hint: group.hint } : {}),
        ...(group.tone ? { tone: group.tone } : {}),
        ...(group.sectionId ? { sectionId: group.sectionId } : {}),
      });
    }
    const present = new Set(group.tasks.map((task) => task.id));
    const children = new Map<string, Task[]>();
    for (const task of group.tasks) {
      if (!task.parentId || !present.has(task.parentId)) continue;
      const siblings = children.get(task.parentId);
      if (siblings) siblings.push(task);
      else children.set(task.parentId, [task]);
    }
    const add = (task: Task, depth: number): void => {
      items.push({ kind: 'task', id: task.id, task, depth, group: group.id });
      for (const child of children.get(task.id) ?? []) add(child, Math.min(depth + 1, 4));
    };
    for (const task of group.tasks) if (!task.parentId || !present.has(task.parentId)) add(task, 0);
  }
  return items;
};

/** What rows show about other tasks: how many subtasks, and whether something open stands before them. */
export const factsOf = (tasks: readonly Task[]): ReadonlyMap<string, RowFacts> => {
  const facts = new Map<string, { subtasks: number; subtasksDone: number; blocked: boolean }>();
  const open = new Set<string>();
  for (const task of tasks) if (task.status === 'open' || task.status === 'doing') open.add(task.id);
  const entry = (id: string) => {
    const known = facts.get(id);
    if (known) return known;
    const made = { subtasks: 0, subtasksDone: 0, blocked: false };
    facts.set(id, made);
    return made;
  };
  for (const task of tasks) {
    if (task.parentId) {
      const parent = entry(task.parentId);
      parent.subtasks += 1;
      if (!open.has(task.id)) parent.subtasksDone += 1;
    }
    if (task.dependsOn.length > 0 && open.has(task.id) && task.dependsOn.some((id) => open.has(id)))
      entry(task.id).blocked = true;
  }
  return facts;
};
