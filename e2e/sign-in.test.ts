import { startOAuthServer } from '../node-core/testing/oauth-server.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

test('an account that takes no password is signed in to by the browser, and out of again', async ({
  app,
  api,
  page,
}) => {
  const oauth = await startOAuthServer();
  try {
    const settings = {
      provider: 'other',
      client: 'jan-test',
      authorize: oauth.authorize,
      token: oauth.token,
      user: 'ada@example.org',
      'imap-host': 'localhost',
    };
    for (const [setting, value] of Object.entries(settings))
      await api.tools.set({ tool: 'mail.search', setting, value });
    await appPage(app).go('tools');
    const tool = app.locator('[data-tool="mail.search"]');
    await tool.getByRole('button').first().click();
    const signIn = tool.getByTestId('sign-in');
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await expect(signIn).toHaveAttribute('data-state', 'waiting');
    const opened = page.context().waitForEvent('page');
    await signIn.getByRole('link').click();
    await expect((await opened).getByText('You are signed in.')).toBeVisible();
    await expect(signIn).toContainText('Signed in');
    await expect(tool).toHaveAttribute('data-ready', 'true');
    await signIn.getByRole('button', { name: 'Sign out' }).click();
    await expect(signIn).toHaveAttribute('data-state', 'signed-out');
    oauth.refuseNext('access_denied');
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    const refused = page.context().waitForEvent('page');
    await signIn.getByRole('link').click();
    await refused;
    await expect(signIn.getByRole('alert')).toContainText('did not sign you in (access_denied)');
  } finally {
    await oauth.close();
  }
});
