import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const BUILTIN_ID = 'jan-builtin';

const CatalogModel = z.object({
  id: z.literal(BUILTIN_ID),
  name: z.string().min(1),
  description: z.string(),
  licence: z.string(),
  /** File name beside the catalog. */
  file: z.string().regex(/^[\w.-]+\.gguf$/u),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Tokens that it was trained to see. */
  context: z.number().int().positive(),
});
const Catalog = z.object({ models: z.array(CatalogModel).length(1) });

export interface BuiltinModel extends z.infer<typeof CatalogModel> {
  readonly path: string;
  /** Bytes; null where the file is missing. */
  readonly size: number | null;
}

/** Where a clone keeps the models that come with Jan. */
export const defaultCatalogPath = fileURLToPath(new URL('../../resources/models/catalog.json', import.meta.url));

/** The model that comes with Jan. @throws where the catalog is missing or damaged: the installation is not whole */
export const readCatalog = (path: string): BuiltinModel => {
  const [model] = Catalog.parse(JSON.parse(readFileSync(path, 'utf8'))).models;
  if (!model) throw new Error('The catalog is empty.');
  const file = join(dirname(path), model.file);
  return { ...model, path: file, size: statSync(file, { throwIfNoEntry: false })?.size ?? null };
};
