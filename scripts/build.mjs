// Builds the interface and the desktop shell, each only where its sources changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alone, cacheDir, environment, fail, projectNode, root, setUp } from './set-up.mjs';

/** @typedef {{ name: string, says: string, sources: string[], configs: string[], product: string }} Target */

/** @type {Record<'ui' | 'desktop', Target>} */
const targets = {
  ui: {
    name: 'ui',
    says: 'Building the interface.',
    sources: ['app/renderer', 'vite.config.ts', 'node-core/contract', 'node-core/common', 'package-lock.json'],
    configs: ['vite.config.ts'],
    product: 'dist/renderer/index.html',
  },
  desktop: {
    name: 'desktop',
    says: 'Building the desktop shell.',
    sources: ['app/main', 'app/preload', 'node-core', 'package-lock.json'],
    configs: ['app/main/vite.config.ts', 'app/main/workers.vite.config.ts', 'app/preload/vite.config.ts'],
    product: 'dist/main/main.js',
  },
};

/**
 * @param {string} path
 * @param {import('node:crypto').Hash} hash
 */
const addTo = (path, hash) => {
  for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) addTo(inner, hash);
    else if (!/\.test\.tsx?$|\.md$/.test(entry.name))
      hash.update(`${entry.name}\0`).update(readFileSync(inner)).update('\0');
  }
};

/** @param {string[]} sources */
const hashOf = (sources) => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    if (source.includes('.')) hash.update(readFileSync(path));
    else addTo(path, hash);
  }
  return hash.digest('hex');
};

/**
 * @param {'ui' | 'desktop'} name
 * @returns {Promise<void>}
 */
export const build = async (name) => {
  const target = targets[name];
  const stamp = join(cacheDir, `build-${target.name}.txt`);
  const hash = hashOf(target.sources);
  const fresh = () =>
    existsSync(join(root, target.product)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (fresh()) return;
  await alone(async () => {
    if (fresh()) return;
    console.log(target.says);
    rmSync(stamp, { force: true });
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    for (const config of target.configs) {
      const args = [vite, 'build', '--config', config, '--logLevel', 'warn'];
      const child = spawn(projectNode, args, { cwd: root, stdio: 'inherit', env: environment() });
      const code = await new Promise((resolve) => child.once('close', resolve));
      if (code !== 0) throw new Error(`Building failed (${config}); the lines above say why.`);
    }
    writeFileSync(stamp, hash);
  });
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setUp();
    await build('ui');
    await build('desktop');
  } catch (error) {
    fail(error);
  }
}
