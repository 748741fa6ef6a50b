import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorCode } from '../../contract/index.ts';
import { silentLogger, systemClock } from '../../common/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { userCall } from '../../testing/open-test-workspace.ts';
import { toolContext } from '../../testing/tool-context.ts';
import { startWebServer, type WebServer } from '../../testing/web-server.ts';
import { createTools } from '../index.ts';
import { createWebSearch, webSearch } from './web-search.ts';

const Answer = z.object({
  engine: z.string(),
  results: z.array(z.object({ title: z.string(), url: z.string(), snippet: z.string() })),
});

const page = (index: number) => ({
  url: `https://example.org/page-${index}`,
  title: `Page ${index}`,
  content: `About ${index}`,
  engine: 'duckduckgo',
  score: 1,
});

/** What the SearXNG says next; a string is sent as it is. */
let searxngSays: { status: number; body: unknown } = { status: 200, body: {} };
let searxng: WebServer;
let serper: WebServer;
const serperHeard: { key: unknown; body: unknown }[] = [];
const keys: Record<string, { status: number; body: unknown }> = {
  good: {
    status: 200,
    body: { organic: [{ title: 'Found', link: 'https://example.org/', snippet: 'It is', position: 1 }] },
  },
  spent: { status: 400, body: { message: 'Not enough credits', statusCode: 400 } },
  wrong: { status: 403, body: { message: 'Unauthorized.' } },
  busy: { status: 429, body: {} },
  odd: { status: 200, body: ['no', 'results'] },
  ill: { status: 500, body: 'oops' },
};

