import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { defineTool, type Tool } from '../types.ts';

export const FoundNote = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  /** Whether there is more of the text. */
  truncated: z.boolean(),
  updatedAt: z.number(),
  /** An agent made it, whoever edited it since. */
  byAgent: z.boolean(),
});

const MOST_TEXT = 20_000;

const MOST_SOURCES = 200;

/** As a person is shown them; a label holds no more. */
export const noteSources = (notes: readonly { readonly title: string }[]): string[] =>
  [...new Set(notes.map(({ title }) => `Note "${title.slice(0, 200)}"`))].slice(0, MOST_SOURCES);

const columns = (store: Store) => store.qb.selectFrom('note').selectAll().where('deletedAt', 'is', null);

const shown = (
  store: Store,
  row: Parameters<typeof store.decode<'note'>>[1],
  most: number,
): z.infer<typeof FoundNote> => {
  const { id, title, text, tags, updatedAt, runId } = store.decode('note', row);
  return {
    id,
    title,
    text: text.slice(0, most),
    tags,
    truncated: text.length > most,
    updatedAt,
    byAgent: runId !== null,
  };
};

export const notesRead: Tool = defineTool({
  name: 'notes.read',
  title: 'Read a note',
  description: 'Reads the text of one note by its id.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({ id: z.string().min(1), maxChars: z.number().int().min(1).max(200_000).default(MOST_TEXT) }),
  output: FoundNote,
  labels: { untrusted: false, private: true },
  labelsOf: ({ byAgent }) => ({ untrusted: byAgent, private: true }),
  settings: [],
  missing: () => null,
  sources: (_, note) => noteSources([note]),
  call: async ({ id, maxChars }, { store }) => {
    const row = store().first(columns(store()).where('id', '=', id));
    if (!row) throw new AppError('NOT_FOUND', `There is no note with the id ${id}; it may be in the trash.`);
    return shown(store(), row, maxChars);
  },
});

export const notesList: Tool = defineTool({
  name: 'notes.list',
  title: 'List notes',
  description: 'Lists notes with their titles, tags and texts, those that were changed last first.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({
    /** These notes and no others, in this order. */
    ids: z.array(z.string()).max(1_000).optional(),
    tag: z.string().optional(),
    projectId: z.string().optional(),
    limit: z.number().int().min(1).max(1_000).default(200),
    maxChars: z.number().int().min(1).max(MOST_TEXT).default(4_000),
  }),
  output: z.object({ notes: z.array(FoundNote), more: z.boolean() }),
  labels: { untrusted: false, private: true },
  labelsOf: ({ notes }) => ({ untrusted: notes.some(({ byAgent }) => byAgent), private: true }),
  settings: [],
  missing: () => null,
  sources: (_, { notes }) => noteSources(notes),
  call: async ({ ids, tag, projectId, limit, maxChars }, { store }) => {
    let query = columns(store());
    if (ids !== undefined) query = query.where('id', 'in', ids);
    if (projectId !== undefined) query = query.where('projectId', '=', projectId);
    if (tag !== undefined)
      query = query.where((eb) =>
        eb(
          'id',
          'in',
          eb.selectFrom('tag').select('entityId').where('kind', '=', 'note').where('tag', '=', tag.toLowerCase()),
        ),
      );
    const rows = store().all(
      query
        .orderBy('updatedAt', 'desc')
        .orderBy('id')
        .limit(limit + 1),
    );
    const notes = rows.slice(0, limit).map((row) => shown(store(), row, maxChars));
    if (ids !== undefined) notes.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    return { notes, more: rows.length > limit };
  },
});
