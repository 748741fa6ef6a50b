// `npm start`: sets up, builds what changed, then opens the desktop app, or serves the same interface to a browser.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { electronBinary, hasDisplay, obtainElectron } from './electron.mjs';
import { environment, fail, onProjectNode, projectNode, reRunOnProjectNode, root, setUp } from './set-up.mjs';

const usage = `npm start                 the desktop app
npm start -- --headless   only serve; with
  --data DIR              where the vault lies
  --port N                the port on 127.0.0.1 (default: a free one)
npm start -- --retry      try again to download the desktop shell`;

const args = process.argv.slice(2);
const headless = args.includes('--headless');
const passed = args.filter((arg) => arg !== '--headless' && arg !== '--retry');

/** @param {string} name */
const flag = (name) => (passed.includes(name) ? passed[passed.indexOf(name) + 1] : undefined);

/** The CLI, in this process: nothing stands between it and the signals sent to `npm start`. */
const serve = async () => {
  const cli = join(root, 'node-core', 'cli', 'main.ts');
  process.argv = [projectNode, cli, 'serve', ...passed];
  await import(new URL('../node-core/cli/main.ts', import.meta.url).href);
};

/**
 * An address that signs a browser in, once: what a program is started with can be read by others on this machine.
 *
 * @param {string} url
 * @param {string} key
 */
const signInUrl = async (url, key) => {
  try {
    const answer = await fetch(`${url}/pair/sign-in`, { method: 'POST', headers: { authorization: `Bearer ${key}` } });
    return String((await answer.json()).url);
  } catch {
    return url;
  }
};

/** @param {string} url */
const openInBrowser = (url) => {
  const [command, ...rest] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command ?? '', rest, { stdio: 'ignore', detached: true });
  // No opener here: the address has been printed.
  child.on('error', () => undefined);
  child.unref();
};

const serveToBrowser = async () => {
  if (!hasDisplay() || process.env.CI) return await serve();
  const { loadConfig } = await import(new URL('../node-core/config/load.ts', import.meta.url).href);
  const { readEndpoint } = await import(new URL('../node-core/server/endpoint-file.ts', import.meta.url).href);
  const { dataDir } = loadConfig({ dataDir: flag('--data') });
  const write = process.stdout.write.bind(process.stdout);
  // The server prints this line once it answers; its key lies in the file that only this user can read.
  process.stdout.write = /** @type {typeof write} */ (
    (/** @type {string | Uint8Array} */ chunk, /** @type {any[]} */ ...more) => {
      const ready = /^Jan is ready: (\S+)/m.exec(String(chunk));
      if (ready?.[1]) {
        process.stdout.write = write;
        void signInUrl(ready[1], readEndpoint(dataDir)?.apiKey ?? '').then(openInBrowser);
      }
      return write(chunk, ...more);
    }
  );
  await serve();
};

/** @returns {Promise<boolean>} false where the shell could not even start */
const runDesktop = async (/** @type {string} */ binary) => {
  const begun = Date.now();
  const child = spawn(binary, [root, ...passed], { cwd: root, stdio: 'inherit', env: environment() });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (status) => resolve(status ?? 1));
  });
  if (code !== 0 && Date.now() - begun < 3_000) return false;
  process.exit(/** @type {number} */ (code));
};

const start = async () => {
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  await setUp();
  if (!onProjectNode()) await reRunOnProjectNode();
  process.env.PATH = environment().PATH;
  await build('ui');
  if (headless) return await serve();
  if (!hasDisplay()) {
    console.log('No display here: serving the interface to a browser instead of opening the desktop app.');
    return await serveToBrowser();
  }
  const binary = electronBinary() ?? (await obtainElectron({ retry: args.includes('--retry') }));
  if (binary) {
    await build('desktop');
    if (await runDesktop(binary)) return;
    console.log('The desktop shell does not start here: serving the interface to a browser instead.');
  } else {
    console.log(
      "Electron's binary could not be downloaded (npm start -- --retry tries again): serving the interface to a browser instead.",
    );
  }
  await serveToBrowser();
};

await start().catch(fail);
