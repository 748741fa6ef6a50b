import type { Attachment, EntityKind, Note, Project, Section, Task } from '../contract/index.ts';
import type { EntityRow } from './schema.ts';

export interface Entities {
  task: Task;
  project: Project;
  section: Section;
  note: Note;
  attachment: Attachment;
}

export interface Codec<K extends EntityKind> {
  toRow(entity: Entities[K]): EntityRow<K>;
  fromRow(row: EntityRow<K>): Entities[K];
}

const parse = (json: string) => (json === '[]' ? [] : JSON.parse(json));
const parseNullable = (json: string | null) => (json === null ? null : JSON.parse(json));
const orNull = (value: unknown) => (value === null ? null : JSON.stringify(value));

/**
 * Between what the contract names and what a row holds. Rows were written by this codec and every page of the
 * database is authenticated, so reading does not validate again.
 */
export const codecs: { readonly [K in EntityKind]: Codec<K> } = {
  task: {
    toRow: (task) => ({
      id: task.id,
      title: task.title,
      notes: task.notes,
      projectId: task.projectId,
      sectionId: task.sectionId,
      parentId: task.parentId,
      status: task.status,
      priority: task.priority,
      doDate: task.doDate,
      dueDate: task.dueDate,
      dueTime: task.dueTime,
      reminders: JSON.stringify(task.reminders),
      tags: JSON.stringify(task.tags),
      dependsOn: JSON.stringify(task.dependsOn),
      recurrence: orNull(task.recurrence),
      assignee: task.assignee,
      owner: task.owner,
      source: orNull(task.source),
      position: task.position,
      createdAt: task.createdAt,
      updatedAt: task.updatedAt,
      completedAt: task.completedAt,
      deletedAt: task.deletedAt,
      runId: task.runId,
      touched: task.touched ? 1 : 0,
    }),
    fromRow: (row) => ({
      ...row,
      priority: row.priority === 1 || row.priority === 2 || row.priority === 3 ? row.priority : 4,
      reminders: parse(row.reminders),
      tags: parse(row.tags),
      dependsOn: parse(row.dependsOn),
      recurrence: parseNullable(row.recurrence),
      source: parseNullable(row.source),
      touched: row.touched === 1,
    }),
  },
  project: {
    toRow: (project) => ({
      id: project.id,
      name: project.name,
      notes: project.notes,
      color: project.color,
      view: project.view,
      noteId: project.noteId,
      dueDate: project.dueDate,
      position: project.position,
      createdAt: project.createdAt,
      updatedAt: project.updatedAt,
      archivedAt: project.archivedAt,
      deletedAt: project.deletedAt,
      runId: project.runId,
    }),
    fromRow: (row) => ({ ...row }),
  },
  section: {
    toRow: (section) => ({
      id: section.id,
      projectId: section.projectId,
      name: section.name,
      position: section.position,
      deletedAt: section.deletedAt,
    }),
    fromRow: (row) => ({ ...row }),
  },
  note: {
    toRow: (note) => ({
      id: note.id,
      title: note.title,
      text: note.text,
      tags: JSON.stringify(note.tags),
      projectId: note.projectId,
      pinned: note.pinned ? 1 : 0,
      createdAt: note.createdAt,
      updatedAt: note.updatedAt,
      deletedAt: note.deletedAt,
      runId: note.runId,
      revision: note.revision,
    }),
    fromRow: (row) => ({ ...row, tags: parse(row.tags), pinned: row.pinned === 1 }),
  },
  attachment: {
    toRow: (attachment) => ({
      id: attachment.id,
      noteId: attachment.noteId,
      name: attachment.name,
      mediaType: attachment.mediaType,
      size: attachment.size,
      createdAt: attachment.createdAt,
    }),
    fromRow: (row) => ({ ...row }),
  },
};
