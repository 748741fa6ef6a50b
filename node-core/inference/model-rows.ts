import { z } from 'zod';
import { type Calibration, Price } from '../contract/index.ts';
import { readSetting, type Schema, type Store, writeSetting } from '../storage/index.ts';

export type ModelRow = Schema['model'];
const DEFAULT_KEY = 'defaultModelId';
const DRAFT_KEY = 'draftModels';
const Drafts = z.record(z.string(), z.string());
const PRICES_KEY = 'modelPrices';
const Prices = z.record(z.string(), Price);

const draftsOf = (store: Store): Readonly<Record<string, string>> =>
  Drafts.catch({}).parse(readSetting(store, DRAFT_KEY) ?? {});

const pricesOf = (store: Store): Readonly<Record<string, Price>> =>
  Prices.catch({}).parse(readSetting(store, PRICES_KEY) ?? {});

/** What the vault keeps about models: those a person added, speeds measured here, which one is the default, and which guess ahead. */
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
  /** `auto`, `off`, or the id of the model that guesses ahead for this one. */
  drafts: (): Readonly<Record<string, string>> => draftsOf(store()),
  setDraft(id: string, choice: string): void {
    const { [id]: _before, ...others } = draftsOf(store());
    writeSetting(store(), DRAFT_KEY, choice === 'auto' ? others : { ...others, [id]: choice });
  },
  prices: () => pricesOf(store()),
  setPrice(id: string, price: Price | null): void {
    const { [id]: _before, ...others } = pricesOf(store());
    writeSetting(store(), PRICES_KEY, price === null ? others : { ...others, [id]: price });
  },
});
export type ModelRows = ReturnType<typeof createModelRows>;
