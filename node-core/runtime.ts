import { Emitter, type Logger, type Startable, systemClock } from './common/index.ts';
import { prepareDataDir } from './config/data-dir.ts';
import type { Config } from './config/index.ts';
import { AppError, type ContractHandlers, type NodeEvent, type NodeInfo, type VaultStatus } from './contract/index.ts';
import type { HostProcess, Inference } from './inference/index.ts';
import { createKeyRing, createServer, type JanServer, removeEndpoint, writeEndpoint } from './server/index.ts';
import { streamNodeEvents } from './server/events.ts';
import type { Keychain } from './vault/index.ts';

export interface RuntimeComponents {
  readonly logger: Logger;
  readonly version: string;
  readonly host: NodeInfo['host'];
  /** The built UI. */
  readonly uiDir: string;
  /** The operating system's key store, where this process may use it: the desktop. */
  readonly keychain?: Keychain;
  /** Starts the process that holds llama.cpp; default: a child process of this one. */
  readonly spawnInferenceHost?: () => HostProcess;
}

export interface Runtime extends Startable {
  readonly server: JanServer;
  readonly handlers: ContractHandlers;
  readonly endpointKey: string;
}

const missing = (): never => {
  throw new AppError('NOT_FOUND', 'This part is not built yet.');
};
// @ts-expect-error the rooms are on their way
const unavailable: ContractHandlers = new Proxy({}, { get: (_target, room) => (room === 'search' ? missing : new Proxy({}, { get: () => missing })) });

// @ts-expect-error the rooms are on their way
const unavailableInference: Inference = new Proxy({}, { get: () => missing });

export const createRuntime = (config: Config, components: RuntimeComponents): Runtime => {
  const { logger, version, host, uiDir } = components;
  const events = new Emitter<NodeEvent>();
  const clock = systemClock;
  const keys = createKeyRing({ openStore: () => undefined, store: missing, clock });
  const vaultStatus = (): VaultStatus => ({ state: 'open', slots: [], error: null });
  const handlers: ContractHandlers = {
    system: {
      info: () => ({ version, host, url: server.url, dataDir: config.dataDir, keychain: false }),
      events: (_input, { signal }) => streamNodeEvents(events.event, signal),
      settings: () => ({ theme: 'system', noteFont: 'sans', weekStart: 'monday', defaultModelId: '', autoLockMinutes: 0 }),
      updateSettings: () => unavailable.system.settings(undefined, { signal: new AbortController().signal, actor: 'user' }),
    },
    vault: { ...unavailable.vault, status: vaultStatus, unlock: vaultStatus, lock: vaultStatus, addPassphrase: vaultStatus, changePassphrase: vaultStatus, createRecovery: () => { throw new AppError('NOT_FOUND', ''); }, confirmRecovery: vaultStatus, removeSlot: vaultStatus },
    tasks: unavailable.tasks,
    quickAdd: unavailable.quickAdd,
    projects: unavailable.projects,
    notes: unavailable.notes,
    tags: unavailable.tags,
    search: unavailable.search,
    history: unavailable.history,
    runs: unavailable.runs,
    models: unavailable.models,
    keys: unavailable.keys,
  };
  const server = createServer(config, { handlers, keys, vaultStatus, requireOpen: () => undefined, onActivity: () => undefined, uiDir, version, logger, clock, inference: unavailableInference });
  return {
    server,
    handlers,
    endpointKey: keys.endpointKey,
    async start() {
      prepareDataDir(config.dataDir);
      await server.start();
      writeEndpoint(config.dataDir, { url: server.url, apiKey: keys.endpointKey, pid: process.pid });
    },
    async stop() {
      await server.stop();
      removeEndpoint(config.dataDir);
      events.dispose();
    },
  };
};
