import { type Clock, type Disposable, Emitter, type Event, type Logger } from '../common/index.ts';
import type { ContractHandlers, NodeEvent } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { createBudgets } from './budgets.ts';
import { createGate, type Gate } from './gate.ts';
import { createGateWriter, type GateWriter } from './gate-writer.ts';
import { createKeyRing, type KeyRing } from './keys.ts';
import { createPairing, type Pairing } from './pairing.ts';
import { createRequestLog } from './request-log.ts';
import { readPreferences } from './settings.ts';
import { createUsage } from './usage.ts';
import { createMeter, type Meter } from './usage-meter.ts';

export interface AccessComponents {
  /** The open store, or none while the vault is locked. */
  readonly openStore: () => Store | undefined;
  /** The same, for calls that can't do without it: throws `VAULT_LOCKED`. */
  readonly store: () => Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether `endpoint.json` is written. */
  readonly announced: boolean;
}

/** Who may use this node, how much, and what they did. */
export interface Access extends Disposable, Meter {
  readonly keys: KeyRing;
  readonly gate: Gate;
  readonly pairing: Pairing;
  readonly handlers: Pick<ContractHandlers, 'keys' | 'pairing' | 'usage' | 'requests'>;
  readonly onDidHappen: Event<NodeEvent>;
  /** Before the vault closes: writes what is not there yet, and forgets what was read from it. */
  onLock(): void;
}

export const createAccess = ({ openStore, store, clock, logger, announced }: AccessComponents): Access => {
  const happened = new Emitter<NodeEvent>();
  const keys = createKeyRing({ openStore, store, clock, announced });
  const note = () => writer.note();
  const { names } = keys;
  const usage = createUsage({ openStore, store, names, note, clock });
  const isOn = () => openStore() !== undefined && readPreferences(store()).requestLog;
  const log = createRequestLog({ openStore, store, names, isOn, note, clock });
  const writer: GateWriter = createGateWriter({ openStore, parts: [keys.use, usage, log], logger });
  const budgets = createBudgets({ spent: usage.spent, find: keys.find, clock });
  const gate = createGate({ usage, budgets, log, onDidEndKey: keys.onDidEnd, clock });
  const pairing = createPairing({ issue: keys.issue, isOpen: () => openStore() !== undefined, clock });
  pairing.onDidChange((requests) => happened.fire({ type: 'pairing', requests: [...requests] }));
  keys.onDidChange(() => happened.fire({ type: 'keys' }));
  return {
    keys,
    gate,
    pairing,
    handlers: {
      keys: keys.handlers,
      usage: usage.handlers,
      requests: log.handlers,
      pairing: pairing.handlers,
    },
    onDidHappen: happened.event,
    ...createMeter({ usage, budgets }),
    onLock() {
      writer.flush();
      usage.onLock();
      keys.onLock();
    },
    dispose() {
      pairing.dispose();
      writer.dispose();
      gate.dispose();
      happened.dispose();
    },
  };
};
