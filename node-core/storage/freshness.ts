import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { guarded, newerFormat, vaultDamaged } from './errors.ts';
import { type Head, readHead } from './head-file.ts';
import { migrations } from './migrations/index.ts';
import { TAG, tagAllPages } from './pages.ts';
import { readSeal, type Seal } from './seal.ts';
import { walDigest, walPages, walSize } from './wal.ts';

export interface FreshnessOptions {
  /** Outside the vault's directory, so that a copy of the vault put back does not bring it along. */
  readonly headPath: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Of the file with the keys; the head remembers the highest. */
  readonly revision?: number;
  /** A generation that is known from elsewhere to have been reached. */
  readonly atLeast?: number;
  /** Open it although it is older than what is remembered, or was changed. */
  readonly accept?: boolean;
}

export interface FreshnessPaths {
  readonly dir: string;
  readonly database: string;
  readonly log: string;
  readonly seal: string;
}

/** What was found before the database was opened. */
export interface Checked {
  readonly paths: FreshnessPaths;
  readonly head: Head | undefined;
  /** The person wants it as it is. */
  readonly accepted: boolean;
  /** The highest generation that anything vouches for. */
  readonly generation: number;
  /** The seal that `jan.db` was checked against. */
  readonly trusted: Seal | undefined;
  /**
   * A handle on `jan.db`. Its owner closes it after the database: closing any handle of a file drops all locks that
   * the process holds on it (POSIX).
   */
  readonly file: number | undefined;
}

const rolledBack = (reason: 'no-record' | 'old-copy' | 'old-log' | 'old-header', what: string) =>
  new AppError(
    'VAULT_ROLLED_BACK',
    `${what} Put the newest copy back; or, if you put this one here yourself, open it as it is. Nothing was changed.`,
    {
      data: { reason },
    },
  );

/** The log of operations does not contain the newest one that this machine remembers. @throws AppError `VAULT_ROLLED_BACK` */
export const checkChain = ({ head, accepted }: Checked, hashAt: (seq: number) => string | undefined): void => {
  if (!head || accepted || head.seq === 0 || hashAt(head.seq) === head.hash) return;
  throw rolledBack('old-copy', 'The newest changes that this machine remembers are not in this vault.');
};

const checkPages = (file: number, log: string, { tags }: Seal) => {
  const now = tagAllPages(file);
  const inLog = walPages(log);
  const pages = Math.max(now.length, tags.length) / TAG;
  for (let page = 1; page <= pages; page++) {
    const at = (page - 1) * TAG;
    if (inLog.has(page) || now.subarray(at, at + TAG).equals(tags.subarray(at, at + TAG))) continue;
    throw vaultDamaged('The database jan.db was changed by something else than Jan, or is damaged.');
  }
};

const check = (
  file: number,
  { log }: FreshnessPaths,
  head: Head | undefined,
  seal: Seal | undefined,
  { atLeast = 0, revision = 0 }: FreshnessOptions,
) => {
  if (!head) {
    throw rolledBack(
      'no-record',
      'This machine has no record of the state in which it last had this vault: the vault was moved here, or the record was deleted.',
    );
  }
  if (revision < head.revision) {
    throw rolledBack(
      'old-header',
      'vault.json is an old copy: a passphrase or a code that was replaced since would count again.',
    );
  }
  if (!seal) throw vaultDamaged('The seal of the database (jan.seal) is missing or damaged.');
  if (seal.generation < Math.max(head.generation, atLeast)) {
    throw rolledBack(
      'old-copy',
      'This vault is older than the one that this machine last had open: an old copy was put back.',
    );
  }
  if (!head.sealed) return;
  checkPages(file, log, seal);
  // A newer seal than the head knows: the power went between the two, and what the head says of the log is past.
  if (seal.generation > head.generation) return;
  if (head.clean && walSize(log) > 0)
    throw vaultDamaged('A log file that Jan did not write (jan.db-wal) lies beside the database.');
  if (head.walFrames > 0 && walDigest(log, head.walFrames) !== head.walDigest) {
    throw rolledBack('old-log', 'The log of the newest changes (jan.db-wal) is missing, old or damaged.');
  }
};

/**
 * Notices what a cipher per page can not: an old page, an old file or an old log put back, or one taken away. The seal
 * in the vault holds a hash of every page as of the last checkpoint; the head, outside of it, how far seal and log had
 * come. Between checkpoints `jan.db` does not change and the log only grows. The clock plays no part.
 *
 * @throws AppError `VAULT_ROLLED_BACK`, `VAULT_DAMAGED`; nothing was written
 */
export const checkFreshness = (dir: string, options: FreshnessOptions): Checked => {
  const { headPath, key, atLeast = 0, accept = false } = options;
  const database = join(dir, 'jan.db');
  const paths = { dir, database, log: `${database}-wal`, seal: join(dir, 'jan.seal') };
  const head = readHead(headPath, key);
  const seal = readSeal(paths.seal, key);
  if (head && head.schema > migrations.length) throw newerFormat();
  const file = existsSync(database) ? guarded(() => openSync(database, 'r')) : undefined;
  try {
    if (file !== undefined && !accept) guarded(() => check(file, paths, head, seal, options));
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw error;
  }
  return {
    paths,
    head,
    accepted: accept,
    generation: Math.max(head?.generation ?? 0, seal?.generation ?? 0, atLeast),
    trusted: head?.sealed && !accept ? seal : undefined,
    file,
  };
};
