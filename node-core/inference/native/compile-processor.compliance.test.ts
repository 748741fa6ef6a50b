import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog.ts';
import { compileProcessor } from './compile-processor.ts';

const catalog = fileURLToPath(new URL('../../../resources/models/catalog.json', import.meta.url));

describe.runIf(process.platform === 'linux')("llama.cpp's arithmetic for this processor", () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-processor-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is compiled with products that are the library’s, bit for bit, and answers as the library does', async () => {
    const { signal } = new AbortController();
    const built = await compileProcessor({ dir, model: readCatalog(catalog).builtin.path, signal });
    if (built.outcome === 'no-compiler') return;
    if (built.outcome !== 'ready') throw new Error(JSON.stringify(built));
    expect(existsSync(join(built.path, 'libggml-cpu.so'))).toBe(true);
    expect(readdirSync(dir)).toHaveLength(1);
  }, 600_000);
});
