import { z } from 'zod';
import { excerptAround } from '../../common/index.ts';
import { type SearchHit, TaskStatus } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { searchThreads } from '../../threads/index.ts';
import { search } from '../../workspace/index.ts';
import { defineTool, type Tool } from '../types.ts';
import { wordsOf } from './passages.ts';

const Kind = z.enum(['task', 'note', 'project', 'chat']);

const MOST_WORDS = 12;
/** Words that say nothing alone. */
const SHORTEST = 3;

const found = (store: Store, query: string, limit: number): SearchHit[] => [
  ...search(store, query, limit),
  ...searchThreads(store, query, limit),
];

/** What holds all of the words; where nothing does, what holds most of them. */
const hitsOf = (store: Store, query: string, limit: number): SearchHit[] => {
  const all = found(store, query, limit);
  const words = [...new Set(wordsOf(query))].filter(({ length }) => length >= SHORTEST).slice(0, MOST_WORDS);
  if (all.length > 0 || words.length < 2) return all;
  const byKey = new Map<string, { hit: SearchHit; words: number }>();
  for (const word of words)
    for (const hit of found(store, `"${word}"`, limit)) {
      const key = `${hit.kind}:${hit.id}`;
      byKey.set(key, { hit, words: (byKey.get(key)?.words ?? 0) + 1 });
    }
  return [...byKey.values()].toSorted((a, b) => b.words - a.words).map(({ hit }) => hit);
};

interface Body {
  readonly text: string;
  readonly byAgent: boolean;
  readonly status: z.infer<typeof TaskStatus> | null;
  readonly doneAt: number | null;
}

const bodyOf = (store: Store, { kind, id, messageId, excerpt }: SearchHit): Body => {
  if (kind === 'chat') {
    const message = store.first(
      store.qb
        .selectFrom('threadItem')
        .select(['text', 'role'])
        .where('id', '=', messageId ?? ''),
    );
    // What a model wrote there may obey what it was shown.
    const byAgent = message !== undefined && message.role !== 'user';
    return { text: message?.text ?? excerpt, byAgent, status: null, doneAt: null };
  }
  if (kind === 'note') {
    const note = store.get('note', id);
    return { text: note?.text ?? '', byAgent: (note?.runId ?? null) !== null, status: null, doneAt: null };
  }
  if (kind === 'task') {
    const task = store.get('task', id);
    return {
      text: task?.notes ?? '',
      byAgent: (task?.runId ?? null) !== null,
      status: task?.status ?? null,
      doneAt: task?.completedAt ?? null,
    };
  }
  const project = store.get('project', id);
  return { text: project?.notes ?? '', byAgent: (project?.runId ?? null) !== null, status: null, doneAt: null };
};

export const workspaceSearch: Tool = defineTool({
  name: 'workspace.search',
  title: 'Search the workspace',
  description: 'Finds tasks, notes, projects and chats that hold the words.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({
    query: z.string().min(1).max(2_000),
    kinds: z.array(Kind).min(1).max(4).optional(),
    limit: z.number().int().min(1).max(100).default(10),
    /** Of the text of each. */
    maxChars: z.number().int().min(0).max(20_000).default(2_000),
  }),
  output: z.object({
    items: z.array(
      z.object({
        kind: Kind,
        id: z.string(),
        title: z.string(),
        excerpt: z.string(),
        text: z.string(),
        byAgent: z.boolean(),
        /** Of a task; null of anything else. */
        status: TaskStatus.nullable(),
        doneAt: z.number().nullable(),
      }),
    ),
  }),
  labels: { untrusted: false, private: true },
  labelsOf: ({ items }) => ({ untrusted: items.some(({ byAgent }) => byAgent), private: true }),
  settings: [],
  missing: () => null,
  sources: (_, { items }) =>
    items.map(({ kind, title }) => `${kind[0]?.toUpperCase()}${kind.slice(1)} "${title.slice(0, 200)}"`),
  call: async ({ query, kinds, limit, maxChars }, { store }) => {
    const hits = hitsOf(store(), query, kinds === undefined ? limit : 100).filter(
      ({ kind }) => kinds?.includes(kind) ?? true,
    );
    const words = wordsOf(query);
    return {
      items: hits.slice(0, limit).map((hit) => {
        const { text, ...about } = bodyOf(store(), hit);
        return {
          kind: hit.kind,
          id: hit.id,
          title: hit.title,
          excerpt: (hit.excerpt === '' ? excerptAround(text, words) : hit.excerpt).replaceAll(/[\u0002\u0003]/gu, ''),
          text: text.slice(0, maxChars),
          ...about,
        };
      }),
    };
  },
});
