import type { Task, TaskQuery } from '../../../../node-core/contract/index.ts';
import { queryClient } from '../../rpc/index.ts';

export const taskKeys = {
  lists: ['tasks'] as const,
  list: (query: TaskQuery) => ['tasks', query] as const,
  one: (id: string) => ['task', id] as const,
  counts: ['task-counts'] as const,
};

const isActive = (task: Task): boolean => task.status === 'open' || task.status === 'doing';

/** Whether the core would list the task for this query: lets a change show before its answer is there. */
export const matches = (query: TaskQuery, task: Task): boolean => {
  if (query.view === 'trash') return task.deletedAt !== null;
  if (task.deletedAt !== null) return false;
  switch (query.view) {
    case 'inbox':
      return isActive(task) && task.projectId === null;
    case 'today':
      return (
        isActive(task) &&
        ((task.doDate !== null && task.doDate <= query.today) || (task.dueDate !== null && task.dueDate <= query.today))
      );
    case 'upcoming':
      return (
        isActive(task) &&
        ((task.doDate !== null && task.doDate > query.today) || (task.dueDate !== null && task.dueDate > query.today))
      );
    case 'project':
      return task.projectId === query.projectId && (query.includeDone === true || isActive(task));
    case 'tag':
      return isActive(task) && task.tags.includes(query.tag);
    case 'run':
      return task.runId === query.runId;
    case 'done':
      return task.completedAt !== null;
    case 'all':
      return true;
  }
};

const lastDay = '9999-99-99';
/** The next of the two dates that lies ahead. */
const nextDay = (task: Task, now: string): string =>
  [task.doDate, task.dueDate].reduce<string>(
    (next, day) => (day !== null && day > now && day < next ? day : next),
    lastDay,
  );

/** The order of the core for this query. */
const compare =
  (query: TaskQuery) =>
  (a: Task, b: Task): number => {
    if (query.view === 'done') return (b.completedAt ?? 0) - (a.completedAt ?? 0);
    if (query.view === 'trash') return (b.deletedAt ?? 0) - (a.deletedAt ?? 0);
    if (query.view === 'today' || query.view === 'upcoming') {
      const [first, second] =
        query.view === 'today'
          ? [a.dueDate ?? lastDay, b.dueDate ?? lastDay]
          : [nextDay(a, query.today), nextDay(b, query.today)];
      const byDay = first < second ? -1 : first > second ? 1 : 0;
      const byTime =
        (a.dueTime ?? '99:99') < (b.dueTime ?? '99:99') ? -1 : (a.dueTime ?? '99:99') > (b.dueTime ?? '99:99') ? 1 : 0;
      const order = byDay || byTime || a.priority - b.priority;
      if (order !== 0) return order;
    }
    return a.position - b.position || (a.id < b.id ? -1 : 1);
  };

/** Tasks just completed stay where they are for a moment, so that the eye can follow and the hand can take it back. */
const lingering = new Set<string>();
export const linger = (ids: readonly string[], millis: number): void => {
  for (const id of ids) lingering.add(id);
  setTimeout(() => {
    for (const id of ids) lingering.delete(id);
    const tasks = ids
      .map((id) => queryClient.getQueryData<Task>(taskKeys.one(id)))
      .filter((task) => task !== undefined);
    applyTasks(tasks);
  }, millis);
};

const isTaskQuery = (value: unknown): value is TaskQuery =>
  typeof value === 'object' && value !== null && 'view' in value;

/** Brings these tasks into every list that is held, or out of it. */
export const applyTasks = (tasks: readonly Task[]): void => {
  if (tasks.length === 0) return;
  for (const task of tasks) queryClient.setQueryData(taskKeys.one(task.id), task);
  const changed = new Map(tasks.map((task) => [task.id, task]));
  for (const [key, list] of queryClient.getQueriesData<Task[]>({ queryKey: taskKeys.lists })) {
    const query = key[1];
    if (!list || !isTaskQuery(query)) continue;
    const pending = new Map(changed);
    let touched = false;
    let moved = false;
    const next: Task[] = [];
    for (const old of list) {
      const task = pending.get(old.id);
      if (!task) {
        next.push(old);
        continue;
      }
      pending.delete(old.id);
      touched = true;
      if (matches(query, task) || lingering.has(task.id)) {
        moved ||=
          task.position !== old.position ||
          task.dueDate !== old.dueDate ||
          task.doDate !== old.doDate ||
          task.priority !== old.priority;
        next.push(task);
      }
    }
    for (const task of pending.values()) {
      if (!matches(query, task)) continue;
      touched = true;
      moved = true;
      next.push(task);
    }
    if (touched) queryClient.setQueryData(key, moved ? next.toSorted(compare(query)) : next);
  }
};

export const forgetTask = (id: string): void => {
  queryClient.removeQueries({ queryKey: taskKeys.one(id) });
  for (const [key, list] of queryClient.getQueriesData<Task[]>({ queryKey: taskKeys.lists })) {
    if (list?.some((task) => task.id === id)) {
      queryClient.setQueryData(
        key,
        list.filter((task) => task.id !== id),
      );
    }
  }
};

/** Tasks that wait for the core, by the ids that they have until then. */
const coming = new Map<string, Promise<string | null>>();

/** `made`: the id that the core gives the task; `null` where it was not made. */
export const expectTask = (id: string, made: Promise<string | null>): void => void coming.set(id, made);

/** The same tasks by the ids of the core, once it has them; those that it did not make are left out. */
export const keptIds = async (ids: readonly string[]): Promise<string[]> =>
  (await Promise.all(ids.map((id) => coming.get(id) ?? Promise.resolve(id)))).filter((id) => id !== null);

/** The task as it is known here, from its own entry or from any list. */
export const knownTask = (id: string): Task | undefined => {
  const own = queryClient.getQueryData<Task>(taskKeys.one(id));
  if (own) return own;
  for (const [, list] of queryClient.getQueriesData<Task[]>({ queryKey: taskKeys.lists })) {
    const found = list?.find((task) => task.id === id);
    if (found) return found;
  }
  return undefined;
};
