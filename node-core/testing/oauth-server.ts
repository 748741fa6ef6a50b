import { createHash } from 'node:crypto';
import { z } from 'zod';
import { startWebServer } from './web-server.ts';

interface Granted {
  readonly user: string;
  readonly scope: string;
}

/**
 * A server of sign-ins on this machine (RFC 6749 with PKCE, RFC 7662): whoever comes is the person, and consents. A refresh token is good
 * once, an access token for as long as the test says.
 */
export const startOAuthServer = async ({
  user = 'ada@example.org',
  client = 'jan-test',
  secret = null as string | null,
  seconds = 3_600,
} = {}) => {
  const codes = new Map<string, { readonly challenge: string; readonly redirect: string; readonly scope: string }>();
  const refreshTokens = new Map<string, Granted>();
  const accessTokens = new Map<string, Granted>();
  const granted: string[] = [];
  let count = 0;
  let refusesNext: string | undefined;

  const issue = (to: Granted) => {
    count += 1;
    accessTokens.set(`access-${count}`, to);
    refreshTokens.set(`refresh-${count}`, to);
    return {
      access_token: `access-${count}`,
      refresh_token: `refresh-${count}`,
      token_type: 'Bearer',
      expires_in: seconds,
    };
  };
  const exchange = (form: URLSearchParams): object | undefined => {
    granted.push(form.get('grant_type') ?? '');
    if (form.get('client_id') !== client || form.get('client_secret') !== secret) return undefined;
    if (form.get('grant_type') === 'refresh_token') {
      const token = form.get('refresh_token') ?? '';
      const known = refreshTokens.get(token);
      refreshTokens.delete(token);
      return known && issue(known);
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirect !== form.get('redirect_uri')) return undefined;
    return issue({ user, scope: code.scope });
  };

  const server = await startWebServer((request, response, path) => {
    const url = new URL(path, 'http://localhost');
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/authorize') {
      const asked = z
        .object({
          response_type: z.literal('code'),
          client_id: z.literal(client),
          redirect_uri: z.url(),
          state: z.string().min(20),
          code_challenge: z.string().length(43),
          code_challenge_method: z.literal('S256'),
          scope: z.string().default(''),
        })
        .parse(Object.fromEntries(url.searchParams));
      const back = new URL(asked.redirect_uri);
      back.searchParams.set('state', asked.state);
      if (refusesNext === undefined) {
        codes.set(`code-${codes.size}`, {
          challenge: asked.code_challenge,
          redirect: asked.redirect_uri,
          scope: asked.scope,
        });
        back.searchParams.set('code', `code-${codes.size - 1}`);
      } else back.searchParams.set('error', refusesNext);
      refusesNext = undefined;
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      if (url.pathname === '/token') {
        const tokens = exchange(form);
        json(tokens ? 200 : 400, tokens ?? { error: 'invalid_grant', error_description: 'It is spent.' });
        return;
      }
      const token = form.get('token') ?? url.searchParams.get('access_token') ?? '';
      const known = accessTokens.get(token);
      json(200, known ? { active: true, username: known.user, scope: known.scope } : { active: false });
    });
  });
  return {
    ...server,
    authorize: `${server.origin}/authorize`,
    token: `${server.origin}/token`,
    introspect: `${server.origin}/introspect`,
    /** Kinds of grants that were asked to be exchanged, in order. */
    granted: granted as readonly string[],
    isGood: (token: string) => accessTokens.has(token),
    scopeOf: (token: string) => accessTokens.get(token)?.scope,
    refuseNext(error: string) {
      refusesNext = error;
    },
    /** As a person does who takes the leave back at the provider. */
    revoke() {
      accessTokens.clear();
      refreshTokens.clear();
    },
  };
};
