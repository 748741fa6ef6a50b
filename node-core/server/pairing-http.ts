import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AppError, KeyScopes, PairingRequest } from '../contract/index.ts';
import { readBytes, sendJson } from './http.ts';
import type { KeyHolder } from './keys.ts';
import type { SignIn } from './keys-sign-in.ts';
import { type Pairing, pollSeconds } from './pairing.ts';

export interface PairingHttpComponents {
  readonly pairing: Pairing;
  readonly signIn: SignIn;
  /** The key that came with a request. */
  readonly keyOf: (request: IncomingMessage) => string | undefined;
  /** @throws AppError `UNAUTHORIZED` */
  readonly authorize: (request: IncomingMessage) => KeyHolder;
  /** Of this node, without a path. */
  readonly url: () => string;
}

/** How a program gets a key, and how a browser signs in; see `docs/api.md`. Answers true where the address is one of these. */
export type AnswerPairing = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

const maxBytes = 4_096;
const Secret = z.string().min(1).max(200);
const Ask = z.strictObject({ name: PairingRequest.shape.name, scopes: KeyScopes.default(['inference']) });
const Collect = z.strictObject({ device_code: Secret });
const Exchange = z.strictObject({ code: Secret });

export const createPairingHttp = ({ pairing, signIn, keyOf, authorize, url }: PairingHttpComponents): AnswerPairing => {
  const actions: Readonly<Record<string, (request: IncomingMessage) => Promise<readonly [number, object]>>> = {
    '/pair/request': async (request) => {
      const asked = await readBody(request, Ask);
      const { secret, request: made } = pairing.request(asked);
      const body = {
        device_code: secret,
        user_code: made.code,
        verification_uri: `${url()}/#/settings`,
        expires_in: Math.floor((made.expiresAt - made.requestedAt) / 1_000),
        interval: pollSeconds,
      };
      return [201, body];
    },
    '/pair/token': async (request) => {
      const { device_code: secret } = await readBody(request, Collect);
      const collected = pairing.collect(secret);
      if (!collected) return [202, { status: 'pending', interval: pollSeconds }];
      const { id, name, scopes, expiresAt } = collected.entry;
      return [200, { status: 'granted', api_key: collected.key, key_id: id, name, scopes, expires_at: expiresAt }];
    },
    '/pair/sign-in': async (request) => {
      if (authorize(request).actor !== 'user')
        throw new AppError('FORBIDDEN', 'Only the key of endpoint.json signs a browser in.');
      const { code, expiresAt } = signIn.issueCode();
      return [201, { url: signInUrl(url(), code), expires_at: expiresAt }];
    },
    '/pair/exchange': async (request) => [200, { api_key: signIn.exchange((await readBody(request, Exchange)).code) }],
    '/pair/sign-out': async (request) => {
      const key = keyOf(request);
      if (key !== undefined) signIn.end(key);
      return [200, { status: 'signed out' }];
    },
  };
  return async (request, response, path) => {
    const action = Object.hasOwn(actions, path) ? actions[path] : undefined;
    if (!action) return false;
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new AppError('METHOD_NOT_ALLOWED', 'Send this with POST.');
    }
    const [status, body] = await action(request);
    sendJson(response, status, body);
    return true;
  };
};

/** The code stands in the fragment, which no browser sends anywhere. */
export const signInUrl = (url: string, code: string): string => `${url}/#code=${code}`;

const readBody = async <T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> => {
  let sent: unknown;
  try {
    sent = JSON.parse((await readBytes(request, maxBytes)).toString('utf8'));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BAD_REQUEST', 'The body is not valid JSON. Send one JSON object.');
  }
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'body';
  throw new AppError('BAD_REQUEST', `"${field}" is not usable: ${issue?.message ?? 'not what this takes'}.`, {
    data: { field },
  });
};
