import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/index.ts';
import { tinyGguf, type TinyModelShape } from '../../testing/tiny-gguf.ts';
import { inspectGguf } from './inspect.ts';

const dir = mkdtempSync(join(tmpdir(), 'jan-gguf-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const whole = tinyGguf({ contextLength: 256 });
const write = (name: string, bytes: Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
};
const refusal = (path: string): AppError => {
  try {
    inspectGguf(path);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was taken.');
};

describe('inspectGguf', () => {
  it('reads what a whole file says about its model', () => {
    expect(inspectGguf(write('whole.gguf', whole))).toMatchObject({
      name: 'tiny',
      architecture: 'llama',
      contextLength: 256,
      embeddingLength: 64,
      heads: 4,
      size: whole.length,
      cacheBytesPerToken: 2 * 64 * 2 * 2,
    });
  });

  it.each([
    ['an empty file', Buffer.alloc(0), /empty \(0 bytes\).*Download it again/u],
    ['text', Buffer.from('just some text, long enough to be read as a header'), /not a GGUF file/u],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>404</body></html>'), /web page/u],
    [
      'a Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
      /Git LFS pointer/u,
    ],
    ['a zip archive', Buffer.from('PK\x03\x04 and so on and so on and so on'), /zip archive/u],
    ['a shred of a header', whole.subarray(0, 10), /cut short/u],
    [
      'an old version',
      Buffer.concat([whole.subarray(0, 4), Buffer.from([1, 0, 0, 0]), whole.subarray(8)]),
      /GGUF version 1/u,
    ],
    [
      'a big-endian file',
      Buffer.concat([whole.subarray(0, 4), Buffer.from([0, 0, 0, 3]), whole.subarray(8)]),
      /big-endian/u,
    ],
    [
      'impossible counts',
      Buffer.concat([whole.subarray(0, 8), Buffer.alloc(16, 0xff), whole.subarray(24)]),
      /impossibl/u,
    ],
    [
      'an unknown architecture',
      tinyGguf({ architecture: 'quantumllama' }),
      /architecture "quantumllama" is not supported/u,
    ],
    ['a model of images', tinyGguf({ architecture: 'clip' }), /does not write text/u],
  ])('refuses %s and says what to do', (_what, bytes, text) => {
    const error = refusal(write('bad.gguf', bytes));
    expect(error.code).toBe('MODEL_FILE_INVALID');
    expect(error.message).toMatch(text);
    expect(error.message).toMatch(/(Download|Choose|Check|Give|Put)/u);
  });

  it.each<[string, NonNullable<TinyModelShape['metadata']>, number]>([
    ['every layer', {}, 4],
    ['every fourth', { 'llama.full_attention_interval': { type: 'u32', value: 4 } }, 1],
    ['a head count of 0', { 'llama.attention.head_count_kv': { type: 'ints', value: [0, 2, 0, 4] } }, 1.5],
    ['no window of its own', { 'llama.attention.shared_kv_layers': { type: 'u32', value: 2 } }, 2],
    [
      'a window',
      {
        'llama.attention.sliding_window': { type: 'u32', value: 64 },
        'llama.attention.sliding_window_pattern': { type: 'ints', value: [1, 1, 1, 0] },
      },
      1,
    ],
    [
      'a pattern, but no window',
      { 'llama.attention.sliding_window_pattern': { type: 'ints', value: [1, 1, 1, 0] } },
      4,
    ],
    ['more shared layers than there are', { 'llama.attention.shared_kv_layers': { type: 'u32', value: 99 } }, 1],
  ])('counts the memory of layers that look at everything: %s', (_what, metadata, layers) => {
    const { cacheBytesPerToken } = inspectGguf(write('layers.gguf', tinyGguf({ layers: 4, heads: 4, metadata })));
    expect(cacheBytesPerToken).toBe(layers * 4 * (16 + 16) * 2);
  });

  it('names the weight format that the file says it has', () => {
    const typed = (value: number) => tinyGguf({ metadata: { 'general.file_type': { type: 'u32', value } } });
    expect(inspectGguf(write('typed.gguf', typed(15))).quantization).toBe('Q4_K_M');
    expect(inspectGguf(write('typed.gguf', typed(999))).quantization).toBeNull();
    expect(inspectGguf(write('typed.gguf', whole)).quantization).toBeNull();
  });

  it('notices a file that is cut short anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
        const path = write('cut.gguf', whole);
        truncateSync(path, length);
        expect(refusal(path).code).toBe('MODEL_FILE_INVALID');
      }),
      { numRuns: 60 },
    );
  });

  it('reads no header that would keep everything else waiting', () => {
    const length = 2 ** 31;
    const head = Buffer.alloc(50);
    head.write('GGUF');
    head.writeUInt32LE(3, 4);
    head.writeBigUInt64LE(1n, 8);
    head.writeBigUInt64LE(1n, 16);
    head.writeBigUInt64LE(1n, 24);
    head.write('a', 32);
    head.writeUInt32LE(9, 33);
    head.writeUInt32LE(8, 37);
    head.writeBigUInt64LE(BigInt(length / 8 - 100), 41);
    const path = write('empty-texts.gguf', head);
    truncateSync(path, length);
    expect(refusal(path).message).toMatch(/header is impossibly large/u);
  });

  it('says how many bytes are missing of the weights', () => {
    const path = write('cut.gguf', whole.subarray(0, whole.length - 1_000));
    expect(refusal(path).message).toContain(`cut short: ${whole.length - 1_000} of at least ${whole.length} bytes`);
  });

  it('takes or refuses any damaged header, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        const path = write('flipped.gguf', damaged);
        try {
          inspectGguf(path);
        } catch (error) {
          expect(error).toMatchObject({ code: 'MODEL_FILE_INVALID' });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a folder, a missing file and something that is no file', async () => {
    mkdirSync(join(dir, 'folder.gguf'));
    expect(refusal(join(dir, 'folder.gguf')).message).toMatch(/it is a folder/u);
    expect(refusal(join(dir, 'missing.gguf')).message).toMatch(/no such file/u);
    const path = join(dir, 'socket.gguf');
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(path, done);
    });
    expect(refusal(path).code).toBe('MODEL_FILE_INVALID');
    server.close();
    expect(refusal('/dev/null').message).toMatch(/not a regular file/u);
    // Opening one as a file is opened waits until somebody writes to it: all of Jan would stand still.
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(dir, 'pipe.gguf')]);
    expect(refusal(join(dir, 'pipe.gguf')).message).toMatch(/not a regular file/u);
  });

  it('asks for the first part of a split model and for all of them', () => {
    expect(refusal(write('other-name.gguf', tinyGguf({ splits: 2 }))).message).toMatch(/one of 2 parts/u);
    expect(refusal(write('big-00002-of-00002.gguf', tinyGguf({ splits: 2 }))).message).toMatch(/00001-of-00002/u);
    rmSync(join(dir, 'big-00002-of-00002.gguf'));
    const first = write('big-00001-of-00002.gguf', tinyGguf({ splits: 2 }));
    expect(refusal(first).message).toMatch(/"big-00002-of-00002.gguf" is missing/u);
    write('big-00002-of-00002.gguf', whole);
    expect(inspectGguf(first).size).toBeGreaterThan(whole.length);
  });
});
