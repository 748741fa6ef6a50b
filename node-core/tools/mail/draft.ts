import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { defineTool } from '../types.ts';
import { mailOrigins, mailSettings, missingImap } from './account.ts';
import { compose, Letter } from './compose.ts';

export const draftMail = defineTool({
  name: 'mail.draft',
  title: 'Draft a mail',
  description: "Puts a message into the person's drafts, where they read, change and send it themselves.",
  // It lies in the person's own mailbox and reaches nobody until they send it: no more goes out than a note would.
  effect: 'write-local',
  outside: false,
  repeatable: false,
  input: Letter,
  output: z.object({ folder: z.string(), to: z.array(z.string()), subject: z.string() }),
  labels: { untrusted: true, private: true },
  settings: mailSettings,
  signIn: 'mail',
  missing: missingImap,
  origins: mailOrigins('imap'),
  sources: () => [],
  async call(letter, context) {
    const [{ withImap }, { default: MailComposer }] = await Promise.all([
      import('./imap.ts'),
      import('nodemailer/lib/mail-composer'),
    ]);
    const message = new MailComposer({ ...(await compose(letter, context)), newline: '\r\n' }).compile();
    // Whoever sends the draft has to see and keep them.
    message.keepBcc = true;
    const content = await message.build();
    return withImap(context, async (client) => {
      const drafts = (await client.list()).find(({ specialUse }) => specialUse === '\\Drafts');
      if (!drafts) throw new AppError('TOOL_FAILED', 'The mailbox has no folder for drafts. Make one called Drafts.');
      const taken = await client.append(drafts.path, content, ['\\Draft', '\\Seen']).catch((error: unknown) => {
        // NO or BAD: it said that it does not take it.
        if (context.signal.aborted || (error instanceof Error && 'responseStatus' in error)) throw error;
        throw new OutcomeUnknown('The mail server was given the draft, and ended before it said whether it took it.', {
          cause: error,
        });
      });
      if (!taken) throw new AppError('TOOL_FAILED', 'The mail server did not take the draft. Try again.');
      return { folder: drafts.path, to: letter.to, subject: letter.subject };
    });
  },
});
