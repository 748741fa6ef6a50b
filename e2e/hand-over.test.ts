import { accessFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import type { Api } from './fixtures/api.ts';
import { holdableLine } from './fixtures/held-line.ts';
import { appPage } from './pages/app-page.ts';

const assigneeOf = async (api: Api, title: string): Promise<string | undefined> =>
  (await api.tasks.list({ view: 'inbox' })).find((task) => task.title === title)?.assignee;

test('quick add completes agents and playbooks, by keys alone', async ({ app, api }) => {
  const ui = appPage(app);
  const line = app.getByLabel('Quick add', { exact: true });
  const list = app.getByTestId('completions');
  await api.profiles.save({
    id: 'market-expert',
    name: 'Market expert',
    modelId: null,
    system: 'You know the market.',
    temperature: 0,
    tools: [],
  });
  await line.pressSequentially('Look into heat pumps @');
  await expect(list.getByRole('option')).toContainText(['Agent', 'Me', 'Planner', 'Researcher']);
  await expect(line).toHaveRole('combobox');
  expect(await accessFaults(app, '[data-testid="quick-add"]')).toEqual([]);
  await line.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(line).toHaveValue('Look into heat pumps @');
  await line.pressSequentially('x');
  await line.press('Backspace');
  await line.press('Backspace');
  await line.pressSequentially('@exp');
  await expect(list.getByRole('option')).toHaveCount(1);
  await line.press('Enter');
  await expect(line).toHaveValue('Look into heat pumps @market-expert ');
  await expect(ui.chips).toHaveText('@market-expert');
  await line.press('Enter');
  await expect(ui.toasts).toContainText('Market expert begins in a moment');
  await ui.settled();
  await expect.poll(() => assigneeOf(api, 'Look into heat pumps')).toBe('market-expert');
});

test('a line begins with a playbook: looked at first, or started at once', async ({ app }) => {
  const ui = appPage(app);
  const line = app.getByLabel('Quick add', { exact: true });
  await line.pressSequentially('/pl');
  await expect(app.getByTestId('completions').getByRole('option')).toContainText([
    'Plan a goal',
    'Plan Product Launch',
  ]);
  await line.press('ArrowDown');
  await line.press('Tab');
  await expect(line).toHaveValue('/product-launch ');
  await expect(app.getByTestId('quick-add')).toContainText('Asks you for: Product');
  await line.pressSequentially('a coffee subscription by June 30, budget 5000');
  await expect(ui.chips).toHaveText(['Plan Product Launch', /^Launch day: .*30 Jun/, 'Budget: 5000']);
  await line.press('Enter');
  await expect(app.getByTestId('view-playbook')).toBeVisible();
  await expect(app.getByRole('textbox', { name: 'Product' })).toHaveValue('a coffee subscription');
  await expect(app.getByRole('textbox', { name: /^Budget/ })).toHaveValue('5000');

  await ui.go('inbox');
  await line.fill('/plan-goal Paint the fence by June 30');
  await line.press('Control+Enter');
  await expect(app.getByTestId('view-run')).toBeVisible();
  await expect(app.getByTestId('run-result')).toBeVisible();

  await ui.go('inbox');
  await ui.add('/etc/hosts has to be cleaned');
  await expect(ui.task('/etc/hosts has to be cleaned')).toBeVisible();
});

test('a task is handed to an agent of choice from its menu, its field, or by a key', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.add('Write about heat pumps');
  await ui.settled();
  await ui.task('Write about heat pumps').click();
  await ui.detail.getByRole('button', { name: 'More' }).click();
  await app.getByRole('menuitem', { name: 'Hand to…' }).click();
  const panel = app.getByRole('dialog', { name: 'Hand to' });
  await expect(panel).toContainText('Agents');
  await expect(panel).toContainText('Playbooks');
  const query = panel.getByRole('combobox');
  await expect(query).toBeFocused();
  // Both at once: the menu that it was opened from may still fade.
  await app.keyboard.press('Escape');
  await app.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(ui.task('Write about heat pumps')).toBeFocused();
  await app.keyboard.press('Shift+A');
  await app.keyboard.type('writer');
  await app.keyboard.press('Enter');
  await expect(ui.toasts).toContainText('Writer begins in a moment');
  await ui.toasts.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => assigneeOf(api, 'Write about heat pumps')).toBe('me');

  await app.getByRole('main').getByText('Write about heat pumps').click();
  await ui.detail.getByRole('button', { name: /^Assigned/ }).click();
  await app.keyboard.type('researcher');
  await app.keyboard.press('Enter');
  await expect(ui.detail.getByRole('button', { name: /^Assigned/ })).toContainText('Researcher');
  const work = ui.detail.getByTestId('worked-on');
  await expect(work).toContainText('Researcher');
  await expect(work).toHaveAttribute('data-state', /done|failed/);
  expect(await api.runs.list({})).toHaveLength(1);
  await work.click();
  await expect(app.getByTestId('view-run')).toBeVisible();
});

