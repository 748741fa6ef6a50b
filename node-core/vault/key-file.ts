import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../contract/index.ts';
import { guarded, vaultDamaged, writeDurably } from '../storage/index.ts';
import { KEY_BYTES } from './constants.ts';

const PREFIX = 'jan-key-1:';

/** @throws AppError `VAULT_WRONG_SECRET` where there is none, `VAULT_DAMAGED` where it is not a key file */
export const readKeyFile = (path: string): Buffer => {
  if (!existsSync(path)) {
    throw new AppError(
      'VAULT_WRONG_SECRET',
      `The key file ${path} is not there. Put it back, or unlock with the passphrase or the recovery code.`,
    );
  }
  const text = guarded(() => readFileSync(path, 'utf8')).trim();
  if (!new RegExp(`^${PREFIX}[0-9a-f]{${2 * KEY_BYTES}}$`).test(text))
    throw vaultDamaged(`The key file ${path} is damaged.`);
  return Buffer.from(text.slice(PREFIX.length), 'hex');
};

/** The key at `path`; made, for this user's eyes only, where there is none. One that is there may belong to a vault being restored, so it is kept. */
export const ensureKeyFile = (path: string): Buffer => {
  if (existsSync(path)) return readKeyFile(path);
  const key = randomBytes(KEY_BYTES);
  guarded(() => mkdirSync(dirname(path), { recursive: true, mode: 0o700 }));
  writeDurably(path, [Buffer.from(`${PREFIX}${key.toString('hex')}\n`)], 0o600);
  return key;
};

export const removeKeyFile = (path: string): void => guarded(() => rmSync(path, { force: true }));
