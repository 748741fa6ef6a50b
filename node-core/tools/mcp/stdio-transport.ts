import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import type { McpTransport } from '../../contract/index.ts';
import { tooLarge } from './guarded-fetch.ts';

/** What a program needs to be found and to know its place; nothing that may hold a secret. */
const inherited = [
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'LC_ALL',
    'TERM',
    'TMPDIR',
    'TZ',
    'XDG_RUNTIME_DIR',
    'DISPLAY',
  ],
  ...['APPDATA', 'COMSPEC', 'HOMEDRIVE', 'HOMEPATH', 'LOCALAPPDATA', 'PATHEXT', 'PROGRAMFILES', 'SYSTEMDRIVE'],
  ...['SYSTEMROOT', 'TEMP', 'USERNAME', 'USERPROFILE'],
];
const isWindows = process.platform === 'win32';
const END_MS = 150;
const MOST_SAID = 500;

const environment = (own: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ),
  ...own,
});

/** The process and all that it began. */
const kill = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
};

export interface StdioLimits {
  /** Of one message. */
  readonly maxBytes: number;
  readonly read: (line: string) => JSONRPCMessage;
  readonly write: (message: JSONRPCMessage) => string;
}

/** A server as a process of its own group, which ends whole. What it says beside the protocol is kept for the reason of its end, and never logged. */
export interface StdioTransport extends Transport {
  /** The last of it, for the person. */
  said(): string;
}

export const createStdioTransport = (
  { command, args, env }: Extract<McpTransport, { type: 'stdio' }>,
  { maxBytes, read, write }: StdioLimits,
): StdioTransport => {
  let child: ChildProcess | undefined;
  let held: Buffer[] = [];
  let size = 0;
  let said = '';
  let isOver = false;

  const over = () => {
    if (isOver) return;
    isOver = true;
    transport.onclose?.();
  };
  const fail = (error: Error) => {
    transport.onerror?.(error);
    if (child) kill(child, 'SIGKILL');
  };
  const take = (line: string) => {
    if (line.trim() === '') return;
    let message: JSONRPCMessage;
    try {
      message = read(line);
    } catch (error) {
      // Some servers greet on the wrong stream.
      transport.onerror?.(error instanceof Error ? error : new Error('no message'));
      return;
    }
    transport.onmessage?.(message);
  };
  const onData = (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      held.push(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      const line = Buffer.concat(held);
      held = [];
      size = 0;
      if (line.length > maxBytes) return fail(tooLarge());
      take(line.toString());
    }
    held.push(rest);
    size += rest.length;
    if (size > maxBytes) {
      held = [];
      fail(tooLarge());
    }
  };

  const transport: StdioTransport = {
    async start() {
      const started = spawn(command, [...args], {
        env: environment(env),
        cwd: homedir(),
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: !isWindows,
        windowsHide: true,
      });
      child = started;
      started.once('close', over);
      started.stdin.on('error', () => undefined);
      started.stdout.on('data', onData);
      started.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-MOST_SAID);
      });
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      started.once('spawn', resolve);
      started.once('error', (error) => {
        reject(error);
        over();
      });
      await promise;
    },
    async send(message) {
      if (!child?.stdin?.writable) throw new Error('The server has ended.');
      if (!child.stdin.write(write(message))) await Promise.race([once(child.stdin, 'drain'), once(child, 'close')]);
    },
    async close() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return over();
      const ended = once(child, 'close');
      child.stdin?.end();
      kill(child, 'SIGTERM');
      const late = setTimeout(() => child && kill(child, 'SIGKILL'), END_MS);
      await ended;
      clearTimeout(late);
      // What it began may have outlived it.
      kill(child, 'SIGKILL');
    },
    said: () => said.trim(),
  };
  return transport;
};
