import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { Keychain } from './keychain.ts';
import { type CoreStart, FromCore, type ToCore } from './messages.ts';

const restartDelays = [250, 500, 1_000, 2_000, 4_000] as const;
/** A core that ran this long has recovered: the next crash counts as the first. */
const steadyMillis = 60_000;
/** `jan serve` has as long: finish or cancel what runs, close the vault. */
const stopMillis = 5_000;

export interface SupervisorComponents {
  readonly start: CoreStart;
  readonly keychain: Keychain;
  /** The core answers; also after a restart, when every window needs a new port. */
  readonly onReady: (url: string) => void;
  /** The core said why it can't run, or died more often than is worth a try. */
  readonly onGivenUp: (reason: string) => void;
}

export interface Supervisor {
  start(): void;
  /** A line from a window to the core; `undefined` while there is no core. */
  connect(): MessagePortMain | undefined;
  stop(): Promise<void>;
}

/** At once. One that has ended by itself, of which Electron may not have told yet, is as good. */
const kill = (child: UtilityProcess | undefined): void => {
  if (child?.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

/** Keeps the core host running, and the inference host that the core asks for. */
export const createSupervisor = ({ start, keychain, onReady, onGivenUp }: SupervisorComponents): Supervisor => {
  const inferenceHosts = new Map<number, UtilityProcess>();
  let core: UtilityProcess | undefined;
  let ready = false;
  let crashes = 0;
  let stopping = false;
  let restartTimer: NodeJS.Timeout | undefined;

  const post = (message: ToCore, ports: MessagePortMain[] = []): void => core?.postMessage(message, ports);

  const startInference = (id: number): void => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'inference-host.js'), [], {
      serviceName: 'Jan inference',
      // As `forkHost` has it.
      env: {
        ...process.env,
        UV_THREADPOOL_SIZE: '1',
        MALLOC_ARENA_MAX: '1',
        GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
      },
      // llama.cpp quotes what it is given.
      stdio: 'ignore',
    });
    const { port1, port2 } = new MessageChannelMain();
    inferenceHosts.set(id, child);
    child.once('spawn', () => {
      child.postMessage(null, [port2]);
      post({ type: 'inference-host', id, pid: child.pid ?? 0 }, [port1]);
    });
    child.once('exit', (code) => {
      inferenceHosts.delete(id);
      post({ type: 'inference-exit', id, code });
    });
  };

  const answerKeychain = (id: number, work: Promise<string | undefined | void>): void => {
    work.then(
      (secret) => post({ type: 'keychain', id, ok: true, ...(typeof secret === 'string' ? { secret } : {}) }),
      () => post({ type: 'keychain', id, ok: false }),
    );
  };

  const receive = (message: FromCore): void => {
    switch (message.type) {
      case 'ready':
        ready = true;
        onReady(message.url);
        break;
      case 'failed':
        stopping = true;
        onGivenUp(message.message);
        break;
      case 'start-inference':
        startInference(message.id);
        break;
      case 'kill-inference':
        kill(inferenceHosts.get(message.id));
        break;
      case 'keychain-get':
        answerKeychain(message.id, keychain.get(message.name));
        break;
      case 'keychain-set':
        answerKeychain(message.id, keychain.set(message.name, message.secret));
        break;
      case 'keychain-remove':
        answerKeychain(message.id, keychain.remove(message.name));
        break;
    }
  };

  const fork = (): void => {
    const begun = performance.now();
    const child = utilityProcess.fork(join(import.meta.dirname, 'core-host.js'), [JSON.stringify(start)], {
      serviceName: 'Jan core',
    });
    core = child;
    child.on('message', (message) => receive(FromCore.parse(message)));
    child.once('exit', (code) => {
      core = undefined;
      ready = false;
      for (const child of inferenceHosts.values()) kill(child);
      if (stopping) return;
      crashes = performance.now() - begun > steadyMillis ? 1 : crashes + 1;
      const delay = restartDelays[crashes - 1];
      if (delay === undefined)
        onGivenUp(
          `The core of Jan stopped ${crashes} times in a row (exit code ${code}). What you saved is on disk; start Jan again.`,
        );
      else restartTimer = setTimeout(fork, delay);
    });
  };

  return {
    start: fork,
    connect() {
      if (!core || !ready) return undefined;
      const { port1, port2 } = new MessageChannelMain();
      post({ type: 'window' }, [port1]);
      return port2;
    },
    async stop() {
      stopping = true;
      clearTimeout(restartTimer);
      const child = core;
      if (!child) return;
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      post({ type: 'stop' });
      const late = Symbol('late');
      const timer = Promise.withResolvers<typeof late>();
      const handle = setTimeout(() => timer.resolve(late), stopMillis);
      const outcome = await Promise.race([exited, timer.promise]);
      clearTimeout(handle);
      if (outcome === late) kill(child);
    },
  };
};
