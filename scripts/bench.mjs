// `npm run bench`: set-up, a built interface and a Chromium, then bench/main.ts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { obtainChromium } from './chromium.mjs';
import { environment, fail, projectNode, root, setUp } from './set-up.mjs';

try {
  await setUp();
  await build('ui');
} catch (error) {
  fail(error);
}
const chromium = await obtainChromium();
const { status } = spawnSync(projectNode, [join(root, 'bench', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...environment(), ...(chromium ? { JAN_CHROMIUM: chromium } : {}) },
});
process.exit(status ?? 1);
