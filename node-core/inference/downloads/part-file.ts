import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { toStorageError } from '../../storage/index.ts';
import { addRange, clipRanges, type Range, removeRange } from './ranges.ts';

/** What is on disk of a file, and of which version of it. */
export interface FileProgress {
  /** Bytes of the whole file; `null` until the server has said it. */
  readonly total: number | null;
  /** What the server calls this version. */
  readonly validator: string | null;
  /** Digest that the hub has on record. */
  readonly sha256: string | null;
  readonly ranges: readonly Range[];
}

export const nothingYet: FileProgress = { total: null, validator: null, sha256: null, ranges: [] };

/** A file that is not whole yet. What was recorded of it is on disk, whenever the machine stops. */
export interface PartFile {
  readonly progress: FileProgress;
  /** Why nothing more could be written. */
  readonly fault: unknown;
  learn(known: Pick<FileProgress, 'total' | 'validator' | 'sha256'>): void;
  /** @throws AppError `STORAGE_*` */
  write(chunk: Uint8Array, at: number): Promise<void>;
  /** These bytes may be wrong. */
  forget(range: Range): void;
  /** What is on disk counts no longer. */
  startOver(): Promise<void>;
  record(): Promise<void>;
  /** Records, too. */
  close(): Promise<void>;
}

export interface PartFileOptions {
  readonly path: string;
  readonly progress: FileProgress;
  readonly onBytes: (progress: FileProgress) => void;
  readonly onRecord: (progress: FileProgress) => void;
}

const orStorageError = (error: unknown): never => {
  throw toStorageError(error);
};

/** @throws AppError `STORAGE_*` */
export const openPartFile = async ({ path, progress, onBytes, onRecord }: PartFileOptions): Promise<PartFile> => {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600).catch(orStorageError);
  // The file may have been taken away in the meantime.
  const { size } = await handle.stat();
  let current: FileProgress = { ...progress, ranges: clipRanges(progress.ranges, size) };
  // Bytes that nothing is on record about may be of another file.
  await handle.truncate(current.ranges.at(-1)?.[1] ?? 0).catch(orStorageError);
  let recorded = current;
  /** How often something stopped counting. */
  let revoked = 0;
  let fault: unknown;

  const recordNow = async () => {
    const [now, begun] = [current, revoked];
    if (now === recorded) return;
    await handle.datasync().catch(orStorageError);
    if (begun !== revoked) return;
    recorded = now;
    onRecord(now);
  };
  /** One after another: what is on record never goes back. */
  let recording = Promise.resolve();
  const record = () => (recording = recording.then(recordNow));

  return {
    get progress() {
      return current;
    },
    get fault() {
      return fault;
    },
    learn(known) {
      current = { ...current, ...known };
      onBytes(current);
    },
    async write(chunk, at) {
      try {
        for (let done = 0; done < chunk.length; ) {
          const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, at + done);
          done += bytesWritten;
        }
      } catch (error) {
        fault = toStorageError(error);
        throw fault;
      }
      current = { ...current, ranges: addRange(current.ranges, [at, at + chunk.length]) };
      onBytes(current);
    },
    forget(range) {
      revoked += 1;
      current = { ...current, ranges: removeRange(current.ranges, range) };
      recorded = { ...recorded, ranges: removeRange(recorded.ranges, range) };
      onRecord(recorded);
      onBytes(current);
    },
    async startOver() {
      revoked += 1;
      current = { ...nothingYet };
      recorded = current;
      // Before other bytes take the place, not after.
      onRecord(current);
      onBytes(current);
      await handle.truncate(0).catch(orStorageError);
    },
    record,
    async close() {
      try {
        await record();
      } finally {
        await handle.close();
      }
    },
  };
};
