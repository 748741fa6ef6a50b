import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import type { Api } from './fixtures/api.ts';
import { addChatModel } from './fixtures/chat-model.ts';
import { projectNode, root } from './fixtures/node.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const everything = join(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
const budget = 'budget: { tokens: 20000, seconds: 600, calls: 9, cost: 0 }';

const inTurn = `playbook: 1
id: in-turn
version: 1
name: Say it twice
inputs:
  - { id: line, title: Line, type: text }
tools: [mcp.all.echo]
${budget}
steps:
  - { id: say, kind: tool, title: Send the line, tool: mcp.all.echo, with: { message: 'First {{ inputs.line }}' } }
  - { id: again, kind: tool, title: Send it again, tool: mcp.all.echo, with: { message: 'Second {{ steps.say }}' } }
result:
  - { title: What it said, value: steps.again }
`;
const atOnce = `playbook: 1
id: at-once
version: 1
name: Say it to each
tools: [mcp.all.echo]
${budget}
steps:
  - { id: who, kind: rule, title: Who gets it, rule: list, with: { items: [Ana, Joel] } }
  - { id: say, kind: tool, title: Send it to each, each: steps.who, tool: mcp.all.echo, with: { message: 'To {{ item }}' } }
result:
  - { title: What it said, value: steps.say }
`;
const letter = `playbook: 1
id: letter
version: 1
name: Letter
inputs:
  - { id: to, title: To, type: text }
${budget}
steps:
  - { id: note, kind: change, title: Keep the name, change: note, with: { text: 'To {{ inputs.to }}' } }
  - { id: write, kind: ask, title: Write the letter, prompt: 'Write to {{ inputs.to }}.', maxTokens: 200, needs: [note] }
result:
  - { title: Letter, value: steps.write }
`;

const addServer = async (api: Api): Promise<{ id: string; hash: string }> => {
  await api.tools.addMcpServer({
    name: 'all',
    transport: { type: 'stdio', command: projectNode, args: [everything], env: {} },
  });
  await expect.poll(async () => (await api.tools.mcpServers())[0]?.hash ?? null).not.toBeNull();
  const [server] = await api.tools.mcpServers();
  if (!server?.hash) throw new Error('The server has no tools.');
  return { id: server.id, hash: server.hash };
};

/** From here on time passes only where the test says so; what has begun to wait is over. */
const holdTime = async (app: Page): Promise<void> => {
  const now = await app.evaluate(() => Date.now());
  await app.clock.pauseAt(now + 2_000);
};

interface Point {
  readonly x: number;
  readonly y: number;
}

const middleOf = async (locator: Locator): Promise<Point> => {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** The second click of a double one, and one of its own, where the first has been. */
const pressAgain = async (app: Page, { x, y }: Point): Promise<void> => {
  await app.mouse.click(x, y, { clickCount: 2 });
  await app.mouse.click(x, y);
};

test('a call that has just been asked about is not allowed by the press that allowed the one before', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await api.tools.approveMcpServer(await addServer(api));
  const card = app.getByTestId('approval');
  const allow = card.first().getByTestId('allow');
  await app.clock.install();
  for (const [text, first, second] of [
    [inTurn, 'First hello', 'Second'],
    [atOnce, 'To Ana', 'To Joel'],
  ] as const) {
    const { id: playbookId } = await api.playbooks.save({ text });
    const inputs = text === inTurn ? { line: 'hello' } : {};
    const { id } = await api.runs.start({ skill: 'playbook', playbookId, inputs });
    await ui.go(`run/${id}`);
    await expect(card.first()).toContainText(first);
    await holdTime(app);
    const before = await middleOf(allow);
    await app.mouse.click(before.x, before.y);
    await expect(card).toHaveCount(1);
    await expect(card).toContainText(second);
    const point = await middleOf(allow);
    expect(Math.hypot(point.x - before.x, point.y - before.y)).toBeLessThan(30);
    await pressAgain(app, point);
    await allow.press('Enter');
    await allow.press(' ');
    await card.getByTestId('refuse').press('Enter');
    await app.clock.runFor(600);
    await pressAgain(app, point);
    await app.clock.runFor(200);
    await expect(card.locator('[data-steady]')).toBeAttached();
    // Who has read it is heard, but not a second click of theirs.
    await app.mouse.click(point.x, point.y, { clickCount: 2 });
    const { playbook } = await api.runs.get({ id });
    expect(playbook?.calls.map(({ state }) => state)).toEqual(['done', 'waiting']);
    await app.mouse.click(point.x, point.y);
    await expect(app.getByTestId('run-result')).toBeVisible();
    await app.clock.resume();
  }
});

