import { sql } from 'kysely';
import type { EntityKind } from '../contract/index.ts';
import type { Entities } from './codecs.ts';
import type { EncryptedDatabase } from './database.ts';

/** The form in which `link.target` holds a note's title. */
export const linkTarget = (title: string): string => title.normalize('NFC').trim().toLowerCase();

const wikiLink = /\[\[([^[\]|#\r\n]{1,500})(?:[|#][^[\]\r\n]*)?\]\]/gu;

/** `[[Title]]`, `[[Title|shown]]` and `[[Title#heading]]` of a note, with 1-based lines. */
export const wikiLinks = (text: string): { line: number; title: string }[] =>
  text.includes('[[')
    ? text.split('\n').flatMap((line, index) =>
        [...line.matchAll(wikiLink)].flatMap((match) => {
          const title = match[1]?.trim();
          return title ? [{ line: index + 1, title }] : [];
        }),
      )
    : [];

interface Document {
  readonly kind: 'task' | 'note' | 'project';
  readonly title: string;
  readonly body: string;
}

const documentOf = (kind: EntityKind, entity: Entities[EntityKind]): Document | undefined => {
  if ('deletedAt' in entity && entity.deletedAt !== null) return undefined;
  if (kind === 'note' && 'text' in entity) return { kind, title: entity.title, body: entity.text };
  if (kind === 'task' && 'dependsOn' in entity) {
    return {
      kind,
      title: entity.title,
      body: [entity.notes, entity.tags.join(' '), entity.owner ?? ''].filter(Boolean).join('\n'),
    };
  }
  if (kind === 'project' && 'color' in entity) return { kind, title: entity.name, body: entity.notes };
  return undefined;
};

/** Keeps the tables that follow from entities (tags, links, full text) in step, in the same transaction. */
export const createDerived = (db: EncryptedDatabase) => {
  const { qb } = db;

  const indexTags = (kind: 'task' | 'note', id: string, tags: readonly string[]) => {
    db.run(qb.deleteFrom('tag').where('kind', '=', kind).where('entityId', '=', id));
    for (const tag of new Set(tags)) db.run(qb.insertInto('tag').values({ tag, kind, entityId: id }));
  };

  const indexLinks = (noteId: string, text: string) => {
    db.run(qb.deleteFrom('link').where('noteId', '=', noteId));
    for (const { line, title } of wikiLinks(text)) {
      db.run(
        qb
          .insertInto('link')
          .values({ noteId, line, target: linkTarget(title) })
          .onConflict((conflict) => conflict.doNothing()),
      );
    }
  };

  const indexText = (kind: 'task' | 'note' | 'project', id: string, document: Document | undefined) => {
    const known = db.first(
      qb.selectFrom('searchDoc').select('docId').where('kind', '=', kind).where('entityId', '=', id),
    );
    if (!document) {
      if (!known) return;
      db.run(qb.deleteFrom('search').where('rowid', '=', known.docId));
      db.run(qb.deleteFrom('searchDoc').where('docId', '=', known.docId));
      return;
    }
    const { title, body } = document;
    if (known) {
      db.run(qb.updateTable('search').set({ title, body }).where('rowid', '=', known.docId));
      return;
    }
    const added = db.first(qb.insertInto('searchDoc').values({ kind, entityId: id }).returning('docId'));
    if (!added) throw new Error('an inserted row answered without its id');
    db.run(
      sql`insert into search (rowid, kind, id, title, body) values (${added.docId}, ${kind}, ${id}, ${title}, ${body})`.compile(
        qb,
      ),
    );
  };

  return {
    /** After `entity` was written; `before` is what stood there. */
    refresh<K extends EntityKind>(
      kind: K,
      id: string,
      before: Entities[K] | undefined,
      entity: Entities[K] | undefined,
    ) {
      if (kind === 'section' || kind === 'attachment') return;
      const was = before && documentOf(kind, before);
      const is = entity && documentOf(kind, entity);
      if (was?.title !== is?.title || was?.body !== is?.body) indexText(kind, id, is);
      if (kind === 'project') return;
      const tagsOf = (value: Entities[K] | undefined, live: Document | undefined) =>
        value && live && 'tags' in value ? value.tags : [];
      const tags = tagsOf(entity, is);
      if (tagsOf(before, was).join('\n') !== tags.join('\n')) indexTags(kind, id, tags);
      if (kind === 'note' && was?.body !== is?.body) indexLinks(id, is?.body ?? '');
    },
  };
};
export type Derived = ReturnType<typeof createDerived>;
