import { createHash, randomBytes, randomInt } from 'node:crypto';
import { type Clock, type Disposable, Emitter, type Event } from '../common/index.ts';
import { AppError, type ApiKey, type ContractHandlers, type KeyScope, type PairingRequest } from '../contract/index.ts';
import type { KeyRing } from './keys.ts';

/** Programs that ask for a key, and persons who say yes or no: the device authorization of RFC 8628, on one machine. */
export interface Pairing extends Disposable {
  /**
   * Asks. What comes back is for the asking program alone; the code in it is shown to the person by both.
   * @throws AppError `RATE_LIMITED` where too many ask
   */
  request(asked: { readonly name: string; readonly scopes: readonly KeyScope[] }): {
    readonly secret: string;
    readonly request: PairingRequest;
  };
  /**
   * The key, once, after a person said yes; `undefined` as long as nobody said anything.
   * @throws AppError `NOT_FOUND` (unknown, too old or collected), `FORBIDDEN` (denied), `RATE_LIMITED` (asked too often)
   */
  collect(secret: string): { readonly key: string; readonly entry: ApiKey } | undefined;
  readonly handlers: ContractHandlers['pairing'];
  readonly onDidChange: Event<readonly PairingRequest[]>;
}

export interface PairingComponents {
  readonly issue: KeyRing['issue'];
  /** Whether a key can be made now. */
  readonly isOpen: () => boolean;
  readonly clock: Clock;
}

type Answer = 'none' | 'no' | Parameters<KeyRing['issue']>[0];

interface Entry {
  readonly request: PairingRequest;
  readonly hash: string;
  /** On the monotonic clock. */
  readonly until: number;
  askedAt: number | undefined;
  answer: Answer;
}

const life = 5 * 60_000;
/** As many can wait for an answer, and as many may come at once; one more comes every so often. */
const most = 5;
const refillMillis = 12_000;
/** Seconds between two questions for the key. */
export const pollSeconds = 1;

/** No vowels, so that no words come about, and nothing that looks like another. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const newCode = (): string => {
  const text = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
};
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** As a person types it. */
const readCode = (typed: string): string => {
  const text = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
};

const gone = () =>
  new AppError('NOT_FOUND', 'There is no such request for a key: it was answered, collected or is too old. Ask again.');

export const createPairing = ({ issue, isOpen, clock }: PairingComponents): Pairing => {
  const changed = new Emitter<readonly PairingRequest[]>();
  const entries = new Map<string, Entry>();
  let tokens = most;
  let filledAt = clock.monotonic();
  let timer: NodeJS.Timeout | undefined;

  const waiting = (): Entry[] => [...entries.values()].filter(({ answer }) => answer === 'none');
  const list = (): PairingRequest[] => waiting().map(({ request }) => request);
  const announce = (): void => changed.fire(list());

  const prune = (): void => {
    const now = clock.monotonic();
    const before = waiting().length;
    for (const [code, { until }] of entries) if (until <= now) entries.delete(code);
    if (waiting().length !== before) announce();
    clearTimeout(timer);
    const next = Math.min(...[...entries.values()].map(({ until }) => until));
    if (Number.isFinite(next)) timer = setTimeout(prune, next - now + 1).unref();
  };

  const takeToken = (): void => {
    const now = clock.monotonic();
    tokens = Math.min(most, tokens + (now - filledAt) / refillMillis);
    filledAt = now;
    if (tokens >= 1 && waiting().length < most) {
      tokens -= 1;
      return;
    }
    const first = Math.min(...waiting().map(({ until }) => until));
    const millis = tokens < 1 ? (1 - tokens) * refillMillis : first - now;
    const retryAfter = Math.max(1, Math.ceil(millis / 1_000));
    throw new AppError(
      'RATE_LIMITED',
      'Too many programs ask for a key. Answer those that wait in Jan, or try again later.',
      { data: { retryAfter } },
    );
  };

  const find = (typed: string): Entry => {
    prune();
    const entry = entries.get(readCode(typed));
    if (!entry || entry.answer !== 'none') throw gone();
    return entry;
  };

  return {
    request({ name, scopes }) {
      prune();
      takeToken();
      let code = newCode();
      while (entries.has(code)) code = newCode();
      const secret = randomBytes(32).toString('base64url');
      const requestedAt = clock.now();
      const request = { code, name, scopes: [...new Set(scopes)], requestedAt, expiresAt: requestedAt + life };
      const until = clock.monotonic() + life;
      entries.set(code, { request, hash: hashOf(secret), until, askedAt: undefined, answer: 'none' });
      prune();
      announce();
      return { secret, request };
    },
    collect(secret) {
      prune();
      const hash = hashOf(secret);
      const entry = [...entries.values()].find((candidate) => candidate.hash === hash);
      if (!entry) throw gone();
      const now = clock.monotonic();
      const early = entry.askedAt !== undefined && now - entry.askedAt < pollSeconds * 1_000;
      entry.askedAt = now;
      if (early)
        throw new AppError('RATE_LIMITED', `Ask no more often than every ${pollSeconds} s.`, {
          data: { retryAfter: pollSeconds },
        });
      if (entry.answer === 'no') {
        entries.delete(entry.request.code);
        throw new AppError('FORBIDDEN', 'The request for a key was denied.');
      }
      if (entry.answer === 'none' || !isOpen()) return undefined;
      const issued = issue(entry.answer);
      entries.delete(entry.request.code);
      return issued;
    },
    handlers: {
      list() {
        prune();
        return list();
      },
      approve({ code, scopes, expiresAt = null, limits = {} }) {
        const entry = find(code);
        const granted = entry.request.scopes.filter((scope) => scopes?.includes(scope) ?? true);
        if (granted.length === 0)
          throw new AppError('BAD_REQUEST', 'Grant at least one of what was asked for, or deny it.', {
            data: { field: 'scopes' },
          });
        if (expiresAt !== null && expiresAt <= clock.now())
          throw new AppError('BAD_REQUEST', 'A key can not expire in the past. Choose a later time.', {
            data: { field: 'expiresAt' },
          });
        entry.answer = { name: entry.request.name, scopes: granted, expiresAt, limits };
        announce();
      },
      deny({ code }) {
        find(code).answer = 'no';
        announce();
      },
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      changed.dispose();
    },
  };
};
