import type { Task } from '../../../../node-core/contract/index.ts';

let provisional = 0;

export const draftTask = (title: string, projectId: string | undefined, doDate: string | null): Task => {
  provisional += 1;
  const now = Date.now();
  return {
    id: `new-${provisional}`,
    title,
    notes: '',
    projectId: projectId ?? null,
    sectionId: null,
    parentId: null,
    status: 'open',
    priority: 4,
    doDate,
    dueDate: null,
    dueTime: null,
    reminders: [],
    tags: [],
    dependsOn: [],
    recurrence: null,
    assignee: 'me',
    owner: null,
    source: null,
    position: Number.MAX_SAFE_INTEGER,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    deletedAt: null,
    runId: null,
    touched: true,
  };
};
