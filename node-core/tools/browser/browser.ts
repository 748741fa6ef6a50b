import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser as Chromium, BrowserContext, Page } from 'playwright-core';
import { newId } from '../../common/index.ts';
import { AppError, CancellationError, errorCode } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';
import { findBrowser } from './find-browser.ts';
import { type Gate, openGate, type Pass } from './gate.ts';

const MOST_PAGES = 8;
const IDLE_MS = 10 * 60_000;
const CALL_MS = 60_000;
const CLOSE_MS = 5_000;

interface Held {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly pass: Pass;
  isBusy: boolean;
  usedAt: number;
}

interface Running {
  readonly chromium: Chromium;
  readonly gate: Gate;
  readonly home: string;
  /** Where the process ends before the browser has. */
  readonly onExit: () => void;
}

/** One browser for all runs, begun by the first page and ended with the last; each page has a profile of its own, in memory. */
export interface Browser {
  /**
   * Does something with a page while the call may reach what its run may; `null` for a new page.
   * @throws AppError `TOOL_FAILED`, `TOOL_NOT_READY`, `EGRESS_REFUSED`, `CancellationError`
   */
  withPage<T>(
    id: string | null,
    context: ToolContext,
    work: (page: Page, id: string, pass: Pass) => Promise<T>,
  ): Promise<T>;
  stop(): Promise<void>;
}

