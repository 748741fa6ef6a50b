import type { Store } from '../storage/index.ts';

/** When to end the process: around the `commit`th transaction (from 1), with its changes made and not yet durable, or durable. */
export interface Death {
  readonly commit: number;
  readonly moment: 'before' | 'after';
}

/**
 * A store in whose `commit`th transaction the process is killed, as by `kill -9`. Undo counts as one. `kill` may throw instead: the
 * transaction is taken back or has happened, as with a process that ends there.
 */
export const dyingStore = (
  store: Store,
  { commit, moment }: Death,
  kill: () => void = () => process.kill(process.pid, 'SIGKILL'),
): Store => {
  let commits = 0;
  const die = (at: Death['moment']) => {
    if (commits === commit && moment === at) kill();
  };
  const around = <Tx, T>(run: (work: (tx: Tx) => T) => T, work: (tx: Tx) => T): T => {
    commits += 1;
    const result = run((tx) => {
      const value = work(tx);
      die('before');
      return value;
    });
    die('after');
    return result;
  };
  return {
    ...store,
    transact: (meta, work) => around((inner) => store.transact(meta, inner), work),
    write: (work) => around(store.write, work),
    undoRun: (runId) => {
      commits += 1;
      die('before');
      const entry = store.undoRun(runId);
      die('after');
      return entry;
    },
  };
};
