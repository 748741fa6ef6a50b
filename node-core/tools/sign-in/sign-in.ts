import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../common/index.ts';
import { AppError, CancellationError, isCancellation } from '../../contract/index.ts';
import { cancellable } from '../cancellable.ts';
import { createEgress } from '../egress.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { ToolContext } from '../types.ts';
import { visibleLine } from '../visible.ts';
import { type Account, type Grant, grantOf, grantSetting } from './account.ts';
import { backTexts, createLoopback, type Loopback } from './loopback.ts';

/** How long the way back stays open. */
const OPEN_MS = 10 * 60_000;
/** A token that ends sooner is not used. */
const SPARE_MS = 60_000;
const USUAL_S = 3_600;
const MAX_BYTES = 100_000;

const Tokens = z.object({
  access_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() });

type Setting = ToolContext['setting'];

/** Where the settings of one account lie. */
export interface SignInStore {
  readonly setting: Setting;
  write(id: string, value: string | null): void;
}

interface Begun {
  readonly loopback: Loopback;
  readonly address: string;
  readonly timer: NodeJS.Timeout;
}

/** Sign-ins of a person at servers that take no password (OAuth 2.1 with PKCE, RFC 7636). */
export interface SignIns {
  /** @returns the address at which the person signs in */
  begin(name: string, account: Account, store: SignInStore): Promise<string>;
  /** What is under way for an account, and what came of the last one that failed. */
  stateOf(name: string): { readonly address: string | null; readonly error: string | null };
  /** @throws AppError `TOOL_NOT_READY` where nobody is signed in any more */
  token(name: string, account: Account, store: SignInStore, signal: AbortSignal): Promise<string>;
  forget(name: string): void;
  /** Ends what is under way and drops tokens, as at the lock of the vault; after an unlock it goes on. */
  stop(): void;
}

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
const secretText = (): string => randomBytes(32).toString('base64url');

