// `npm run --silent jan -- <args>`: the command line from the clone.
import module from 'node:module';
import { join } from 'node:path';
import { cacheDir, environment, fail, onProjectNode, projectNode, reRunOnProjectNode, root, setUp } from './set-up.mjs';

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
module.enableCompileCache?.(join(cacheDir, 'compile'));
process.env.PATH = environment().PATH;
process.argv = [projectNode, join(root, 'node-core', 'cli', 'main.ts'), ...process.argv.slice(2)];
await import(new URL('../node-core/cli/main.ts', import.meta.url).href);
