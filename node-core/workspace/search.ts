import { sql, type SqlBool } from 'kysely';
import { excerptAround } from '../common/index.ts';
import type { SearchHit } from '../contract/workspace.ts';
import type { Store } from '../storage/index.ts';
import { isTagName, normaliseTag, tagPattern } from './tag-names.ts';

export interface SearchTerms {
  /** An FTS5 expression of quoted words only, so that nothing a person types is syntax; empty without words. */
  readonly match: string;
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

const LONGEST = 16;
/** What `unicode61` cuts text into. */
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
const quote = (word: string): string => `"${word}"`;

/** `launch "press release" #marketing plan`: words, a phrase, a tag, and a last word that may be half written. */
export const readQuery = (query: string): SearchTerms => {
  const text = query.toWellFormed().normalize('NFC').replaceAll('\0', ' ');
  const tags: string[] = [];
  const untagged = text.replace(tagPattern, (all, name: string) => {
    if (!isTagName(name)) return all;
    tags.push(normaliseTag(name));
    return ' ';
  });
  const parts: string[] = [];
  const words: string[] = [];
  const pieces = untagged.split(/["“”]/);
  pieces.forEach((piece, index) => {
    const found = wordsIn(piece).slice(0, LONGEST - words.length);
    words.push(...found);
    if (index % 2 === 1 && index < pieces.length - 1) {
      if (found.length > 0) parts.push(quote(found.join(' ')));
      return;
    }
    const half = index === pieces.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(piece.trimEnd());
    // One letter of a word says nothing yet, and there is no index for it.
    const tooShort = half && /^[a-z]$/i.test(found.at(-1) ?? '');
    if (tooShort && words.length > 1) found.pop();
    const last = half && !tooShort;
    parts.push(...found.map((word, at) => quote(word) + (last && at === found.length - 1 ? '*' : '')));
  });
  return { match: parts.join(' '), words, tags };
};

const tagged = (tags: readonly string[]) =>
  sql.join(
    [
      sql<SqlBool>`1`,
      ...tags.map(
        (tag) =>
          sql<SqlBool>`exists (select 1 from tag where tag.tag = ${tag} and tag.kind = search.kind and tag.entityId = search.id)`,
      ),
    ],
    sql` and `,
  );

/** Above this many matches their order by rank would cost more than it tells: titles first then, the newest before the others. */
const RANKED = 4_000;
/** Above this many texts nobody waits for a look inside of every word. */
const SCANNED = 20_000;

const hitsOf = (
  store: Store,
  match: string,
  tags: readonly string[],
  limit: number,
  order: 'rank' | 'newest',
): SearchHit[] =>
  store.all(
    sql<SearchHit>`
      select kind, id, title, snippet(search, 3, char(2), char(3), '…', 16) as excerpt, ${sql.raw(order === 'rank' ? '-rank' : '0')} as score
      from search where search match ${match} and ${tagged(tags)} order by ${sql.raw(order === 'rank' ? 'rank' : 'rowid desc')} limit ${limit}`.compile(
      store.qb,
    ),
  );

const isBroad = (store: Store, match: string): boolean => {
  const counted = sql<{
    count: number;
  }>`select count(*) as count from (select 1 from search where search match ${match} limit ${RANKED})`;
  return (store.first(counted.compile(store.qb))?.count ?? 0) >= RANKED;
};

const merged = (first: readonly SearchHit[], others: readonly SearchHit[], limit: number): SearchHit[] => {
  const known = new Set(first.map(({ kind, id }) => `${kind}:${id}`));
  return [...first, ...others.filter(({ kind, id }) => !known.has(`${kind}:${id}`))].slice(0, limit);
};

const byWords = (store: Store, { match, tags }: SearchTerms, limit: number): SearchHit[] => {
  if (!isBroad(store, match)) return hitsOf(store, match, tags, limit, 'rank');
  const inTitles = hitsOf(store, `title : (${match})`, tags, limit, 'newest');
  return inTitles.length >= limit ? inTitles : merged(inTitles, hitsOf(store, match, tags, limit, 'newest'), limit);
};

const byTag = (store: Store, { tags }: SearchTerms, limit: number): SearchHit[] =>
  store.all(
    sql<SearchHit>`
      select search.kind, search.id, search.title, substr(search.body, 1, 160) as excerpt, 0 as score
      from tag join searchDoc on searchDoc.kind = tag.kind and searchDoc.entityId = tag.entityId join search on search.rowid = searchDoc.docId
      where tag.tag = ${tags[0] ?? ''} and ${tagged(tags.slice(1))} order by search.rowid desc limit ${limit}`.compile(
      store.qb,
    ),
  );

const escapeLike = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The tokeniser takes a run of Chinese or Japanese for one word, and knows nothing inside of words. */
const inside = (store: Store, { words, tags }: SearchTerms, limit: number): SearchHit[] => {
  const holds = words.map((word) => {
    const pattern = `%${escapeLike(word)}%`;
    return sql<SqlBool>`(search.title like ${pattern} escape '\\' or search.body like ${pattern} escape '\\')`;
  });
  const rows = store.all(
    sql<{ kind: SearchHit['kind']; id: string; title: string; body: string }>`
      select kind, id, title, body from search where ${sql.join(holds, sql` and `)} and ${tagged(tags)} limit ${limit}`.compile(
      store.qb,
    ),
  );
  return rows.map(({ kind, id, title, body }) => ({
    kind,
    id,
    title,
    excerpt: excerptAround(body, words),
    score: 0,
  }));
};

/** Tasks, notes and projects that are not in the trash, best first; titles count eightfold. Any text is a query. */
export const search = (store: Store, query: string, limit: number): SearchHit[] => {
  const terms = readQuery(query);
  if (terms.words.length === 0) return terms.tags.length === 0 ? [] : byTag(store, terms, limit);
  const hits = byWords(store, terms, limit);
  const runs = terms.words.some((word) => unspaced.test(word));
  if (hits.length >= limit || (hits.length > 0 && !runs)) return hits;
  const size =
    store.first(store.qb.selectFrom('searchDoc').select(sql<number | null>`max(docId)`.as('size')))?.size ?? 0;
  return runs || size <= SCANNED ? merged(hits, inside(store, terms, limit), limit) : hits;
};

/** Every tag in use, the most used first. */
export const listTags = (store: Store): { tag: string; count: number }[] =>
  store.all(
    store.qb
      .selectFrom('tag')
      .select(['tag', sql<number>`count(*)`.as('count')])
      .groupBy('tag')
      .orderBy('count', 'desc')
      .orderBy('tag'),
  );
