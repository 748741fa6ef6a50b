import { z } from 'zod';
import { AppError, CancellationError } from '../../contract/index.ts';
import { bearerOf, missingSignIn, signInSettings, wantsSignIn, withProvider } from '../sign-in/account.ts';
import type { ToolContext, ToolSetting } from '../types.ts';

type Setting = ToolContext['setting'];

const TLS_HINT = 'tls (from the first byte), starttls, or none, which is for servers on this machine only; empty: tls.';

const imapSettings: readonly ToolSetting[] = [
  { id: 'imap-host', title: 'IMAP server', hint: 'As in imap.example.org.', secret: false },
  { id: 'imap-port', title: 'IMAP port', hint: 'Empty: 993, or 143 with starttls.', secret: false },
  { id: 'imap-security', title: 'IMAP encryption', hint: TLS_HINT, secret: false },
];
const smtpSettings: readonly ToolSetting[] = [
  { id: 'smtp-host', title: 'SMTP server', hint: 'As in smtp.example.org; only to send.', secret: false },
  { id: 'smtp-port', title: 'SMTP port', hint: 'Empty: 465, or 587 with starttls.', secret: false },
  { id: 'smtp-security', title: 'SMTP encryption', hint: TLS_HINT, secret: false },
];

export const mailSettings: readonly ToolSetting[] = [
  ...imapSettings,
  { id: 'user', title: 'User', hint: 'Of both servers; often the address.', secret: false },
  { id: 'password', title: 'Password', hint: 'An app password where the provider has those.', secret: true },
  ...signInSettings('mail'),
  ...smtpSettings,
  { id: 'from', title: 'Your address', hint: 'What you write from; empty: the user.', secret: false },
  {
    id: 'certificate',
    title: 'Own authority',
    hint: 'Its certificate (PEM), where your servers have one that the system does not know.',
    secret: false,
  },
];

const missing = (setting: Setting, host: string): string | null => {
  const signsIn = wantsSignIn(setting);
  const given = withProvider(setting);
  const ids = [host, 'user', ...(signsIn ? [] : ['password'])];
  const titles = mailSettings.filter(({ id }) => ids.includes(id) && !given(id)).map(({ title }) => title);
  if (titles.length > 0) return `Set ${titles.join(', ')} of the mail account under Agents, Tools.`;
  return signsIn ? missingSignIn(setting, 'mail') : null;
};
export const missingImap = (setting: Setting): string | null => missing(setting, 'imap-host');
export const missingSmtp = (setting: Setting): string | null => missing(setting, 'smtp-host');

const Security = z.enum(['tls', 'starttls', 'none']);
const Port = z.coerce.number().int().min(1).max(65_535);
const defaultPorts = { imap: { tls: 993, starttls: 143, none: 143 }, smtp: { tls: 465, starttls: 587, none: 25 } };

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly security: z.infer<typeof Security>;
}

const endpointOf = (own: Setting, protocol: 'imap' | 'smtp'): Endpoint | null => {
  const setting = withProvider(own);
  const host = setting(`${protocol}-host`)?.trim();
  const security = Security.safeParse(setting(`${protocol}-security`)?.trim().toLowerCase() || 'tls');
  if (!host || !security.success) return null;
  const port = Port.safeParse(setting(`${protocol}-port`)?.trim() || defaultPorts[protocol][security.data]);
  return port.success ? { host, port: port.data, security: security.data } : null;
};

/** The servers that a person opened to the mail tools. */
export const mailOrigins =
  (protocol: 'imap' | 'smtp') =>
  (setting: Setting): readonly string[] => {
    const endpoint = endpointOf(setting, protocol);
    return endpoint ? [`${protocol}s://${endpoint.host}:${endpoint.port}`] : [];
  };

export interface Server extends Endpoint {
  /** Checked: the connection goes to one of these and no other. */
  readonly addresses: readonly string[];
  readonly user: string;
  readonly password: string;
  /** Shown in the place of the password where there is one. */
  readonly token: string | null;
  readonly certificate: string | null;
}

/** A field of one line takes the breaks out of a certificate; PEM wants them. */
const pem = (text: string): string =>
  text.replaceAll(
    /(?<begin>-----BEGIN CERTIFICATE-----)(?<body>[^-]*)(?<end>-----END CERTIFICATE-----)/gu,
    (_, begin: string, body: string, end: string) => `${begin}\n${body.trim().replaceAll(/\s+/gu, '\n')}\n${end}\n`,
  );

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** The server of the settings, its addresses checked. A password never goes over a network in the clear. */
export const mailServer = async (context: ToolContext, protocol: 'imap' | 'smtp'): Promise<Server> => {
  const { setting } = context;
  const endpoint = endpointOf(setting, protocol);
  if (!endpoint)
    throw new AppError(
      'TOOL_NOT_READY',
      `The port or the encryption of the ${protocol.toUpperCase()} server can't be read. The port is a number, the encryption tls, starttls or none.`,
    );
  const addresses = await context.addresses(endpoint.host, endpoint.port);
  if (endpoint.security === 'none' && !addresses.every(isLoopback))
    throw new AppError(
      'TOOL_NOT_READY',
      `${endpoint.host} is another machine, and without encryption the password could be read on the way. Set the encryption to tls or starttls.`,
    );
  return {
    ...endpoint,
    addresses,
    user: setting('user') ?? '',
    password: setting('password') ?? '',
    token: await bearerOf(context),
    certificate: pem(setting('certificate') ?? '') || null,
  };
};

const fieldsOf = (error: unknown): string =>
  error instanceof Error
    ? Object.entries(error)
        .filter(([name]) => ['code', 'responseText', 'response', 'serverResponseCode'].includes(name))
        .map(([, value]) => String(value))
        .join(' ')
    : '';

/** What went wrong with a server, and what to do: never the words of a server alone, and none of what was written. */
export const mailFault = (
  error: unknown,
  { host, port, token }: Pick<Server, 'host' | 'port' | 'token'>,
  signal: AbortSignal,
): Error => {
  if (signal.aborted) return new CancellationError();
  if (error instanceof AppError) return error;
  const fields = fieldsOf(error);
  const message = error instanceof Error ? error.message : '';
  const fail = (text: string) => new AppError('TOOL_FAILED', text, { cause: error });
  if (
    (error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true) ||
    /EAUTH|AUTHENTICATIONFAILED/u.test(fields)
  )
    return fail(
      token === null
        ? `${host} refuses the user or the password of the mail account. Set them again; some providers want an app password.`
        : `${host} refuses the user, or what the sign-in allows. Check the user, and sign in to mail again under Agents, Tools.`,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/u.test(fields) || /certificate/iu.test(message))
    return fail(
      `The certificate of ${host} is not trusted. Check the name of the server; if it is your own, give the certificate of your authority under Agents, Tools.`,
    );
  if (/ETLS|STARTTLS/u.test(`${fields} ${message}`))
    return fail(
      `${host} does not offer encryption on port ${port}. Check the port and the encryption of mail under Agents, Tools.`,
    );
  if (
    /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ECONNECTION|ESOCKET|NoConnection|CONNECT_TIMEOUT|GREETING_TIMEOUT|ETIMEOUT/u.test(
      fields,
    )
  )
    return fail(
      `${host} can't be reached on port ${port}. Check server, port and encryption of mail under Agents, Tools, and whether this machine is online.`,
    );
  return fail(`${host} did not do what it was asked for. Try again later.`);
};
