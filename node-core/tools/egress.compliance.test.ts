import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '../contract/index.ts';
import { makeCertificate } from '../testing/mail-servers.ts';
import { startWebServer, type WebServer } from '../testing/web-server.ts';
import { createEgress } from './egress.ts';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'let through',
    (error: unknown) => errorCode(error) ?? String(error),
  );
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

const MEGABYTE = Buffer.alloc(1_000_000, 'x');
/** 100 MB in 100 kB. */
const bomb = gzipSync(Buffer.alloc(100_000_000));

let web: WebServer;
let other: WebServer;
const written: { sent: number; ended: Promise<unknown> | undefined } = { sent: 0, ended: undefined };
beforeAll(async () => {
  other = await startWebServer((request, response, path) => {
    response.end(JSON.stringify({ path, method: request.method, headers: request.headers }));
  });
  web = await startWebServer((request, response, path) => {
    const redirect = (status: number, location: string) => response.writeHead(status, { location }).end('elsewhere');
    const routes: Record<string, () => unknown> = {
      '/hello': () => response.end('hello'),
      '/echo': () => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () =>
          response.end(
            JSON.stringify({ method: request.method, body: Buffer.concat(parts).toString(), headers: request.headers }),
          ),
        );
      },
      '/endless': () => {
        written.ended = once(response, 'close');
        const more = () => {
          do written.sent += MEGABYTE.length;
          while (written.sent < 50_000_000 && response.write(MEGABYTE));
          if (written.sent >= 50_000_000) response.end();
        };
        response.on('drain', more);
        more();
      },
      '/silent': () => undefined,
      '/half': () => response.writeHead(200, { 'content-length': '100' }).write('half'),
      '/broken': () => {
        response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
      },
      '/bomb': () => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      '/gzip': () => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
      '/deflate': () => response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync('packed')),
      '/br': () => response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed')),
      '/not-gzip': () => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
      '/cut-gzip': () =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed').subarray(0, 12)),
      '/twice-packed': () =>
        response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('packed'))),
      '/nothing': () => response.writeHead(204).end(),
      '/to-hello': () => redirect(302, '/hello'),
      '/to-metadata': () => redirect(302, 'http://169.254.169.254/latest/meta-data/'),
      '/to-mapped': () => redirect(302, 'http://[::ffff:169.254.169.254]/'),
      '/to-decimal': () => redirect(301, `http://2130706433:${other.port}/`),
      '/to-file': () => redirect(302, 'file:///etc/passwd'),
      '/to-other': () => redirect(302, `${other.origin}/there`),
      '/keep-to-other': () => redirect(307, `${other.origin}/there`),
      '/to-password': () => redirect(302, `http://a:b@127.0.0.1:${web.port}/hello`),
      '/round': () => redirect(302, '/round'),
      '/see-other': () => redirect(303, '/echo'),
      '/keep': () => redirect(307, '/echo'),
    };
    (routes[path] ?? (() => response.writeHead(404).end()))();
  });
});
afterAll(() => Promise.all([web.close(), other.close()]));

const egressTo = (hosts: readonly string[], signal = new AbortController().signal) =>
  createEgress({ egress: hosts, signal }, [], { idleMs: 300 });
const reach = () => egressTo([web.host]).fetch;

