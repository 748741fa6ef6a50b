import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';

/**
 * Makes the data directory (mode 0700) where there is none, and sees that this user can write to it.
 * @throws AppError `CONFIG_INVALID` where it is no directory or can't become one, `STORAGE_READ_ONLY` where it can't be written to
 */
export const prepareDataDir = (path: string): void => {
  try {
    makeDirectory(resolve(path));
    if (!statSync(path).isDirectory()) throw notADirectory(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw notADirectory(path, error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new AppError(
        'STORAGE_READ_ONLY',
        `The data directory ${path} can't be written to. Give this user write permission to it, or choose another with --data.`,
        { cause: error },
      );
    }
    if (code === 'ENOSPC')
      throw new AppError('STORAGE_FULL', 'The disk is full. Free some space and start again.', { cause: error });
    if (code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'EINVAL' || code === 'ELOOP') {
      throw new AppError(
        'CONFIG_INVALID',
        `The data directory ${path} can't be made there. Choose another place with --data.`,
        { cause: error },
      );
    }
    throw error;
  }
};

/** One level at a time: Node's `recursive` says ENOENT for a read-only disk, and never returns below /proc. */
const makeDirectory = (path: string): void => {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
};

const notADirectory = (path: string, cause?: unknown): AppError =>
  new AppError('CONFIG_INVALID', `${path} is not a directory. Choose another place with --data.`, { cause });
