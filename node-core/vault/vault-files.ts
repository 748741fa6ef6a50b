import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Disposable } from '../common/index.ts';
import {
  guarded,
  keyPragma,
  openStore,
  type Store,
  type StoreKeys,
  syncDirectory,
  vaultDamaged,
} from '../storage/index.ts';
import { type Header, headerExists, readHeader, type SealedHeader, writeHeader } from './header.ts';
import { type Keychain, keychainGeneration, rememberGeneration } from './keychain.ts';
import { forget, storeKeys, subkey } from './subkeys.ts';

export interface OpenVault {
  header: SealedHeader;
  readonly vaultKey: Buffer;
  readonly keys: StoreKeys;
  readonly freshnessKey: Buffer;
  readonly store: Store;
}

/** What a documented command prints, so that the database can be read without Jan. */
export interface RawKey {
  /** Hex, 32 bytes. */
  readonly key: string;
  /** Hex, 16 bytes; also the first bytes of `jan.db`. */
  readonly salt: string;
  /** The statement that opens `jan.db` in SQLCipher 4. */
  readonly pragma: string;
  readonly database: string;
}

interface VaultFilesComponents {
  readonly dir: string;
  readonly keychain: Keychain | undefined;
  readonly clock: Clock;
}

/** The vault's directory in a data folder: how it is made and opened, with a key that someone else found. */
export const createVaultFiles = ({ dir, keychain, clock }: VaultFilesComponents) => {
  const vaultDir = join(dir, 'vault');
  const database = join(vaultDir, 'jan.db');

  const keysOf = ({ vaultId, salt }: Header, vaultKey: Buffer) => {
    const saltBytes = Buffer.from(salt, 'hex');
    const freshness = { headPath: join(dir, 'keys', `${vaultId}.head`), key: subkey(vaultKey, saltBytes, 'freshness') };
    return { keys: storeKeys(vaultKey, saltBytes, vaultId), freshness };
  };

  return {
    exist: () => headerExists(vaultDir) || existsSync(database),

    /** @throws AppError `VAULT_MISSING`, `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT` */
    readHeader(): SealedHeader {
      if (!headerExists(vaultDir) && existsSync(database))
        throw vaultDamaged('vault.json, which holds the keys, is missing.');
      return readHeader(vaultDir);
    },

    saveHeader: (content: Header, vaultKey: Buffer) => writeHeader(vaultDir, content, vaultKey),

    async open(header: SealedHeader, vaultKey: Buffer, lock: Disposable, accept: boolean): Promise<OpenVault> {
      const { revision, vaultId, slots } = header.header;
      const { keys, freshness } = keysOf(header.header, vaultKey);
      const remembering = slots.some((slot) => slot.kind === 'keychain') ? keychain : undefined;
      try {
        const atLeast = remembering ? await keychainGeneration(remembering, vaultId) : 0;
        const store = openStore({
          dir: vaultDir,
          keys,
          clock,
          lock,
          mustExist: true,
          freshness: { ...freshness, revision, atLeast, accept },
        });
        store.onDidSeal((generation) => remembering && void rememberGeneration(remembering, vaultId, generation));
        return { header, vaultKey, keys, freshnessKey: freshness.key, store };
      } catch (error) {
        forget(keys);
        freshness.key.fill(0);
        throw error;
      }
    },

    /** In a folder of its own, then moved into place, so that a crash leaves a whole vault or none. */
    build(content: Header, vaultKey: Buffer): SealedHeader {
      const aside = join(dir, 'vault.new');
      guarded(() => rmSync(aside, { recursive: true, force: true }));
      const { keys, freshness } = keysOf(content, vaultKey);
      try {
        openStore({ dir: aside, keys, clock, freshness }).close();
        const header = writeHeader(aside, content, vaultKey);
        guarded(() => {
          rmSync(join(aside, 'in-use'), { force: true });
          renameSync(aside, vaultDir);
          syncDirectory(dir);
        });
        return header;
      } finally {
        forget(keys);
        freshness.key.fill(0);
      }
    },

    rawKey(header: Header, vaultKey: Buffer): RawKey {
      const { keys, freshness } = keysOf(header, vaultKey);
      const { key, salt } = keys.database;
      const raw = {
        key: key.toString('hex'),
        salt: salt.toString('hex'),
        pragma: `PRAGMA ${keyPragma(keys.database)};`,
        database,
      };
      forget(keys);
      freshness.key.fill(0);
      return raw;
    },
  };
};
