import { mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/index.ts';
import { guarded } from '../../storage/index.ts';

/** What the vault and everybody else should still have. */
const RESERVE = 256 * 2 ** 20;

const bytesBelow = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    // A file that is fetched has holes: what counts is what it takes.
    .reduce((sum, entry) => {
      const stat = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false });
      return sum + (stat === undefined ? 0 : Math.min(stat.size, (stat.blocks ?? Infinity) * 512));
    }, 0);

/** What models take, and what is left. @throws AppError `STORAGE_*` */
export const modelsDisk = (dir: string): { dir: string; used: number; free: number } =>
  guarded(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(dir);
    return { dir, used: bytesBelow(dir), free: bavail * bsize };
  });

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GB`;

/** @throws AppError `STORAGE_FULL` with both numbers */
export const requireSpace = (dir: string, name: string, needed: number): void => {
  const free = guarded(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  });
  if (needed + RESERVE <= free) return;
  throw new AppError(
    'STORAGE_FULL',
    `"${name}" needs ${gib(needed)} more on the disk, and ${gib(Math.max(0, free - RESERVE))} of the ${gib(free)} free may be used. Free some space, or choose a smaller model.`,
    { data: { needed, free } },
  );
};
