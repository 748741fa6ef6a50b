import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { addChatModel } from './fixtures/chat-model.ts';
import { projectNode, root } from './fixtures/node.ts';
import { expect, test } from './fixtures/test.ts';
import { letter } from './fixtures/letter.ts';
import { appPage } from './pages/app-page.ts';

const everything = join(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const show = (page: Page, tab: string): Promise<void> =>
  page.getByRole('radiogroup', { name: 'What to show' }).getByText(tab).click();

const echo = (id: string, text: string): string => `playbook: 1
id: ${id}
version: 1
name: Say it elsewhere
description: Sends a line to another program.
inputs:
  - { id: line, title: Line, type: text }
tools: [mcp.all.echo]
budget: { tokens: 100, seconds: 600, calls: 4, cost: 0 }
steps:
  - { id: say, kind: tool, title: Send the line, tool: mcp.all.echo, with: { message: '{{ inputs.line }}' }${text} }
result:
  - { title: What it said, value: steps.say }
`;

test('a playbook goes from its card to its result with the plan in view, by keyboard, and is undone', async ({
  app,
}) => {
  const ui = appPage(app);
  await app.keyboard.press('Escape');
  await app.locator('main').first().focus();
  await app.keyboard.press('g');
  await app.keyboard.press('a');
  await expect(heading(app)).toHaveText('Agents');
  const card = app.locator('[data-playbook="plan-goal"]');
  await expect(card).toBeVisible();
  await card.focus();
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('view-playbook')).toBeVisible();
  await expect(app.getByTestId('start-playbook')).toBeDisabled();
  await app.getByRole('textbox', { name: 'Goal' }).fill('Plan the summer party by June 30');

  await app.getByTestId('plan-node').filter({ hasText: 'Read the goal' }).click();
  await app.getByTestId('step-editor').getByRole('textbox', { name: 'Title' }).fill('Look at the goal');
  await expect(app.getByTestId('plan-node').filter({ hasText: 'Look at the goal' })).toBeVisible();
  await app.getByRole('textbox', { name: 'Goal' }).press('Control+Enter');

  await expect(app.getByTestId('run-result')).toBeVisible();
  await show(app, 'Steps');
  await expect(app.getByTestId('run-step').filter({ hasText: 'Look at the goal' })).toHaveAttribute(
    'data-state',
    'done',
  );
  await expect(app.getByTestId('budget')).toContainText('Tokens');
  await show(app, 'Graph');
  const first = app.getByRole('button', { name: /Look at the goal, Rule, done/ });
  await first.focus();
  await app.keyboard.press('ArrowDown');
  const here = app.getByTestId('plan-node').and(app.locator(':focus'));
  await expect(here).not.toHaveAccessibleName(/Look at the goal/);
  const heightOf = async (node: Locator): Promise<number> => (await node.boundingBox())?.y ?? 0;
  expect(await heightOf(here)).toBeGreaterThan(await heightOf(first));
  await app.keyboard.press('ArrowUp');
  expect(await heightOf(here)).toBe(await heightOf(first));
  await first.focus();
  const zoomOf = (): Promise<string> =>
    app.locator('.react-flow__viewport').evaluate((element) => element.style.transform.replace(/^.*scale/u, ''));
  const zoom = await zoomOf();
  await app.keyboard.press('-');
  await expect.poll(zoomOf).not.toBe(zoom);
  await app.keyboard.press('Enter');
  await expect(app.getByRole('list', { name: 'The chosen step' })).toContainText('Look at the goal');
  await show(app, 'Trace');
  await expect(app.getByTestId('trace')).toContainText('plan-goal');
  await app.getByRole('button', { name: 'More' }).click();
  await app.getByRole('menuitem', { name: 'Replay from the journal' }).click();
  const replay = app.getByTestId('replay');
  await expect(replay).toContainText('says the same');
  await replay.getByRole('button', { name: 'Dismiss' }).click();
  await expect(replay).toBeHidden();

  await show(app, 'Result');
  await app.getByTestId('result-project').getByRole('button').click();
  await expect(app.getByTestId('view-project')).toBeVisible();
  await app.goBack();
  await app.getByTestId('undo-run').click();
  await expect(ui.toasts).toContainText('taken back');
  await expect(app.getByTestId('undone-note')).toContainText('taken back');
  await app.getByRole('button', { name: 'Run again' }).click();
  await expect(app.getByTestId('run-result')).toBeVisible();
  await show(app, 'Steps');
  await expect(app.getByTestId('run-step').filter({ hasText: 'Look at the goal' })).toBeVisible();
  await app.getByTestId('undo-run').click();
  await expect(app.getByTestId('view-run')).toContainText('Undone');
  await ui.go('projects');
  await expect(app.getByTestId('project-row')).toHaveCount(0);
});

