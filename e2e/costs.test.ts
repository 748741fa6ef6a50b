import { streamChat, startFakeEndpoint } from '../node-core/testing/fake-endpoint.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const playbook = (cost: number) => `playbook: 1
id: short-letter
version: 1
name: Short letter
inputs:
  - { id: to, title: To whom, type: text, required: true }
budget: { tokens: 20000, seconds: 600, calls: 10, cost: ${cost} }
steps:
  - { id: write, kind: ask, title: Write it, prompt: "Write to {{ inputs.to }}." }
result:
  - { title: Letter, value: steps.write }
`;

test('a person says what a model costs; a run shows what it cost, and one without money is not begun', async ({
  app,
  api,
}) => {
  const endpoint = await startFakeEndpoint((response) => streamChat(response, ['Dear Ada, thank you.']));
  try {
    const model = await api.models.addEndpoint({ name: 'Far', url: endpoint.url, model: 'large' });
    await appPage(app).go('models');
    const card = app.locator(`[data-model-id="${model.id}"]`);
    await card.getByRole('button', { name: 'Change' }).click();
    await card.getByLabel('A million tokens read').fill('2');
    await card.getByLabel('A million tokens written').fill('900');
    await card.getByRole('button', { name: 'Keep' }).click();
    await expect(card).toContainText('2 read, 900 written, per million tokens');
    expect(await api.models.list()).toContainEqual(
      expect.objectContaining({ id: model.id, price: { input: 2, output: 900 } }),
    );

    const start = { skill: 'playbook' as const, playbookId: 'short-letter', inputs: { to: 'Ada' }, modelId: model.id };
    await api.playbooks.save({ text: playbook(0) });
    await expect(api.runs.start(start)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    await api.playbooks.save({ text: playbook(20) });
    const { id } = await api.runs.start(start);
    await appPage(app).go(`run/${id}`);
    await expect(app.getByText('Dear Ada').first()).toBeVisible();
    const budget = app.getByTestId('budget');
    await expect(budget).toContainText('Cost');
    await expect(budget).toContainText(/0\.00\d+ of 20\.00/u);
  } finally {
    await endpoint.close();
  }
});

test('where a model costs money, a shipped playbook says how much and lets a person allow it before it starts', async ({
  app,
  api,
}) => {
  const endpoint = await startFakeEndpoint((response) => streamChat(response, ['Dear Ada, thank you.']));
  try {
    const model = await api.models.addEndpoint({ name: 'Far', url: endpoint.url, model: 'large' });
    await api.models.setPrice({ id: model.id, price: { input: 2, output: 10 } });
    await appPage(app).go('playbook/meeting-notes');
    await app.getByRole('textbox', { name: 'Notes or transcript' }).fill('Ann: I will call Bob by Friday.');
    await expect(app.getByTestId('start-playbook')).toBeEnabled();
    await expect(app.getByTestId('plan-cost')).toHaveCount(0);

    await app.getByTestId('model-picker').click();
    await app.getByRole('option', { name: /^Far/u }).click();
    await expect(app.getByTestId('plan-cost')).toContainText('“Far” costs money: up to 40.00');
    await expect(app.getByTestId('start-playbook')).toBeDisabled();
    await expect(app.getByTestId('start-form')).toContainText('Still needs: what it may cost');
    await app.getByRole('button', { name: 'Allow 40.00' }).click();
    await expect(app.getByTestId('start-form')).toContainText('a cost of 40');
    await app.getByLabel('It may cost at most').fill('0.5');
    await app.getByTestId('start-playbook').click();
    await expect(app.getByTestId('budget')).toContainText('of 0.50');
    await expect(app.getByTestId('run-result')).toBeVisible();

    // From quick add it is asked for in the form, with what was said in it.
    await api.models.setDefault({ id: model.id });
    await api.playbooks.save({ text: playbook(0) });
    const ui = appPage(app);
    await ui.go('inbox');
    await ui.quickAdd.fill('/short-letter Ada');
    await ui.quickAdd.press('Control+Enter');
    await expect(app.getByTestId('plan-cost')).toContainText('“Far” costs money');
    await expect(app.getByRole('textbox', { name: 'To whom' })).toHaveValue('Ada');
  } finally {
    await endpoint.close();
  }
});