describe('a request', () => {
  it('reaches this machine only where the playbook names the number and the port', async () => {
    expect(text((await reach()(`${web.origin}/hello`)).body)).toBe('hello');
    for (const egress of [['*'], ['127.0.0.1'], ['*:80'], [`*:${web.port}`], [other.host]])
      expect(await codeOf(egressTo(egress).fetch(`${web.origin}/hello`))).toBe('EGRESS_REFUSED');
  });

  it('reaches what a person set, under a name too', async () => {
    const { fetch } = createEgress(
      { egress: [], signal: new AbortController().signal },
      [`http://search.test:${web.port}`],
      {
        resolve: async () => ['127.0.0.1'],
      },
    );
    expect(text((await fetch(`http://search.test:${web.port}/hello`)).body)).toBe('hello');
    expect(await codeOf(fetch(`${other.origin}/there`))).toBe('EGRESS_REFUSED');
  });

  it('carries method, headers and body, and none of the headers that are the connection’s', async () => {
    const { body } = await reach()(`${web.origin}/echo`, {
      method: 'REPORT',
      headers: { 'x-key': 'k', Host: 'evil.test', 'transfer-encoding': 'chunked' },
      body: 'asked',
    });
    expect(JSON.parse(text(body))).toMatchObject({
      method: 'REPORT',
      body: 'asked',
      headers: { 'x-key': 'k', host: web.host, 'content-length': '5' },
    });
  });

  it('ends where a person cancels, as a cancellation', async () => {
    const controller = new AbortController();
    const asked = web.asked.length;
    const answer = codeOf(
      createEgress({ egress: [web.host], signal: controller.signal }).fetch(`${web.origin}/silent`),
    );
    await expect.poll(() => web.asked.length).toBeGreaterThan(asked);
    controller.abort();
    expect(await answer).toBe('CANCELLED');
    expect(await codeOf(egressTo([web.host], controller.signal).fetch(`${web.origin}/hello`))).toBe('CANCELLED');
  });

  it('says so where nobody listens or a name is nobody’s', async () => {
    const unused: Server = createServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    expect(await codeOf(egressTo([`127.0.0.1:${port}`]).fetch(`http://127.0.0.1:${port}/`))).toBe('TOOL_FAILED');
    const unknown = createEgress({ egress: ['*'], signal: new AbortController().signal }, [], {
      resolve: async () => {
        throw new Error('ENOTFOUND');
      },
    });
    expect(await codeOf(unknown.fetch('http://nobody.test/'))).toBe('TOOL_FAILED');
  });
});

