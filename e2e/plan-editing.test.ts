import type { Locator, Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const node = (app: Page, title: string): Locator => app.getByTestId('plan-node').filter({ hasText: title });
const editor = (app: Page): Locator => app.getByTestId('step-editor');

/** Where something stands once it moves no more: the graph is laid out anew when the place beside it goes. */
const restingBox = async (page: Page, locator: Locator) => {
  for (let before = await locator.boundingBox(); ; ) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const now = await locator.boundingBox();
    if (now && before && now.x === before.x && now.y === before.y) return now;
    before = now;
  }
};

/** From the knob under one step to the one over another. */
const draw = async (app: Page, from: string, to: string): Promise<void> => {
  await expect(editor(app)).toHaveCount(0);
  await app.getByTestId('plan-graph').scrollIntoViewIfNeeded();
  const knob = async (title: string, handle: 'source' | 'target') => {
    const step = app.locator('.react-flow__node').filter({ has: node(app, title) });
    const box = await restingBox(app, step.locator(`.react-flow__handle.${handle}`));
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const start = await knob(from, 'source');
  const end = await knob(to, 'target');
  await app.mouse.move(start.x, start.y);
  await app.mouse.down();
  await app.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await app.mouse.move(end.x, end.y, { steps: 4 });
  await app.mouse.up();
};

test('a plan is edited before it starts: what is wrong stands at its step, and every change can be taken back', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await ui.go('playbook/plan-goal');
  await app.getByRole('textbox', { name: 'Goal' }).fill('Plan the summer party by June 30');

  await node(app, 'Look up the usual steps').click();
  const goal = editor(app).getByRole('textbox', { name: 'goal', exact: true });
  await expect(goal).toHaveValue('{{ inputs.goal }}');
  await goal.fill('{{ inputs.gaol }}');
  await expect(editor(app).getByTestId('step-faults').or(editor(app).getByRole('alert'))).toContainText(
    'There is no input "gaol"',
  );
  await expect(app.getByRole('button', { name: 'Look up the usual steps, Rule, has a fault' })).toBeVisible();
  await expect(app.getByTestId('start-playbook')).toBeDisabled();
  await goal.fill('');
  await editor(app).getByRole('button', { name: 'Insert a value into goal' }).click();
  await app.keyboard.type('Goal');
  await app.keyboard.press('Enter');
  await expect(goal).toHaveValue('{{ inputs.goal }}');
  await expect(app.getByTestId('start-playbook')).toBeEnabled();
  expect(await accessFaults(app)).toEqual([]);

  await editor(app).getByRole('button', { name: 'Leave this step out' }).click();
  await expect(app.getByRole('button', { name: 'Look up the usual steps, Rule, left out' })).toBeVisible();
  await expect(editor(app).getByRole('button', { name: 'Put this step back' })).toBeVisible();
  await expect(app.getByTestId('plan-said')).toContainText('4 steps, as you changed them');
  await node(app, 'Read the goal').click();
  await editor(app).getByRole('button', { name: 'Leave this step out' }).click();
  await expect(app.getByTestId('plan-said')).toContainText(/fault/);
  await expect(app.getByRole('button', { name: 'Lay out the dates, Rule, has a fault' })).toBeVisible();
  await app.keyboard.press('Control+z');
  await expect(app.getByRole('button', { name: 'Lay out the dates, Rule', exact: true })).toBeVisible();
  await app.keyboard.press('Control+Shift+z');
  await expect(app.getByRole('button', { name: 'Read the goal, Rule, left out' })).toBeVisible();
  await editor(app).getByRole('button', { name: 'Put this step back' }).click();
  await editor(app).getByRole('textbox', { name: 'Title' }).fill('Look at the goal');

  await app.getByRole('button', { name: 'Change what it may use' }).click();
  await app.getByRole('textbox', { name: 'Computers that it may reach' }).fill('example.org\nexample.net');
  await app.getByRole('textbox', { name: 'Tokens at most' }).fill('12345');
  await app.getByTestId('plan-limits').getByRole('checkbox', { name: 'web.read' }).check();
  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('run-result')).toBeVisible();
  const [run] = await api.runs.list({});
  const { playbook } = await api.runs.get({ id: run?.id ?? '' });
  expect(playbook?.playbook).toMatchObject({
    egress: ['example.org', 'example.net'],
    tools: ['web.read'],
    budget: { tokens: 12345 },
  });
  expect(playbook?.playbook.steps.map(({ title }) => title)).not.toContain('Look up the usual steps');
  expect(playbook?.playbook.steps[0]?.title).toBe('Look at the goal');
});

