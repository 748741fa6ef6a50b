import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import { keyPragma, openStore, type Store } from '../storage/index.ts';
import { migrations } from '../storage/migrations/index.ts';
import { randomStoreKeys } from '../testing/open-test-store.ts';
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

describe('a key of the first release', () => {
  it('still opens, and may do what it could', () => {
    const dir = mkdtempSync(join(tmpdir(), 'jan-old-'));
    const keys = randomStoreKeys();
    const hashKey = randomBytes(32);
    const key = 'jan_made-long-ago';
    const db = new Database(join(dir, 'jan.db'));
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    db.pragma(keyPragma(keys.database));
    for (const migration of migrations.slice(0, 3)) db.exec(migration);
    db.pragma('user_version = 3');
    db.prepare('insert into setting values (?, ?)').run('apiKeyHashKey', JSON.stringify(hashKey.toString('base64')));
    const hash = createHmac('sha256', hashKey).update(key).digest('base64');
    db.prepare('insert into apiKey values (?, ?, ?, ?, ?, ?, ?)').run('old', 'editor', 'jan_made-l', hash, 1, null, 0);
    db.close();
    const store = openStore({ dir, keys });
    const ring = ringOn(store);
    expect(ring.authenticate(key)).toEqual({
      keyId: 'old',
      actor: 'api',
      scopes: new Set(['inference', 'conversations', 'models', 'workspace']),
      models: null,
      limits: { requestsPerMinute: null, tokensPerDay: null, tokensPerMonth: null, tokensInAll: null },
    });
    ring.onLock();
    store.close();
    rmSync(dir, { recursive: true });
  });
});
