import { readSync } from 'node:fs';
import { MAX_HEADER_BYTES } from './constants.ts';

/** The header says more than the file holds, or something that can't be. */
export class MalformedFile extends Error {
  override readonly name = 'MalformedFile';
  /** The file ends too early, as after an interrupted download. */
  readonly truncated: boolean;

  constructor(message: string, truncated = false) {
    super(message);
    this.truncated = truncated;
  }
}

const CHUNK = 1 << 20;

/** Reads little-endian values one after another and holds no more than one chunk of the file. */
export class Cursor {
  readonly #file: number;
  readonly #size: number;
  #chunk = Buffer.alloc(0);
  #chunkStart = 0;
  #position = 0;

  constructor(file: number, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get position(): number {
    return this.#position;
  }

  get left(): number {
    return this.#size - this.#position;
  }

  bytes(count: number): Buffer {
    this.#require(count);
    const start = this.#position - this.#chunkStart;
    if (start < 0 || start + count > this.#chunk.length) this.#load(count);
    const from = this.#position - this.#chunkStart;
    this.#position += count;
    return this.#chunk.subarray(from, from + count);
  }

  skip(count: number): void {
    this.#require(count);
    this.#position += count;
  }

  u32(): number {
    return this.bytes(4).readUInt32LE();
  }

  /** 64 bits, refused beyond what a number holds exactly. */
  u64(): number {
    const value = this.bytes(8).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedFile('a length in the header is impossibly large');
    return Number(value);
  }

  #require(count: number): void {
    if (count > this.left) throw new MalformedFile('the header runs past the end of the file', true);
    if (this.#position + count > MAX_HEADER_BYTES) throw new MalformedFile('its header is impossibly large');
  }

  #load(count: number): void {
    const wanted = Math.min(Math.max(count, CHUNK), this.left);
    const chunk = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
      const read = readSync(this.#file, chunk, filled, wanted - filled, this.#position + filled);
      if (read === 0) throw new MalformedFile('the file became shorter while it was read', true);
      filled += read;
    }
    this.#chunk = chunk;
    this.#chunkStart = this.#position;
  }
}
