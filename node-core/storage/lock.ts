import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import type { Disposable } from '../common/index.ts';
import { toDisposable } from '../common/index.ts';
import { ensurePrivateFile } from './durable-file.ts';
import { guarded } from './errors.ts';

/**
 * Takes the directory for this process until disposed of. Node has no file locks of its own, so an empty SQLite file
 * held in an exclusive transaction is used: the system releases it when the process ends, however it ends.
 *
 * @throws AppError `VAULT_IN_USE`, `STORAGE_READ_ONLY`
 */
export const lockDirectory = (dir: string): Disposable =>
  guarded(() => {
    const path = join(dir, 'in-use');
    ensurePrivateFile(path);
    const file = new Database(path, { timeout: 0 });
    try {
      file.pragma('journal_mode = memory');
      file.exec('begin exclusive');
    } catch (error) {
      file.close();
      throw error;
    }
    return toDisposable(() => file.close());
  });
