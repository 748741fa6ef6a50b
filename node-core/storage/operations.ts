import { createHash } from 'node:crypto';
import { type Clock, newId } from '../common/index.ts';
import type { HistoryEntry } from '../contract/index.ts';
import type { Change } from './changes.ts';
import type { EncryptedDatabase } from './database.ts';
import { vaultDamaged } from './errors.ts';
import type { OperationTable } from './schema.ts';

/** The newest link of the chain; an old copy of the vault has an older one. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyChain: ChainHead = { seq: 0, hash: '0'.repeat(64) };

export interface NewOperation {
  readonly actor: OperationTable['actor'];
  readonly runId: string | null;
  readonly label: string;
  readonly kind: OperationTable['kind'];
  readonly changes: readonly Change[];
  readonly targets: readonly string[];
}

const hashOf = (row: Omit<OperationTable, 'hash' | 'undoneBy'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.seq,
        row.id,
        row.at,
        row.actor,
        row.runId,
        row.label,
        row.kind,
        row.changes,
        row.targets,
        row.prevHash,
      ]),
    )
    .digest('hex');

/**
 * The log of everything that changed a person's data. Each row's hash is SHA-256 over its columns and the hash of the
 * row before, so that no row can be altered, dropped or moved without all later hashes changing.
 */
export const createOperations = (db: EncryptedDatabase, clock: Clock) => {
  const { qb } = db;

  const head = (): ChainHead =>
    db.first(qb.selectFrom('operation').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1)) ?? emptyChain;

  return {
    head,

    append(operation: NewOperation): OperationTable {
      const last = head();
      const row = {
        seq: last.seq + 1,
        id: newId(),
        at: clock.now(),
        actor: operation.actor,
        runId: operation.runId,
        label: operation.label,
        kind: operation.kind,
        changes: JSON.stringify(operation.changes),
        targets: JSON.stringify(operation.targets),
        prevHash: last.hash,
      };
      const full = { ...row, hash: hashOf(row), undoneBy: null };
      db.run(qb.insertInto('operation').values(full));
      return full;
    },

    hashAt: (seq: number) => db.first(qb.selectFrom('operation').select('hash').where('seq', '=', seq))?.hash,

    byId: (id: string) => db.first(qb.selectFrom('operation').selectAll().where('id', '=', id)),

    /** What a run did, newest first. */
    ofRun: (runId: string) =>
      db.all(
        qb
          .selectFrom('operation')
          .selectAll()
          .where('runId', '=', runId)
          .where('kind', '=', 'do')
          .orderBy('seq', 'desc'),
      ),

    /** Newest first, without the changes. */
    newest: (kinds: readonly OperationTable['kind'][]) =>
      db.iterate(
        qb
          .selectFrom('operation')
          .select(['seq', 'id', 'at', 'actor', 'runId', 'label', 'kind', 'targets', 'undoneBy'])
          .where('kind', 'in', kinds)
          .orderBy('seq', 'desc'),
      ),

    setUndoneBy: (ids: readonly string[], undoneBy: string | null) => {
      for (const id of ids) db.run(qb.updateTable('operation').set({ undoneBy }).where('id', '=', id));
    },

    /** One entry per operation, and one per run, newest first. */
    history(limit: number): HistoryEntry[] {
      const entries: HistoryEntry[] = [];
      const runs = new Map<string, HistoryEntry>();
      for (const { id, at, actor, runId, label, undoneBy } of this.newest(['do'])) {
        const undone = undoneBy !== null;
        const known = runId === null ? undefined : runs.get(runId);
        if (known) {
          known.label = label;
          known.undone &&= undone;
          continue;
        }
        if (entries.length >= limit) break;
        const entry = { id, at, actor, runId, label, undone };
        entries.push(entry);
        if (runId !== null) runs.set(runId, entry);
      }
      return entries;
    },

    /** @throws AppError `VAULT_DAMAGED` where a link does not hold. */
    verify(): ChainHead {
      let last = emptyChain;
      for (const row of db.iterate(qb.selectFrom('operation').selectAll().orderBy('seq'))) {
        if (row.seq !== last.seq + 1 || row.prevHash !== last.hash || row.hash !== hashOf(row)) {
          throw vaultDamaged(`The history does not hold together at step ${row.seq}.`);
        }
        last = { seq: row.seq, hash: row.hash };
      }
      return last;
    },
  };
};
export type Operations = ReturnType<typeof createOperations>;
