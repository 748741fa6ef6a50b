import type { Page } from 'playwright/test';
import type { Task } from '../node-core/contract/index.ts';
import type { Api } from './fixtures/api.ts';
import { farConnections } from './fixtures/sockets.ts';
import { expect, test } from './fixtures/test.ts';
import { appPage } from './pages/app-page.ts';

const goal = 'Plan Q2 product launch by June 30 #marketing';
const transcript = `Weekly sync, 12 May 2026
Present: Priya, Dom, Hanna, Lukas
Priya: Morning everyone. First the crash reports.
Dom: The courier app dies when a route has more than 40 stops.
Priya: We ship a hotfix on Thursday and move the new login screen to 4.2. Agreed?
Lukas: Agreed.
Priya: Good, decided. Dom, can you fix the photo loading by Tuesday?
Dom: Tuesday works.
Hanna: I'll test it on the old Samsung devices by Wednesday.
Lukas: The weather is awful again.
Lukas: I will call the Rotterdam depot by May 20.
`;

/** Notes down, from inside the page, what a person sees of the steps while they happen. */
const watchSteps = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: string[] = [];
    Reflect.set(window, 'seenSteps', seen);
    const look = (): void => {
      for (const step of document.querySelectorAll<HTMLElement>('[data-testid="run-step"]')) {
        const entry = `${step.dataset['state']}: ${step.querySelector('button')?.innerText.split('\n')[0] ?? ''}`;
        if (!seen.includes(entry)) seen.push(entry);
      }
      const written = document.querySelector('[data-testid="step-stream"]')?.textContent ?? '';
      const decided = document.querySelectorAll('[data-testid="step-preview"] li').length;
      for (const entry of [written && `written: ${written.length}`, decided > 0 && `decided: ${decided}`]) {
        if (entry && !seen.includes(entry)) seen.push(entry);
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
const seenSteps = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'seenSteps'));

const hasCycle = (tasks: readonly Task[]): boolean => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const visit = (id: string, path: readonly string[]): boolean =>
    path.includes(id) || (byId.get(id)?.dependsOn ?? []).some((next) => visit(next, [...path, id]));
  return tasks.some(({ id }) => visit(id, []));
};

const expectPlan = async (api: Api): Promise<{ projectId: string; noteId: string }> => {
  const run = (await api.runs.list({})).find(({ skill }) => skill === 'plan');
  const result = run?.result;
  if (result?.skill !== 'plan') throw new Error(`The run has no plan: ${JSON.stringify(run)}`);
  const project = await api.projects.get({ id: result.projectId });
  const tasks = await api.tasks.list({ view: 'project', projectId: project.id });
  expect(tasks.length).toBeGreaterThanOrEqual(5);
  expect(tasks.every(({ dueDate }) => dueDate !== null)).toBe(true);
  const last = tasks.reduce((latest, { dueDate }) => (dueDate && dueDate > latest ? dueDate : latest), '');
  expect(last).toMatch(/-06-30$/);
  expect(tasks.some(({ dependsOn }) => dependsOn.length > 0)).toBe(true);
  expect(hasCycle(tasks)).toBe(false);
  expect(tasks.every(({ runId }) => runId === run?.id)).toBe(true);
  const note = await api.notes.get({ id: result.noteId });
  expect(note.projectId).toBe(project.id);
  for (const { title } of tasks) expect(note.text).toContain(title);
  return { projectId: project.id, noteId: note.id };
};

test('a goal becomes a project with dated, dependent tasks and a linked note; one press takes it all back; it survives a restart', async ({
  app,
  api,
  node,
}) => {
  const ui = appPage(app);
  await watchSteps(app);
  // The model is given other work first, so that the page is there before the plan's first step.
  for (let part = 1; part <= 2; part += 1) {
    await api.runs.start({
      skill: 'extract',
      transcript: `Part ${part}\n${transcript.repeat(6)}`,
      name: `Meeting ${part}`,
    });
  }
  await ui.quickAdd.fill(goal);
  const far: string[] = [];
  const poll = setInterval(() => far.push(...farConnections(node.pid)), 100);
  await app.getByRole('button', { name: /Hand to agent/ }).click();
  await expect(app.getByTestId('run-result')).toBeVisible({ timeout: 60_000 });
  clearInterval(poll);
  expect(far).toEqual([]);

  // That steps show before the answer is whole is tested in live.test.ts, with a model that waits for it.
  const seen = await seenSteps(app);
  expect(
    seen.some((entry) => entry.includes('Plan the steps')),
    seen.join('\n'),
  ).toBe(true);
  await expect(app.getByTestId('result-task').nth(4)).toBeVisible();
  const { projectId, noteId } = await expectPlan(api);

  await app.getByTestId('run-step').first().getByRole('button').first().click();
  await expect(app.getByTestId('run-step').first()).toContainText(/Time/);

  expect(await node.stop()).toBe(0);
  const again = await node.restart();
  await app.goto('about:blank');
  await app.goto(again.signInUrl);
  await ui.go(`project/${projectId}`);
  await expect(app.getByTestId('task-row').first()).toBeVisible();
  await expect(app.getByTestId('task-row').nth(4)).toBeVisible();
  await ui.go(`note/${noteId}`);
  await expect(ui.noteText).toBeVisible();

  await ui.go('runs');
  await app.locator('main').getByText('Q2 product launch').first().click();
  await app.getByTestId('undo-run').click();
  await expect(app.getByTestId('run-result')).toHaveCount(0);
  await ui.go('projects');
  await expect(app.getByTestId('project-row')).toHaveCount(0);
  expect(await again.stop()).toBe(0);
});

