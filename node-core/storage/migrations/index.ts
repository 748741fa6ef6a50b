import { first } from './0001-first.ts';

/** In order; the schema's version is how many have run. Append only. */
export const migrations: readonly string[] = [first];
