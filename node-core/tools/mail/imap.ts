import { isIP } from 'node:net';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { AppError } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';
import { mailFault, mailServer, type Server } from './account.ts';

const connect = async (server: Server, signal: AbortSignal): Promise<ImapFlow> => {
  const { ImapFlow: Client } = await import('imapflow');
  const { host, port, security, user, password, token, certificate } = server;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => undefined);
  let last: unknown;
  for (const address of server.addresses) {
    const client = new Client({
      host: address,
      port,
      secure: security === 'tls',
      // STARTTLS or nothing: it must not be argued away by whoever stands between.
      doSTARTTLS: security === 'starttls',
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(certificate ? { tls: { ca: certificate } } : {}),
      auth: token === null ? { user, pass: password } : { user, accessToken: token },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 30_000,
      maxLiteralSize: 8_000_000,
    });
    // What breaks later is met by the command that is under way.
    client.on('error', () => undefined);
    const abort = () => {
      client.close();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    client.once('close', () => signal.removeEventListener('abort', abort));
    try {
      signal.throwIfAborted();
      await Promise.race([client.connect(), aborted]);
      return client;
    } catch (error) {
      last = error;
      client.close();
      if (signal.aborted || (error instanceof Error && 'authenticationFailed' in error)) break;
    }
  }
  throw last;
};

/** A connection of its own for one call. */
export const withImap = async <T>(context: ToolContext, use: (client: ImapFlow) => Promise<T>): Promise<T> => {
  const server = await mailServer(context, 'imap');
  let client: ImapFlow | undefined;
  try {
    client = await connect(server, context.signal);
    return await use(client);
  } catch (error) {
    throw mailFault(error, server, context.signal);
  } finally {
    await client?.logout().catch(() => client?.close());
  }
};

/** A folder to look into: nothing is marked as read. */
export const withFolder = <T>(
  context: ToolContext,
  folder: string,
  use: (client: ImapFlow, mailbox: MailboxObject) => Promise<T>,
): Promise<T> =>
  withImap(context, async (client) => {
    const folders = await client.list();
    const found = folders.find(({ path }) => path.toLowerCase() === folder.toLowerCase());
    if (!found)
      throw new AppError(
        'TOOL_FAILED',
        `There is no folder "${folder}". There are: ${folders
          .slice(0, 50)
          .map(({ path }) => path)
          .join(', ')}.`,
      );
    const lock = await client.getMailboxLock(found.path, { readOnly: true });
    try {
      if (!client.mailbox) throw new AppError('TOOL_FAILED', `The folder "${folder}" could not be opened. Try again.`);
      return await use(client, client.mailbox);
    } finally {
      lock.release();
    }
  });
