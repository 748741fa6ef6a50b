import { ImapFlow } from 'imapflow';
import type { Page } from 'playwright/test';
import { needDebian } from '../node-core/testing/debian-server.ts';
import { startJsonService } from '../node-core/testing/json-service.ts';
import { type Certificate, makeCertificate, startDovecot } from '../node-core/testing/mail-servers.ts';
import { startWebServer } from '../node-core/testing/web-server.ts';
import type { Api } from './fixtures/api.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

// Every shipped playbook, from its form to its result, with the built-in model and, where it reads the web, a search engine and pages on loopback.

const article = (
  about: string,
): string => `<!doctype html><html lang="en"><head><title>${about}</title></head><body><article>
<h1>${about}</h1>
${`<p>Balcony gardens are kept by 4 in 10 households of large cities, and 62 percent of them grow herbs. ${about} says that planners are used twice a week in spring. Sales of seeds rose by 12 percent in 2025.</p>`.repeat(6)}
</article></body></html>`;

const startWeb = () =>
  startWebServer((request, response, path) => {
    const { host = '' } = request.headers;
    if (path.startsWith('/search')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          results: ['one', 'two', 'three'].map((name) => ({
            title: `Balcony gardens ${name}`,
            url: `http://${host}/page/${name}`,
            content: 'Balcony gardens are kept by 4 in 10 households.',
          })),
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(article(`Balcony gardens ${path.split('/').at(-1) ?? ''}`));
  });

/** Lets the playbook, as an own one of the same name, reach the test's pages: `*` means the internet, not this machine. */
const letReach = async (api: Api, id: string, host: string): Promise<void> => {
  const { text } = await api.playbooks.get({ id });
  const own = text.replace(/^egress: .*$/mu, `egress: ['${host}']`);
  expect(own, 'the playbook names hosts').not.toBe(text);
  await api.playbooks.save({ text: own });
};

const begin = async (app: Page, id: string, inputs: Readonly<Record<string, string>>): Promise<void> => {
  const ui = appPage(app);
  await ui.go('agents');
  await app.locator(`[data-playbook="${id}"]`).click();
  for (const [name, value] of Object.entries(inputs)) await app.getByRole('textbox', { name }).fill(value);
  await app.getByTestId('start-playbook').click();
};
const ended = (app: Page): Promise<void> => expect(app.getByTestId('run-result')).toBeVisible({ timeout: 60_000 });
const countOf = (app: Page, tool: string, state: string): Promise<number> =>
  app.locator(`[data-testid="call"][data-state="${state}"]`).filter({ hasText: tool }).count();
const showCalls = (app: Page): Promise<void> =>
  app
    .getByRole('radiogroup', { name: 'What to show' })
    .getByText(/^Tools/)
    .click();

test('Plan Product Launch: sources are found and read, dates, a budget, tasks and notes come of it', async ({
  app,
  api,
}) => {
  const web = await startWeb();
  try {
    await api.tools.set({ tool: 'web.search', setting: 'searxng', value: web.origin });
    await letReach(api, 'product-launch', web.host);
    await begin(app, 'product-launch', { Product: 'A garden planner for small balconies', Budget: '5000' });
    await ended(app);
    await expect(app.getByTestId('notices')).toContainText('built-in model');
    await expect(app.getByTestId('result-task').first()).toBeVisible();
    await showCalls(app);
    expect(await countOf(app, 'web.search', 'done')).toBeGreaterThan(0);
    expect(await countOf(app, 'web.read', 'done')).toBeGreaterThan(0);
    await expect(app.getByTestId('call').filter({ hasText: 'web.read' }).first()).toContainText(`${web.host}/page/`);
    expect(web.asked.some((path) => path.startsWith('/page/'))).toBe(true);
    const [run] = await api.runs.list({});
    if (run?.result?.skill !== 'playbook') throw new Error('the run has no result');
    const notes = await Promise.all(run.result.noteIds.map((noteId) => api.notes.get({ id: noteId })));
    expect(notes.map(({ text }) => text).join('\n'), 'the notes name their sources').toContain(`${web.origin}/page/`);
  } finally {
    await web.close();
  }
});

test('Meeting notes: decisions and linked todos with owners and dates', async ({ app }) => {
  await begin(app, 'meeting-notes', {
    'Notes or transcript': `Greenhouse committee
Marta: Ines, can you order the panes by Thursday?
Ines: Thursday is fine.
Joel: I'll clean the gutter on Saturday.
Marta: We decided to move the harvest market to the first Sunday in October.`,
  });
  await ended(app);
  await expect(app.getByTestId('result-task').first()).toBeVisible();
  await expect(app.getByTestId('result-note').first()).toBeVisible();
});

test('Research and write: pages are searched and read, and what can not be written is said', async ({ app, api }) => {
  const web = await startWeb();
  try {
    await api.tools.set({ tool: 'web.search', setting: 'searxng', value: web.origin });
    await letReach(api, 'research-and-write', web.host);
    await begin(app, 'research-and-write', { Subject: 'Balcony gardens in large cities' });
    await ended(app);
    await expect(app.getByTestId('notices')).toContainText('built-in model');
    await showCalls(app);
    expect(await countOf(app, 'web.read', 'done')).toBeGreaterThan(0);
  } finally {
    await web.close();
  }
});

test('Organise notes: fifty of them become proposals, and only what is taken is changed', async ({ app, api }) => {
  const themes = ['garden tomatoes beans hose soil', 'train Basel hotel museum river', 'invoice tax receipt bank year'];
  for (let index = 0; index < 51; index += 1)
    await api.notes.create({ text: `# Note ${index}\n\n${themes[index % 3] ?? ''} number ${index}\n` });
  await begin(app, 'organise-notes', {});
  const proposals = app.getByTestId('proposal');
  await expect(proposals.first()).toBeVisible({ timeout: 60_000 });
  await app.keyboard.press(' ');
  await expect(app.getByTestId('choose-done')).toContainText('Take 1 of');
  await app.keyboard.press('Control+Enter');
  await ended(app);
  await app.getByTestId('undo-run').click();
  await expect(app.getByTestId('view-run')).toContainText('Undone');
});

test('notes that a result names are opened from it; a step left out says so', async ({ app, api }) => {
  for (const [title, text] of [
    ['Tent', 'The tent for the mountains needs new poles and pegs.'],
    ['Hike', 'The hike in the mountains: three nights in the tent, bring poles and a stove.'],
    ['Tax', 'The tax letter has to be answered by Friday.'],
  ])
    await api.notes.create({ text: `# ${title}\n\n${text}\n` });
  await begin(app, 'organise-notes', {});
  await app.getByTestId('choose-done').or(app.getByTestId('run-result')).first().waitFor();
  if (await app.getByTestId('choose-done').isVisible()) await app.getByTestId('choose-done').click();
  await ended(app);
  await app
    .getByRole('radiogroup', { name: 'What to show' })
    .getByText(/^Steps/u)
    .click();
  const left = app.locator('[data-testid="run-step"][data-state="skipped"]').first();
  await expect(left).toContainText('left out');
  await expect(left).not.toContainText('ms');
  await app
    .getByRole('radiogroup', { name: 'What to show' })
    .getByText(/^Result/u)
    .click();
  await app.getByTestId('result-line').getByRole('button', { name: 'Hike' }).click();
  await expect(app.getByTestId('note-text')).toContainText('three nights in the tent');
});

const startGithub = () =>
  startJsonService(({ path, query }) => {
    if (path.endsWith('/repos/balkon/planner'))
      return {
        body: {
          html_url: 'https://github.com/balkon/planner',
          description: 'A garden planner for small balconies.',
          created_at: '2024-05-01T00:00:00Z',
          stargazers_count: 1_204,
          forks_count: 80,
          subscribers_count: 31,
        },
      };
    if (path.endsWith('/readme')) return { body: '# Planner\n\nIt helps people grow herbs on a balcony.' };
    if (path.endsWith('/releases')) return { body: [] };
    if (path.endsWith('/search/issues')) return { body: { total_count: query['q']?.includes('closed') ? 512 : 7 } };
    return { headers: { link: '<https://api.github.com/x?page=17>; rel="last"' }, body: [{}] };
  });

const deliver = async (port: number, certificate: Certificate, raw: string): Promise<void> => {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: true,
    tls: { ca: certificate.cert },
    auth: { user: 'ada@example.org', pass: 'secret' },
    logger: false,
  });
  await client.connect();
  await client.append('INBOX', raw.replaceAll('\n', '\r\n'), [], new Date());
  await client.logout();
};

