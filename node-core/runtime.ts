import { join } from 'node:path';
import { createAgents } from './agents/index.ts';
import { type Clock, Emitter, logFault, type Logger, type Startable, systemClock } from './common/index.ts';
import { prepareDataDir } from './config/data-dir.ts';
import type { Config } from './config/index.ts';
import type { ContractHandlers, NodeEvent, NodeInfo } from './contract/index.ts';
import { createIdleMemory, type IdleMemory } from './idle-memory.ts';
import { createInference, forkHost, type HostProcess } from './inference/index.ts';
import {
  createAccess,
  createKept,
  createServer,
  createSystem,
  type JanServer,
  readPreferences,
  rememberModels,
  removeEndpoint,
  writeEndpoint,
} from './server/index.ts';
import { createThreads } from './threads/index.ts';
import { createTools } from './tools/index.ts';
import { createVault, type Keychain } from './vault/index.ts';
import { addWelcome } from './welcome.ts';
import { createWorkspace } from './workspace/index.ts';

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
  /** Whether a faster engine is compiled in the background where there is none for this machine yet; only a clone has the source. */
  readonly buildEngine?: boolean;
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

/** What models remember of long prompts may take so much of the disk. */
const PROMPT_STATES_BYTES = 2 * 2 ** 30;

/** Milliseconds a part gets to end; together they stay under the five seconds that a service manager grants. */
const grace = {
  start: 500,
  endpoint: 100,
  server: 400,
  workspace: 100,
  threads: 300,
  agents: 600,
  tools: 300,
  inference: 1_700,
  vault: 700,
};

