import { accessFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage, views } from './pages/app-page.ts';

// As narrow as a telephone: what stood beside the rest stands under it, and nothing has to be moved sideways to be read.

test.use({ viewport: { width: 390, height: 800 } });

test('no view is wider than a narrow window, and axe finds nothing in it', async ({ app }) => {
  test.setTimeout(240_000);
  for (const view of views) {
    await appPage(app).go(view);
    expect
      .soft(
        await app.evaluate(
          () =>
            [...document.querySelectorAll('html, main, [data-testid^="view-"]')].filter(
              (box) => box.scrollWidth > box.clientWidth + 1,
            ).length,
        ),
        view,
      )
      .toBe(0);
    expect.soft(await accessFaults(app), view).toEqual([]);
  }
});

test('the plan of a playbook stands under its form, cards one under the other', async ({ app }) => {
  await appPage(app).go('agents');
  const cards = app.locator('[data-playbook]');
  await expect(cards.nth(1)).toBeVisible();
  const [first, second] = [await cards.nth(0).boundingBox(), await cards.nth(1).boundingBox()];
  expect(second?.x).toBe(first?.x);
  await cards.filter({ hasText: 'Meeting notes' }).click();
  const form = app.getByTestId('start-form');
  await expect(form).toBeVisible();
  const above = await form.boundingBox();
  const below = await app.getByText('Graph', { exact: true }).boundingBox();
  expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
});
