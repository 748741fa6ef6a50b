import type { Locator, Page, WebSocketRoute } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { addChatModel } from './fixtures/chat-model.ts';
import { expect, test } from './fixtures/test.ts';
import { holdableLine } from './fixtures/held-line.ts';
import { letter } from './fixtures/letter.ts';
import { appPage } from './pages/app-page.ts';

// Each page of agents where nothing comes, where what comes is a fault, and where the node goes away under it and comes back.

const pages = [
  { path: 'agents', row: 'playbook-card', says: "The playbooks can't be shown." },
  { path: 'tools', row: 'tool', says: "The tools can't be shown." },
  { path: 'schedules', row: 'schedule', says: "The schedules can't be shown." },
  { path: 'runs', row: 'run-row', says: "The runs can't be shown." },
] as const;

const placeOf = (head: Locator): Promise<unknown> =>
  head.evaluate((element) => {
    const { x, y, height } = element.getBoundingClientRect();
    return { x, y, height };
  });

const signIn = async (page: Page, key: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'API key' }).fill(key);
  await page.keyboard.press('Enter');
};

test('a node that goes away under a page leaves what was there, says so, and the page goes on where it was', async ({
  app,
  api,
  node,
}) => {
  const ui = appPage(app);
  await api.playbooks.save({ text: letter });
  await api.schedules.save({
    playbookId: 'letter',
    inputs: { to: 'Ana' },
    trigger: { on: 'time', cron: '0 16 * * 5', timeZone: 'Europe/Rome' },
    enabled: false,
  });
  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'plan-goal', inputs: { goal: 'Plan a party' } });
  const banner = app.getByTestId('connection-banner');
  let now = node;
  for (const { path, row } of [...pages.slice(0, 3), { path: `run/${id}`, row: 'run-result' }]) {
    await ui.go(path);
    await expect(app.getByTestId(row).first()).toBeVisible();
    await now.kill();
    await expect(banner).toContainText('comes back by itself');
    await expect(app.getByTestId(row).first()).toBeVisible();
    await expect(app.getByTestId('fault')).toHaveCount(0);
    now = await now.restart();
    // The key of the page was that of the node that is gone.
    await signIn(app, now.apiKey);
    await expect(app.getByTestId(row).first()).toBeVisible();
    await expect(banner).toBeHidden();
  }
  expect(await now.stop()).toBe(0);
});

test('a run that is watched goes on being watched after the node was killed, and after the line fell', async ({
  app,
  api,
  node,
  page,
}) => {
  const ui = appPage(app);
  const model = await addChatModel(api);
  try {
    await api.models.setDefault({ id: model.id });
    await api.playbooks.save({ text: letter });
    const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'letter', inputs: { to: 'Ana' } });
    await ui.go(`run/${id}`);
    (await model.next()).say('Dear Ana, half of');
    await expect(app.getByTestId('step-stream')).toContainText('half of');
    await node.kill();
    await expect(app.getByTestId('connection-banner')).toBeVisible();
    // A place that was not seen before waits for the line, and says that it does.
    await ui.go('tools');
    await expect(app.getByRole('status', { name: 'Loading' })).toBeVisible();
    await app.goBack();

    const again = await node.restart();
    const lines: WebSocketRoute[] = [];
    let isDown = false;
    await page.routeWebSocket(/\/rpc$/u, (line) => {
      if (isDown) return void line.close();
      line.connectToServer();
      lines.push(line);
    });
    await signIn(app, again.apiKey);
    const answer = await model.next();
    answer.say('Dear Ana, all of');
    await expect(app.getByTestId('step-stream')).toContainText('all of');

    isDown = true;
    for (const line of lines) await line.close();
    await expect(app.getByTestId('connection-banner')).toBeVisible();
    await expect(app.getByTestId('step-stream')).toContainText('all of');
    answer.say(' it.');
    answer.end();
    isDown = false;
    await expect(app.getByTestId('result-line')).toContainText('Dear Ana, all of it.');
    await expect(app.getByTestId('connection-banner')).toBeHidden();
    expect(await again.stop()).toBe(0);
  } finally {
    await model.close();
  }
});

test('a part of the page that the node took along when it went comes with it, and the page stays', async ({
  page,
  node,
}) => {
  let isGone = true;
  await page.route(
    (url) => url.pathname === '/' || url.pathname.includes('tools-view'),
    async (route) => {
      const isFirst = route.request().isNavigationRequest();
      await (isGone && !isFirst ? route.abort() : route.continue());
    },
  );
  const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('tools-view'));
  await page.goto(node.signInUrl);
  await expect(page.getByTestId('rail')).toBeVisible();
  await refused;
  const same = await page.evaluateHandle(() => document.documentElement);
  const again = page.waitForEvent('requestfailed', (request) => request.url().includes('tools-view'));
  await page.evaluate(() => {
    location.hash = '#/tools';
  });
  await again;
  await expect(page.getByTestId('tool')).toHaveCount(0);
  isGone = false;
  await expect(page.getByTestId('tool').first()).toBeVisible();
  expect(await same.evaluate((element) => element.isConnected)).toBe(true);
});

test('what can not be loaded says so and offers to try again', async ({ page, api, node }) => {
  const ui = appPage(page);
  // This key may ask models and nothing else.
  const { key } = await api.keys.create({ name: 'Editor', scopes: ['inference'] });
  await page.goto(`${node.url}/#key=${encodeURIComponent(key)}`);
  await expect(page.getByTestId('rail')).toBeVisible();
  for (const { path, row, says } of pages) {
    await ui.go(path);
    const fault = page.getByTestId('fault').filter({ hasText: says });
    await expect(fault).toContainText('key');
    await expect(page.getByTestId(row)).toHaveCount(0);
    await expect(page.getByTestId('empty-state')).toHaveCount(0);
    await fault.getByRole('button', { name: 'Try again' }).click();
    await expect(fault).toBeVisible();
    expect(await accessFaults(page)).toEqual([]);
  }
  await ui.go('run/none');
  await expect(page.getByTestId('fault')).toContainText("This run can't be shown.");
  await page.getByTestId('fault').getByRole('button', { name: 'See all runs' }).click();
  await expect(page.getByTestId('view-runs')).toBeVisible();
});

test('while something loads its place is kept, and nothing of the head moves when it comes', async ({
  page,
  api,
  node,
}) => {
  const ui = appPage(page);
  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'plan-goal', inputs: { goal: 'Plan a party' } });
  const line = await holdableLine(page);
  await page.goto(node.signInUrl);
  await expect(page.getByTestId('rail')).toBeVisible();
  for (const [path, row] of [
    ['tools', 'tool'],
    ['profiles', 'profile'],
    [`run/${id}`, 'run-result'],
  ] as const) {
    line.hold();
    await ui.go(path);
    await expect(page.getByRole('status', { name: 'Loading' }).first()).toBeVisible();
    await expect(page.getByTestId('empty-state')).toHaveCount(0);
    const head = page.getByRole('heading', { level: 1 });
    const before = await placeOf(head);
    line.release();
    await expect(page.getByTestId(row).first()).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    expect(await placeOf(head)).toEqual(before);
  }
});

test('nothing to show says what the place is for and what to do', async ({ app }) => {
  const ui = appPage(app);
  for (const [path, button] of [
    ['runs', 'Plan a goal'],
    ['schedules', 'New schedule'],
    ['facts', 'Tell Jan something'],
    ['composed', 'To Agents'],
  ] as const) {
    await ui.go(path);
    await expect(app.getByTestId('empty-state').getByRole('button', { name: button })).toBeVisible();
  }
});
