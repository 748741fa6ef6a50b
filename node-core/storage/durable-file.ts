import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { guarded } from './errors.ts';

/** So that a rename or a new file survives a power cut. Windows has no such call and needs none. */
export const syncDirectory = (dir: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** An empty file for this user's eyes only, before a library makes one for everybody's. */
export const ensurePrivateFile = (path: string): void => {
  // Never opened where it exists: closing a handle would drop the locks that this process holds on it (POSIX).
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
};

/** Old content or new, never a mix, also across a power cut. @throws AppError `STORAGE_*` */
export const writeDurably = (path: string, chunks: Iterable<Uint8Array>, mode = 0o600): void =>
  guarded(() => {
    const temporary = `${path}.new`;
    try {
      const handle = openSync(temporary, 'w', mode);
      try {
        for (const chunk of chunks) {
          for (let done = 0; done < chunk.length; ) done += writeSync(handle, chunk, done);
        }
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncDirectory(dirname(path));
  });
