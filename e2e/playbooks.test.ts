import { ImapFlow } from 'imapflow';
import type { Locator, Page } from 'playwright/test';
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

/** Monday: the person's own day, which the run goes by. Reminders are days of this year, so none has gone by on the node's own clock. */
const monday = new Date(2030, 4, 6, 10);
const at = (month: number, day: number): number => new Date(2030, month - 1, day, 9).getTime();
const signInOnMonday = async (page: Page, url: string): Promise<void> => {
  await page.clock.setFixedTime(monday);
  await page.goto(url);
  await expect(page.getByTestId('rail')).toBeVisible();
};

/** The run that has just ended, with what it made as it is kept. */
const made = async (api: Api) => {
  const [run] = await api.runs.list({});
  if (run?.result?.skill !== 'playbook') throw new Error('the run has no result');
  const { noteIds, projectIds, taskIds, lines } = run.result;
  const [notes, projects, tasks] = await Promise.all([
    Promise.all(noteIds.map((id) => api.notes.get({ id }))),
    Promise.all(projectIds.map((id) => api.projects.get({ id }))),
    Promise.all(taskIds.map((id) => api.tasks.get({ id }))),
  ]);
  return { notes, projects, tasks, line: (title: string) => lines.find((line) => line.title === title)?.value };
};
/** What the page shows under a title of the result. */
const shown = (app: Page, title: string): Locator =>
  app
    .getByTestId('run-result')
    .locator('div')
    .filter({ has: app.getByRole('heading', { name: title, exact: true, level: 2 }) })
    .getByTestId('result-line');

test('Plan Product Launch: sources are found and read, dates, a budget, tasks and notes come of it', async ({
  page: app,
  node,
  api,
}) => {
  const web = await startWeb();
  try {
    await signInOnMonday(app, node.signInUrl);
    await api.tools.set({ tool: 'web.search', setting: 'searxng', value: web.origin });
    await letReach(api, 'product-launch', web.host);
    await begin(app, 'product-launch', {
      Product: 'A garden planner for small balconies by 28 June 2030',
      Budget: '5000',
    });
    await ended(app);
    const notices = app.getByTestId('notices');
    await expect(notices).toContainText(/There is no announcement, .*start again from “Draft the announcement”/u);
    await expect(notices).toContainText('The shares of the budget are the usual ones of a launch.');
    await expect(notices).toContainText(/Left out, since the built-in model can't write: .*“Draft the announcement”/u);

    const { notes, projects, tasks } = await made(api);
    expect(projects).toEqual([expect.objectContaining({ dueDate: '2030-06-28' })]);
    expect(tasks.length).toBeGreaterThanOrEqual(5);
    const dueOf = new Map(tasks.map(({ id, dueDate }) => [id, dueDate ?? '']));
    for (const { title, dueDate, dependsOn, tags, reminders, projectId } of tasks) {
      const due = new Date(`${dueDate ?? ''}T12:00`);
      expect(due.getDay() % 6, `“${title}” is due on a weekday`).not.toBe(0);
      expect(`${dueDate}` >= '2030-05-06' && `${dueDate}` <= '2030-06-28', title).toBe(true);
      for (const before of dependsOn) expect(`${dueOf.get(before)}` < `${dueDate}`, `“${title}” waits`).toBe(true);
      expect({ tags, projectId }).toEqual({ tags: ['launch'], projectId: projects[0]?.id });
      const morningBefore = new Date(due.getFullYear(), due.getMonth(), due.getDate() - 1, 9).getTime();
      expect(reminders).toEqual([{ at: morningBefore, firedAt: null }]);
    }
    expect(tasks.filter(({ dependsOn }) => dependsOn.length > 0).length).toBeGreaterThan(0);
    expect(tasks.at(-1)).toMatchObject({ title: expect.stringContaining('Launch'), dueDate: '2030-06-28' });
    await expect(app.getByTestId('result-task')).toHaveCount(tasks.length);
    await expect(app.getByTestId('result-task')).toContainText(tasks.map(({ title }) => title));
    await expect(app.getByTestId('result-task').last()).toContainText(`after ${tasks.at(-2)?.title ?? ''}`);
    await expect(app.getByTestId('result-task').last()).toContainText('28 Jun');

    const rows = await shown(app, 'Budget').getByRole('row').allInnerTexts();
    const amounts = rows.slice(1).map((row) => Number(row.split('\t').at(-1)?.replaceAll(',', '')));
    const shares = rows.slice(1).map((row) => Number(row.split('\t').at(-2)?.replace('%', '')));
    expect(rows.at(-1)).toMatch(/^Total/u);
    for (const [figures, total] of [
      [amounts, 5_000],
      [shares, 100],
    ] as const) {
      expect(figures.at(-1)).toBe(total);
      expect(figures.slice(0, -1).reduce((sum, figure) => sum + figure)).toBe(total);
    }

    const [plan, research] = notes;
    for (const { title } of tasks) expect(plan?.text).toContain(title);
    expect(plan?.text).toContain('| **Total** | 100 % | 5,000 |');
    expect(research).toMatchObject({ projectId: projects[0]?.id, tags: ['launch', 'research'] });
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      expect(research?.text).toContain(`${index + 1}. [Balcony gardens ${name}](<${web.origin}/page/${name}>)`);
      expect(research?.text).toContain(
        `Balcony gardens ${name} says that planners are used twice a week in spring. [${index + 1}]`,
      );
    }
    await expect(shown(app, 'Market')).toContainText('Sales of seeds rose by 12 percent in 2025. [3]');
    await showCalls(app);
    expect(await countOf(app, 'web.search', 'done')).toBe(3);
    expect(await countOf(app, 'web.read', 'done')).toBe(3);
    expect(web.asked.filter((path) => path.startsWith('/page/')).toSorted()).toEqual(
      ['one', 'three', 'two'].map((name) => `/page/${name}`),
    );
  } finally {
    await web.close();
  }
});