test('steps are added and lines drawn between them; a circle is refused', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.go('playbook/plan-goal');
  await app.getByRole('textbox', { name: 'Goal' }).fill('Plan the summer party by June 30');
  await node(app, 'Create the project').click();
  await app.getByRole('button', { name: 'Step', exact: true }).click();
  await app.getByRole('menuitem', { name: 'Change the workspace' }).click();
  await expect(editor(app).getByRole('textbox', { name: 'text', exact: true })).toHaveValue('{{ steps.project }}');
  await editor(app)
    .getByRole('textbox', { name: 'text', exact: true })
    .fill('# A note besides\n\nFor {{ inputs.goal }}');
  await expect(editor(app).getByRole('group', { name: 'Waits for' })).toContainText('Create the project');
  await editor(app).getByRole('button', { name: 'Don’t wait for Create the project' }).click();
  await expect(editor(app).getByRole('group', { name: 'Waits for' })).toContainText('nothing');
  await editor(app).getByRole('button', { name: 'Close the step' }).click();
  await expect(node(app, 'Keep it as a note')).toBeFocused();

  await draw(app, 'Read the goal', 'Keep it as a note');
  await node(app, 'Keep it as a note').click();
  await expect(editor(app).getByRole('group', { name: 'Waits for' })).toContainText('Read the goal');
  await editor(app).getByRole('button', { name: 'Close the step' }).click();
  await draw(app, 'Lay out the dates', 'Read the goal');
  await expect(app.getByTestId('plan-said')).toHaveText(
    'That would be a circle: “Read the goal” → “Lay out the dates” → “Read the goal”.',
  );

  await app.getByTestId('start-playbook').click();
  await expect(app.getByTestId('run-result')).toBeVisible();
  expect((await api.notes.list({})).map(({ title }) => title)).toContain('A note besides');
});

test('the lines of a plan stay while it changes', async ({ app }) => {
  await appPage(app).go('playbook/plan-goal');
  await node(app, 'Read the goal').click();
  await expect(editor(app)).toBeVisible();
  await restingBox(app, node(app, 'Read the goal'));
  const fewest = await app.evaluateHandle(() => {
    const seen = { lines: Number.POSITIVE_INFINITY, frames: 0 };
    const look = (): void => {
      seen.lines = Math.min(seen.lines, document.querySelectorAll('.react-flow__edge').length);
      seen.frames += 1;
      requestAnimationFrame(look);
    };
    // After each frame's work, as it is painted.
    requestAnimationFrame(look);
    return seen;
  });
  const title = editor(app).getByRole('textbox', { name: 'Title' });
  await title.press('End');
  await title.pressSequentially(' of the person');
  await expect(node(app, 'Read the goal of the person')).toBeVisible();
  const { lines, frames } = await fewest.jsonValue();
  expect(frames).toBeGreaterThan(1);
  expect(lines).toBe(await app.locator('.react-flow__edge').count());
  expect(lines).toBeGreaterThan(2);
});

test('the list of steps does all that by keys; the plan is kept as an own playbook', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.go('playbook/plan-goal');
  await app.getByRole('radiogroup', { name: 'Show the plan as' }).getByText('List').click();
  const row = (title: string): Locator =>
    app
      .getByTestId('step-list')
      .locator('[data-row]')
      .filter({ has: app.getByText(title, { exact: true }) });
  await row('Look up the usual steps').focus();
  await app.keyboard.press('Delete');
  await expect(row('Look up the usual steps')).toContainText('Left out');
  await app.keyboard.press('Delete');
  await expect(row('Look up the usual steps')).toContainText('At once');
  await app.keyboard.press('Alt+ArrowUp');
  await expect(app.getByTestId('step-list').locator('[data-row]').nth(1)).toContainText('Look up the usual steps');
  await expect(row('Look up the usual steps')).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(editor(app)).toBeVisible();
  await editor(app).getByRole('textbox', { name: 'Title' }).fill('The usual');
  await app.keyboard.press('Escape');
  await expect(row('The usual')).toBeFocused();
  expect(await accessFaults(app)).toEqual([]);

  await app.getByRole('button', { name: 'Plan menu' }).click();
  await app.getByRole('menuitem', { name: 'Save as my playbook…' }).click();
  const panel = app.getByRole('dialog', { name: 'Save as my playbook' });
  await expect(panel.getByRole('textbox', { name: 'Name' })).toHaveValue('My plan a goal');
  await panel.getByRole('textbox', { name: 'Name' }).fill('Own way');
  await app.keyboard.press('Enter');
  await ui.toasts.getByRole('button', { name: 'Open' }).click();
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Own way');
  const { text, playbook } = await api.playbooks.get({ id: 'own-way' });
  expect(playbook.steps[1]?.title).toBe('The usual');
  expect(text).not.toContain('optional: false');
});

