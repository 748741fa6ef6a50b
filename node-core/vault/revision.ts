import { AppError } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';

const KEY = 'vault.revision';

/**
 * The database remembers how far `vault.json` had come, so that an old one put back (with a passphrase changed or a slot
 * removed since) is noticed.
 * @throws AppError `VAULT_ROLLED_BACK`
 */
export const checkRevision = (store: Store, revision: number): void => {
  const known = store.first(store.qb.selectFrom('setting').select('value').where('key', '=', KEY));
  if (!known || revision >= Number(known.value)) return;
  throw new AppError(
    'VAULT_ROLLED_BACK',
    'vault.json is older than the database beside it: someone put an old copy back, so a passphrase changed since would count again. Put the newest copy back, or open it as it is if you did this yourself.',
    { data: { reason: 'old-header' } },
  );
};

export const noteRevision = (store: Store, revision: number): void =>
  store.write((tx) => {
    tx.run(store.qb.replaceInto('setting').values({ key: KEY, value: String(revision) }));
  });
