import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { webSocketChannel } from './channels.ts';

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

const connected = async (): Promise<{ near: WebSocket; far: WebSocket }> => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const far = new WebSocket(`ws://127.0.0.1:${port}`);
  const [near] = (await once(server, 'connection')) as [WebSocket];
  return { near, far };
};

describe('a socket whose other end does not read', () => {
  it('makes the sender wait, and lets it go on later', async () => {
    const { near, far } = await connected();
    const channel = webSocketChannel(near);
    far.pause();
    const total = 64;
    let sent = 0;
    const sending = (async () => {
      for (; sent < total; sent += 1) await channel.send('x'.repeat(1024 * 1024));
    })();
    await expect.poll(() => near.bufferedAmount).toBeGreaterThan(0);
    expect(sent).toBeLessThan(total);
    far.resume();
    await sending;
    expect(sent).toBe(total);
  });

  it('does not keep the sender when it goes away', async () => {
    const { near, far } = await connected();
    const channel = webSocketChannel(near);
    far.pause();
    const sending = (async () => {
      for (let sent = 0; sent < 64; sent += 1) await channel.send('x'.repeat(1024 * 1024));
      return 'let go';
    })();
    await expect.poll(() => near.bufferedAmount).toBeGreaterThan(0);
    far.terminate();
    expect(await sending).toBe('let go');
  });
});
