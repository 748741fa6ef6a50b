import { isIP } from 'node:net';
import { z } from 'zod';
import { AppError, isCancellation } from '../../contract/index.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { defineTool } from '../types.ts';
import { mailFault, mailOrigins, mailServer, mailSettings, missingSmtp } from './account.ts';
import { compose, Letter } from './compose.ts';

/** Whether the server said that it does not take it. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 400;

export const sendMail = defineTool({
  name: 'mail.send',
  title: 'Send a mail',
  description: 'Sends a message in plain text. A person sees it first, word by word.',
  effect: 'send-out',
  outside: true,
  // Whoever gets it twice has two.
  repeatable: false,
  input: Letter,
  output: z.object({ messageId: z.string(), accepted: z.array(z.string()), refused: z.array(z.string()) }),
  labels: { untrusted: true, private: true },
  settings: mailSettings,
  signIn: 'mail',
  missing: missingSmtp,
  origins: (setting) => [...mailOrigins('smtp')(setting), ...mailOrigins('imap')(setting)],
  sources: () => [],
  async call(letter, context) {
    const message = await compose(letter, context);
    const server = await mailServer(context, 'smtp');
    const { createTransport } = await import('nodemailer');
    const { host, port, security, user, password, token, certificate, addresses } = server;
    // One address: what was sent to the first must not be sent again to the second.
    const transport = createTransport({
      host: addresses.find((address) => isIP(address) === 4) ?? addresses[0],
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(isIP(host) === 0 ? { servername: host } : {}),
      tls: { ...(isIP(host) === 0 ? { servername: host } : {}), ...(certificate ? { ca: certificate } : {}) },
      auth: token === null ? { user, pass: password } : { type: 'OAuth2', user, accessToken: token },
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    let isWritten = false;
    transport.use('stream', ({ message: content }, done) => {
      content.processFunc((stream) =>
        // Read once the server asked for it. Without its end there is no message (RFC 5321 § 4.1.1.4).
        stream.once('end', () => {
          isWritten = true;
        }),
      );
      done();
    });
    try {
      const sent = await transport.sendMail({ ...message, signal: context.signal });
      const text = (addresses_: readonly unknown[]) =>
        addresses_.map((address) =>
          typeof address === 'string' ? address : z.object({ address: z.string() }).parse(address).address,
        );
      return { messageId: sent.messageId, accepted: text(sent.accepted ?? []), refused: text(sent.rejected ?? []) };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EENVELOPE')
        throw new AppError(
          'TOOL_FAILED',
          `${host} takes none of the recipients, or not your address as the sender. Check them.`,
          { cause: error },
        );
      const fault = mailFault(error, server, context.signal);
      if (!isWritten || isCancellation(fault) || isRefusal(error)) throw fault;
      throw new OutcomeUnknown(`${host} was given the message, and ended before it said whether it took it.`, {
        cause: error,
      });
    } finally {
      transport.close();
    }
  },
});
