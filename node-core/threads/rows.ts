import { z } from 'zod';
import { type Thread, ThreadAttachment, ThreadMessage, ThreadParams } from '../contract/index.ts';
import type { Schema } from '../storage/index.ts';

export type ItemRow = Omit<Schema['threadItem'], 'docId'> & { readonly docId: number };
export type Attached = ThreadMessage['attachments'][number];
export type ThreadRow = Schema['thread'];

const Attachments = z.array(ThreadAttachment);
const Usage = ThreadMessage.shape.usage.unwrap();
const ErrorOfMessage = ThreadMessage.shape.error.unwrap();

export const threadOf = (row: ThreadRow): Thread => ({
  id: row.id,
  title: row.title,
  origin: row.origin,
  systemPrompt: row.systemPrompt,
  modelId: row.modelId,
  params: ThreadParams.parse(JSON.parse(row.params)),
  leafId: row.leafId,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  deletedAt: row.deletedAt,
});

export const attachmentsOf = (row: Pick<ItemRow, 'attachments'>): Attached[] =>
  row.attachments === '[]' ? [] : Attachments.parse(JSON.parse(row.attachments));

/** Whether a person sees the item as a message. */
export const isShown = (row: Pick<ItemRow, 'type' | 'role'>): boolean =>
  row.type === 'message' && (row.role === 'user' || row.role === 'assistant');

/** A message as a person sees it; `parentId` is the nearest message above that is one. */
export const messageOf = (row: ItemRow, parentId: string | null): ThreadMessage => ({
  id: row.id,
  threadId: row.threadId,
  parentId,
  role: row.role === 'assistant' ? 'assistant' : 'user',
  text: row.text,
  reasoning: row.reasoning,
  attachments: attachmentsOf(row),
  state: row.state,
  error: row.error === null ? null : ErrorOfMessage.parse(JSON.parse(row.error)),
  modelId: row.modelId,
  place: row.place,
  usage: row.usage === null ? null : Usage.parse(JSON.parse(row.usage)),
  droppedMessages: row.droppedMessages,
  createdAt: row.createdAt,
});

/** The messages among the items of a thread, parents first. What a model thought before a message of a program belongs to that message. */
export const messagesOf = (items: readonly ItemRow[]): ThreadMessage[] => {
  const byId = new Map(items.map((item) => [item.id, item]));
  const above = (id: string | null): ItemRow | undefined => (id === null ? undefined : byId.get(id));
  const shownAbove = (item: ItemRow): string | null => {
    let at = above(item.parentId);
    while (at && !isShown(at)) at = above(at.parentId);
    return at?.id ?? null;
  };
  const thoughtBefore = (item: ItemRow): string | null => {
    const before = above(item.parentId);
    return item.role === 'assistant' && before?.type === 'reasoning' ? before.reasoning : null;
  };
  return items
    .filter(isShown)
    .map((item) => messageOf({ ...item, reasoning: item.reasoning ?? thoughtBefore(item) }, shownAbove(item)));
};
