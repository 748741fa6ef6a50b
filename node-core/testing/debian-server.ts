import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const isInstalled = async (command: string): Promise<boolean> => {
  try {
    await run('sh', ['-c', `command -v ${command}`], {
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
    });
    return true;
  } catch {
    return false;
  }
};

/**
 * A program of Debian, installed where it is not there yet.
 *
 * @returns null, or why tests that need it are left out
 */
export const needDebian = async (command: string, packages: readonly string[]): Promise<string | null> => {
  if (await isInstalled(command)) return null;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env: environment, timeout: 120_000 });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: environment,
      timeout: 180_000,
    });
  } catch {
    return `needs ${command}: install the Debian package ${packages.join(' and ')}`;
  }
  return (await isInstalled(command)) ? null : `needs ${command}, which ${packages.join(' and ')} did not bring`;
};

/** A port that nobody listens on now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, 'close');
  return port;
};

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

export interface RunningServer {
  readonly folder: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server in a folder of its own and waits until it answers on its port. */
export const startServer = async (
  prepare: (at: {
    readonly folder: string;
    readonly port: number;
  }) => Promise<{ readonly command: string; readonly args: readonly string[] }>,
): Promise<RunningServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'jan-peer-'));
  const port = await freePort();
  const { command, args } = await prepare({ folder, port });
  const child: ChildProcess = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString('utf8');
  });
  const ended = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${said}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    folder,
    port,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
