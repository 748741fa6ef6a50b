import { AppError, type HistoryEntry } from '../contract/index.ts';
import type { Change } from './changes.ts';
import type { EncryptedDatabase } from './database.ts';
import type { Operations } from './operations.ts';
import type { OperationTable } from './schema.ts';
import { takeBack } from './take-back.ts';
import type { WriteTx } from './write-tx.ts';

const changesOf = (operations: readonly OperationTable[]): Change[] =>
  operations.flatMap((operation) => {
    const changes: Change[] = JSON.parse(operation.changes);
    return changes.reverse();
  });

const nothing = (what: string) => new AppError('NOTHING_TO_UNDO', `There is nothing to ${what}.`);

interface Step {
  readonly label: string;
  readonly kind: 'undo' | 'redo';
  readonly targets: readonly string[];
  apply(tx: WriteTx): void;
}

/** Undo and redo append operations of their own: the log only grows. `record` runs a step as one operation. */
export const createHistory = (
  db: EncryptedDatabase,
  operations: Operations,
  now: () => number,
  record: (step: Step) => OperationTable,
) => {
  const { qb } = db;

  const entryOf = (id: string): HistoryEntry => {
    const row = operations.byId(id);
    if (!row) throw new Error('an operation vanished');
    const group = row.runId === null ? [row] : operations.ofRun(row.runId);
    const newest = group[0] ?? row;
    const { at, actor, runId } = newest;
    return {
      id: newest.id,
      at,
      actor,
      runId,
      label: (group.at(-1) ?? row).label,
      undone: group.every((member) => member.undoneBy !== null),
    };
  };

  const undoGroup = (group: readonly OperationTable[], runId: string | null): HistoryEntry => {
    const pending = group.filter((operation) => operation.undoneBy === null);
    const newest = pending[0];
    if (!newest) throw nothing('undo: this step was taken back already');
    const targets = pending.map((operation) => operation.id);
    const undo = record({
      label: `Undo: ${(group.at(-1) ?? newest).label}`,
      kind: 'undo',
      targets,
      apply: (tx) => {
        takeBack(db, tx, changesOf(pending));
        if (runId !== null) tx.run(qb.updateTable('run').set({ undoneAt: now() }).where('id', '=', runId));
      },
    });
    operations.setUndoneBy(targets, undo.id);
    return entryOf(newest.id);
  };

  const newestPending = () => {
    for (const operation of operations.newest(['do'])) if (operation.undoneBy === null) return operation.id;
    return undefined;
  };

  /** The newest undo that was not redone, unless a person did something else since. */
  const newestUndo = () => {
    for (const operation of operations.newest(['do', 'undo'])) {
      if (operation.kind === 'undo' && operation.undoneBy === null) return operation.id;
      if (operation.kind === 'do' && operation.actor !== 'agent' && operation.undoneBy === null) return undefined;
    }
    return undefined;
  };

  return {
    undo(id?: string): HistoryEntry {
      const wanted = id ?? newestPending();
      if (wanted === undefined) throw nothing('undo');
      const operation = operations.byId(wanted);
      if (!operation || operation.kind !== 'do')
        throw new AppError('NOT_FOUND', 'This step of the history does not exist.');
      return operation.runId === null ? undoGroup([operation], null) : this.undoRun(operation.runId);
    },

    undoRun(runId: string): HistoryEntry {
      const group = operations.ofRun(runId);
      if (group.length === 0) throw nothing('undo: this run changed nothing');
      return undoGroup(group, runId);
    },

    redo(): HistoryEntry {
      const wanted = newestUndo();
      const undo = wanted === undefined ? undefined : operations.byId(wanted);
      if (!undo) throw nothing('redo');
      const targets: string[] = JSON.parse(undo.targets);
      const first = targets[0] === undefined ? undefined : operations.byId(targets[0]);
      if (!first) throw new Error('an undo names no operation');
      const redo = record({
        label: undo.label.replace('Undo', 'Redo'),
        kind: 'redo',
        targets: [undo.id],
        apply: (tx) => {
          takeBack(db, tx, changesOf([undo]));
          if (first.runId !== null) tx.run(qb.updateTable('run').set({ undoneAt: null }).where('id', '=', first.runId));
        },
      });
      operations.setUndoneBy([undo.id], redo.id);
      operations.setUndoneBy(targets, null);
      return entryOf(first.id);
    },
  };
};
