import { AppError, type Thread } from '../contract/index.ts';
import type { ThreadBook } from './book.ts';
import { itemOf, rowOf } from './item-rows.ts';
import { type Item, textOf } from './items.ts';
import { titleOf } from './prompt.ts';
import type { ItemRow, ThreadRow } from './rows.ts';

export interface Conversation {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Last item of the branch that is shown. */
  readonly leafId: string | null;
}

export interface ConversationItem {
  readonly id: string;
  readonly parentId: string | null;
  readonly item: Item;
  readonly isWriting: boolean;
}

/** A new item; `id` where it has one already. */
export interface ItemToAdd {
  readonly id?: string;
  readonly item: Item;
}

/** Threads that programs make: they see none of a person's own. All throw `NOT_FOUND`, also for what a person put in the trash. */
export interface Conversations {
  create(metadata: Readonly<Record<string, string>>, items: readonly ItemToAdd[]): Conversation;
  get(id: string): Conversation;
  update(id: string, metadata: Readonly<Record<string, string>>): Conversation;
  /** For good. */
  remove(id: string): void;
  /** From the first item to the last of the branch: the one that ends with `leafId`, or the one that is shown. */
  branch(id: string, leafId?: string | null): ConversationItem[];
  /** Of all branches, parents first. */
  items(id: string): ConversationItem[];
  item(id: string, itemId: string): ConversationItem;
  /** After `parentId` (default: the end of the branch that is shown); that branch is shown then. */
  add(id: string, items: readonly ItemToAdd[], parentId?: string | null): ConversationItem[];
  /** What hung on it hangs on its parent then. */
  removeItem(id: string, itemId: string): void;
}

const missing = () =>
  new AppError('NOT_FOUND', 'There is no conversation of this id. It may have been deleted; create a new one.');
const missingItem = () => new AppError('NOT_FOUND', 'There is no item of this id in the conversation. List its items.');

export const createConversations = (components: {
  readonly book: ThreadBook;
  readonly announce: (thread: Thread) => void;
  readonly announceGone: (id: string) => void;
  readonly isWriting: (itemId: string) => boolean;
}): Conversations => {
  const { book, announce, announceGone, isWriting } = components;

  const shown = (row: ItemRow): ConversationItem => ({
    id: row.id,
    parentId: row.parentId,
    item: itemOf(row),
    isWriting: isWriting(row.id),
  });

  const existing = (id: string): ThreadRow => {
    const row = book.row(id);
    if (!row || row.origin !== 'api' || row.deletedAt !== null) throw missing();
    return row;
  };
  const conversation = ({ id, metadata, createdAt, leafId }: ThreadRow): Conversation => ({
    id,
    metadata: JSON.parse(metadata),
    createdAt,
    leafId,
  });
  const itemRow = (id: string, itemId: string): ItemRow => {
    existing(id);
    const row = book.items(id, itemId)[0];
    if (!row) throw missingItem();
    return row;
  };

  const add = (id: string, items: readonly ItemToAdd[], parentId?: string | null): ConversationItem[] => {
    const row = existing(id);
    const parent = parentId === undefined ? row.leafId : parentId;
    if (parent !== null) itemRow(id, parent);
    const question = items.find(({ item }) => item.type === 'message' && item.role === 'user')?.item;
    const title = row.title === '' && question?.type === 'message' ? titleOf(textOf(question.content)) : '';
    const rows = book.append(
      id,
      parent,
      items.map(({ id: itemId, item }) => ({ ...rowOf(item), ...(itemId === undefined ? {} : { id: itemId }) })),
      title === '' ? {} : { title },
    );
    announce(book.get(id));
    return rows.map(shown);
  };

  return {
    create(metadata, items) {
      const { id } = book.create({ origin: 'api', metadata: JSON.stringify(metadata) });
      if (items.length > 0) add(id, items);
      else announce(book.get(id));
      return conversation(existing(id));
    },
    get: (id) => conversation(existing(id)),
    update(id, metadata) {
      existing(id);
      book.update(id, { metadata: JSON.stringify(metadata) });
      return conversation(existing(id));
    },
    remove(id) {
      existing(id);
      book.erase(id);
      announceGone(id);
    },
    branch(id, leafId) {
      const row = existing(id);
      if (leafId) itemRow(id, leafId);
      return book.branch(id, leafId === undefined ? row.leafId : leafId).map(shown);
    },
    items(id) {
      existing(id);
      return book.items(id).map(shown);
    },
    item: (id, itemId) => shown(itemRow(id, itemId)),
    add,
    removeItem(id, itemId) {
      itemRow(id, itemId);
      book.takeOut(itemId);
      announce(book.get(id));
    },
  };
};