test('Meeting notes: decisions and linked todos with owners, dates, tags and reminders by urgency', async ({
  page: app,
  node,
  api,
}) => {
  await signInOnMonday(app, node.signInUrl);
  const transcript = `Greenhouse committee
Marta: Ines, can you order the panes by Wednesday? #glass
Ines: Wednesday is fine.
Joel: I'll clean the gutter by Saturday.
Ines: I will write to the landlord by May 25.
Joel: Nice weather today.
Marta: We decided to move the harvest market to the first Sunday in October.`;
  await begin(app, 'meeting-notes', { 'Notes or transcript': transcript });
  await ended(app);
  await expect(app.getByTestId('notices')).toContainText(
    "Left out, since the built-in model can't write: “Sum the meeting up”. Choose a larger model under Models for it.",
  );
  const { notes, tasks, line } = await made(api);
  const [kept, minutes] = notes;
  expect(kept?.text).toBe(transcript);
  const said = transcript.split('\n');
  expect(line('Decisions')).toEqual([
    { text: 'Move the harvest market to the first Sunday in October', quote: said[6], line: 7 },
  ]);
  const reminded = (...times: number[]) => times.map((time) => ({ at: time, firedAt: null }));
  const expected = [
    {
      title: 'Order the panes',
      owner: 'Ines',
      dueDate: '2030-05-08',
      priority: 1,
      tags: ['meeting', 'urgent', 'glass'],
      reminders: reminded(at(5, 7), at(5, 8)),
      source: { noteId: kept?.id, line: 2, quote: said[1] },
    },
    {
      title: 'Clean the gutter',
      owner: 'Joel',
      dueDate: '2030-05-11',
      priority: 2,
      tags: ['meeting'],
      reminders: reminded(at(5, 10)),
      source: { noteId: kept?.id, line: 4, quote: said[3] },
    },
    {
      title: 'Write to the landlord',
      owner: 'Ines',
      dueDate: '2030-05-25',
      priority: 3,
      tags: ['meeting'],
      reminders: reminded(at(5, 22)),
      source: { noteId: kept?.id, line: 5, quote: said[4] },
    },
  ];
  expect(tasks.map((task) => Object.keys(expected[0] ?? {}).map((name) => Reflect.get(task, name)))).toEqual(
    expected.map((task) => Object.values(task)),
  );
  expect(minutes?.text).toContain('From [[Greenhouse committee]] #meeting');
  expect(minutes?.text).toContain('- Move the harvest market to the first Sunday in October (line 7)');
  expect(minutes?.text).toContain('- **Ines**: Order the panes, by Wed 8 May 2030 (line 2)');

  await expect(shown(app, 'Decisions').getByRole('row').last()).toHaveText(
    /^Move the harvest market to the first Sunday in October.*7$/u,
  );
  const actions = shown(app, 'Action items').getByRole('listitem');
  await expect(actions).toHaveText([
    /^Order the panes.*Ines.*8 May 2030.*7 May 2030, 8 May 2030.*meeting, urgent, glass$/su,
    /^Clean the gutter.*Joel.*11 May 2030.*10 May 2030.*meeting$/su,
    /^Write to the landlord.*Ines.*25 May 2030.*22 May 2030.*meeting$/su,
  ]);
  await expect(app.getByTestId('result-note')).toHaveText([
    'Greenhouse committee',
    'Decisions and actions: Greenhouse committee',
  ]);
  const todo = app.getByTestId('result-task').filter({ hasText: 'Order the panes' });
  await expect(todo).toContainText('Wed 8 May');
  await todo.getByRole('button', { name: 'Order the panes', exact: true }).click();
  const { detail } = appPage(app);
  await expect(detail.getByRole('textbox', { name: 'Owner' })).toHaveValue('Ines');
  for (const tag of ['meeting', 'urgent', 'glass']) await expect(detail).toContainText(tag);
  await expect(detail).toContainText('Tomorrow');
  await detail.getByTestId('source-link').click();
  await expect(app).toHaveURL(new RegExp(`note/${kept?.id}\\?line=2`, 'u'));
  await expect(app.getByTestId('note-text')).toContainText('Ines, can you order the panes by Wednesday?');
});

