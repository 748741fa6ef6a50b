import { sql } from 'kysely';
import { z } from 'zod';
import { defineTool, type Tool } from '../types.ts';
import { noteSources } from './notes.ts';
import { passagesOf, ranked, wordsOf } from './passages.ts';

/** Notes whose passages are compared; the others hold fewer of the words. */
const CANDIDATES = 100;
const MOST_WORDS = 32;

export const knowledgeSearch: Tool = defineTool({
  name: 'knowledge.search',
  title: 'Search knowledge',
  description: 'Finds the passages of your notes that say most about a question.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({
    query: z.string().min(1).max(2_000),
    limit: z.number().int().min(1).max(50).default(8),
  }),
  output: z.object({
    passages: z.array(
      z.object({
        noteId: z.string(),
        title: z.string(),
        heading: z.string(),
        line: z.number().int(),
        text: z.string(),
        score: z.number(),
        byAgent: z.boolean(),
      }),
    ),
  }),
  labels: { untrusted: false, private: true },
  labelsOf: ({ passages }) => ({ untrusted: passages.some(({ byAgent }) => byAgent), private: true }),
  settings: [],
  missing: () => null,
  sources: (_, { passages }) => noteSources(passages),
  call: async ({ query, limit }, { store }) => {
    const words = [...new Set(wordsOf(query))].slice(0, MOST_WORDS);
    if (words.length === 0) return { passages: [] };
    const anyOf = words.map((word) => `"${word}"`).join(' OR ');
    const notes = store().all(
      sql<{ id: string; title: string; text: string; runId: string | null }>`
        select note.id, note.title, note.text, note.runId from search join note on note.id = search.id
        where search match ${anyOf} and search.kind = 'note' order by search.rank limit ${CANDIDATES}`.compile(
        store().qb,
      ),
    );
    const passages = notes.flatMap((note) =>
      passagesOf(note).map((passage) => ({ ...passage, byAgent: note.runId !== null })),
    );
    return { passages: ranked(passages, words.join(' ')).slice(0, limit) };
  },
});
