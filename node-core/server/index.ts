import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Agents } from '../agents/index.ts';
import { type Clock, logFault, type Logger, type Startable } from '../common/index.ts';
import type { Config } from '../config/index.ts';
import { AppError, type ContractHandlers, errorStatus, toWireError, type VaultStatus } from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import { type Port, portChannel, webSocketChannel } from './channels.ts';
import type { Gate } from './gate.ts';
import { createGuard, type Guard } from './guard.ts';
import { setCommonHeaders } from './headers.ts';
import { createHttpServer, dropRest, listen, refuseUnreadable, sendJson } from './http.ts';
import type { KeyHolder, KeyRing } from './keys.ts';
import type { Pairing } from './pairing.ts';
import { createPairingHttp, signInUrl } from './pairing-http.ts';
import { createRpc } from './rpc.ts';
import { createSockets, offeredKey, refuseUpgrade } from './sockets.ts';
import { createStaticFiles } from './static-files.ts';
import type { StoredCompletions } from './v1/chat.ts';
import { createV1 } from './v1/index.ts';
import type { Route } from './v1/route.ts';

export { type Access, createAccess } from './access.ts';
export type { Port } from './channels.ts';
export { type Endpoint, readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
export { rememberModels } from './model-memo.ts';
export { readPreferences } from './settings.ts';
export { createSystem, type System } from './system.ts';
export { createKept } from './v1/kept.ts';

export interface ServerComponents {
  readonly agents: Pick<Agents, 'counters'>;
  readonly handlers: ContractHandlers;
  readonly keys: KeyRing;
  readonly inference: Inference;
  readonly gate: Gate;
  readonly pairing: Pairing;
  /** Where chats go that ask to be kept. */
  readonly stored: StoredCompletions;
  /** Addresses under `/v1` beside the server's own. */
  readonly routes: readonly Route[];
  readonly vaultStatus: () => VaultStatus;
  /** The open vault's. @throws AppError `VAULT_LOCKED` */
  readonly store: () => Store;
  /** Called whenever a person did something. */
  readonly onActivity: () => void;
  /** Called at every request over HTTP, whoever sends it. */
  readonly onRequest: () => void;
  /** The built UI. */
  readonly uiDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface JanServer extends Startable {
  /** `http://127.0.0.1:<port>`, without a path; once started. */
  readonly url: string;
  /** An address that signs one browser in, once and soon. */
  signInUrl(): string;
  /** Serves the contract to a window of this user's own desktop. */
  attach(port: Port): void;
  /** The contract's `api`: requests to `/v1` without a socket. */
  readonly api: ContractHandlers['api'];
}

/**
 * The door to the node: UI, RPC and the OpenAI-compatible API on the loopback address.
 * `start` rejects with `AppError` `PORT_IN_USE` or `CONFIG_INVALID`.
 */
export const createServer = (
  config: Pick<Config, 'host' | 'port' | 'allowedOrigins'>,
  components: ServerComponents,
): JanServer => {
  const { handlers, keys, inference, vaultStatus, store, onActivity, version, clock } = components;
  const logger = components.logger.child('server');
  const rpc = createRpc({ handlers, requireOpen: () => void store(), onActivity, logger });
  const files = createStaticFiles(components.uiDir);
  const sockets = createSockets();
  let guard: Guard | undefined;
  let port = 0;

  const holderOf = (key: string | undefined): KeyHolder => {
    const holder = keys.authenticate(key);
    if (holder) return holder;
    throw new AppError(
      'UNAUTHORIZED',
      'The API key is missing or not valid. Send it as "Authorization: Bearer <key>"; endpoint.json in the data directory holds one.',
    );
  };
  /** `x-api-key` is how Anthropic's clients send it. */
  const keyOf = ({ headers: { authorization, 'x-api-key': bare } }: IncomingMessage): string | undefined =>
    authorization === undefined && typeof bare === 'string' ? bare : /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  const authorize = (request: IncomingMessage): KeyHolder => holderOf(keyOf(request));
  /** Refuses what is not sent by a program, our own page or a listed one. */
  const guarded = (request: IncomingMessage): Guard => {
    if (!guard) throw new Error("A request can't arrive before the server listens.");
    guard.check(request.headers);
    return guard;
  };
  const v1 = createV1({
    agents: components.agents,
    inference,
    gate: components.gate,
    authorize,
    person: () => keys.person,
    store,
    stored: components.stored,
    routes: components.routes,
    clock,
    logger,
  });

  const url = (): string => `http://${config.host === '::1' ? '[::1]' : config.host}:${port}`;
  const answerPairing = createPairingHttp({ pairing: components.pairing, signIn: keys.signIn, keyOf, authorize, url });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    components.onRequest();
    setCommonHeaders(response);
    const address = URL.parse(request.url ?? '/', 'http://jan') ?? new URL('http://jan/');
    const { pathname } = address;
    try {
      if (allowOrigin(guarded(request), request, response)) return;
      if (v1.answers(pathname)) return await v1.handle(request, response, address);
      if (pathname === '/health') return health(request, response);
      if (await answerPairing(request, response, pathname)) return;
      if (request.method !== 'GET' && request.method !== 'HEAD')
        throw new AppError('NOT_FOUND', 'There is nothing here to call. See docs/api.md.');
      if (await files.serve(request, response, pathname)) return;
      throw new AppError(
        'NOT_FOUND',
        pathname === '/' ? 'The user interface is not built. Run "npm start" once.' : 'There is nothing of this name.',
      );
    } catch (error) {
      fail(error, request, response);
      if (toWireError(error).code === 'INTERNAL') logFault(logger, 'a request failed', error);
    }
  };

  /** Without a key it says only that a node answers. */
  const health = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.authorization === undefined) return sendJson(response, 200, { status: 'ok' });
    authorize(request);
    sendJson(response, 200, { status: 'ok', version, vault: vaultStatus().state });
  };

  const openSocket = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    guarded(request);
    if (URL.parse(request.url ?? '/', 'http://jan')?.pathname !== '/rpc')
      throw new AppError('NOT_FOUND', 'Sockets are at /rpc.');
    const key = offeredKey(request);
    const holder = holderOf(key);
    const isPerson = holder.actor === 'user';
    sockets.accept(request, socket, head, (opened) => {
      const ended = keys.onDidEnd((id) => {
        if (id === holder.keyId) opened.close(1008, 'key revoked');
      });
      const signedOut = keys.signIn.onDidEnd(() => {
        if (isPerson && !keys.authenticate(key)) opened.close(1008, 'signed out');
      });
      opened.once('close', () => {
        ended.dispose();
        signedOut.dispose();
      });
      // Whoever does not hang up is asked again at every call.
      rpc.attach(webSocketChannel(opened), { holder: () => (isPerson ? holderOf(key) : keys.current(holder)) });
    });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    try {
      openSocket(request, socket, head);
    } catch (error) {
      const { code } = toWireError(error);
      if (code === 'INTERNAL') logFault(logger, 'a socket could not be opened', error);
      refuseUpgrade(socket, errorStatus[code], STATUS_CODES[errorStatus[code]] ?? 'Refused');
    }
  };

  const http = createHttpServer((request, response) => void answer(request, response));
  return {
    get url() {
      return url();
    },
    signInUrl: () => signInUrl(url(), keys.signIn.issueCode().code),
    api: { call: v1.call },
    attach: (windowPort) => rpc.attach(portChannel(windowPort), { holder: () => keys.person }),
    async start() {
      http.on('upgrade', upgrade);
      http.on('clientError', refuseUnreadable);
      port = await listen(http, config.host, config.port);
      guard = createGuard({ port, allowedOrigins: config.allowedOrigins });
      logger.debug('listening', { port });
    },
    async stop() {
      if (!http.listening) return sockets.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await sockets.close();
      http.closeAllConnections();
      await closed;
    },
  };
};

/** Lets pages of listed origins read answers; true where the request was a browser asking whether it may. */
const allowOrigin = (guard: Guard, request: IncomingMessage, response: ServerResponse): boolean => {
  const origin = guard.listedOrigin(request.headers);
  if (origin === undefined) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'Origin');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'OPTIONS') return false;
  response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? 'authorization, content-type',
  );
  response.setHeader('access-control-max-age', '600');
  response.writeHead(204).end();
  return true;
};

const fail = (error: unknown, request: IncomingMessage, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const wire = toWireError(error);
  if (wire.code === 'UNAUTHORIZED') response.setHeader('www-authenticate', 'Bearer');
  if (typeof wire.data?.['retryAfter'] === 'number') response.setHeader('retry-after', String(wire.data['retryAfter']));
  sendJson(response, errorStatus[wire.code], { error: wire });
  dropRest(request);
};
