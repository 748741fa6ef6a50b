import { type RawBuilder, sql, type SqlBool } from 'kysely';

const wordsIn = (text: string): string[] =>
  (
    text
      .toWellFormed()
      .normalize('NFC')
      .match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? []
  ).slice(0, 16);

/** SQLite reads a pattern to its first NUL. */
const like = (text: string): string => `%${text.replaceAll('\0', '\uFFFD').replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Threads whose title holds the text, or one of whose messages holds all of its words; the last may be half written. Any text is a query. */
export const matching = (query: string): RawBuilder<SqlBool> => {
  const titled = sql<SqlBool>`thread.title like ${like(query.trim())} escape '\\'`;
  const words = wordsIn(query);
  if (words.length === 0) return titled;
  const match = `${words.map((word) => `"${word}"`).join(' ')}*`;
  return sql<SqlBool>`(${titled} or thread.id in (
    select threadItem.threadId from threadSearch join threadItem on threadItem.docId = threadSearch.rowid
    where threadSearch match ${match}
  ))`;
};
