import { sql } from 'kysely';
import { type Clock, newId } from '../common/index.ts';
import { AppError, type Thread, type ThreadDetail, type ThreadMessage } from '../contract/index.ts';
import type { PlainTx, Store } from '../storage/index.ts';
import { isShown, type ItemRow, messageOf, messagesOf, threadOf, type ThreadRow } from './rows.ts';
import { matching } from './search.ts';

export type NewItem = Pick<ItemRow, 'type' | 'role' | 'text'> & Partial<Omit<ItemRow, 'docId' | 'threadId' | 'seq'>>;
export type NewThread = Partial<Omit<ThreadRow, 'id' | 'createdAt' | 'updatedAt' | 'deletedAt'>>;

/** What changes about an answer while it is written and when it ends. */
export type ItemPatch = Partial<
  Pick<ItemRow, 'text' | 'reasoning' | 'state' | 'error' | 'modelId' | 'place' | 'usage' | 'droppedMessages'>
>;

/** Threads and their items in the database. Not part of a person's undo history: an answer can't be taken back, and there is a trash. */
export interface ThreadBook {
  create(thread: NewThread): Thread;
  /** @throws AppError `NOT_FOUND`; also where it is in the trash, unless `trash` */
  get(id: string, options?: { trash?: boolean }): Thread;
  row(id: string): ThreadRow | undefined;
  detail(id: string): ThreadDetail;
  list(options: { query?: string; trash?: boolean; limit: number }): Thread[];
  update(id: string, patch: Partial<Omit<ThreadRow, 'id'>>): Thread;
  /** For good, with its items. */
  erase(id: string): void;
  /** All items of all branches, parents first; or the one. */
  items(threadId: string, itemId?: string): ItemRow[];
  /** @throws AppError `NOT_FOUND` */
  item(id: string): ItemRow;
  /** The message as a person sees it. */
  message(id: string): ThreadMessage;
  /** From the first item down to `leafId`. */
  branch(threadId: string, leafId: string | null): ItemRow[];
  /** The newest end of the branches that run through the item. */
  newestEnd(threadId: string, itemId: string): string;
  /** Adds items one after the other under `parentId`, shows the last one, and changes the thread with it. */
  append(threadId: string, parentId: string | null, items: readonly NewItem[], patch?: Partial<NewThread>): ItemRow[];
  /** False where it is gone. */
  change(id: string, patch: ItemPatch): boolean;
  /** Takes an item out; what hung on it hangs on its parent then. */
  takeOut(id: string): void;
  /** Ids of items that were being written when the node ended. */
  unfinished(): string[];
}

const gone = () =>
  new AppError('NOT_FOUND', 'This conversation does not exist any more. Open Chat to see which there are.');
const inTrash = () =>
  new AppError('NOT_FOUND', 'This conversation is in the trash. Restore it first.', { data: { trash: true } });

