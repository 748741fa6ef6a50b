import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPromptStates, type PromptStates } from './prompt-states.ts';

const subject = 'model A, library 1, context 512';
const phrase = 'the blue heron lands at dawn';
const tokens = Array.from({ length: 300 }, (_, index) => index * 7);
const state = Buffer.concat([Buffer.from(phrase), Buffer.alloc(700_000, 5), Buffer.from(phrase)]);
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jan-states-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (options: { key?: number; limit?: number } = {}): PromptStates =>
  createPromptStates({ dir, key: Buffer.alloc(32, options.key ?? 1), limit: options.limit ?? 10_000_000 });
const only = (): string => {
  const [name, ...others] = readdirSync(dir);
  if (name === undefined || others.length > 0) throw new Error(`one file is expected, not ${others.length + 1}`);
  return join(dir, name);
};
const readAll = (states: PromptStates, prompt: readonly number[], of = subject): Buffer | null => {
  const found = states.find(of, prompt);
  return found && states.read(of, found);
};

describe('prompt states', () => {
  it('are found after a restart by the longest beginning, and read as they were kept', async () => {
    const states = open();
    await states.keep(subject, tokens, state);
    await states.keep(subject, [...tokens.slice(0, 100), 1, 2, 3], Buffer.from('another'));
    for (const again of [states, open()]) {
      const found = again.find(subject, [...tokens, 9, 9]);
      expect(found).toMatchObject({ shared: 300, tokens });
      expect(readAll(again, [...tokens, 9, 9])?.equals(state)).toBe(true);
      expect(again.find(subject, [...tokens.slice(0, 150), 0])?.shared).toBe(150);
      expect(again.find(subject, [99])).toBeNull();
    }
  });

  it('belong to one model, one library and one context', async () => {
    const states = open();
    await states.keep(subject, tokens, state);
    expect(states.find('model B, library 1, context 512', tokens)).toBeNull();
    // Given the name of another subject's file.
    const found = states.find(subject, tokens);
    if (!found) throw new Error('it was kept');
    expect(states.read('model B, library 1, context 512', found)).toBeNull();
  });

  it('show nothing of what they hold, in content or name', async () => {
    await open().keep(subject, tokens, state);
    const bytes = readFileSync(only());
    expect(bytes.includes(phrase)).toBe(false);
    expect(bytes.includes(Buffer.from(Uint32Array.from(tokens.slice(0, 8)).buffer))).toBe(false);
    expect(bytes.includes(Buffer.alloc(64, 5))).toBe(false);
    expect(only()).not.toContain('model');
    expect(statSync(only()).mode & 0o077).toBe(0);
  });

  it.each([
    ['format', 0],
    ['salt', 5],
    ['length of the head', 18],
    ['head', 60],
    ['first frame', 2_000],
    ['last byte', -1],
  ])('are deleted and ignored where a bit of the %s is flipped', async (_what, at) => {
    await open().keep(subject, tokens, state);
    const path = only();
    const bytes = readFileSync(path);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(readAll(open(), tokens)).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });

  it.each([0, 1, 20, 500, 1_300, 263_000, 700_000])(
    'are deleted and ignored where only %d bytes are left',
    async (length) => {
      await open().keep(subject, tokens, state);
      truncateSync(only(), length);
      expect(readAll(open(), tokens)).toBeNull();
      expect(readdirSync(dir)).toEqual([]);
    },
  );

  it('are deleted where the last frame is missing as a whole', async () => {
    await open().keep(subject, tokens, Buffer.alloc(2 * 2 ** 20, 1));
    truncateSync(only(), statSync(only()).size - (2 ** 20 + 16));
    expect(readAll(open(), tokens)).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('do not open with the key of another vault', async () => {
    await open({ key: 1 }).keep(subject, tokens, state);
    expect(open({ key: 2 }).find(subject, tokens)).toBeNull();
  });

  it('that were being written when the process ended leave nothing', async () => {
    await open().keep(subject, tokens, state);
    writeFileSync(join(dir, 'x.state.part'), readFileSync(only()).subarray(0, 1_000));
    expect(readAll(open(), tokens)?.equals(state)).toBe(true);
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('stay below the limit: the ones unused for longest go first', async () => {
    const states = open({ limit: 350_000 });
    const of = (first: number) => [first, ...tokens];
    for (const first of [1, 2, 3]) await states.keep(subject, of(first), Buffer.alloc(100_000, first));
    expect(readAll(states, of(1))?.equals(Buffer.alloc(100_000, 1))).toBe(true);
    await states.keep(subject, of(4), Buffer.alloc(100_000, 4));
    expect(states.find(subject, of(2))).toBeNull();
    expect([1, 3, 4].map((first) => states.find(subject, of(first))?.shared)).toEqual([301, 301, 301]);
    await states.keep(subject, of(5), Buffer.alloc(300_000, 5));
    expect(states.find(subject, of(5))).toBeNull();
  });

  it('replace what they go on from', async () => {
    const states = open();
    await states.keep(subject, tokens.slice(0, 200), Buffer.alloc(1_000, 1));
    await states.keep(subject, tokens, Buffer.alloc(2_000, 2));
    expect(readdirSync(dir)).toHaveLength(1);
    expect(readAll(states, tokens)?.equals(Buffer.alloc(2_000, 2))).toBe(true);
  });

  it('are done without where the disk takes nothing', async () => {
    const states = open();
    rmSync(dir, { recursive: true });
    await states.keep(subject, tokens, state);
    expect(states.find(subject, tokens)).toBeNull();
    mkdirSync(dir);
    await states.keep(subject, tokens, state);
    expect(readAll(states, tokens)?.equals(state)).toBe(true);
  });

  it('are out of reach once the key is forgotten', async () => {
    const key = Buffer.alloc(32, 1);
    const states = createPromptStates({ dir, key, limit: 10_000_000 });
    await states.keep(subject, tokens, state);
    const found = states.find(subject, tokens);
    const saving = states.keep(subject, [5, ...tokens], state);
    states.forget();
    await saving;
    expect(key.every((byte) => byte === 0)).toBe(true);
    expect(states.find(subject, tokens)).toBeNull();
    expect(found && states.read(subject, found)).toBeNull();
    expect(readdirSync(dir)).toHaveLength(1);
  });
});
