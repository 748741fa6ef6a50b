import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discard, serveNode } from './fixtures/node.ts';
import { seedLargeProject } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

test('a project of 10,000 tasks opens, scrolls to its end and keeps few rows in the page', async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-e2e-large-'));
  const projectId = await seedLargeProject(dir, 10_000);
  const node = await serveNode(dir);
  try {
    const ui = appPage(page);
    await page.goto(node.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    await ui.go(`project/${projectId}`);
    await expect(ui.task('Task 1 of many').first()).toBeVisible();
    // The first rows come at once, the rest behind them.
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10000');
    const list = page.getByTestId('task-list');
    const rows = page.getByTestId('task-row');
    const most: number[] = [];
    for (const part of [0.1, 0.33, 0.5, 0.9, 1]) {
      await list.evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), part);
      await expect(rows.first()).toBeVisible();
      most.push(await rows.count());
    }
    await expect(page.getByText('Task 10000 of many', { exact: true })).toBeVisible();
    expect(Math.max(...most)).toBeLessThan(120);
    expect(await node.stop()).toBe(0);
  } finally {
    await node.kill();
    discard(node);
  }
});
