import type { Clock } from '../common/index.ts';
import { newId } from '../common/index.ts';
import type { Slot } from '../contract/index.ts';
import type { KeySources } from './find-key.ts';
import type { Kdf, StoredSlot } from './header.ts';
import { ensureKeyFile } from './key-file.ts';
import { newKeychainKey } from './keychain.ts';
import { newRecoveryCode } from './recovery-code.ts';
import { newPassphraseKey, newRecoveryKdf, recoveryKey, wrapKey } from './slots.ts';

interface Target {
  readonly vaultId: string;
  readonly vaultKey: Buffer;
  readonly clock: Clock;
}

const finish = (
  { vaultId, vaultKey, clock }: Target,
  kind: Slot['kind'],
  kdf: Kdf,
  wrappingKey: Buffer,
  id: string,
  confirmed = true,
): StoredSlot => {
  const slot = wrapKey(vaultId, { id, kind, createdAt: clock.now(), confirmed, kdf }, wrappingKey, vaultKey);
  wrappingKey.fill(0);
  return slot;
};

export const passphraseSlot = async (target: Target, passphrase: string): Promise<StoredSlot> => {
  const { key, kdf } = await newPassphraseKey(passphrase, () => target.clock.monotonic());
  return finish(target, 'passphrase', kdf, key, newId());
};

/** Not confirmed yet: it opens nothing until the code was typed back. */
export const recoverySlot = (target: Target): { slot: StoredSlot; code: string } => {
  const { code, secret } = newRecoveryCode();
  const kdf = newRecoveryKdf();
  const slot = finish(target, 'recovery', kdf, recoveryKey(secret, kdf), newId(), false);
  secret.fill(0);
  return { slot, code };
};

/** In the keychain where the system has one that works, else in a file of this user's. */
export const storedKeySlot = async (target: Target, { keychain, keyFile }: KeySources): Promise<StoredSlot> => {
  const id = newId();
  if (keychain) {
    try {
      return finish(target, 'keychain', { name: 'none' }, await newKeychainKey(keychain, target.vaultId, id), id);
    } catch {
      // A desktop without a keyring service still has to start; the settings show which kind of slot it got.
    }
  }
  return finish(target, 'key-file', { name: 'none' }, ensureKeyFile(keyFile), id);
};
