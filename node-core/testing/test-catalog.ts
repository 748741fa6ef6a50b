import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogModel } from '../inference/catalog.ts';
import { sha256, tinyGguf, type TinyModelShape } from './tiny-gguf.ts';

/** A catalog whose built-in model has random weights: real inference of a few milliseconds, whose answers mean nothing. */
export const writeTestCatalog = (
  dir: string,
  shape: TinyModelShape = {},
  downloadable: readonly CatalogModel[] = [],
): string => {
  const contextLength = shape.contextLength ?? 512;
  const model = tinyGguf({ ...shape, contextLength });
  writeFileSync(join(dir, 'tiny.gguf'), model);
  const path = join(dir, 'catalog.json');
  const entry = {
    id: 'jan-builtin',
    name: 'Tiny',
    description: 'Random weights.',
    licence: 'not yet fixed',
    file: 'tiny.gguf',
    sha256: sha256(model),
    context: contextLength,
  };
  writeFileSync(path, JSON.stringify({ models: [entry, ...downloadable] }));
  return path;
};
