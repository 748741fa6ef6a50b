import { type Clock, type Event, type Startable, systemClock } from '../common/index.ts';
import type { NewTask, Note, Project, Task } from '../contract/workspace.ts';
import type { Store, WriteTx } from '../storage/index.ts';
import type { Change } from './change.ts';
import { createHandlers, type WorkerNames, type WorkspaceHandlers } from './handlers.ts';
import { addNote } from './notes.ts';
import { addProject, type NewProjectInput } from './projects.ts';
import { createReminders, type FiredReminder } from './reminders.ts';
import { addTask } from './tasks.ts';

export type { Change } from './change.ts';
export type { WorkspaceHandlers } from './handlers.ts';
export { tagsOf } from './markdown.ts';
export { addNote, removeNote, saveNote } from './notes.ts';
export { addProject, type NewProjectInput, updateProject } from './projects.ts';
export type { FiredReminder } from './reminders.ts';
export { search } from './search.ts';
export { tidyTags } from './task-rules.ts';
export { addTask, updateTask } from './tasks.ts';

/**
 * Tasks, projects, notes and what holds them together. `handlers` are steps of a person or a client; who writes several things
 * as one step opens `store.transact` and uses the functions that take a transaction, or a {@link Change}. They throw AppError
 * `BAD_REQUEST`, `NOT_FOUND` and `CONFLICT` with a message for the person. `runId` marks what a run makes until a person
 * touches it.
 */
export interface Workspace extends Startable {
  readonly handlers: WorkspaceHandlers;
  /** A reminder's time has come; while started. Each is told once. */
  readonly onDidFireReminder: Event<FiredReminder>;
  addProject(tx: WriteTx, input: NewProjectInput, runId: string | null): Project;
  addTask(tx: WriteTx, input: NewTask, runId: string | null): Task;
  addNote(
    tx: WriteTx,
    input: { readonly text: string; readonly projectId?: string | null },
    runId: string | null,
  ): Note;
}

export interface WorkspaceComponents {
  /** Throws `VAULT_LOCKED` while the vault is. */
  readonly store: () => Store;
  readonly clock?: Clock;
  /** Whom quick add can name. Default: nobody. */
  readonly workers?: WorkerNames;
}

const nobody: WorkerNames = { agents: () => [], playbooks: () => [] };

export const createWorkspace = (components: WorkspaceComponents): Workspace => {
  const { store, clock = systemClock, workers = nobody } = components;
  const now = () => Math.max(0, Math.floor(clock.now()));
  const reminders = createReminders({ store, clock });
  const change = (tx: WriteTx, runId: string | null): Change => ({ store: store(), tx, now: now(), runId });

  return {
    handlers: createHandlers({ store, now, workers }),
    onDidFireReminder: reminders.onDidFire,
    addProject: (tx, input, runId) => addProject(change(tx, runId), input),
    addTask: (tx, input, runId) => addTask(change(tx, runId), input),
    addNote: (tx, input, runId) => addNote(change(tx, runId), input),
    start: () => reminders.start(),
    stop: () => reminders.stop(),
  };
};
