import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';

/** Secrets by name, kept by the operating system's own key store. Calls reject where it can't be used. */
export interface Keychain {
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const Sealed = z.record(z.string(), z.base64());

/** Linux without a password manager: Electron would "encrypt" with a key that everybody knows. */
const isHollow = (): boolean =>
  process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';

/** Whether the system keeps secrets for us; after `ready`. */
export const keychainAvailable = async (): Promise<boolean> =>
  !isHollow() && (await safeStorage.isAsyncEncryptionAvailable());

const requireKeychain = async (): Promise<void> => {
  if (!(await keychainAvailable())) throw new Error('This system has no key store that can be relied on.');
};

const read = (path: string): Record<string, string> => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  return Sealed.parse(JSON.parse(text));
};

const write = (path: string, sealed: Record<string, string>): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(sealed));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
};

/** `path` holds what the key store sealed; only this user, signed in to this system, can have it opened. */
export const createKeychain = (path: string): Keychain => ({
  async get(name) {
    await requireKeychain();
    const sealed = read(path)[name];
    return sealed === undefined
      ? undefined
      : (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
  },
  async set(name, secret) {
    await requireKeychain();
    const sealed = await safeStorage.encryptStringAsync(secret);
    write(path, { ...read(path), [name]: sealed.toString('base64') });
  },
  remove(name) {
    const { [name]: _removed, ...rest } = read(path);
    write(path, rest);
    return Promise.resolve();
  },
});
