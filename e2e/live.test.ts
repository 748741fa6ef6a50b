import { chatChunk, startFakeEndpoint } from '../node-core/testing/fake-endpoint.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const titles = ['Write the brief', 'Ask five customers', 'Set the price', 'Prepare the page', 'Publish it'];
const answer = JSON.stringify({
  topic: 'launch',
  steps: titles.map((title, index) => ({ title, dependsOn: index === 0 ? [] : [index], days: 1 })),
});

test('steps appear while the model writes: what is decided shows before the answer is whole', async ({ app, api }) => {
  const { promise: shown, resolve: goOn } = Promise.withResolvers<void>();
  const half = answer.indexOf('Set the price');
  const endpoint = await startFakeEndpoint(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chatChunk(answer.slice(0, half)));
    await shown;
    response.write(chatChunk(answer.slice(half)) + chatChunk('', 'stop'));
    response.end('data: [DONE]\n\n');
  });
  try {
    const model = await api.models.addEndpoint({ name: 'Slow', url: endpoint.url, model: 'slow' });
    const run = await api.runs.start({ skill: 'plan', goal: 'Plan the launch', modelId: model.id });
    await appPage(app).go(`run/${run.id}`);
    const running = app.locator('[data-testid="run-step"][data-state="running"]');
    await expect(running).toContainText('Plan the steps');
    await expect(app.getByTestId('step-preview').locator('li').first()).toContainText('Write the brief');
    await expect(app.getByTestId('step-stream')).toContainText('Ask five customers');
    await expect(app.getByText('Publish it')).toHaveCount(0);
    goOn();
    await expect(app.getByTestId('result-task')).toHaveCount(titles.length);
  } finally {
    goOn();
    await endpoint.close();
  }
});
