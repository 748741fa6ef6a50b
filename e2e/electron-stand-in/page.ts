import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type Electron from 'electron';
import { type Browser, chromium, type Frame, type Page, type Request as PageRequest, type Route } from 'playwright';
import { record, report } from './control.ts';
import { type Carried, createCarrier, type StandInPort } from './ports.ts';
import { answerFor } from './session.ts';

/** Chromium knows no `app:` scheme without Electron: there the page has this origin, and main hears the one it expects. */
const shownOrigin = 'https://jan.invalid';
const ownOrigin = 'app://jan';
const toShown = (url: string): string => url.replace(ownOrigin, shownOrigin);
const toOwn = (url: string): string => url.replace(shownOrigin, ownOrigin);

export const ipcMain = new EventEmitter();
let browser: Browser | undefined;
const windows = new Set<BrowserWindow>();

export const closeBrowser = async (): Promise<void> => {
  await browser?.close();
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Runs in the page before its own scripts: the built preload, with the two things of `electron` that it uses. */
const hostPreload = (preload: string): string => `
if (window === window.top) {
  const ports = new Map();
  const listeners = [];
  const toMain = window.__standInSend;
  delete window.__standInSend;
  const ipcRenderer = {
    on: (channel, listener) => listeners.push([channel, listener]),
    send: (channel) => void toMain({ ipc: channel }),
  };
  Object.defineProperty(window, '__standInReceive', { enumerable: false, value: (carried, channel) => {
    if (carried.kind === 'message') {
      const arrived = carried.ports.map((id) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => void toMain({ carried: { kind: 'port', id, data } });
        ports.set(id, port1);
        return port2;
      });
      for (const [wanted, listener] of listeners) if (wanted === channel) listener({ ports: arrived });
    } else if (carried.kind === 'port') ports.get(carried.id)?.postMessage(carried.data);
    else { ports.get(carried.id)?.close(); ports.delete(carried.id); }
  } });
  ((require) => { ${preload} })((name) => { if (name !== 'electron') throw new Error(name); return { ipcRenderer }; });
}`;

class MainFrame {
  readonly #contents: WebContents;
  constructor(contents: WebContents) {
    this.#contents = contents;
  }
  get url(): string {
    return this.#contents.getURL();
  }
  postMessage(channel: string, _message: unknown, transfer: StandInPort[] = []): void {
    this.#contents.send(channel, transfer);
  }
}

type PreventableEvent = { url: string; isMainFrame: boolean; defaultPrevented: boolean; preventDefault(): void };
const navigationEvent = (url: string, isMainFrame: boolean): PreventableEvent => {
  const event = {
    url,
    isMainFrame,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  };
  return event;
};

/** A window that is only about to open has no frame yet. */
const frameOf = (request: PageRequest): Frame | undefined => {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
};

class WebContents extends EventEmitter {
  readonly mainFrame = new MainFrame(this);
  readonly #carrier = createCarrier((carried) => this.#toPage(carried), 0);
  readonly #page: Promise<Page>;
  #current: Page | undefined;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  /** The address that main itself is loading. */
  #loading: string | undefined;

  constructor(preloadPath: string) {
    super();
    this.#page = this.#open(preloadPath);
  }

  getURL(): string {
    return toOwn(this.#current?.url() ?? '');
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.#page;
    this.#loading = toShown(url).split('#')[0];
    await page.goto(toShown(url));
    this.#loading = undefined;
    this.emit('did-finish-load');
  }
  reload(): void {
    void this.#page.then((page) => page.reload());
  }
  send(channel: string, transfer: StandInPort[]): void {
    this.#toPage({ kind: 'message', data: null, ports: transfer.map((port) => this.#carrier.transfer(port)) }, channel);
  }

  #toPage(carried: Carried, channel?: string): void {
    // A page that is just being left hears nothing any more, as in Electron.
    this.#current
      ?.evaluate(([one, name]) => Reflect.get(window, '__standInReceive')(one, name), [carried, channel] as const)
      .catch(() => undefined);
  }

  async #open(preloadPath: string): Promise<Page> {
    const port = await freePort();
    const executablePath = process.env['JAN_CHROMIUM'];
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [
        `--remote-debugging-port=${port}`,
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    this.#current = page;
    await page.exposeBinding('__standInSend', ({ frame }, { ipc, carried }: { ipc?: string; carried?: Carried }) => {
      if (carried && carried.kind !== 'message') this.#carrier.deliver(carried);
      if (!ipc) return;
      const senderFrame = frame === page.mainFrame() ? this.mainFrame : { url: toOwn(frame.url()) };
      ipcMain.emit(ipc, { senderFrame });
    });
    await page.addInitScript({ content: hostPreload(readFileSync(preloadPath, 'utf8')) });
    await context.route('**/*', (route) => this.#route(route, page));
    // Closed only after a while: a window that is gone at once may never have asked for its address, and nobody would hear of it.
    context.on('page', (popup) => {
      const timer = setTimeout(() => void popup.close(), 2_000);
      popup.once('close', () => clearTimeout(timer));
    });
    report({ page: { debuggingUrl: `http://127.0.0.1:${port}` } });
    return page;
  }

  async #route(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const url = toOwn(request.url());
    const frame = frameOf(request);
    if (request.isNavigationRequest()) {
      const isMainFrame = frame?.parentFrame() === null;
      if (frame?.page() !== page) {
        record('window-open', url, this.#openHandler({ url }).action);
        return route.abort('aborted');
      }
      if (request.redirectedFrom()) {
        const event = navigationEvent(url, isMainFrame);
        this.emit('will-redirect', event);
        if (event.defaultPrevented) return route.abort('aborted');
      } else if (request.url() !== this.#loading) {
        const event = navigationEvent(url, isMainFrame);
        this.emit('will-frame-navigate', event);
        if (isMainFrame) this.emit('will-navigate', event);
        if (event.defaultPrevented) {
          record('navigation-refused', url);
          return route.abort('aborted');
        }
      }
      this.emit('did-start-navigation', { isMainFrame, isSameDocument: false });
    }
    if (!url.startsWith(`${ownOrigin}/`)) {
      record('request-left', url);
      return route.abort('aborted');
    }
    const response = await answerFor(url);
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => [...windows];
  static fromWebContents = (contents: unknown): BrowserWindow | null =>
    [...windows].find((window) => window.webContents === contents) ?? null;
  readonly webContents: WebContents;
  #visible = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    record('BrowserWindow', { ...options, webPreferences: { ...options.webPreferences, session: undefined } });
    this.webContents = new WebContents(options.webPreferences?.preload ?? '');
    windows.add(this);
    webContentsCreated(this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
    this.emit('ready-to-show');
  }
  isDestroyed = (): boolean => !windows.has(this);
  isMinimized = (): boolean => false;
  isVisible = (): boolean => this.#visible;
  restore(): void {}
  focus(): void {}
  show(): void {
    this.#visible = true;
    record('window-shown');
  }
  hide(): void {
    this.#visible = false;
    record('window-hidden');
  }
}

let announce: ((contents: WebContents) => void) | undefined;
const webContentsCreated = (contents: WebContents): void => announce?.(contents);
/** Lets `app` announce what this file makes. */
export const onWebContentsCreated = (listener: (contents: WebContents) => void): void => {
  announce = listener;
};
