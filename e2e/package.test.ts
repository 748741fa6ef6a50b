import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { startWebServer } from '../node-core/testing/web-server.ts';
import { connect } from './fixtures/api.ts';
import { discardDesktop, openStandIn } from './fixtures/desktop.ts';
import { projectNode } from './fixtures/node.ts';
import { fusesOf, type Packaged, packageApp } from './fixtures/package.ts';

// electron-builder's choice of files, its archive and what it leaves outside, as `npm run package` makes them; and the app at work in them.

test.skip(process.platform !== 'linux', 'the package of another system has other folders');
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let packaged: Packaged;
test.beforeAll(async () => {
  packaged = await packageApp();
});
test.afterAll(() => packaged.discard());

const page = `<!doctype html><html lang="en"><head><title>Leeks</title></head><body><article><h1>Leeks</h1>
${'<p>Leeks are sown in March, and they are lifted in October once they are as thick as a thumb. They stand frost well.</p>'.repeat(6)}
</article></body></html>`;

const calendar = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART:20260310T090000Z
DTEND:20260310T100000Z
SUMMARY:Sow the leeks
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');

const playbook = (web: { origin: string; host: string }): string => `
playbook: 1
id: every-thread
version: 1
name: Every thread
description: Calls what runs in a thread or a process of its own.
tools: [code.javascript, code.python, text.grammar, text.citations, text.markdown, web.read, calendar.read, browser.open]
egress: ['${web.host}']
profile: researcher
budget: { tokens: 1, seconds: 300, calls: 20, cost: 0 }
steps:
  - { id: javascript, kind: tool, title: A, tool: code.javascript, with: { code: 'input.a * 7', input: { a: 6 } } }
  - { id: python, kind: tool, title: B, tool: code.python, with: { code: 'import statistics; statistics.median(input)', input: [3, 1, 2] } }
  - { id: grammar, kind: tool, title: C, tool: text.grammar, with: { text: 'This are an tests.' } }
  - { id: citations, kind: tool, title: D, tool: text.citations, with: { sources: [{ title: 'On leeks', byline: 'Mary Beans', url: 'https://example.org/leeks' }] } }
  - { id: markdown, kind: tool, title: E, tool: text.markdown, with: { html: '<h1>Leeks</h1><p>and <b>beans</b></p>' } }
  - { id: article, kind: tool, title: F, tool: web.read, with: { url: '${web.origin}/leeks' } }
  - { id: events, kind: tool, title: G, tool: calendar.read, with: { from: '2026-03-01', to: '2026-03-31' } }
  - { id: opened, kind: tool, title: H, tool: browser.open, with: { url: '${web.origin}/leeks' } }
result:
  - { title: javascript, value: steps.javascript.result }
  - { title: python, value: steps.python.result }
  - { title: grammar, value: steps.grammar.total }
  - { title: citations, value: steps.citations.markdown }
  - { title: markdown, value: steps.markdown.markdown }
  - { title: article, value: steps.article.text }
  - { title: events, value: steps.events.events.0.title }
  - { title: opened, value: steps.opened.title }
`;

const Endpoint = z.object({ url: z.string(), apiKey: z.string() });

test('every tool that needs a thread, an interpreter or another program answers in the package', async () => {
  const web = await startWebServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  const desktop = await openStandIn(undefined, { STAND_IN_PACKAGED: 'yes' }, join(packaged.resources, 'app.asar'));
  await expect(desktop.page.getByTestId('rail')).toBeVisible();
  const { api, close } = connect(
    Endpoint.parse(JSON.parse(readFileSync(join(desktop.dir, 'data', 'endpoint.json'), 'utf8'))),
  );
  try {
    const file = join(desktop.dir, 'garden.ics');
    writeFileSync(file, calendar);
    await api.tools.set({ tool: 'calendar.read', setting: 'ics', value: file });
    await api.playbooks.save({ text: playbook(web) });
    const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'every-thread', inputs: {} });
    for await (const event of await api.runs.watch({ id })) if (event.type === 'run' && event.run.endedAt) break;
    const run = await api.runs.get({ id });
    expect(run.error).toBeNull();
    expect(run.result).toMatchObject({ skill: 'playbook', notices: [] });
    const lines = run.result?.skill === 'playbook' ? run.result.lines : [];
    const valueOf = (title: string) => lines.find((one) => one.title === title)?.value;
    expect(valueOf('javascript')).toBe(42);
    expect(valueOf('python')).toBe(2);
    expect(valueOf('grammar')).toBeGreaterThan(0);
    expect(valueOf('citations')).toContain('On leeks');
    expect(valueOf('markdown')).toBe('# Leeks\n\nand **beans**');
    expect(valueOf('article')).toContain('thick as a thumb');
    expect(valueOf('events')).toBe('Sow the leeks');
    expect(valueOf('opened')).toBe('Leeks');

    // A program beside it, by the Model Context Protocol.
    const { id: serverId } = await api.tools.addMcpServer({
      name: 'memory',
      transport: {
        type: 'stdio',
        command: projectNode,
        args: [createRequire(import.meta.url).resolve('@modelcontextprotocol/server-memory/dist/index.js')],
        env: { MEMORY_FILE_PATH: join(desktop.dir, 'memory.json') },
      },
    });
    await expect
      .poll(async () => (await api.tools.mcpServers()).find((server) => server.id === serverId)?.state)
      .toBe('unapproved');
  } finally {
    close();
    await desktop.quit();
    discardDesktop(desktop);
    await web.close();
  }
});

test('a package holds what it needs on this machine, once, and nothing else', () => {
  const paths = packaged.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/main/main.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']),
  );
  expect(
    paths.filter((path) => /\.(?:map|tsx?|[cm]ts|gyp|bundle)$|\/\.cache\/|^(?:app|e2e|node-core|docs)\//u.test(path)),
  ).toEqual([]);
  const natives = paths.filter((path) => path.endsWith('.node'));
  expect(natives.length).toBeGreaterThan(2);
  expect(natives.filter((path) => !path.includes(`${process.platform}-${process.arch}`))).toEqual([]);
  expect(
    paths
      .filter((path) => path.endsWith('.wasm') && !path.includes('/playwright-core/'))
      .map((path) => path.split('/').at(-1))
      .toSorted(),
  ).toEqual(['emscripten-module.wasm', 'harper_wasm_bg.wasm', 'pyodide.asm.wasm']);
  expect(packaged.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(130e6);
});

test('the shell runs no other script, and no archive but its own', () => {
  // Of @electron/fuses: run as node, cookie encryption, NODE_OPTIONS, inspector, ASAR integrity, only from ASAR, snapshot, file protocol, WASM traps.
  expect(fusesOf(packaged)).toMatch(/^0100110/u);
});
