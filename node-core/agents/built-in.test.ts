import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import type { RunDetail, RunEvent, StartRun, Task } from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { builtInInference } from '../testing/test-inference.ts';
import { type Agents, createAgents } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const today = '2026-05-04';

let opened: ReturnType<typeof openTestStore>;
let inference: Inference;
let agents: Agents;

beforeAll(async () => {
  opened = openTestStore();
  const store = () => opened.store;
  inference = builtInInference(store, join(opened.dir, 'models'));
  agents = createAgents({ store, inference, clock: systemClock, logger: silentLogger });
  await agents.start();
});
afterAll(async () => {
  await agents.stop();
  await inference.stop();
  opened.dispose();
});

const run = async (request: StartRun): Promise<{ detail: RunDetail; events: RunEvent[]; tasks: Task[] }> => {
  const { id } = await agents.runs.start(request, call);
  const events: RunEvent[] = [];
  for await (const event of await agents.runs.watch({ id }, call)) events.push(event);
  const { qb } = opened.store;
  const rows = opened.store.all(qb.selectFrom('task').selectAll().where('runId', '=', id).orderBy('position'));
  const tasks = rows.map((row) => opened.store.decode('task', row));
  return { detail: await agents.runs.get({ id }, call), events, tasks };
};

describe('the model that comes with Jan', () => {
  it('plans the launch: dated tasks in an order, about what was asked for, shown while it writes', async () => {
    const goal = 'Plan Q2 product launch by June 30 #marketing';
    const { detail, events, tasks } = await run({ skill: 'plan', goal, today });
    expect(detail).toMatchObject({ state: 'done', modelId: 'jan-builtin', place: 'this-machine' });
    expect(tasks.length).toBeGreaterThanOrEqual(5);
    expect(tasks.some(({ title }) => /launch|product/iu.test(title))).toBe(true);
    expect(new Set(tasks.map(({ title }) => title)).size).toBe(tasks.length);
    const done = new Set<string>();
    const due = new Map(tasks.map((task) => [task.id, task.dueDate ?? '']));
    for (const task of tasks) {
      for (const earlier of task.dependsOn) {
        expect(done.has(earlier)).toBe(true);
        expect((due.get(earlier) ?? '9') <= (task.dueDate ?? '')).toBe(true);
      }
      expect(task.dueDate).toMatch(/^2026-0[56]-\d\d$/u);
      expect(task.tags).toContain('marketing');
      done.add(task.id);
    }
    expect(tasks.some(({ dependsOn }) => dependsOn.length > 0)).toBe(true);
    const shown = events.flatMap((event) => (event.type === 'preview' ? [event.items] : []));
    expect(shown.length).toBeGreaterThan(1);
    expect(tasks.map(({ title }) => title)).toEqual(expect.arrayContaining(shown[0] ?? []));
  });

  it('plans the same a second time', async () => {
    const request: StartRun = { skill: 'plan', goal: 'Organise a street festival by 12 September', today };
    const [one, other] = [await run(request), await run(request)];
    expect(other.tasks.map(({ title, dueDate }) => [title, dueDate])).toEqual(
      one.tasks.map(({ title, dueDate }) => [title, dueDate]),
    );
  });

  it('finds who does what by when in a meeting, with the line it was said in', async () => {
    const transcript = [
      'Marta: good morning, shall we begin?',
      'Joel: yes, the others come later.',
      'Marta: Ines, can you order the new panes by Thursday?',
      'Ines: yes, I will.',
      'Joel: I will call the electrician tomorrow.',
      'Marta: we decided to keep the opening hours.',
      'Ines: see you next week.',
    ].join('\n');
    const { detail, tasks } = await run({ skill: 'extract', transcript, date: today });
    expect(detail.state).toBe('done');
    expect(tasks.length).toBeGreaterThan(0);
    const lines = transcript.split('\n');
    for (const { owner, source } of tasks) {
      expect([null, 'Marta', 'Joel', 'Ines']).toContain(owner);
      expect(source?.quote).toBe(lines[(source?.line ?? 0) - 1]);
    }
  });

  it.each([
    'Öffne ein Café in Łódź für 200 Gäste',
    '<img src=x onerror=alert(1)> Launch the shop',
    'Launch '.repeat(5_000),
  ])('makes a plan of whatever it is given: %.20s', async (goal) => {
    const { detail, tasks } = await run({ skill: 'plan', goal, today });
    expect(detail).toMatchObject({ state: 'done', error: null });
    expect(tasks.length).toBeGreaterThanOrEqual(5);
    expect(tasks.filter(({ title }) => title.includes('<'))).toEqual([]);
  });
});
