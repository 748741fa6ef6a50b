import { AppError } from '../contract/errors.ts';
import type { EntityKind } from '../contract/system.ts';
import type { Entities, Store, WriteTx } from '../storage/index.ts';

/** One transaction under way: what it is done in, when, and for which run (`null`: by a person or a client). */
export interface Change {
  readonly store: Store;
  readonly tx: WriteTx;
  readonly now: number;
  readonly runId: string | null;
}

const nouns: Readonly<Record<EntityKind, string>> = {
  task: 'task',
  project: 'project',
  section: 'section',
  note: 'note',
  attachment: 'attachment',
};

export const missing = (kind: EntityKind): AppError =>
  new AppError('NOT_FOUND', `This ${nouns[kind]} does not exist any more. Reload the list.`);

/** @throws AppError `NOT_FOUND` */
export const existing = <K extends EntityKind>(
  from: Pick<Store, 'get'> | WriteTx,
  kind: K,
  id: string,
): Entities[K] => {
  const entity = from.get(kind, id);
  if (entity === undefined) throw missing(kind);
  return entity;
};

/** Not in the trash. @throws AppError `NOT_FOUND`, `CONFLICT` */
export const alive = <K extends 'task' | 'project' | 'section' | 'note'>(
  tx: WriteTx,
  kind: K,
  id: string,
): Entities[K] => {
  const entity = existing(tx, kind, id);
  if (entity.deletedAt !== null)
    throw new AppError('CONFLICT', `This ${nouns[kind]} is in the trash. Restore it first.`);
  return entity;
};

/** As a step of history names a thing: `“Buy milk”`, shortened. */
export const quoted = (title: string): string => {
  const line = title.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return `“${letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : line}”`;
};

/** `“Buy milk”`, or `3 tasks`. */
export const named = (titles: readonly string[], noun: string): string =>
  titles.length === 1 ? quoted(titles[0] ?? '') : `${titles.length} ${noun}s`;

/** Text that the database and everything after it can hold: no NUL, no half of a character. */
export const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '');
