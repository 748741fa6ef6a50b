import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { Inference } from '../../inference/index.ts';
import { annotatedMeeting, type Expected, meetingNames } from '../../testing/annotated-meetings.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { builtInInference } from '../../testing/test-inference.ts';
import { createAgents } from '../index.ts';

// Meetings as people write them down, read by the playbook with the model that comes with Jan, and with one that finds everything.

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const Item = z.object({
  line: z.number(),
  quote: z.string(),
  title: z.string().optional(),
  text: z.string().optional(),
  owner: z.string().nullish(),
  due: z.string().nullish(),
  priority: z.number().optional(),
  remindOn: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
});
type Item = z.infer<typeof Item>;

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

const read = async (text: string, inference: Pick<Inference, 'generate' | 'model' | 'slots'>) => {
  const agents = createAgents({ store: () => opened.store, inference, clock: systemClock, logger: silentLogger });
  await agents.start();
  const inputs = { transcript: text, name: 'Meeting' };
  const { id } = await agents.runs.start(
    { skill: 'playbook', playbookId: 'meeting-notes', inputs, today: '2026-05-04' },
    call,
  );
  for await (const event of await agents.runs.watch({ id }, call)) void event;
  const run = await agents.runs.get({ id }, call);
  await agents.stop();
  expect(run.error).toBeNull();
  const result = run.result?.skill === 'playbook' ? run.result : null;
  const listed = (title: string) => z.array(Item).parse(result?.lines.find((line) => line.title === title)?.value);
  const tasks = (result?.taskIds ?? []).flatMap((taskId) => opened.store.get('task', taskId) ?? []);
  const notes = (result?.noteIds ?? []).flatMap((noteId) => opened.store.get('note', noteId) ?? []);
  return { actions: listed('Action items'), decisions: listed('Decisions'), tasks, notes };
};

/** Said within three lines of it, in most of its words. */
const isOf = ({ line, words }: Expected, item: Item): boolean => {
  const said = `${item.title ?? item.text} ${item.quote}`.toLowerCase();
  const shared = words.filter((word) => said.includes(word.toLowerCase().slice(0, 5)));
  return Math.abs(line - item.line) <= 3 && shared.length >= words.length * 0.6;
};

/** Each expected one with what was found of it. */
const matched = (expected: readonly Expected[], found: readonly Item[]) => {
  const left = [...found];
  return expected.flatMap((one) => {
    const at = left.findIndex((item) => isOf(one, item));
    const [item] = at < 0 ? [] : left.splice(at, 1);
    return item ? [{ one, item }] : [];
  });
};

const f1 = (right: number, found: number, wanted: number): number => (2 * right) / Math.max(1, found + wanted);

it('takes actions with owners and days out of seven meetings, with the model that comes with Jan', async () => {
  const sum = { wanted: 0, found: 0, right: 0, owners: 0, days: 0, decided: 0, decisions: 0, settled: 0 };
  for (const name of meetingNames) {
    const { text, expected } = annotatedMeeting(name);
    const { actions, decisions, tasks, notes } = await read(text, builtIn);
    const lines = text.split('\n');
    for (const { line, quote } of [...actions, ...decisions]) expect(lines[line - 1]).toContain(quote);
    expect(tasks).toHaveLength(actions.length);
    for (const task of tasks) {
      const action = actions.find(({ line, title }) => task.source?.line === line && task.title === title);
      expect(action, task.title).toBeDefined();
      expect(task).toMatchObject({ owner: action?.owner ?? null, dueDate: action?.due ?? null });
      expect(notes.find(({ id }) => id === task.source?.noteId)?.text).toBe(text);
    }
    const wanted = expected.filter(({ kind }) => kind === 'action');
    const pairs = matched(wanted, actions);
    const settled = matched(
      expected.filter(({ kind }) => kind === 'decision'),
      decisions,
    );
    sum.wanted += wanted.length;
    sum.found += actions.length;
    sum.right += pairs.length;
    sum.owners += pairs.filter(({ one, item }) => one.owner === (item.owner ?? null)).length;
    sum.days += pairs.filter(({ one, item }) => one.due === (item.due ?? null)).length;
    sum.decided += expected.length - wanted.length;
    sum.decisions += decisions.length;
    sum.settled += settled.length;
  }
  expect(f1(sum.right, sum.found, sum.wanted), JSON.stringify(sum)).toBeGreaterThanOrEqual(0.9);
  expect(sum.owners / sum.right, JSON.stringify(sum)).toBeGreaterThanOrEqual(0.9);
  expect(sum.days / sum.right, JSON.stringify(sum)).toBeGreaterThanOrEqual(0.85);
  expect(f1(sum.settled, sum.decisions, sum.decided), JSON.stringify(sum)).toBeGreaterThanOrEqual(0.8);
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
  const { actions, decisions, tasks } = await read(text, model);
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
