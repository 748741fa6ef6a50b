import { AppError, type ContractHandlers, type NodeEvent, type NodeInfo } from './contract/index.ts';
import { type Clock, Emitter, type Logger, type Startable, systemClock } from './common/index.ts';
import { prepareDataDir } from './config/data-dir.ts';
import type { Config } from './config/index.ts';
import { createInference, forkHost, type HostProcess } from './inference/index.ts';
import { createKeyRing, createServer, createSystem, type JanServer, logFault, removeEndpoint, writeEndpoint } from './server/index.ts';
import { createVault, type Keychain } from './vault/index.ts';

export interface RuntimeComponents {
  readonly logger: Logger;
  readonly version: string;
  readonly host: NodeInfo['host'];
  /** The built UI. */
  readonly uiDir: string;
  readonly clock?: Clock;
  /** The system's own store for secrets; without one the key lies in a file. */
  readonly keychain?: Keychain;
  /** `catalog.json` of the models that come with the program. */
  readonly catalogPath?: string;
  /** Starts the process that holds llama.cpp; default: a child process. */
  readonly spawnInferenceHost?: () => HostProcess;
  /** False for a command that opens the vault itself: nothing listens, no endpoint is announced. */
  readonly serve?: boolean;
  /** False where no model is needed and no run is to be taken up. */
  readonly background?: boolean;
}

/** A whole node. `start` rejects with `AppError`: `PORT_IN_USE`, `VAULT_IN_USE`, `STORAGE_*`, `CONFIG_INVALID`; nothing is left running then. */
export interface Runtime extends Startable {
  readonly server: JanServer;
  readonly endpointKey: string;
}

const missing = (): never => {
  throw new AppError('NOT_FOUND', 'This part is not built yet.');
};
// @ts-expect-error the rooms are on their way
const unavailable: ContractHandlers = new Proxy({}, { get: (_target, room) => (room === 'search' ? missing : new Proxy({}, { get: () => missing })) });

/** Milliseconds a part gets to end; together they stay under the five seconds that a service manager grants. */
const grace = { server: 1_000, agents: 1_000, inference: 1_500, vault: 1_000 };

/** The one place where a node is put together: the desktop, `jan serve`, the command line and the tests call it. */
export const createRuntime = (config: Config, components: RuntimeComponents): Runtime => {
  const { logger, version, host, uiDir, keychain, clock = systemClock, serve = true, background = true } = components;
  const happened = new Emitter<NodeEvent>();
  const vault = createVault({ dir: config.dataDir, clock, ...(keychain ? { keychain } : {}) });
  const store = () => vault.store();
  const openStore = () => (vault.status().state === 'open' ? vault.store() : undefined);
  const keys = createKeyRing({ openStore, store, clock });
  const inference = createInference({
    store,
    spawnHost: components.spawnInferenceHost ?? forkHost,
    runtimes: config.runtimes,
    clock,
    logger: logger.child('inference'),
    ...(components.catalogPath === undefined ? {} : { catalogPath: components.catalogPath }),
  });
  const system = createSystem({
    info: () => ({ version, host, url: serve ? server.url : '', dataDir: config.dataDir, keychain: keychain !== undefined }),
    store,
    inference,
    vault,
    happened,
    lock: () => lock(),
  });

  /** What lives on an open vault. */
  const enter = async (): Promise<void> => {
    system.onOpen();
    if (background) await inference.start();
  };
  const leave = async (): Promise<void> => {
    system.onLock();
    keys.onLock();
    // Its process holds what was asked and answered.
    await inference.stop();
  };
  const lock = async () => {
    await leave();
    return vault.lock();
  };

  const handlers: ContractHandlers = {
    system: system.handlers,
    vault: {
      ...vault.handlers,
      async unlock(input, call) {
        const wasOpen = vault.status().state === 'open';
        const status = await vault.handlers.unlock(input, call);
        if (!wasOpen) await enter();
        return status;
      },
      lock,
    },
    tasks: unavailable.tasks,
    quickAdd: unavailable.quickAdd,
    projects: unavailable.projects,
    notes: unavailable.notes,
    tags: unavailable.tags,
    search: unavailable.search,
    history: unavailable.history,
    runs: unavailable.runs,
    models: inference.models,
    keys: keys.handlers,
  };
  const server = createServer(config, {
    handlers,
    keys,
    inference,
    vaultStatus: () => vault.status(),
    requireOpen: () => void vault.store(),
    onActivity: () => system.onActivity(),
    uiDir,
    version,
    clock,
    logger,
  });

  const stop = async (): Promise<void> => {
    removeEndpoint(config.dataDir);
    await within(grace.server, 'server', () => server.stop());
    await within(grace.inference, 'inference', () => inference.stop());
    await within(grace.vault, 'vault', async () => {
      await leave();
      await vault.stop();
    });
    happened.dispose();
  };

  /** A part that fails to end does not keep the others from ending. */
  const within = async (millis: number, part: string, end: () => Promise<void>): Promise<void> => {
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), millis);
    try {
      if ((await Promise.race([end(), late])) === 'late') logger.warn('a part did not end in time', { part });
    } catch (error) {
      logFault(logger, `${part} failed to end`, error);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    server,
    endpointKey: keys.endpointKey,
    async start() {
      try {
        // First, because it is what most often can't be had, and nothing is written then.
        if (serve) await server.start();
        prepareDataDir(config.dataDir);
        await vault.start();
        if (vault.status().state === 'open') await enter();
        if (serve) writeEndpoint(config.dataDir, { url: server.url, apiKey: keys.endpointKey, pid: process.pid });
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
};