/** What tells the browser's makers of pages, and, since the last such list counts, what Playwright turns off itself. */
const disabled = [
  ...[
    'AutofillServerCommunication',
    'OptimizationHints',
    'NetworkTimeServiceQuerying',
    'PreconnectToSearch',
    'AimEnabled',
  ],
  ...['MediaRouter', 'LensOverlay', 'Translate', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'PaintHolding'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['TcpPortRandomizationWin', 'msForceBrowserSignIn', 'ThirdPartyStoragePartitioning'],
];

const launch = async (path: string): Promise<Running> => {
  const { chromium } = await import('playwright-core');
  const gate = await openGate();
  const home = await mkdtemp(join(tmpdir(), 'jan-browser-'));
  const onExit = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', onExit);
  try {
    return {
      gate,
      home,
      onExit,
      chromium: await chromium.launch({
        executablePath: path,
        headless: true,
        // Chromium refuses to run in its sandbox as root.
        chromiumSandbox: process.getuid?.() !== 0,
        handleSIGHUP: false,
        handleSIGINT: false,
        handleSIGTERM: false,
        // What it does of itself has no pass.
        proxy: { server: gate.url, bypass: '<-loopback>' },
        env: { HOME: home, TMPDIR: home, LANG: 'en_US.UTF-8', PATH: process.env['PATH'] ?? '', ...systemRoot() },
        args: [
          '--disable-quic',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-pings',
          `--disable-features=${disabled.join()}`,
          '--dns-prefetch-disable',
          '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
        ],
      }),
    };
  } catch (cause) {
    process.off('exit', onExit);
    await gate.close();
    await rm(home, { recursive: true, force: true });
    throw new AppError(
      'TOOL_FAILED',
      'The browser did not start. Start it once by hand to see why, or set another one.',
      { cause },
    );
  }
};

const systemRoot = (): Record<string, string> =>
  process.platform === 'win32'
    ? { SYSTEMROOT: process.env['SYSTEMROOT'] ?? '', USERPROFILE: process.env['USERPROFILE'] ?? '' }
    : {};

const end = async ({ chromium, gate, home, onExit }: Running): Promise<void> => {
  await chromium.close().catch(() => undefined);
  await gate.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  process.off('exit', onExit);
};

export const createBrowser = (): Browser => {
  const pages = new Map<string, Held>();
  let starting: Promise<Running> | undefined;
  let idle: NodeJS.Timeout | undefined;

  const running = (path: string): Promise<Running> => {
    if (!starting) {
      const mine = launch(path);
      starting = mine;
      mine.then(
        ({ chromium }) =>
          chromium.once('disconnected', () => {
            if (starting === mine) void stop();
          }),
        () => {
          if (starting === mine) starting = undefined;
        },
      );
    }
    return starting;
  };

  const letGo = async (id: string): Promise<void> => {
    const held = pages.get(id);
    if (!held) return;
    pages.delete(id);
    held.pass.end();
    // A page that never rests may keep its profile from closing: then all of the browser ends.
    const late = setTimeout(() => void stop(), CLOSE_MS);
    await held.context.close().catch(() => undefined);
    clearTimeout(late);
  };

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = starting;
    starting = undefined;
    for (const { pass } of pages.values()) pass.end();
    pages.clear();
    if (ending) await ending.then(end, () => undefined);
  };

  const open = async (path: string): Promise<[string, Held]> => {
    const oldest = [...pages].filter(([, { isBusy }]) => !isBusy).toSorted(([, a], [, b]) => a.usedAt - b.usedAt)[0];
    if (pages.size >= MOST_PAGES) {
      if (!oldest) throw new AppError('TOOL_FAILED', `${MOST_PAGES} pages are in use. Try again when one is done.`);
      await letGo(oldest[0]);
    }
    const { chromium, gate } = await running(path);
    const pass = gate.issue();
    const context = await chromium.newContext({
      acceptDownloads: false,
      serviceWorkers: 'block',
      permissions: [],
      proxy: { server: gate.url, username: pass.username, password: pass.password, bypass: '<-loopback>' },
    });
    const page = await context.newPage();
    // A page opens no others.
    context.on('page', (other) => void other.close().catch(() => undefined));
    const id = newId();
    const held: Held = { page, context, pass, isBusy: false, usedAt: performance.now() };
    pages.set(id, held);
    return [id, held];
  };

  return {
    async withPage(given, context, work) {
      context.signal.throwIfAborted();
      const path = findBrowser(context.setting('path'));
      if (path === null) throw new AppError('TOOL_NOT_READY', noBrowser);
      const known = given === null ? undefined : pages.get(given);
      if (given !== null && !known)
        throw new AppError('TOOL_FAILED', 'That page is closed: pages are kept for a few minutes. Open it again.');
      if (known?.isBusy)
        throw new AppError('TOOL_FAILED', 'That page is in use by another step. Let one step follow the other.');
      const [id, held] = given !== null && known ? [given, known] : await open(path);
      if (context.signal.aborted) {
        if (given === null) await letGo(id);
        throw new CancellationError();
      }
      held.isBusy = true;
      clearTimeout(idle);
      const limit = AbortSignal.any([context.signal, AbortSignal.timeout(CALL_MS)]);
      // What goes on in the page can't be told to end: it is closed instead.
      const { promise: ended, reject } = Promise.withResolvers<never>();
      const onEnd = () => {
        void letGo(id);
        reject(new Error('The time is up.'));
      };
      limit.addEventListener('abort', onEnd, { once: true });
      held.pass.use(context.addresses);
      try {
        return await Promise.race([work(held.page, id, held.pass), ended]);
      } catch (cause) {
        if (context.signal.aborted) throw new CancellationError();
        if (given === null) await letGo(id);
        if (errorCode(cause) !== undefined) throw cause;
        throw new AppError(
          'TOOL_FAILED',
          limit.aborted
            ? `The page took longer than ${CALL_MS / 1_000} s.`
            : 'The browser could not do it. Open the page again and look what is on it.',
          { cause },
        );
      } finally {
        limit.removeEventListener('abort', onEnd);
        held.pass.use(null);
        held.isBusy = false;
        held.usedAt = performance.now();
        idle = setTimeout(() => void stop(), IDLE_MS).unref();
      }
    },
    stop,
  };
};

export const noBrowser =
  'There is no browser that Jan can drive. Install Chromium, Chrome or Edge, or set the path of one under Agents, Tools.';
