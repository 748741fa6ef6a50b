import type { Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { addChatModel } from './fixtures/chat-model.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const show = (page: Page, tab: string): Promise<void> =>
  page.getByRole('radiogroup', { name: 'What to show' }).getByText(tab, { exact: true }).click();
const ask = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'User message' }).fill(text);
  await page.keyboard.press('Control+Enter');
};
const finished = (page: Page): Promise<void> => expect(page.getByTestId('play-run')).toBeVisible();

test('a schema binds the answer; the raw bytes of both sides are the request and the response', async ({ app }) => {
  await appPage(app).go('playground');
  await app.getByLabel('JSON schema').fill('{"type":"object"');
  await ask(app, 'Where?');
  await expect(app.getByRole('alert')).toContainText('JSON');
  await app
    .getByLabel('JSON schema')
    .fill(
      '{"type":"object","properties":{"city":{"enum":["Oslo","Rome"]}},"required":["city"],"additionalProperties":false}',
    );
  await app.getByLabel('Most tokens').fill('200');
  await app.getByLabel('Seed').fill('7');
  await app.keyboard.press('Control+Enter');
  await finished(app);
  const answer = app.getByTestId('play-answer');
  await expect(answer).toContainText('city');
  expect(JSON.parse(await answer.innerText())).toEqual({ city: expect.stringMatching(/^(Oslo|Rome)$/) });
  await expect(app.getByTestId('play-speed')).toContainText('tokens written');

  await show(app, 'Request');
  const request = await app.getByTestId('raw-request').innerText();
  expect(request).toMatch(/^POST \/v1\/chat\/completions/);
  expect(JSON.parse(request.slice(request.indexOf('{')))).toMatchObject({
    messages: [{ role: 'user', content: 'Where?' }],
    max_completion_tokens: 200,
    seed: 7,
    stream: true,
    response_format: { type: 'json_schema' },
  });
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.getByRole('button', { name: 'Copy as curl' }).click();
  const curl = await app.evaluate(() => navigator.clipboard.readText());
  expect(curl).toMatch(/^curl http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/);
  expect(curl).toContain('Bearer $JAN_KEY');
  await show(app, 'Response');
  const response = app.getByTestId('raw-response');
  await expect(response).toContainText('HTTP 200');
  await expect(response).toContainText('data: [DONE]');
});

test('tokens come with their probabilities, by pointer and by key', async ({ app }) => {
  await appPage(app).go('playground');
  await app.getByLabel('Probabilities of tokens').check();
  await app.getByLabel('Most tokens').fill('12');
  await ask(app, 'Say something');
  await finished(app);
  await show(app, 'Tokens');
  const tokens = app.getByTestId('tokens').getByRole('option');
  await expect.poll(() => tokens.count()).toBeGreaterThan(1);
  await expect(tokens.first()).toHaveAccessibleName(/%$/);
  const detail = app.getByTestId('token-detail');
  await expect(detail).toContainText('%');
  await tokens.nth(1).hover();
  await expect(tokens.nth(1)).toHaveAttribute('aria-selected', 'true');
  await app.getByTestId('tokens').focus();
  await app.keyboard.press('Home');
  await expect(tokens.first()).toHaveAttribute('aria-selected', 'true');
  await app.keyboard.press('ArrowRight');
  await expect(tokens.nth(1)).toHaveAttribute('aria-selected', 'true');
});

test('it streams, is stopped by Escape, and keeps the last runs', async ({ app, api }) => {
  const model = await addChatModel(api);
  try {
    await api.models.setDefault({ id: model.id });
    await appPage(app).go('playground');
    await expect(app.getByTestId('strip-place')).toContainText('local endpoint');
    await ask(app, 'First');
    const first = await model.next();
    first.say('Half of it');
    await expect(app.getByTestId('play-answer')).toHaveText('Half of it');
    await app.keyboard.press('Escape');
    await first.left;
    await expect(app.getByTestId('play-speed')).toContainText('stopped');
    await expect(app.getByTestId('play-answer')).toHaveText('Half of it');

    await app.getByLabel('Stream').uncheck();
    await ask(app, 'Second');
    const second = await model.next();
    second.say('All of it');
    second.end();
    await expect(app.getByTestId('play-answer')).toHaveText('All of it');

    await app.getByRole('button', { name: 'Last runs' }).click();
    await app.getByRole('menuitem', { name: 'First' }).click();
    await expect(app.getByTestId('play-answer')).toHaveText('Half of it');
    await expect(app.getByRole('textbox', { name: 'User message' })).toHaveValue('First');
    await expect(app.getByLabel('Stream')).toBeChecked();
  } finally {
    await model.close();
  }
});

test('a refusal says which field, and is there raw', async ({ app }) => {
  await appPage(app).go('playground');
  await app.getByLabel('JSON schema').fill('{"type":"object","patternProperties":{"^a":{"type":"string"}},"not":{}}');
  await ask(app, 'Hello');
  await expect(app.getByTestId('fault')).toContainText('The request was refused.');
  await show(app, 'Response');
  await expect(app.getByTestId('raw-response')).toContainText('HTTP 400');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing beside tokens, ${theme}`, async ({ app }) => {
    await app.emulateMedia({ colorScheme: theme });
    await appPage(app).go('playground');
    await app.getByLabel('Probabilities of tokens').check();
    await app.getByLabel('Most tokens').fill('12');
    await ask(app, 'Say something');
    await finished(app);
    await show(app, 'Tokens');
    await expect.poll(() => app.getByTestId('tokens').getByRole('option').count()).toBeGreaterThan(1);
    expect(await accessFaults(app)).toEqual([]);
  });
}