test('Enter waits for an agent whose name is typed before the agents are there', async ({ page, node, api }) => {
  const ui = appPage(page);
  const line = await holdableLine(page);
  await page.goto(node.signInUrl);
  await ui.add('Write about heat pumps');
  await ui.settled();
  await ui.task('Write about heat pumps').focus();
  line.hold();
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('writer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Hand to' })).toContainText('Looking…');
  line.release();
  await expect(ui.toasts).toContainText('Writer begins in a moment');
  await expect.poll(() => assigneeOf(api, 'Write about heat pumps')).toBe('writer');
});

test('a note is handed to a playbook from its menu: as a note, or as the text that it is', async ({ app, api }) => {
  const ui = appPage(app);
  const note = await api.notes.create({ text: '# Weekly\n\nLee: I will book the hall by June 12.\n' });
  await ui.go(`note/${note.id}`);
  const hand = async (playbook: string): Promise<void> => {
    await app.getByRole('button', { name: 'Note menu' }).click();
    await app.getByRole('menuitem', { name: 'Hand to a playbook…' }).click();
    await app.getByRole('dialog', { name: 'Hand to a playbook' }).getByText(playbook).click();
  };
  await hand('Organise notes');
  await expect(app.getByRole('button', { name: 'Notes: 1 note' })).toBeVisible();
  await app.goBack();
  await hand('Meeting notes to action items');
  await expect(app.getByRole('textbox', { name: 'Notes or transcript' })).toHaveValue(/book the hall/);
  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('run-result')).toContainText('Book the hall');
});

test('a right click on a task opens its menu, and so does the menu key: a playbook takes it, many are done at once', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await api.quickAdd.save({ text: 'Launch the bike light' });
  await api.quickAdd.save({ text: 'Buy nails' });
  await expect(ui.task('Buy nails')).toBeVisible();
  const panel = app.getByTestId('panel');
  await ui.task('Launch the bike light').click({ button: 'right' });
  await expect(panel.getByRole('option')).toContainText(['Open', 'Complete', 'Hand to agent', 'Hand to…', 'Date…']);
  expect(await accessFaults(app, '[data-testid="panel"]')).toEqual([]);
  await panel.getByRole('option', { name: 'Hand to…' }).click();
  await app.keyboard.type('product launch');
  await expect(panel.getByRole('option')).toHaveText(['Plan Product Launch']);
  await app.keyboard.press('Enter');
  await expect(app.getByRole('textbox', { name: 'Product' })).toHaveValue('Launch the bike light');

  await ui.go('inbox');
  await ui.task('Launch the bike light').click({ modifiers: ['Control'] });
  await ui.task('Buy nails').click({ modifiers: ['Control'] });
  await ui.task('Buy nails').focus();
  await app.keyboard.press('ContextMenu');
  await app.keyboard.type('compl');
  await app.keyboard.press('Enter');
  await expect(ui.task('Buy nails')).toHaveCount(0);
  await expect(ui.task('Launch the bike light')).toHaveCount(0);
});
