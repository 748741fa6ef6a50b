import type { Page } from 'playwright/test';
import { chatChunk, startFakeEndpoint } from '../node-core/testing/fake-endpoint.ts';
import { startWebServer } from '../node-core/testing/web-server.ts';
import type { Api } from './fixtures/api.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

/** A model behind a socket that says one thing where it is asked how a run goes on, and another else. */
const withModel = async (
  api: Api,
  replan: object,
  answer: string,
  use: (asked: readonly string[]) => Promise<void>,
): Promise<void> => {
  const asked: string[] = [];
  const endpoint = await startFakeEndpoint((response, { path, body }) => {
    if (!path.endsWith('/chat/completions')) return void response.writeHead(404).end();
    const text = JSON.stringify(body['messages']);
    asked.push(text);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chatChunk(text.includes('How should it go on?') ? JSON.stringify(replan) : answer));
    response.end(`${chatChunk('', 'stop')}data: [DONE]\n\n`);
  });
  try {
    const model = await api.models.addEndpoint({ name: 'Scripted', url: endpoint.url, model: 'scripted' });
    await api.models.setDefault({ id: model.id });
    await use(asked);
  } finally {
    await endpoint.close();
  }
};

const playbookOf = (host: string): string => `playbook: 1
id: reading
version: 1
name: Reading
description: Reads a page and writes on it.
inputs:
  - { id: topic, title: Topic, type: text }
tools: [web.read]
egress: ['${host}']
budget: { tokens: 50000, seconds: 600, calls: 20, cost: 0 }
steps:
  - { id: read, kind: tool, title: Read the page, tool: web.read, with: { url: 'http://${host}/gone' } }
  - { id: write, kind: ask, title: Write on it, prompt: 'Write on {{ inputs.topic }}. {{ steps.read.text }}', maxTokens: 200 }
  - { id: keep, kind: change, title: Keep it, change: note, with: { text: '{{ steps.write }}' } }
result:
  - { title: Text, value: steps.write }
`;

const begin = async (app: Page): Promise<void> => {
  await appPage(app).go('playbook/reading');
  await app.getByRole('textbox', { name: 'Topic' }).fill('Herons');
  await app.getByTestId('start-playbook').click();
};
const startWeb = () =>
  startWebServer((_request, response, path) => {
    const found = path === '/here';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><title>Herons</title><article><p>${'Herons stand still and wait for fish in shallow water. '.repeat(20)}</p></article>`,
    );
  });
const showSteps = (app: Page): Promise<void> =>
  app.getByRole('radiogroup', { name: 'What to show' }).getByText('Steps').click();
const step = (app: Page, state: string) => app.locator(`[data-testid="run-step"][data-state="${state}"]`);

test('a step that fails is planned anew, and the run ends', async ({ app, api }) => {
  const web = await startWeb();
  try {
    await withModel(api, { choice: 'leave-out' }, 'Herons wait.', async (asked) => {
      await api.playbooks.save({ text: playbookOf(web.host) });
      await begin(app);
      await expect(app.getByTestId('run-result')).toBeVisible();
      await expect(app.getByTestId('notices')).toContainText('“Read the page” was left out');
      await expect(app.getByTestId('result-line')).toContainText('Herons wait.');
      await showSteps(app);
      await expect(step(app, 'skipped')).toContainText('Read the page');
      const question = asked.find((text) => text.includes('How should it go on?')) ?? '';
      expect(question).toContain('Topic: Herons');
      expect(question).not.toContain('no such page');
    });
  } finally {
    await web.close();
  }
});

test('a run that failed goes on from its step: changed, or without it', async ({ app, api }) => {
  const web = await startWeb();
  try {
    await withModel(api, { choice: 'give-up' }, 'Herons wait.', async (asked) => {
      await api.playbooks.save({ text: playbookOf(web.host) });
      await begin(app);
      await expect(step(app, 'failed')).toContainText('Read the page');
      await expect(app.getByTestId('view-run')).toContainText('has no such page');
      const [failed] = await api.runs.list({});

      const change = app.getByTestId('change-step');
      const url = app.getByRole('textbox', { name: 'url' });
      await change.press('Enter');
      await expect(url).toBeFocused();
      await app.keyboard.press('Escape');
      await expect(change).toBeFocused();
      await change.click();
      await url.fill(`http://${web.host}/here`);
      await app.getByRole('button', { name: 'Go on with this change' }).click();
      await expect(app.getByTestId('run-result')).toBeVisible();
      await expect(app.getByTestId('result-line')).toContainText('Herons wait.');
      expect(asked.at(-1)).toContain('shallow water');

      await appPage(app).go(`run/${failed?.id ?? ''}`);
      await app.getByTestId('go-without').click();
      await expect(app.getByTestId('run-result')).toBeVisible();
      await expect(app.getByTestId('notices')).toContainText('You left it out.');
      await showSteps(app);
      await expect(step(app, 'skipped')).toContainText('Read the page');

      await appPage(app).go(`run/${failed?.id ?? ''}`);
      // Two presses before the first is answered are one.
      await app.getByRole('button', { name: 'Try this step again' }).dblclick();
      await expect
        .poll(async () => (await api.runs.list({})).map(({ state }) => state))
        .toEqual(['failed', 'done', 'done', 'failed']);
    });
  } finally {
    await web.close();
  }
});
