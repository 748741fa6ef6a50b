import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import type { Tool, ToolContext, ToolSetting } from '../types.ts';

type Setting = ToolContext['setting'];

/** What a person signs in for. */
type Purpose = NonNullable<Tool['signIn']>;

interface Provider {
  readonly title: string;
  readonly authorize: string;
  readonly token: string;
  readonly scope: Readonly<Record<Purpose, string>>;
  /** Asked of the person's browser beside what OAuth wants. */
  readonly more: Readonly<Record<string, string>>;
  /** By which name it takes the way back. */
  readonly host: '127.0.0.1' | 'localhost';
  /** Settings that it stands in for. */
  readonly defaults: Readonly<Record<string, string>>;
}

/**
 * https://developers.google.com/identity/protocols/oauth2/native-app and https://developers.google.com/workspace/calendar/caldav/v2/guide;
 * https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
const providers: Readonly<Record<'google' | 'microsoft', Provider>> = {
  google: {
    title: 'Google',
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scope: { calendar: 'https://www.googleapis.com/auth/calendar', mail: 'https://mail.google.com/' },
    // Else it gives nothing to stay signed in by.
    more: { access_type: 'offline', prompt: 'consent' },
    host: '127.0.0.1',
    defaults: {
      url: 'https://apidata.googleusercontent.com/caldav/v2/',
      'imap-host': 'imap.gmail.com',
      'smtp-host': 'smtp.gmail.com',
    },
  },
  microsoft: {
    title: 'Microsoft',
    authorize: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope: {
      calendar: '',
      mail: 'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
    },
    more: {},
    // Any port of this name, and of no number, is taken for the address that was registered.
    host: 'localhost',
    defaults: {
      'imap-host': 'outlook.office365.com',
      'smtp-host': 'smtp.office365.com',
      'smtp-security': 'starttls',
    },
  },
};

export const signInSettings = (purpose: Purpose): readonly ToolSetting[] => [
  {
    id: 'provider',
    title: 'Sign-in',
    hint:
      purpose === 'mail'
        ? 'google, microsoft or other, where a password is not taken (OAuth); empty: user and password.'
        : 'google or other, where a password is not taken (OAuth); empty: user and password.',
    secret: false,
  },
  {
    id: 'client',
    title: 'Client ID',
    hint: 'Of an app for desktops that you register with the provider; only for the sign-in.',
    secret: false,
  },
  {
    id: 'client-secret',
    title: 'Client secret',
    hint: 'Where the provider gives one with the client ID.',
    secret: true,
  },
  { id: 'authorize', title: 'Address to sign in at', hint: 'Only with other: where your browser goes.', secret: false },
  { id: 'token', title: 'Address of tokens', hint: 'Only with other: where the sign-in is exchanged.', secret: false },
  { id: 'scope', title: 'Scope', hint: 'Only with other: what is asked for, with spaces between.', secret: false },
];

/** A client at a server of sign-ins, as a person set it. */
export interface Account {
  readonly title: string;
  readonly client: string;
  readonly secret: string | null;
  readonly authorize: string;
  readonly token: string;
  readonly scope: string;
  readonly more: Readonly<Record<string, string>>;
  readonly host: '127.0.0.1' | 'localhost';
}

const providerOf = (setting: Setting): string => setting('provider')?.trim().toLowerCase() ?? '';
const known = (name: string): Provider | undefined =>
  name === 'google' || name === 'microsoft' ? providers[name] : undefined;

/** Settings, and where a person gave none what their provider has. */
export const withProvider =
  (setting: Setting): Setting =>
  (id) =>
    setting(id) || (known(providerOf(setting))?.defaults[id] ?? null);

export const wantsSignIn = (setting: Setting): boolean => providerOf(setting) !== '';

const isAddress = (text: string): boolean => {
  const url = URL.parse(text);
  const isHere = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1' || url?.hostname === '[::1]';
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
};

/** The account to sign in to; a text says what is missing for it. */
export const accountOf = (setting: Setting, purpose: Purpose): Account | string => {
  const name = providerOf(setting);
  const client = setting('client')?.trim() ?? '';
  const secret = setting('client-secret');
  const provider = known(name);
  if (provider && provider.scope[purpose] === '')
    return `${provider.title} has no ${purpose === 'calendar' ? 'CalDAV' : purpose}: set the private address of your calendar under ICS files.`;
  if (!provider && name !== 'other') return 'Set Sign-in to google, microsoft or other, or leave it empty.';
  if (client === '') return 'Set the Client ID for the sign-in.';
  if (provider) {
    const { title, authorize, token, scope, more, host } = provider;
    return { title, client, secret, authorize, token, scope: scope[purpose], more, host };
  }
  const [authorize = '', token = ''] = ['authorize', 'token'].map((id) => setting(id)?.trim() ?? '');
  if (!isAddress(authorize) || !isAddress(token))
    return 'Set Address to sign in at and Address of tokens; they begin with https://.';
  const scope = setting('scope')?.trim() ?? '';
  return { title: new URL(authorize).host, client, secret, authorize, token, scope, more: {}, host: '127.0.0.1' };
};

/** What a sign-in left: it stays good until it is taken back. */
export const Grant = z.object({ client: z.string(), token: z.string(), scope: z.string(), refresh: z.string() });
export type Grant = z.infer<typeof Grant>;

/** Under which name the grant lies beside the settings; no setting that a person can write. */
export const grantSetting = 'sign-in';

/** Of this account; of another one it is worth nothing. */
export const grantOf = (setting: Setting, account: Account): Grant | null => {
  const text = setting(grantSetting);
  if (text === null) return null;
  const grant = Grant.parse(JSON.parse(text));
  return grant.client === account.client && grant.token === account.token && grant.scope === account.scope
    ? grant
    : null;
};

/** The token to show; null where the account has user and password. @throws AppError `TOOL_NOT_READY` */
export const bearerOf = async ({ setting, accessToken }: ToolContext): Promise<string | null> => {
  if (!wantsSignIn(setting)) return null;
  if (!accessToken) throw new AppError('TOOL_NOT_READY', 'Sign in under Agents, Tools.');
  return accessToken();
};

/** What to do before an account can be used that wants a sign-in; null where it can. */
export const missingSignIn = (setting: Setting, purpose: Purpose): string | null => {
  const account = accountOf(setting, purpose);
  if (typeof account === 'string') return account;
  return grantOf(setting, account) ? null : `Sign in to the ${purpose} at ${account.title} under Agents, Tools.`;
};
