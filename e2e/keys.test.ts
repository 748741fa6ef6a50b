import type { Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import type { ServedNode } from './fixtures/node.ts';
import { appPage } from './pages/app-page.ts';

const chat = (node: ServedNode, key: string) =>
  fetch(`${node.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'jan-builtin',
      messages: [{ role: 'user', content: 'planted-question' }],
      max_tokens: 4,
    }),
  });
const post = async (node: ServedNode, path: string, body: object) => {
  const answer = await fetch(`${node.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const violations = async (page: Page, where: string): Promise<string[]> =>
  (await accessFaults(page)).map((fault) => `${where}: ${fault}`);

test('a key with a limit, made with the keyboard alone, is used up, seen in the log, and taken back', async ({
  app,
  node,
}) => {
  // Out of the line for new tasks.
  await app.keyboard.press('Escape');
  await app.keyboard.press('g');
  await app.keyboard.press('y');
  await expect(app.getByTestId('view-keys')).toBeVisible();
  await app.getByTestId('create-key').focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await app.keyboard.type('My editor');
  await app.getByRole('textbox', { name: 'Requests a minute' }).focus();
  await app.keyboard.type('2');
  await app.keyboard.press('Enter');
  const key = await app.getByTestId('new-key').innerText();
  expect(key).toMatch(/^jan_/);
  await expect(app.getByRole('button', { name: 'Done' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('key-pane')).toHaveCount(0);
  await expect(app.getByTestId('key-row').filter({ hasText: 'My editor' })).toContainText('2 requests a minute');

  expect((await chat(node, key)).status).toBe(200);
  expect((await chat(node, key)).status).toBe(200);
  // While someone looks.
  await expect(app.getByTestId('key-row').filter({ hasText: 'My editor' })).toContainText('Used');
  const refused = await chat(node, key);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

  await app.getByRole('navigation', { name: 'API' }).getByRole('link', { name: 'Requests' }).click();
  await expect(app.getByTestId('request-row')).toHaveCount(3);
  await app.getByRole('radio', { name: 'Failed' }).locator('..').click();
  await expect(app.getByTestId('request-row')).toHaveCount(1);
  await app.getByTestId('request-row').press('Enter');
  const pane = app.getByTestId('request-pane');
  await expect(pane).toContainText('429 · RATE_LIMITED');
  const command = await app.getByTestId('request-curl').innerText();
  expect(command).toContain('Bearer $JAN_KEY');
  expect(command).not.toContain(key);
  await app.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
  await expect(app.getByTestId('request-row')).toBeFocused();
  expect(await app.locator('body').innerText()).not.toContain('planted-question');

  await app.getByRole('navigation', { name: 'API' }).getByRole('link', { name: 'Keys' }).click();
  await app.getByTestId('key-row').filter({ hasText: 'My editor' }).click();
  await app.getByRole('button', { name: 'Revoke My editor' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(app.getByTestId('key-row')).toHaveCount(1);
  expect((await chat(node, key)).status).toBe(401);
});

test('a key is changed beside the list, and the change counts', async ({ app, api, node }) => {
  const ui = appPage(app);
  const { key } = await api.keys.create({ name: 'script', scopes: ['inference'] });
  await ui.go('keys');
  await app.getByTestId('key-row').filter({ hasText: 'script' }).click();
  await app.getByRole('checkbox', { name: 'Ask models' }).uncheck();
  await expect(app.getByRole('button', { name: 'Save' })).toBeDisabled();
  await app.getByRole('checkbox', { name: 'Tasks and notes' }).check();
  await app.getByRole('button', { name: 'Expires: Never' }).click();
  await app.getByRole('menuitem', { name: 'In 30 days' }).click();
  await app.getByRole('textbox', { name: 'Tokens a day' }).fill('many');
  await expect(app.getByText('A whole number from 1')).toBeVisible();
  await app.getByRole('textbox', { name: 'Tokens a day' }).fill('1000');
  await app.getByRole('button', { name: 'Save' }).click();
  const row = app.getByTestId('key-row').filter({ hasText: 'script' });
  await expect(row).toContainText('Tasks and notes · until');
  await expect(row).toContainText('1,000 tokens a day');
  expect((await chat(node, key)).status).toBe(403);
});

for (const theme of ['light', 'dark'] as const) {
  test(`a program asks for a key: the question comes up, the safe answer has the focus, ${theme}`, async ({
    app,
    api,
    node,
  }) => {
    const ui = appPage(app);
    await app.emulateMedia({ colorScheme: theme });
    const ask = async (name: string) =>
      (await post(node, '/pair/request', { name, scopes: ['inference', 'workspace'] })).body;
    const first = await ask('Stranger');
    const dialog = app.getByRole('dialog');
    await expect(dialog).toContainText('“Stranger”');
    await expect(dialog).toContainText(String(first['user_code']));
    await expect(dialog.getByRole('button', { name: 'Deny' })).toBeFocused();
    const found = await violations(app, 'question');
    // What someone types while it comes up is no answer but the safe one.
    await app.keyboard.press('n');
    await expect(ui.quickAdd).not.toBeFocused();
    await app.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    expect((await post(node, '/pair/token', { device_code: first['device_code'] })).status).toBe(403);

    const second = await ask('My editor');
    await expect(dialog).toContainText('“My editor”');
    await app.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect((await post(node, '/pair/token', { device_code: second['device_code'] })).status).toBe(202);
    await ui.go('keys');
    const waiting = app.getByTestId('pairing-request');
    await waiting.getByRole('checkbox', { name: 'Tasks and notes' }).uncheck();
    found.push(...(await violations(app, 'waiting')));
    await waiting.getByRole('button', { name: 'Allow' }).click();
    await expect(waiting).toHaveCount(0);
    const collect = () => post(node, '/pair/token', { device_code: second['device_code'] });
    await expect.poll(async () => (await collect()).status).toBe(200);
    await expect(app.getByTestId('key-row').filter({ hasText: 'My editor' })).toContainText('Ask models');
    expect((await api.keys.list()).find(({ name }) => name === 'My editor')?.scopes).toEqual(['inference']);

    await app.getByTestId('create-key').click();
    found.push(...(await violations(app, 'new key')));
    await app.getByRole('button', { name: 'Expires: Never' }).click();
    await expect(app.getByRole('menuitem', { name: 'Never' })).toBeFocused();
    found.push(...(await violations(app, 'menu')).filter((one) => !one.startsWith('menu: region')));
    expect(found).toEqual([]);
  });
}

test('what was used is a plot and a table, by key, day by day with the arrow keys', async ({ app, api, node }) => {
  test.setTimeout(180_000);
  const ui = appPage(app);
  const keys = await Promise.all(['first', 'second'].map((name) => api.keys.create({ name })));
  for (const { key } of keys) expect((await chat(node, key)).status).toBe(200);
  const run = await api.runs.start({ skill: 'plan', goal: 'Plan a picnic by June 30', today: '2026-05-01' });
  await expect.poll(async () => (await api.runs.get({ id: run.id })).state, { timeout: 90_000 }).toBe('done');
  await ui.go('usage');
  await expect(app.getByTestId('usage-chart')).toBeVisible();
  const day = app.getByRole('slider', { name: 'Day' });
  await expect(day).toHaveAttribute('aria-valuetext', /: [\d,]+ tokens; .*first \d+/);
  await expect(day).toHaveAttribute('aria-valuetext', /Jan itself [\d,]+/);
  const table = app.getByTestId('usage-table');
  await expect(table.getByRole('row', { name: /^first/ })).toContainText('Built-in');
  await expect(table.getByRole('row', { name: /^second/ })).toBeVisible();
  await day.press('ArrowLeft');
  await expect(app.getByTestId('usage-day')).toContainText(': 0 tokens');
  await app.getByRole('radiogroup', { name: 'What is counted' }).getByText('Requests').click();
  await day.press('End');
  await expect(app.getByTestId('usage-day')).toContainText('second1');
  await app.getByText('90 days').click();
  await expect(day).toHaveAttribute('aria-valuemax', '89');
  expect(await violations(app, 'usage')).toEqual([]);
});

test('the address that signs in works once, and leaves no key in the address', async ({ page, node, watch }) => {
  const answer = await fetch(`${node.url}/pair/sign-in`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.apiKey}` },
  });
  const { url } = (await answer.json()) as { url: string };
  expect(url).not.toContain(node.apiKey);
  await page.goto(url);
  await expect(page.getByTestId('rail')).toBeVisible();
  expect(page.url()).not.toContain('code');
  expect(await page.evaluate(() => localStorage.getItem('jan.key'))).not.toBe(node.apiKey);

  await appPage(page).go('settings');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByTestId('view-sign-in')).toBeVisible();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(page.getByTestId('view-sign-in')).toContainText('does not sign in any more');
  expect(watch.errors).toEqual([]);
});
