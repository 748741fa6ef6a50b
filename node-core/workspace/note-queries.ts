import { sql } from 'kysely';
import type { z } from 'zod';
import type { Note, NoteLink, NoteSummary } from '../contract/workspace.ts';
import { linkTarget, type Store } from '../storage/index.ts';
import { existing } from './change.ts';
import { excerptOf, lineExcerpt } from './markdown.ts';

export type Backlink = z.infer<typeof NoteLink>;

const summaries = (store: Store) =>
  store.qb
    .selectFrom('note')
    .select(['id', 'title', 'tags', 'projectId', 'pinned', 'createdAt', 'updatedAt', 'deletedAt', 'runId', 'revision'])
    .select(sql<string>`substr(note.text, 1, 500)`.as('text'));

const summarise = ({ text, ...note }: Note): NoteSummary => ({ ...note, excerpt: excerptOf(text, note.title) });

export interface NoteFilter {
  readonly projectId?: string | undefined;
  readonly tag?: string | undefined;
  readonly trash?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Pinned ones first, then what was changed last; the trash by when it was removed. */
export const listNotes = (store: Store, { projectId, tag, trash = false, limit }: NoteFilter): NoteSummary[] => {
  let query = summaries(store).where('deletedAt', trash ? 'is not' : 'is', null);
  if (projectId !== undefined) query = query.where('projectId', '=', projectId);
  if (tag !== undefined) {
    query = query.where((eb) =>
      eb(
        'id',
        'in',
        eb.selectFrom('tag').select('entityId').where('kind', '=', 'note').where('tag', '=', tag.toLowerCase()),
      ),
    );
  }
  const ordered = trash
    ? query.orderBy('deletedAt', 'desc')
    : query.orderBy('pinned', 'desc').orderBy('updatedAt', 'desc');
  const listed = ordered.orderBy('id', 'desc');
  return store
    .all(limit === undefined ? listed : listed.limit(limit))
    .map((row) => summarise(store.decode('note', row)));
};

/** The note with that title, letter case aside; of several, the one changed last. */
export const resolveLink = (store: Store, title: string): NoteSummary | null => {
  const wanted = linkTarget(title.split(/[|#]/)[0] ?? '');
  if (wanted === '') return null;
  const live = () => summaries(store).where('deletedAt', 'is', null).orderBy('updatedAt', 'desc');
  // SQLite compares letters without case only within ASCII.
  const candidates = /^[\x20-\x7e]*$/.test(wanted)
    ? store.all(live().where(sql<boolean>`title = ${wanted} collate nocase`))
    : store.all(
        store.qb.selectFrom('note').select(['id', 'title']).where('deletedAt', 'is', null).orderBy('updatedAt', 'desc'),
      );
  const match = candidates.find((row) => linkTarget(row.title) === wanted);
  const row = match && store.first(summaries(store).where('id', '=', match.id));
  return row ? summarise(store.decode('note', row)) : null;
};

/** More lines than these nobody reads in a list. */
const MOST_BACKLINKS = 500;

/** Lines of other notes that link to this one, those of the note that was changed last first. @throws AppError `NOT_FOUND` */
export const backlinksOf = (store: Store, id: string): Backlink[] => {
  const note = existing(store, 'note', id);
  const links = store.all(
    store.qb
      .selectFrom('link')
      .innerJoin('note', 'note.id', 'link.noteId')
      .select(['link.noteId', 'link.line', 'note.title'])
      .where('link.target', '=', linkTarget(note.title))
      .where('note.deletedAt', 'is', null)
      .where('note.id', '<>', id)
      .orderBy('note.updatedAt', 'desc')
      .orderBy('link.noteId')
      .orderBy('link.line')
      .limit(MOST_BACKLINKS),
  );
  // Each text once: a long note may link here from thousands of lines.
  return [...Map.groupBy(links, ({ noteId }) => noteId)].flatMap(([noteId, ofNote]) => {
    const text = store.first(store.qb.selectFrom('note').select('text').where('id', '=', noteId))?.text ?? '';
    const lines = text.split('\n');
    return ofNote.map((link) => ({ ...link, excerpt: lineExcerpt(lines, link.line) }));
  });
};
