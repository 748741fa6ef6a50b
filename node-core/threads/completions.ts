import type { Clock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { Schema, Store } from '../storage/index.ts';

export type CompletionRow = Schema['completion'];

export interface CompletionQuery {
  readonly model?: string;
  /** Pairs that a completion's metadata must hold. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly order: 'asc' | 'desc';
  /** Id of the completion before the first one wanted. */
  readonly after?: string;
  readonly limit: number;
}

/** Chat completions that programs asked to store; kept until they are deleted. */
export interface Completions {
  put(row: Omit<CompletionRow, 'createdAt'>): void;
  /** @throws AppError `NOT_FOUND` */
  get(id: string): CompletionRow;
  list(query: CompletionQuery): { readonly rows: CompletionRow[]; readonly hasMore: boolean };
  update(id: string, metadata: Readonly<Record<string, string>>): CompletionRow;
  remove(id: string): void;
}

export const createCompletions = ({
  store,
  clock,
}: {
  readonly store: () => Store;
  readonly clock: Clock;
}): Completions => {
  const qb = () => store().qb;
  const row = (id: string): CompletionRow | undefined =>
    store().first(qb().selectFrom('completion').selectAll().where('id', '=', id));
  const get = (id: string): CompletionRow => {
    const found = row(id);
    if (!found)
      throw new AppError('NOT_FOUND', 'There is no stored completion of this id. Send "store": true with the request.');
    return found;
  };

  return {
    put: (values) =>
      void store().write((tx) =>
        tx.run(
          qb()
            .insertInto('completion')
            .values({ ...values, createdAt: clock.now() }),
        ),
      ),
    get,
    list({ model, metadata, order, after, limit }) {
      let query = qb().selectFrom('completion').selectAll().orderBy('createdAt', order).orderBy('id', order);
      if (model !== undefined) query = query.where('model', '=', model);
      if (after !== undefined) {
        const last = row(after);
        if (!last)
          throw new AppError('BAD_REQUEST', '"after" is not usable: there is no such completion in this list.', {
            data: { param: 'after' },
          });
        const beyond = order === 'asc' ? '>' : '<';
        query = query.where((eb) =>
          eb.or([
            eb('createdAt', beyond, last.createdAt),
            eb.and([eb('createdAt', '=', last.createdAt), eb('id', beyond, last.id)]),
          ]),
        );
      }
      for (const [key, value] of Object.entries(metadata)) {
        query = query.where((eb) =>
          eb(eb.fn('json_extract', ['metadata', eb.val(`$.${JSON.stringify(key)}`)]), '=', value),
        );
      }
      const rows = store().all(query.limit(limit + 1));
      return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
    },
    update(id, metadata) {
      get(id);
      const text = JSON.stringify(metadata);
      store().write((tx) => tx.run(qb().updateTable('completion').set({ metadata: text }).where('id', '=', id)));
      return get(id);
    },
    remove(id) {
      get(id);
      store().write((tx) => tx.run(qb().deleteFrom('completion').where('id', '=', id)));
    },
  };
};
