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

/** What llama.cpp writes before the state itself: magic, version, number of tokens (none). */
const HEADER = Buffer.alloc(12);
HEADER.writeUInt32LE(0x67677371, 0);
HEADER.writeUInt32LE(3, 4);

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
        const state = Buffer.allocUnsafeSlow(fstatSync(file).size - HEADER.length);
        readSync(file, state, 0, state.length, HEADER.length);
        return state;
      }),
    async write(sequence, state) {
      const taken = await inMemory(async (file, path) => {
        writeSync(file, HEADER);
        writeSync(file, state);
        await context.loadSequenceStateFromFile(path, sequence, 1);
        return true;
      });
      if (!taken) context.disposeSequence(sequence);
      return taken === true;
    },
  };
};
