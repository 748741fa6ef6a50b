import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Clock, Disposable } from '../../common/index.ts';
import type { Due } from './types.ts';

/** A file that grew or changed is taken when it has stayed the same so long. Milliseconds. */
export const fileRest = 3_000;
const largestFile = 2_000_000;
/** A look reads so many bytes; what else was dropped comes with the next. */
const mostRead = 50_000_000;
/** Of programs that write beside, and rename when they are done. */
const unfinished = /^\.|^~|~$|\.(?:part|partial|crdownload|download|tmp|temp|swp|lock)$/iu;

interface Stat {
  readonly size: number;
  readonly mtimeMs: number;
}

export interface DroppedFile {
  readonly due: Due;
  /** Why it can't be worked on; null where it can. */
  readonly unusable: 'not-text' | 'too-large' | null;
}

const keyOf = (name: string, { size, mtimeMs }: Stat): string => `file ${name} ${size} ${Math.floor(mtimeMs)}`;

const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'EBUSY'].includes(String(error.code));

/** Plain files of a folder itself; links are not followed. A folder that is gone has none. */
const listFiles = async (folder: string): Promise<ReadonlyMap<string, Stat>> => {
  const found = new Map<string, Stat>();
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile() || unfinished.test(entry.name)) continue;
      try {
        const { size, mtimeMs } = await lstat(join(folder, entry.name));
        found.set(entry.name, { size, mtimeMs });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return found;
};

/** Keys of what lies there now: it was not dropped. */
export const filesThere = async (folder: string): Promise<string[]> =>
  [...(await listFiles(folder))].map(([name, stat]) => keyOf(name, stat));

const textOf = (bytes: Uint8Array): string | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
};

/** What is dropped into one folder. `onDidStir` says that a look is worth it; a look without it finds the same, later. */
export interface FolderWatch extends Disposable {
  readonly folder: string;
  /** Files that have rested and are not `known`; and in how many milliseconds one that has not will have. */
  look(known: (key: string) => boolean): Promise<{ readonly dropped: readonly DroppedFile[]; readonly wait: number }>;
}

export const watchFolder = (folder: string, clock: Clock, onDidStir: () => void): FolderWatch => {
  const seen = new Map<string, { readonly key: string; readonly since: number }>();
  let watcher: FSWatcher | undefined;
  let closed = false;

  /**
   * Whether it just began to. Only a hint: where the system can't watch, each look reads the folder. It waits for the drive, as reading does
   * not: only of a folder that just answered.
   */
  const listen = (): boolean => {
    if (watcher || closed) return false;
    try {
      const opened = watch(folder, { persistent: false }, onDidStir);
      watcher = opened;
      opened.on('error', () => {
        opened.close();
        if (watcher === opened) watcher = undefined;
      });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return false;
    }
  };

  const read = async (name: string, { size }: Stat): Promise<Pick<DroppedFile, 'unusable'> & { text: string }> => {
    if (size > largestFile) return { unusable: 'too-large', text: '' };
    const text = textOf(await readFile(join(folder, name)));
    return text === null ? { unusable: 'not-text', text: '' } : { unusable: null, text };
  };

  return {
    folder,
    async look(known) {
      let files = await listFiles(folder);
      // What came in between did not stir.
      if (listen()) files = await listFiles(folder);
      for (const name of seen.keys()) if (!files.has(name)) seen.delete(name);
      const dropped: DroppedFile[] = [];
      let wait = Number.POSITIVE_INFINITY;
      let bytes = 0;
      for (const [name, stat] of files) {
        if (closed) break;
        const key = keyOf(name, stat);
        if (known(key)) {
          seen.delete(name);
          continue;
        }
        if (bytes >= mostRead) {
          wait = 0;
          break;
        }
        const before = seen.get(name);
        const now = clock.monotonic();
        if (before?.key !== key) seen.set(name, { key, since: now });
        const left = fileRest - (now - (before?.key === key ? before.since : now));
        if (left > 0) {
          wait = Math.min(wait, left);
          continue;
        }
        try {
          const { unusable, text } = await read(name, stat);
          bytes += text.length;
          const { size, mtimeMs } = await lstat(join(folder, name));
          // Written to while it was read: it has not rested.
          if (keyOf(name, { size, mtimeMs }) !== key) {
            wait = Math.min(wait, fileRest);
            continue;
          }
          const at = clock.now();
          dropped.push({
            due: { key, at, until: Number.POSITIVE_INFINITY, subject: { kind: 'file', name, text } },
            unusable,
          });
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }
      return { dropped, wait };
    },
    dispose() {
      closed = true;
      watcher?.close();
      watcher = undefined;
    },
  };
};
