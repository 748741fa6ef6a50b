import { readFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocketRoute } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { connect } from './fixtures/api.ts';
import { discard, projectNode, root, serveNode } from './fixtures/node.ts';
import { seedCalls } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const everything = join(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
const elsewhere = `playbook: 1
id: elsewhere
version: 1
name: Say it elsewhere
description: Sends a line to another program.
inputs:
  - { id: line, title: Line, type: text }
tools: [mcp.all.echo, notes.list]
budget: { tokens: 100, seconds: 600, calls: 9, cost: 0 }
steps:
  - { id: look, kind: tool, title: Look at the notes, tool: notes.list, with: { limit: 1 } }
  - { id: say, kind: tool, title: Send the line, tool: mcp.all.echo, with: { message: '{{ inputs.line }}' }, needs: [look] }
result:
  - { title: What it said, value: steps.say }
`;

test('the calls of every run stand on one page as they happen, are found, opened and followed to their run', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await ui.go('calls');
  await expect(app.getByTestId('view-calls')).toContainText('No tool was called yet');
  const server = await api.tools.addMcpServer({
    name: 'all',
    transport: { type: 'stdio', command: projectNode, args: [everything], env: {} },
  });
  await api.tools.approveMcpServer({ id: server.id, hash: server.hash ?? '' });
  await api.playbooks.save({ text: elsewhere });
  const rows = app.getByTestId('call-row');
  const asked = rows.filter({ hasText: 'mcp.all.echo' });

  // Nobody asks for the page again: what happens comes by itself.
  const first = await api.runs.start({ skill: 'playbook', playbookId: 'elsewhere', inputs: { line: 'b\u202Eanana' } });
  await expect(asked).toHaveAttribute('data-state', 'waiting');
  await expect(rows).toHaveCount(2);
  await expect(asked).toContainText('b\\u{202e}anana');
  await expect(asked).toContainText('not yet');
  const [question] = (await api.runs.get({ id: first.id })).playbook?.questions ?? [];
  await api.runs.answer({ id: first.id, questionId: question?.id ?? '', answer: { type: 'approve', allow: true } });
  await expect(asked).toHaveAttribute('data-state', 'done');
  await expect(asked).toContainText('by you');
  await expect(rows.filter({ hasText: 'notes.list' })).toContainText('by a rule');

  const second = await api.runs.start({ skill: 'playbook', playbookId: 'elsewhere', inputs: { line: 'cherries' } });
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText('cherries');
  await api.runs.cancel({ id: second.id });
  await expect(rows.first()).toHaveAttribute('data-state', 'refused');
  await expect(rows.first()).toContainText('The run ended before anyone allowed it');

  // By keyboard: words, down into the list, open, close, the focus is where it was.
  await app.getByRole('textbox', { name: 'Words in a call' }).fill('CHERRIES');
  // The other call of that run too: its title has the word.
  await expect(rows).toHaveCount(2);
  await app.keyboard.press('ArrowDown');
  await expect(rows.first()).toBeFocused();
  await app.keyboard.press('Enter');
  const pane = app.getByTestId('call-pane');
  await expect(pane.getByTestId('arguments')).toContainText('cherries');
  await expect(pane).toContainText('Send the line');
  await expect(pane).toContainText('CANCELLED');
  await app.keyboard.press('Escape');
  await expect(pane).toBeHidden();
  await expect(rows.first()).toBeFocused();
  await app.getByRole('button', { name: 'Clear the words' }).click();
  await expect(rows).toHaveCount(4);

  const choose = async (filter: string, value: string): Promise<void> => {
    await app.getByRole('button', { name: new RegExp(`^${filter}: `, 'u') }).click();
    await app.getByRole('menuitem', { name: value, exact: true }).click();
  };
  await choose('Allowed', 'By you');
  await expect(rows).toHaveCount(1);
  await choose('Tool', 'notes.list');
  await expect(app.getByTestId('view-calls')).toContainText('No such call');
  const words = app.getByRole('textbox', { name: 'Words in a call' });
  await words.fill('nowhere');
  await expect(app.getByTestId('view-calls')).toContainText('No such call');
  await app.getByRole('button', { name: 'Show every call' }).click();
  await expect(words).toBeFocused();
  await expect(words).toHaveValue('');
  await expect(rows).toHaveCount(4);
  await choose('State', 'Refused');
  await expect(rows).toHaveCount(1);
  await choose('State', 'Every state');
  await choose('Effect', 'Sends out');
  await expect(rows).toHaveCount(2);

  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Export' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { run: { id: second.id }, tool: 'mcp.all.echo', state: 'refused', arguments: { message: 'cherries' } },
    {
      run: { id: first.id },
      tool: 'mcp.all.echo',
      state: 'done',
      allowedBy: 'you',
      result: { text: 'Echo: b\u202Eanana' },
    },
  ]);

  await rows.last().click();
  await pane.getByRole('button', { name: 'Only the calls of this run' }).click();
  await expect(rows).toHaveCount(2);
  await expect(app.getByRole('button', { name: /^Run: Say it elsewhere/u })).toBeFocused();
  await rows.first().click();
  await expect(pane.getByTestId('origin').last()).toContainText('from outside');
  expect(await accessFaults(app)).toEqual([]);
  await pane.getByRole('link').first().click();
  await expect(app.getByTestId('view-run')).toBeVisible();
  const call = app.getByTestId('call').filter({ hasText: 'mcp.all.echo' });
  await expect(call.getByRole('button').first()).toBeFocused();
  await expect(call).toContainText('Allowed by');
  await app.goBack();
  await expect(rows).toHaveCount(4);
});