test('what takes the place of Stop and of Undo is not pressed by a second press; what is under way is not begun twice', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  const model = await addChatModel(api);
  await api.models.setDefault({ id: model.id });
  await api.playbooks.save({ text: letter });
  const runs = async (): Promise<string[]> => (await api.runs.list({})).map(({ state }) => state).toReversed();
  try {
    const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'letter', inputs: { to: 'Ana' } });
    await app.clock.install();
    await ui.go(`run/${id}`);
    await model.next();
    const stop = app.getByTestId('stop-run');
    const again = app.getByRole('button', { name: 'Run again' });
    await expect(stop).toBeVisible();
    await holdTime(app);
    let point = await middleOf(stop);
    await app.mouse.click(point.x, point.y);
    await expect(again).toBeVisible();
    point = await middleOf(again);
    await pressAgain(app, point);
    await again.press('Enter');
    await app.clock.runFor(600);

    // Two presses before the first is answered are one.
    await again.evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(stop).toBeVisible();
    const answer = await model.next();
    answer.say('Dear Ana');
    answer.end();
    const undo = app.getByTestId('undo-run');
    await expect(undo).toBeVisible();
    expect(await runs()).toEqual(['cancelled', 'done']);
    await app.clock.runFor(600);
    await undo.focus();
    await app.keyboard.press('Enter');
    // That it was undone is told with the list, which is asked for a moment later.
    await expect(async () => {
      await app.clock.runFor(10);
      await expect(again).toBeVisible({ timeout: 100 });
    }).toPass();
    await expect(app.getByTestId('view-run')).toBeFocused();
    await app.keyboard.press('Enter');
    await pressAgain(app, await middleOf(again));
    await app.clock.runFor(600);
    await again.focus();
    await app.keyboard.press('Enter');
    await expect(stop).toBeVisible();
    await model.next();
    await expect.poll(runs).toEqual(['cancelled', 'done', 'running']);

    // Stopped by key, the keys go on from the run.
    await app.clock.runFor(600);
    await stop.focus();
    await app.keyboard.press('Enter');
    await expect(again).toBeVisible();
    await expect(app.getByTestId('view-run')).toBeFocused();
  } finally {
    await model.close();
  }
});

test('a run that moves up in the list to where another was stopped is not stopped by the same press', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await api.tools.approveMcpServer(await addServer(api));
  await api.playbooks.save({ text: inTurn });
  for (const line of ['one', 'two'])
    await api.runs.start({ skill: 'playbook', playbookId: 'in-turn', inputs: { line } });
  await app.clock.install();
  await ui.go('runs');
  const rows = app.getByTestId('waiting-runs').getByTestId('run-row');
  const stop = app.getByTestId('waiting-runs').getByRole('button', { name: /^Stop/u }).first();
  await expect(rows).toHaveCount(2);
  await holdTime(app);
  const point = await middleOf(stop);
  await app.mouse.click(point.x, point.y);
  await expect(async () => {
    await app.clock.runFor(10);
    await expect(rows).toHaveCount(1, { timeout: 100 });
  }).toPass();
  expect(await middleOf(stop)).toEqual(point);
  await pressAgain(app, point);
  await stop.press('Enter');
  await app.clock.runFor(600);
  expect((await api.runs.list({})).map(({ state }) => state).toSorted()).toEqual(['cancelled', 'waiting']);
  await app.mouse.click(point.x, point.y);
  await expect
    .poll(async () => (await api.runs.list({})).map(({ state }) => state))
    .toEqual(['cancelled', 'cancelled']);
});

test('the key that closes the palette and then stops the run says so, and the run can be had again', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  const model = await addChatModel(api);
  await api.models.setDefault({ id: model.id });
  await api.playbooks.save({ text: letter });
  try {
    const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'letter', inputs: { to: 'Ana' } });
    await ui.go(`run/${id}`);
    await model.next();
    await expect(app.getByTestId('stop-run')).toBeVisible();
    await app.keyboard.press('Control+k');
    await expect(ui.palette).toBeVisible();
    await app.keyboard.press('Escape');
    await expect(ui.palette).toBeHidden();
    expect((await api.runs.get({ id })).state).toBe('running');
    await app.keyboard.press('Escape');
    await expect(ui.toasts).toContainText('was stopped');
    await ui.toasts.getByRole('button', { name: 'Run again' }).click();
    await expect.poll(async () => (await api.runs.list({})).length).toBe(2);
  } finally {
    await model.close();
  }
});

