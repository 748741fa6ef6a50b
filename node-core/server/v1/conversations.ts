import { z } from 'zod';
import type { Conversation, ConversationItem, ItemToAdd, Threads } from '../../threads/index.ts';
import { badField, parseInput } from './input.ts';
import { innerId, InputItem, itemName, publicId, type ReadFile, readItem, showItem } from './items.ts';
import { Metadata, listOf, pageOf, pagingOf } from './lists.ts';
import type { Route } from './route.ts';

const most = 'at most 20 items at a time';
const CreateBody = z.strictObject({
  items: z.array(InputItem).max(20, most).nullish(),
  metadata: Metadata.nullish(),
});
const UpdateBody = z.strictObject({ metadata: Metadata.nullable() });
const AddBody = z.strictObject({
  items: z.array(InputItem).min(1).max(20, most),
  /** Ours: the item to go on after; `null` begins a branch of its own. Default: the end of the branch that is shown. */
  parent_id: z.string().min(1).nullish(),
});

const itemsOf = (items: readonly InputItem[], readFile: ReadFile): ItemToAdd[] =>
  items.map((given, index) => {
    if (given.type === 'unread')
      throw badField(`items[${index}].type`, `there is no tool here that makes items of type "${given.of}"`);
    const item = readItem(given, `items[${index}]`, readFile);
    if (item.type === 'item_reference') throw badField(`items[${index}].type`, 'send the item itself');
    return { item };
  });

const showConversation = ({ id, metadata, createdAt, leafId }: Conversation) => ({
  id: publicId('conv', id),
  object: 'conversation',
  created_at: Math.floor(createdAt / 1_000),
  metadata,
  leaf_id: leafId,
});

const nameOf = ({ id, item }: ConversationItem): string => itemName(item.type, id);

/** `/v1/conversations`: OpenAI's, and their branches. */
export const conversationRoutes = (
  { conversations }: Pick<Threads, 'conversations'>,
  readFile: ReadFile,
): readonly Route[] => {
  const shown = (conversation: Conversation) => {
    const { leafId } = conversation;
    const leaf = leafId === null ? null : nameOf(conversations.item(conversation.id, leafId));
    return { ...showConversation(conversation), leaf_id: leaf };
  };
  /** With `parent_id`, which is ours: the tree is told by it. */
  const shownOf = (id: string, items: readonly ConversationItem[]) => {
    const byId = new Map(items.map((entry) => [entry.id, entry]));
    return items.map(({ id: itemId, item, parentId, isWriting }) => ({
      ...showItem(itemId, item, isWriting ? 'in_progress' : 'completed'),
      parent_id: parentId === null ? null : nameOf(byId.get(parentId) ?? conversations.item(id, parentId)),
    }));
  };

  return [
    {
      method: 'POST',
      pattern: '/v1/conversations',
      async handle(request) {
        const { items, metadata } = parseInput(CreateBody, (await request.json()) ?? {});
        return { json: shown(conversations.create(metadata ?? {}, itemsOf(items ?? [], readFile))) };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/conversations/:id',
      handle: async ({ params: { id = '' } }) => ({ json: shown(conversations.get(innerId(id))) }),
    },
    {
      method: 'POST',
      pattern: '/v1/conversations/:id',
      async handle(request) {
        const { metadata } = parseInput(UpdateBody, await request.json());
        return { json: shown(conversations.update(innerId(request.params['id'] ?? ''), metadata ?? {})) };
      },
    },
    {
      method: 'DELETE',
      pattern: '/v1/conversations/:id',
      async handle({ params: { id = '' } }) {
        conversations.remove(innerId(id));
        return { json: { id, object: 'conversation.deleted', deleted: true } };
      },
    },
    {
      method: 'POST',
      pattern: '/v1/conversations/:id/items',
      async handle(request) {
        const id = innerId(request.params['id'] ?? '');
        const { items, parent_id: parent } = parseInput(AddBody, await request.json());
        const parentId = parent == null ? parent : innerId(parent);
        const added = conversations.add(id, itemsOf(items, readFile), parentId);
        return { json: listOf(shownOf(id, added), false) };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/conversations/:id/items',
      async handle({ params: { id: name = '' }, query }) {
        const id = innerId(name);
        const leaf = query.get('leaf');
        const wanted =
          leaf === 'all'
            ? conversations.items(id)
            : conversations.branch(id, leaf === null || leaf === '' ? undefined : innerId(leaf));
        const page = pageOf(wanted, pagingOf(query, 'desc'), nameOf);
        return { json: listOf(shownOf(id, page.data), page.has_more) };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/conversations/:id/items/:item',
      async handle({ params: { id: name = '', item = '' } }) {
        const id = innerId(name);
        return { json: shownOf(id, [conversations.item(id, innerId(item))])[0] };
      },
    },
    {
      method: 'DELETE',
      pattern: '/v1/conversations/:id/items/:item',
      async handle({ params: { id: name = '', item = '' } }) {
        const id = innerId(name);
        conversations.removeItem(id, innerId(item));
        return { json: shown(conversations.get(id)) };
      },
    },
  ];
};
