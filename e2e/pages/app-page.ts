import { expect, type Locator, type Page } from 'playwright/test';

export const views = [
  'inbox',
  'today',
  'upcoming',
  'projects',
  'notes',
  'runs',
  'extract',
  'agents',
  'composed',
  'new-playbook',
  'tools',
  'calls',
  'schedules',
  'profiles',
  'facts',
  'chats',
  'models',
  'playground',
  'settings',
  'keys',
  'usage',
  'requests',
  'done',
  'trash',
  'history',
] as const;

/** What a person sees and can do, by the names that they would use. */
export const appPage = (page: Page) => {
  const quickAdd = page.getByRole('textbox', { name: 'Quick add' });
  const task = (title: string | RegExp): Locator => page.getByTestId('task-row').filter({ hasText: title });
  return {
    quickAdd,
    task,
    chips: page.getByTestId('chips').getByRole('button'),
    toasts: page.getByTestId('toasts'),
    palette: page.getByTestId('palette'),
    detail: page.getByTestId('task-detail'),
    message: page.getByRole('textbox', { name: 'Message', exact: true }),
    noteText: page.getByTestId('note-text').getByRole('textbox'),

    /** Shows a view by its address, as a link would. */
    async go(path: string): Promise<void> {
      await page.evaluate(async (to) => {
        if (location.hash === `#/${to}`) return;
        const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        location.hash = `#/${to}`;
        await changed;
      }, path);
      // A view that is still being fetched keeps the one before, hidden.
      await expect(
        page.locator('main h1, main [aria-label="Project name"]').filter({ visible: true }).first(),
      ).toBeVisible();
    },
    async add(line: string): Promise<void> {
      await quickAdd.fill(line);
      await quickAdd.press('Enter');
      await expect(quickAdd).toHaveValue('');
    },
    /** Waits until every line typed so far is acknowledged: rows that wait for the core have no id of its own. */
    async settled(): Promise<void> {
      await expect(page.locator('[data-task-id^="new-"]')).toHaveCount(0);
    },
    async openNote(title: string): Promise<void> {
      await page.getByTestId('note-row').filter({ hasText: title }).click();
      await expect(page.getByTestId('note-text')).toBeVisible();
    },
    async noteSaved(): Promise<void> {
      await expect(page.getByTestId('save-state')).toHaveText('Saved');
    },
  };
};
