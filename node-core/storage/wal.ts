import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync } from 'node:fs';
import { PAGE, readAt } from './pages.ts';

// https://sqlite.org/fileformat2.html#the_write_ahead_log
export const WAL_HEADER = 32;
const FRAME_HEADER = 24;
export const WAL_FRAME = FRAME_HEADER + PAGE;

const open = <T>(path: string, work: (file: number, size: number) => T): T | undefined => {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return work(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
};

export const walSize = (path: string): number => open(path, (_file, size) => size) ?? 0;

/** Page numbers of the frames that the log's present generation wrote, whether committed or not. */
export const walPages = (path: string): Set<number> => {
  const pages = new Set<number>();
  open(path, (file, size) => {
    const header = Buffer.alloc(WAL_HEADER);
    if (readAt(file, header, 0) < WAL_HEADER) return;
    const salts = header.subarray(16, 24);
    const frame = Buffer.alloc(FRAME_HEADER);
    for (let at = WAL_HEADER; at + WAL_FRAME <= size; at += WAL_FRAME) {
      readAt(file, frame, at);
      if (!frame.subarray(8, 16).equals(salts)) return;
      pages.add(frame.readUInt32BE(0));
    }
  });
  return pages;
};

/** SHA-256 of the log up to and with a frame; `undefined` where the log is shorter. */
export const walDigest = (path: string, frames: number): string | undefined =>
  open(path, (file, size) => {
    const wanted = WAL_HEADER + frames * WAL_FRAME;
    if (size < wanted) return undefined;
    const digest = createHash('sha256');
    const chunk = Buffer.alloc(1 << 20);
    for (let at = 0; at < wanted; ) {
      const bytes = readAt(file, chunk.subarray(0, Math.min(chunk.length, wanted - at)), at);
      if (bytes === 0) return undefined;
      digest.update(chunk.subarray(0, bytes));
      at += bytes;
    }
    return digest.digest('hex');
  });

/** Follows the log while it grows, so that each commit costs only its own frames. */
export const createWalFollower = (path: string) => {
  let digest = createHash('sha256');
  let done = 0;
  return {
    restart() {
      digest = createHash('sha256');
      done = 0;
    },
    /** SHA-256 of the log up to and with frame `frames`. */
    digest(frames: number): string {
      const wanted = WAL_HEADER + frames * WAL_FRAME;
      if (wanted < done) this.restart();
      open(path, (file) => {
        const bytes = Buffer.alloc(wanted - done);
        const read = readAt(file, bytes, done);
        digest.update(bytes.subarray(0, read));
        done += read;
      });
      return digest.copy().digest('hex');
    },
  };
};
