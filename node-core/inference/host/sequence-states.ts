import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import type { RawContext } from './llama.ts';

/** What the context remembers of a sequence, as bytes. Not while a batch is being computed. */
export interface SequenceStates {
  /** Null where the machine has no room for it. */
  read(sequence: number): Promise<Buffer | null>;
  /** False where the context does not take it; the sequence is empty then. */
  write(sequence: number, state: Buffer): Promise<boolean>;
}

/** What llama.cpp 0.5.0 writes before a state in a file: magic, version, number of tokens (none). */
const FILE_HEAD = Buffer.alloc(12);
FILE_HEAD.writeUInt32LE(0x67677371, 0);
FILE_HEAD.writeUInt32LE(3, 4);
/** And in a buffer: magic, and the sequence it came from. This is how states are kept, whichever engine read them. */
const BUFFER_HEAD = Buffer.alloc(8);
BUFFER_HEAD.writeUInt32LE(0xaf143cd8, 0);

/** Runs on a file that lies in memory and has no name: nothing of it is ever on a disk, nor left behind. Null where there is no room for it. */
const inMemory = async <T>(work: (file: number, path: string) => Promise<T>): Promise<T | null> => {
  const name = `/dev/shm/jan-${randomBytes(12).toString('hex')}`;
  try {
    const file = openSync(name, 'wx+', 0o600);
    try {
      unlinkSync(name);
      return await work(file, `/proc/self/fd/${file}`);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
};

/** The library writes states to files alone; where there are none in memory, none are written. */
export const plainSequenceStates = (context: RawContext): SequenceStates | null => {
  if (process.platform !== 'linux') return null;
  return {
    read: (sequence) =>
      inMemory(async (file, path) => {
        await context.saveSequenceStateToFile(path, sequence, new Uint32Array());
        const length = fstatSync(file).size - FILE_HEAD.length;
        const state = Buffer.allocUnsafeSlow(BUFFER_HEAD.length + length);
        BUFFER_HEAD.copy(state);
        readSync(file, state, BUFFER_HEAD.length, length, FILE_HEAD.length);
        return state;
      }),
    async write(sequence, state) {
      const taken = await inMemory(async (file, path) => {
        writeSync(file, FILE_HEAD);
        writeSync(file, state.subarray(BUFFER_HEAD.length));
        await context.loadSequenceStateFromFile(path, sequence, 1);
        return true;
      });
      if (!taken) context.disposeSequence(sequence);
      return taken === true;
    },
  };
};
