import type { Store } from './store.ts';

/** One value of the vault's settings, or undefined. They are not part of a person's history. */
export const readSetting = (store: Store, key: string): unknown => {
  const row = store.first(store.qb.selectFrom('setting').select('value').where('key', '=', key));
  return row ? JSON.parse(row.value) : undefined;
};

export const writeSetting = (store: Store, key: string, value: unknown): void => {
  const text = JSON.stringify(value);
  store.write((tx) =>
    tx.run(
      store.qb
        .insertInto('setting')
        .values({ key, value: text })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text })),
    ),
  );
};
