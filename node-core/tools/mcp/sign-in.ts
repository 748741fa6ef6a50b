import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { z } from 'zod';

const Kept = z.object({
  /** Of the address to come back to: servers know a client by it. */
  port: z.number().int().min(0).default(0),
  client: z
    .looseObject({ client_id: z.string(), client_secret: z.string().optional(), issuer: z.string().optional() })
    .optional(),
  tokens: z
    .looseObject({
      access_token: z.string(),
      token_type: z.string(),
      refresh_token: z.string().optional(),
      expires_in: z.number().optional(),
      scope: z.string().optional(),
      issuer: z.string().optional(),
    })
    .optional(),
});
type Kept = z.infer<typeof Kept>;

export interface SignInStore {
  read(): string | null;
  write(text: string): void;
}

/** A person's sign-in at a server that wants one (OAuth 2.1 with PKCE, its client registered by itself): what it gives is kept in the vault. */
export interface SignIn {
  readonly provider: OAuthClientProvider;
  /** Listens on loopback for the way back. */
  listen(): Promise<void>;
  /** Where the person signs in, once the server was asked; `done` is called with what it sent back, by whoever asked. */
  wait(transport: StreamableHTTPClientTransport, done: () => void): string | null;
  stop(): void;
}

export const createSignIn = (store: SignInStore): SignIn => {
  let kept: Kept | undefined;
  let verifier = '';
  let discovered: OAuthDiscoveryState | undefined;
  let state = '';
  let address: string | null = null;
  let server: Server | undefined;
  let waiting: { readonly transport: StreamableHTTPClientTransport; readonly done: () => void } | undefined;

  const read = (): Kept => {
    if (!kept) {
      const text = store.read();
      kept = text === null ? Kept.parse({}) : Kept.parse(JSON.parse(text));
    }
    return kept;
  };
  const write = (change: Partial<Kept>): void => {
    kept = { ...read(), ...change };
    store.write(JSON.stringify(kept));
  };
  const stop = (): void => {
    server?.close();
    server?.closeAllConnections();
    server = undefined;
    waiting = undefined;
    discovered = undefined;
    address = null;
  };

  const onCallback = async (params: URLSearchParams): Promise<string> => {
    if (!waiting || state === '' || params.get('state') !== state) return 'This is not the sign-in that Jan waits for.';
    const { transport, done } = waiting;
    // It is good for one answer.
    state = '';
    try {
      await transport.finishAuth(params);
    } catch {
      return 'The server did not accept the sign-in. Go back to Jan and try again.';
    } finally {
      setImmediate(() => {
        stop();
        done();
      });
    }
    return 'You are signed in. You can close this page and go back to Jan.';
  };

  const open = async (port: number): Promise<number> => {
    const opening = createServer((request, response) => {
      const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
      if (url?.pathname !== '/callback') {
        response.writeHead(404).end();
        return;
      }
      void onCallback(url.searchParams).then((says) =>
        response
          .writeHead(200, {
            'content-type': 'text/plain; charset=utf-8',
            'cache-control': 'no-store',
            'referrer-policy': 'no-referrer',
            connection: 'close',
          })
          .end(says),
      );
    });
    await new Promise<void>((resolve, reject) => {
      opening.once('error', reject);
      opening.listen(port, '127.0.0.1', resolve);
    });
    server = opening.unref();
    return (opening.address() as AddressInfo).port;
  };

  return {
    provider: {
      get redirectUrl() {
        return `http://127.0.0.1:${read().port}/callback`;
      },
      get clientMetadata() {
        return {
          client_name: 'Jan',
          redirect_uris: [`http://127.0.0.1:${read().port}/callback`],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        };
      },
      state() {
        state = randomBytes(24).toString('base64url');
        return state;
      },
      clientInformation: () => read().client,
      saveClientInformation: (client) => write({ client: Kept.shape.client.parse(client) }),
      tokens: () => read().tokens,
      saveTokens: (tokens) => write({ tokens: Kept.shape.tokens.parse(tokens) }),
      saveCodeVerifier: (given) => {
        verifier = given;
      },
      codeVerifier: () => verifier,
      saveDiscoveryState: (given) => {
        discovered = given;
      },
      discoveryState: () => discovered,
      redirectToAuthorization: (url) => {
        address = /^https?:$/u.test(url.protocol) ? url.href : null;
      },
      invalidateCredentials: (scope) => {
        if (scope === 'all' || scope === 'client') write({ client: undefined, tokens: undefined });
        if (scope === 'tokens') write({ tokens: undefined });
        if (scope === 'all' || scope === 'discovery') discovered = undefined;
      },
    },
    async listen() {
      if (server) return;
      const { port } = read();
      const mine = await open(port).catch(() => open(0));
      if (mine !== port) write({ port: mine, client: undefined });
    },
    wait(transport, done) {
      if (address !== null) waiting = { transport, done };
      return address;
    },
    stop,
  };
};
