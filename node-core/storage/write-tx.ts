import type { EntityKind } from '../contract/index.ts';
import { type Change, changeOf } from './changes.ts';
import { type Codec, codecs, type Entities } from './codecs.ts';
import type { EncryptedDatabase, Query } from './database.ts';
import type { Derived } from './derived.ts';
import type { EntityRow } from './schema.ts';

/** Inside one transaction. */
export interface PlainTx {
  all<T>(query: Query<T>): T[];
  first<T>(query: Query<T>): T | undefined;
  /** Answers with the number of rows changed. Entities are written with `put`, never by query. */
  run(query: Query<unknown>): number;
  get<K extends EntityKind>(kind: K, id: string): Entities[K] | undefined;
  /** Writes an entity outside a person's history, where undo would make no sense: a reminder that fired. */
  putUnrecorded<K extends EntityKind>(kind: K, entity: Entities[K]): void;
}

/** A transaction whose changes of entities can be undone. */
export interface WriteTx extends PlainTx {
  /** Adds or replaces. */
  put<K extends EntityKind>(kind: K, entity: Entities[K]): void;
  /** For good; for the trash, `put` it with `deletedAt`. */
  remove(kind: EntityKind, id: string): void;
}

export interface RecordingTx extends WriteTx {
  /** Net changes so far, in the order in which entities were first touched. */
  changes(): Change[];
  touched(): { kind: EntityKind; id: string }[];
}

const readRow = (db: EncryptedDatabase, kind: EntityKind, id: string) =>
  db.first(db.qb.selectFrom(kind).selectAll().where('id', '=', id));

export const readEntity = <K extends EntityKind>(
  db: EncryptedDatabase,
  kind: K,
  id: string,
): Entities[K] | undefined => {
  const row = readRow(db, kind, id);
  const codec: Codec<K> = codecs[kind];
  return row && codec.fromRow(row as EntityRow<K>);
};

export const createWriteTx = (db: EncryptedDatabase, derived: Derived): RecordingTx => {
  const { qb } = db;
  const first = new Map<string, { kind: EntityKind; id: string; before: Entities[EntityKind] | undefined }>();
  const touched = new Map<string, { kind: EntityKind; id: string }>();

  const get = <K extends EntityKind>(kind: K, id: string) => readEntity(db, kind, id);

  const remember = (kind: EntityKind, id: string, before: Entities[EntityKind] | undefined) => {
    const key = `${kind}:${id}`;
    if (!first.has(key)) first.set(key, { kind, id, before });
  };

  const write = <K extends EntityKind>(
    kind: K,
    id: string,
    before: Entities[K] | undefined,
    after: Entities[K] | undefined,
  ) => {
    touched.set(`${kind}:${id}`, { kind, id });
    const table: EntityKind = kind;
    if (!after) db.run(qb.deleteFrom(table).where('id', '=', id));
    else {
      const row = codecs[kind].toRow(after);
      if (before) db.run(qb.updateTable(table).set(row).where('id', '=', id));
      else db.run(qb.insertInto(table).values(row));
    }
    if (kind === 'note' && after && 'text' in after && !(before && 'text' in before && before.text === after.text)) {
      const version = {
        noteId: id,
        revision: after.revision,
        savedAt: after.updatedAt,
        size: Buffer.byteLength(after.text),
        text: after.text,
        runId: after.runId,
      };
      db.run(qb.replaceInto('noteVersion').values(version));
    }
    derived.refresh(kind, id, before, after);
  };

  return {
    all: (query) => db.all(query),
    first: (query) => db.first(query),
    run: (query) => db.run(query),
    get,
    put: (kind, entity) => {
      const before = get(kind, entity.id);
      remember(kind, entity.id, before);
      write(kind, entity.id, before, entity);
    },
    putUnrecorded: (kind, entity) => write(kind, entity.id, get(kind, entity.id), entity),
    remove: (kind, id) => {
      const before = get(kind, id);
      if (!before) return;
      remember(kind, id, before);
      write(kind, id, before, undefined);
    },
    changes: () =>
      [...first.values()].flatMap(({ kind, id, before }) => changeOf(kind, id, before, get(kind, id)) ?? []),
    touched: () => [...touched.values()],
  };
};
