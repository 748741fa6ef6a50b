import { createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  openBody,
  openHead,
  type ReadFile,
  SEALED_PREFIX,
  sealedHeadLength,
  sealedSize,
  sealState,
} from './sealed-state.ts';

/** A state on disk, as far as it begins like a prompt. */
export interface FoundState {
  readonly name: string;
  readonly tokens: readonly number[];
  /** How many of the prompt's first tokens it holds. */
  readonly shared: number;
}

/**
 * What a model remembers of prompts, on disk and sealed, so that a long prompt is not read again after a restart. Files that can't be opened are
 * deleted: another key, another version, a flipped bit and half a file all mean the same.
 */
export interface PromptStates {
  /** The longest beginning of the prompt that is kept for this subject. */
  find(subject: string, prompt: readonly number[]): FoundState | null;
  /** Makes finding and reading quick, where there is something of this subject. */
  warm(subject: string): void;
  /** Null where it is damaged; it is gone then. What comes back holds until the next read. */
  read(subject: string, found: FoundState): Buffer | null;
  /** It was of no use. */
  discard(found: FoundState): void;
  /** Quietly does without where the disk does not take it. */
  keep(subject: string, tokens: readonly number[], state: Uint8Array): Promise<void>;
  /** Overwrites the key; nothing is found or kept from then on. */
  forget(): void;
}

export interface PromptStatesOptions {
  readonly dir: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Bytes that all files may take. */
  readonly limit: number;
}

interface Kept {
  readonly name: string;
  readonly tokens: Uint32Array;
  readonly size: number;
}

const SUFFIX = '.state';
const UNFINISHED = '.part';
/** What everybody else should still have of the disk. */
const RESERVE = 2 ** 30;
/** Memory to read into is kept that long. */
const KEPT_READY_MS = 60_000;
/** The event loop gets its turn after so many pieces. */
const PIECES_AT_ONCE = 3;

const sharedPrefix = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  const end = Math.min(left.length, right.length);
  let index = 0;
  while (index < end && left[index] === right[index]) index += 1;
  return index;
};

/** A disk that refuses must not cost an answer. A bug still does. */
const quietly = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
};

const headOf = (tokens: readonly number[]): Buffer => Buffer.from(Uint32Array.from(tokens).buffer);
const tokensOf = (head: Buffer): Uint32Array =>
  Uint32Array.from({ length: Math.floor(head.length / 4) }, (_, index) => head.readUInt32LE(index * 4));

