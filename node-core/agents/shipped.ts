import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../resources/playbooks', import.meta.url));
const ending = '.playbook.yaml';

/** Texts of the playbooks that come with Jan. */
export const shippedPlaybooks = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
