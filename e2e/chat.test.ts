import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { accessFaults } from './fixtures/accessibility.ts';
import { type ChatModel, addChatModel } from './fixtures/chat-model.ts';
import { corpus, executions } from './fixtures/hostile-corpus.ts';
import { discard, serveNode } from './fixtures/node.ts';
import { seedLongChat } from './fixtures/seed.ts';
import { expect, test as base } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

/** A chat with a model that answers as the test says. */
const test = base.extend<{ model: ChatModel }>({
  model: async ({ api }, use) => {
    const model = await addChatModel(api);
    await api.models.setDefault({ id: model.id });
    await use(model);
    await model.close();
  },
});

const ask = async (page: Page, text: string): Promise<void> => {
  const { message } = appPage(page);
  await message.fill(text);
  await message.press('Enter');
};
const answers = (page: Page) => page.getByTestId('answer');

test('an answer shows while it is written; stopped, it keeps what it said, and the model is left alone', async ({
  app,
  model,
}) => {
  const ui = appPage(app);
  await ui.go('chats');
  await expect(app.getByTestId('chat-place')).toContainText('another program on this machine');
  await ask(app, 'Tell me of the sea');
  const answer = await model.next();
  answer.say('It is **wi');
  await expect(answers(app)).toHaveText('It is wi');
  answer.say('de** and');
  await expect(answers(app).locator('strong')).toHaveText('wide');
  // What was asked is kept with the first word of the answer, and has a name.
  await expect(app.getByTestId('chat-row')).toContainText('Tell me of the sea');
  await app.getByTestId('stop-answer').click();
  await answer.left;
  await expect(answers(app)).toHaveAttribute('data-state', 'stopped');
  await expect(answers(app)).toContainText('It is wide and');
  await expect(ui.message).toBeFocused();
  await app.reload();
  await expect(answers(app)).toContainText('It is wide and');
});

test('what a model thinks is folded, and not part of what is copied or asked again', async ({ app, model }) => {
  const ui = appPage(app);
  await ui.go('chats');
  await ask(app, 'How many?');
  const answer = await model.next();
  answer.think('Count them: one, two, ');
  const reasoning = app.getByTestId('reasoning');
  await expect(reasoning).toHaveText('Thinks…');
  await expect(answers(app)).not.toContainText('Count them');
  await reasoning.click();
  await expect(answers(app)).toContainText('Count them: one, two,');
  answer.think('three.');
  await expect(answers(app)).toContainText('one, two, three.');
  answer.say('Three.');
  answer.end();
  await expect(reasoning).toHaveText('Thought before it answered');
  await expect(answers(app)).toHaveAttribute('data-state', 'done');
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.getByRole('button', { name: 'Copy the answer' }).click();
  expect(await app.evaluate(() => navigator.clipboard.readText())).toBe('Three.');
  await ask(app, 'Sure?');
  const second = await model.next();
  expect(JSON.stringify(second.request.body)).not.toContain('Count them');
  second.end();
});

test('another answer, another question: both ways stay, and the switch goes between them', async ({
  app,
  api,
  model,
}) => {
  const other = await addChatModel(api, 'Other');
  try {
    await appPage(app).go('chats');
    await ask(app, 'First?');
    const first = await model.next();
    first.say('One.');
    first.end({ prompt_tokens: 120, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 64 } });
    await expect(answers(app)).toHaveAttribute('data-state', 'done');
    await app.getByTestId('show-usage').click();
    await expect(app.getByTestId('usage')).toContainText('120 tokens, 64 of them cached');
    await expect(app.getByTestId('usage')).toContainText('2 tokens');

    await app.getByTestId('answer-again').click();
    await app.getByRole('menuitem', { name: 'Other' }).click();
    const again = await other.next();
    again.say('Two.');
    again.end();
    const branches = answers(app).getByTestId('branches');
    await expect(answers(app)).toContainText('Two.');
    await expect(branches).toHaveText('2 / 2');
    await app.getByRole('button', { name: 'Earlier answer' }).click();
    await expect(answers(app)).toContainText('One.');
    await expect(branches).toHaveText('1 / 2');

    await app.getByTestId('edit-question').click();
    const field = app.getByRole('textbox', { name: 'Question' });
    await expect(field).toBeFocused();
    await field.fill('First, but better?');
    await field.press('Enter');
    const better = await model.next();
    expect(JSON.stringify(better.request.body)).not.toContain('First?');
    better.say('Three.');
    better.end();
    await expect(answers(app)).toHaveText(/Three\./);
    await expect(app.getByTestId('question').getByTestId('branches')).toHaveText('2 / 2');
    await app.getByRole('button', { name: 'Earlier question' }).click();
    await expect(app.getByTestId('question')).toContainText('First?');
    await expect(answers(app)).toContainText('Two.');
    // The way that was chosen last is the one that is there next time.
    await app.reload();
    await expect(answers(app)).toContainText('Two.');
  } finally {
    await other.close();
  }
});

