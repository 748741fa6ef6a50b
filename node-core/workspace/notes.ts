import { newId } from '../common/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Note } from '../contract/workspace.ts';
import { alive, type Change, existing } from './change.ts';
import { tagsOf, titleOf } from './markdown.ts';
import { coalesce } from './note-versions.ts';

/** The text is kept byte for byte, so what can't be is refused instead of mended. @throws AppError `INPUT_NOT_TEXT` */
const checkText = (text: string): string => {
  if (text.includes('\0')) {
    throw new AppError(
      'INPUT_NOT_TEXT',
      'This is not text: it holds NUL characters, as binary files do. Nothing was saved. Attach the file to the note instead.',
    );
  }
  if (!text.isWellFormed()) {
    throw new AppError(
      'INPUT_NOT_TEXT',
      'This text holds half of a character (a lone surrogate) that no file can hold. Nothing was saved. Paste it again from its source.',
    );
  }
  return text;
};

/** @throws AppError `INPUT_NOT_TEXT`, `NOT_FOUND`, `CONFLICT` */
export const addNote = (
  { tx, now, runId }: Change,
  input: { readonly text: string; readonly projectId?: string | null | undefined },
): Note => {
  const text = checkText(input.text);
  if (input.projectId) alive(tx, 'project', input.projectId);
  const note: Note = {
    id: newId(),
    title: titleOf(text),
    text,
    tags: tagsOf(text),
    projectId: input.projectId ?? null,
    pinned: false,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    runId,
    revision: 1,
  };
  tx.put('note', note);
  return note;
};

/**
 * Saves a text. `revision` is the one it is based on; leave it out only where the text was read in the same transaction.
 * @throws AppError `CONFLICT` (data: `note` as it is stored), `INPUT_NOT_TEXT`, `NOT_FOUND`
 */
export const saveNote = (
  change: Change,
  id: string,
  text: string,
  revision?: number,
  actor: 'user' | 'api' | 'agent' = 'agent',
): Note => {
  const { tx, now, runId } = change;
  checkText(text);
  const before = alive(tx, 'note', id);
  // Also where the answer to a save was lost and the same is sent again.
  if (before.text === text) return before;
  if (revision !== undefined && revision !== before.revision) {
    throw new AppError(
      'CONFLICT',
      'This note was changed elsewhere in the meantime. Compare both texts, then save again.',
      { data: { note: before } },
    );
  }
  const note: Note = {
    ...before,
    text,
    title: titleOf(text),
    tags: tagsOf(text),
    updatedAt: now,
    revision: before.revision + 1,
  };
  tx.put('note', note);
  coalesce(change, note, runId, actor);
  return note;
};

export interface NotePatch {
  readonly projectId?: string | null | undefined;
  readonly pinned?: boolean | undefined;
}

/** @throws AppError `NOT_FOUND`, `CONFLICT` */
export const updateNote = ({ tx, now }: Change, id: string, patch: NotePatch): Note => {
  const before = alive(tx, 'note', id);
  if (patch.projectId) alive(tx, 'project', patch.projectId);
  const note: Note = {
    ...before,
    projectId: patch.projectId === undefined ? before.projectId : patch.projectId,
    pinned: patch.pinned ?? before.pinned,
    updatedAt: now,
  };
  tx.put('note', note);
  return note;
};

/** @throws AppError `NOT_FOUND` */
export const removeNote = ({ tx, now }: Change, id: string): Note => {
  const note = existing(tx, 'note', id);
  if (note.deletedAt !== null) return note;
  const removed: Note = { ...note, deletedAt: now };
  tx.put('note', removed);
  return removed;
};

/** @throws AppError `NOT_FOUND`, `CONFLICT` */
export const restoreNote = ({ tx, now }: Change, id: string): Note => {
  const note = existing(tx, 'note', id);
  if (note.deletedAt === null) throw new AppError('CONFLICT', 'This note is not in the trash. Reload the list.');
  const project = note.projectId === null ? undefined : tx.get('project', note.projectId);
  const restored: Note = {
    ...note,
    projectId: project?.deletedAt === null ? project.id : null,
    deletedAt: null,
    updatedAt: now,
  };
  tx.put('note', restored);
  return restored;
};
