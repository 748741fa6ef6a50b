// `npm run --silent jan -- <args>`: the command line from the clone.
import { join } from 'node:path';
import { environment, fail, onProjectNode, projectNode, reRunOnProjectNode, root, setUp } from './set-up.mjs';

const log = console.log;
try {
  // What a command prints is read by other programs: set-up speaks on the other stream.
  console.log = console.error;
  await setUp();
  console.log = log;
  if (!onProjectNode()) await reRunOnProjectNode();
} catch (error) {
  fail(error);
}
process.env.PATH = environment().PATH;
// npm runs a script in the project's folder; paths are meant from where the person stands.
if (process.env.npm_lifecycle_event === 'jan' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv = [projectNode, join(root, 'node-core', 'cli', 'main.ts'), ...process.argv.slice(2)];
await import(new URL('../node-core/cli/main.ts', import.meta.url).href);
