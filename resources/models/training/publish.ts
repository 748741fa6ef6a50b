/** Enters the size and SHA-256 of the built-in model into the catalogue: `node publish.ts`. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const catalogUrl = new URL('../catalog.json', import.meta.url);
const catalog = z
  .object({ models: z.array(z.looseObject({ file: z.string() })) })
  .parse(JSON.parse(readFileSync(catalogUrl, 'utf8')));
for (const entry of catalog.models) {
  const weights = readFileSync(new URL(`../${entry.file}`, import.meta.url));
  Object.assign(entry, { bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') });
}
writeFileSync(catalogUrl, `${JSON.stringify(catalog, null, 2)}\n`);
