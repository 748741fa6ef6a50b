import { createHash, randomBytes } from 'node:crypto';
import { type Clock, Emitter, type Event } from '../common/index.ts';
import { AppError } from '../contract/index.ts';

/** Lets a browser in without a key in an address: others on this machine can read what a program was started with. */
export interface SignIn {
  /** A code that opens one session, once, for a short time. */
  issueCode(): { readonly code: string; readonly expiresAt: number };
  /**
   * A key for one browser, worth as much as the one in `endpoint.json` and, like it, gone when the node stops.
   * @throws AppError `UNAUTHORIZED` where the code is unknown, too old or was used; a code used twice ends the session it opened
   */
  exchange(code: string): string;
  knows(key: string): boolean;
  /** The browser signs out. */
  end(key: string): void;
  /** A session is over: what it opened ends. */
  readonly onDidEnd: Event<void>;
}

const codeLife = 10 * 60_000;
/** The oldest goes where there would be more. */
const mostCodes = 16;
const mostSessions = 64;

const newSecret = (): string => randomBytes(24).toString('base64url');
/** The map's own comparison then takes as long for a near guess as for a far one. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const dropOldest = (
  map: { readonly size: number; keys(): Iterator<string>; delete(key: string): unknown },
  most: number,
) => {
  while (map.size > most) {
    const { value } = map.keys().next();
    if (value !== undefined) map.delete(value);
  }
};

export const createSignIn = ({ clock }: { readonly clock: Clock }): SignIn => {
  const codes = new Map<string, { readonly until: number; session: string | undefined }>();
  const sessions = new Set<string>();
  const ended = new Emitter<void>();
  const endSession = (hash: string): void => {
    if (sessions.delete(hash)) ended.fire();
  };
  const refused = () =>
    new AppError(
      'UNAUTHORIZED',
      'This sign-in address was used already or is too old. "jan sign-in" makes another one.',
    );
  return {
    issueCode() {
      const code = newSecret();
      codes.set(hashOf(code), { until: clock.monotonic() + codeLife, session: undefined });
      dropOldest(codes, mostCodes);
      return { code, expiresAt: clock.now() + codeLife };
    },
    exchange(code) {
      const known = codes.get(hashOf(code));
      if (!known) throw refused();
      // Someone else was quicker, or is trying now: neither of them keeps a session.
      if (known.session !== undefined) {
        endSession(known.session);
        throw refused();
      }
      if (known.until < clock.monotonic()) {
        codes.delete(hashOf(code));
        throw refused();
      }
      const key = `jan_${newSecret()}`;
      known.session = hashOf(key);
      sessions.add(known.session);
      dropOldest(sessions, mostSessions);
      return key;
    },
    knows: (key) => sessions.has(hashOf(key)),
    end: (key) => endSession(hashOf(key)),
    onDidEnd: ended.event,
  };
};
