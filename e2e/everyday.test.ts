import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

test('quick add shows what it understood; a chip taken back stays text', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.quickAdd.fill('Send the invoice tomorrow #billing !1 +Office');
  await expect(ui.chips).toHaveCount(4);
  for (const kind of ['due', 'tag', 'priority', 'project'])
    await expect(app.locator(`[data-chip="${kind}"]`)).toHaveCount(1);

  await app.locator('[data-chip="tag"]').press('Backspace');
  await expect(app.locator('[data-chip="tag"]')).toHaveCount(0);
  await expect(ui.quickAdd).toHaveValue('Send the invoice tomorrow #billing !1 +Office');
  await ui.quickAdd.press('Enter');
  await expect(ui.quickAdd).toHaveValue('');

  await expect.poll(async () => (await api.projects.list({})).map(({ name }) => name)).toContain('Office');
  const projects = await api.projects.list({});
  const office = projects.find(({ name }) => name === 'Office');
  const [task] = await api.tasks.list({ view: 'project', projectId: office?.id ?? '' });
  expect(task).toMatchObject({ title: 'Send the invoice #billing', priority: 1, tags: [] });
  expect(task?.dueDate).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a task that was added is there after a kill -9 and a reload', async ({ app, node }) => {
  const ui = appPage(app);
  await ui.add('Water the ficus');
  await ui.settled();
  await expect(ui.task('Water the ficus')).toBeVisible();
  await node.kill();
  const again = await node.restart();
  await app.goto('about:blank');
  await app.goto(again.signInUrl);
  await expect(ui.task('Water the ficus')).toBeVisible();
  expect(await again.stop()).toBe(0);
});

test('undo takes back the last step, whichever it was', async ({ app }) => {
  const ui = appPage(app);
  await ui.add('First thing');
  await ui.settled();
  await ui.add('Second thing');
  await ui.settled();
  await ui.task('First thing').click();
  await app.keyboard.press('Escape');
  await ui.task('First thing').focus();
  await app.keyboard.press('Delete');
  await expect(ui.task('First thing')).toHaveCount(0);
  await ui.toasts.getByRole('button', { name: /Undo/ }).first().click();
  await expect(ui.task('First thing')).toBeVisible();
  await ui.task('Second thing').focus();
  await app.keyboard.press('z');
  await expect(ui.task('Second thing')).toHaveCount(0);
  await expect(ui.task('First thing')).toBeVisible();
});

test('undo on what was just done takes back that, whole, and nothing that came after it', async ({ app, api }) => {
  const ui = appPage(app);
  for (const title of ['First thing', 'Second thing']) {
    await ui.add(title);
    await ui.settled();
  }
  for (const title of ['First thing', 'Second thing']) {
    await ui.task(title).focus();
    await app.keyboard.press(' ');
  }
  await app.keyboard.press('x');
  const done = async () => (await api.tasks.list({ view: 'done' })).map(({ title }) => title).toSorted();
  await expect.poll(done).toEqual(['First thing', 'Second thing']);
  const undo = ui.toasts.getByRole('button', { name: 'Undo' }).first();
  await expect(undo).toBeVisible();
  await api.tasks.create({ title: 'Came after' });
  await undo.click();
  await expect.poll(done).toEqual([]);
  await expect(ui.task('Came after')).toBeVisible();
});

test('a card carried to another column of a board comes back with one undo', async ({ app, api }) => {
  const ui = appPage(app);
  const project = await api.projects.create({ name: 'Fence', view: 'board' });
  const { id } = await api.tasks.create({ title: 'Paint it', projectId: project.id, status: 'doing' });
  await ui.go(`project/${project.id}`);
  await app.getByTestId('board-card').focus();
  await app.keyboard.press('Alt+ArrowRight');
  const status = async () => (await api.tasks.get({ id })).status;
  await expect.poll(status).toBe('done');
  await app.keyboard.press('z');
  await expect.poll(status).toBe('doing');
});

test('a list is worked with single keys', async ({ app, api }) => {
  const ui = appPage(app);
  await ui.add('Alpha');
  await ui.settled();
  await ui.add('Beta');
  await ui.settled();
  await ui.task('Alpha').focus();
  await app.keyboard.press('1');
  await expect
    .poll(async () => (await api.tasks.list({ view: 'inbox' })).find(({ title }) => title === 'Alpha')?.priority)
    .toBe(1);
  await app.keyboard.press('x');
  await expect.poll(async () => (await api.tasks.list({ view: 'done' })).map(({ title }) => title)).toEqual(['Alpha']);
});

