import { randomBytes } from 'node:crypto';
import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { z } from 'zod';
import { backTexts, createLoopback } from '../sign-in/loopback.ts';

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
    loopback.close();
    waiting = undefined;
    discovered = undefined;
    address = null;
  };

  const onCallback = async (params: URLSearchParams): Promise<string> => {
    if (!waiting || state === '' || params.get('state') !== state) return backTexts.unknown;
    const { transport, done } = waiting;
    // It is good for one answer.
    state = '';
    try {
      await transport.finishAuth(params);
    } catch {
      return backTexts.refused;
    } finally {
      setImmediate(() => {
        stop();
        done();
      });
    }
    return backTexts.done;
  };

  const loopback = createLoopback(onCallback);

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
      if (loopback.isOpen) return;
      const { port } = read();
      const mine = await loopback.open(port);
      if (mine !== port) write({ port: mine, client: undefined });
    },
    wait(transport, done) {
      if (address !== null) waiting = { transport, done };
      return address;
    },
    stop,
  };
};
