// Plain JavaScript without dependencies: this runs on whatever Node (20 or later) a fresh clone meets.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const cacheDir = join(root, '.cache');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.jan-set-up.json');
const windows = process.platform === 'win32';

/** The project's own Node 24, brought by the npm package `node`. */
export const projectNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** @param {string} path */
const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** What an installation depends on; scripts and the version may change without a new one. */
const fingerprint = () => {
  const { dependencies, devDependencies, allowScripts } = readJson(join(root, 'package.json'));
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(JSON.stringify([dependencies, devDependencies, allowScripts, process.platform, process.arch]))
    .update(lock)
    .digest('hex');
};

const upToDate = () => existsSync(projectNode) && readJson(stampFile)?.fingerprint === fingerprint();

/** PATH without this project's own binaries: npm must not run on the Node that it is about to replace. */
const outerPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(modules))
    .join(delimiter);

/**
 * @param {string[]} args
 * @param {(child: import('node:child_process').ChildProcess) => void} onChild
 * @returns {Promise<{ code: number | null, output: string }>}
 */
const npm = (args, onChild) =>
  new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      PATH: outerPath(),
      NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true',
      npm_config_update_notifier: 'false',
    };
    const script = process.env.npm_execpath;
    const byScript = script?.endsWith('.js') && existsSync(script) ? [script] : undefined;
    const child = byScript
      ? spawn('node', [...byScript, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output = (output + data).slice(-20_000);
      });
    }
    onChild(child);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

/** Packages whose parts for this platform are optional to npm and not to us. Each is asked to do something. */
const probes = [
  ['the encrypted database', ['-e', "new (require('better-sqlite3-multiple-ciphers'))(':memory:').close()"]],
  ['the passphrase hash', ['-e', "require('@node-rs/argon2').hashRawSync('probe', { memoryCost: 8, timeCost: 1 })"]],
  [
    'the model runtime',
    [
      '-e',
      "if (!require('node:fs').readdirSync('node_modules/@node-llama-cpp').some((name) => name.startsWith((process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux') + '-' + process.arch))) process.exit(1)",
    ],
  ],
  ['the bundler', ['--input-type=module', '-e', "await import('rolldown')"]],
  ['the type checker', [join(modules, 'typescript', 'bin', 'tsc'), '--version']],
  ['the formatter', [join(modules, '@biomejs', 'biome', 'bin', 'biome'), '--version']],
  ['the linter', [join(modules, 'oxlint', 'bin', 'oxlint'), '--version']],
];

/** @returns {string[]} what does not work */
const broken = () => {
  if (spawnSync(projectNode, ['--version']).status !== 0) return ["the project's own Node 24"];
  return probes
    .filter(
      ([, args]) => spawnSync(projectNode, /** @type {string[]} */ (args), { cwd: root, stdio: 'ignore' }).status !== 0,
    )
    .map(([name]) => /** @type {string} */ (name));
};

const lockFile = join(cacheDir, 'set-up.lock');

/** @param {number} pid */
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
};

/**
 * Only one process at a time sets up or builds; the others wait and then find it done.
 * @template T
 * @param {() => Promise<T>} work
 */
export const alone = async (work) => {
  mkdirSync(cacheDir, { recursive: true });
  let told = false;
  for (;;) {
    try {
      const handle = openSync(lockFile, 'wx');
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : 0);
    // An empty lock is one that is being written, unless it stays so.
    const stale = holder ? !alive(holder) : existsSync(lockFile) && Date.now() - statSync(lockFile).mtimeMs > 10_000;
    if (stale) rmSync(lockFile, { force: true });
    else if (!told) {
      told = true;
      console.log('Another start is setting up; waiting for it.');
    }
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
};

/**
 * Runs npm, saying how far it is. A signal ends it too.
 * @param {string[]} args
 */
const runNpm = async (args) => {
  const { bavail, bsize } = statfsSync(root);
  const beat = setInterval(() => {
    const written = Math.max(0, Math.round(((bavail - statfsSync(root).bavail) * bsize) / 1e6));
    console.log(`  … ${written} MB so far`);
  }, 3_000);
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set();
  const stop = () => {
    for (const child of running) child.kill('SIGTERM');
    rmSync(lockFile, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await npm(args, (child) => {
      running.add(child);
    });
  } finally {
    clearInterval(beat);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};

const installArgs = [
  'install',
  '--no-save',
  '--no-audit',
  '--no-fund',
  '--include=dev',
  '--include=optional',
  // Older versions of npm would compile what comes ready made. The one script that is needed is run below.
  '--ignore-scripts',
];

/** @param {string[]} extra */
const install = async (extra) => {
  const installed = await runNpm([...installArgs, ...extra]);
  if (installed.code !== 0 || spawnSync(projectNode, ['--version']).status === 0) return installed;
  return await runNpm(['rebuild', 'node', '--ignore-scripts=false']);
};

const installAndCheck = async () => {
  const lockPath = join(root, 'package-lock.json');
  const lock = readFileSync(lockPath);
  console.log('Setting up: installing what Jan is built from. This takes a few minutes once.');
  // A lock file written on one platform can lack the parts of another: then npm has to look for them itself.
  const attempts = [[], ['--no-package-lock'], ['--no-package-lock', '--force']];
  let problem = '';
  for (const [index, extra] of attempts.entries()) {
    if (index === 2) rmSync(modules, { recursive: true, force: true });
    const { code, output } = await install(extra);
    if (!readFileSync(lockPath).equals(lock)) writeFileSync(lockPath, lock);
    if (code !== 0) {
      problem = `npm install failed:\n${output.trim().split('\n').slice(-15).join('\n')}`;
      continue;
    }
    const missing = broken();
    if (missing.length === 0) {
      writeFileSync(stampFile, JSON.stringify({ fingerprint: fingerprint() }));
      console.log('Set up.');
      return;
    }
    problem = `Installed, but this does not work here (${process.platform}-${process.arch}): ${missing.join(', ')}.`;
  }
  throw new Error(
    `${problem}\nCheck the connection to the npm registry and the free disk space (2 GB), then run the command again.`,
  );
};

/** Installs the dependencies where they are not those that package-lock.json names. Quick where they are. */
export const setUp = async () => {
  if (upToDate()) return;
  await alone(async () => {
    if (!upToDate()) await installAndCheck();
  });
};

/** True where this process is the Node that the project is made for. */
export const onProjectNode = () => Number(process.versions.node.split('.')[0]) >= 24;

/**
 * Runs the same command again on the project's own Node and never comes back.
 * @returns {Promise<never>}
 */
export const reRunOnProjectNode = async () => {
  const child = spawn(projectNode, process.argv.slice(1), { stdio: 'inherit', env: environment() });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) =>
    child.once('close', (status, signal) => resolve(status ?? (signal ? 1 : 0))),
  );
  process.exit(/** @type {number} */ (code));
};

/** The environment in which `node` is the project's own. */
export const environment = () => ({ ...process.env, PATH: [join(modules, '.bin'), outerPath()].join(delimiter) });

/** @param {unknown} error */
export const fail = (error) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await setUp().catch(fail);