test('two keys lead to a place from any list, also where the list has a meaning for the second', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  const { id: projectId } = await api.projects.create({ name: 'Garden' });
  const task = await api.tasks.create({ title: 'Rake the leaves', projectId });
  await api.notes.create({ text: '# Seeds' });
  const places = [
    ['p', 'projects'],
    ['l', 'playground'],
    ['n', 'notes'],
    ['y', 'keys'],
    ['c', 'chats'],
    ['r', 'runs'],
    ['u', 'upcoming'],
    ['m', 'models'],
    ['t', 'today'],
    ['i', 'inbox'],
  ] as const;
  for (const [key, view] of places) {
    await ui.go(`project/${projectId}`);
    await ui.task('Rake the leaves').focus();
    await app.keyboard.press('g');
    await app.keyboard.press(key);
    await expect(app.getByTestId(`view-${view}`), `g ${key}`).toBeVisible();
  }
  expect(await api.tasks.get({ id: task.id })).toEqual(task);
});

test('what a key opens has the focus before the next key can come, and gives it back where it was', async ({ app }) => {
  const ui = appPage(app);
  await ui.add('Rake the leaves');
  await ui.settled();
  const row = ui.task('Rake the leaves');
  const isHome = (): Promise<boolean> => row.evaluate((element) => element.contains(document.activeElement));
  for (const [key, opened] of [
    ['/', 'Search everything'],
    ['p', 'Project'],
    ['d', 'Date'],
  ]) {
    await row.focus();
    expect(await isHome()).toBe(true);
    // No timer and no frame may pass between a key and what it does to the focus.
    const focused = await app.evaluate(async (name) => {
      const press = new KeyboardEvent('keydown', { key: name ?? '', bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(press);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      return document.activeElement?.getAttribute('aria-label');
    }, key);
    expect(focused, key).toBe(opened);
    await app.keyboard.press('Escape');
    await expect.poll(isHome, key).toBe(true);
  }
  await ui.go('keys');
  const create = app.getByTestId('create-key');
  for (const key of ['Enter', 'q', '/']) {
    await create.press(key);
    await expect(create, key).not.toBeFocused();
    await app.keyboard.press('Escape');
    await expect(create, key).toBeFocused();
  }
});

test('search finds a word of a note and of a task as it is typed', async ({ app, api }) => {
  const ui = appPage(app);
  await api.notes.create({ text: '# Trip\n\nThe ferry leaves from Calais at noon.' });
  await api.tasks.create({ title: 'Book the Calais ferry' });
  await app.keyboard.press('Escape');
  await app.keyboard.press('/');
  await expect(ui.palette).toBeVisible();
  await app.keyboard.type('cala');
  await expect(ui.palette.getByRole('option', { name: /Trip/ })).toBeVisible();
  await ui.palette.getByRole('option', { name: /Book the Calais/ }).click();
  await expect(ui.detail).toBeVisible();
});

test('a note is kept byte for byte', async ({ app, api }) => {
  const ui = appPage(app);
  const odd =
    '# Bytes\r\n\r\ttab, trailing   \r\n* a\n+ b\n\n\u00a0nbsp \u200bzero-width e\u0301 é 👩‍🚀 עברית\n<b>raw</b> &amp; [x](y "z")\n\n\n```\ncode\n```\n  last line without an end';
  const note = await api.notes.create({ text: odd });
  await ui.go(`note/${note.id}`);
  await expect(ui.noteText).toContainText('Bytes');
  expect((await api.notes.get({ id: note.id })).text).toBe(odd);

  await ui.noteText.click();
  await app.keyboard.press('Control+End');
  await app.keyboard.type('!');
  await ui.noteSaved();
  await expect.poll(async () => (await api.notes.get({ id: note.id })).text).toBe(`${odd}!`);
});

test('what is typed into a note is there after a restart', async ({ app, node }) => {
  const ui = appPage(app);
  await ui.go('notes');
  await app.getByTestId('new-note').click();
  await ui.noteText.click();
  await app.keyboard.press('Control+A');
  await app.keyboard.type('# Garden\nSow #peas in [[March]].\n- [ ] buy netting');
  await ui.noteSaved();
  expect(await node.stop()).toBe(0);
  const again = await node.restart();
  await app.goto('about:blank');
  await app.goto(again.signInUrl);
  await ui.go('notes');
  await ui.openNote('Garden');
  await expect(ui.noteText).toContainText('buy netting');
  expect(await again.stop()).toBe(0);
});

test('without a key nothing is shown, and a wrong key is refused', async ({ page, node }) => {
  await page.goto(`${node.url}/`);
  await expect(page.getByTestId('rail')).toHaveCount(0);
  await page.goto(`${node.url}/#key=wrong`);
  await page.reload();
  await expect(page.getByTestId('rail')).toHaveCount(0);
});