test('Pitch prep: what is connected is read, and each number has its source', async ({ app, api }) => {
  const absent = await needDebian('dovecot', ['dovecot-imapd']);
  test.skip(absent !== null, absent ?? '');
  const certificate = await makeCertificate();
  const [web, github, imap] = await Promise.all([startWeb(), startGithub(), startDovecot(certificate)]);
  try {
    await deliver(
      imap.tlsPort,
      certificate,
      'From: Eve <eve@shop.example>\nTo: ada@example.org\nSubject: Order\n\nWe order 340 planners of Balkon for our customers.\n',
    );
    const settings = {
      'imap-host': 'localhost',
      'imap-port': String(imap.tlsPort),
      user: 'ada@example.org',
      password: 'secret',
      certificate: certificate.cert.replaceAll('\n', ' '),
    };
    for (const [setting, value] of Object.entries(settings))
      await api.tools.set({ tool: 'mail.search', setting, value });
    await api.tools.set({ tool: 'github.stats', setting: 'address', value: github.address });
    await api.tools.set({ tool: 'web.search', setting: 'searxng', value: web.origin });
    await api.notes.create({ text: '# Balkon\n\nOur revenue is 17,500 EUR a month.\n' });
    await letReach(api, 'pitch-prep', web.host);
    await begin(app, 'pitch-prep', {
      Company: 'Balkon, a garden planner for small balconies',
      'GitHub repository': 'balkon/planner',
    });
    await ended(app);
    await expect(app.getByTestId('notices')).toBeVisible();
    const [run] = await api.runs.list({});
    if (run?.result?.skill !== 'playbook') throw new Error('the run has no result');
    const unset = run.result.notices.filter((notice) => notice.startsWith('Left out, since it is not set up'));
    expect(unset).toEqual([expect.stringMatching(/“Read the calendar” .*“Search Slack” .*“Search Notion”/u)]);
    const [noteId = ''] = run.result.noteIds;
    const { text } = await api.notes.get({ id: noteId });
    expect(text).toMatch(/1,204 stars on GitHub, as of [\d-]+\. \[\d+\]/u);
    expect(text).toContain('(<https://github.com/balkon/planner/stargazers>)');
    expect(text).toMatch(/We order 340 planners of Balkon for our customers\. \[\d+\]/u);
    expect(text).toContain('Mail: Order, Eve');
    expect(text).toMatch(/17,500 EUR a month\. \[\d+\]/u);
    expect(text).not.toContain('| none |');
    await showCalls(app);
    expect(await countOf(app, 'github.stats', 'done')).toBe(1);
    expect(await countOf(app, 'mail.read', 'done')).toBe(1);
    const { playbook } = await api.runs.get({ id: run.id });
    const mail = playbook?.calls.find(({ tool }) => tool === 'mail.read');
    expect(mail?.resultLabels).toMatchObject({ private: true, untrusted: true });
    expect(playbook?.calls.filter(({ tool }) => tool === 'web.search').map(({ allowedBy }) => allowedBy)).toEqual(
      ['The playbook names it, and nothing that you keep here is in the call.'].flatMap((by) => [by, by]),
    );
  } finally {
    await Promise.all([web.close(), github.stop(), imap.stop()]);
  }
});
