// Builds the engine's addon into dist/engine, for a package.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, projectNode, root } from './set-up.mjs';

const { status } = spawnSync(projectNode, [join(root, 'node-core', 'inference', 'native', 'package.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: environment(),
});
process.exit(status ?? 1);
