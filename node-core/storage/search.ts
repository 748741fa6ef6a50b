import { sql } from 'kysely';
import type { SearchHit } from '../contract/index.ts';
import type { EncryptedDatabase } from './database.ts';

/** Words of a person's query; FTS5's own syntax has no meaning in it. */
const words = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, 16) ?? [];

/** Every word must occur, each as a prefix; best match first, titles count eightfold. */
export const searchText = (db: EncryptedDatabase, text: string, limit: number): SearchHit[] => {
  const terms = words(text).map((word) => `"${word}"*`);
  if (terms.length === 0) return [];
  const query = sql<SearchHit>`
    select kind, id, title, snippet(search, 3, char(2), char(3), '…', 16) as excerpt, -rank as score
    from search where search match ${terms.join(' ')} order by rank limit ${limit}`;
  return db.all(query.compile(db.qb));
};
