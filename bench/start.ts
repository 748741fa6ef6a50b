// How long a node takes until it answers, and what it costs while nothing happens. One line of JSON:
// node bench/start.ts
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const rounds = 9;
const idleSeconds = 10;
const data = mkdtempSync(join(tmpdir(), 'jan-bench-'));

const commands = {
  serve: [join(root, 'node-core', 'cli', 'main.ts'), 'serve', '--data', data],
  npmStart: [join(root, 'scripts', 'start.mjs'), '--headless', '--data', data],
} as const;

interface Ready {
  readonly child: ChildProcess;
  readonly millis: number;
}

const start = (name: keyof typeof commands): Promise<Ready> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, commands[name], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Jan is ready: ')) resolve({ child, millis: performance.now() - begun });
    });
  });

const stop = async (child: ChildProcess): Promise<number> => {
  const begun = performance.now();
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return performance.now() - begun;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const measure = async (name: keyof typeof commands): Promise<{ median: number; best: number; stop: number }> => {
  const ready: number[] = [];
  const ends: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { child, millis } = await start(name);
    ready.push(millis);
    ends.push(await stop(child));
  }
  return { median: Math.round(median(ready)), best: Math.round(Math.min(...ready)), stop: Math.round(median(ends)) };
};

/** The process and all that it started. */
const family = (pid: number): number[] => {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
};
const kilobytes = (pid: number, file: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
const cpuTicks = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

const run = promisify(execFile);
const Models = z.array(z.looseObject({ id: z.string(), state: z.string() }));

/** Until the model is loaded and nothing has happened for a while. */
const settle = async (): Promise<string | null> => {
  const [main] = commands.serve;
  for (let tries = 0; tries < 20; tries += 1) {
    const { stdout } = await run(process.execPath, [main, 'models', '--json', '--data', data]).catch(() => ({
      stdout: '[]',
    }));
    const ready = Models.parse(JSON.parse(stdout)).find(({ state }) => state === 'ready');
    await wait(ready ? 10_000 : 500);
    if (ready) return ready.id;
  }
  return null;
};

const idle = async () => {
  const { child } = await start('serve');
  const model = await settle();
  const pids = family(child.pid ?? 0);
  const before = pids.map(cpuTicks).reduce((sum, ticks) => sum + ticks, 0);
  await wait(idleSeconds * 1_000);
  const ticks = pids.map(cpuTicks).reduce((sum, now) => sum + now, 0) - before;
  const sum = (file: string, field: string) =>
    Math.round(pids.map((pid) => kilobytes(pid, file, field)).reduce((total, kb) => total + kb, 0) / 1_024);
  const figures = {
    model,
    processes: pids.length,
    rssMiB: sum('status', 'VmRSS'),
    // Pages that both share count once.
    pssMiB: sum('smaps_rollup', 'Pss'),
    cpuPercent: Number(((ticks / 100 / idleSeconds) * 100).toFixed(2)),
  };
  await stop(child);
  return figures;
};

try {
  // The first start makes the vault and fills the cache of compiled code.
  await stop((await start('serve')).child);
  const serve = await measure('serve');
  const npmStart = await measure('npmStart');
  const figures = {
    bench: 'start',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    load: loadavg()[0],
    warmStartMs: serve,
    npmStartHeadlessMs: npmStart,
    idle: process.platform === 'linux' ? await idle() : null,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
