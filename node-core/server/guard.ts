import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../contract/errors.ts';

export interface GuardOptions {
  readonly port: number;
  /** Origins besides our own, exactly as a browser sends them. */
  readonly allowedOrigins: readonly string[];
}

export interface Guard {
  /**
   * Refuses what a web page in the user's browser could send: a foreign `Host` (DNS rebinding) or a foreign `Origin`.
   * @throws AppError `FORBIDDEN`
   */
  check(headers: IncomingHttpHeaders): void;
  /** The origin to answer a cross-origin request with; only one that is listed, never our own or a wildcard. */
  listedOrigin(headers: IncomingHttpHeaders): string | undefined;
}

export const createGuard = ({ port, allowedOrigins }: GuardOptions): Guard => {
  const hosts = new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`));
  const own = new Set([...hosts].map((host) => `http://${host}`));
  const listed = new Set(allowedOrigins.map((origin) => new URL(origin).origin));
  return {
    check(headers) {
      if (headers.host === undefined || !hosts.has(headers.host.toLowerCase())) {
        throw new AppError('FORBIDDEN', `This address is not served here. Call http://127.0.0.1:${port}.`);
      }
      const { origin } = headers;
      if (origin !== undefined && !own.has(origin) && !listed.has(origin)) {
        throw new AppError(
          'FORBIDDEN',
          'Web pages of this origin may not call Jan. List it under "allowedOrigins" in jan.config.json if it should.',
        );
      }
    },
    listedOrigin: ({ origin }) => (origin !== undefined && listed.has(origin) ? origin : undefined),
  };
};