test('a call that leaves is asked for with its exact arguments, wherever the person is, and refused or allowed', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await ui.go('tools');
  await app.getByRole('button', { name: 'Add a server' }).click();
  const form = app.getByRole('form', { name: 'Add an MCP server' });
  await form.getByRole('textbox', { name: 'Name' }).fill('all');
  await form.getByRole('textbox', { name: 'Program' }).fill(projectNode);
  await form.getByRole('textbox', { name: 'Arguments' }).fill(everything);
  await form.getByRole('button', { name: 'Add' }).click();
  const server = app.getByTestId('mcp-server');
  await expect(server).toContainText('Waits for your approval');
  await expect(server).toContainText('echo');
  await server.getByTestId('approve-server').click();
  await expect(server).toHaveAttribute('data-state', 'ready');

  await ui.go('new-playbook');
  const text = app.getByRole('textbox', { name: 'Playbook' });
  await text.fill(echo('elsewhere', ', needs: [nothing]'));
  await expect(app.getByTestId('playbook-faults')).toContainText('nothing');
  await expect(app.getByTestId('save-playbook')).toBeDisabled();
  await app.getByTestId('playbook-faults').getByRole('button').first().click();
  await expect(text).toBeFocused();
  await text.fill(echo('elsewhere', ', optional: true'));
  await expect(app.getByTestId('save-playbook')).toBeEnabled();
  await app.keyboard.press('Control+s');
  await expect(app.getByTestId('view-playbook')).toBeVisible();

  await app.getByRole('textbox', { name: 'Line' }).fill('to b\u202Egnp.ana');
  await app.getByTestId('start-playbook').click();
  const approval = app.getByTestId('approval');
  await expect(approval).toContainText('mcp.all.echo');
  await expect(approval.getByTestId('arguments')).toContainText('to b\\u{202e}gnp.ana');
  await expect(approval.getByTestId('refuse')).toBeFocused();
  await expect(approval.locator('[data-steady]')).toBeAttached();
  await approval.getByTestId('refuse').press('Enter');
  await expect(app.getByTestId('view-run')).toContainText('Done');
  await show(app, 'Tools');
  await expect(app.getByTestId('call')).toHaveAttribute('data-state', 'refused');

  await ui.go('inbox');
  await api.runs.start({ skill: 'playbook', playbookId: 'elsewhere', inputs: { line: 'hello' } });
  await expect(app.getByTestId('strip-waiting')).toBeVisible();
  await expect(app.getByTestId('rail').getByRole('link', { name: /Runs/ })).toContainText('1');
  await ui.toasts.getByRole('button', { name: 'Look' }).click();
  await approval.getByTestId('allow').click();
  await expect(app.getByTestId('result-line')).toContainText('hello');
  await expect(app.getByTestId('strip-waiting')).toBeHidden();
  await show(app, 'Tools');
  const call = app.getByTestId('call');
  await expect(call).toHaveAttribute('data-state', 'done');
  await call.getByRole('button').click();
  await expect(call).toContainText('Allowed by');
  await expect(call.getByTestId('origin').last()).toContainText('from outside');
});

