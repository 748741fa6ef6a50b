import { first } from './0001-first.ts';
import { library } from './0002-library.ts';
import { threads } from './0003-threads.ts';
import { access } from './0004-access.ts';
import { files } from './0005-files.ts';
import { agents } from './0006-agents.ts';

/** In order; the schema's version is how many have run. Append only. */
export const migrations: readonly string[] = [first, library, threads, access, files, agents];
