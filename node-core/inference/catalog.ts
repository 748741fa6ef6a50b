import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ModelKind } from '../contract/index.ts';

export const BUILTIN_ID = 'jan-builtin';

const Digest = z.string().regex(/^[0-9a-f]{64}$/u);

const Builtin = z.object({
  id: z.literal(BUILTIN_ID),
  name: z.string().min(1),
  description: z.string(),
  licence: z.string(),
  /** File name beside the catalog. */
  file: z.string().regex(/^[\w.-]+\.gguf$/u),
  sha256: Digest,
  /** Tokens that it was trained to see. */
  context: z.number().int().positive(),
});

const Downloadable = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/u),
    name: z.string().min(1).max(100),
    /** Who made it. */
    author: z.string().min(1),
    kind: ModelKind,
    description: z.string().min(1),
    goodAt: z.array(z.string().min(1)).min(1),
    /** `4B`. */
    parameters: z.string().regex(/^\d+(\.\d+)?[MB]$/u),
    quantization: z.string().min(1),
    context: z.number().int().positive(),
    licence: z.strictObject({ name: z.string().min(1), url: z.url({ protocol: /^https$/ }) }),
    /** `owner/name` at the hub. */
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/u),
    /** A commit, whose files never change, or `main`. */
    revision: z.string().regex(/^(main|[0-9a-f]{40})$/u),
    /** The file, or all parts of a split one in order. */
    files: z
      .array(
        z.strictObject({
          path: z.string().regex(/^([\w.-]+\/)*[\w.-]+\.gguf$/u),
          /** `null`: learnt from the server. */
          bytes: z.number().int().positive().nullable(),
          /** `null`: taken at the first download, and held to it ever after. */
          sha256: Digest.nullable(),
        }),
      )
      .min(1),
    /** Bytes of all files as the hub shows them, rounded. */
    about: z.number().int().positive(),
    /** Bytes of attention memory for one token at 16 bits. */
    cacheBytesPerToken: z.number().int().nonnegative(),
  })
  .refine(({ files }) => files.every(({ path }) => !path.split('/').includes('..')), 'a path inside the repository');

const Catalog = z
  .object({ models: z.tuple([Builtin], Downloadable) })
  .refine(({ models }) => new Set(models.map(({ id }) => id)).size === models.length, 'ids that differ');

export interface BuiltinModel extends z.infer<typeof Builtin> {
  readonly path: string;
  /** Bytes; null where the file is missing. */
  readonly size: number | null;
}
export type CatalogModel = z.infer<typeof Downloadable>;

/** Where a clone keeps the models that come with Jan. */
export const defaultCatalogPath = fileURLToPath(new URL('../../resources/models/catalog.json', import.meta.url));

/** The model that comes with Jan, and those it can fetch. @throws where the catalog is missing or damaged: the installation is not whole */
export const readCatalog = (path: string): { builtin: BuiltinModel; downloadable: readonly CatalogModel[] } => {
  const [model, ...downloadable] = Catalog.parse(JSON.parse(readFileSync(path, 'utf8'))).models;
  const file = join(dirname(path), model.file);
  return {
    builtin: { ...model, path: file, size: statSync(file, { throwIfNoEntry: false })?.size ?? null },
    downloadable,
  };
};

/** Bytes of all files; `null` where only the server knows. */
export const catalogSize = ({ files }: CatalogModel): number | null =>
  files.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0);
