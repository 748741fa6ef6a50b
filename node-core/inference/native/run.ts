import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface Ended {
  /** Null where it could not be started, or was ended. */
  readonly code: number | null;
  readonly missing: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Runs beside everything else, never before it. */
export const run = (command: string, args: readonly string[], limitMs: number, signal: AbortSignal): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      output = (output + piece).slice(0, 10_000);
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      errors = (errors + piece).slice(0, 2_000);
    });
    child.once('spawn', () => {
      try {
        if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
      } catch {
        // It has ended already, or this system does not let us.
      }
    });
    child.once('error', (error) => {
      const ended = { code: null, missing: 'code' in error && error.code === 'ENOENT', output, errors };
      // What was stopped may still be writing; what it started may go on for longer, and is not waited for.
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) resolve(ended);
      else child.once('exit', () => resolve(ended));
    });
    child.once('close', (code) => resolve({ code, missing: false, output, errors }));
  });