test('a call under way when the node is killed is asked about, not made again', async ({ app, api, node }) => {
  const ui = appPage(app);
  await api.tools.addMcpServer({
    name: 'all',
    transport: { type: 'stdio', command: projectNode, args: [everything], env: {} },
  });
  await ui.go('tools');
  await app.getByTestId('approve-server').click();
  await expect(app.getByTestId('mcp-server')).toHaveAttribute('data-state', 'ready');
  await api.playbooks.save({
    text: echo('slow', '')
      .replaceAll('mcp.all.echo', 'mcp.all.trigger-long-running-operation')
      .replace("{ message: '{{ inputs.line }}' }", '{ duration: 600, steps: 1 }'),
  });
  const run = await api.runs.start({ skill: 'playbook', playbookId: 'slow', inputs: { line: 'now' } });
  await ui.go(`run/${run.id}`);
  await app.getByTestId('allow').click();
  await show(app, 'Tools');
  await expect(app.getByTestId('call')).toHaveAttribute('data-state', 'running');
  await node.kill();
  const again = await node.restart();
  await app.goto('about:blank');
  await app.goto(again.signInUrl);
  await app.getByTestId('strip-waiting').click();
  const question = app.getByTestId('outcome');
  await expect(question).toContainText('trigger-long-running-operation');
  await expect(question.getByRole('button', { name: 'Go on without it' })).toBeFocused();
  await question.getByRole('button', { name: 'It happened' }).click();
  await expect(question).toBeHidden();
  await expect(app.getByTestId('view-run')).toContainText(/Done|Failed/);
  await show(app, 'Tools');
  await expect(app.getByTestId('call')).toHaveCount(1);
  expect(await again.stop()).toBe(0);
});

test('proposals are taken and left with keys', async ({ app, api }) => {
  const ui = appPage(app);
  for (const [title, text] of [
    ['Garden', 'tomatoes, beans and a hose for the garden beds'],
    ['Garden again', 'tomatoes, beans and a hose for the garden beds'],
    ['Trip', 'train to Basel, hotel near the river, museum tickets'],
    ['Trip to Basel', 'train to Basel, hotel near the river, museum and tickets'],
  ] as const)
    await api.notes.create({ text: `# ${title}\n\n${text}\n` });
  await ui.go('playbook/organise-notes');
  await expect(app.getByRole('button', { name: 'Notes: All notes' })).toBeVisible();
  await app.getByTestId('start-playbook').click();
  const proposals = app.getByTestId('proposal');
  await expect(proposals.first()).toBeFocused();
  const count = await proposals.count();
  expect(count).toBeGreaterThan(1);
  await expect(app.getByTestId('diff').first()).toBeVisible();
  await app.keyboard.press('j');
  await expect(proposals.nth(1)).toBeFocused();
  await app.keyboard.press(' ');
  await expect(proposals.nth(1)).toHaveAttribute('aria-checked', 'true');
  await app.keyboard.press('k');
  await app.keyboard.press('a');
  await expect(app.getByTestId('choose-done')).toContainText(`Take ${count} of ${count}`);
  await expect(app.getByTestId('choose').locator('[data-steady]')).toBeAttached();
  await app.keyboard.press('a');
  await app.keyboard.press(' ');
  await app.keyboard.press('Control+Enter');
  await expect(app.getByTestId('run-result')).toBeVisible();
  await expect(app.getByTestId('undo-run')).toBeVisible();
});

test('one is stopped while its text streams, and goes on from a step with another prompt', async ({ app, api }) => {
  const ui = appPage(app);
  const model = await addChatModel(api);
  try {
    await api.models.setDefault({ id: model.id });
    await api.playbooks.save({ text: letter });
    await app.keyboard.press('Control+k');
    await app.keyboard.type('letter');
    await ui.palette.getByRole('option', { name: 'Letter', exact: true }).click();
    await app.getByRole('textbox', { name: 'To' }).fill('Ana');
    await app.getByTestId('start-playbook').click();
    const first = await model.next();
    first.say('Dear Ana, this will never');
    await expect(app.getByTestId('step-stream')).toContainText('Dear Ana');
    await app.getByTestId('stop-run').click();
    await first.left;
    await expect(app.getByTestId('view-run')).toContainText('Stopped');

    await app.getByTestId('run-step').getByRole('button').first().click();
    await app.getByTestId('fork').click();
    await app.getByRole('textbox', { name: 'What the model is asked' }).fill('Write two lines to {{ inputs.to }}.');
    await app.getByRole('button', { name: 'Start the fork' }).click();
    const second = await model.next();
    expect(JSON.stringify(second.request.body)).toContain('Write two lines to Ana.');
    second.say('Dear Ana, done.');
    second.end();
    await expect(app.getByTestId('result-line')).toContainText('Dear Ana, done.');
  } finally {
    await model.close();
  }
});

