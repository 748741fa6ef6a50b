import type { MessageAddressObject, MessageStructureObject } from 'imapflow';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { visibleLine } from '../visible.ts';

/** By which a message is found again: folder, its version, number. */
export const messageId = (folder: string, uidValidity: bigint, uid: number): string =>
  `${encodeURIComponent(folder)}/${uidValidity}/${uid}`;

export const splitMessageId = (id: string): { folder: string; uidValidity: string; uid: number } => {
  const [, folder, uidValidity, uid] = /^([^/]{1,500})\/(\d{1,20})\/([1-9]\d{0,9})$/u.exec(id) ?? [];
  if (folder === undefined || uidValidity === undefined || uid === undefined)
    throw new AppError('BAD_REQUEST', 'That is no message. Take the id from what mail.search gave.');
  try {
    return { folder: decodeURIComponent(folder), uidValidity, uid: Number(uid) };
  } catch (error) {
    throw new AppError('BAD_REQUEST', 'That is no message. Take the id from what mail.search gave.', { cause: error });
  }
};

export const Attachment = z.object({ name: z.string(), type: z.string(), bytes: z.number() });

/** What hangs on a message, by what the server says of it: nothing is downloaded or opened. */
export const attachmentsOf = (part: MessageStructureObject): z.infer<typeof Attachment>[] => {
  if (part.childNodes && !part.type.startsWith('message/')) return part.childNodes.flatMap(attachmentsOf);
  const name = part.dispositionParameters?.['filename'] ?? part.parameters?.['name'];
  if (name === undefined && part.disposition !== 'attachment' && /^text\/(plain|html)$/u.test(part.type)) return [];
  const size = part.size ?? 0;
  return [
    {
      name: visibleLine(name ?? '(no name)', 300),
      type: part.type,
      bytes: part.encoding?.toLowerCase() === 'base64' ? Math.floor((size * 3) / 4) : size,
    },
  ];
};

export const addressText = ({ name, address }: MessageAddressObject): string =>
  visibleLine(name && name !== address ? `${name} <${address}>` : (address ?? ''), 400);

export const addressTexts = (addresses: readonly MessageAddressObject[] = []): string[] =>
  addresses.slice(0, 100).map(addressText);

/** As an ISO date, or empty where a message gives none that can be read. */
export const dateText = (date: Date | string | undefined): string => {
  const at = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
};
