import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { workOnText } from '../texts.ts';
import { visible, visibleLine } from '../visible.ts';
import { defineTool } from '../types.ts';
import { mailOrigins, mailSettings, missingImap } from './account.ts';
import { addressText, addressTexts, Attachment, attachmentsOf, dateText, splitMessageId } from './messages.ts';

/** Of a message as it lies on the server, attachments and all: its words come first. */
const MAX_BYTES = 2_000_000;
const MAX_HTML = 500_000;

const Input = z.object({ id: z.string().max(600), maxChars: z.number().int().min(100).max(100_000).default(20_000) });
const Output = z.object({
  from: z.string(),
  replyTo: z.array(z.string()),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  date: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Whether there is more text than is given here. */
  truncated: z.boolean(),
  /** Listed, never opened. */
  attachments: z.array(Attachment),
});

export const readMail = defineTool({
  name: 'mail.read',
  title: 'Read a mail',
  description: 'The text of one message that mail.search found, and a list of what is attached to it.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: Input,
  output: Output,
  labels: { untrusted: true, private: true },
  settings: mailSettings,
  signIn: 'mail',
  missing: missingImap,
  origins: mailOrigins('imap'),
  sources: (_, { subject, from }) => [visibleLine(`Mail: ${subject}, ${from}`, 500)],
  async call({ id, maxChars }, context) {
    const { folder, uidValidity, uid } = splitMessageId(id);
    const [{ withFolder }, { default: PostalMime }] = await Promise.all([import('./imap.ts'), import('postal-mime')]);
    const message = await withFolder(context, folder, async (client, mailbox) => {
      const found =
        String(mailbox.uidValidity) === uidValidity &&
        (await client.fetchOne(
          String(uid),
          {
            uid: true,
            envelope: true,
            bodyStructure: true,
            internalDate: true,
            size: true,
            source: { start: 0, maxLength: MAX_BYTES },
          },
          { uid: true },
        ));
      if (!found) throw new AppError('TOOL_FAILED', 'That message is not there any more. Search for it again.');
      return found;
    });
    const { envelope, source, size = 0 } = message;
    const mail = await PostalMime.parse(source ?? new Uint8Array()).catch((error: unknown) => {
      throw new AppError(
        'TOOL_FAILED',
        "That message is built in a way that can't be read. Open it in your mail program.",
        { cause: error },
      );
    });
    const html = mail.html ?? '';
    const plain = mail.text?.trim() ?? '';
    const words =
      plain !== '' || html === ''
        ? plain
        : await workOnText(
            { task: 'markdown', html: html.slice(0, MAX_HTML), base: null },
            {
              signal: context.signal,
              result: z.string(),
              says: 'The HTML of that message is too tangled to read. Open it in your mail program.',
            },
          );
    const text = visible(words);
    return {
      from: envelope?.from?.[0] ? addressText(envelope.from[0]) : '',
      replyTo: addressTexts(envelope?.replyTo),
      to: addressTexts(envelope?.to),
      cc: addressTexts(envelope?.cc),
      date: dateText(envelope?.date ?? message.internalDate),
      subject: visibleLine(envelope?.subject ?? '', 500),
      text: text.slice(0, maxChars),
      truncated: text.length > maxChars || size > MAX_BYTES || html.length > MAX_HTML,
      attachments: message.bodyStructure ? attachmentsOf(message.bodyStructure).slice(0, 200) : [],
    };
  },
});