test('a plan is fitted to the words of a goal, says how, and starts as it is shown', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.go('agents');
  await app
    .getByRole('textbox', { name: 'Your goal' })
    .fill('Launch our coffee subscription, no budget and without research');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('view-composed')).toContainText('adapted from “Plan Product Launch”');
  await expect(app.getByTestId('plan-changes')).toContainText('“Divide the budget”');
  await expect(app.getByTestId('plan-changes')).toContainText('“Search the web”');
  await expect(app.getByTestId('plan-node').filter({ hasText: 'Lay out the dates' })).toBeVisible();
  await expect(app.getByTestId('plan-node').filter({ hasText: 'Work out the budget' })).toHaveCount(0);
  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('run-result')).toBeVisible();
  const [run] = await api.runs.list({});
  const { playbook } = await api.runs.get({ id: run?.id ?? '' });
  expect(playbook?.calls).toEqual([]);
  expect(playbook?.playbook.steps.map(({ id }) => id)).not.toContain('search');

  await ui.go('agents');
  await app.getByRole('textbox', { name: 'Your goal' }).fill('Learn to swim');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('view-composed')).toContainText('no playbook fits it');
  await expect(app.getByTestId('plan-changes')).toHaveCount(0);
});

test('a goal becomes a plan to look at, and a line that names a playbook offers it', async ({ app }) => {
  const ui = appPage(app);
  await ui.go('agents');
  await app.getByRole('textbox', { name: 'Your goal' }).fill('Plan our move to a larger office by June 30');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('view-composed')).toContainText('larger office');
  await app.getByTestId('plan-node').first().click();
  await expect(app.getByTestId('step-editor')).toBeVisible();
  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('run-result')).toBeVisible();

  await ui.go('inbox');
  await ui.quickAdd.fill('Plan the product launch of our garden app');
  await app.getByTestId('offered-playbook').click();
  await expect(heading(app)).toHaveText('Plan Product Launch');
  await expect(app.getByRole('textbox', { name: 'Product' })).toHaveValue('Plan the product launch of our garden app');
});

