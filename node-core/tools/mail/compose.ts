import { randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';
import { splitMessageId } from './messages.ts';

const Addresses = z.array(z.email().max(320)).max(50);

/** What a person sees before it goes anywhere: plain text, plain addresses, nothing attached. */
export const Letter = z.object({
  to: Addresses.min(1),
  cc: Addresses.default([]),
  bcc: Addresses.default([]),
  subject: z
    .string()
    .max(900)
    .regex(/^[^\r\n]*$/u, 'one line'),
  text: z.string().max(200_000),
  /** The message that it answers, as mail.search or mail.read know it. */
  answers: z.string().max(600).optional(),
});

const LineOfIds = z.string().regex(/^[\u0021-\u007E ]*$/u);

/** The message as it is to lie or go, in the thread of what it answers. */
export const compose = async (
  { answers, ...letter }: z.infer<typeof Letter>,
  context: ToolContext,
): Promise<SendMailOptions> => {
  const from = context.setting('from')?.trim() || (context.setting('user') ?? '');
  if (!z.email().safeParse(from).success)
    throw new AppError(
      'TOOL_NOT_READY',
      'The mail account has no address to write from. Set Your address under Agents, Tools.',
    );
  const message: SendMailOptions = {
    ...letter,
    from,
    date: new Date(context.clock.now()),
    messageId: `<${randomUUID()}@${from.split('@').at(-1)}>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  if (answers === undefined) return message;
  const { folder, uidValidity, uid } = splitMessageId(answers);
  const { withFolder } = await import('./imap.ts');
  const found = await withFolder(context, folder, async (client, mailbox) =>
    String(mailbox.uidValidity) === uidValidity
      ? client.fetchOne(String(uid), { envelope: true, headers: ['references'] }, { uid: true })
      : undefined,
  );
  const id = found ? LineOfIds.safeParse(found.envelope?.messageId) : undefined;
  if (!found || !id?.success)
    throw new AppError('TOOL_FAILED', 'The message that this answers is not there any more. Search for it again.');
  const before = LineOfIds.safeParse(
    (found.headers?.toString('latin1') ?? '')
      .replace(/^references:/iu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  );
  return { ...message, inReplyTo: id.data, references: [before.success ? before.data : '', id.data].join(' ').trim() };
};
