import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { compileProcessor } from './compile-processor.ts';

describe.runIf(process.platform === 'linux')("llama.cpp's arithmetic for this processor", () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-processor-'));
  const model = join(dir, 'tiny.gguf');
  writeFileSync(model, tinyGguf());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is compiled with products that are the library’s, bit for bit, and answers as the library does', async () => {
    const into = join(dir, 'built');
    const built = await compileProcessor({ dir: into, model, signal: new AbortController().signal });
    if (built.outcome === 'no-compiler') return;
    if (built.outcome !== 'ready') throw new Error(JSON.stringify(built));
    expect(existsSync(join(built.path, 'libggml-cpu.so'))).toBe(true);
    expect(readdirSync(into)).toHaveLength(1);
  }, 600_000);
});
