import type { Agents } from '../agents/index.ts';
import { type Disposable, DisposableStore, type Emitter } from '../common/index.ts';
import { type ContractHandlers, errorCode, type NodeEvent, type NodeInfo, type Settings } from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import type { Threads } from '../threads/index.ts';
import type { Vault } from '../vault/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { streamNodeEvents } from './events.ts';
import { readPreferences, writePreferences } from './settings.ts';

export interface SystemComponents {
  readonly info: () => NodeInfo;
  readonly store: () => Store;
  readonly inference: Inference;
  readonly agents: Agents;
  readonly threads: Pick<Threads, 'onDidChangeThread'>;
  readonly workspace: Workspace;
  readonly vault: Vault;
  /** Everything that clients are told. */
  readonly happened: Emitter<NodeEvent>;
  readonly lock: () => Promise<unknown>;
}

/** What belongs to the node as a whole: its state, its settings, the stream of events, and the lock that falls by itself. */
export interface System {
  readonly handlers: ContractHandlers['system'];
  onOpen(): void;
  onLock(): void;
  /** A person did something: the automatic lock waits again. */
  onActivity(): void;
}

export const createSystem = ({
  info,
  store,
  inference,
  agents,
  threads,
  workspace,
  vault,
  happened,
  lock,
}: SystemComponents): System => {
  let whileOpen = new DisposableStore();
  let lockTimer: NodeJS.Timeout | undefined;

  vault.onDidChange((status) => {
    happened.fire({ type: 'vault', status });
    if (status.state === 'open') armLock();
  });

  agents.onDidChangeRun((run) => happened.fire({ type: 'run', run }));
  threads.onDidChangeThread(({ id, thread }) => happened.fire({ type: 'thread', id, thread }));
  workspace.onDidFireReminder((reminder) => happened.fire({ type: 'reminder', ...reminder }));
  inference.onDidChangeStatus((status) => happened.fire({ type: 'inference', status }));
  inference.onDidChangeDownload((download) => happened.fire({ type: 'download', download }));
  inference.onDidChangeModels(({ id }) => happened.fire(modelEvent(id)));

  /** A model that can't be read any more, or not while locked, is news about the list. */
  const modelEvent = (id: string | null): NodeEvent => {
    if (id === null) return { type: 'models' };
    try {
      return { type: 'model', model: inference.model(id) };
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return { type: 'models' };
    }
  };

  const settings = (): Settings => ({ ...readPreferences(store()), defaultModelId: inference.defaultModelId() });

  const armLock = (): void => {
    clearTimeout(lockTimer);
    lockTimer = undefined;
    const { state, slots } = vault.status();
    if (state !== 'open' || !slots.some(({ kind }) => kind === 'passphrase')) return;
    const minutes = readPreferences(store()).autoLockMinutes;
    if (minutes > 0) lockTimer = setTimeout(() => void lock(), minutes * 60_000).unref();
  };

  return {
    handlers: {
      info,
      events: (_input, { signal }) => streamNodeEvents(happened.event, signal),
      settings,
      async updateSettings(patch, call) {
        const { defaultModelId, ...preferences } = patch;
        if (defaultModelId !== undefined) await inference.models.setDefault({ id: defaultModelId }, call);
        writePreferences(store(), preferences);
        const now = settings();
        happened.fire({ type: 'settings', settings: now });
        armLock();
        return now;
      },
    },
    onOpen() {
      const changes: Disposable = store().onDidChange((entities) =>
        happened.fire({ type: 'workspace', entities: [...entities] }),
      );
      whileOpen.add(changes);
      armLock();
    },
    onLock() {
      clearTimeout(lockTimer);
      lockTimer = undefined;
      whileOpen.dispose();
      whileOpen = new DisposableStore();
    },
    onActivity: () => void lockTimer?.refresh(),
  };
};
