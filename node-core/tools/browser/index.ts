import type { Page, Request } from 'playwright-core';
import { z } from 'zod';
import { AppError, errorCode } from '../../contract/index.ts';
import { withEffect } from '../outcome.ts';
import { defineTool, type Tool } from '../types.ts';
import { type Browser, createBrowser, noBrowser } from './browser.ts';
import { findBrowser } from './find-browser.ts';
import { nameOf, type Pass } from './gate.ts';
import { ReadPage, readPage } from './read.ts';

const NAVIGATION_MS = 30_000;
const SETTLE_MS = 3_000;
const ACTION_MS = 10_000;

/** The tools of a browser, and its end. */
export interface BrowserTools {
  readonly tools: readonly Tool[];
  stop(): Promise<void>;
}

const common = {
  outside: true,
  labels: { untrusted: true, private: false },
  settings: [
    {
      id: 'path',
      title: 'Browser',
      hint: 'The path of Chromium, Chrome or Edge; empty: the first one found on this machine.',
      secret: false,
    },
  ],
  missing: (setting: (id: string) => string | null) => (findBrowser(setting('path')) === null ? noBrowser : null),
  output: ReadPage,
} as const;

const WebAddress = z.url({ protocol: /^https?$/u }).max(4_000);

const seen = async (page: Page, id: string, pass: Pass, signal: AbortSignal): Promise<ReadPage> => {
  // Many pages are written by their scripts; those that never come to rest are read as they are.
  await page.waitForLoadState('networkidle', { timeout: SETTLE_MS }).catch(() => undefined);
  return { page: id, ...(await readPage(page, signal)), refused: [...pass.refused.keys()] };
};

/** The page that the person was shown, and no other that came since. */
const still = (page: Page, url: string): void => {
  if (page.url() !== url)
    throw new AppError('TOOL_FAILED', `The page is at ${page.url()} now. Look at it before something is done there.`);
};

const visit = async (page: Page, url: string, pass: Pass): Promise<void> => {
  // Of the page itself, which may have been sent on to another address.
  let failedAt = url;
  const onFailed = (request: Request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) failedAt = request.url();
  };
  page.on('requestfailed', onFailed);
  try {
    const response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: NAVIGATION_MS });
    if (response && response.status() >= 400)
      throw new AppError(
        'TOOL_FAILED',
        `${new URL(url).host} answered with status ${response.status()}. Check the address.`,
      );
  } catch (cause) {
    if (errorCode(cause) !== undefined) throw cause;
    // Whatever the browser makes of it, the reason is that of the gate.
    const refused = pass.refused.get(nameOf(failedAt));
    if (errorCode(refused) !== undefined) throw refused;
    throw new AppError(
      'TOOL_FAILED',
      `${new URL(url).host} could not be shown. Check the address, and whether it is a page.`,
      { cause },
    );
  } finally {
    page.off('requestfailed', onFailed);
  }
};

const found = async (page: Page, name: string) => {
  const field = page
    .getByLabel(name)
    .or(page.getByPlaceholder(name))
    .or(page.locator(`[name=${JSON.stringify(name)}]`));
  if ((await field.count()) === 0)
    throw new AppError('TOOL_FAILED', 'There is no such field on the page. Take one of its controls.');
  return field.first();
};

const clickable = async (page: Page, name: string) => {
  const roles = (['button', 'link', 'checkbox', 'radio', 'tab', 'menuitem', 'option'] as const).map((role) =>
    page.getByRole(role, { name }),
  );
  for (const candidate of [...roles, page.getByText(name, { exact: true })])
    if ((await candidate.count()) > 0) return candidate.first();
  throw new AppError('TOOL_FAILED', 'There is nothing of that name on the page. Take one of its controls or links.');
};

const toolsOf = (browser: Browser): readonly Tool[] => [
  defineTool({
    ...common,
    name: 'browser.open',
    title: 'Open a page in a browser',
    description: 'Opens an address in a real browser and gives what is to be read there, its links and its controls.',
    effect: 'read',
    repeatable: true,
    input: z.object({ url: WebAddress, page: z.string().nullable().default(null) }),
    sources: (_, { url }) => [url],
    call: ({ url, page: given }, context) =>
      browser.withPage(given, context, async (page, id, pass) => {
        await visit(page, url, pass);
        return seen(page, id, pass, context.signal);
      }),
  }),
  defineTool({
    ...common,
    name: 'browser.click',
    title: 'Click in a browser',
    description: 'Clicks a button or link, by its name, on a page that was opened, and gives what is to be read then.',
    effect: 'send-out',
    repeatable: false,
    input: z.object({ page: z.string(), url: WebAddress, name: z.string().min(1).max(200) }),
    sources: (_, { url }) => [url],
    call: ({ page: given, url, name }, context) =>
      withEffect((begin) =>
        browser.withPage(given, context, async (page, id, pass) => {
          still(page, url);
          const target = await clickable(page, name);
          await target.click({ timeout: ACTION_MS, trial: true });
          begin();
          await target.click({ timeout: ACTION_MS });
          await page.waitForLoadState('domcontentloaded', { timeout: NAVIGATION_MS }).catch(() => undefined);
          return seen(page, id, pass, context.signal);
        }),
      ),
  }),
  defineTool({
    ...common,
    name: 'browser.type',
    title: 'Type in a browser',
    description:
      'Fills in a field, by its name, on a page that was opened; and sends the form where that is asked for.',
    effect: 'send-out',
    repeatable: false,
    input: z.object({
      page: z.string(),
      url: WebAddress,
      field: z.string().min(1).max(200),
      text: z.string().max(20_000),
      send: z.boolean().default(false),
    }),
    sources: (_, { url }) => [url],
    call: ({ page: given, url, field: name, text, send }, context) =>
      withEffect((begin) =>
        browser.withPage(given, context, async (page, id, pass) => {
          still(page, url);
          const field = await found(page, name);
          const element = await field.elementHandle({ timeout: ACTION_MS });
          await element?.waitForElementState('editable', { timeout: ACTION_MS });
          begin();
          await field.fill(text, { timeout: ACTION_MS });
          if (send) await field.press('Enter', { timeout: ACTION_MS });
          await page.waitForLoadState('domcontentloaded', { timeout: NAVIGATION_MS }).catch(() => undefined);
          return seen(page, id, pass, context.signal);
        }),
      ),
  }),
];

export const createBrowserTools = (): BrowserTools => {
  const browser = createBrowser();
  return { tools: toolsOf(browser), stop: browser.stop };
};
