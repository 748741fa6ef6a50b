import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './fixtures/api.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

/** Waits for a person, so that none of its runs ends by itself. */
const sorting = `playbook: 1
id: sorting
version: 1
name: Sort a file
inputs:
  - { id: text, title: Text, type: long-text, required: true }
budget: { tokens: 1000, seconds: 600, calls: 4, cost: 0 }
steps:
  - { id: parts, kind: rule, title: Parts, rule: list, with: { items: ['{{ inputs.text }}'] } }
  - { id: taken, kind: choose, title: Take it, items: steps.parts, question: Keep it? }
result:
  - { title: Taken, value: steps.taken }
`;

test('of a folder of files each is worked on once, twenty at a time, also where the node is killed', async ({
  app,
  api,
  node,
}) => {
  const ui = appPage(app);
  const folder = mkdtempSync(join(tmpdir(), 'jan-heap-'));
  const names = Array.from({ length: 26 }, (_, index) => `Words of file ${index + 1}`);
  const again: (() => void)[] = [];
  try {
    await api.playbooks.save({ text: sorting });
    await api.schedules.save({
      playbookId: 'sorting',
      inputs: {},
      trigger: { on: 'file-dropped', folder },
      enabled: true,
    });
    for (const name of names) writeFileSync(join(folder, `${name}.txt`), name);
    await ui.go('schedules');
    await expect(app.getByTestId('schedule')).toContainText('6 wait for their turn', { timeout: 30_000 });
    await expect(app.getByTestId('crowded-out')).toHaveCount(0);
    await app.getByRole('button', { name: /^26 occurrences/ }).click();
    await expect(app.getByTestId('occurrences').getByText('waits for its turn')).toHaveCount(6);

    await node.kill();
    const now = await node.restart();
    const client = connect(now);
    again.push(client.close);
    const waiting = async () =>
      (await client.api.runs.list({})).filter(({ state }) => state === 'waiting').map(({ id }) => id);
    await expect.poll(async () => (await waiting()).length).toBe(20);
    const [first] = await waiting();
    await client.api.runs.cancel({ id: first ?? '' });
    await expect.poll(async () => (await client.api.schedules.list())[0]?.waiting).toBe(5);
    for (const id of await waiting()) await client.api.runs.cancel({ id });
    await expect.poll(async () => (await client.api.schedules.list())[0]?.waiting).toBe(0);
    const titles = (await client.api.runs.list({})).map(({ title }) => title);
    expect(titles.toSorted()).toEqual(names.map((name) => `Sort a file: ${name}`).toSorted());
    expect(await now.stop()).toBe(0);
  } finally {
    for (const close of again) close();
    rmSync(folder, { recursive: true, force: true });
  }
});
