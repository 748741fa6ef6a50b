import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';

let node: TestNode;
let root: string;
const secret = 'planted-outside-of-the-ui';
const listedOrigin = 'https://app.example';

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-ui-'));
  const uiDir = join(root, 'ui');
  mkdirSync(join(uiDir, 'assets'), { recursive: true });
  writeFileSync(
    join(uiDir, 'index.html'),
    '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__"><div id="root"></div>',
  );
  writeFileSync(join(uiDir, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(root, 'secret.txt'), secret);
  writeFileSync(join(root, 'ui-secret.txt'), secret);
  symlinkSync(join(root, 'secret.txt'), join(uiDir, 'link.txt'));
  node = await startTestNode({ config: { allowedOrigins: [listedOrigin] }, components: { uiDir } });
});

afterAll(async () => {
  await node.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What `fetch` would not send: any Host, any Origin, any path. */
const send = (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: node.port, path, method, headers: { host: `127.0.0.1:${node.port}`, ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          body += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject);
    request.end();
  });

/** The status of a refused upgrade, or 101. */
const upgrade = (headers: Record<string, string>, protocols: string[], path = '/rpc'): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${node.port}${path}`, protocols, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });

const authorized = () => ({ authorization: `Bearer ${node.apiKey}` });
const protocols = () => ['jan.rpc', `bearer.${node.apiKey}`];
const doors = ['/', '/assets/app-1a2b.js', '/health', '/v1/models', '/metrics', '/nothing-here'];

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('admits %s with the port', async (name) => {
    expect((await send('/health', { host: `${name}:${node.port}` })).status).toBe(200);
  });

  it('admits nothing else, with or without the key', async () => {
    const { port } = node;
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1:${port}.evil.example`,
      `localhost.evil.example:${port}`,
      `127.0.0.2:${port}`,
      `0.0.0.0:${port}`,
      `2130706433:${port}`,
      `user@127.0.0.1:${port}`,
    ];
    for (const host of hosts) {
      for (const door of doors) {
        expect((await send(door, { ...authorized(), host })).status, `${host} ${door}`).toBe(403);
      }
      expect(await upgrade({ host }, protocols()), host).toBe(403);
    }
  });

  it('must be there', async () => {
    for (const text of [
      'GET /health HTTP/1.0\r\n\r\n',
      'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n',
      'GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n',
    ]) {
      expect(await raw(text)).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  it('stops a page whose name was bound to this machine later', async () => {
    const rebound = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        {
          host: 'rebind.evil.example',
          port: node.port,
          path: '/v1/models',
          headers: { ...authorized(), origin: `http://rebind.evil.example:${node.port}` },
          lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      request.end();
    });
    expect(rebound).toBe(403);
  });
});

describe('the Origin header', () => {
  it('is refused where it is foreign, `null` or nearly ours', async () => {
    const { port } = node;
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      'http://localhost',
      `http://127.0.0.1:${port}.evil.example`,
      `${listedOrigin}.evil.example`,
      'file://',
    ]) {
      for (const door of doors) {
        const answer = await send(door, { ...authorized(), origin });
        expect(answer.status, `${origin} ${door}`).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
      expect(await upgrade({ origin }, protocols()), origin).toBe(403);
    }
  });

  it('is admitted where it is our own, without opening the API to others', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const answer = await send('/health', { ...authorized(), origin: `http://${name}:${node.port}` });
      expect(answer.status).toBe(200);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(await upgrade({ origin: `http://${name}:${node.port}` }, protocols())).toBe(101);
    }
  });

  it('may be listed, and then needs the key still', async () => {
    const preflight = await send(
      '/v1/models',
      {
        origin: listedOrigin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(listedOrigin);
    expect(preflight.headers['access-control-allow-headers']).toBe('authorization');
    expect((await send('/v1/models', { origin: listedOrigin })).status).toBe(401);
    expect(await upgrade({ origin: listedOrigin }, protocols())).toBe(101);
  });
});

describe('the key', () => {
  const wrong = () => {
    const last = node.apiKey.at(-1) === 'A' ? 'B' : 'A';
    return [
      '',
      'x',
      'null',
      'undefined',
      node.apiKey.slice(0, -1),
      `${node.apiKey}x`,
      node.apiKey.slice(0, -1) + last,
      node.apiKey.toUpperCase(),
      'jan_',
    ];
  };

  it('is needed for every path of the API, also for those that do not exist', async () => {
    for (const path of ['/v1/models', '/v1/models/x', '/v1/chat/completions', '/v1/nothing', '/metrics']) {
      const answer = await send(path);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'invalid_api_key' } });
    }
  });

  it('is not taken in part, in another case, or from elsewhere', async () => {
    for (const key of wrong()) {
      expect((await send('/v1/models', { authorization: `Bearer ${key}` })).status, key).toBe(401);
      expect((await send('/health', { authorization: `Bearer ${key}` })).status, key).toBe(401);
      expect((await send('/v1/models', { 'x-api-key': key })).status, key).toBe(401);
      expect((await send('/v1/models', { authorization: `Bearer ${key}`, 'x-api-key': node.apiKey })).status).toBe(401);
      if (key) expect(await upgrade({}, ['jan.rpc', `bearer.${key}`]), key).toBe(401);
    }
    expect((await send(`/v1/models?key=${node.apiKey}&api_key=${node.apiKey}`)).status).toBe(401);
    expect((await send('/v1/models', { cookie: `key=${node.apiKey}` })).status).toBe(401);
    expect(
      (await send('/v1/models', { authorization: `Basic ${Buffer.from(`:${node.apiKey}`).toString('base64')}` }))
        .status,
    ).toBe(401);
    expect(await upgrade({}, [], `/rpc?key=${node.apiKey}`)).toBe(401);
    expect(await upgrade({ authorization: `Bearer ${node.apiKey}` }, ['jan.rpc'])).toBe(401);
    expect(await upgrade({}, [`bearer.${node.apiKey}`])).toBe(401);
  });

  it('opens what is there', async () => {
    expect(JSON.parse((await send('/health', authorized())).body)).toEqual({
      status: 'ok',
      version: '0.0.0',
      vault: 'open',
    });
    expect(await upgrade({}, protocols())).toBe(101);
    expect((await send('/v1/models', { 'x-api-key': node.apiKey })).status).toBe(200);
    expect((await send('/metrics', authorized())).body).toContain('jan_http_requests_total{');
  });

  it('is not needed to hear that a node answers, and no more than that', async () => {
    expect(JSON.parse((await send('/health')).body)).toEqual({ status: 'ok' });
  });

  it('is not needed for the shell, which holds nothing of the user', async () => {
    expect((await send('/')).body).toContain('<div id="root">');
    expect((await send('/')).body).not.toContain(node.apiKey);
    expect((await send('/assets/app-1a2b.js')).body).toBe('export {};');
  });
});

