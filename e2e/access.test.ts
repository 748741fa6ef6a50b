import { accessFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage, views } from './pages/app-page.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any view, ${theme}`, async ({ app, api }) => {
    test.setTimeout(240_000);
    const ui = appPage(app);
    await app.emulateMedia({ colorScheme: theme });
    await expect(app.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    const project = await api.projects.create({ name: 'Launch' });
    const first = await api.tasks.create({
      title: 'Write the brief',
      projectId: project.id,
      priority: 1,
      tags: ['marketing'],
      dueDate: '2020-01-02',
    });
    await api.tasks.create({
      title: 'Review the brief',
      projectId: project.id,
      dependsOn: [first.id],
      dueDate: '2099-01-02',
    });
    await api.tasks.complete({ id: (await api.tasks.create({ title: 'Done already' })).id });
    await api.tasks.remove({ ids: [(await api.tasks.create({ title: 'Thrown away' })).id] });
    const note = await api.notes.create({ text: '# Note\n\n- [ ] item\n\n> quote `code` **bold** [[Other]] #tag\n' });
    const paths = [
      ...views,
      `project/${project.id}`,
      `project/${project.id}?task=${first.id}`,
      `note/${note.id}`,
      'tag/marketing',
    ];
    const found: string[] = [];
    const look = async (where: string, within?: string): Promise<void> => {
      found.push(...(await accessFaults(app, within)).map((fault) => `${where}: ${fault}`));
    };
    for (const path of paths) {
      await ui.go(path);
      await app.waitForLoadState('networkidle');
      await look(path);
    }
    await ui.go(`note/${note.id}`);
    await app.getByRole('button', { name: 'Note menu' }).click();
    await expect(app.getByRole('menuitem').first()).toBeVisible();
    await look('menu', '[role="menu"]');
    await app.keyboard.press('Escape');
    await expect(app.getByRole('menuitem')).toHaveCount(0);
    await app.keyboard.press('Control+k');
    await expect(ui.palette).toBeVisible();
    await look('palette');
    expect(found).toEqual([]);
  });
}
