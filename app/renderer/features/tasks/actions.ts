import type { Task, TaskPatch } from '../../../../node-core/contract/index.ts';
import { plural } from '../../days.ts';
import { api, queryClient, toFault } from '../../rpc/index.ts';
import { clearSelection, dismissToast, showToast, useUi } from '../../ui-store.ts';
import { applyTasks, keptIds, knownTask, linger, taskKeys } from './cache.ts';

const completedLingersFor = 900;

export const showFault = (error: unknown, what: string): void => {
  showToast({ tone: 'error', text: what, detail: toFault(error).message });
};

/** Takes the newest step back, or the one named. */
export const undo = async (id?: string): Promise<void> => {
  try {
    const entry = await api.history.undo(id ? { id } : {});
    dismissUndoToasts();
    showToast({ tone: 'plain', text: `Undone: ${entry.label}`, action: { label: 'Redo', run: () => void redo() } });
  } catch (error) {
    const fault = toFault(error);
    showToast({ tone: 'plain', text: fault.code === 'NOTHING_TO_UNDO' ? 'Nothing to undo.' : fault.message });
  }
};

export const redo = async (): Promise<void> => {
  try {
    const entry = await api.history.redo();
    showToast({ tone: 'plain', text: `Done again: ${entry.label}` });
  } catch (error) {
    const fault = toFault(error);
    showToast({ tone: 'plain', text: fault.code === 'NOTHING_TO_UNDO' ? 'Nothing to redo.' : fault.message });
  }
};

/** Their way back has been taken. */
const dismissUndoToasts = (): void => {
  for (const { id, action } of useUi.getState().toasts)
    if (action?.label === 'Undo' || action?.label === 'Redo') dismissToast(id);
};

/** Says what was done, with the way back from this very step: an agent at work writes steps of its own meanwhile. */
export const undoable = async (text: string): Promise<void> => {
  const steps = await api.history.list({ limit: 20 }).catch(() => []);
  const own = steps.find(({ actor, undone }) => actor !== 'agent' && !undone)?.id;
  showToast({ tone: 'plain', text, action: { label: 'Undo', run: () => void undo(own) } });
};

const short = (title: string): string => (title.length > 44 ? `${title.slice(0, 43).trimEnd()}…` : title);

const known = (ids: readonly string[]): Task[] => ids.map(knownTask).filter((task) => task !== undefined);

/** Shows `change` at once, asks the core as soon as it has the tasks, and goes back to what was there if it refuses. */
const optimistically = async (
  ids: readonly string[],
  change: (task: Task) => Task,
  ask: (ids: readonly string[]) => Promise<readonly Task[]>,
  failed: string,
): Promise<boolean> => {
  let before = known(ids);
  applyTasks(before.map(change));
  try {
    const kept = await keptIds(ids);
    if (kept.length === 0) return false;
    if (kept.some((id, at) => id !== ids[at])) {
      before = known(kept);
      applyTasks(before.map(change));
    }
    applyTasks(await ask(kept));
    return true;
  } catch (error) {
    applyTasks(before);
    showFault(error, failed);
    return false;
  } finally {
    void queryClient.invalidateQueries({ queryKey: taskKeys.counts });
  }
};

const withoutUndefined = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;

export const updateTasks = async (ids: readonly string[], patch: TaskPatch, said?: string): Promise<void> => {
  if (ids.length === 0) return;
  const done = await optimistically(
    ids,
    (task) => ({ ...task, ...withoutUndefined(patch) }) as Task,
    async ([first, ...more]) =>
      first && more.length === 0
        ? [await api.tasks.update({ id: first, patch })]
        : api.tasks.updateMany({ ids: first ? [first, ...more] : more, patch }),
    ids.length === 1 ? 'The change was not saved.' : 'The changes were not saved.',
  );
  if (done && said) await undoable(said);
};

