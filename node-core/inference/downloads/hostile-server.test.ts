import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FlakyHub, type HubExchange, startFlakyHub } from '../../testing/flaky-hub.ts';
import { catalogModel, createTestDownloads, type TestDownloads, testPace } from '../../testing/test-downloads.ts';
import { sha256, tinyGguf } from '../../testing/tiny-gguf.ts';
import type { CatalogModel } from '../catalog.ts';
import { redirectTarget } from './hub.ts';

const whole = tinyGguf({ width: 256, layers: 4, feedForward: 512, heads: 8 });
const other = tinyGguf({ width: 256, layers: 4, feedForward: 512, heads: 8, seed: 7 });
const path = 'nobody/tiny/resolve/main/tiny.gguf';
const model = catalogModel('tiny', [{ path: 'tiny.gguf' }]);

let room: TestDownloads | undefined;
const hubs: FlakyHub[] = [];
afterEach(async () => {
  await room?.dispose();
  room = undefined;
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});
const startHub = async (bytes = whole) => {
  const hub = await startFlakyHub({ [path]: bytes });
  hubs.push(hub);
  return hub;
};
const open = async (wanted: CatalogModel = model, bytes = whole, pace = testPace) => {
  const hub = await startHub(bytes);
  room = createTestDownloads({ catalog: [wanted], modelMirror: hub.url, pace });
  return { hub, test: room };
};
const come = async (test: TestDownloads, wanted: CatalogModel = model) => {
  test.downloads.begin(wanted, true);
  return test.until(wanted.id, 'done', 'failed', 'paused');
};
const received = (test: TestDownloads) => readFileSync(join(test.dir, 'tiny', 'tiny.gguf'));
const isProbe = ({ request }: HubExchange) => request.headers.range === 'bytes=0-0';
/** The first so many requests for bytes go wrong. */
const atFirst = (count: number, wrong: (exchange: HubExchange) => void) => {
  let left = count;
  return (exchange: HubExchange) => {
    if (isProbe(exchange) || left === 0) return exchange.serve();
    left -= 1;
    wrong(exchange);
  };
};
const half = ({ file, from, to }: HubExchange) => file.subarray(from, from + Math.floor((to - from) / 2));

describe('a download survives a server that', () => {
  it.each<[string, (exchange: HubExchange) => void]>([
    [
      'stalls',
      (exchange) => {
        exchange.head();
        exchange.response.write(half(exchange));
      },
    ],
    ['never answers', () => undefined],
    [
      'drops connections half-way',
      (exchange) => {
        exchange.head();
        exchange.response.write(half(exchange), () => exchange.response.destroy());
      },
    ],
    ['drops connections at once', ({ request }) => request.socket.destroy()],
    [
      'ends an answer too early',
      (exchange) => {
        const { response, etag, from, to, file } = exchange;
        response.writeHead(206, { etag, 'content-range': `bytes ${from}-${to - 1}/${file.length}` });
        response.end(half(exchange));
      },
    ],
    ['has too much to do', ({ response }) => response.writeHead(503).end('busy')],
    ['asks for a pause in seconds', ({ response }) => response.writeHead(429, { 'retry-after': '1' }).end()],
    [
      'asks for a pause up to a date of its own clock',
      ({ response }) =>
        response
          .writeHead(503, { date: 'Sat, 01 Jan 2000 00:00:00 GMT', 'retry-after': 'Sat, 01 Jan 2000 00:00:01 GMT' })
          .end(),
    ],
    ['speaks no HTTP for a while', ({ request }) => request.socket.end('what?\r\n\r\n')],
  ])('%s', async (_what, wrong) => {
    const { hub, test } = await open(model, whole, { ...testPace, stall: 500 });
    hub.behave(atFirst(3, wrong));
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(whole)).toBe(true);
  });

  it('closes every connection after a part: what came is not asked for again', async () => {
    const { hub, test } = await open();
    hub.behave((exchange) => {
      if (isProbe(exchange)) return exchange.serve();
      exchange.head();
      exchange.response.write(
        exchange.file.subarray(exchange.from, Math.min(exchange.to, exchange.from + 300_000)),
        () => exchange.response.destroy(),
      );
    });
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(whole)).toBe(true);
    const starts = hub.ranges.map((range) => Number(/=(\d+)-/u.exec(range)?.[1])).slice(1);
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('knows no ranges', async () => {
    const { hub, test } = await open();
    hub.behave(({ response, file, etag }) => {
      response.writeHead(200, { etag, 'content-length': file.length }).end(file);
    });
    expect(await come(test)).toMatchObject({ state: 'done', error: null, total: whole.length });
    expect(hub.requests).toHaveLength(1);
    expect(received(test).equals(whole)).toBe(true);
  });

  it('knows no ranges and breaks off: it begins again', async () => {
    const { hub, test } = await open();
    hub.behave(({ response, file, etag, index }) => {
      response.writeHead(200, { etag, 'content-length': file.length });
      if (index < 2) response.write(file.subarray(0, 400_000), () => response.destroy());
      else response.end(file);
    });
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(whole)).toBe(true);
  });

  it('says no length at all', async () => {
    const { hub, test } = await open();
    hub.behave(({ response, file }) => {
      response.writeHead(200);
      response.write(file.subarray(0, 1_000));
      response.end(file.subarray(1_000));
    });
    expect(await come(test)).toMatchObject({ state: 'done', error: null, total: whole.length });
    expect(received(test).equals(whole)).toBe(true);
  });

  it('has another file of the same length after the first ranges', async () => {
    const { hub, test } = await open();
    hub.behave(
      atFirst(1, (exchange) => {
        exchange.serve();
        hub.put(path, other);
      }),
    );
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(other)).toBe(true);
  });

  it('has another file while a download is paused', async () => {
    const { hub, test } = await open();
    hub.behave(atFirst(9, (exchange) => (exchange.head(), void exchange.response.write(half(exchange)))));
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.pause('tiny');
    hub.put(path, tinyGguf({ seed: 3 }));
    hub.behave(({ serve }) => serve());
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(tinyGguf({ seed: 3 }))).toBe(true);
  });

  it('redirects to another one, which is told nothing of this machine', async () => {
    const [hub, cdn] = [await startHub(), await startHub()];
    hub.behave(({ request, response }) => {
      expect(request.headers.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
      response.writeHead(302, { location: `${cdn.url}/${path}?signed=1`, 'x-linked-etag': `"${sha256(whole)}"` }).end();
    });
    room = createTestDownloads({ catalog: [model], modelMirror: hub.url.replace('//', '//me:secret@') });
    expect(await come(room)).toMatchObject({ state: 'done' });
    expect(received(room).equals(whole)).toBe(true);
    expect(cdn.requests.length).toBeGreaterThan(0);
    for (const { headers } of cdn.requests) {
      expect(Object.keys(headers).toSorted()).toEqual(
        expect.arrayContaining(['accept-encoding', 'host', 'range', 'user-agent']),
      );
      expect(headers.authorization ?? headers.cookie ?? headers.referer).toBeUndefined();
    }
  });
});

