import { randomBytes } from 'node:crypto';
import { AppError } from '../contract/index.ts';
import { KEY_BYTES } from './constants.ts';

/** The operating system's store for secrets. Calls reject where it can not be reached. */
export interface Keychain {
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const nameOf = (vaultId: string, slotId: string) => `jan-vault-${vaultId}-${slotId}`;

const generationName = (vaultId: string) => `jan-vault-${vaultId}-generation`;

/** How far the vault had come, as far as the keychain knows: also an old copy of the whole data folder is noticed so. */
export const keychainGeneration = async (keychain: Keychain, vaultId: string): Promise<number> => {
  const known = Number(await keychain.get(generationName(vaultId)).catch(() => undefined));
  return Number.isSafeInteger(known) ? known : 0;
};

/** It may lag; where the keychain can not be reached it does. */
export const rememberGeneration = (keychain: Keychain, vaultId: string, generation: number): Promise<void> =>
  keychain.set(generationName(vaultId), String(generation)).catch(() => undefined);

const reach = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new AppError(
      'KEYCHAIN_UNAVAILABLE',
      "The system's keychain can not be reached. Unlock it and try again, or use the passphrase or the recovery code.",
      { cause: error },
    );
  }
};

const none = () => {
  throw new AppError(
    'KEYCHAIN_UNAVAILABLE',
    "This vault's key is in the system's keychain, which only the desktop app reads. Use the passphrase or the recovery code.",
  );
};

/** @throws AppError `KEYCHAIN_UNAVAILABLE`, `VAULT_WRONG_SECRET` */
export const keychainKey = async (keychain: Keychain | undefined, vaultId: string, slotId: string): Promise<Buffer> => {
  if (!keychain) return none();
  const secret = await reach(() => keychain.get(nameOf(vaultId, slotId)));
  const key = Buffer.from(secret ?? '', 'base64');
  if (key.length !== KEY_BYTES) {
    throw new AppError(
      'VAULT_WRONG_SECRET',
      "The system's keychain has no key for this vault any more. Unlock it with the passphrase or the recovery code.",
    );
  }
  return key;
};

/** @throws AppError `KEYCHAIN_UNAVAILABLE` */
export const newKeychainKey = async (keychain: Keychain, vaultId: string, slotId: string): Promise<Buffer> => {
  const key = randomBytes(KEY_BYTES);
  await reach(() => keychain.set(nameOf(vaultId, slotId), key.toString('base64')));
  return key;
};

export const removeKeychainKey = (keychain: Keychain, vaultId: string, slotId: string): Promise<void> =>
  reach(() => keychain.remove(nameOf(vaultId, slotId)));
