import { type Clock, type Event, type Startable, systemClock } from '../common/index.ts';
import type { NewTask, Note, Project, Task, TaskPatch } from '../contract/workspace.ts';
import type { Store, WriteTx } from '../storage/index.ts';
import type { Change } from './change.ts';
import { complete, type Completion } from './completion.ts';
import { createHandlers, type WorkspaceHandlers } from './handlers.ts';
import { addNote, type NotePatch, saveNote, updateNote } from './notes.ts';
import { addProject, type NewProjectInput, type ProjectPatchInput, updateProject } from './projects.ts';
import { createReminders, type FiredReminder } from './reminders.ts';
import { addTask, updateTask } from './tasks.ts';

export type { Change } from './change.ts';
export { complete, type Completion } from './completion.ts';
export type { WorkspaceHandlers } from './handlers.ts';
export { tagsOf, withoutCode } from './markdown.ts';
export { addNote, type NotePatch, saveNote, updateNote } from './notes.ts';
export { addProject, type NewProjectInput, type ProjectPatchInput, updateProject } from './projects.ts';
export { describeRecurrence } from './recurrence.ts';
export type { FiredReminder } from './reminders.ts';
export { blockersOf } from './task-rules.ts';
export { addTask, updateTask } from './tasks.ts';

/**
 * Tasks, projects, notes and what holds them together. The functions that take a transaction are for agents: the caller opens
 * `store.transact` with the run's id, so that all of it is one step. `runId` marks what they make until a person touches it.
 * They throw AppError `BAD_REQUEST`, `NOT_FOUND` and `CONFLICT`, with a message for the person.
 */
export interface Workspace extends Startable {
  readonly handlers: WorkspaceHandlers;
  /** A reminder's time has come; while started. Each is told once. */
  readonly onDidFireReminder: Event<FiredReminder>;
  addProject(tx: WriteTx, input: NewProjectInput, runId: string | null): Project;
  updateProject(tx: WriteTx, id: string, patch: ProjectPatchInput, runId: string | null): Project;
  addTask(tx: WriteTx, input: NewTask, runId: string | null): Task;
  updateTask(tx: WriteTx, id: string, patch: TaskPatch, runId: string | null): Task;
  /** With its open subtasks; answers with the next occurrence of a repeating one. */
  completeTask(tx: WriteTx, id: string, runId: string | null): Completion;
  addNote(
    tx: WriteTx,
    input: { readonly text: string; readonly projectId?: string | null },
    runId: string | null,
  ): Note;
  /** Replaces a note's text; the text before stays as a version. */
  saveNote(tx: WriteTx, id: string, text: string, runId: string | null): Note;
  updateNote(tx: WriteTx, id: string, patch: NotePatch, runId: string | null): Note;
}

export interface WorkspaceComponents {
  /** Throws `VAULT_LOCKED` while the vault is. */
  readonly store: () => Store;
  readonly clock?: Clock;
}

export const createWorkspace = (components: WorkspaceComponents): Workspace => {
  const { store, clock = systemClock } = components;
  const now = () => Math.max(0, Math.floor(clock.now()));
  const reminders = createReminders({ store, clock });
  const change = (tx: WriteTx, runId: string | null): Change => ({ store: store(), tx, now: now(), runId });

  return {
    handlers: createHandlers({ store, now }),
    onDidFireReminder: reminders.onDidFire,
    addProject: (tx, input, runId) => addProject(change(tx, runId), input),
    updateProject: (tx, id, patch, runId) => updateProject(change(tx, runId), id, patch),
    addTask: (tx, input, runId) => addTask(change(tx, runId), input),
    updateTask: (tx, id, patch, runId) => updateTask(change(tx, runId), id, patch).task,
    completeTask: (tx, id, runId) => complete(change(tx, runId), id),
    addNote: (tx, input, runId) => addNote(change(tx, runId), input),
    saveNote: (tx, id, text, runId) => saveNote(change(tx, runId), id, text),
    updateNote: (tx, id, patch, runId) => updateNote(change(tx, runId), id, patch),
    start: () => reminders.start(),
    stop: () => reminders.stop(),
  };
};
