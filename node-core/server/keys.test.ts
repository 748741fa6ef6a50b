import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { temporaryDirectory } from '../testing/test-vault.ts';
import { createVault, type Vault } from '../vault/index.ts';
import { createKeyRing } from './keys.ts';

const place = temporaryDirectory();
let vault: Vault;

beforeAll(async () => {
  vault = createVault({ dir: place.dir });
  await vault.start();
});

afterAll(async () => {
  await vault.stop();
  place.dispose();
});

const onFullDisk = (store: Store): Store => ({
  ...store,
  write: () => {
    throw new AppError('STORAGE_FULL', 'The disk is full. Free some space.');
  },
});
const ringOn = (store: Store) =>
  createKeyRing({ openStore: () => store, store: () => store, clock: systemClock, announced: true });
const call = { signal: new AbortController().signal, actor: 'user' } as const;

describe('a full disk', () => {
  it('refuses an unknown key as ever', () => {
    expect(ringOn(onFullDisk(vault.store())).authenticate('jan_unknown')).toBeUndefined();
  });

  it('keeps no known key out, although its use can not be noted', async () => {
    const { key, entry } = await ringOn(vault.store()).handlers.create({ name: 'editor' }, call);
    const full = ringOn(onFullDisk(vault.store()));
    expect(full.authenticate(key)).toMatchObject({ keyId: entry.id, actor: 'api' });
    expect(full.authenticate(`${key}x`)).toBeUndefined();
    expect(() => full.handlers.create({ name: 'another' }, call)).toThrow(
      expect.objectContaining({ code: 'STORAGE_FULL' }),
    );
  });
});
