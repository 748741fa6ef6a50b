import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Inference } from '../../inference/index.ts';
import { annotatedMeeting, meetingNames } from '../../testing/annotated-meetings.ts';
import { meetingFigures, readMeeting } from '../../testing/meeting-figures.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { builtInInference } from '../../testing/test-inference.ts';

// Meetings as people write them down, read by the playbook with the model that comes with Jan, and with one that finds everything.

let opened: ReturnType<typeof openTestStore>;
let builtIn: Inference;
beforeAll(() => {
  opened = openTestStore();
  builtIn = builtInInference(() => opened.store, join(opened.dir, 'models'));
});
afterAll(async () => {
  await builtIn.stop();
  opened.dispose();
});

it('takes actions with owners and days out of seven meetings, with the model that comes with Jan', async () => {
  const reached = await meetingFigures(meetingNames, async (text) => {
    const read = await readMeeting(opened.store, builtIn, text);
    const { actions, decisions, tasks, notes } = read;
    const lines = text.split('\n');
    for (const { line, quote } of [...actions, ...decisions]) expect(lines[line - 1]).toContain(quote);
    expect(tasks).toHaveLength(actions.length);
    for (const task of tasks) {
      const action = actions.find(({ line, title }) => task.source?.line === line && task.title === title);
      expect(action, task.title).toBeDefined();
      expect(task).toMatchObject({ owner: action?.owner ?? null, dueDate: action?.due ?? null });
      expect(notes.find(({ id }) => id === task.source?.noteId)?.text).toBe(text);
    }
    return read;
  });
  const said = JSON.stringify(reached);
  expect(reached.actionsF1, said).toBeGreaterThanOrEqual(0.9);
  expect(reached.owners / reached.right, said).toBeGreaterThanOrEqual(0.9);
  expect(reached.days / reached.right, said).toBeGreaterThanOrEqual(0.85);
  expect(reached.decisionsF1, said).toBeGreaterThanOrEqual(0.8);
});

it.each(meetingNames)('keeps all that a capable model found in %s, with days and reminders', async (name) => {
  const { text, expected } = annotatedMeeting(name);
  const lines = text.split('\n');
  const said = (line: number) => (lines[line - 1] ?? '').trim();
  const model = scriptedInference({
    builtin: false,
    answer: ({ schema }) =>
      JSON.stringify(schema ?? '').includes('"decisions"')
        ? JSON.stringify({
            decisions: expected
              .filter(({ kind }) => kind === 'decision')
              .map(({ line, words }) => ({ text: `It is settled: ${words.join(' ')}`, quote: said(line) })),
            actions: expected
              .filter(({ kind }) => kind === 'action')
              .map(({ line, owner, due, words }) => ({
                task: words.join(' '),
                owner,
                due: due === null ? null : `by ${due}`,
                quote: said(line),
              })),
          })
        : 'The meeting went through its points one by one, and what was settled and what is to be done stands in the list.',
  });
  const { actions, decisions, tasks } = await readMeeting(opened.store, model, text);
  expect(actions).toHaveLength(expected.filter(({ kind }) => kind === 'action').length);
  expect(decisions).toHaveLength(expected.filter(({ kind }) => kind === 'decision').length);
  for (const { due, priority, remindOn = [] } of actions) {
    for (const day of remindOn) expect(day >= '2026-05-04' && day <= (due ?? '')).toBe(true);
    if (due && due <= '2026-06-01') expect(remindOn).not.toEqual([]);
    if (due && due <= '2026-05-06') expect(priority).toBe(1);
  }
  for (const task of tasks) {
    const one = expected.find(({ line, words }) => line === task.source?.line && words.join(' ') === task.title);
    expect(task.owner).toBe(one?.owner ?? null);
    expect(task.tags).toContain('meeting');
  }
});
