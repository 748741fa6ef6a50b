import type { TaskPatch } from '../contract/workspace.ts';

const verbs: readonly (readonly [verb: string, fields: readonly (keyof TaskPatch)[]])[] = [
  ['Rename', ['title']],
  ['Edit notes of', ['notes']],
  ['Move', ['projectId', 'sectionId', 'parentId', 'position']],
  ['Change priority of', ['priority']],
  ['Plan', ['doDate']],
  ['Change due date of', ['dueDate', 'dueTime']],
  ['Change reminders of', ['reminders']],
  ['Change tags of', ['tags']],
  ['Change dependencies of', ['dependsOn']],
  ['Change repetition of', ['recurrence']],
  ['Assign', ['assignee', 'owner']],
];
const statuses: Readonly<Record<NonNullable<TaskPatch['status']>, string>> = {
  open: 'Reopen',
  doing: 'Start',
  done: 'Complete',
  cancelled: 'Cancel',
};

/** What a patch does, as a step of history says it: `Change due date of`. */
export const patchVerb = (patch: TaskPatch): string => {
  const fields = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field);
  if (patch.status !== undefined) return statuses[patch.status];
  return verbs.find(([, covered]) => fields.every((field) => covered.some((name) => name === field)))?.[0] ?? 'Edit';
};
