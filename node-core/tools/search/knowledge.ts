import { sql } from 'kysely';
import { z } from 'zod';
import { AppError, isCancellation } from '../../contract/index.ts';
import { defineTool, type Tool } from '../types.ts';
import { reranked } from './meaning.ts';
import { noteSources } from './notes.ts';
import { passagesOf, ranked, wordsOf } from './passages.ts';

/** Notes whose passages are compared; the others hold fewer of the words. */
const CANDIDATES = 100;
const MOST_WORDS = 32;
const BY_WORDS = 'BM25';
/** The best by words, which are read by an embedding model where there is one. */
const RERANKED = 24;
const RERANK_MS = 30_000;

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
    /** `BM25`, or with the name of the embedding model of this machine that was asked too. */
    by: z.string(),
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
  call: async ({ query, limit }, { store, embedder, signal }) => {
    const words = [...new Set(wordsOf(query))].slice(0, MOST_WORDS);
    if (words.length === 0) return { by: BY_WORDS, passages: [] };
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
    const best = ranked(passages, words.join(' '));
    const model = best.length > 1 ? await embedder?.(signal) : null;
    if (!model) return { by: BY_WORDS, passages: best.slice(0, limit) };
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(RERANK_MS)]);
      const both = await reranked(best.slice(0, RERANKED), query, model, within);
      return { by: `${BY_WORDS} and ${model.model}`, passages: [...both, ...best.slice(RERANKED)].slice(0, limit) };
    } catch (error) {
      // A model that can't be loaded, or takes too long, is no reason to find nothing.
      if (signal.aborted || !(error instanceof AppError || isCancellation(error))) throw error;
      return { by: BY_WORDS, passages: best.slice(0, limit) };
    }
  },
});
