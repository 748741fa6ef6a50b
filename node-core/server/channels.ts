import type { WebSocket } from 'ws';
import type { RpcChannel } from './rpc.ts';

/** Waits until what was sent has left this process, so that a slow reader slows the streams it reads. */
export const webSocketChannel = (socket: WebSocket): RpcChannel => ({
  send: (data) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    // An error here is a closed socket, which `onClose` reports.
    socket.send(data, () => resolve());
    return promise;
  },
  onMessage(listener) {
    socket.on('message', (data, isBinary) => {
      const bytes = Array.isArray(data)
        ? Buffer.concat(data)
        : data instanceof ArrayBuffer
          ? new Uint8Array(data)
          : data;
      listener(isBinary ? bytes : new TextDecoder().decode(bytes));
    });
  },
  onClose: (listener) => void socket.once('close', listener),
  refuse: () => socket.close(1007, 'not the protocol'),
});

/** What Electron's `MessagePortMain` and Node's `MessagePort` have in common. */
export interface Port {
  postMessage(data: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export const portChannel = (port: Port): RpcChannel => ({
  send: (data) => port.postMessage(data),
  onMessage(listener) {
    port.on('message', (message) => {
      const data = typeof message === 'object' && message !== null && 'data' in message ? message.data : message;
      if (typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer) listener(data);
      else port.close();
    });
    port.start();
  },
  onClose: (listener) => void port.once('close', listener),
  refuse: () => port.close(),
});
