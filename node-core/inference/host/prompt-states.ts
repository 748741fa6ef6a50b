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
  /** Null where it is damaged; it is gone then. */
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
/** The event loop gets its turn after so many pieces. */
const PIECES_AT_ONCE = 6;

const sharedPrefix = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  const end = Math.min(left.length, right.length);
  let index = 0;
  while (index < end && left[index] === right[index]) index += 1;
  return index;
};

const headOf = (tokens: readonly number[]): Buffer => Buffer.from(Uint32Array.from(tokens).buffer);
const tokensOf = (head: Buffer): Uint32Array =>
  Uint32Array.from({ length: Math.floor(head.length / 4) }, (_, index) => head.readUInt32LE(index * 4));

export const createPromptStates = ({ dir, key, limit }: PromptStatesOptions): PromptStates => {
  const indexes = new Map<string, Kept[]>();
  /** Every file here: its bytes, the one unused for longest first. */
  const files = new Map<string, number>();
  let open = true;

  const pathOf = (name: string) => join(dir, name);
  /** Hides which model it is. */
  const prefixOf = (subject: string) => createHmac('sha256', key).update(subject).digest('hex').slice(0, 32);
  const bindingOf = (subject: string, name: string) => ({ key, subject, name });

  const remove = (name: string) => {
    rmSync(pathOf(name), { force: true });
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
    utimesSync(pathOf(name), now, now);
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
    read(subject, { name }) {
      if (!open) return null;
      try {
        const body = withFile(name, (size, read) => openBody(bindingOf(subject, name), size, read));
        used(name);
        return body;
      } catch {
        remove(name);
        return null;
      }
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
      indexes.clear();
      files.clear();
    },
  };
};
