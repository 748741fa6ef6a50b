import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { openAddonBackend } from '../host/addon-backend.ts';
import { compileAddon } from './compile.ts';
import { compileProcessor } from './compile-processor.ts';

describe.skipIf(process.platform === 'win32')('building the addon', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-addon-'));
  const model = join(dir, 'tiny.gguf');
  writeFileSync(model, tinyGguf());
  const { signal } = new AbortController();
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const into = (name: string) => join(dir, name);

  it('says so where there is no compiler', async () => {
    vi.stubEnv('PATH', dir);
    vi.stubEnv('CXX', undefined);
    expect(await compileAddon({ dir: into('a'), model, signal })).toEqual({ outcome: 'no-compiler' });
  });

  it('fails, and leaves nothing, where the compiler does', async () => {
    vi.stubEnv('CXX', 'false');
    expect(await compileAddon({ dir: into('b'), model, signal })).toMatchObject({ outcome: 'failed' });
    expect(readdirSync(into('b'))).toEqual([]);
  });

  it('gives no name to a build that does not answer as the library does', async () => {
    vi.stubEnv('PATH', `/usr/bin:/bin:${process.env['PATH']}`);
    const built = await compileAddon({ dir: into('c'), model: join(dir, 'missing.gguf'), signal });
    if (built.outcome !== 'no-compiler') expect(built.outcome).toBe('failed');
    expect(readdirSync(into('c'))).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('building the arithmetic', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-processor-'));
  const model = join(dir, 'tiny.gguf');
  writeFileSync(model, tinyGguf());
  const { signal } = new AbortController();
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('says so where there is no compiler', async () => {
    vi.stubEnv('PATH', dir);
    vi.stubEnv('CXX', undefined);
    expect(await compileProcessor({ dir: join(dir, 'a'), model, signal })).toEqual({ outcome: 'no-compiler' });
    expect(existsSync(join(dir, 'a'))).toBe(false);
  });

  it('ends with the node, and leaves nothing', async () => {
    const stopped = AbortSignal.abort();
    expect(await compileProcessor({ dir: join(dir, 'b'), model, signal: stopped })).toMatchObject({
      outcome: expect.stringMatching(/failed|no-compiler/u),
    });
    expect(readdirSync(join(dir, 'b'))).toEqual([]);
  });

  it('is done without where it does not load', async () => {
    const broken = join(dir, 'c');
    mkdirSync(broken);
    writeFileSync(join(broken, 'libggml-cpu.so'), 'no library');
    const backend = await openAddonBackend(broken);
    if (!backend) return;
    const opened = await backend.openModel({ path: model, offload: false }, () => undefined, signal);
    const shape = { contextLength: 128, sequences: 1, batchSize: 64, threads: 1, flashAttention: false } as const;
    const context = await opened.openContext({ ...shape, embeddings: false });
    context.raw.initBatch(1);
    context.raw.addToBatch(0, 0, Uint32Array.of(5), Uint32Array.of(0));
    await expect(context.raw.decodeBatch()).resolves.toBeUndefined();
    await context.dispose();
    await opened.dispose();
  });
});