test('calls that can’t be asked for are said so, and asked for again', async ({ page, node, api }) => {
  const ui = appPage(page);
  let isRefused = true;
  // The page's own line to the node, but for what it says to one question.
  await page.routeWebSocket(/\/rpc$/u, (line) => {
    const server = line.connectToServer();
    line.onMessage((message) =>
      server.send(
        isRefused && typeof message === 'string' ? message.replace('"/calls/list"', '"/calls/gone"') : message,
      ),
    );
  });
  await page.goto(node.signInUrl);
  await expect(page.getByTestId('rail')).toBeVisible();
  await ui.go('calls');
  await expect(page.getByTestId('fault')).toContainText("The calls can't be shown.");
  isRefused = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('view-calls')).toContainText('No tool was called yet');
  expect(await api.calls.tools()).toEqual([]);
});

test('ten thousand calls are walked to the last with few rows in the page; a rare one is found', async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-e2e-calls-'));
  await seedCalls(dir, 100, 100);
  const node = await serveNode(dir);
  const { api, close } = connect(node);
  try {
    const ui = appPage(page);
    const lines: WebSocketRoute[] = [];
    let isDown = false;
    await page.routeWebSocket(/\/rpc$/u, (line) => {
      if (isDown) return void line.close();
      line.connectToServer();
      lines.push(line);
    });
    await page.goto(node.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    await ui.go('calls');
    const rows = page.getByTestId('call-row');
    const list = page.getByTestId('call-list');
    await expect(rows.first()).toContainText('what run 99 asks as number 99');
    const most: number[] = [];
    const end = page.getByText('what run 0 asks as number 0', { exact: false });
    await expect(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      most.push(await rows.count());
      await expect(end).toBeVisible({ timeout: 50 });
    }).toPass({ timeout: 60_000, intervals: [20] });
    expect(Math.max(...most)).toBeLessThan(80);
    // A new call above leaves what is looked at where it is.
    await api.playbooks.save({ text: elsewhere });
    const place = await list.evaluate(({ scrollTop }) => scrollTop);
    await api.runs.start({ skill: 'playbook', playbookId: 'elsewhere', inputs: { line: 'x' } });
    await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(place);
    await expect(end).toBeVisible();

    await page.getByRole('textbox', { name: 'Words in a call' }).fill('rare');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('what run 3 asks as number 51');
    await expect(page.getByTestId('view-calls')).not.toContainText('Looking further back');
    await rows.press('End');
    await expect(rows).toBeFocused();

    isDown = true;
    for (const line of lines) await line.close();
    await expect(page.getByTestId('view-calls')).toContainText('Not live');
    await expect(rows).toHaveCount(1);
    const other = await api.runs.start({ skill: 'playbook', playbookId: 'elsewhere', inputs: { line: 'a rare bird' } });
    isDown = false;
    await expect(page.getByTestId('view-calls')).not.toContainText('Not live');
    await expect(rows.filter({ hasText: 'a rare bird' }).first()).toBeVisible();
    await api.runs.cancel({ id: other.id });
    expect(await node.stop()).toBe(0);
  } finally {
    close();
    await node.kill();
    discard(node);
  }
});
