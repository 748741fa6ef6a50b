import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../common/index.ts';
import { openStore, type Store, type StoreKeys } from '../storage/index.ts';

export const randomStoreKeys = (vaultId = 'test-vault'): StoreKeys => ({
  database: { key: randomBytes(32), salt: randomBytes(16) },
  blobs: { vaultId, content: randomBytes(32), names: randomBytes(32) },
});

/** A real encrypted store in a directory of its own, gone with `dispose`. */
export const openTestStore = ({
  parent = tmpdir(),
  ...options
}: {
  clock?: Clock;
  parent?: string;
} = {}): { store: Store; dir: string; dispose(): void } => {
  const dir = mkdtempSync(join(parent, 'jan-store-'));
  const store = openStore({ dir, keys: randomStoreKeys(), ...options });
  return {
    store,
    dir,
    dispose: () => {
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