test('Research and write: pages are searched and read, and what can not be written is said', async ({ app, api }) => {
  const web = await startWeb();
  try {
    await api.tools.set({ tool: 'web.search', setting: 'searxng', value: web.origin });
    await letReach(api, 'research-and-write', web.host);
    await begin(app, 'research-and-write', { Subject: 'Balcony gardens in large cities' });
    await ended(app);
    const notices = app.getByTestId('notices');
    await expect(notices).toContainText(
      'No section could be written by the model; the others collect what the sources say, in their words.',
    );
    await expect(notices).toContainText(/The text has \d+ words; about 1500 were asked for\./u);
    await expect(notices).toContainText(
      "Left out, since the built-in model can't write: “Decide what to look for”, “Take from each page what it says”, “Make the outline”, “Draft the sections”, “Write the opening”.",
    );
    const { notes, line } = await made(api);
    const names = ['one', 'two', 'three'];
    expect(line('Sources')).toEqual(
      names.map((name, index) =>
        expect.objectContaining({
          number: index + 1,
          url: `${web.origin}/page/${name}`,
          title: `Balcony gardens ${name}`,
        }),
      ),
    );
    await expect(shown(app, 'Sources').getByRole('row')).toHaveCount(names.length + 1);
    const text = notes[0]?.text ?? '';
    expect(notes).toEqual([expect.objectContaining({ tags: ['research', 'draft'] })]);
    const [body = '', references = ''] = text.split('## Sources');
    for (const [index, name] of names.entries()) {
      // What is quoted stands on the page that the number names, word for word.
      const quoted = [...body.matchAll(/“([^”]+)” \[(\d+)\]/gu)].filter(([, , number]) => number === `${index + 1}`);
      expect(quoted.length).toBeGreaterThan(0);
      for (const [, words = ''] of quoted) expect(article(`Balcony gardens ${name}`)).toContain(words);
      const reference = references.split('\n').find((each) => each.startsWith(`${index + 1}. `));
      expect(reference).toContain(`Balcony gardens ${name}`);
      expect(reference).toContain(`<${web.origin}/page/${name}>`);
      await expect(
        shown(app, 'Sources')
          .getByRole('row')
          .nth(index + 1),
      ).toContainText(`${web.origin}/page/${name}`);
      await expect(shown(app, 'Text')).toContainText(
        `“Balcony gardens ${name} says that planners are used twice a week in spring.” [${index + 1}]`,
      );
    }
    expect([...body.matchAll(/\[(\d+)\]/gu)].every(([, number]) => Number(number) <= names.length)).toBe(true);
    expect(references).toContain('No section could be written by the model');
    expect(line('Words')).toBe([...body.replaceAll(/^#.*$|\[\d+\]/gmu, '').matchAll(/[\p{L}\p{N}’'-]+/gu)].length);
    await showCalls(app);
    expect(await countOf(app, 'web.search', 'done')).toBe(3);
    expect(await countOf(app, 'web.read', 'done')).toBe(3);
    expect(web.asked.filter((path) => path.startsWith('/page/')).length).toBe(3);
  } finally {
    await web.close();
  }
});

const allNotes = async (api: Api): Promise<ReadonlyMap<string, { title: string; text: string; tags: string[] }>> => {
  const listed = await api.notes.list({});
  const notes = await Promise.all(listed.map(({ id }) => api.notes.get({ id })));
  return new Map(notes.map(({ title, text, tags }) => [title, { title, text, tags }]));
};

test('Organise notes: fifty of them become proposals, and only what is taken is changed', async ({ app, api }) => {
  const themes = ['garden tomatoes beans hose soil', 'train Basel hotel museum river', 'invoice tax receipt bank year'];
  for (let index = 0; index < 51; index += 1)
    await api.notes.create({ text: `# Note ${index}\n\n${themes[index % 3] ?? ''} number ${index}\n` });
  const cellar = 'The key of the cellar hangs behind the blue door next to the old wardrobe upstairs.';
  await api.notes.create({ text: `# Cellar\n\n${cellar}\n` });
  await api.notes.create({ text: `# Cellar key\n\n${cellar} Ask Tom.\n` });
  const bread =
    'Feed the starter at eight in the evening, mix flour, water and salt, fold the dough four times within two hours, let it rise overnight in the fridge, shape the loaf, rest it for an hour, and bake it in a hot pot with its lid on for thirty minutes.';
  const bicycle =
    'The rear brake squeals whenever it rains, and its pads are worn down to the metal. Order new pads and a cable, true the front wheel, grease the chain, pump both tyres to four bar, and ask whether the old saddle could be mended by anyone nearby.';
  const parts = { Bread: `# Bread\n\n${bread}\n`, Bicycle: `# Bicycle\n\n${bicycle}\n` };
  await api.notes.create({ text: `# Odds and ends\n\n## Bread\n\n${bread}\n\n## Bicycle\n\n${bicycle}\n` });
  const before = await allNotes(api);
  expect(before.size).toBeGreaterThanOrEqual(54);
  await begin(app, 'organise-notes', {});
  const proposals = app.getByTestId('proposal');
  await expect(proposals.first()).toBeVisible({ timeout: 60_000 });
  expect(await allNotes(api), 'nothing is changed while it waits').toEqual(before);
  const merge = proposals.filter({ hasText: 'Merge' });
  const train = proposals.filter({ hasText: /^Tag 17 notes with #basel-hotel/u });
  const split = proposals.filter({ hasText: 'Split “Odds and ends” into 2' });
  const lines = app.getByTestId('choose').locator('li').filter({ has: split }).getByTestId('diff');
  await expect(lines.locator('[data-kind="out"]').first()).toContainText('# Odds and ends');
  await expect(lines.locator('[data-kind="in"]').first()).toContainText('# Bread');
  await expect(merge).toHaveCount(1);
  await expect(merge).toContainText('Cellar');
  await merge.click();
  await split.click();
  await train.focus();
  await app.keyboard.press(' ');
  await expect(app.getByTestId('choose-done')).toHaveText(new RegExp(`^Take 3 of ${await proposals.count()}`, 'u'));
  await expect(app.getByTestId('choose').locator('[data-steady]')).toBeAttached();
  await app.keyboard.press('Control+Enter');
  await ended(app);

  const after = await allNotes(api);
  const tagged = [...before.values()].filter(({ text }) => text.includes('train Basel hotel'));
  expect(tagged).toHaveLength(17);
  const merged = [...after.values()].filter(({ title }) => title.startsWith('Cellar'));
  expect(merged).toEqual([expect.objectContaining({ text: expect.stringContaining('Ask Tom.') })]);
  expect(merged[0]?.text.split(cellar)).toHaveLength(2);
  const overview = after.get('Overview of my notes');
  expect(overview?.text).toContain('### Basel and hotel (17, #basel-hotel)');
  const untouched = new Map(before);
  for (const title of ['Cellar', 'Cellar key', 'Odds and ends']) untouched.delete(title);
  for (const [title, text] of Object.entries(parts)) expect(after.get(title)?.text).toBe(text);
  const madeAnew = [overview?.title, merged[0]?.title, ...Object.keys(parts)];
  expect(new Map([...after].filter(([title]) => !madeAnew.includes(title)))).toEqual(
    new Map(
      [...untouched].map(([title, note]) => [
        title,
        tagged.includes(note)
          ? { ...note, text: `${note.text}\n#basel-hotel\n`, tags: [...note.tags, 'basel-hotel'] }
          : note,
      ]),
    ),
  );
  await expect(app.getByTestId('result-note').filter({ hasText: /^Note \d+$/u })).toHaveCount(17);
  await app.getByTestId('undo-run').click();
  await expect(app.getByTestId('view-run')).toContainText('Undone');
  expect(await allNotes(api)).toEqual(before);
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
