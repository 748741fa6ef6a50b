import { type Disposable, logFault, type Logger } from '../common/index.ts';
import { errorCode } from '../contract/index.ts';
import type { PlainTx, Store } from '../storage/index.ts';

/** Notes of what requests did, that may reach the vault some seconds later. */
export interface Batched {
  isWaiting(): boolean;
  write(tx: PlainTx): void;
  /** What `write` wrote is on disk. */
  written(): void;
}

export interface GateWriter extends Disposable {
  /** There is something to write, soon. */
  note(): void;
  /** Writes it now, if the vault is open. */
  flush(): void;
}

export interface GateWriterComponents {
  readonly openStore: () => Store | undefined;
  readonly parts: readonly Batched[];
  readonly logger: Logger;
}

/** One disk flush for all requests of so long; as much is lost where the process is killed. */
const gatherMillis = 3_000;

export const createGateWriter = ({ openStore, parts, logger }: GateWriterComponents): GateWriter => {
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const store = openStore();
    const waiting = parts.filter((part) => part.isWaiting());
    if (!store || waiting.length === 0) return;
    try {
      store.write((tx) => {
        for (const part of waiting) part.write(tx);
      });
    } catch (error) {
      // A full disk must not keep anyone from an answer; what could not be written is tried again with the next request.
      if (!errorCode(error)?.startsWith('STORAGE_')) throw error;
      logFault(logger, 'usage could not be written', error);
      return;
    }
    for (const part of waiting) part.written();
  };
  return {
    note: () => void (timer ??= setTimeout(flush, gatherMillis).unref()),
    flush,
    dispose: () => clearTimeout(timer),
  };
};
