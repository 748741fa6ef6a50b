// `npm test`: everything that must hold, in one run. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { obtainChromium } from './chromium.mjs';
import { cacheDir, environment, fail, onProjectNode, projectNode, reRunOnProjectNode, root, setUp } from './set-up.mjs';

const reports = join(cacheDir, 'test');
const minutes = 60_000;
/** All stages together; one that is not done by then counts as failed. */
const deadline = Date.now() + 19.5 * minutes;

/** @typedef {{ passed: number, failed: number }} Count */

/** @param {string} path */
const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** @param {string[]} parts */
const tool = (...parts) => join(root, 'node_modules', ...parts);

/**
 * @param {string[]} args
 * @param {{ limit: number, env?: Record<string, string> }} options
 * @returns {Promise<boolean>}
 */
const run = async (args, { limit, env = {} }) => {
  const child = spawn(projectNode, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(), ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }), ...env },
    detached: process.platform !== 'win32',
  });
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      process.kill(
        process.platform === 'win32' ? /** @type {number} */ (child.pid) : -(/** @type {number} */ (child.pid)),
        signal,
      );
    } catch {
      // It has just ended by itself.
    }
  };
  const granted = Math.max(0, Math.min(limit, deadline - Date.now()));
  const timer = setTimeout(() => {
    console.log(`Stopped: not done after ${(granted / minutes).toFixed(1)} minutes.`);
    end('SIGKILL');
  }, granted);
  const onSignal = () => {
    end('SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
  return code === 0;
};

/** @param {boolean} ok @returns {Count} */
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/**
 * @param {string} project
 * @param {number} limit
 * @param {Record<string, string>} env
 * @returns {Promise<Count>}
 */
const vitest = async (project, limit, env) => {
  const report = join(reports, `${project}.json`);
  const ok = await run(
    [
      tool('vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { limit, env },
  );
  const result = readReport(report);
  if (!result) return one(false);
  // A file that could not even be loaded has no test that failed.
  const unloaded = result.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  );
  const failed = result.numFailedTests + unloaded.length;
  return { passed: result.numPassedTests, failed: failed || ok ? failed : 1 };
};

/** @param {Record<string, string>} env @returns {Promise<Count>} */
const playwright = async (env) => {
  const report = join(reports, 'e2e.json');
  const ok = await run([tool('playwright', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts'], {
    limit: 10 * minutes,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const stats = readReport(report)?.stats;
  if (!stats) return one(false);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky || (ok ? 0 : 1) };
};

const test = async () => {
  await setUp();
  if (!onProjectNode()) await reRunOnProjectNode();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const chromium = await obtainChromium();
  if (!chromium) console.log('No Chromium could be had: install one, or name it in JAN_CHROMIUM. What needs it fails.');
  const env = chromium ? { JAN_CHROMIUM: chromium } : {};

  /** @type {[string, () => Promise<Count>][]} */
  const stages = [
    [
      'format',
      async () => one(await run([tool('@biomejs', 'biome', 'bin', 'biome'), 'format', '.'], { limit: minutes })),
    ],
    ['lint', async () => one(await run([tool('oxlint', 'bin', 'oxlint'), '--deny-warnings'], { limit: 2 * minutes }))],
    ['types', async () => one(await run([tool('typescript', 'bin', 'tsc'), '-b'], { limit: 3 * minutes }))],
    ['unused', async () => one(await run([tool('knip', 'bin', 'knip.js')], { limit: 2 * minutes }))],
    [
      'build',
      async () =>
        one(
          await build('ui')
            .then(() => build('desktop'))
            .then(
              () => true,
              (error) => (console.log(error.message), false),
            ),
        ),
    ],
    ['boundaries', () => vitest('boundaries', 3 * minutes, env)],
    ['unit', () => vitest('unit', 10 * minutes, env)],
    ['compliance', () => vitest('compliance', 7 * minutes, env)],
    ['end-to-end', () => playwright(env)],
  ];
  const wanted = process.argv.slice(2);
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const lines = [];
  for (const [name, stage] of stages) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n── ${name}`);
    const begun = Date.now();
    const { passed, failed } = await stage();
    total.passed += passed;
    total.failed += failed;
    lines.push(
      `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${((Date.now() - begun) / 1000).toFixed(1).padStart(7)} s`,
    );
    console.log(lines.at(-1));
  }
  console.log(`\n${lines.join('\n')}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
};

await test().catch(fail);
