import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** A note of 4 million characters, or an attachment, as JSON. */
const maxMessageBytes = 64 * 1024 * 1024;
const heartbeatMillis = 30_000;
const protocol = 'jan.rpc';
const keyPrefix = 'bearer.';

/** The key that a browser can't put into a header: it comes as a second subprotocol, `bearer.<key>`. */
export const offeredKey = (request: IncomingMessage): string | undefined => {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(protocol)) return undefined;
  return offered.find((name) => name.startsWith(keyPrefix))?.slice(keyPrefix.length);
};

/** Answers an upgrade that is not granted, and ends the connection. */
export const refuseUpgrade = (socket: Duplex, status: number, reason: string): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

export interface Sockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, onOpen: (socket: WebSocket) => void): void;
  /** Says goodbye to every client; those that don't answer are cut. */
  close(): Promise<void>;
}

export const createSockets = (): Sockets => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  const alive = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMillis);
  heartbeat.unref();
  return {
    accept(request, socket, head, onOpen) {
      server.handleUpgrade(request, socket, head, (opened) => {
        alive.add(opened);
        opened.on('pong', () => alive.add(opened));
        opened.on('message', () => alive.add(opened));
        opened.on('error', () => opened.terminate());
        onOpen(opened);
      });
    },
    async close() {
      clearInterval(heartbeat);
      const gone = [...server.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const socket of server.clients) socket.close(1001, 'Jan is stopping');
      const cut = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, 500);
      await Promise.all(gone);
      clearTimeout(cut);
      server.close();
    },
  };
};
