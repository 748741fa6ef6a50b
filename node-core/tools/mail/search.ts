import { z } from 'zod';
import { visibleLine } from '../visible.ts';
import { defineTool } from '../types.ts';
import { mailOrigins, mailSettings, missingImap } from './account.ts';
import { addressText, addressTexts, attachmentsOf, dateText, messageId } from './messages.ts';

const Words = z.string().min(1).max(300).optional();

const Input = z.object({
  /** Anywhere in the message. */
  text: Words,
  from: Words,
  to: Words,
  subject: Words,
  /** Days on which it came, the first and the last. */
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
  unread: z.boolean().optional(),
  folder: z.string().min(1).max(300).default('INBOX'),
  limit: z.number().int().min(1).max(100).default(20),
});
const Output = z.object({
  /** The newest first. */
  messages: z.array(
    z.object({
      id: z.string(),
      date: z.string(),
      from: z.string(),
      to: z.array(z.string()),
      subject: z.string(),
      unread: z.boolean(),
      flagged: z.boolean(),
      attachments: z.number(),
    }),
  ),
  /** How many there are in all. */
  total: z.number(),
});

export const searchMail = defineTool({
  name: 'mail.search',
  title: 'Search mail',
  description:
    'Messages of a folder by words, sender, recipient, subject or day, the newest first, without their texts.',
  effect: 'read',
  // Words of the search, to the person's own server.
  outside: false,
  repeatable: true,
  input: Input,
  output: Output,
  labels: { untrusted: true, private: true },
  settings: mailSettings,
  signIn: 'mail',
  missing: missingImap,
  origins: mailOrigins('imap'),
  sources: ({ folder }, { messages }) =>
    messages.slice(0, 50).map(({ subject, from }) => visibleLine(`Mail in ${folder}: ${subject}, ${from}`, 500)),
  async call({ folder, limit, text, from, to, subject, since, until, unread }, context) {
    const { withFolder } = await import('./imap.ts');
    return withFolder(context, folder, async (client, mailbox) => {
      const found = await client.search(
        {
          all: true,
          ...(text === undefined ? {} : { text }),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          ...(subject === undefined ? {} : { subject }),
          ...(since === undefined ? {} : { since: new Date(since) }),
          // The server's "before" leaves the day itself out.
          ...(until === undefined ? {} : { before: new Date(Date.parse(until) + 86_400_000) }),
          ...(unread === undefined ? {} : { seen: !unread }),
        },
        { uid: true },
      );
      const uids = (found || []).toSorted((a, b) => b - a);
      const newest = uids.slice(0, limit);
      const messages =
        newest.length === 0
          ? []
          : await client.fetchAll(
              newest,
              { uid: true, envelope: true, flags: true, bodyStructure: true, internalDate: true },
              { uid: true },
            );
      return {
        messages: messages
          .toSorted((a, b) => b.uid - a.uid)
          .map(({ uid, envelope, flags, bodyStructure, internalDate }) => ({
            id: messageId(mailbox.path, mailbox.uidValidity, uid),
            date: dateText(envelope?.date ?? internalDate),
            from: envelope?.from?.[0] ? addressText(envelope.from[0]) : '',
            to: addressTexts(envelope?.to),
            subject: visibleLine(envelope?.subject ?? '', 500),
            unread: !flags?.has('\\Seen'),
            flagged: flags?.has('\\Flagged') ?? false,
            attachments: bodyStructure ? attachmentsOf(bodyStructure).length : 0,
          })),
        total: uids.length,
      };
    });
  },
});
