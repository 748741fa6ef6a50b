import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import type { Api } from './fixtures/api.ts';
import { projectNode, root } from './fixtures/node.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const everything = join(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');

const tellAll = `playbook: 1
id: tell-all
version: 1
name: Tell everyone
description: Sends a line to each of three.
inputs:
  - { id: line, title: Line, type: long-text }
tools: [mcp.all.echo]
budget: { tokens: 100, seconds: 600, calls: 9, cost: 0 }
steps:
  - { id: who, kind: rule, title: Who gets it, rule: list, with: { items: [Ana, Joel, Marta] } }
  - { id: keep, kind: change, title: Keep the line, change: note, with: { text: '{{ inputs.line }}' } }
  - { id: say, kind: tool, title: Send it to each, each: steps.who, tool: mcp.all.echo, with: { message: 'To {{ item }}: {{ inputs.line }}' }, optional: true }
result:
  - { title: What it said, value: steps.say }
`;

const prepare = async (api: Api): Promise<void> => {
  await api.tools.addMcpServer({
    name: 'all',
    transport: { type: 'stdio', command: projectNode, args: [everything], env: {} },
  });
  await expect
    .poll(async () => (await api.tools.mcpServers()).find(({ name }) => name === 'all')?.hash ?? null)
    .not.toBeNull();
  const [server] = await api.tools.mcpServers();
  if (!server?.hash) throw new Error('The server has no tools.');
  await api.tools.approveMcpServer({ id: server.id, hash: server.hash });
  await api.playbooks.save({ text: tellAll });
};

const show = (page: Page, tab: string): Promise<void> =>
  page.getByRole('radiogroup', { name: 'What to show' }).getByText(tab).click();

test('several questions at once are answered one after the other with keys; what went out is told when all is undone', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await prepare(api);
  const long = Array.from({ length: 120 }, (_, at) => `${at + 1}. A line of the letter that goes on.`).join('\n');
  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'tell-all', inputs: { line: long } });
  await ui.go(`run/${id}`);
  const asks = app.getByTestId('approval');
  await expect(asks).toHaveCount(3);
  await expect(asks.first()).toContainText('1 of 3');
  await expect(asks.first()).toContainText('To Ana');
  await expect(asks.first().getByTestId('refuse')).toBeFocused();
  await expect(asks.first().getByTestId('refuse')).toHaveAccessibleDescription('It sends something out.');
  await expect(app.getByRole('region', { name: /^Allow mcp\.all\.echo\? \d of 3$/ })).toHaveCount(3);

  // The whole of it is there, within a box that scrolls, and its length is told.
  const value = asks.first().getByTestId('arguments').locator('pre');
  await expect(value).toContainText('120. A line of the letter');
  await expect(asks.first().getByTestId('arguments')).toContainText('characters');
  const { shown, whole } = await value.evaluate((box) => ({ shown: box.clientHeight, whole: box.scrollHeight }));
  expect(shown).toBeLessThan(300);
  expect(whole).toBeGreaterThan(1_000);
  expect(await accessFaults(app)).toEqual([]);

  // A question takes no key before it could be read.
  const ready = asks.first().locator('[data-steady]');
  await expect(ready).toBeAttached();
  await app.keyboard.press('Enter');
  await expect(asks).toHaveCount(2);
  await expect(asks.first()).toContainText('To Joel');
  await expect(asks.first().getByTestId('refuse')).toBeFocused();
  await app.keyboard.press('Tab');
  await expect(asks.first().getByTestId('allow')).toBeFocused();
  await expect(ready).toBeAttached();
  await app.keyboard.press('Enter');
  await expect(asks).toHaveCount(1);
  await expect(asks.first()).toContainText('To Marta');
  await expect(asks.first().getByTestId('refuse')).toBeFocused();
  await expect(ready).toBeAttached();
  await app.keyboard.press('Enter');
  await expect(asks).toHaveCount(0);
  await expect(app.getByTestId('run-result')).toBeVisible();
  await expect(app.getByTestId('view-run')).toBeFocused();

  const note = app.getByTestId('undone-note');
  await expect(note).toContainText('1 call left this machine and can’t be taken back. What changed here can.');
  await app.getByTestId('undo-run').click();
  await expect(note).toContainText('What it had changed here was taken back');
  await expect(note).toContainText('mcp.all.echo');
  await note.getByRole('button', { name: 'See what went out' }).click();
  await expect(app.getByTestId('call')).toHaveCount(3);
  await expect(app.locator('[data-testid="call"][data-state="done"]')).toHaveCount(1);
  expect(await accessFaults(app)).toEqual([]);
  await show(app, 'Steps');
  await expect(app.getByTestId('run-steps')).toHaveAttribute('data-undone');
});

test('a run that waits is told wherever the person is, also where they do not look at Jan', async ({
  app,
  api,
  context,
  node,
}) => {
  const ui = appPage(app);
  await prepare(api);
  await context.grantPermissions(['notifications'], { origin: node.url });
  await ui.go('notes');
  // Another window has the focus; the notification itself is the system's.
  await app.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    document.hasFocus = () => false;
    window.Notification = class extends EventTarget {
      static permission = 'granted';
      constructor(title: string, options: NotificationOptions) {
        super();
        told.push({ title, ...options });
      }
      close(): void {}
    } as unknown as typeof Notification;
  });
  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'tell-all', inputs: { line: 'the secret' } });
  await expect(app).toHaveTitle('(1) Jan');
  await expect(ui.toasts).toContainText('waits for you');
  await expect(app.getByTestId('strip-waiting')).toBeVisible();
  await expect(app.getByTestId('rail').getByRole('link', { name: /Runs/ })).toContainText('1');
  // Not a word of what it is about: others may see that screen.
  expect(await app.evaluate(() => Reflect.get(window, 'told'))).toEqual([
    { title: 'Jan', body: 'A run waits for you.', tag: id },
  ]);
  await ui.go('runs');
  const waiting = app.getByTestId('waiting-runs');
  await expect(waiting.getByTestId('run-row')).toHaveCount(1);
  await waiting.getByRole('button', { name: /^Stop/ }).click();
  await expect(waiting).toHaveCount(0);
  await expect(app).toHaveTitle('Jan');
  await expect(app.getByTestId('strip-waiting')).toBeHidden();
  await app.getByTestId('run-row').click();
  await expect(app.getByTestId('undone-note')).toContainText(
    'It was stopped, and what it had changed here was taken back',
  );
});