export const createPromptStates = ({ dir, key, limit }: PromptStatesOptions): PromptStates => {
  const indexes = new Map<string, Kept[]>();
  /** Every file here: its bytes, the one unused for longest first. */
  const files = new Map<string, number>();
  let open = true;
  /** Memory for the next state that is read. */
  let room = Buffer.alloc(0);
  let release: NodeJS.Timeout | null = null;

  const makeReady = (size: number) => {
    if (release) clearTimeout(release);
    release = setTimeout(() => {
      room = Buffer.alloc(0);
    }, KEPT_READY_MS);
    release.unref();
    if (size > room.length) room = Buffer.alloc(size);
  };

  const pathOf = (name: string) => join(dir, name);
  /** Hides which model it is. */
  const prefixOf = (subject: string) => createHmac('sha256', key).update(subject).digest('hex').slice(0, 32);
  const bindingOf = (subject: string, name: string) => ({ key, subject, name });

  const remove = (name: string) => {
    quietly(() => rmSync(pathOf(name), { force: true }));
    files.delete(name);
    for (const [subject, kept] of indexes)
      indexes.set(
        subject,
        kept.filter((entry) => entry.name !== name),
      );
  };

  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const found = readdirSync(dir).flatMap((name) => {
    if (name.endsWith(UNFINISHED)) rmSync(pathOf(name), { force: true });
    const stat = name.endsWith(SUFFIX) ? statSync(pathOf(name), { throwIfNoEntry: false }) : undefined;
    return stat ? [{ name, size: stat.size, usedAt: stat.mtimeMs }] : [];
  });
  for (const { name, size } of found.toSorted((left, right) => left.usedAt - right.usedAt)) files.set(name, size);

  const withFile = <T>(name: string, work: (size: number, read: ReadFile) => T): T => {
    const file = openSync(pathOf(name), 'r');
    try {
      const { size } = fstatSync(file);
      return work(size, (target, position) => {
        if (readSync(file, target, 0, target.length, position) < target.length) throw new Error('cut short');
      });
    } finally {
      closeSync(file);
    }
  };

  /** Reads and opens the head alone. */
  const inspect = (subject: string, name: string): Kept | null => {
    try {
      return withFile(name, (size, read) => {
        const prefix = Buffer.alloc(SEALED_PREFIX);
        read(prefix, 0);
        const head = Buffer.alloc(sealedHeadLength(prefix));
        read(head, 0);
        return { name, size, tokens: tokensOf(openHead(bindingOf(subject, name), head, size - head.length)) };
      });
    } catch {
      remove(name);
      return null;
    }
  };

  const openState = (subject: string, name: string): Buffer | null => {
    try {
      return withFile(name, (size, read) => {
        makeReady(size);
        return openBody(bindingOf(subject, name), size, read, room);
      });
    } catch {
      remove(name);
      return null;
    }
  };

  const indexOf = (subject: string): Kept[] => {
    const known = indexes.get(subject);
    if (known) return known;
    const prefix = prefixOf(subject);
    const kept = [...files.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => inspect(subject, name))
      .filter((entry) => entry !== null);
    indexes.set(subject, kept);
    return kept;
  };

  const makeRoom = (size: number): boolean => {
    const { bavail, bsize } = statfsSync(dir);
    if (size > limit / 2 || bavail * bsize < size + RESERVE) return false;
    let total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const [name, bytes] of [...files]) {
      if (total + size <= limit) break;
      remove(name);
      total -= bytes;
    }
    return true;
  };

  const used = (name: string) => {
    const size = files.get(name) ?? 0;
    files.delete(name);
    files.set(name, size);
    const now = new Date();
    quietly(() => utimesSync(pathOf(name), now, now));
  };

  return {
    find(subject, prompt) {
      if (!open) return null;
      let best: FoundState | null = null;
      for (const { name, tokens } of indexOf(subject)) {
        const shared = sharedPrefix(tokens, prompt);
        if (shared > (best?.shared ?? 0)) best = { name, tokens: [...tokens], shared };
      }
      return best;
    },
    warm(subject) {
      const newest = open ? indexOf(subject).at(-1) : undefined;
      if (newest) openState(subject, newest.name);
    },
    read(subject, { name }) {
      const state = open ? openState(subject, name) : null;
      if (state) used(name);
      return state;
    },
    discard: ({ name }) => remove(name),
    async keep(subject, tokens, state) {
      if (!open) return;
      const head = headOf(tokens);
      const size = sealedSize(head.length, state.length);
      // What it goes on from has no use beside it.
      const outgrown = indexOf(subject).filter((entry) => sharedPrefix(entry.tokens, tokens) === entry.tokens.length);
      const name = `${prefixOf(subject)}-${randomBytes(8).toString('hex')}${SUFFIX}`;
      const unfinished = pathOf(`${name}${UNFINISHED}`);
      try {
        if (!makeRoom(size)) return;
        const file = openSync(unfinished, 'wx', 0o600);
        try {
          let pieces = 0;
          for (const piece of sealState(bindingOf(subject, name), head, state)) {
            writeSync(file, piece);
            pieces += 1;
            if (pieces % PIECES_AT_ONCE === 0) await setImmediate();
          }
        } finally {
          closeSync(file);
        }
        renameSync(unfinished, pathOf(name));
      } catch (error) {
        rmSync(unfinished, { force: true });
        // A full or read-only disk; the prompt is read again then.
        if (error instanceof Error && 'code' in error) return;
        throw error;
      }
      if (!open) {
        rmSync(pathOf(name), { force: true });
        return;
      }
      files.set(name, size);
      for (const { name: old } of outgrown) remove(old);
      indexOf(subject).push({ name, size, tokens: Uint32Array.from(tokens) });
    },
    forget() {
      open = false;
      key.fill(0);
      room.fill(0);
      indexes.clear();
      files.clear();
    },
  };
};