test('the same by keyboard alone', async ({ app, api }) => {
  await expect(app.getByRole('textbox', { name: 'Quick add' })).toBeFocused();
  await app.keyboard.type(goal);
  await app.keyboard.press('Control+Enter');
  await expect(app.getByTestId('run-result')).toBeVisible({ timeout: 60_000 });
  await expectPlan(api);
  const open = app.getByRole('button', { name: 'Open project' });
  for (
    let presses = 0;
    presses < 60 && !(await open.evaluate((button) => button === document.activeElement));
    presses += 1
  ) {
    await app.keyboard.press('Tab');
  }
  await expect(open).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('task-row').first()).toBeVisible();
  await app.keyboard.press('Escape');
  await app.keyboard.press('j');
  await expect(app.locator('[data-testid="task-row"]:focus')).toHaveCount(1);
  await app.keyboard.press('x');
  await expect.poll(async () => (await api.tasks.list({ view: 'done' })).length).toBe(1);
  await app.keyboard.press('z');
  await expect.poll(async () => (await api.tasks.list({ view: 'done' })).length).toBe(0);
});

test('a pasted transcript becomes decisions and todos with owner, date and the way back to the line', async ({
  app,
  api,
}) => {
  await app.getByRole('textbox', { name: 'Quick add' }).focus();
  await app.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, transcript);
  await expect(app.getByTestId('transcript')).toHaveValue(transcript);
  await app.getByRole('button', { name: /^Extract/ }).click();
  await expect(app.getByTestId('run-result')).toBeVisible({ timeout: 60_000 });

  const [run] = await api.runs.list({});
  const result = run?.result;
  if (result?.skill !== 'extract') throw new Error(`The run has no extraction: ${JSON.stringify(run)}`);
  expect(result.decisions.length).toBeGreaterThan(0);
  expect(result.actions.length).toBeGreaterThanOrEqual(2);
  const lines = transcript.split('\n');
  const owners = new Set(result.actions.map(({ owner }) => owner));
  expect([...owners].some((owner) => owner !== null && ['Dom', 'Hanna', 'Lukas'].includes(owner))).toBe(true);
  expect(result.actions.some(({ due }) => due !== null)).toBe(true);
  expect((await api.notes.get({ id: result.noteId })).text).toContain(transcript.trim());
  for (const { taskId, line } of result.actions) {
    const task = await api.tasks.get({ id: taskId });
    expect(task.source?.noteId).toBe(result.noteId);
    expect(task.source?.line).toBe(line);
    expect(lines[line - 1] ?? '').toContain(task.source?.quote.slice(0, 20) ?? 'no quote');
  }

  const action = app.getByTestId('result-action').first();
  const line = /line (\d+)/.exec((await action.innerText()) ?? '')?.[1];
  await action.getByTestId('line-link').click();
  await expect(app).toHaveURL(new RegExp(`note/${result.noteId}\\?line=${line}`));
  await expect(app.getByTestId('note-text')).toContainText((lines[Number(line) - 1] ?? '').slice(0, 30));
});

test('an empty goal, a huge one, and one in Arabic: an answer or an error that says what to do', async ({
  app,
  api,
}) => {
  const ui = appPage(app);
  await expect(app.getByRole('button', { name: /Hand to agent/ })).toBeDisabled();
  const start = (given: string) => api.runs.start({ skill: 'plan', goal: given, today: '2026-11-20' });
  await expect(start(' ')).rejects.toMatchObject({ code: 'GOAL_EMPTY' });
  await expect(start('x'.repeat(1_000_000))).rejects.toMatchObject({ code: 'INPUT_TOO_LONG' });
  await ui.quickAdd.fill('خطط لإطلاق المنتج قبل نهاية يونيو');
  await ui.quickAdd.press('Control+Enter');
  await expect(app.getByTestId('view-run')).toBeVisible();
  await expect.poll(async () => (await api.runs.list({}))[0]?.state, { timeout: 60_000 }).toMatch(/done|failed/);
  const [run] = await api.runs.list({});
  if (run?.state === 'failed') expect(run.error?.message ?? '').not.toBe('');
});
