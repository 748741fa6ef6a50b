import { AppError } from '../contract/errors.ts';
import type { Attachment } from '../contract/workspace.ts';
import type { Store } from '../storage/index.ts';
import { alive, type Change, existing } from './change.ts';

/** 50 MB. */
export const ATTACHMENT_LIMIT = 50_000_000;
const BLOB_TYPE = 'attachment';

/** For display only; contents are never stored under it. No path, nothing invisible, nothing that turns the reading direction. */
export const displayName = (name: string): string => {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = [...visible].slice(0, 200).join('').slice(0, 255).toWellFormed();
  return /^\.*$/.test(cut) ? 'attachment' : cut;
};

const mediaTypeOf = (given: string): string =>
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(given) ? given.toLowerCase() : 'application/octet-stream';

/** @throws AppError `PAYLOAD_TOO_LARGE` */
export const decodeAttachment = (base64: string): Buffer => {
  if (base64.length > Math.ceil(ATTACHMENT_LIMIT / 3) * 4) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      'An attachment can be at most 50 MB. Keep the file where it is and put a link to it into the note.',
    );
  }
  return Buffer.from(base64, 'base64');
};

export interface NewAttachment {
  readonly id: string;
  readonly noteId: string;
  readonly name: string;
  readonly mediaType: string;
}

/** The contents are sealed and on disk before the note shows them. @throws AppError `NOT_FOUND`, `CONFLICT`, `STORAGE_*` */
export const addAttachment = ({ store, tx, now }: Change, input: NewAttachment, data: Uint8Array): Attachment => {
  alive(tx, 'note', input.noteId);
  const attachment: Attachment = {
    id: input.id,
    noteId: input.noteId,
    name: displayName(input.name),
    mediaType: mediaTypeOf(input.mediaType),
    size: data.length,
    createdAt: now,
  };
  store.blobs.put(attachment.id, BLOB_TYPE, data);
  tx.put('attachment', attachment);
  return attachment;
};

/** @throws AppError `NOT_FOUND` */
export const listAttachments = (store: Store, noteId: string): Attachment[] => {
  existing(store, 'note', noteId);
  return store
    .all(store.qb.selectFrom('attachment').selectAll().where('noteId', '=', noteId).orderBy('createdAt').orderBy('id'))
    .map((row) => store.decode('attachment', row));
};

/** @throws AppError `NOT_FOUND`, `VAULT_DAMAGED` */
export const readAttachment = (store: Store, id: string): { attachment: Attachment; data: Buffer } => ({
  attachment: existing(store, 'attachment', id),
  data: store.blobs.get(id, BLOB_TYPE),
});

/** Off the note. The sealed contents stay, so that undo can bring it back. @throws AppError `NOT_FOUND` */
export const removeAttachment = ({ tx }: Change, id: string): Attachment => {
  const attachment = existing(tx, 'attachment', id);
  tx.remove('attachment', id);
  return attachment;
};