/** The one place where a node is put together: the desktop, `jan serve`, the command line and the tests call it. */
export const createRuntime = (config: Config, components: RuntimeComponents): Runtime => {
  const { logger, version, host, uiDir, keychain, clock = systemClock, serve = true, background = true } = components;
  const happened = new Emitter<NodeEvent>();
  let idleMemory: IdleMemory | undefined;
  const vault = createVault({ dir: config.dataDir, clock, ...(keychain ? { keychain } : {}) });
  const store = () => vault.store();
  const openStore = () => (vault.status().state === 'open' ? vault.store() : undefined);
  const access = createAccess({ openStore, store, clock, logger, announced: serve });
  const { keys, gate, pairing } = access;
  access.onDidHappen((event) => happened.fire(event));
  const inference = createInference({
    store,
    spawnHost: components.spawnInferenceHost ?? forkHost,
    runtimes: config.runtimes,
    promptStates: { dir: join(config.dataDir, 'prompts'), limit: PROMPT_STATES_BYTES },
    policy: () => readPreferences(store()),
    downloads: { dir: join(config.dataDir, 'models'), modelMirror: config.modelMirror, proxy: config.proxy },
    clock,
    logger: logger.child('inference'),
    buildEngine: components.buildEngine ?? false,
    ...(components.catalogPath === undefined ? {} : { catalogPath: components.catalogPath }),
  });
  const workspace = createWorkspace({
    store,
    clock,
    workers: { agents: () => agents.workers.agents(), playbooks: () => agents.workers.playbooks() },
  });
  const isKey = (id: string) => keys.find(id) !== undefined;
  const tools = createTools({ store, clock, inference, logger: logger.child('tools') });
  const agents = createAgents({
    store,
    inference: access.counted(inference),
    tools: tools.box,
    settings: () => readPreferences(store()),
    version,
    isKey,
    clock,
    logger,
  });
  const threads = createThreads({ store, inference: access.counted(inference), clock, logger });
  keys.onDidEnd((id) => {
    for (const ended of [threads.jobs.cancelOf(id), agents.cancelOf(id)])
      ended.catch((error: unknown) => logFault(logger, 'what a key had begun could not be ended', error));
  });
  const system = createSystem({
    info: () => ({
      version,
      host,
      url: serve ? server.url : '',
      dataDir: config.dataDir,
      keychain: keychain !== undefined,
    }),
    store,
    inference,
    agents,
    threads,
    workspace,
    vault,
    happened,
    lock: () => lock(),
  });

  /** What lives on an open vault begins. */
  const enter = async (): Promise<void> => {
    system.onOpen();
    if (!background) return;
    try {
      await inference.start();
      await tools.start();
      await agents.start();
      await threads.start();
      await workspace.start();
    } catch (error) {
      // Half started and open would look unlocked and do nothing: back to where a person can try again.
      await leave();
      await vault.lock();
      throw error;
    }
  };

  /** It ends, in reverse: what runs is interrupted and goes on after the next unlock. */
  const leave = async (): Promise<void> => {
    await within(grace.workspace, 'workspace', () => workspace.stop());
    await within(grace.threads, 'threads', () => threads.stop());
    await within(grace.agents, 'agents', () => agents.stop());
    await within(grace.tools, 'tools', () => tools.stop());
    // Its process holds what was asked and answered.
    await within(grace.inference, 'inference', () => inference.stop());
    system.onLock();
    access.onLock();
  };
  /** One transition at a time: a second click may come while a part is still ending. */
  let transition: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = transition.then(work, work);
    transition = turn.catch(() => undefined);
    return turn;
  };
  const lock = () =>
    inTurn(async () => {
      await leave();
      return vault.lock();
    });

  const handlers: ContractHandlers = {
    system: system.handlers,
    vault: {
      ...vault.handlers,
      unlock: (input, call) =>
        inTurn(async () => {
          const wasOpen = vault.status().state === 'open';
          const status = await vault.handlers.unlock(input, call);
          if (!wasOpen) await enter();
          return status;
        }),
      lock,
    },
    ...workspace.handlers,
    search: async ({ query, limit = 30 }, call) => {
      // What was said to a model needs a scope of its own.
      const chats = call.actor === 'user' ? threads.search(query, Math.floor(limit / 3)) : [];
      return [...(await workspace.handlers.search({ query, limit: limit - chats.length }, call)), ...chats];
    },
    runs: agents.runs,
    playbooks: agents.playbooks,
    profiles: agents.profiles,
    schedules: agents.schedules,
    facts: agents.facts,
    calls: agents.calls,
    tools: tools.handlers,
    models: inference.models,
    ...access.handlers,
    threads: threads.threads,
    api: { call: (input, call) => server.api.call(input, call) },
  };
  const models = rememberModels(access.metered(inference));
  const server = createServer(config, {
    agents,
    handlers,
    keys,
    inference: models,
    gate,
    pairing,
    ...createKept({
      agents,
      threads,
      inference: models,
      store,
      version,
      clock,
      logger,
    }),
    vaultStatus: () => vault.status(),
    store,
    onActivity() {
      system.onActivity();
      idleMemory?.onActivity();
    },
    onRequest: () => idleMemory?.onActivity(),
    uiDir,
    version,
    clock,
    logger,
  });

  const end = async (): Promise<void> => {
    idleMemory?.dispose();
    await within(grace.endpoint, 'endpoint file', async () => removeEndpoint(config.dataDir, keys.endpointKey));
    await within(grace.server, 'server', () => server.stop());
    await inTurn(leave);
    await within(grace.vault, 'vault', () => vault.stop());
    access.dispose();
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

  const begin = async (): Promise<void> => {
    try {
      // First, because it is what most often can't be had, and nothing is written then.
      if (serve) await server.start();
      prepareDataDir(config.dataDir);
      const isNew = vault.status().state === 'missing';
      await vault.start();
      if (vault.status().state === 'open') {
        if (isNew) addWelcome(vault.store(), workspace, clock);
        await enter();
      }
      if (!serve) return;
      writeEndpoint(config.dataDir, { url: server.url, apiKey: keys.endpointKey, pid: process.pid });
      idleMemory = createIdleMemory();
    } catch (error) {
      await end();
      throw error;
    }
  };

  let beginning: Promise<void> | undefined;
  return {
    server,
    endpointKey: keys.endpointKey,
    start: () => (beginning = begin()),
    async stop() {
      // What is half started can't be ended in order; its own fault is told to who started it.
      const begun = beginning?.catch(() => undefined) ?? Promise.resolve();
      await within(grace.start, 'start', () => begun);
      await end();
    },
  };
};
