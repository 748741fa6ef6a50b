import type { WorkspaceChange } from '../types.ts';
import { projectChange } from './project.ts';
import { noteChange } from './note.ts';

/** By the names that playbooks use. */
export const changes: ReadonlyMap<string, WorkspaceChange> = new Map(
  [projectChange, noteChange].map((change): [string, WorkspaceChange] => [change.name, change]),
);
