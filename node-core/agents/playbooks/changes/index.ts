import type { WorkspaceChange } from '../types.ts';
import { noteChange } from './note.ts';
import { notesChange } from './notes.ts';
import { projectChange } from './project.ts';
import { tasksChange } from './tasks.ts';

/** By the names that playbooks use. */
export const changes: ReadonlyMap<string, WorkspaceChange> = new Map(
  [projectChange, noteChange, tasksChange, notesChange].map((change) => [change.name, change]),
);
