import { createServer, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FlakyHub, listenOnLoopback, startFlakyHub } from '../../testing/flaky-hub.ts';
import { catalogModel, createTestDownloads, type TestDownloads } from '../../testing/test-downloads.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';

const whole = tinyGguf();
const model = catalogModel('tiny', [{ path: 'tiny.gguf' }]);

let hub: FlakyHub;
let room: TestDownloads | undefined;
let proxy: Awaited<ReturnType<typeof startProxy>>;
/** Passes requests on, and keeps their lines. */
const startProxy = async () => {
  const lines: string[] = [];
  const credentials: (string | undefined)[] = [];
  const server = createServer((asked, answer) => {
    lines.push(`${asked.method} ${asked.url}`);
    credentials.push(asked.headers['proxy-authorization']);
    const { 'proxy-authorization': _mine, ...headers } = asked.headers;
    asked.pipe(
      request(asked.url ?? '', { headers }, (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      }),
    );
  });
  server.on('connect', (asked, socket) => {
    lines.push(`CONNECT ${asked.url}`);
    credentials.push(asked.headers['proxy-authorization']);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const port = await listenOnLoopback(server);
  return {
    lines,
    credentials,
    host: `127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

beforeEach(async () => {
  hub = await startFlakyHub({ 'nobody/tiny/resolve/main/tiny.gguf': whole });
  proxy = await startProxy();
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  await room?.dispose();
  room = undefined;
  await Promise.all([hub.close(), proxy.close()]);
  vi.unstubAllEnvs();
});
const come = async (settings: { modelMirror?: string; proxy?: string } = {}) => {
  room = createTestDownloads({ catalog: [model], modelMirror: hub.url, ...settings });
  room.downloads.begin(model, true);
  return room.until('tiny', 'done', 'failed');
};

describe('a proxy', () => {
  it.each([
    ['from the settings', 'proxy'],
    ['from HTTP_PROXY', 'HTTP_PROXY'],
    ['from http_proxy', 'http_proxy'],
  ])('%s carries the download', async (_where, setting) => {
    if (setting !== 'proxy') vi.stubEnv(setting, `http://${proxy.host}`);
    const done = await come(setting === 'proxy' ? { proxy: `http://${proxy.host}` } : {});
    expect(done).toMatchObject({ state: 'done', error: null });
    expect(readFileSync(join(room?.dir ?? '', 'tiny', 'tiny.gguf')).equals(whole)).toBe(true);
    expect(new Set(proxy.lines)).toEqual(new Set([`GET ${hub.url}/nobody/tiny/resolve/main/tiny.gguf`]));
    expect(proxy.lines).toHaveLength(hub.requests.length);
  });

  it('gets its name and password, and the hub does not', async () => {
    await come({ proxy: `http://me:secret@${proxy.host}` });
    const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    expect(new Set(proxy.credentials)).toEqual(new Set([basic]));
    for (const { headers } of hub.requests)
      expect(headers['proxy-authorization'] ?? headers.authorization).toBeUndefined();
  });

  it('is asked for a tunnel where the mirror speaks TLS; its refusal is told', async () => {
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    const failed = await come({ modelMirror: 'https://hub.example' });
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'DOWNLOAD_FAILED' } });
    expect(failed.error?.message).toMatch(/hub\.example failed/u);
    expect(new Set(proxy.lines)).toEqual(new Set(['CONNECT hub.example:443']));
  });

  it('is left out for what NO_PROXY names', async () => {
    vi.stubEnv('HTTP_PROXY', `http://${proxy.host}`);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    expect(await come()).toMatchObject({ state: 'done' });
    expect(proxy.lines).toEqual([]);
  });

  it.each(['no address at all', 'socks5://127.0.0.1:9', '127.0.0.1:9'])(
    'that Jan can not use is never left out silently: %s',
    async (address) => {
      vi.stubEnv('HTTP_PROXY', address);
      const failed = await come();
      expect(failed).toMatchObject({ state: 'failed', error: { code: 'CONFIG_INVALID' } });
      expect(failed.error?.message).toMatch(/HTTP_PROXY/u);
      expect(hub.requests).toHaveLength(0);
    },
  );
});

describe('a mirror', () => {
  it('may lie in a folder', async () => {
    hub.put('mirror/of/nobody/tiny/resolve/main/tiny.gguf', whole);
    expect(await come({ modelMirror: `${hub.url}/mirror/of/` })).toMatchObject({ state: 'done' });
    expect(hub.requests[0]?.url).toBe('/mirror/of/nobody/tiny/resolve/main/tiny.gguf');
  });
});
