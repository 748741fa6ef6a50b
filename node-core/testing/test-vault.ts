import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const temporaryDirectory = (): { dir: string; dispose(): void } => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-vault-'));
  return { dir, dispose: () => rmSync(dir, { recursive: true, force: true }) };
};

/** Every file below `dir`, by its path in it. */
export const filesBelow = (dir: string): Map<string, Buffer> =>
  new Map(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => statSync(join(dir, name)).isFile())
      .map((name) => [name, readFileSync(join(dir, name))]),
  );

/** Makes `to` an exact copy of `from`. */
export const copyDirectory = (from: string, to: string): void => {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
};

export interface Writer {
  readonly process: ChildProcess;
  /** What it has printed so far, line by line; the last line whole. */
  lines(): string[];
  /** Resolves once it has printed that many lines, or ended. */
  printed(count: number): Promise<void>;
  /** Resolves with the lines once it has ended. */
  readonly ended: Promise<string[]>;
}

const writer = fileURLToPath(new URL('write-to-vault.ts', import.meta.url));

interface WriterOptions extends SpawnOptions {
  readonly count?: number;
  readonly size?: number;
  readonly end?: 'stop' | 'exit' | 'throw';
  /** The script as something else than its source: see `bundleScript`. */
  readonly script?: string;
  /** A command line that runs the one behind it. */
  readonly spawnWith?: readonly string[];
}

/** A process of its own that writes to the vault in `dir`; see `write-to-vault.ts`. */
export const startWriter = (
  dir: string,
  { count = 0, size = 0, end = 'stop', script = writer, spawnWith = [], ...options }: WriterOptions = {},
): Writer => {
  const [command, ...prefix] = [...spawnWith, process.execPath];
  // Hundreds of them are started: what V8 compiled for one serves the next.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'jan-compile-cache') };
  const child = spawn(command, [...prefix, script, dir, String(count), String(size), end], {
    env,
    ...options,
    stdio: ['ignore', 'pipe', end === 'throw' ? 'ignore' : 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
  });
  const lines = () => output.split('\n').slice(0, -1);
  const ended = once(child, 'close').then(lines);
  const printed = async (count: number) => {
    while (lines().length < count && child.exitCode === null && child.signalCode === null) {
      await Promise.race([ended, child.stdout ? once(child.stdout, 'data') : ended]);
    }
  };
  return { process: child, lines, printed, ended };
};
