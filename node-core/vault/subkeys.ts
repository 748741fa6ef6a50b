import { hkdfSync } from 'node:crypto';
import type { StoreKeys } from '../storage/index.ts';
import { KEY_BYTES } from './constants.ts';

/** HKDF-SHA256 (RFC 5869) of the vault key; each use has a label of its own. */
export const subkey = (vaultKey: Buffer, salt: Buffer, use: string, length: number = KEY_BYTES): Buffer =>
  Buffer.from(hkdfSync('sha256', vaultKey, salt, `jan vault 1: ${use}`, length));

export const storeKeys = (vaultKey: Buffer, salt: Buffer, vaultId: string): StoreKeys => ({
  database: { key: subkey(vaultKey, salt, 'database'), salt: subkey(vaultKey, salt, 'database salt', 16) },
  blobs: { vaultId, content: subkey(vaultKey, salt, 'blobs'), names: subkey(vaultKey, salt, 'blob names') },
});

/** Overwrites what {@link storeKeys} made. */
export const forget = (keys: StoreKeys): void => {
  for (const key of [keys.database.key, keys.database.salt, keys.blobs.content, keys.blobs.names]) key.fill(0);
};
