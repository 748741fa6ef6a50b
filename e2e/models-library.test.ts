import type { Locator, Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { type LibraryNode, startLibraryNode } from './fixtures/library.ts';
import { expect, test as base } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const test = base.extend<{ library: LibraryNode; models: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern that it needs nothing
  library: async ({}, use) => {
    const library = await startLibraryNode();
    await use(library);
    await library.stop();
  },
  /** The interface, at Models. */
  models: async ({ page, library }, use) => {
    await page.goto(library.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    await appPage(page).go('models');
    await use(page);
  },
});

const row = (page: Page, name: string): Locator => page.getByTestId('library-row').filter({ hasText: name });
const card = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true });
const accept = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Download ${name}` }).click();
  await page.getByRole('button', { name: /^Accept and download/ }).click();
};

test('a model is fetched from a flaky server, loaded and chatted with while the bar of the next one fills', async ({
  models: page,
  library: { hub },
}) => {
  test.setTimeout(180_000);
  await expect(page.getByTestId('machine-card')).toContainText('core');
  await expect(page.getByTestId('engine-variant')).toHaveAttribute('data-variant', /threaded|prebuilt/);
  await expect(row(page, 'First')).toHaveAttribute('data-verdict', 'fits');
  await expect(row(page, 'Giant')).toHaveAttribute('data-verdict', 'wont-fit');

  // The licence comes before the first byte.
  await page.getByRole('button', { name: 'Download First' }).click();
  const dialog = page.getByTestId('download-dialog');
  await expect(dialog).toContainText('Test licence');
  await expect(dialog).toContainText('https://example.com/licence');
  await expect(dialog).toContainText('are free on the disk');
  expect(hub.requests).toHaveLength(0);

  // First it has no time, then the line falls twice in the middle of a range, then it hangs until it is let go.
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  hub.behave((exchange) => {
    const { index, response, file, from, to } = exchange;
    if (index === 0) return void response.writeHead(503, { 'retry-after': '0' }).end();
    if (index > 0 && index < 3) {
      exchange.head();
      response.write(file.subarray(from, from + Math.ceil((to - from) / 2)), () => response.destroy());
      return;
    }
    void gate.then(() => exchange.serve());
  });
  await dialog.getByRole('button', { name: 'Accept and download' }).click();
  const download = row(page, 'First').getByTestId('download');
  await expect(download).toHaveAttribute('data-state', 'running');
  await expect(page.getByTestId('strip-download')).toContainText('First');
  await expect
    .poll(async () => Number(await download.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(0);
  await download.getByRole('button', { name: 'Pause' }).click();
  await expect(download).toHaveAttribute('data-state', 'paused');
  await download.getByRole('button', { name: 'Go on' }).click();
  await expect(download).toHaveAttribute('data-state', 'running');
  open();
  await expect(card(page, 'First')).toBeVisible();
  await expect(download).toHaveCount(0);

  // The next one is under way, and stays so.
  const { promise: later, resolve: finish } = Promise.withResolvers<void>();
  hub.behave((exchange) => {
    exchange.head();
    exchange.response.write(exchange.file.subarray(exchange.from, exchange.from + 100_000));
    void later.then(() => exchange.response.end(exchange.file.subarray(exchange.from + 100_000, exchange.to)));
  });
  await accept(page, 'Second');
  await expect(row(page, 'Second').getByTestId('download')).toHaveAttribute('data-state', 'running');

  await card(page, 'First').getByRole('button', { name: 'Load' }).click();
  await expect(card(page, 'First').getByText('Ready')).toBeVisible();
  await card(page, 'First').getByRole('button', { name: 'Chat' }).click();
  const { message } = appPage(page);
  await expect(page.getByTestId('chat-place')).toContainText('Nothing leaves it');
  await page.getByRole('button', { name: 'Instructions and parameters' }).click();
  await page.getByLabel('Longest answer, in tokens').fill('24');
  await page.keyboard.press('Escape');
  await message.fill('Hello');
  await message.press('Enter');
  const answer = page.getByTestId('answer');
  await expect(answer).toHaveAttribute('data-state', 'done');
  await expect(page.getByTestId('strip-download')).toContainText('Second');
  await page.getByTestId('show-usage').click();
  const usage = page.getByTestId('usage');
  await expect(usage).toContainText('First');
  await expect(usage).toContainText('on this machine');
  await expect(usage).toContainText(/Wrote\s*\d+ tokens?/);
  await expect(usage).toContainText('tok/s');

  finish();
  await expect(page.getByTestId('strip-download')).toHaveCount(0);
  await appPage(page).go('models');
  await expect(card(page, 'Second')).toBeVisible();

  await page.getByRole('button', { name: 'Menu of Second' }).click();
  await page.getByRole('menuitem', { name: 'Delete the file…' }).click();
  await page.getByRole('button', { name: 'Delete the file' }).click();
  await expect(card(page, 'Second')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Download Second' })).toBeVisible();
});

test('a download that fails says what to do, and goes on from where it was', async ({
  models: page,
  library: { hub },
}) => {
  hub.behave(({ response }) => void response.writeHead(404).end());
  await accept(page, 'First');
  const fault = row(page, 'First').getByTestId('fault');
  await expect(fault).toContainText('The download stopped');
  hub.behave((exchange) => exchange.serve());
  await fault.getByRole('button', { name: 'Try again' }).click();
  await expect(card(page, 'First')).toBeVisible();
});

test('a download is cancelled, and nothing of it is left', async ({ models: page, library: { hub, node } }) => {
  hub.behave((exchange) => {
    exchange.head();
    exchange.response.write(exchange.file.subarray(exchange.from, exchange.from + 50_000));
  });
  await accept(page, 'First');
  const download = row(page, 'First').getByTestId('download');
  await expect(download).toHaveAttribute('data-state', 'running');
  await download.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel the download' }).click();
  await expect(page.getByRole('button', { name: 'Download First' })).toBeVisible();
  await expect.poll(() => node.client.models.downloads()).toEqual([]);
});

test('the library is searched and filtered, by keys as well', async ({ models: page }) => {
  const rows = page.getByTestId('library-row');
  await expect(rows).toHaveCount(3);
  await page.getByRole('textbox', { name: 'Search the library' }).fill('giant');
  await expect(rows).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Search the library' }).fill('');
  await page.getByRole('radio', { name: 'Fits here' }).focus();
  await page.keyboard.press('Space');
  await expect(rows).toHaveCount(2);
  await page.getByRole('radio', { name: 'All' }).focus();
  await page.keyboard.press('Space');
  // Why it won't fit is said to who hovers and to who tabs.
  const pill = row(page, 'Giant').getByRole('button', { name: /^Won’t fit: / });
  await pill.focus();
  await expect(page.getByRole('tooltip')).toContainText(/memory/i);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('download-dialog')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Not now' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('download-dialog')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing beside a download and in its dialog, ${theme}`, async ({
    models: page,
    library: { hub },
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    hub.behave((exchange) => {
      exchange.head();
      exchange.response.write(exchange.file.subarray(exchange.from, exchange.from + 50_000));
    });
    await accept(page, 'First');
    await expect(row(page, 'First').getByTestId('download')).toHaveAttribute('data-state', 'running');
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Download Second' }).click();
    await expect(page.getByTestId('download-dialog')).toBeVisible();
    expect(await accessFaults(page)).toEqual([]);
  });
}