test('instructions and figures reach the model; a draft waits for its chat', async ({ app, model }) => {
  const ui = appPage(app);
  await ui.go('chats');
  await app.getByRole('button', { name: 'Instructions and parameters' }).click();
  const settings = app.getByTestId('chat-settings');
  await settings.getByLabel('Instructions').fill('Answer in rhymes.');
  await settings.getByLabel('Temperature').fill('9');
  await expect(settings).toContainText('A number from 0 to 2');
  await settings.getByLabel('Temperature').fill('0.3');
  await app.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
  await ask(app, 'Hello');
  const answer = await model.next();
  expect(answer.request.body).toMatchObject({
    temperature: 0.3,
    messages: [
      { role: 'system', content: 'Answer in rhymes.' },
      { role: 'user', content: 'Hello' },
    ],
  });
  answer.end();
  await ui.message.fill('not sent yet');
  await app.getByTestId('new-chat').click();
  await expect(ui.message).toHaveValue('');
  await app.getByTestId('chat-row').click();
  await expect(ui.message).toHaveValue('not sent yet');
  expect(await app.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
    'not sent yet',
  );
});

test('what is typed while a message is on its way is kept; what was not sent stands before it', async ({
  page,
  node,
}) => {
  const ui = appPage(page);
  let held: (() => void)[] | null = null;
  let isRefused = false;
  await page.routeWebSocket(/\/rpc$/u, (line) => {
    const server = line.connectToServer();
    line.onMessage((message) =>
      server.send(isRefused ? String(message).replace('"/threads/send"', '"/threads/gone"') : message),
    );
    server.onMessage((message) => {
      if (held) held.push(() => line.send(message));
      else line.send(message);
    });
  });
  await page.goto(node.signInUrl);
  await ui.go('chats');
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  for (const hasFailed of [false, true]) {
    isRefused = hasFailed;
    await ui.message.fill('Hello');
    await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
    held = [];
    await ui.message.press('Enter');
    await expect(ui.message).toHaveValue('');
    await page.keyboard.type('And');
    const given = held;
    held = null;
    for (const send of given) send();
    await expect(page.getByTestId('question')).toHaveText('Hello');
    // It goes on behind what is written, also where the chat has only just begun.
    await page.keyboard.type(' then?');
    if (hasFailed) await expect(ui.toasts).toContainText('The message was not sent.');
    await expect(ui.message).toHaveValue(hasFailed ? 'Hello\n\nAnd then?' : 'And then?');
  }
});

