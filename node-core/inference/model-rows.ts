import { z } from 'zod';
import type { Calibration } from '../contract/index.ts';
import { readSetting, type Schema, type Store, writeSetting } from '../storage/index.ts';

export type ModelRow = Schema['model'];
const DEFAULT_KEY = 'defaultModelId';

/** What the vault keeps about models: those a person added, speeds measured here, and which one is the default. */
export const createModelRows = (store: () => Store) => ({
  all(): ModelRow[] {
    const { all, qb } = store();
    return all(qb.selectFrom('model').selectAll().orderBy('addedAt').orderBy('id'));
  },
  add(row: ModelRow): void {
    const { qb, write } = store();
    write((tx) => tx.run(qb.insertInto('model').values(row)));
  },
  remove(id: string): void {
    const { qb, write } = store();
    write((tx) => {
      tx.run(qb.deleteFrom('model').where('id', '=', id));
      tx.run(qb.deleteFrom('calibration').where('modelId', '=', id));
      tx.run(qb.deleteFrom('pinnedModel').where('modelId', '=', id));
    });
  },
  pinned(): Set<string> {
    const { all, qb } = store();
    return new Set(all(qb.selectFrom('pinnedModel').select('modelId')).map(({ modelId }) => modelId));
  },
  pin(modelId: string, pinned: boolean): void {
    const { qb, write } = store();
    write((tx) =>
      pinned
        ? tx.run(
            qb
              .insertInto('pinnedModel')
              .values({ modelId })
              .onConflict((conflict) => conflict.doNothing()),
          )
        : tx.run(qb.deleteFrom('pinnedModel').where('modelId', '=', modelId)),
    );
  },
  calibration(modelId: string, machine: string): Calibration | null {
    const { first, qb } = store();
    const row = first(
      qb.selectFrom('calibration').selectAll().where('modelId', '=', modelId).where('machine', '=', machine),
    );
    if (!row) return null;
    const { decodeThreads, prefillThreads, decodeSpeed, prefillSpeed, measuredAt } = row;
    return { decodeThreads, prefillThreads, decodeSpeed, prefillSpeed, measuredAt };
  },
  remember(modelId: string, machine: string, calibration: Calibration): void {
    const { qb, write } = store();
    write((tx) =>
      tx.run(
        qb
          .insertInto('calibration')
          .values({ modelId, machine, ...calibration })
          .onConflict((conflict) => conflict.columns(['modelId', 'machine']).doUpdateSet(calibration)),
      ),
    );
  },
  defaultId(): string | null {
    const stored = z.string().safeParse(readSetting(store(), DEFAULT_KEY));
    return stored.success ? stored.data : null;
  },
  setDefaultId: (id: string): void => writeSetting(store(), DEFAULT_KEY, id),
});
export type ModelRows = ReturnType<typeof createModelRows>;
