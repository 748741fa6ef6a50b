import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Emitter } from '../common/index.ts';
import type { HostProcess } from './types.ts';

/** Compiled modules of the clone: without them, each start strips the types again, which costs 20 MB and a tenth of a second. */
const compileCache = fileURLToPath(new URL('../../.cache/compile', import.meta.url));
const entry = fileURLToPath(new URL(`./host/main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

/** Keeps a parent's debugger flags out of the host, and what makes its start heavier. */
const execArgv = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1'];

/**
 * Starts the inference host as a child process. One libuv thread: the batch loop never has two pieces of native work to do, and more threads
 * than that cost a fifth of the speed. One malloc arena: threads would otherwise keep memory of their own. Huge pages for weights, where
 * glibc hands out memory: with small ones the processor waits for its own map of them, a tenth of the time that a token takes. Its output is dropped, because
 * llama.cpp quotes what it is given.
 */
export const forkHost = (): HostProcess => {
  const child = fork(entry, {
    execArgv,
    env: {
      NODE_COMPILE_CACHE: compileCache,
      ...process.env,
      UV_THREADPOOL_SIZE: '1',
      MALLOC_ARENA_MAX: '1',
      GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const messages = new Emitter<unknown>();
  const exits = new Emitter<{ code: number | null; signal: string | null }>();
  let over = false;
  const end = (code: number | null, signal: string | null) => {
    if (over) return;
    over = true;
    exits.fire({ code, signal });
    messages.dispose();
    exits.dispose();
  };
  child.on('message', (message) => messages.fire(message));
  child.once('exit', end);
  child.once('error', () => end(null, null));
  return {
    // A host that died between two messages is announced by `onExit`.
    post: (message) => {
      if (child.connected && typeof message === 'object' && message !== null) child.send(message, () => undefined);
    },
    onMessage: messages.event,
    onExit: exits.event,
    pid: child.pid,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
