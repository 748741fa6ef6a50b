import { newId } from '../common/index.ts';
import type { Attachment, Note, Project, Section, Task } from '../contract/index.ts';

export const sampleTask = (over: Partial<Task> = {}): Task => ({
  id: newId(),
  title: 'Buy milk',
  notes: '',
  projectId: null,
  sectionId: null,
  parentId: null,
  status: 'open',
  priority: 4,
  doDate: null,
  dueDate: null,
  dueTime: null,
  reminders: [],
  tags: [],
  dependsOn: [],
  recurrence: null,
  assignee: 'me',
  owner: null,
  source: null,
  position: 1,
  createdAt: 1_000,
  updatedAt: 1_000,
  completedAt: null,
  deletedAt: null,
  runId: null,
  touched: false,
  ...over,
});

export const sampleProject = (over: Partial<Project> = {}): Project => ({
  id: newId(),
  name: 'Launch',
  notes: '',
  color: 'blue',
  view: 'list',
  noteId: null,
  dueDate: null,
  position: 1,
  createdAt: 1_000,
  updatedAt: 1_000,
  archivedAt: null,
  deletedAt: null,
  runId: null,
  ...over,
});

export const sampleSection = (projectId: string, over: Partial<Section> = {}): Section => ({
  id: newId(),
  projectId,
  name: 'Next',
  position: 1,
  deletedAt: null,
  ...over,
});

export const sampleNote = (over: Partial<Note> = {}): Note => ({
  id: newId(),
  title: 'Plan',
  text: '# Plan\n',
  tags: [],
  projectId: null,
  pinned: false,
  createdAt: 1_000,
  updatedAt: 1_000,
  deletedAt: null,
  runId: null,
  revision: 1,
  ...over,
});

export const sampleAttachment = (noteId: string, over: Partial<Attachment> = {}): Attachment => ({
  id: newId(),
  noteId,
  name: 'figures.csv',
  mediaType: 'text/csv',
  size: 3,
  createdAt: 1_000,
  ...over,
});
