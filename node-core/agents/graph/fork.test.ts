import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type Playbook, type RunDetail } from '../../contract/index.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool } from '../../testing/scripted-tools.ts';
import { openTestAgents, type TestAgents } from '../../testing/test-agents.ts';
import type { Agents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: TestAgents;
let agents: Agents;
let looked: unknown[];
let asked: string[];

beforeEach(async () => {
  opened = openTestAgents();
  looked = [];
  asked = [];
  agents = await opened.start(
    {
      builtin: false,
      answer: ({ input }) => {
        const text = 'messages' in input ? (input.messages.at(-1)?.content ?? '') : '';
        if (text.includes('How should it go on?')) return JSON.stringify({ choice: 'give-up' });
        asked.push(text);
        return 'A text.';
      },
    },
    [
      scriptedTool('test.look', (input) => {
        looked.push(input);
        if (input['at'] === 'nowhere') throw new AppError('TOOL_NOT_READY', 'There is nothing.');
        return { found: input['at'] ?? null };
      }),
    ],
  );
});
afterEach(() => opened.dispose());

const over = async (id: string): Promise<RunDetail> => {
  for await (const event of await agents.runs.watch({ id }, call)) if (event.type === 'run' && event.run.endedAt) break;
  expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
  return agents.runs.get({ id }, call);
};
const finished = async (playbook: Playbook) => over((await agents.runs.start(startOf(playbook), call)).id);
const forked = async (request: Parameters<Agents['runs']['fork']>[0]) =>
  over((await agents.runs.fork(request, call)).id);
const statesOf = ({ steps }: RunDetail) => Object.fromEntries(steps.map(({ id, state }) => [id, state]));

/** Writes, looks where there is nothing, and keeps a note of both. */
const failing = scriptedPlaybook({
  tools: ['test.look'],
  steps: [
    { id: 'write', kind: 'ask', title: 'Write', prompt: 'Write.' },
    {
      id: 'look',
      kind: 'tool',
      title: 'Look',
      tool: 'test.look',
      needs: ['write'],
      with: { at: 'nowhere', for: '{{ steps.write }}' },
    },
    {
      id: 'goal',
      kind: 'rule',
      title: 'Goal',
      rule: 'read-goal',
      with: { text: '{{ steps.look.found }}', deadline: null },
    },
    { id: 'list', kind: 'rule', title: 'List', rule: 'list', with: { items: ['{{ steps.goal.title }}', 'one'] } },
    { id: 'keep', kind: 'change', title: 'Keep', change: 'note', with: { text: '{{ steps.write }} {{ steps.list }}' } },
  ],
  result: [{ title: 'List', value: 'steps.list' }],
});

describe('a run that failed goes on from the step', () => {
  it('as it was, once the cause is gone', async () => {
    const run = await finished(failing);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'TOOL_NOT_READY' } });
    expect(await forked({ id: run.id, step: 'look' })).toMatchObject({ state: 'failed' });
    expect(asked).toHaveLength(1);
    expect(looked).toHaveLength(2);
  });

  it('with other arguments; those that are not named stay', async () => {
    const run = await finished(failing);
    const fork = await forked({ id: run.id, step: 'look', with: { at: 'home' } });
    expect(fork).toMatchObject({ state: 'done', result: { lines: [{ value: ['Home', 'one'] }] } });
    expect(fork.playbook?.forkOf).toEqual({ runId: run.id, step: 'look' });
    expect(run.playbook?.forkOf).toBeUndefined();
    expect(looked.at(-1)).toEqual({ at: 'home', for: 'A text.' });
    expect(asked).toHaveLength(1);
  });

  it('without it, and without what rests on it', async () => {
    const run = await finished(failing);
    const fork = await forked({ id: run.id, step: 'look', without: ['look'] });
    expect(fork).toMatchObject({ state: 'done', result: { lines: [{ value: ['one'] }] } });
    expect(statesOf(fork)).toEqual({ write: 'done', look: 'skipped', goal: 'skipped', list: 'done', keep: 'done' });
    expect(fork.result).toMatchObject({
      notices: [
        '“Look” was left out: You left it out.',
        '“Goal” was left out: It rests on “Look”, which you left out.',
      ],
    });
    expect(looked).toHaveLength(1);
    expect(asked).toHaveLength(1);
    // What was left out can be tried after all.
    const tried = await forked({ id: fork.id, step: 'look', with: { at: 'home' } });
    expect(statesOf(tried)).toMatchObject({ look: 'done', goal: 'done' });
  });

  it('and still says what was left out before, and what came of it', async () => {
    const run = await finished(
      scriptedPlaybook({
        tools: ['test.look'],
        steps: [
          {
            id: 'first',
            kind: 'tool',
            title: 'Look first',
            tool: 'test.look',
            optional: true,
            with: { at: 'nowhere' },
          },
          {
            id: 'say',
            kind: 'rule',
            title: 'Say',
            rule: 'say',
            with: { text: 'It is little.', unless: '{{ steps.first }}' },
          },
          { id: 'look', kind: 'tool', title: 'Look', tool: 'test.look', needs: ['say'], with: { at: 'nowhere' } },
        ],
        result: [{ title: 'Found', value: 'steps.look' }],
      }),
    );
    const fork = await forked({ id: run.id, step: 'look', with: { at: 'home' } });
    expect(statesOf(fork)).toEqual({ first: 'skipped', say: 'done', look: 'done' });
    expect(fork.result).toMatchObject({
      notices: expect.arrayContaining(['It is little.', '“Look first” was left out: There is nothing.']),
    });
  });

  it('not without all that it is for, and not both ways at once', async () => {
    const run = await finished({
      ...failing,
      steps: failing.steps.filter(({ id }) => id === 'write' || id === 'look'),
      result: [{ title: 'Found', value: 'steps.look' }],
    });
    await expect(agents.runs.fork({ id: run.id, step: 'look', without: ['look'] }, call)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('Nothing of this run would be left'),
    });
    const refused = async (more: object, code: string) =>
      expect(agents.runs.fork({ id: run.id, step: 'look', ...more }, call)).rejects.toMatchObject({ code });
    await refused({ without: ['look'], with: { at: 'home' } }, 'BAD_REQUEST');
    await refused({ without: ['nothing'] }, 'NOT_FOUND');
    await refused({ prompt: 'Look.' }, 'BAD_REQUEST');
    await refused({ step: 'write', with: { at: 'home' } }, 'BAD_REQUEST');
    await refused({ with: { at: '{{ steps.nothing }}' } }, 'PLAYBOOK_INVALID');
    expect(await agents.runs.list({}, call)).toHaveLength(1);
  });
});