describe('headers', () => {
  it('let the shell run its own scripts and nothing else, with a nonce per response', async () => {
    const [first, second] = [await send('/'), await send('/index.html')];
    const policy = String(first.headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toHaveLength(24);
    expect(first.body).toContain(`content="${nonce}"`);
    expect(second.body).not.toContain(nonce);
    for (const part of [
      "default-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
      "script-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ]) {
      expect(policy.split('; ')).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
  });

  it('are on every answer, errors too', async () => {
    for (const path of [...doors, '/v1/chat/completions']) {
      const { headers } = await send(path);
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['referrer-policy'], path).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy'], path).toBe('same-origin');
      expect(headers['cross-origin-resource-policy'], path).toBe('same-origin');
      expect(String(headers['content-security-policy']), path).toContain("default-src 'none'");
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });

  it('let hashed files be kept, and nothing else', async () => {
    expect((await send('/assets/app-1a2b.js')).headers['cache-control']).toContain('immutable');
    expect((await send('/')).headers['cache-control']).toBe('no-cache');
    expect((await send('/health')).headers['cache-control']).toBe('no-store');
  });
});

describe('paths', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/....//secret.txt',
    '/../ui-secret.txt',
    '/link.txt',
    '//secret.txt',
    '/assets/app-1a2b.js%00.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%zz.txt',
    'http://evil.example/../secret.txt',
  ])('never lead out of the folder: %s', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${node.port}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (404|400|200) /);
    expect(answer).not.toContain(secret);
  });

  it('that are not of the protocol are answered, not crashed on', async () => {
    for (const line of [
      'GET  HTTP/1.1',
      'GET \\\\evil HTTP/1.1',
      'GET http:// HTTP/1.1',
      '\u0000\u0001',
      'FOO / HTTP/1.1',
      'OPTIONS * HTTP/1.1',
    ]) {
      await raw(`${line}\r\nHost: 127.0.0.1:${node.port}\r\nConnection: close\r\n\r\n`);
    }
    expect((await send('/health')).status).toBe(200);
  });
});

describe('slow and large clients', () => {
  it('lose their connection when they never finish their headers', async () => {
    const socket = connect(node.port, '127.0.0.1');
    let answer = '';
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answer += piece;
    });
    socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${node.port}\r\n`);
    const drip = setInterval(() => socket.write('x-a: b\r\n'), 500);
    await closed;
    clearInterval(drip);
    expect(answer === '' || answer.startsWith('HTTP/1.1 408 ')).toBe(true);
  }, 20_000);

  it('are told when their headers or their body are too large', async () => {
    const headers = await raw(
      `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${node.port}\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(headers).toMatch(/^HTTP\/1\.1 431 /);
    const declared = await fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers: authorized(),
      body: Buffer.alloc(100 * 1024 * 1024, 0x20),
    });
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({
      error: { code: 'payload_too_large', type: 'invalid_request_error' },
    });
  });

  it('are told when a body of no declared size grows too large', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        `${node.url}/v1/chat/completions`,
        { method: 'POST', headers: authorized() },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      // What is left to send may find the connection closed; the answer has come by then.
      request.on('error', reject);
      Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1024 * 1024, 0x20))).pipe(request);
    });
    expect(status).toBe(413);
  });

  it('that send more than a message may hold lose their socket', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${node.port}/rpc`, protocols());
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () => socket.send(Buffer.alloc(64 * 1024 * 1024 + 1, 0x20)));
      socket.on('error', () => undefined);
      socket.on('close', resolve);
    });
    // 1009 where the other end still heard why.
    expect([1006, 1009]).toContain(code);
    expect((await send('/health')).status).toBe(200);
  });

  it('that send what is not the protocol over a socket lose it, and no one else does', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${node.port}/rpc`, protocols());
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () => socket.send('not json'));
      socket.on('close', resolve);
    });
    expect(code).toBe(1007);
    expect(await upgrade({}, protocols())).toBe(101);
  });
});

const raw = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(node.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      answer += piece;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
