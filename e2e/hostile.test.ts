import { corpus, executions, far, run } from './fixtures/hostile-corpus.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage, views } from './pages/app-page.ts';

test('the corpus in every field: nothing runs, nothing leaves', async ({ app, api, watch }) => {
  test.setTimeout(180_000);
  const ui = appPage(app);
  let dialogs = 0;
  app.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });

  const all = corpus.join('\n\n');
  const line = corpus.map((one) => one.replaceAll('\n', ' '));
  const project = await api.projects.create({ name: line.join(' ').slice(0, 2_000), notes: all });
  await api.projects.createSection({ projectId: project.id, name: line[1] ?? '' });
  for (const text of line) {
    await api.projects.create({ name: text });
    const task = await api.tasks.create({
      title: text,
      notes: all,
      projectId: project.id,
      tags: [text.slice(0, 64)],
      owner: text.slice(0, 200),
    });
    await api.tasks.create({ title: text });
    await api.tasks.complete({ id: (await api.tasks.create({ title: text })).id });
    await api.tasks.remove({ ids: [(await api.tasks.create({ title: text })).id] });
    expect(task.title).toBe(text);
  }
  const notes = await Promise.all([...corpus, all].map((text) => api.notes.create({ text, projectId: project.id })));
  const note = notes.at(-1);
  await api.notes.attach({
    noteId: note?.id ?? '',
    name: line[1] ?? '',
    mediaType: 'text/html',
    data: Buffer.from(all).toString('base64'),
  });
  await api.keys.create({ name: (line[1] ?? '').slice(0, 100) });

  for (const view of views) {
    await ui.go(view);
    await app.waitForLoadState('networkidle');
  }
  await ui.go(`project/${project.id}`);
  await ui
    .task(line[0] ?? '')
    .first()
    .click();
  await expect(ui.detail).toBeVisible();
  await ui.go(`tag/${encodeURIComponent((line[1] ?? '').slice(0, 64))}`);
  for (const one of notes.slice(-6)) {
    await ui.go(`note/${one.id}`);
    await expect(ui.noteText).toBeVisible();
  }
  await app.getByRole('button', { name: 'Versions' }).click();

  await ui.go('inbox');
  for (const text of line.slice(0, 12)) {
    await ui.quickAdd.fill(text);
    await ui.quickAdd.press('Enter');
  }
  await app.keyboard.press('Escape');
  await app.keyboard.press('Control+k');
  for (const text of line.slice(0, 12)) {
    await app.keyboard.press('Control+a');
    await app.keyboard.insertText(text);
  }
  await app.keyboard.press('Escape');

  expect(await executions(app)).toBe(0);
  expect(dialogs).toBe(0);
  expect(watch.outside).toEqual([]);
  expect(app.url()).not.toContain(far);
  expect(app.context().pages()).toHaveLength(1);
  expect(await app.locator('iframe, object, embed, base, form[action]').count()).toBe(0);
});

test('pasted as rich text into a note and quick add, a page stays text', async ({ app, api }) => {
  const ui = appPage(app);
  const html = corpus.join('');
  const paste = (): Promise<void> =>
    app.evaluate((markup) => {
      const data = new DataTransfer();
      data.setData('text/html', markup);
      data.setData('text/plain', markup);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, html);
  const note = await api.notes.create({ text: '# Paste here\n' });
  await ui.go(`note/${note.id}`);
  await ui.noteText.click();
  await app.keyboard.press('Control+End');
  await paste();
  await ui.noteSaved();
  await expect.poll(async () => (await api.notes.get({ id: note.id })).text).toContain('<script>');
  await ui.go('inbox');
  await ui.quickAdd.focus();
  await paste();
  expect(await executions(app)).toBe(0);
});

test('an attachment that is a page is never drawn inside the app', async ({ app, api, node }) => {
  const ui = appPage(app);
  const note = await api.notes.create({ text: '# With a file' });
  await api.notes.attach({
    noteId: note.id,
    name: 'page.html',
    mediaType: 'text/html',
    data: Buffer.from(`<script>opener.${run}</script>`).toString('base64'),
  });
  await ui.go(`note/${note.id}`);
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save page.html' }).click();
  expect((await download).suggestedFilename()).toBe('page.html');
  expect(new URL(app.url()).origin).toBe(node.url);
  expect(await executions(app)).toBe(0);
});
