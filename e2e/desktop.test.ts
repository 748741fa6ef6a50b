import { expect, test } from 'playwright/test';
import { discardDesktop, electronBinary, newDataDir, openDesktop } from './fixtures/desktop.ts';
import { appPage } from './pages/app-page.ts';

// The whole chain as a person meets it: built main and preload, the real core host and inference host, the real interface.
const ran = electronBinary() ? 'Electron' : 'the stand-in for Electron';

test(`the interface works through the port that the preload handed over, in ${ran}`, async () => {
  const dir = newDataDir();
  const desktop = await openDesktop(dir);
  const ui = appPage(desktop.page);
  await expect(desktop.page.getByTestId('rail')).toBeVisible();
  await ui.add('Buy stamps tomorrow #errands');
  await ui.settled();
  await expect(ui.task('Buy stamps')).toBeVisible();
  expect(await desktop.page.evaluate(() => localStorage.getItem('jan.key'))).toBeNull();

  await ui.quickAdd.fill('Plan Q2 product launch by June 30 #marketing');
  await desktop.page.getByRole('button', { name: /Hand to agent/ }).click();
  await expect(desktop.page.getByTestId('run-result')).toBeVisible({ timeout: 60_000 });
  await expect(desktop.page.getByTestId('result-task').nth(4)).toBeVisible();
  expect(await desktop.quit()).toBe(0);

  const again = await openDesktop(dir);
  await appPage(again.page).go('projects');
  await expect(again.page.getByTestId('project-row')).toHaveCount(1);
  await appPage(again.page).go('inbox');
  await expect(appPage(again.page).task('Buy stamps')).toBeVisible();
  expect(await again.quit()).toBe(0);
  discardDesktop(again);
});
