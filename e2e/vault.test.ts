import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const passphrase = 'correct horse battery staple';

test('locked, nothing is shown or answered; the passphrase opens it again, a wrong one does not', async ({
  app,
  api,
  node,
}) => {
  const ui = appPage(app);
  await ui.add('Secret errand');
  await ui.settled();
  await ui.go('settings');
  await app.getByRole('button', { name: 'Add a passphrase' }).click();
  await app.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await app.getByLabel('Once more').fill(passphrase);
  await app.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(app.getByTestId('slot-row')).toHaveCount(2);

  await app.keyboard.press('Control+Shift+K');
  await app.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
  await expect(app.getByTestId('view-unlock')).toBeVisible();
  await expect(app.getByText('Secret errand')).toHaveCount(0);
  await expect(api.tasks.list({ view: 'inbox' })).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  const refused = await fetch(`${node.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'jan-builtin', messages: [{ role: 'user', content: 'hello' }] }),
  });
  expect(refused.status).toBe(423);

  await app.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await app.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(app.getByTestId('fault')).toBeVisible();
  await app.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await app.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(app.getByTestId('rail')).toBeVisible();
  await ui.go('inbox');
  await expect(ui.task('Secret errand')).toBeVisible();
});

test('without the stored key the vault starts locked, and the recovery code opens it', async ({ app, api, node }) => {
  const ui = appPage(app);
  await ui.add('Paper errand');
  await ui.settled();
  await ui.go('settings');
  await app.getByRole('button', { name: 'New recovery code' }).click();
  await app.getByRole('button', { name: 'Show the code' }).click();
  const code = (await app.getByTestId('recovery-code').innerText()).trim();
  await app.getByRole('button', { name: 'I wrote it down' }).click();
  await app.getByLabel('The code').fill('AAAA-AAAA');
  await app.getByRole('button', { name: 'Confirm' }).click();
  await expect(app.getByTestId('fault')).toBeVisible();
  await app.getByLabel('The code').fill(code);
  await app.getByRole('button', { name: 'Confirm' }).click();
  await expect(app.getByTestId('fault')).toHaveCount(0);
  await expect
    .poll(async () => (await api.vault.status()).slots.find(({ kind }) => kind === 'recovery')?.confirmed)
    .toBe(true);
  const keyFile = (await api.vault.status()).slots.find(({ kind }) => kind === 'key-file');
  await api.vault.removeSlot({ slotId: keyFile?.id ?? '' });

  expect(await node.stop()).toBe(0);
  const again = await node.restart();
  await app.goto('about:blank');
  await app.goto(again.signInUrl);
  await expect(app.getByTestId('view-unlock')).toBeVisible();
  await app.getByLabel('Recovery code').fill(code.toLowerCase());
  await app.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(app.getByTestId('rail')).toBeVisible();
  await ui.go('inbox');
  await expect(ui.task('Paper errand')).toBeVisible();
  expect(await again.stop()).toBe(0);
});