const asked = async (
  account: Account,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<z.infer<typeof Tokens>> => {
  const { fetch } = createEgress({ egress: [], signal }, [account.token]);
  const body = new URLSearchParams({
    ...form,
    client_id: account.client,
    ...(account.secret ? { client_secret: account.secret } : {}),
  });
  const answer = await fetch(account.token, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
    maxBytes: MAX_BYTES,
  }).catch((error: unknown) => {
    // Of what a token was wanted for, nothing was done.
    if (error instanceof OutcomeUnknown)
      throw new AppError('TOOL_FAILED', `${error.message} Try again later.`, { cause: error });
    throw error;
  });
  const json = jsonOf(new TextDecoder().decode(answer.body));
  const tokens = Tokens.safeParse(json);
  if (answer.status === 200 && tokens.success && tokens.data.token_type.toLowerCase() === 'bearer') return tokens.data;
  const refusal = Refusal.safeParse(json).data;
  const isOver = refusal?.error === 'invalid_grant';
  const why = refusal ? ` (${visibleLine(refusal.error_description ?? refusal.error, 200)})` : '';
  throw new AppError(
    isOver ? 'TOOL_NOT_READY' : 'TOOL_FAILED',
    isOver
      ? `${account.title} does not accept the sign-in any more${why}. Sign in again under Agents, Tools.`
      : `${account.title} gives no token${why}. Check the client ID and its secret, or try again later.`,
  );
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const createSignIns = ({ clock }: { readonly clock: Clock }): SignIns => {
  const begun = new Map<string, Begun>();
  const errors = new Map<string, string>();
  const tokens = new Map<string, { readonly refresh: string; readonly access: string; readonly until: number }>();
  const fetching = new Map<string, Promise<string>>();
  let over = new AbortController();

  const end = (name: string): void => {
    const one = begun.get(name);
    begun.delete(name);
    if (!one) return;
    clearTimeout(one.timer);
    one.loopback.close();
  };
  const kept = (name: string, account: Account, store: SignInStore, given: z.infer<typeof Tokens>, before?: Grant) => {
    const refresh = given.refresh_token ?? before?.refresh;
    if (refresh === undefined)
      throw new AppError(
        'TOOL_FAILED',
        `${account.title} gave nothing to stay signed in by. Check what the scope asks for, and sign in again.`,
      );
    if (refresh !== before?.refresh) {
      const grant: Grant = { client: account.client, token: account.token, scope: account.scope, refresh };
      store.write(grantSetting, JSON.stringify(grant));
    }
    tokens.set(name, {
      refresh,
      access: given.access_token,
      until: clock.now() + (given.expires_in ?? USUAL_S) * 1_000,
    });
    return given.access_token;
  };
  const refreshed = async (name: string, account: Account, store: SignInStore, grant: Grant, signal: AbortSignal) => {
    /** Nobody signed out or in anew since it was asked. */
    const isStill = () => grantOf(store.setting, account)?.refresh === grant.refresh;
    const form = { grant_type: 'refresh_token', refresh_token: grant.refresh };
    try {
      const given = await asked(account, form, signal);
      if (isStill()) return kept(name, account, store, given, grant);
    } catch (error) {
      // Signed out at the other end: asked again it would say the same.
      if (error instanceof AppError && error.code === 'TOOL_NOT_READY' && isStill()) store.write(grantSetting, null);
      throw error;
    }
    throw new AppError('TOOL_NOT_READY', `The sign-in at ${account.title} was changed meanwhile. Try again.`);
  };

  return {
    async begin(name, account, store) {
      end(name);
      errors.delete(name);
      const { signal } = over;
      const state = secretText();
      const verifier = secretText();
      let isAnswered = false;
      let redirect = '';
      const loopback = createLoopback(async (params) => {
        if (isAnswered || params.get('state') !== state) return backTexts.unknown;
        // It is good for one answer.
        isAnswered = true;
        try {
          const code = params.get('code');
          if (code === null)
            throw new AppError(
              'TOOL_FAILED',
              `${account.title} did not sign you in (${visibleLine(params.get('error') ?? 'no code', 100)}). Try again.`,
            );
          const form = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
          const given = await asked(account, form, signal);
          // Given up meanwhile.
          if (begun.get(name)?.loopback !== loopback) return backTexts.unknown;
          kept(name, account, store, given);
          return backTexts.done;
        } catch (error) {
          if (isCancellation(error)) return backTexts.refused;
          if (!(error instanceof AppError)) throw error;
          errors.set(name, error.message);
          return backTexts.refused;
        } finally {
          setImmediate(() => {
            if (begun.get(name)?.loopback === loopback) end(name);
          });
        }
      });
      const port = await loopback.open(0);
      // Another was begun meanwhile.
      end(name);
      if (signal.aborted) {
        loopback.close();
        throw new CancellationError();
      }
      redirect = `http://${account.host}:${port}/callback`;
      const url = new URL(account.authorize);
      for (const [key, value] of Object.entries({
        response_type: 'code',
        client_id: account.client,
        redirect_uri: redirect,
        ...(account.scope === '' ? {} : { scope: account.scope }),
        state,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
        ...account.more,
      }))
        url.searchParams.set(key, value);
      const timer = setTimeout(() => end(name), OPEN_MS).unref();
      begun.set(name, { loopback, address: url.href, timer });
      return url.href;
    },
    stateOf: (name) => ({ address: begun.get(name)?.address ?? null, error: errors.get(name) ?? null }),
    async token(name, account, store, signal) {
      const grant = grantOf(store.setting, account);
      if (!grant)
        throw new AppError('TOOL_NOT_READY', `Nobody is signed in at ${account.title}. Sign in under Agents, Tools.`);
      const known = tokens.get(name);
      if (known?.refresh === grant.refresh && known.until - SPARE_MS > clock.now()) return known.access;
      // Two calls at once: a server that renews the grant takes each only once.
      const one =
        fetching.get(name) ??
        refreshed(name, account, store, grant, over.signal).finally(() => {
          fetching.delete(name);
        });
      fetching.set(name, one);
      // Who is cancelled does not wait for it; what it brings is kept for the next.
      return cancellable(one, signal);
    },
    forget(name) {
      end(name);
      errors.delete(name);
      tokens.delete(name);
    },
    stop() {
      over.abort();
      over = new AbortController();
      for (const name of [...begun.keys()]) end(name);
      errors.clear();
      tokens.clear();
    },
  };
};
