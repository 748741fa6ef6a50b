import { AppError } from '../contract/errors.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const vaultInUse = (): AppError =>
  new AppError('VAULT_IN_USE', 'Another program has this vault open. Use that one, or close it and try again.');

export const vaultDamaged = (what: string, cause?: unknown): AppError =>
  new AppError(
    'VAULT_DAMAGED',
    `${what} Nothing was changed. Put back a backup of the vault folder, or check the disk.`,
    { cause },
  );

export const newerFormat = (): AppError =>
  new AppError(
    'VAULT_NEWER_FORMAT',
    'This vault was written by a newer version of Jan. Update Jan, then open it again. Nothing was changed.',
  );

/** SQLite's and the file system's errors in the words of the contract; others come back as they are. */
export const toStorageError = (error: unknown): unknown => {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new AppError(
      'STORAGE_FULL',
      'The disk is full. Nothing was lost, but this change was not saved. Free some space and do it again.',
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      'STORAGE_READ_ONLY',
      'The data folder can not be written to. Give this user write permission to it, or choose another with --data.',
      { cause: error },
    );
  }
  if (
    code.startsWith('SQLITE_NOTADB') ||
    code.startsWith('SQLITE_CORRUPT') ||
    code === 'SQLITE_IOERR_CORRUPTFS' ||
    code === 'SQLITE_IOERR_DATA'
  ) {
    return vaultDamaged('A part of the database is damaged and can not be read.', error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return vaultInUse();
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code === 'EIO') {
    return new AppError(
      'STORAGE_FAILED',
      'The disk reported an error, so this change was not saved. Check the disk and do it again.',
      { cause: error },
    );
  }
  return error;
};

/** Runs disk work; what it throws is in the words of the contract. */
export const guarded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw toStorageError(error);
  }
};
