import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const main = join(import.meta.dirname, '..', 'cli', 'main.ts');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly uid?: number;
}

export interface Running {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  write(text: string): void;
  end(): void;
  kill(signal: NodeJS.Signals): void;
  /** Waits until stdout matches. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  readonly finished: Promise<Finished>;
}

/** A real `jan` process, without the settings of whoever runs the tests. */
export const startJan = (args: readonly string[], { env = {}, cwd, uid }: StartOptions = {}): Running => {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('JAN_') && !name.startsWith('VITEST')),
  );
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...inherited, NO_COLOR: '1', ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  let over = false;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  // A command may end without reading what it was given.
  child.stdin.on('error', () => undefined);
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      over = true;
      resolve({ code, stdout, stderr });
    });
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    write: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    finished,
    async until(pattern) {
      for (;;) {
        const match = pattern.exec(stdout);
        if (match) return match;
        if (over) throw new Error(`jan ${args.join(' ')} ended without ${String(pattern)}: ${stdout}${stderr}`);
        await wait(10);
      }
    },
  };
};

/** Runs one command to its end. */
export const jan = async (
  args: readonly string[],
  options: StartOptions & { readonly input?: string } = {},
): Promise<Finished> => {
  const running = startJan(args, options);
  if (options.input !== undefined) running.write(options.input);
  running.end();
  return running.finished;
};
