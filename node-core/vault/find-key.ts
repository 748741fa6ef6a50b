import { AppError } from '../contract/index.ts';
import type { Header, StoredSlot } from './header.ts';
import { readKeyFile } from './key-file.ts';
import { type Keychain, keychainKey } from './keychain.ts';
import { parseRecoveryCode } from './recovery-code.ts';
import { passphraseKey, recoveryKey, unwrapKey } from './slots.ts';

/** What a person, or the machine for them, brings to open the vault. */
export type Secret =
  | { readonly with: 'stored-key' }
  | { readonly with: 'passphrase'; readonly passphrase: string }
  | { readonly with: 'recovery'; readonly code: string };

export interface KeySources {
  readonly keychain: Keychain | undefined;
  readonly keyFile: string;
}

const wrongPassphrase = () =>
  new AppError(
    'VAULT_WRONG_SECRET',
    'This passphrase does not open the vault. Check Caps Lock and the keyboard layout, and type it again.',
  );

const tryEach = async (
  header: Header,
  slots: readonly StoredSlot[],
  wrappingKey: (slot: StoredSlot) => Promise<Buffer> | Buffer,
) => {
  for (const slot of slots) {
    const key = await wrappingKey(slot);
    const vaultKey = unwrapKey(header.vaultId, slot, key);
    key.fill(0);
    if (vaultKey) return vaultKey;
  }
  return undefined;
};

const storedKey = async (header: Header, { keychain, keyFile }: KeySources): Promise<Buffer> => {
  const inKeychain = header.slots.filter((slot) => slot.kind === 'keychain');
  const inFile = header.slots.filter((slot) => slot.kind === 'key-file');
  if (inKeychain.length + inFile.length === 0) {
    throw new AppError(
      'VAULT_LOCKED',
      'No key for this vault is kept on this machine. Unlock it with the passphrase or the recovery code.',
    );
  }
  const failures: unknown[] = [];
  for (const [slots, read] of [
    [inKeychain, (slot: StoredSlot) => keychainKey(keychain, header.vaultId, slot.id)],
    [inFile, () => readKeyFile(keyFile)],
  ] as const) {
    try {
      const key = await tryEach(header, slots, read);
      if (key) return key;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  throw new AppError(
    'VAULT_WRONG_SECRET',
    'The key kept on this machine belongs to another vault. Put the right key back, or unlock with the passphrase or the recovery code.',
  );
};

/** The vault key, wherever a slot lets `secret` have it. @throws AppError `VAULT_WRONG_SECRET`, `VAULT_LOCKED`, `VAULT_DAMAGED`, `KEYCHAIN_UNAVAILABLE` */
export const findKey = async (header: Header, secret: Secret, sources: KeySources): Promise<Buffer> => {
  if (secret.with === 'stored-key') return storedKey(header, sources);
  if (secret.with === 'passphrase') {
    const slots = header.slots.filter((slot) => slot.kind === 'passphrase');
    if (slots.length === 0)
      throw new AppError(
        'VAULT_WRONG_SECRET',
        'This vault has no passphrase. Unlock it with the key kept on its machine or the recovery code.',
      );
    const key = await tryEach(header, slots, (slot) => passphraseKey(secret.passphrase, slot.kdf));
    if (!key) throw wrongPassphrase();
    return key;
  }
  const code = parseRecoveryCode(secret.code);
  const slots = header.slots.filter((slot) => slot.kind === 'recovery' && slot.confirmed);
  const key = await tryEach(header, slots, (slot) => recoveryKey(code, slot.kdf));
  if (!key)
    throw new AppError(
      'VAULT_WRONG_SECRET',
      'This recovery code does not belong to this vault, or a newer one replaced it.',
    );
  return key;
};
