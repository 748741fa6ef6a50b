import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { discardDesktop, newDataDir, openStandIn, runStandIn, type StandInDesktop } from './fixtures/desktop.ts';
import { root, serveNode } from './fixtures/node.ts';

// What the built main process does to a page that tries to leave its place. These need the stand-in in any case: it answers
// dialogs, asks for permissions and keeps a record.
const Endpoint = z.object({ url: z.string(), pid: z.number() });
const endpointOf = (desktop: StandInDesktop) =>
  Endpoint.parse(JSON.parse(readFileSync(join(desktop.dir, 'data', 'endpoint.json'), 'utf8')));

let desktop: StandInDesktop;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  desktop = await openStandIn();
  // The window begins with an empty page, which is loaded as well.
  await expect(desktop.page.getByTestId('rail')).toBeVisible();
});
test.afterAll(async () => {
  await desktop.quit();
  discardDesktop(desktop);
});

test('the window is sandboxed, isolated and without Node', () => {
  expect(desktop.recorded('enableSandbox')).toHaveLength(1);
  const [options] = desktop.recorded('BrowserWindow')[0] ?? [];
  expect(options).toMatchObject({
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      preload: join(root, 'dist', 'preload', 'preload.cjs'),
    },
  });
});

test('the preload is one small file that asks for nothing but IPC and exposes nothing', async () => {
  const preload = readFileSync(join(root, 'dist', 'preload', 'preload.cjs'), 'utf8');
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload).not.toMatch(/contextBridge|exposeInMainWorld|invoke|eval/);
  expect(
    await desktop.page.evaluate(() =>
      ['require', 'process', 'module', 'electron', 'ipcRenderer'].filter((name) => name in window),
    ),
  ).toEqual([]);
});

test('the app scheme is standard and secure, and its page comes with a strict policy', async () => {
  expect(desktop.recorded('registerSchemesAsPrivileged')[0]?.[0]).toMatchObject([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
  const policy = await desktop.page.evaluate(async () =>
    (await fetch(location.pathname)).headers.get('content-security-policy'),
  );
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy).toContain(part);
  }
});

test('injected script, eval and outside connections are stopped by the policy', async () => {
  const ran = await desktop.page.evaluate(async () => {
    const outcome: string[] = [];
    const inline = document.createElement('script');
    try {
      inline.text = 'window.injected = true';
      document.head.append(inline);
    } catch {
      outcome.push('trusted types');
    }
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.injected = true">');
    } catch {
      outcome.push('trusted types');
    }
    await fetch('https://example.com/').catch(() => outcome.push('no connection'));
    // A task of the page's own: what the debugger evaluates itself may use eval.
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line typescript/no-implied-eval -- what is tested is that it does not work
          outcome.push(String(new Function('return "evaluated"')()));
        } catch {
          outcome.push('no eval');
        }
        resolve();
      }, 50),
    );
    return [...outcome, 'injected' in window];
  });
  expect(ran).toEqual(['trusted types', 'trusted types', 'no connection', 'no eval', false]);
  expect(desktop.recorded('request-left')).toEqual([]);
});

for (const path of [
  '/../../package.json',
  '/..%2f..%2fpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/..%5c..%5cpackage.json',
  '//etc/passwd',
  '/%2fetc%2fpasswd',
  '/assets/../../main/main.js',
  '/assets%00/index.html',
  '/index.html/',
]) {
  test(`app://jan${path} leads nowhere`, async () => {
    desktop.command({ do: 'fetch', with: `app://jan${path}` });
    const [, status] = await desktop.waitFor('fetched', ([url]) => url === `app://jan${path}`);
    expect(status).toBe(404);
  });
}

test('another host under the app scheme is refused', async () => {
  desktop.command({ do: 'fetch', with: 'app://evil/index.html' });
  expect((await desktop.waitFor('fetched', ([url]) => url === 'app://evil/index.html'))[1]).toBe(403);
});

test('a page that tries to leave stays, and a web address is opened outside only after a yes', async () => {
  const before = desktop.page.url();
  desktop.command({ do: 'answer', with: 1 });
  await desktop.page.evaluate(() => void (location.href = 'https://example.com/refused'));
  await desktop.waitFor('showMessageBox');
  expect(desktop.recorded('openExternal')).toEqual([]);
  desktop.command({ do: 'answer', with: 0 });
  await desktop.page.evaluate(() => void (location.href = 'https://example.com/wanted'));
  expect(await desktop.waitFor('openExternal')).toEqual(['https://example.com/wanted']);
  expect(desktop.page.url()).toBe(before);
});

test('other schemes are neither opened nor asked about', async () => {
  const asked = desktop.recorded('showMessageBox').length;
  for (const address of ['http://example.com/', 'https://user:password@example.com/']) {
    await desktop.page.evaluate((to) => void (location.href = to), address);
    await desktop.waitFor('navigation-refused', ([url]) => url === address);
  }
  expect(desktop.recorded('showMessageBox')).toHaveLength(asked);
});