test('a playbook is written: begun with a template, completed, put right at its line, and never written over', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await ui.go('new-playbook');
  const text = app.getByRole('textbox', { name: 'Playbook' });
  const view = app.getByTestId('view-edit-playbook');
  await expect(app.getByTestId('template')).toHaveCount(4);
  for (const at of [1, 2, 3, 0]) {
    await app.getByTestId('template').nth(at).click();
    await expect(view).toContainText(/Nothing wrong: .*/);
    if (at === 0) break;
    await app.getByRole('button', { name: 'More' }).click();
    await app.getByRole('menuitem', { name: 'Discard my changes' }).click();
  }
  await text.fill(
    'playbook: 1\nid: mine\nversion: 1\nname: Mine\nbudget: { tokens: 9000, seconds: 60, calls: 5, cost: 0 }\n',
  );
  await text.press('Control+End');
  await app.keyboard.type('inputs:\n- { id: goal, title: Goal, type: ');
  const offered = app.locator('.cm-tooltip-autocomplete');
  await offered.getByText('long-text').click();
  await app.keyboard.type(' }\n');
  await app.keyboard.press('Shift+Home');
  await app.keyboard.type('steps:\n- id: a\nkind: ');
  await offered.getByText('ask a model').click();
  await app.keyboard.type('\ntitle: A\nprompt: "{{ inputs.g');
  await offered.getByText('inputs.goal').click();
  await app.keyboard.type(' }}"\n');
  await expect(view).toContainText('Nothing wrong: 1 step, 1 input');
  const written = `playbook: 1
id: mine
version: 1
name: Mine
budget: { tokens: 9000, seconds: 60, calls: 5, cost: 0 }
inputs: [{ id: goal, title: Goal, type: text }]
steps:
  - id: a
    kind: ask
    title: A
    prompt: '{{ inputs.goal }}'
`;

  await text.fill(
    written.replace('title: A', 'title: A\n    needs: [b]') +
      '  - { id: b, kind: tool, title: B, tool: web.serch, needs: [a], with: {} }\n',
  );
  await expect(app.getByTestId('playbook-faults')).toContainText('web.serch');
  await expect(app.locator('.cm-fault-text')).toContainText('web.serch');
  await text.fill(
    written.replace('title: A', 'title: A\n    needs: [b]') +
      "  - { id: b, kind: ask, title: B, prompt: '{{ steps.a }}' }\n",
  );
  await expect(app.locator('.cm-fault-text')).toContainText('wait for each other');
  await expect(app.getByTestId('save-playbook')).toBeDisabled();
  await text.fill(written);
  await app.keyboard.press('Control+s');
  await expect(ui.toasts).toContainText('“Mine” is kept, as version 1.');

  await app.getByRole('button', { name: 'Edit' }).click();
  await expect(view).toContainText('Nothing wrong');
  await text.fill(written.replace('name: Mine', 'name: Mine too'));
  await expect(view).toContainText('not kept yet');
  const elsewhere = written.replace('name: Mine', 'name: Theirs');
  const theirs = await api.playbooks.save({ text: elsewhere });
  expect(theirs.version).toBe(2);
  await app.getByTestId('save-playbook').click();
  await expect(app.getByTestId('fault')).toContainText('meanwhile');
  await app.getByRole('button', { name: 'Replace it with mine' }).click();
  await expect(app.getByTestId('view-playbook')).toBeVisible();
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Mine too');
  expect((await api.playbooks.get({ id: 'mine' })).entry.version).toBe(3);

  await ui.go('new-playbook');
  const transfer = await app.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'theirs.playbook.yaml', { type: 'application/yaml' }));
    return data;
  }, elsewhere);
  await text.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(text).toContainText('Theirs');
  await expect(view).toContainText('Nothing wrong');
  await app.getByTestId('save-playbook').click();
  await expect(app.getByTestId('fault')).toContainText('another id');
  await app.getByRole('button', { name: 'Take the other' }).click();
  await expect(text).toContainText('Mine too');
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Mine too');
});
