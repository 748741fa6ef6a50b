import { Settings } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';

/** One value of the vault's settings, or undefined. */
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

type Preferences = Omit<Settings, 'defaultModelId'>;
const Preferences = Settings.omit({ defaultModelId: true });
const preferencesSetting = 'preferences';
const defaults: Preferences = { theme: 'system', noteFont: 'sans', weekStart: 'monday', autoLockMinutes: 0 };

/** What a person set; a value that an older or newer version wrote and this one can't use counts as not set. */
export const readPreferences = (store: Store): Preferences => {
  const stored = readSetting(store, preferencesSetting);
  const merged = Preferences.safeParse({ ...defaults, ...(typeof stored === 'object' ? stored : {}) });
  return merged.success ? merged.data : defaults;
};

/** Changes what `patch` names and leaves the rest. */
export const writePreferences = (
  store: Store,
  patch: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined },
): void => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  writeSetting(store, preferencesSetting, { ...readPreferences(store), ...Object.fromEntries(given) });
};
