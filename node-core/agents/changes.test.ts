import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedRun } from '../contract/run-changes.ts';
import type { RunDetail, RunEvent } from '../contract/index.ts';
import { scriptedPlaybook, startOf } from '../testing/scripted-playbook.ts';
import { scriptedTool } from '../testing/scripted-tools.ts';
import { openTestAgents, type TestAgents } from '../testing/test-agents.ts';
import type { Agents } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const items = 60;

let opened: TestAgents;
let agents: Agents;
beforeEach(async () => {
  opened = openTestAgents();
  let asked = 0;
  agents = await opened.start(
    {
      builtin: false,
      answer: ({ schema }) => {
        asked += 1;
        return schema ? JSON.stringify({ reason: `Reason ${asked}.`, met: asked % 3 === 0 }) : 'word '.repeat(200);
      },
    },
    [
      scriptedTool('test.list', () => Array.from({ length: items }, (_, at) => at)),
      scriptedTool('test.find', ({ item }) => ({ item: item ?? null, text: 'found '.repeat(1_700) })),
      scriptedTool('test.send', () => 'sent', { effect: 'send-out', repeatable: false }),
    ],
  );
});
afterEach(() => opened.dispose());

const each = { each: 'steps.list', limit: 200 };
const playbook = scriptedPlaybook({
  tools: ['test.list', 'test.find', 'test.send'],
  steps: [
    { id: 'list', kind: 'tool', title: 'List', tool: 'test.list' },
    { id: 'find', kind: 'tool', title: 'Find', ...each, tool: 'test.find', with: { item: '{{ item }}' } },
    { id: 'write', kind: 'ask', title: 'Write', ...each, prompt: 'About {{ item }}', needs: ['find'] },
    { id: 'one', kind: 'ask', title: 'One text', prompt: 'About all', needs: ['write'] },
    {
      id: 'look',
      kind: 'review',
      title: 'Look at it',
      of: 'one',
      rubric: [{ id: 'clear', question: 'Is it clear?', weight: 1 }],
    },
    { id: 'send', kind: 'tool', title: 'Send', tool: 'test.send', with: { text: '{{ steps.look }}' } },
  ],
});

/** What each event comes to, and what it weighs. */
const followed = async (id: string) => {
  let run: RunDetail | undefined;
  const events: RunEvent[] = [];
  for await (const event of await agents.runs.watch({ id }, call)) {
    events.push(event);
    run = event.type === 'snapshot' ? event.run : run && changedRun(run, event);
    const [question] = event.type === 'playbook' ? (event.playbook.questions ?? []) : [];
    if (question?.type === 'approve')
      await agents.runs.answer({ id, questionId: question.id, answer: { type: 'approve', allow: true } }, call);
  }
  return { run, events };
};

describe('one who looks on', () => {
  it('is sent what changes, which comes to the whole run, and never the whole run again', async () => {
    const { id } = await agents.runs.start(startOf(playbook), call);
    const { run, events } = await followed(id);
    const whole = await agents.runs.get({ id }, call);
    expect(whole).toMatchObject({ state: 'done', error: null });
    expect(whole.playbook?.versions.length).toBeGreaterThan(0);
    expect(run).toEqual(whole);
    const sizes = events.map((event) => JSON.stringify(event).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * JSON.stringify(whole).length);
    expect(new Set(events.map(({ type }) => type))).toContain('more');
  });

  it('comes to the same over a restart in the middle', async () => {
    const { id } = await agents.runs.start(startOf(playbook), call);
    for await (const event of await agents.runs.watch({ id }, call))
      if (event.type === 'playbook' && event.playbook.calls?.some(({ key }) => key === '20')) break;
    await agents.stop();
    await agents.start();
    const { run } = await followed(id);
    expect(run).toEqual(await agents.runs.get({ id }, call));
  });
});

describe('a long result', () => {
  it('is shown by its beginning, and whole where one asks for the call', async () => {
    const { id } = await agents.runs.start(startOf(playbook), call);
    const { run } = await followed(id);
    const found = run?.playbook?.calls.find(({ tool }) => tool === 'test.find');
    expect(found?.resultCut).toBeGreaterThan(0);
    expect(typeof found?.result === 'string' && found.result.length).toBe(4_000);
    const { call: whole } = await agents.calls.get({ runId: id, id: found?.id ?? '' }, call);
    expect(whole.result).toEqual({ item: 0, text: 'found '.repeat(1_700) });
    expect(whole).not.toHaveProperty('resultCut');
    const text = JSON.stringify(whole.result, null, 2);
    expect(found).toMatchObject({ result: text.slice(0, 4_000), resultCut: text.length - 4_000 });
  });
});