test('a new window is denied', async () => {
  desktop.command({ do: 'answer', with: 1 });
  await desktop.page.evaluate(() => void window.open('https://example.com/popup'));
  expect(await desktop.waitFor('window-open')).toEqual(['https://example.com/popup', 'deny']);
});

test('permissions: notifications for our page, nothing else, nobody else', async () => {
  for (const [permission, url, granted] of [
    ['notifications', 'app://jan/index.html', true],
    ['geolocation', 'app://jan/index.html', false],
    ['media', 'app://jan/index.html', false],
    ['clipboard-read', 'app://jan/index.html', false],
    ['notifications', 'https://example.com/', false],
  ] as const) {
    desktop.command({ do: 'ask-permission', with: { permission, url } });
    const fits = (args: readonly unknown[]): boolean => args[0] === permission && args[1] === url;
    expect((await desktop.waitFor('permission-requested', fits))[2], `${permission} for ${url}`).toBe(granted);
    expect((await desktop.waitFor('permission-checked', fits))[2], `${permission} for ${url}`).toBe(granted);
  }
});

test('a deep link shows a view; what only looks like one does nothing', async () => {
  desktop.command({ do: 'second-instance', with: ['jan', 'jan://open/settings'] });
  await expect(desktop.page).toHaveURL(/#\/settings$/);
  desktop.command({ do: 'second-instance', with: ['jan', '--inspect', 'jan://run/anything', 'javascript:alert(1)'] });
  desktop.command({ do: 'open-url', with: 'jan://open/notes' });
  await expect(desktop.page).toHaveURL(/#\/notes$/);
});

test('only the window of the app gets a port: a frame inside it asks in vain', async () => {
  await desktop.page.evaluate(() => {
    Reflect.set(window, 'portsSeen', 0);
    window.addEventListener('message', ({ ports }) =>
      Reflect.set(window, 'portsSeen', Reflect.get(window, 'portsSeen') + ports.length),
    );
    document.body.append(document.createElement('iframe'));
  });
  const frame = desktop.page.frames().find((one) => one.parentFrame() !== null);
  await frame?.evaluate(() => Reflect.get(window, '__standInSend')({ ipc: 'jan:port' }));
  // The page itself may ask again: with its own port, the count tells that the frame's request brought none.
  await desktop.page.evaluate(() => window.postMessage('jan:ready', location.origin));
  await desktop.page.waitForFunction(() => Reflect.get(window, 'portsSeen') > 0);
  expect(await desktop.page.evaluate(() => Reflect.get(window, 'portsSeen'))).toBe(1);
});

test('the core is killed: it comes back by itself and the page gets a new line', async () => {
  const { pid } = endpointOf(desktop);
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => (existsSync(join(desktop.dir, 'data', 'endpoint.json')) ? endpointOf(desktop).pid : pid))
    .not.toBe(pid);
  await desktop.page.waitForFunction(() => Reflect.get(window, 'portsSeen') > 1);
});

test('the key of the vault is sealed by the system, and the file that holds it is this user’s', async () => {
  const Vault = z.object({ slots: z.array(z.object({ kind: z.string() })) });
  const vault = Vault.parse(JSON.parse(readFileSync(join(desktop.dir, 'data', 'vault', 'vault.json'), 'utf8')));
  expect(vault.slots.map(({ kind }) => kind)).toEqual(['keychain']);
  const file = join(desktop.dir, 'user', 'keychain.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toHaveLength(1);
});

test('SIGTERM: the vault is closed and the exit code is 0', async () => {
  const { pid } = endpointOf(desktop);
  expect(await desktop.terminate()).toBe(0);
  expect(existsSync(join(desktop.dir, 'data', 'endpoint.json'))).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow();
});

test('a key store that is none is not used: the key goes into a file instead', async () => {
  const dir = newDataDir();
  const other = await openStandIn(dir, { STAND_IN_KEY_STORE: 'none' });
  await expect.poll(() => existsSync(join(dir, 'data', 'endpoint.json'))).toBe(true);
  expect(existsSync(join(dir, 'user', 'keychain.json'))).toBe(false);
  expect(readdirSync(join(dir, 'data', 'keys'))).not.toEqual([]);
  expect(await other.quit()).toBe(0);
  discardDesktop(other);
});

test('a vault that another process has open is not touched: the app says so and ends', async () => {
  const dir = newDataDir();
  const node = await serveNode(join(dir, 'data'));
  const { code, records } = await runStandIn(dir);
  expect(code).toBe(1);
  const [title, text] = records.find(({ name }) => name === 'showErrorBox')?.args ?? [];
  expect(title).toBe('Jan has to stop');
  expect(text).toMatch(/open|use/);
  expect(await node.stop()).toBe(0);
  rmSync(dir, { recursive: true, force: true });
});

test('a second start hands over to the first and ends', async () => {
  await expect(openStandIn(newDataDir(), { STAND_IN_SECOND_INSTANCE: '1' })).rejects.toThrow('ended with 0');
});
