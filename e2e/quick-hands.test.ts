import { expect, test } from './fixtures/test.ts';
import { holdableLine } from './fixtures/held-line.ts';
import { appPage } from './pages/app-page.ts';

// What a person does before the node has answered, or before the page is done.

test('a task that was only just added is handed on, and stands in the list once', async ({ page, node, api }) => {
  const ui = appPage(page);
  const line = await holdableLine(page);
  await page.goto(node.signInUrl);
  await ui.task('Plan a birthday dinner').focus();
  await page.keyboard.press('Shift+A');
  await expect(page.getByRole('dialog', { name: 'Hand to' })).toContainText('Writer');
  await page.keyboard.press('Escape');
  line.hold();
  await ui.add('Write about heat pumps');
  await ui.task('Write about heat pumps').focus();
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('writer');
  await page.keyboard.press('Enter');
  line.release();
  await expect(ui.toasts).toContainText('Writer begins in a moment');
  await expect(ui.task('Write about heat pumps')).toHaveCount(1);
  expect(await api.tasks.list({ view: 'inbox' })).toContainEqual(
    expect.objectContaining({ title: 'Write about heat pumps', assignee: 'writer' }),
  );
});

test('Enter after the beginning of a name waits for the names; where there is none, the line is added', async ({
  page,
  node,
  api,
}) => {
  const ui = appPage(page);
  const line = await holdableLine(page);
  await page.goto(node.signInUrl);
  await expect(ui.quickAdd).toBeVisible();
  line.hold();
  await ui.quickAdd.pressSequentially('Do it @wri');
  await page.keyboard.press('Enter');
  line.release();
  await expect(ui.quickAdd).toHaveValue('Do it @writer ');
  await page.keyboard.press('Enter');
  await expect(ui.toasts).toContainText('Writer begins in a moment');

  line.hold();
  await ui.quickAdd.pressSequentially('/etc');
  await page.keyboard.press('Enter');
  line.release();
  await expect(ui.task('/etc')).toBeVisible();
  expect((await api.tasks.list({ view: 'inbox' })).map(({ title }) => title)).not.toContain('Do it @wri');
});

test('a line that is handed over twice at once is worked on once', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.quickAdd.fill('/plan-goal Paint the fence by June 30');
  await ui.quickAdd.evaluate((field) => {
    for (let at = 0; at < 2; at += 1)
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
      );
  });
  await expect(app.getByTestId('run-result')).toBeVisible();
  expect(await api.runs.list({})).toHaveLength(1);
});

test('a figure is read as it is meant in several countries, and said where it could be meant otherwise', async ({
  app,
  api,
}) => {
  await appPage(app).go('playbook/product-launch');
  await app.getByRole('textbox', { name: 'Product' }).fill('a coffee subscription');
  const budget = app.getByRole('textbox', { name: /^Budget/ });
  await budget.fill('5.000,50');
  await expect(app.getByTestId('start-form')).toContainText('Read as 5,000.5');
  await budget.fill('5,000');
  await expect(app.getByTestId('start-form')).toContainText('Read as 5,000');
  await budget.fill('five');
  await expect(app.getByTestId('start-form')).toContainText('A number, such as');
  await budget.fill('5,000');

  // What is filled in is there again after a look elsewhere.
  await appPage(app).go('inbox');
  await app.goBack();
  await expect(budget).toHaveValue('5,000');
  await app.getByRole('button', { name: /^Launch day/ }).focus();
  await app.keyboard.press('Enter');
  const panel = app.getByRole('dialog', { name: 'Launch day' });
  await expect(panel.locator('button[data-autofocus]')).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(app.getByRole('button', { name: /^Launch day/ })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(panel.locator('button[data-autofocus]')).toBeFocused();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(panel).toHaveCount(0);

  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('view-run')).toBeVisible();
  const [run] = await api.runs.list({});
  expect((await api.runs.get({ id: run?.id ?? '' })).playbook?.inputs).toMatchObject({ budget: 5_000 });
});
