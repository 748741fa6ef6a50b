import type { IncomingMessage } from 'node:http';
import { AppError } from '../../contract/index.ts';

/** Went wrong in a way that may pass. */
export class NextTry extends Error {
  override readonly name: string = 'NextTry';
  /** Milliseconds that the server asked to wait. */
  readonly wait: number | null;

  constructor(why: string, wait: number | null = null) {
    super(why);
    this.wait = wait;
  }
}

/** The server does not do what it says. It is tried again, but nothing that it sends makes up for it. */
export class Lie extends NextTry {}

/** The file at the server is no longer the one that was begun. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/**
 * Milliseconds of `Retry-After` (RFC 9110, 10.2.3). A date counts from the server's own, so that a wrong clock here does no harm.
 */
export const retryAfter = ({ headers }: Pick<IncomingMessage, 'headers'>): number | null => {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1_000;
  const wait = Date.parse(value) - Date.parse(headers.date ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
};

const certificateFault = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/u;

/** What a connection that failed means: to be tried again, or no use. */
export const unreachable = (host: string, error: unknown): unknown => {
  if (error instanceof NextTry || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (certificateFault.test(code))
    return new AppError(
      'DOWNLOAD_FAILED',
      `${host} could not prove that it is ${host} (${code}). Something on the way may be reading along: check the network, the proxy and the clock.`,
      { cause: error },
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new NextTry(`${host} was not found; is there a connection?`);
  return new NextTry(`the connection to ${host} failed${code === '' ? '' : ` (${code})`}`);
};

/** Statuses that will be the same next time. */
export const refused = (host: string, status: number, repository: string): AppError => {
  const say = (text: string) => new AppError('DOWNLOAD_FAILED', text, { data: { status } });
  if (status === 401 || status === 403)
    return say(
      `${host} does not hand out "${repository}" to everyone (HTTP ${status}): its makers ask for an account, or have closed it. Fetch the file there yourself and add it under Models.`,
    );
  if (status === 404 || status === 410)
    return say(
      `${host} no longer has this file of "${repository}" (HTTP ${status}). Update Jan, use another mirror, or choose another model.`,
    );
  if (status === 407) return say('The proxy wants a name and a password. Put them into the address of the proxy.');
  return say(`${host} refused the download (HTTP ${status}). Try again later, or use another mirror.`);
};
