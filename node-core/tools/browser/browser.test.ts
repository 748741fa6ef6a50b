import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { toolContext } from '../../testing/tool-context.ts';
import { startWebServer, type WebServer } from '../../testing/web-server.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { Tool } from '../types.ts';
import { findBrowser } from './find-browser.ts';
import { openGate } from './gate.ts';
import { type BrowserTools, createBrowserTools } from './index.ts';
import { ReadPage } from './read.ts';

const html = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`;

let site: WebServer;
let other: WebServer;
let browser: BrowserTools;
beforeAll(async () => {
  other = await startWebServer((_, response) => response.end('other'));
  site = await startWebServer((request, response, path) => {
    response.setHeader('content-type', 'text/html');
    if (path === '/')
      response.end(
        html(
          'Shop',
          `<h1>Shop</h1><p id="written"></p><p style="display:none">HIDDEN</p><a href="/about">About us</a>
           <form action="/found"><label>Search <input name="q"></label><button>Go</button></form>
           <script>document.getElementById('written').textContent = 'Written by a script.'</script>`,
        ),
      );
    else if (path.startsWith('/found'))
      response.end(html('Found', `<p>You looked for ${new URL(path, 'http://x').searchParams.get('q') ?? ''}.</p>`));
    else if (path === '/knots')
      response.end(
        html(
          'Knots',
          `<label>Name <input></label><button>Tie</button>
           <script>document.querySelector('button').addEventListener('click', () => {
             for (let n = 0, at = document.body; n < 20_000; n += 1) at = at.appendChild(document.createElement('div'));
           })</script>`,
        ),
      );
    else if (path === '/about') response.end(html('About', '<p>Since 1998.</p>'));
    else if (path === '/moved') response.writeHead(302, { location: `${other.origin}/moved` }).end();
    else if (path === '/never') request.resume();
    else if (path === '/endless') response.end(html('Endless', '<script>while (true) {}</script>'));
    else if (path === '/huge')
      response.end(
        html(
          'Huge',
          '<p>begin</p><script>for (let i = 0; i < 300; i++) { const p = document.createElement("p"); p.textContent = "words, ".repeat(150); document.body.append(p) } document.body.append(document.createComment("x".repeat(6e7)))</script>',
        ),
      );
    else if (path === '/cookie')
      response.setHeader('set-cookie', 'seen=1; Max-Age=9999').end(html('Cookie', request.headers.cookie ?? 'none'));
    else if (path === '/lies')
      response.end(
        html(
          'Lies',
          `<p>The truth</p><script>JSON.stringify = () => '{"title":"forged"}'; Object.defineProperty(document, 'title', { get: () => 'forged' })</script>`,
        ),
      );
    else if (path === '/leaks')
      response.end(
        html(
          'Leaks',
          `<img src="${other.origin}/img"><script src="${other.origin}/script"></script><iframe src="${other.origin}/frame"></iframe>
           <link rel="prefetch" href="${other.origin}/prefetch"><link rel="preconnect" href="${other.origin}"><p id="out">waiting</p>
           <script>
             navigator.sendBeacon('${other.origin}/beacon', 'x');
             try { new WebSocket('${other.origin.replace('http', 'ws')}/socket') } catch {}
             try { new EventSource('${other.origin}/events') } catch {}
             open('${other.origin}/popup');
             const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${other.port}' }] });
             peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
             fetch('${other.origin}/fetch', { mode: 'no-cors' }).then(() => 'came through', () => 'refused').then((said) => { document.getElementById('out').textContent = said });
           </script>`,
        ),
      );
    else response.writeHead(404).end();
  });
});
afterAll(() => Promise.all([site.close(), other.close()]));
beforeEach(() => {
  browser = createBrowserTools();
});
afterEach(() => browser.stop());

const call = async (
  name: string,
  input: unknown,
  { egress = [site.host], signal }: { egress?: string[]; signal?: AbortSignal } = {},
): Promise<z.infer<typeof ReadPage>> => {
  const tool = browser.tools.find((of): of is Tool => of.name === `browser.${name}`);
  if (!tool) throw new Error(`there is no ${name}`);
  return ReadPage.parse(await tool.call(input, toolContext(tool, { egress, ...(signal ? { signal } : {}) })));
};

it('says where there is no browser', () => {
  const [open] = browser.tools;
  expect(open?.missing(() => '/nonexistent/browser')).toContain('Install Chromium');
});

describe.skipIf(findBrowser(null) === null)('with the browser of this machine', () => {
  it('reads what scripts wrote, and follows links and forms by their names', async () => {
    const first = await call('open', { url: `${site.origin}/` });
    expect(first).toMatchObject({ title: 'Shop', url: `${site.origin}/`, refused: [] });
    expect(first.text).toContain('Written by a script.');
    expect(first.text).not.toContain('HIDDEN');
    expect(first.links).toEqual([{ text: 'About us', url: `${site.origin}/about` }]);
    expect(first.controls).toEqual([
      { kind: 'field', name: 'Search' },
      { kind: 'button', name: 'Go' },
    ]);
    await call('type', { page: first.page, url: first.url, field: 'Search', text: 'blue shoes' });
    expect(await call('click', { page: first.page, url: first.url, name: 'Go' })).toMatchObject({
      title: 'Found',
      text: 'You looked for blue shoes.',
    });
    const again = await call('open', { url: `${site.origin}/`, page: first.page });
    expect(await call('click', { page: again.page, url: again.url, name: 'About us' })).toMatchObject({
      title: 'About',
    });
  });

  it('does nothing on a page that is not the one a person was shown', async () => {
    const { page } = await call('open', { url: `${site.origin}/` });
    await expect(call('click', { page, url: `${site.origin}/about`, name: 'Go' })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
    });
    await expect(call('click', { page, url: `${site.origin}/`, name: 'Nothing' })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
    });
    await expect(call('click', { page, url: `${site.origin}/`, name: 'Nothing' })).rejects.not.toBeInstanceOf(
      OutcomeUnknown,
    );
    await expect(call('click', { page: 'gone', url: `${site.origin}/`, name: 'Go' })).rejects.toMatchObject({
      message: expect.stringContaining('closed'),
    });
  });

  it('does not know what came of a click after which nothing can be read', async () => {
    const { page, url } = await call('open', { url: `${site.origin}/knots` });
    await expect(call('type', { page, url, field: 'Nothing', text: 'x' })).rejects.not.toBeInstanceOf(OutcomeUnknown);
    await expect(call('click', { page, url, name: 'Tie' })).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('reaches no host that the playbook does not name, by whatever a page tries', async () => {
    const page = await call('open', { url: `${site.origin}/leaks` });
    expect(page.text).toContain('refused');
    expect(page.refused).toEqual([other.host]);
    await expect(call('open', { url: `${site.origin}/moved` })).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
    await expect(call('open', { url: `${other.origin}/` })).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
    await expect(call('open', { url: 'http://169.254.169.254/latest' }, { egress: ['*'] })).rejects.toMatchObject({
      code: 'EGRESS_REFUSED',
    });
    await expect(call('open', { url: 'file:///etc/passwd' })).rejects.toMatchObject({ name: 'ZodError' });
    expect(other.asked).toEqual([]);
  });

  it('is not told by a page what to see, and gives no more of it than it may', async () => {
    expect(await call('open', { url: `${site.origin}/lies` })).toMatchObject({ title: 'Lies', text: 'The truth' });
    const huge = await call('open', { url: `${site.origin}/huge` });
    expect(huge).toMatchObject({ truncated: true });
    expect(huge.text.length).toBeLessThanOrEqual(200_000);
  });

  it('ends what hangs when it is cancelled, and goes on with other pages', async () => {
    for (const path of ['/never', '/endless']) {
      const controller = new AbortController();
      const running = call('open', { url: `${site.origin}${path}` }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 500);
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    }
    expect(await call('open', { url: `${site.origin}/about` })).toMatchObject({ title: 'About' });
  });

  it('keeps nothing: no cookie for the next page, no file after its end', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('jan-browser-'));
    const before = left();
    await call('open', { url: `${site.origin}/cookie` });
    expect(await call('open', { url: `${site.origin}/cookie` })).toMatchObject({ text: 'none' });
    expect(left().length).toBe(before.length + 1);
    await browser.stop();
    expect(left()).toEqual(before);
  });
});

it('makes a tunnel to what the run may reach, and ends it with the call', async () => {
  const gate = await openGate();
  const [open] = browser.tools;
  if (!open) throw new Error('there is no browser.open');
  try {
    const { username, password, use, refused } = gate.issue();
    const pass = Buffer.from(`${username}:${password}`).toString('base64');
    const tunnel = (host: string) => {
      const socket = connect(Number(new URL(gate.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\nProxy-Authorization: Basic ${pass}\r\n\r\n`);
      return socket;
    };
    const until = (socket: Socket, words: string) =>
      new Promise<void>((resolve) => {
        let said = '';
        socket.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes(words)) resolve();
        });
      });
    use(toolContext(open, { egress: [site.host] }).addresses);
    const through = tunnel(site.host);
    await until(through, '200 Connection Established');
    through.write('GET /about HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(through, 'Since 1998.');
    await until(tunnel(other.host), '403 Forbidden');
    expect([...refused.keys()]).toEqual([other.host]);
    const ended = once(through, 'close');
    use(null);
    await ended;
    await until(tunnel(site.host), '403 Forbidden');
  } finally {
    await gate.close();
  }
});

it('lets nobody through the gate who has no pass', async () => {
  const gate = await openGate();
  try {
    const port = Number(new URL(gate.url).port);
    const answer = (request: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(request));
        let said = '';
        socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
        socket.once('close', () => resolve(said));
        socket.on('error', () => undefined);
      });
    expect(await answer(`GET ${site.origin}/x HTTP/1.1\r\nHost: x\r\n\r\n`)).toContain('407');
    expect(await answer(`CONNECT ${site.host} HTTP/1.1\r\nHost: x\r\n\r\n`)).toContain('407');
    const { username, password } = gate.issue();
    const pass = Buffer.from(`${username}:${password}`).toString('base64');
    expect(await answer(`GET ${site.origin}/x HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic ${pass}\r\n\r\n`)).toBe(
      '',
    );
    expect(site.asked).not.toContain('/x');
  } finally {
    await gate.close();
  }
});
