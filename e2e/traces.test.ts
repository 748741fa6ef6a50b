import { createServer } from 'node:http';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const goal = 'Plan the orchard party by June 30';

/** An OTLP receiver: what came, newest last. */
const startCollector = async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(`${request.url} ${Buffer.concat(chunks).toString()}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  return { url: `http://127.0.0.1:${address.port}`, bodies, close: () => void server.close() };
};

test('a collector is told of runs without their words, until a person sends these along, and at no other address', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  const collector = await startCollector();
  try {
    const told = async (): Promise<string> => {
      const before = collector.bodies.length;
      await api.runs.start({ skill: 'plan', goal });
      await expect.poll(() => collector.bodies.length).toBe(before + 1);
      return collector.bodies.at(-1) ?? '';
    };
    await ui.go('settings');
    const section = app.getByRole('region', { name: 'Traces of runs' });
    const along = section.getByRole('switch', { name: 'Send what was asked and written along' });
    await expect(along).toBeDisabled();
    const address = section.getByRole('textbox', { name: 'OpenTelemetry collector' });
    await address.fill(collector.url);
    await address.press('Enter');
    await expect(along).toBeEnabled();
    await expect(along).not.toBeChecked();
    const bare = await told();
    expect(bare).toMatch(/^\/v1\/traces /u);
    expect(bare).toContain('invoke_workflow plan');
    expect(bare).not.toMatch(/orchard/iu);

    await along.press('Space');
    await expect(section).toContainText('private ones included');
    const words = await told();
    expect(words).toMatch(/gen_ai\.output\.messages/u);
    expect(words).toMatch(/orchard/iu);

    // Another address has to be trusted anew.
    await address.fill(`${collector.url}/v1/traces`);
    await address.press('Enter');
    await expect(along).not.toBeChecked();
    expect(await told()).not.toMatch(/orchard/iu);
  } finally {
    collector.close();
  }
});
