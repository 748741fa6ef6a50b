// Finds the Chromium that the end-to-end tests drive, or gets one.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { environment, projectNode, root } from './set-up.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

/** @param {string} path */
const works = (path) => {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  // Windows opens a window on --version; elsewhere it tells a browser from a package's empty shell.
  return (
    process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
  );
};

const playwrightsOwn = () => {
  const { status, stdout } = spawnSync(
    projectNode,
    [
      '--input-type=module',
      '-e',
      "import { chromium } from 'playwright'; process.stdout.write(chromium.executablePath())",
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return status === 0 ? stdout : '';
};

const find = () => {
  if (process.env.JAN_CHROMIUM) return process.env.JAN_CHROMIUM;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places, playwrightsOwn()].find((path) => path && existsSync(path) && works(path));
};

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} limit
 */
const run = async (command, args, limit) => {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...environment(), DEBIAN_FRONTEND: 'noninteractive' },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(1));
  });
  clearTimeout(timer);
  return code === 0;
};

/** @returns {Promise<string | undefined>} path of a Chromium: the system's, else Playwright's download, else Debian's package */
export const obtainChromium = async () => {
  const present = find();
  if (present) return present;
  console.log('No Chromium here: downloading the one that Playwright brings.');
  await run(projectNode, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], 240_000);
  const downloaded = find();
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That did not work: installing the package "chromium".');
    await run('apt-get', ['update', '-q'], 180_000);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], 420_000);
  }
  return find();
};
