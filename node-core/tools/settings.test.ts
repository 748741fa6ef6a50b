import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { userCall } from '../testing/open-test-workspace.ts';
import { createTools } from './index.ts';

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.dispose());

it('sets an account once for all tools that share it, and never gives a secret back', async () => {
  const { handlers, box } = createTools({ store: () => opened.store, clock: systemClock, logger: silentLogger });
  const set = (tool: string, setting: string, value: string | null) => handlers.set({ tool, setting, value }, userCall);
  const infoOf = async (name: string) => (await handlers.list(undefined, userCall)).find((tool) => tool.name === name);

  expect(await infoOf('mail.search')).toMatchObject({
    ready: false,
    missing: 'Set IMAP server, User, Password of the mail account under Agents, Tools.',
  });
  await set('mail.search', 'imap-host', 'imap.example.org');
  await set('mail.read', 'user', 'ada@example.org');
  await set('mail.send', 'password', 'correct horse');
  expect(await infoOf('mail.draft')).toMatchObject({ ready: true, missing: null });
  expect(await infoOf('mail.send')).toMatchObject({
    ready: false,
    missing: 'Set SMTP server of the mail account under Agents, Tools.',
  });
  const settings = (await infoOf('mail.read'))?.settings;
  expect(settings).toContainEqual(expect.objectContaining({ id: 'imap-host', value: 'imap.example.org', isSet: true }));
  expect(settings).toContainEqual(expect.objectContaining({ id: 'password', value: null, isSet: true }));
  expect(JSON.stringify(await handlers.list(undefined, userCall))).not.toContain('correct horse');
  await set('mail.search', 'password', null);
  expect(await infoOf('mail.draft')).toMatchObject({
    ready: false,
    missing: 'Set Password of the mail account under Agents, Tools.',
  });
  expect(await infoOf('calendar.read')).toMatchObject({
    settings: expect.not.arrayContaining([expect.objectContaining({ isSet: true })]),
  });
  expect(new Set(box.list().map(({ name }) => name)).size).toBe(box.list().length);
});
