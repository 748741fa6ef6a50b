import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CatalogModel, catalogSize, defaultCatalogPath, readCatalog } from './catalog.ts';

const dir = mkdtempSync(join(tmpdir(), 'jan-catalog-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the catalog that comes with Jan', () => {
  const { builtin, downloadable } = readCatalog(defaultCatalogPath);

  it('has the built-in model, and Jan first among the others', () => {
    expect(builtin.size).toBeGreaterThan(0);
    expect(downloadable.map(({ id }) => id)).toEqual([
      'jan-v3-4b',
      'jan-v3.5-4b',
      'jan-v1-4b',
      'jan-nano-128k',
      'jan-code-4b',
      'qwen3.5-2b',
      'qwen3.5-4b',
      'qwen3.5-9b',
      'gemma-4-e2b',
      'gemma-4-e4b',
      'gemma-4-12b',
      'granite-4.1-3b',
      'lfm2.5-1.2b',
      'qwen3-embedding-0.6b',
      'embeddinggemma-300m',
    ]);
    expect(downloadable.filter(({ kind }) => kind === 'embedding').map(({ id }) => id)).toEqual([
      'qwen3-embedding-0.6b',
      'embeddinggemma-300m',
    ]);
  });

  it('says the same size twice where it knows it, and a digest only of files that never change', () => {
    for (const model of downloadable) {
      expect(catalogSize(model) ?? model.about).toBe(model.about);
      if (model.files.some(({ sha256 }) => sha256 !== null)) expect(model.revision).toMatch(/^[0-9a-f]{40}$/u);
    }
  });

  it('has sizes that go with the numbers of weights', () => {
    for (const { parameters, about } of downloadable) {
      const weights = Number.parseFloat(parameters) * (parameters.endsWith('B') ? 1e9 : 1e6);
      expect((about * 8) / weights).toBeGreaterThan(4);
      expect((about * 8) / weights).toBeLessThan(10);
    }
  });
});

describe('readCatalog', () => {
  const real: { models: [unknown, ...CatalogModel[]] } = JSON.parse(readFileSync(defaultCatalogPath, 'utf8'));
  const [builtin, first] = real.models;
  const read = (models: readonly unknown[]) => {
    const path = join(dir, 'catalog.json');
    writeFileSync(path, JSON.stringify({ models }));
    return readCatalog(path);
  };
  const file = first?.files[0];

  it.each<[string, readonly unknown[]]>([
    ['no built-in model', [first]],
    ['nothing', []],
    ['an id twice', [builtin, first, first]],
    ['a path out of the repository', [builtin, { ...first, files: [{ ...file, path: '../../x.gguf' }] }]],
    ['another kind of file', [builtin, { ...first, files: [{ ...file, path: 'x.exe' }] }]],
    ['an id that is a path', [builtin, { ...first, id: '../x' }]],
    ['a repository that is an address', [builtin, { ...first, repository: 'https://example.com' }]],
    ['half a digest', [builtin, { ...first, files: [{ ...file, sha256: 'abc' }] }]],
    ['a licence without an address', [builtin, { ...first, licence: { name: 'x', url: 'here' } }]],
    ['a field that nothing reads', [builtin, { ...first, colour: 'red' }]],
  ])('refuses %s', (_what, models) => {
    expect(() => read(models)).toThrow(z.ZodError);
  });

  it('takes a catalog with the built-in model alone', () => {
    expect(read([builtin]).downloadable).toEqual([]);
  });
});