export const completeTasks = async (ids: readonly string[]): Promise<void> => {
  const tasks = known(ids);
  if (tasks.length === 0) return;
  linger(ids, completedLingersFor);
  const done = await optimistically(
    ids,
    (task) => ({ ...task, status: 'done', completedAt: Date.now() }),
    async (kept) => {
      const [id] = kept;
      // Several are one step of history, so that one undo takes them all back.
      if (!id || kept.length > 1) return api.tasks.updateMany({ ids: [...kept], patch: { status: 'done' } });
      const { task, next } = await api.tasks.complete({ id });
      return next ? [task, next] : [task];
    },
    'The task was not completed.',
  );
  clearSelection();
  const [first] = tasks;
  if (done && first)
    await undoable(
      tasks.length === 1 ? `Completed “${short(first.title)}”` : `Completed ${plural(tasks.length, 'task')}`,
    );
};

export const reopenTasks = async (ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await optimistically(
    ids,
    (task) => ({ ...task, status: 'open', completedAt: null }),
    (kept) => api.tasks.updateMany({ ids: [...kept], patch: { status: 'open' } }),
    'The task was not reopened.',
  );
};

/** Completes what is open; reopens if everything is done already. */
export const toggleTasks = (ids: readonly string[]): Promise<void> => {
  const open = known(ids).filter((task) => task.status === 'open' || task.status === 'doing');
  return open.length > 0 ? completeTasks(open.map((task) => task.id)) : reopenTasks(ids);
};

export const removeTasks = async (ids: readonly string[]): Promise<void> => {
  const tasks = known(ids);
  if (tasks.length === 0) return;
  const done = await optimistically(
    ids,
    (task) => ({ ...task, deletedAt: Date.now() }),
    async (kept) => {
      await api.tasks.remove({ ids: [...kept] });
      return [];
    },
    'Nothing was deleted.',
  );
  clearSelection();
  const [first] = tasks;
  if (done && first)
    await undoable(tasks.length === 1 ? `Deleted “${short(first.title)}”` : `Deleted ${plural(tasks.length, 'task')}`);
};

export const restoreTask = async (id: string): Promise<void> => {
  await optimistically(
    [id],
    (task) => ({ ...task, deletedAt: null }),
    async () => [await api.tasks.restore({ id })],
    'The task was not restored.',
  );
};

export interface Move {
  readonly id: string;
  /** The neighbours between which it goes; null is an end of the list. */
  readonly before: Task | null;
  readonly after: Task | null;
  readonly patch?: TaskPatch;
}

const between = (before: Task | null, after: Task | null, old: number): number => {
  if (before && after) return (before.position + after.position) / 2;
  if (before) return before.position + 1;
  return after ? after.position - 1 : old;
};

export const moveTask = async ({ id, before, after, patch }: Move): Promise<void> => {
  await optimistically(
    [id],
    (task) => ({ ...task, ...withoutUndefined(patch ?? {}), position: between(before, after, task.position) }) as Task,
    async () => {
      const [own, above, below] = await Promise.all(
        [[id], before ? [before.id] : [], after ? [after.id] : []].map(keptIds),
      );
      return [
        await api.tasks.move({
          id: own?.[0] ?? id,
          before: above?.[0] ?? null,
          after: below?.[0] ?? null,
          ...(patch ? { patch } : {}),
        }),
      ];
    },
    'The task was not moved.',
  );
};

/** Whether it was added; if not, it is said why. */
export const addSubtask = async (parent: Task, title: string): Promise<boolean> => {
  try {
    applyTasks([
      await api.tasks.create({ title, parentId: parent.id, projectId: parent.projectId, sectionId: parent.sectionId }),
    ]);
    return true;
  } catch (error) {
    showFault(error, 'The subtask was not added.');
    return false;
  }
};

/** The tasks that a key or a button acts on: the selection, else the row under the cursor. */
export const targetTasks = (): string[] => {
  const { selection, cursor } = useUi.getState();
  if (selection.size > 0) return [...selection];
  return cursor ? [cursor] : [];
};