test('notifications stand above the files of a message, however many there are', async ({ app }) => {
  const ui = appPage(app);
  await ui.go('chats');
  await app.getByTestId('attach-input').setInputFiles([
    ...Array.from({ length: 14 }, (_, at) => ({
      name: `figures of a long quarter ${at}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from('a,b\n1,2\n'),
    })),
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 0xff]) },
  ]);
  await expect(app.getByTestId('draft-file')).toHaveCount(14);
  await expect(ui.toasts).toContainText('photo.png');
  const top = await app
    .getByTestId('draft-file')
    .first()
    .evaluate((element) => element.getBoundingClientRect().top);
  const bottom = await ui.toasts.evaluate((element) => element.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(top);
});

test('files go along as text; what is no text or too large is refused with the reason', async ({ app, model }) => {
  const ui = appPage(app);
  await ui.go('chats');
  await app.getByTestId('attach-input').setInputFiles([
    { name: 'figures.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') },
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 0xff]) },
    { name: 'huge.log', mimeType: 'text/plain', buffer: Buffer.alloc(2_000_001, 0x61) },
  ]);
  await expect(app.getByTestId('draft-file')).toHaveText(/figures\.csv/);
  await expect(ui.toasts).toContainText('“photo.png” can’t go with the message.');
  await expect(ui.toasts).toContainText('“huge.log” can’t go with the message.');
  await ask(app, 'Add them up');
  const answer = await model.next();
  expect(JSON.stringify(answer.request.body)).toContain('a,b\\n1,2');
  answer.say('3');
  answer.end();
  await expect(app.getByTestId('question')).toContainText('figures.csv');

  // The same by dropping it on the line.
  const data = await app.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['# Dropped'], 'dropped.md', { type: 'text/markdown' }));
    return transfer;
  });
  await ui.message.dispatchEvent('drop', { dataTransfer: data });
  await expect(app.getByTestId('draft-file')).toHaveText(/dropped\.md/);
});

test('an answer that breaks off says so and is asked for again with one button', async ({ app, model }) => {
  await appPage(app).go('chats');
  await ask(app, 'Will it hold?');
  const broken = await model.next();
  broken.say('It wi');
  await expect(answers(app)).toContainText('It wi');
  broken.drop();
  const fault = answers(app).getByTestId('fault');
  await expect(fault).toContainText('The answer broke off.');
  await fault.getByRole('button', { name: 'Try again' }).click();
  const whole = await model.next();
  whole.say('It does.');
  whole.end();
  await expect(answers(app)).toContainText('It does.');
  await expect(answers(app)).toHaveAttribute('data-state', 'done');
});

test('a chat is saved as Markdown and as JSON, renamed, searched, thrown away and brought back', async ({
  app,
  model,
}) => {
  const ui = appPage(app);
  await ui.go('chats');
  await ask(app, 'What is a **fjord**?');
  const answer = await model.next();
  answer.say('A deep inlet.');
  answer.end();
  await expect(answers(app)).toHaveAttribute('data-state', 'done');

  const saved = async (item: string): Promise<string> => {
    await app.getByRole('button', { name: 'Menu of this chat' }).click();
    const download = app.waitForEvent('download');
    await app.getByRole('menuitem', { name: item }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const text = await saved('Save as Markdown');
  expect(text).toContain('What is a **fjord**?');
  expect(text).toContain('A deep inlet.');
  expect(JSON.parse(await saved('Save all branches as JSON'))).toMatchObject({
    messages: [{ role: 'user' }, { role: 'assistant', text: 'A deep inlet.' }],
  });

  await app.getByTestId('chat-row').focus();
  await app.keyboard.press('e');
  await app.getByRole('textbox', { name: 'Title of the chat' }).fill('Norway');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('chat-title')).toHaveText('Norway');
  await expect(app.getByTestId('chat-row')).toBeFocused();

  await app.getByRole('textbox', { name: 'Search chats' }).fill('inlet');
  await expect(app.getByTestId('chat-row')).toHaveText(/Norway/);
  await app.getByRole('textbox', { name: 'Search chats' }).fill('desert');
  await expect(app.getByTestId('chat-row')).toHaveCount(0);
  await app.getByRole('textbox', { name: 'Search chats' }).fill('');

  await app.getByTestId('chat-row').focus();
  await app.keyboard.press('Backspace');
  await expect(app.getByTestId('chat-row')).toHaveCount(0);
  await ui.go('trash');
  await app.getByRole('button', { name: 'Restore Norway' }).click();
  await ui.go('chats');
  await app.getByTestId('chat-row').click();
  await expect(answers(app)).toContainText('A deep inlet.');
});

test('what a hostile model writes stays text: nothing runs, nothing is fetched, links ask first', async ({
  app,
  model,
  watch,
}) => {
  const ui = appPage(app);
  await ui.go('chats');
  await ask(app, 'Be hostile');
  const answer = await model.next();
  // In pieces, so that every half of every trick is drawn once.
  for (const piece of corpus.join('\n\n').match(/[\s\S]{1,11}/g) ?? []) answer.say(piece);
  answer.say('\n\nThe [last word](https://attacker.example/here) is said.');
  await expect(answers(app)).toContainText('is said.');
  answer.end();
  await expect(answers(app)).toHaveAttribute('data-state', 'done');
  await app.waitForLoadState('networkidle');
  expect(await executions(app)).toBe(0);
  expect(watch.outside).toEqual([]);
  const drawn = app.getByTestId('messages');
  await expect(
    drawn.locator('img, iframe, object, embed, script, style, video, form, base, meta, link, svg script'),
  ).toHaveCount(0);
  // Not even an address that the browser could look up ahead.
  await expect(drawn.locator('[href], [src]')).toHaveCount(0);
  await app.getByRole('link', { name: 'last word' }).click();
  await expect(app.getByRole('dialog')).toContainText('https://attacker.example/here');
  await app.getByRole('button', { name: 'Cancel' }).click();
  expect(app.context().pages()).toHaveLength(1);
  expect(watch.outside).toEqual([]);
});

test('a model on another computer is refused until the person allows it, and the place is said before', async ({
  app,
  api,
}) => {
  const { id } = await api.models.addEndpoint({ name: 'Far', url: 'http://203.0.113.7:9/v1', model: 'far' });
  await api.models.setDefault({ id });
  const ui = appPage(app);
  await ui.go('chats');
  await ui.message.fill('Are you there?');
  await expect(app.getByTestId('send')).toBeDisabled();
  await app.getByRole('button', { name: 'Open Settings' }).click();
  const allow = app.getByRole('switch', { name: 'Allow models on other computers' });
  await expect(allow).not.toBeChecked();
  await expect(allow).toBeEnabled();
  await allow.press('Space');
  await expect(allow).toBeChecked();
  await ui.go('chats');
  await expect(app.getByTestId('chat-place')).toContainText('the prompt is sent there');
  await expect(app.getByTestId('strip-place')).toContainText('remote');
  await expect(app.getByTestId('send')).toBeEnabled();

  // A fallback elsewhere is said before, too.
  await ui.go('settings');
  await app.getByTestId('fallback-model').click();
  await app.getByRole('option', { name: 'Far' }).click();
  await expect(app.getByTestId('fallback-model')).toHaveText('Far');
  await api.models.setDefault({ id: 'jan-builtin' });
  await ui.go('chats');
  await expect(app.getByTestId('chat-place')).toContainText('if that fails, by “Far” on another one');
  await expect(app.getByTestId('strip-place')).toContainText('this machine, else remote');
});

test('with the keyboard alone: a chat is begun, stopped, edited and left', async ({ app, model }) => {
  const ui = appPage(app);
  await app.locator('main').focus();
  await app.keyboard.press('Shift+C');
  await expect(ui.message).toBeFocused();
  await app.keyboard.type('First line');
  await app.keyboard.press('Shift+Enter');
  await app.keyboard.type('second line');
  await app.keyboard.press('Enter');
  const answer = await model.next();
  expect(JSON.stringify(answer.request.body)).toContain('First line\\nsecond line');
  answer.say('Half');
  await expect(answers(app)).toContainText('Half');
  await expect(ui.message).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(answers(app)).toHaveAttribute('data-state', 'stopped');

  await app.getByTestId('edit-question').focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('textbox', { name: 'Question' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('edit-question')).toBeFocused();
  await app.keyboard.press('?');
  await expect(app.getByTestId('shortcuts-map')).toContainText('New chat');
});

test('2,000 messages: the newest are there at once, few are in the page, and reading upwards moves nothing', async ({
  page,
}) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-e2e-chat-'));
  const id = await seedLongChat(dir, 2_000);
  const node = await serveNode(dir);
  try {
    await page.goto(node.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    await appPage(page).go(`chat/${id}`);
    await expect(page.getByText('Answer 1000 with')).toBeInViewport();
    const drawn = await answers(page).count();
    expect(drawn).toBeLessThan(60);
    const oldest = page.getByTestId('question').first();
    const oldestText = await oldest.innerText();
    await page.getByTestId('messages').evaluate((element) => element.scrollTo(0, 0));
    await expect.poll(() => answers(page).count()).toBeGreaterThan(drawn);
    await expect(page.getByText(oldestText, { exact: true })).toBeInViewport();
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await expect(page.getByText('Answer 1000 with')).toBeInViewport();
  } finally {
    await node.kill();
    discard(node);
  }
});

test('search finds what was said far up in a long chat, and opens it there', async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-e2e-chat-'));
  await seedLongChat(dir, 400);
  const node = await serveNode(dir);
  try {
    await page.goto(node.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    const ui = appPage(page);
    for (const number of [57, 3]) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(`answer ${number} weight`);
      // The list shows what matched the letters before until it has these.
      await ui.palette.getByRole('option', { name: new RegExp(`A long one.*Answer ${number} with`, 'u') }).click();
      await expect(page.getByText(`Answer ${number} with`)).toBeInViewport();
      await expect
        .poll(() => page.evaluate(() => [...(CSS.highlights.get('jan-found') ?? [])].map((mark) => mark.startOffset)))
        .toEqual([0]);
    }
    // Only once: the chat opened again shows its end.
    await ui.go('inbox');
    await page.goBack();
    await expect(page.getByText('Answer 200 with')).toBeInViewport();
  } finally {
    await node.kill();
    discard(node);
  }
});

test('search finds what was said on a branch that is not shown, and shows it', async ({ app, model }) => {
  const ui = appPage(app);
  await ui.go('chats');
  await ask(app, 'Where does it nest?');
  const one = await model.next();
  one.say('In a **burrow** by the river.');
  one.end();
  await expect(answers(app)).toHaveAttribute('data-state', 'done');
  await app.getByTestId('answer-again').click();
  await app.getByRole('menuitem').first().click();
  const two = await model.next();
  two.say('In a tree.');
  two.end();
  await expect(answers(app)).toContainText('In a tree.');
  await expect(answers(app)).toHaveAttribute('data-state', 'done');
  await ui.go('inbox');
  await app.keyboard.press('Escape');
  await app.keyboard.press('/');
  await app.keyboard.type('burro');
  await expect(ui.palette.getByRole('option', { name: /Where does it nest/ })).toContainText('In a **burrow**');
  await app.keyboard.press('Enter');
  await expect(answers(app)).toContainText('In a burrow by the river.');
  await expect(answers(app).getByTestId('branches')).toHaveText('1 / 2');
});

test('the first message of a chat can be reached', async ({ page }) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-e2e-chat-'));
  const id = await seedLongChat(dir, 200);
  const node = await serveNode(dir);
  try {
    await page.goto(node.signInUrl);
    await expect(page.getByTestId('rail')).toBeVisible();
    await appPage(page).go(`chat/${id}`);
    const first = page.getByText('Question 1?', { exact: true });
    await expect(async () => {
      await page.getByTestId('messages').evaluate((element) => element.scrollTo(0, 0));
      await expect(first).toBeInViewport({ timeout: 1_000 });
    }).toPass();
  } finally {
    await node.kill();
    discard(node);
  }
});

test('the end is followed only by who is there', async ({ app, model }) => {
  await appPage(app).go('chats');
  await ask(app, 'Count');
  const answer = await model.next();
  const lines = (from: number): string =>
    Array.from({ length: 60 }, (_, index) => `Line ${from + index}.\n\n`).join('');
  answer.say(lines(1));
  const box = app.getByTestId('messages');
  await expect(app.getByText('Line 60.', { exact: true })).toBeInViewport();
  await box.evaluate((element) => element.scrollTo(0, 0));
  await expect(app.getByRole('button', { name: 'To the newest message' })).toBeVisible();
  answer.say(lines(61));
  await expect(app.getByText('Line 120.', { exact: true })).toBeAttached();
  expect(await box.evaluate((element) => element.scrollTop)).toBe(0);
  await app.getByRole('button', { name: 'To the newest message' }).click();
  await expect(app.getByText('Line 120.', { exact: true })).toBeInViewport();
  answer.end();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a full chat, ${theme}`, async ({ app, model }) => {
    await app.emulateMedia({ colorScheme: theme });
    await appPage(app).go('chats');
    await ask(app, 'Everything, please');
    const answer = await model.next();
    answer.say(
      '# Title\n\nText with `code`, [a link](https://example.com).\n\n- [x] done\n- open\n\n> quote\n\n```ts\n// why\nconst a = "b" + 1;\n```\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n',
    );
    answer.end();
    await expect(answers(app)).toHaveAttribute('data-state', 'done');
    await app.getByTestId('show-usage').click();
    await app.getByRole('button', { name: 'Instructions and parameters' }).click();
    expect(await accessFaults(app)).toEqual([]);
  });
}
