// Whether the desktop shell can run here, and its binary.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, environment, projectNode, root } from './set-up.mjs';

const folder = join(root, 'node_modules', 'electron');
const memory = join(cacheDir, 'electron.json');
const downloadLimit = 180_000;

export const hasDisplay = () =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Path of Electron's binary where it is installed. */
export const electronBinary = () => {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : undefined;
};

const version = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

const rememberedFailure = () => {
  if (!existsSync(memory)) return false;
  try {
    return JSON.parse(readFileSync(memory, 'utf8')).failed === version();
  } catch {
    return false;
  }
};

/**
 * Electron's npm package brings no binary; this fetches it once. A failure is remembered, so that the next start is
 * not slow, until the version changes or `retry` is set.
 * @param {{ retry: boolean }} options
 * @returns {Promise<string | undefined>} the path of the binary
 */
export const obtainElectron = async ({ retry }) => {
  const present = electronBinary();
  if (present) return present;
  if (rememberedFailure() && !retry) return undefined;
  console.log('Downloading the desktop shell (Electron, about 120 MB, once).');
  const child = spawn(projectNode, [join(folder, 'install.js')], { cwd: folder, stdio: 'ignore', env: environment() });
  const timer = setTimeout(() => child.kill('SIGKILL'), downloadLimit);
  await new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', resolve);
  });
  clearTimeout(timer);
  const binary = electronBinary();
  mkdirSync(cacheDir, { recursive: true });
  if (binary) rmSync(memory, { force: true });
  else writeFileSync(memory, JSON.stringify({ failed: version() }));
  return binary;
};
