import { once } from 'node:events';
import { RPCLink } from '@orpc/client/websocket';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { lenient } from './lenient.ts';

it('gives a request up while its line closes, without a fault that nobody hears', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const socket = new WebSocket(`ws://127.0.0.1:${address.port}`);
  await once(socket, 'open');
  const [served] = await accepted;
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  // Node takes what a listener of a signal rejects with for uncaught.
  process.on('uncaughtException', hear);
  try {
    const given = new AbortController();
    const link = new RPCLink({ websocket: lenient(socket) });
    const asked = once(served, 'message');
    const answer = link
      .call(['tasks', 'list'], {}, { context: {}, signal: given.signal })
      .catch((error: unknown) => error);
    await asked;
    socket.close();
    expect(socket.readyState).toBe(WebSocket.CLOSING);
    given.abort();
    expect(await answer).toBeInstanceOf(Error);
    await new Promise(setImmediate);
    expect(unheard).toEqual([]);
  } finally {
    process.off('uncaughtException', hear);
    server.close();
  }
});
