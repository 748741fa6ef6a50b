import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** No build takes longer. */
const OLD_MS = 24 * 3_600_000;
const form = /^\.unfinished-(?:(?<pid>\d+)-)?/u;

/** A folder for a build to be made in, in the one it is for. */
export const createUnfinished = (dir: string): string => {
  mkdirSync(dir, { recursive: true });
  return mkdtempSync(join(dir, `.unfinished-${process.pid}-`));
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes what builds left that were ended in their midst. For a process that builds nothing yet: in a container each has the same number. */
export const clearUnfinished = (dir: string): void => {
  mkdirSync(dir, { recursive: true });
  for (const name of readdirSync(dir)) {
    const found = form.exec(name);
    if (!found) continue;
    const pid = Number(found.groups?.['pid'] ?? process.pid);
    const path = join(dir, name);
    if (pid !== process.pid && isRunning(pid) && Math.abs(Date.now() - statSync(path).mtimeMs) < OLD_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
};
