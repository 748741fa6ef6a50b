import type { Clock } from '../common/index.ts';
import type { Store } from '../storage/index.ts';
import type { Batched } from './gate-writer.ts';

export interface KeyUse extends Batched {
  /** The key is used now. */
  note(keyId: string): void;
  /** When it was used since this node started. */
  last(keyId: string): number | undefined;
  forget(keyId: string): void;
}

export interface KeyUseComponents {
  readonly openStore: () => Store | undefined;
  readonly clock: Clock;
}

/** The last use is kept no more exactly than this. */
const grainMillis = 60_000;

/** When keys were used last. */
export const createKeyUse = ({ openStore, clock }: KeyUseComponents): KeyUse => {
  const used = new Map<string, number>();
  const unwritten = new Set<string>();
  return {
    note(keyId) {
      used.set(keyId, clock.now());
      unwritten.add(keyId);
    },
    last: (keyId) => used.get(keyId),
    forget(keyId) {
      used.delete(keyId);
      unwritten.delete(keyId);
    },
    isWaiting: () => unwritten.size > 0,
    write(tx) {
      const to = openStore();
      if (!to) return;
      for (const id of unwritten) {
        const at = used.get(id) ?? 0;
        tx.run(
          to.qb
            .updateTable('apiKey')
            .set({ lastUsedAt: at })
            .where('id', '=', id)
            .where((column) =>
              column.or([
                column('lastUsedAt', 'is', null),
                column('lastUsedAt', '<', at - grainMillis),
                column('lastUsedAt', '>', at),
              ]),
            ),
        );
      }
    },
    written: () => unwritten.clear(),
  };
};