beforeAll(async () => {
  searxng = await startWebServer((_request, response) => {
    const { status, body } = searxngSays;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  serper = await startWebServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const key = request.headers['x-api-key'];
      serperHeard.push({ key, body: JSON.parse(Buffer.concat(parts).toString()) });
      const { status, body } = keys[String(key)] ?? { status: 401, body: {} };
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
});
afterAll(() => Promise.all([searxng.close(), serper.close()]));
beforeEach(() => {
  serperHeard.length = 0;
  searxngSays = { status: 200, body: { query: 'q', results: [page(1)], unresponsive_engines: [] } };
});

const ask = async (settings: Record<string, string>, input: object = { query: 'jan node' }) => {
  const tool = createWebSearch(`${serper.origin}/search`);
  return Answer.parse(await tool.call(input, toolContext(tool, { settings })));
};
const fault = async (settings: Record<string, string>): Promise<string> => {
  try {
    await ask(settings);
    return 'no fault';
  } catch (error) {
    return `${errorCode(error)}: ${error instanceof Error ? error.message : ''}`;
  }
};
const withSearxng = () => ({ searxng: searxng.origin });

describe('web search', () => {
  it('says what to set where nothing is, or the address is none', async () => {
    expect(webSearch.missing(() => null)).toContain('Set the address of a SearXNG, or a key of serper.dev');
    expect(webSearch.missing((id) => (id === 'searxng' ? 'my server' : null))).toContain('http://127.0.0.1:8888');
    expect(webSearch.missing((id) => (id === 'serper' ? ' , ' : null))).not.toBeNull();
    expect(webSearch.missing((id) => (id === 'serper' ? 'key' : null))).toBeNull();
    expect(await fault({})).toMatch(/^TOOL_NOT_READY: Web search is not set up/u);
  });

  it('asks a SearXNG on this machine, which no playbook has to name', async () => {
    const { engine, results } = await ask({ searxng: `${searxng.origin}/` }, { query: 'jan & node' });
    expect(engine).toBe('searxng');
    expect(results).toEqual([{ title: 'Page 1', url: 'https://example.org/page-1', snippet: 'About 1' }]);
    expect(searxng.asked.at(-1)).toBe('/search?q=jan+%26+node&format=json');
  });

  it('is opened by what a person set, for itself alone', async () => {
    const opened = openTestStore();
    const { box, handlers } = createTools({ store: () => opened.store, clock: systemClock, logger: silentLogger });
    const call = async (name: string, input: object) => {
      const tool = box.find(name);
      if (!tool) throw new Error(`There is no ${name}.`);
      return tool.call(input, box.context(tool, { egress: ['*'], signal: new AbortController().signal }));
    };
    await expect(call('web.search', { query: 'q' })).rejects.toMatchObject({ code: 'TOOL_NOT_READY' });
    await handlers.set({ tool: 'web.search', setting: 'searxng', value: searxng.origin }, userCall);
    expect(await call('web.search', { query: 'q' })).toMatchObject({ engine: 'searxng' });
    await expect(call('web.read', { url: searxng.origin })).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
    opened.dispose();
  });

  it('reaches nothing but what is set', () => {
    expect(webSearch.origins?.(() => null)).toEqual([]);
    expect(webSearch.origins?.((id) => (id === 'searxng' ? 'http://127.0.0.1:8888' : null))).toEqual([
      'http://127.0.0.1:8888',
    ]);
    expect(webSearch).toMatchObject({ effect: 'read', outside: true, labels: { untrusted: true } });
  });

  it('gives a page once, and ten at most', async () => {
    const same = [
      'https://example.org/a?x=1&y=2',
      'https://example.org/a?y=2&x=1#part',
      'http://www.example.org/a/?x=1&y=2&utm_source=mail&gclid=7',
      'https://EXAMPLE.org:443/a?x=1&y=2',
    ].map((url) => ({ ...page(0), url }));
    searxngSays = {
      status: 200,
      body: { results: [...same, ...Array.from({ length: 40 }, (_, index) => page(index))] },
    };
    const { results } = await ask(withSearxng());
    expect(results).toHaveLength(10);
    expect(results.filter(({ url }) => url.includes('/a?'))).toHaveLength(1);
    expect((await ask(withSearxng(), { query: 'q', limit: 3 })).results).toHaveLength(3);
  });

  it('leaves out what lies, and shows nothing that hides', async () => {
    searxngSays = {
      status: 200,
      body: {
        results: [
          null,
          'a string',
          { title: 'no address' },
          { url: 'javascript:alert(1)', title: 'script' },
          { url: 'file:///etc/passwd', title: 'file' },
          { url: 'https://user:secret@example.org/', title: 'password' },
          { url: `https://example.org/${'x'.repeat(3_000)}`, title: 'long' },
          { url: 42, title: 'number' },
          {
            url: 'https://example.org/good',
            title: { no: 'title' },
            content: `a<b>b</b>\u200B\u{E0041}c\n\n${'z'.repeat(5_000)}`,
          },
        ],
      },
    };
    const { results } = await ask(withSearxng());
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ title: 'https://example.org/good', url: 'https://example.org/good' });
    expect(results[0]?.snippet.startsWith('a b c z')).toBe(true);
    expect([...(results[0]?.snippet ?? '')]).toHaveLength(1_000);
  });

  it('finds nothing where there is nothing', async () => {
    searxngSays = { status: 200, body: { results: [] } };
    expect((await ask(withSearxng())).results).toEqual([]);
  });

  it.each([
    [403, 'Forbidden', /search\.formats/u],
    [429, 'Too many', /asked too often/u],
    [500, 'Oops', /answered with 500/u],
    [200, '<html>Welcome</html>', /is no SearXNG/u],
    [200, '{"results": "many"}', /is no SearXNG/u],
    [200, '{"results": [', /is no SearXNG/u],
    [200, JSON.stringify({ results: [], unresponsive_engines: [['google', 'timeout']] }), /engines did not answer/u],
    [200, 'x'.repeat(3_000_000), /is no SearXNG/u],
  ])('says what is wrong where SearXNG answers %i %.30s', async (status, body, says) => {
    searxngSays = { status, body };
    expect(await fault(withSearxng())).toMatch(says);
    expect(await fault(withSearxng())).toMatch(/^TOOL_FAILED/u);
  });

  it('asks Serper where SearXNG fails', async () => {
    searxngSays = { status: 500, body: '' };
    expect((await ask({ ...withSearxng(), serper: 'good' })).engine).toBe('serper');
    searxngSays = { status: 200, body: { results: [page(1)] } };
    expect((await ask({ ...withSearxng(), serper: 'good' })).engine).toBe('searxng');
  });

  it('takes the next key where one is refused, spent or asked too often', async () => {
    const { results } = await ask({ serper: 'wrong, spent,busy\n good' });
    expect(results).toEqual([{ title: 'Found', url: 'https://example.org/', snippet: 'It is' }]);
    expect(serperHeard.map(({ key }) => key)).toEqual(['wrong', 'spent', 'busy', 'good']);
    expect(serperHeard[0]?.body).toEqual({ q: 'jan node', num: 10 });
  });

  it('begins with the key that worked last', async () => {
    const tool = createWebSearch(`${serper.origin}/search`);
    const context = toolContext(tool, { settings: { serper: 'wrong,good' } });
    await tool.call({ query: 'one' }, context);
    await tool.call({ query: 'two' }, context);
    expect(serperHeard.map(({ key }) => key)).toEqual(['wrong', 'good', 'good']);
  });

  it.each([
    ['busy', /asked too often with every key/u],
    ['wrong', /refuses the key/u],
    ['wrong,busy', /refuses each of the 2 keys/u],
    ['odd', /no list of results/u],
    ['ill,good', /answered with 500/u],
  ])('says what is wrong with the keys %s, and never the keys', async (serperKeys, says) => {
    const said = await fault({ serper: serperKeys });
    expect(said).toMatch(says);
    expect(said).not.toContain(serperKeys);
  });
});
