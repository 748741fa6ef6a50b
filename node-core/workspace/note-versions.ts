import { sql } from 'kysely';
import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { Note, NoteVersion } from '../contract/workspace.ts';
import type { Store } from '../storage/index.ts';
import { type Change, existing } from './change.ts';

export type NoteVersionEntry = z.infer<typeof NoteVersion>;

/** While a person writes on, one version in this time is kept. */
export const VERSION_INTERVAL = 10 * 60_000;

/** Who changed the note last; `undefined` where that is further back than a few steps. */
const lastHand = ({ store, tx }: Pick<Change, 'store' | 'tx'>, noteId: string): string | undefined => {
  const { qb } = store;
  const recent = qb
    .selectFrom('operation')
    .select(['seq', 'actor', 'changes'])
    .orderBy('seq', 'desc')
    .limit(8)
    .as('recent');
  return tx.first(
    qb
      .selectFrom(recent)
      .select('actor')
      .where(sql<boolean>`instr(changes, ${noteId}) > 0`)
      .orderBy('seq', 'desc')
      .limit(1),
  )?.actor;
};

/**
 * After a save: says who made the new version, and drops the one before where it is only a moment of the same hand. What stood there
 * before an agent or a client wrote is always kept.
 */
export const coalesce = (
  { store, tx }: Change,
  saved: Note,
  runId: string | null,
  actor: 'user' | 'api' | 'agent',
): void => {
  const { qb } = store;
  tx.run(
    qb.updateTable('noteVersion').set({ runId }).where('noteId', '=', saved.id).where('revision', '=', saved.revision),
  );
  if (actor === 'api') return;
  const [previous, kept] = tx.all(
    qb
      .selectFrom('noteVersion')
      .select(['revision', 'savedAt', 'runId'])
      .where('noteId', '=', saved.id)
      .where('revision', '<', saved.revision)
      .orderBy('revision', 'desc')
      .limit(2),
  );
  if (previous === undefined || kept === undefined || previous.runId !== runId || kept.runId !== runId) return;
  if (lastHand({ store, tx }, saved.id) !== actor) return;
  const age = saved.updatedAt - kept.savedAt;
  if (age >= 0 && age < VERSION_INTERVAL) {
    tx.run(qb.deleteFrom('noteVersion').where('noteId', '=', saved.id).where('revision', '=', previous.revision));
  }
};

/** Newest first. @throws AppError `NOT_FOUND` */
export const listVersions = (store: Store, noteId: string): NoteVersionEntry[] => {
  existing(store, 'note', noteId);
  return store.all(
    store.qb
      .selectFrom('noteVersion')
      .select(['noteId', 'revision', 'savedAt', 'size', 'runId'])
      .where('noteId', '=', noteId)
      .orderBy('revision', 'desc'),
  );
};

/** @throws AppError `NOT_FOUND` */
export const versionText = (store: Store, noteId: string, revision: number): string => {
  const version = store.first(
    store.qb.selectFrom('noteVersion').select('text').where('noteId', '=', noteId).where('revision', '=', revision),
  );
  if (version === undefined)
    throw new AppError('NOT_FOUND', 'This version is not kept any more. Choose another one from the list.');
  return version.text;
};
