// `npm run bench`: every benchmark in turn, one line of JSON each. `npm run bench -- start` runs one.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { environment, fail, projectNode, root, setUp } from './set-up.mjs';

try {
  await setUp();
  await build('ui');
} catch (error) {
  fail(error);
}
const wanted = process.argv.slice(2);
const benches = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
for (const name of benches.filter((one) => wanted.length === 0 || wanted.includes(one.replace('.ts', '')))) {
  spawnSync(projectNode, [join(root, 'bench', name)], { cwd: root, stdio: 'inherit', env: environment() });
}
