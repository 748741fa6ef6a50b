import type { EntityKind } from '../contract/index.ts';
import { type Change, type Fields, sameValue } from './changes.ts';
import type { Entities } from './codecs.ts';
import type { EncryptedDatabase } from './database.ts';
import type { WriteTx } from './write-tx.ts';

interface Draft {
  readonly kind: EntityKind;
  readonly id: string;
  readonly current: Fields | undefined;
  next: Fields | undefined;
}

/** Fields that move on their own: they do not make an entity "edited since". */
const bookkeeping: ReadonlySet<string> = new Set(['updatedAt', 'revision']);

const unchangedSince = (current: Fields, after: Fields): boolean =>
  Object.entries(after).every(([field, value]) => bookkeeping.has(field) || sameValue(current[field], value));

/** Who lies in what: an entity that stays keeps these of its containers. */
const containers: { readonly [K in EntityKind]: readonly { readonly field: string; readonly kind: EntityKind }[] } = {
  task: [
    { field: 'projectId', kind: 'project' },
    { field: 'sectionId', kind: 'section' },
    { field: 'parentId', kind: 'task' },
    { field: 'sourceNote', kind: 'note' },
  ],
  section: [{ field: 'projectId', kind: 'project' }],
  note: [{ field: 'projectId', kind: 'project' }],
  attachment: [{ field: 'noteId', kind: 'note' }],
  project: [],
};

const sourceNote = (entity: Fields): unknown => {
  const source = entity['source'];
  return typeof source === 'object' && source !== null && 'noteId' in source ? source.noteId : null;
};

/**
 * Takes changes back, newest first, field by field. A field goes back only where it still holds what the change wrote;
 * what someone edited since stays. An entity that the changes created goes away unless it was edited since, or
 * something that stays lies in it. An entity that they removed comes back.
 */
export const takeBack = (db: EncryptedDatabase, tx: WriteTx, newestFirst: readonly Change[]): void => {
  const drafts = new Map<string, Draft>();
  const created = new Map<Draft, Fields>();
  const draftOf = (kind: EntityKind, id: string): Draft => {
    const key = `${kind}:${id}`;
    const known = drafts.get(key);
    if (known) return known;
    const current: Fields | undefined = tx.get(kind, id);
    const draft: Draft = { kind, id, current, next: current };
    drafts.set(key, draft);
    return draft;
  };

  for (const { kind, id, before, after } of newestFirst) {
    const draft = draftOf(kind, id);
    if (before && !after) draft.next ??= before;
    else if (!draft.next || !after) continue;
    else if (before) {
      const now = draft.next;
      const back = Object.entries(before).filter(
        ([field]) => field !== 'revision' && sameValue(now[field], after[field]),
      );
      draft.next = { ...now, ...Object.fromEntries(back) };
    } else if (unchangedSince(draft.next, after)) {
      created.set(draft, draft.next);
      draft.next = undefined;
    }
  }

  keepContainers(db, drafts, created);
  clearReferences(db, drafts, draftOf);

  for (const draft of drafts.values()) {
    if (draft.next === draft.current) continue;
    if (!draft.next) tx.remove(draft.kind, draft.id);
    else tx.put(draft.kind, withRevision(draft.current, draft.next) as unknown as Entities[EntityKind]);
  }
};

/** A revision never repeats: an editor that holds the old one must notice that the text changed under it. */
const withRevision = (current: Fields | undefined, next: Fields): Fields => {
  const revision = current?.['revision'];
  return typeof revision === 'number' && current?.['text'] !== next['text']
    ? { ...next, revision: revision + 1 }
    : next;
};

const removedIds = (drafts: ReadonlyMap<string, Draft>, kind: EntityKind) =>
  new Set(
    [...drafts.values()]
      .filter((draft) => draft.kind === kind && draft.current && !draft.next)
      .map((draft) => draft.id),
  );

const keepContainers = (
  db: EncryptedDatabase,
  drafts: ReadonlyMap<string, Draft>,
  created: ReadonlyMap<Draft, Fields>,
) => {
  const { qb } = db;
  const occupants = (kind: EntityKind, id: string): { kind: EntityKind; entity: Fields }[] => {
    const inTable = <K extends EntityKind>(child: K, rows: { id: string }[]) =>
      rows.map((row) => ({ kind: child, id: row.id }));
    const stored = [
      ...(kind === 'project'
        ? [
            ...inTable('task', db.all(qb.selectFrom('task').select('id').where('projectId', '=', id))),
            ...inTable('section', db.all(qb.selectFrom('section').select('id').where('projectId', '=', id))),
            ...inTable('note', db.all(qb.selectFrom('note').select('id').where('projectId', '=', id))),
          ]
        : []),
      ...(kind === 'section'
        ? inTable('task', db.all(qb.selectFrom('task').select('id').where('sectionId', '=', id)))
        : []),
      ...(kind === 'task'
        ? inTable('task', db.all(qb.selectFrom('task').select('id').where('parentId', '=', id)))
        : []),
      ...(kind === 'note'
        ? [
            ...inTable('attachment', db.all(qb.selectFrom('attachment').select('id').where('noteId', '=', id))),
            ...inTable(
              'task',
              db
                .all(qb.selectFrom('task').select(['id', 'source']).where('source', 'is not', null))
                .filter((row) => row.source?.includes(id)),
            ),
          ]
        : []),
    ];
    return stored.flatMap((child) => {
      const draft = drafts.get(`${child.kind}:${child.id}`);
      if (!draft) return [{ kind: child.kind, entity: { [anywhere]: true } }];
      return draft.next ? [{ kind: child.kind, entity: draft.next }] : [];
    });
  };
  const liesIn = (child: { kind: EntityKind; entity: Fields }, kind: EntityKind, id: string) =>
    child.entity[anywhere] === true ||
    containers[child.kind].some(
      (link) =>
        link.kind === kind &&
        (link.field === 'sourceNote' ? sourceNote(child.entity) : child.entity[link.field]) === id,
    );

  for (let again = true; again; ) {
    again = false;
    for (const [draft, entity] of created) {
      if (draft.next) continue;
      if (!occupants(draft.kind, draft.id).some((child) => liesIn(child, draft.kind, draft.id))) continue;
      draft.next = entity;
      again = true;
    }
  }
};

/** Marks an occupant that the changes never touched: the database says that it lies there. */
const anywhere = ' stored';

const clearReferences = (
  db: EncryptedDatabase,
  drafts: ReadonlyMap<string, Draft>,
  draftOf: (kind: EntityKind, id: string) => Draft,
) => {
  const { qb } = db;
  const notes = removedIds(drafts, 'note');
  for (const noteId of notes) {
    for (const { id } of db.all(qb.selectFrom('project').select('id').where('noteId', '=', noteId))) {
      const project = draftOf('project', id);
      if (project.next?.['noteId'] === noteId) project.next = { ...project.next, noteId: null };
    }
  }
  const tasks = removedIds(drafts, 'task');
  if (tasks.size === 0) return;
  for (const { id } of db.all(qb.selectFrom('task').select('id').where('dependsOn', '<>', '[]'))) {
    const task = draftOf('task', id);
    const dependsOn = task.next?.['dependsOn'];
    if (!Array.isArray(dependsOn) || !dependsOn.some((other) => tasks.has(other))) continue;
    task.next = { ...task.next, dependsOn: dependsOn.filter((other) => !tasks.has(other)) };
  }
};