export const createThreadBook = (components: { readonly store: () => Store; readonly clock: Clock }): ThreadBook => {
  const { store, clock } = components;
  const qb = () => store().qb;

  const row = (id: string) => store().first(qb().selectFrom('thread').selectAll().where('id', '=', id));
  const existing = (id: string): ThreadRow => {
    const found = row(id);
    if (!found) throw gone();
    return found;
  };
  const items = (threadId: string, itemId?: string): ItemRow[] => {
    const all = qb().selectFrom('threadItem').selectAll().where('threadId', '=', threadId).orderBy('seq');
    return store().all(itemId === undefined ? all : all.where('id', '=', itemId));
  };
  const item = (id: string): ItemRow => {
    const found = store().first(qb().selectFrom('threadItem').selectAll().where('id', '=', id));
    if (!found) throw new AppError('NOT_FOUND', 'This message does not exist any more. Open the conversation again.');
    return found;
  };
  const update = (tx: PlainTx, id: string, patch: Partial<Omit<ThreadRow, 'id'>>) =>
    tx.run(
      qb()
        .updateTable('thread')
        .set({ updatedAt: clock.now(), ...patch })
        .where('id', '=', id),
    );
  const index = (tx: PlainTx, { docId, type, text }: ItemRow) => {
    if (type !== 'message' || text === '') return;
    tx.run(sql`insert into threadSearch (rowid, text) values (${docId}, ${text})`.compile(qb()));
  };
  const unindex = (tx: PlainTx, docId: number) => tx.run(qb().deleteFrom('threadSearch').where('rowid', '=', docId));

  return {
    create(thread) {
      const now = clock.now();
      const values: ThreadRow = {
        id: newId(),
        title: '',
        origin: 'user',
        systemPrompt: '',
        modelId: null,
        params: '{}',
        metadata: '{}',
        leafId: null,
        ...thread,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      };
      store().write((tx) => tx.run(qb().insertInto('thread').values(values)));
      return threadOf(values);
    },

    get(id, { trash = false } = {}) {
      const thread = threadOf(existing(id));
      if (thread.deletedAt !== null && !trash) throw inTrash();
      return thread;
    },

    row,

    detail: (id) => ({ ...threadOf(existing(id)), messages: messagesOf(items(id)) }),

    list({ query = '', trash = false, limit }) {
      const threads = qb()
        .selectFrom('thread')
        .selectAll()
        .where('deletedAt', trash ? 'is not' : 'is', null)
        .orderBy('updatedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit);
      const found = query.trim() === '' ? threads : threads.where(matching(query));
      return store().all(found).map(threadOf);
    },

    update(id, patch) {
      existing(id);
      store().write((tx) => update(tx, id, patch));
      return threadOf(existing(id));
    },

    erase(id) {
      store().write((tx) => {
        for (const { docId } of items(id)) unindex(tx, docId);
        tx.run(qb().deleteFrom('threadItem').where('threadId', '=', id));
        tx.run(qb().deleteFrom('thread').where('id', '=', id));
      });
    },

    items,
    item,

    message: (id) => {
      const found = item(id);
      // What it shows of others ends with the message before it.
      const rows = [found];
      for (let at = found.parentId; at !== null; ) {
        const above = item(at);
        rows.unshift(above);
        at = isShown(above) ? null : above.parentId;
      }
      return messagesOf(rows).find((message) => message.id === id) ?? messageOf(found, found.parentId);
    },

    branch(threadId, leafId) {
      const byId = new Map(items(threadId).map((entry) => [entry.id, entry]));
      const branch: ItemRow[] = [];
      for (let at = leafId; at !== null; ) {
        const entry = byId.get(at);
        if (!entry)
          throw new AppError('NOT_FOUND', 'This message is not part of the conversation. Open the conversation again.');
        branch.unshift(entry);
        at = entry.parentId;
      }
      return branch;
    },

    newestEnd(threadId, itemId) {
      const newest = new Map<string, string>();
      for (const { id, parentId } of items(threadId)) if (parentId !== null) newest.set(parentId, id);
      let end = itemId;
      for (let next = newest.get(end); next !== undefined; next = newest.get(end)) end = next;
      return end;
    },

    append(threadId, parentId, added, patch = {}) {
      return store().write((tx) => {
        const last = tx.first(
          qb()
            .selectFrom('threadItem')
            .select((eb) => eb.fn.max<number | null>('seq').as('seq'))
            .where('threadId', '=', threadId),
        );
        let seq = last?.seq ?? -1;
        let parent = parentId;
        const rows = added.map((entry) => {
          seq += 1;
          const inserted = tx.first(
            qb()
              .insertInto('threadItem')
              .values({
                id: newId(),
                reasoning: null,
                attachments: '[]',
                item: null,
                state: 'done',
                error: null,
                modelId: null,
                place: null,
                usage: null,
                droppedMessages: 0,
                createdAt: clock.now(),
                ...entry,
                threadId,
                seq,
                parentId: parent,
              })
              .returningAll(),
          );
          if (!inserted) throw new Error('an inserted row answered with nothing');
          index(tx, inserted);
          parent = inserted.id;
          return inserted;
        });
        update(tx, threadId, { ...patch, leafId: parent });
        return rows;
      });
    },

    change(id, patch) {
      return store().write((tx) => {
        const changed = tx.first(qb().updateTable('threadItem').set(patch).where('id', '=', id).returningAll());
        if (changed && changed.state !== 'writing') {
          unindex(tx, changed.docId);
          index(tx, changed);
        }
        return changed !== undefined;
      });
    },

    takeOut(id) {
      const { threadId, parentId, docId } = item(id);
      store().write((tx) => {
        unindex(tx, docId);
        tx.run(qb().updateTable('threadItem').set({ parentId }).where('parentId', '=', id));
        tx.run(qb().deleteFrom('threadItem').where('id', '=', id));
        update(tx, threadId, existing(threadId).leafId === id ? { leafId: parentId } : {});
      });
    },

    unfinished: () =>
      store()
        .all(qb().selectFrom('threadItem').select('id').where('state', '=', 'writing'))
        .map(({ id }) => id),
  };
};
