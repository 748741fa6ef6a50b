import { z } from 'zod';
import type { Threads } from '../../threads/index.ts';
import type { StoredCompletions } from './chat.ts';
import { badField, parseInput } from './input.ts';
import { listOf, Metadata, pageOf, pagingOf } from './lists.ts';
import type { Route } from './route.ts';

type CompletionRow = ReturnType<Threads['completions']['get']>;

const Asked = z.object({ messages: z.array(z.looseObject({})), metadata: Metadata.nullish() });
const UpdateBody = z.strictObject({ metadata: Metadata.nullable() });

const shown = ({ body, metadata }: CompletionRow): object => ({
  ...JSON.parse(body),
  metadata: JSON.parse(metadata),
});

/** `metadata[topic]=trips` of a list's address. */
const metadataOf = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...query].flatMap(([name, value]) => {
      const key = /^metadata\[(.{1,64})\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value] as const];
    }),
  );

/** Chats that were to be kept (`store: true`), and the addresses where they are read. */
export const createStoredCompletions = ({
  completions,
}: Pick<Threads, 'completions'>): StoredCompletions & { readonly routes: readonly Route[] } => ({
  keep(request, completion) {
    const parsed = Asked.safeParse(request);
    if (!parsed.success) throw badField('metadata', 'must be up to 16 pairs of strings');
    const { messages, metadata } = parsed.data;
    completions.put({
      id: completion.id,
      model: completion.model,
      metadata: JSON.stringify(metadata ?? {}),
      messages: JSON.stringify(messages),
      body: JSON.stringify(completion),
    });
  },

  routes: [
    {
      method: 'GET',
      pattern: '/v1/chat/completions',
      async handle({ query }) {
        const { limit, order, after } = pagingOf(query, 'asc');
        const model = query.get('model');
        const { rows, hasMore } = completions.list({
          metadata: metadataOf(query),
          order,
          limit,
          ...(model === null ? {} : { model }),
          ...(after === undefined ? {} : { after }),
        });
        return {
          json: listOf(
            rows.map((row) => ({ id: row.id, ...shown(row) })),
            hasMore,
          ),
        };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/chat/completions/:id',
      handle: async ({ params: { id = '' } }) => ({ json: shown(completions.get(id)) }),
    },
    {
      method: 'GET',
      pattern: '/v1/chat/completions/:id/messages',
      async handle({ params: { id = '' }, query }) {
        const messages: object[] = JSON.parse(completions.get(id).messages);
        return {
          json: pageOf(
            messages.map((message, index) => ({ id: `${id}-${index}`, ...message })),
            pagingOf(query, 'asc'),
          ),
        };
      },
    },
    {
      method: 'POST',
      pattern: '/v1/chat/completions/:id',
      async handle(request) {
        const { metadata } = parseInput(UpdateBody, await request.json());
        return { json: shown(completions.update(request.params['id'] ?? '', metadata ?? {})) };
      },
    },
    {
      method: 'DELETE',
      pattern: '/v1/chat/completions/:id',
      async handle({ params: { id = '' } }) {
        completions.remove(id);
        return { json: { id, object: 'chat.completion.deleted', deleted: true } };
      },
    },
  ],
});
