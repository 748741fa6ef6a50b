import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../contract/errors.ts';

/** A prompt or a transcript far beyond any model's context. */
export const maxBodyBytes = 32 * 1024 * 1024;

/** A server whose slow clients cost a bounded time and whose many clients cost a bounded memory. */
export const createHttpServer = (listener: (request: IncomingMessage, response: ServerResponse) => void): Server => {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
    },
    listener,
  );
  // More than wait for an answer at once: who comes too late is to hear so, not to be cut off.
  server.maxConnections = 4_096;
  server.maxHeadersCount = 64;
  return server;
};

/** @throws AppError `PORT_IN_USE`, or the system's error in words. */
export const listen = async (server: Server, host: string, port: number): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port, exclusive: true }, resolve);
  try {
    await promise;
  } catch (error) {
    throw listenError(error, host, port);
  } finally {
    server.off('error', reject);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address once it listens.');
  return address.port;
};

const listenError = (error: unknown, host: string, port: number): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new AppError(
      'PORT_IN_USE',
      `Port ${port} is in use by another program. Stop it, or start Jan with another port: --port 0 takes a free one.`,
      { data: { port }, cause: error },
    );
  }
  if (code === 'EACCES') {
    return new AppError(
      'CONFIG_INVALID',
      `This user may not listen on port ${port}. Take a port above 1023, or --port 0 for a free one.`,
      { data: { port }, cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL') {
    return new AppError('CONFIG_INVALID', `This machine has no address ${host}. Use "127.0.0.1".`, {
      data: { host },
      cause: error,
    });
  }
  return error;
};

/**
 * Reads a whole body.
 * @throws AppError `PAYLOAD_TOO_LARGE` as soon as that is known; `BAD_REQUEST` where it ends early.
 */
export const readBytes = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const tooLarge = () =>
    new AppError('PAYLOAD_TOO_LARGE', `The request is larger than ${limit / 1024 / 1024} MiB. Send less.`, {
      data: { limit },
    });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () =>
      reject(new AppError('BAD_REQUEST', 'The request ended before its body did. Send it again.')),
    );
  });
  return Buffer.concat(chunks);
};

/**
 * Ends an exchange whose request was not read to its end. Closing at once, as "Connection: close" would, resets the connection while the client
 * still writes, and it might never see the answer; so what it still sends is read and dropped, for a bounded time and size.
 */
export const dropRest = (request: IncomingMessage): void => {
  if (request.complete || request.destroyed) return;
  let left = 256 * 1024 * 1024;
  const timer = setTimeout(() => request.destroy(), 5_000);
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on('error', () => undefined);
  request.once('close', () => clearTimeout(timer));
  request.resume();
};

/** What is not HTTP, or not in time, gets a status line where it can still be heard. */
export const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  const status = statusOfUnreadable[error.code ?? ''] ?? '400 Bad Request';
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  else socket.destroy();
};

const statusOfUnreadable: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
};

/** Aborts when the client goes away before it has its answer. */
export const clientSignal = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
};