describe('a certificate', () => {
  it('that nobody vouches for ends the request before anything is said', async () => {
    const heard: unknown[] = [];
    const tls = createTlsServer(await makeCertificate(), (request, response) => {
      heard.push(request.url);
      response.end('secret');
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const { port } = tls.address() as AddressInfo;
    const origin = `https://localhost:${port}`;
    const { fetch } = createEgress({ egress: [], signal: new AbortController().signal }, [origin], {
      resolve: async () => ['127.0.0.1'],
    });
    await expect(fetch(origin)).rejects.toThrow(/certificate/u);
    expect(heard).toEqual([]);
    await new Promise((resolve) => tls.close(resolve));
  });
});

describe('a name that changes its mind', () => {
  const rebinding = (answers: readonly (readonly string[])[], own: readonly string[] = []) => {
    let asked = 0;
    const egress = createEgress({ egress: ['*', web.host, other.host], signal: new AbortController().signal }, own, {
      resolve: async () => {
        asked += 1;
        return answers[asked - 1] ?? [];
      },
      idleMs: 300,
    });
    return { ...egress, asked: () => asked };
  };

  it('is resolved once, and the connection goes where it was checked', async () => {
    // A system that was asked again would not know the name at all.
    const { fetch, asked } = rebinding([['127.0.0.1'], ['169.254.169.254']], [`http://rebind.test:${web.port}`]);
    expect(text((await fetch(`http://rebind.test:${web.port}/hello`)).body)).toBe('hello');
    expect(asked()).toBe(1);
  });

  it('is checked again where it redirects to itself', async () => {
    const own = [`http://rebind.test:${web.port}`];
    const { fetch, asked } = rebinding([['127.0.0.1'], ['169.254.169.254']], own);
    const before = web.asked.length;
    expect(await codeOf(fetch(`http://rebind.test:${web.port}/to-hello`))).toBe('EGRESS_REFUSED');
    expect(asked()).toBe(2);
    expect(web.asked.slice(before)).toEqual(['/to-hello']);
  });

  it('connects to nothing where it leads to this machine', async () => {
    const { fetch } = rebinding([['127.0.0.1'], ['127.0.0.1']]);
    const before = web.asked.length;
    expect(await codeOf(fetch(`http://rebind.test:${web.port}/hello`))).toBe('EGRESS_REFUSED');
    expect(await codeOf(fetch('http://rebind.test/hello'))).toBe('EGRESS_REFUSED');
    expect(web.asked.length).toBe(before);
  });
});

describe('a server that means harm', () => {
  it('and sends 50 MB is cut off where the cap is', async () => {
    const answer = await reach()(`${web.origin}/endless`, { maxBytes: 1_500_000 });
    expect(answer).toMatchObject({ status: 200, truncated: true });
    expect(answer.body.length).toBe(1_500_000);
    await written.ended;
    expect(written.sent).toBeLessThan(50_000_000);
  });

  it('and sends a bomb is cut off where the cap is', async () => {
    const answer = await reach()(`${web.origin}/bomb`, { maxBytes: 200_000 });
    expect(answer.truncated).toBe(true);
    expect(answer.body.length).toBe(200_000);
  });

  it.each(['/silent', '/half', '/broken', '/not-gzip', '/cut-gzip', '/twice-packed'])(
    'at %s is a fault of the tool',
    async (path) => {
      expect(await codeOf(reach()(`${web.origin}${path}`))).toBe('TOOL_FAILED');
    },
  );

  it('and drips is stopped when the time is up', async () => {
    const drip = await startWebServer((_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const { fetch } = egressTo([drip.host]);
    expect(await codeOf(fetch(drip.origin, { timeoutMs: 200 }))).toBe('TOOL_FAILED');
    await drip.close();
  });

  it.each(['/to-metadata', '/to-mapped', '/to-decimal', '/to-file', '/to-other', '/to-password'])(
    'at %s is not followed',
    async (path) => {
      const before = other.asked.length;
      expect(await codeOf(reach()(`${web.origin}${path}`))).toBe('EGRESS_REFUSED');
      expect(other.asked.length).toBe(before);
    },
  );

  it('and goes round is left after five times', async () => {
    const before = web.asked.length;
    expect(await codeOf(reach()(`${web.origin}/round`))).toBe('TOOL_FAILED');
    expect(web.asked.length - before).toBe(6);
  });
});

describe('an answer', () => {
  it.each(['/gzip', '/deflate', '/br'])('is unpacked: %s', async (path) => {
    expect(text((await reach()(`${web.origin}${path}`)).body)).toBe('packed');
  });

  it('may be empty', async () => {
    expect(await reach()(`${web.origin}/nothing`)).toMatchObject({ status: 204, truncated: false });
  });

  it('says where it came from in the end', async () => {
    expect(await reach()(`${web.origin}/to-hello#part`)).toMatchObject({ status: 200, url: `${web.origin}/hello` });
  });

  it('from another origin was asked for without keys', async () => {
    const { fetch } = egressTo([web.host, other.host]);
    const headers = { authorization: 'Bearer secret', 'x-api-key': 'secret', cookie: 'a=b', accept: 'text/html' };
    const { body } = await fetch(`${web.origin}/to-other`, { headers });
    expect(text(body)).not.toContain('secret');
    expect(JSON.parse(text(body))).toMatchObject({ path: '/there', headers: { accept: 'text/html' } });
  });

  it('of what was written goes on within a host, and to no other', async () => {
    const { fetch } = egressTo([web.host, other.host]);
    const post = { method: 'POST', body: 'asked' };
    expect(JSON.parse(text((await fetch(`${web.origin}/keep`, post)).body))).toMatchObject({
      method: 'POST',
      body: 'asked',
    });
    expect(JSON.parse(text((await fetch(`${web.origin}/see-other`, post)).body))).toMatchObject({
      method: 'GET',
      body: '',
    });
    expect(await codeOf(fetch(`${web.origin}/keep-to-other`, post))).toBe('EGRESS_REFUSED');
  });
});
