import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { excerptAround } from '../common/index.ts';
import type { SearchHit } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';

const wordsIn = (text: string): string[] =>
  (
    text
      .toWellFormed()
      .normalize('NFC')
      .match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? []
  ).slice(0, 16);

/** SQLite reads a pattern to its first NUL. */
const like = (text: string): string => `%${text.replaceAll('\0', '\uFFFD').replaceAll(/[\\%_]/g, '\\$&')}%`;
const titled = (query: string): RawBuilder<SqlBool> => sql`thread.title like ${like(query.trim())} escape '\\'`;
/** Messages that hold all of the words; the last may be half written. */
const matchOf = (words: readonly string[]): string => `${words.map((word) => `"${word}"`).join(' ')}*`;

/** Threads whose title holds the text, or one of whose messages holds all of its words. Any text is a query. */
export const matching = (query: string): RawBuilder<SqlBool> => {
  const words = wordsIn(query);
  if (words.length === 0) return titled(query);
  return sql<SqlBool>`(${titled(query)} or thread.id in (
    select threadItem.threadId from threadSearch join threadItem on threadItem.docId = threadSearch.rowid
    where threadSearch match ${matchOf(words)}
  ))`;
};

/** So many of the newest messages that hold the words are looked at: those of programs are among them. */
const LOOKED_AT = 20_000;

/**
 * Chats of a person, each once: those whose title holds the text, then those in which it was said, with the newest message that has all of
 * its words; the newest first. Chats have no tags: a query for one finds none.
 */
export const searchThreads = (store: Store, query: string, limit: number): SearchHit[] => {
  const words = wordsIn(query);
  if (words.length === 0 || /(?:^|\s)#[\p{L}\p{N}]/u.test(query)) return [];
  const shown = sql<SqlBool>`thread.origin = 'user' and thread.deletedAt is null`;
  const byTitle = store.all(
    sql<{ id: string; title: string }>`
      select id, title from thread where ${shown} and ${titled(query)} order by updatedAt desc limit ${limit}`.compile(
      store.qb,
    ),
  );
  const said = store.all(
    sql<{ id: string; title: string; messageId: string; text: string }>`
      with found as (select rowid as docId from threadSearch where threadSearch match ${matchOf(words)} order by rowid desc limit ${LOOKED_AT}),
        newest as (
          select max(found.docId) as docId from found join threadItem on threadItem.docId = found.docId
          join thread on thread.id = threadItem.threadId
          where ${shown} and threadItem.role in ('user', 'assistant') group by threadItem.threadId
        )
      select thread.id, thread.title, threadItem.id as messageId, threadItem.text
      from newest join threadItem on threadItem.docId = newest.docId join thread on thread.id = threadItem.threadId
      order by newest.docId desc limit ${limit}`.compile(store.qb),
  );
  const hits = new Map<string, SearchHit>();
  for (const { id, title } of byTitle) hits.set(id, { kind: 'chat', id, title, excerpt: '', score: 0 });
  for (const { id, title, messageId, text } of said)
    hits.set(id, { kind: 'chat', id, title, messageId, excerpt: excerptAround(text, words), score: 0 });
  return [...hits.values()].slice(0, limit);
};
