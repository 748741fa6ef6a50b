import { z } from 'zod';
import type { Store } from '../storage/index.ts';

const Changes = z.array(
  z.object({
    kind: z.string(),
    id: z.string(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  }),
);

/** What one operation did to one entity: `before` and `after` as in the log. */
export interface LoggedChange extends Readonly<z.infer<typeof Changes>[number]> {
  /** Of the operation. */
  readonly seq: number;
  /** Unix ms. */
  readonly at: number;
}

/** The newest operation of the log; 0 where there is none. */
export const newestOperation = (store: Store): number =>
  store.first(store.qb.selectFrom('operation').select('seq').orderBy('seq', 'desc').limit(1))?.seq ?? 0;

/**
 * What persons and programs did in the operations after `seq`, oldest first. Not what runs did, and what undo and redo did, so that nothing
 * starts itself over.
 */
export const changesAfter = (store: Store, seq: number, by: 'anyone' | 'person'): LoggedChange[] => {
  const operations = store.qb
    .selectFrom('operation')
    .select(['seq', 'at', 'changes'])
    .where('seq', '>', seq)
    .where('runId', 'is', null)
    .where('kind', '=', 'do')
    .orderBy('seq');
  return store
    .all(by === 'person' ? operations.where('actor', '=', 'user') : operations)
    .flatMap(({ changes, ...operation }) =>
      Changes.parse(JSON.parse(changes)).map((change) => ({ ...change, ...operation })),
    );
};