test('the clock of a run goes on while it waits, in its head, its list and its trace', async ({ app, api }) => {
  const ui = appPage(app);
  await api.tools.approveMcpServer(await addServer(api));
  await api.playbooks.save({ text: inTurn });
  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'in-turn', inputs: { line: 'hello' } });
  await app.clock.install();
  await ui.go(`run/${id}`);
  await expect(app.getByTestId('approval')).toBeVisible();
  await app.clock.runFor(180_000);
  await expect(app.getByTestId('view-run')).toContainText(/Waiting for you · 3 ?min/u);
  await app.getByRole('radiogroup', { name: 'What to show' }).getByText('Trace').click();
  await expect(app.getByTestId('trace').getByRole('button').first()).toContainText(/3 ?min/u);
  await ui.go('runs');
  await expect(app.getByTestId('waiting-runs')).toContainText(/3 ?min/u);
});

test('keys go on where a form was closed: a fact, a server, a step', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.go('facts');
  for (const line of ['No meetings before ten', 'Tea, not coffee']) {
    const tell = app.getByRole('button', { name: 'Tell Jan something' });
    await tell.focus();
    await app.keyboard.press('Enter');
    await app.getByRole('textbox', { name: 'Something about you' }).fill(line);
    await app.keyboard.press('Enter');
    await expect(app.getByTestId('fact').filter({ hasText: line })).toBeVisible();
    await expect(tell).toBeFocused();
  }
  const edit = app.getByRole('button', { name: 'Edit “Tea, not coffee”' });
  await edit.focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Escape');
  await expect(edit).toBeFocused();

  await addServer(api);
  await ui.go('tools');
  const server = app.getByTestId('mcp-server');
  const approve = server.getByTestId('approve-server');
  await approve.focus();
  await expect(server.locator('[data-steady]')).toBeAttached();
  await app.keyboard.press('Enter');
  await expect(server).toHaveAttribute('data-state', 'ready');
  await expect(server.getByRole('button', { name: /^Show \d+ tools$/u })).toBeFocused();

  const { id } = await api.runs.start({ skill: 'playbook', playbookId: 'plan-goal', inputs: { goal: 'A party' } });
  await expect.poll(async () => (await api.runs.get({ id })).endedAt).not.toBeNull();
  await ui.go(`run/${id}`);
  await app.getByRole('radiogroup', { name: 'What to show' }).getByText('Steps').click();
  await app.getByTestId('run-step').first().getByRole('button').first().click();
  const fork = app.getByTestId('fork');
  await fork.focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('form', { name: 'Fork from here' }).locator(':focus')).toBeAttached();
  await app.keyboard.press('Escape');
  await expect(fork).toBeFocused();
});

test('what was written of a profile and of a playbook stays, and nobody loses it by leaving', async ({ app }) => {
  const ui = appPage(app);
  const leave = async (): Promise<string> => {
    const asked = app.waitForEvent('dialog');
    await app.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    await dialog.dismiss();
    return dialog.type();
  };
  await ui.go('profiles');
  const profile = app.getByTestId('profile').first();
  const told = profile.getByRole('textbox', { name: 'What it is told' });
  await profile.getByRole('button').first().click();
  const before = await told.inputValue();
  await told.fill('You plan in verse.');
  await ui.go('inbox');
  expect(await leave()).toBe('beforeunload');
  await ui.go('profiles');
  await expect(profile).toContainText('not kept yet');
  await profile.getByRole('button').first().click();
  await expect(told).toHaveValue('You plan in verse.');
  await profile.getByRole('button', { name: 'Take it back' }).click();
  await expect(told).toHaveValue(before);
  await expect(profile).not.toContainText('not kept yet');

  await ui.go('new-playbook');
  const text = app.getByRole('textbox', { name: 'Playbook' });
  await text.fill('');
  await expect(app.getByTestId('playbook-faults')).toContainText('This is no playbook yet. Begin with the lines');
  await expect(app.getByRole('region', { name: 'Begin with' })).toBeVisible();
  await text.fill(
    letter
      .replace('needs: [note]', 'needs: [last]')
      .replace(
        'result:',
        "  - { id: last, kind: ask, title: Sum it up, prompt: 'Sum up {{ steps.write }}.', maxTokens: 200 }\nresult:",
      ),
  );
  await expect(app.getByTestId('playbook-faults')).toBeVisible();
  const nodes = app.getByTestId('plan-node');
  await expect(nodes).toHaveCount(3);
  for (const node of await nodes.all()) await expect(node).toBeVisible();
  await expect(app.locator('.react-flow__edge path[d*="NaN"]')).toHaveCount(0);
  expect(await leave()).toBe('beforeunload');
  await expect(text).toContainText('Sum it up');
});
