/** Enters the size and SHA-256 of the built-in model into the catalogue: `node publish.ts`. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const catalogUrl = new URL('../catalog.json', import.meta.url);
const catalog = z
  .object({ models: z.tuple([z.looseObject({ file: z.string() })], z.unknown()) })
  .parse(JSON.parse(readFileSync(catalogUrl, 'utf8')));
const [builtin] = catalog.models;
const weights = readFileSync(new URL(`../${builtin.file}`, import.meta.url));
Object.assign(builtin, { bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') });
writeFileSync(catalogUrl, `${JSON.stringify(catalog, null, 2)}\n`);
