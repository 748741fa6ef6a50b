import type { Clock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { Schema, Store } from '../storage/index.ts';

export type ResponseRow = Schema['response'];

/** As at OpenAI: https://platform.openai.com/docs/guides/conversation-state */
const keptMillis = 30 * 24 * 60 * 60 * 1_000;

/** Responses that programs asked to store. They are kept for 30 days; items of conversations for as long as these. */
export interface Responses {
  /** Adds it, or replaces what stood there. */
  put(row: ResponseRow): void;
  get(id: string): ResponseRow | undefined;
  /** @throws AppError `NOT_FOUND` */
  remove(id: string): void;
}

export const createResponses = ({
  store,
  clock,
}: {
  readonly store: () => Store;
  readonly clock: Clock;
}): Responses => {
  const qb = () => store().qb;
  return {
    put(row) {
      store().write((tx) => {
        tx.run(
          qb()
            .deleteFrom('response')
            .where('createdAt', '<', clock.now() - keptMillis),
        );
        tx.run(qb().replaceInto('response').values(row));
      });
    },
    get: (id) => store().first(qb().selectFrom('response').selectAll().where('id', '=', id)),
    remove(id) {
      const removed = store().write((tx) => tx.run(qb().deleteFrom('response').where('id', '=', id)));
      if (removed === 0) throw new AppError('NOT_FOUND', 'There is no response of this id. It may have been deleted.');
    },
  };
};