test('a playbook is duplicated, exported and brought in from a file', async ({ app }) => {
  const ui = appPage(app);
  await ui.go('playbook/meeting-notes');
  await app.getByRole('button', { name: 'Duplicate' }).click();
  await expect(app.getByTestId('save-playbook')).toBeEnabled();
  await app.getByTestId('save-playbook').click();
  await expect(app.getByTestId('view-playbook').getByRole('heading', { level: 1 })).toHaveText(/\(copy\)$/);
  await app.getByRole('button', { name: 'More' }).click();
  const download = app.waitForEvent('download');
  await app.getByRole('menuitem', { name: 'Export' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('meeting-notes-copy.playbook.yaml');
  await app.getByRole('button', { name: 'More' }).click();
  await app.getByRole('menuitem', { name: 'Delete' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(app.getByTestId('view-agents')).toBeVisible();
  await expect(app.locator('[data-playbook="meeting-notes"]')).toBeVisible();
  await expect(app.locator('[data-playbook="meeting-notes-copy"]')).toHaveCount(0);

  await ui.go('new-playbook');
  await app.getByLabel('Import a playbook').setInputFiles(await file.path());
  await expect(app.getByTestId('view-edit-playbook')).toContainText('Nothing wrong');
  await app.getByTestId('save-playbook').click();
  await expect(app.getByTestId('view-playbook').getByRole('heading', { level: 1 })).toHaveText(/\(copy\)$/);
});

test('a task is handed to a playbook from its menu', async ({ app }) => {
  const ui = appPage(app);
  await ui.add('Plan the garden party by June 30');
  // The row of the line as it was typed gives way to the task that was understood.
  await expect(ui.task('Plan the garden party')).not.toContainText('by June 30');
  await ui.settled();
  await ui.task('Plan the garden party').click();
  await ui.detail.getByRole('button', { name: 'More' }).click();
  await app.getByRole('menuitem', { name: 'Hand to…' }).click();
  await app.getByRole('dialog', { name: 'Hand to' }).getByText('Plan a goal').click();
  await expect(app.getByTestId('start-form')).toContainText('For the task “Plan the garden party”');
  await expect(app.getByRole('textbox', { name: 'Goal' })).toHaveValue('Plan the garden party');
});

test('what Jan learned is told, changed and forgotten', async ({ app }) => {
  const ui = appPage(app);
  await ui.go('facts');
  await app.getByRole('button', { name: 'Tell Jan something' }).click();
  await app.getByRole('textbox', { name: 'Something about you' }).fill('No meetings before ten');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('fact')).toContainText('No meetings before ten');
  await app.getByRole('button', { name: /^Edit/ }).click();
  await app.getByRole('textbox', { name: 'What Jan knows' }).fill('No meetings before nine');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('fact')).toContainText('before nine');
  await app.getByRole('button', { name: /^Forget/ }).click();
  await expect(app.getByTestId('fact')).toHaveCount(0);
  await app.getByRole('switch', { name: /Learn from what I do/ }).click({ force: true });
  await expect(app.getByTestId('view-facts')).toContainText('Switched off');
});

test('what runs by itself is added and switched off; a profile is changed', async ({ app }) => {
  const ui = appPage(app);
  await ui.go('schedules');
  await app.getByRole('button', { name: 'New schedule' }).click();
  await app.getByRole('button', { name: /^Playbook:/ }).click();
  await app.getByRole('menuitem', { name: 'Plan a goal' }).click();
  await app.getByRole('textbox', { name: 'Goal' }).fill('Plan the week');
  await app.getByRole('button', { name: 'Add', exact: true }).click();
  const schedule = app.getByTestId('schedule');
  await expect(schedule).toContainText('Weekdays at 8:00');
  await expect(schedule).toContainText('next');
  await schedule.getByRole('switch').click({ force: true });
  await expect(schedule).toContainText('switched off');

  await ui.go('profiles');
  const writer = app.getByTestId('profile').filter({ hasText: 'Writer' });
  await writer.getByRole('button').first().click();
  await writer.getByRole('textbox', { name: 'Temperature' }).fill('0.9');
  await writer.getByRole('button', { name: 'Save' }).click();
  await expect(writer).toContainText('temperature 0.9');
  await writer.getByRole('button', { name: 'As it came…' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Take them back' }).click();
  await expect(writer).not.toContainText('temperature 0.9');

  await app.getByRole('button', { name: 'New agent' }).click();
  const added = app.getByRole('form', { name: 'New agent' });
  await added.getByRole('textbox', { name: 'Name' }).fill('Writer');
  await expect(added).toContainText('There is one of that name');
  await added.getByRole('textbox', { name: 'Name' }).fill('Tax lawyer');
  await app.keyboard.press('Enter');
  const lawyer = app.getByTestId('profile').filter({ hasText: 'Tax lawyer' });
  await lawyer.getByRole('textbox', { name: 'What it is told' }).fill('You know the tax law.');
  await lawyer.getByRole('button', { name: 'Save' }).click();
  await expect(ui.toasts).toContainText('Tax lawyer is kept.');
  await lawyer.getByRole('button', { name: 'Delete…' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(lawyer).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the pages of agents, ${theme}`, async ({ app, api }) => {
    const ui = appPage(app);
    await api.system.updateSettings({ theme });
    const run = await api.runs.start({ skill: 'playbook', playbookId: 'plan-goal', inputs: { goal: 'Plan a party' } });
    for (const path of [
      'agents',
      'playbook/plan-goal',
      'new-playbook',
      'tools',
      'calls',
      'schedules',
      'profiles',
      'facts',
      `run/${run.id}`,
    ]) {
      await ui.go(path);
      if (path === 'tools') await app.getByTestId('tool').first().getByRole('button').click();
      if (path === 'profiles') await app.getByTestId('profile').first().getByRole('button').click();
      if (path.startsWith('run/')) await show(app, 'Graph');
      await expect(app.locator('.mantine-Skeleton-root')).toHaveCount(0);
      expect(await accessFaults(app), path).toEqual([]);
    }
  });
}
