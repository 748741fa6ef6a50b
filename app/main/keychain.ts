import { safeStorage } from 'electron';
import type { Keychain } from './supervisor.ts';

/** Linux without a password manager: Electron would "encrypt" with a key that everybody knows. */
const isHollow = (): boolean =>
  process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';

/** Whether the system keeps secrets for us; after `ready`. */
export const keychainAvailable = async (): Promise<boolean> =>
  !isHollow() && (await safeStorage.isAsyncEncryptionAvailable());

/** The vault's key slot in the system's own key store. */
export const systemKeychain: Keychain = {
  async seal(text) {
    if (!(await keychainAvailable())) throw new Error('This system has no key store.');
    return (await safeStorage.encryptStringAsync(text)).toString('base64');
  },
  async unseal(sealed) {
    if (!(await keychainAvailable())) throw new Error('This system has no key store.');
    return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
  },
};
