import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { compileAddon } from './compile.ts';

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