describe('a download is refused, in words, where the server', () => {
  const endless = ({ response }: HubExchange) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(2 ** 16)));
    };
    response.on('drain', more);
    more();
  };
  it.each<[string, (exchange: HubExchange) => void, RegExp]>([
    [
      'sends another range',
      (it) => (it.head({ 'content-range': `bytes 5-${it.to}/${it.file.length}` }), it.response.end()),
      /another part of the file/u,
    ],
    [
      'sends more than was asked for',
      (it) => (it.head({ 'content-range': `bytes ${it.from}-${it.to + 9}/${it.file.length}` }), it.response.end()),
      /another part/u,
    ],
    [
      'says no range',
      (it) => (it.response.writeHead(206, { etag: it.etag }), it.response.end(it.file.subarray(it.from, it.to))),
      /another part/u,
    ],
    [
      'says nonsense for a range',
      (it) => (it.head({ 'content-range': 'bytes 0--5/x' }), it.response.end()),
      /another part/u,
    ],
    [
      'announces another length',
      (it) => (it.head({ 'content-length': it.to - it.from + 7 }), it.response.end()),
      /another length/u,
    ],
    [
      'sends without end',
      (it) => {
        it.response.writeHead(206, {
          etag: it.etag,
          'content-range': `bytes ${it.from}-${it.to - 1}/${it.file.length}`,
        });
        endless(it);
      },
      /more than it announced/u,
    ],
    [
      'changes all the time',
      (it) => (it.head({ etag: `"${it.index}"` }), it.response.end()),
      /changes again and again/u,
    ],
    [
      'redirects in circles',
      (it) => it.response.writeHead(302, { location: it.request.url ?? '' }).end(),
      /in circles/u,
    ],
    [
      'redirects to nowhere',
      (it) => it.response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /an address that is none/u,
    ],
    ['redirects without an address', (it) => it.response.writeHead(307).end(), /an address that is none/u],
    [
      'asks for an account',
      (it) => it.response.writeHead(401).end(),
      /not hand out "nobody\/tiny" to everyone.*add it under Models/u,
    ],
    ['is gated', (it) => it.response.writeHead(403).end(), /makers ask for an account/u],
    ['has it no more', (it) => it.response.writeHead(404).end(), /no longer has this file/u],
    ['does not like the request', (it) => it.response.writeHead(400).end(), /refused the download \(HTTP 400\)/u],
    [
      'wants hours to pass',
      (it) => it.response.writeHead(429, { 'retry-after': '7200' }).end(),
      /asks to wait 120 minutes/u,
    ],
    ['is always busy', (it) => it.response.writeHead(503).end(), /is busy \(HTTP 503\)/u],
    ['always hangs up', (it) => void it.request.socket.destroy(), /connection to .* failed/u],
    [
      'always compresses what it sends',
      (it) => (it.head({ 'content-encoding': 'gzip' }), it.response.end(it.file.subarray(it.from, it.to))),
      /compresses what it sends/u,
    ],
    ['has an empty file', (it) => it.response.writeHead(416).end(), /empty file/u],
  ])('%s', async (_what, wrong, words) => {
    const { hub, test } = await open();
    const always = !/changes|range|length|asked|end$/u.test(_what);
    hub.behave((exchange) => (isProbe(exchange) && !always ? exchange.serve() : wrong(exchange)));
    const failed = await come(test);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'DOWNLOAD_FAILED' } });
    expect(failed.error?.message).toMatch(words);
    expect(existsSync(join(test.dir, 'tiny'))).toBe(false);
    expect(test.left).toEqual([]);
    // Nothing is broken for good: the same download succeeds when the server behaves.
    hub.behave(({ serve }) => serve());
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(whole)).toBe(true);
  });

  it('sends without end and says nothing about it: no more is kept than twice what the model should have', async () => {
    const small = { ...model, about: 300_000 };
    const { hub, test } = await open(small);
    hub.behave((exchange) => {
      exchange.response.writeHead(200);
      endless(exchange);
    });
    expect((await come(test, small)).error?.message).toMatch(/more than it announced/u);
    expect(statSync(join(test.dir, '.incoming', 'tiny', 'tiny.gguf')).size).toBeLessThanOrEqual(600_000);
  });

  it('answers with a web page half-way, as networks do that want a person to sign in: what came is kept', async () => {
    const { hub, test } = await open();
    let pieces = 0;
    hub.behave((exchange) => {
      if (isProbe(exchange) || pieces++ < 3) return exchange.serve();
      exchange.response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Sign in</html>');
    });
    const failed = await come(test);
    expect(failed.error?.message).toMatch(/web page.*is kept/u);
    expect(failed.received).toBeGreaterThan(0);
    hub.behave(({ serve }) => serve());
    const before = hub.ranges.length;
    expect(await come(test)).toMatchObject({ state: 'done', error: null });
    expect(received(test).equals(whole)).toBe(true);
    expect(hub.ranges.slice(before)).not.toContain('bytes=0-0');
  });

  it('has a file of another size than the catalog says, before a byte is taken', async () => {
    const exact = catalogModel('tiny', [{ path: 'tiny.gguf', bytes: whole.length + 1 }]);
    const { hub, test } = await open(exact);
    expect((await come(test, exact)).error?.message).toMatch(/instead of .*another one/u);
    expect(hub.ranges).toEqual(['bytes=0-0']);
    expect(statSync(join(test.dir, '.incoming', 'tiny', 'tiny.gguf')).size).toBe(0);
  });

  it.each([
    ['the catalog names', catalogModel('tiny', [{ path: 'tiny.gguf', sha256: sha256(whole) }]), {}],
    ['the hub has on record', model, { 'x-linked-etag': `"${sha256(whole)}"` }],
  ])('has a file that does not have the digest that %s: it is deleted', async (_who, wanted, headers) => {
    const { hub, test } = await open(wanted, other);
    hub.behave((exchange) => {
      exchange.head(headers);
      exchange.response.end(exchange.file.subarray(exchange.from, exchange.to));
    });
    const failed = await come(test, wanted);
    expect(failed).toMatchObject({ state: 'failed', received: 0, error: { code: 'DOWNLOAD_FAILED' } });
    expect(failed.error?.message).toMatch(/SHA-256 differs.*deleted/u);
    expect(readdirSync(join(test.dir, '.incoming', 'tiny'))).toEqual([]);
    hub.put(path, whole);
    test.downloads.begin(wanted, true);
    await test.until('tiny', 'done');
  });

  it('has another file under the name of one that was downloaded before', async () => {
    const { hub, test } = await open();
    await come(test);
    const { qb, write } = test.store;
    write((tx) => tx.run(qb.deleteFrom('model')));
    test.downloads.discard('tiny');
    hub.put(path, other);
    const later = test.again();
    expect((await come(later)).error?.message).toMatch(/SHA-256 differs/u);
  });

  it.each([
    ['a web page', Buffer.from('<!DOCTYPE html><html>Sign in</html>'), /web page/u],
    ['a model that is cut short', whole.subarray(0, whole.length - 5_000), /cut short/u],
    ['a model that Jan can not run', tinyGguf({ architecture: 'quantumllama' }), /not supported/u],
  ])('has %s', async (_what, bytes, words) => {
    const { test } = await open(model, bytes);
    const failed = await come(test);
    expect(failed).toMatchObject({ state: 'failed', received: 0, error: { code: 'MODEL_FILE_INVALID' } });
    expect(failed.error?.message).toMatch(words);
    expect(existsSync(join(test.dir, 'tiny'))).toBe(false);
    expect(readdirSync(join(test.dir, '.incoming', 'tiny'))).toEqual([]);
  });

  it('sends from an encrypted to an open address', () => {
    const from = new URL('https://hub.example/a');
    expect(() => redirectTarget(from, 'http://cdn.example/b')).toThrow(/without encryption/u);
    expect(redirectTarget(from, 'https://cdn.example/b').href).toBe('https://cdn.example/b');
    expect(redirectTarget(from, '/c').href).toBe('https://hub.example/c');
    expect(redirectTarget(new URL('http://127.0.0.1/a'), 'http://127.0.0.1:5/b').port).toBe('5');
  });
});
