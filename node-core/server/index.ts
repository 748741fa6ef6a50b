import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger, Startable } from '../common/index.ts';
import type { Config } from '../config/index.ts';
import { AppError, type ContractHandlers, toWireError, type VaultStatus } from '../contract/index.ts';
import { type Port, portChannel, webSocketChannel } from './channels.ts';
import { logFault } from './faults.ts';
import { createGuard, type Guard } from './guard.ts';
import { setCommonHeaders } from './headers.ts';
import { createHttpServer, dropRest, listen, sendJson } from './http.ts';
import type { KeyRing } from './keys.ts';
import { createRpc } from './rpc.ts';
import { createSockets, offeredKey, refuseUpgrade } from './sockets.ts';
import { createStaticFiles } from './static-files.ts';

export { type Endpoint, readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
export type { Port } from './channels.ts';
export { createKeyRing, type KeyRing } from './keys.ts';

export interface ServerComponents {
  readonly handlers: ContractHandlers;
  readonly keys: KeyRing;
  readonly vaultStatus: () => VaultStatus;
  readonly requireOpen: () => void;
  readonly onActivity: () => void;
  /** The built UI. */
  readonly uiDir: string;
  readonly version: string;
  readonly logger: Logger;
}

export interface JanServer extends Startable {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly url: string;
  /** Serves the contract over a port of a window of this user's own desktop. */
  attach(port: Port): void;
}

export const createServer = (config: Pick<Config, 'host' | 'port' | 'allowedOrigins'>, components: ServerComponents): JanServer => {
  const { handlers, keys, vaultStatus, requireOpen, onActivity, version } = components;
  const logger = components.logger.child('server');
  const rpc = createRpc({ handlers, requireOpen, onActivity, logger });
  const files = createStaticFiles(components.uiDir);
  const sockets = createSockets();
  let guard: Guard | undefined;
  let port = 0;
  const http = createHttpServer((request, response) => {
    void answer(request, response).catch((error: unknown) => fail(error, request, response));
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setCommonHeaders(response);
    guard?.check(request.headers);
    const { pathname } = new URL(request.url ?? '/', 'http://jan');
    if (pathname === '/health') return health(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new AppError('NOT_FOUND', 'There is nothing here to call.');
    if (await files.serve(request, response, pathname)) return;
    throw new AppError('NOT_FOUND', pathname === '/' ? 'The user interface is not built. Run "npm start" once.' : 'There is nothing of this name.');
  };

  /** Without a key it says only that a node answers. */
  const health = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.authorization === undefined) return sendJson(response, 200, { status: 'ok' });
    authorize(request);
    sendJson(response, 200, { status: 'ok', version, vault: vaultStatus().state });
  };

  const authorize = (request: IncomingMessage) => {
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const holder = keys.authenticate(key);
    if (!holder) throw new AppError('UNAUTHORIZED', 'The API key is missing or not valid. Send it as "Authorization: Bearer <key>".');
    return holder;
  };

  const fail = (error: unknown, request: IncomingMessage, response: ServerResponse): void => {
    const wire = toWireError(error);
    if (wire.code === 'INTERNAL') logFault(logger, 'a request failed', error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!request.complete) response.setHeader('connection', 'close');
    if (wire.code === 'UNAUTHORIZED') response.setHeader('www-authenticate', 'Bearer');
    sendJson(response, error instanceof AppError ? error.status : 500, { error: wire });
    dropRest(request, response);
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    try {
      guard?.check(request.headers);
    } catch {
      return refuseUpgrade(socket, 403, 'Forbidden');
    }
    if (new URL(request.url ?? '/', 'http://jan').pathname !== '/rpc') return refuseUpgrade(socket, 404, 'Not Found');
    const holder = keys.authenticate(offeredKey(request));
    if (!holder) return refuseUpgrade(socket, 401, 'Unauthorized');
    sockets.accept(request, socket, head, (opened) => rpc.attach(webSocketChannel(opened), { actor: holder.actor }));
  };

  return {
    get url() {
      return `http://${config.host === '::1' ? '[::1]' : config.host}:${port}`;
    },
    attach: (windowPort) => rpc.attach(portChannel(windowPort), { actor: 'user' }),
    async start() {
      port = await listen(http, config.host, config.port);
      guard = createGuard({ port, allowedOrigins: config.allowedOrigins });
      http.on('upgrade', upgrade);
      http.on('clientError', (_error, socket) => socket.destroy());
      logger.info('listening', { port });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await sockets.close();
      http.closeAllConnections();
      if (port !== 0) await closed;
    },
  };
};
