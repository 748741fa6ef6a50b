import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import type { RunDetail } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import type { Tool } from '../../tools/index.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const forever = new Promise<never>(() => undefined);

let opened: ReturnType<typeof openTestStore>;
let agents: Agents | undefined;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(async () => {
  await agents?.stop();
  agents = undefined;
  opened.dispose();
});

const playbook = scriptedPlaybook({
  tools: ['test.do'],
  steps: [{ id: 'do', kind: 'tool', title: 'Do it', tool: 'test.do', optional: true }],
  result: [{ title: 'Value', value: 'steps.do' }],
});

const begun = async (tool: Tool): Promise<{ readonly agents: Agents; readonly id: string }> => {
  const made = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: () => '' }),
    tools: scriptedToolbox([tool]),
    clock: systemClock,
    logger: silentLogger,
  });
  agents = made;
  await made.start();
  const { id } = await made.runs.start(startOf(playbook), call);
  return { agents: made, id };
};

const settled = async (of: Agents, id: string): Promise<RunDetail> => {
  for await (const event of await of.runs.watch({ id }, call))
    if ((event.type === 'snapshot' || event.type === 'run') && event.run.state === 'waiting') break;
  return of.runs.get({ id }, call);
};

const states = (run: RunDetail) => run.playbook?.calls.map(({ state }) => state);

describe('a tool that does not answer', () => {
  it('is given up after its time and called again where it only reads; what comes too late changes nothing', async () => {
    const late: ((value: string) => void)[] = [];
    const tool = scriptedTool('test.do', () => new Promise<string>((resolve) => late.push(resolve)), { seconds: 0.02 });
    const { agents: made, id } = await begun(tool);
    const run = await settled(made, id);
    expect(late).toHaveLength(3);
    expect(states(run)).toEqual(['failed', 'failed', 'failed']);
    expect(run).toMatchObject({
      state: 'done',
      result: {
        lines: [{ value: null }],
        notices: ['“Do it” was left out: test.do did not answer within 0.02 seconds. Try again later.'],
      },
    });
    expect(run.playbook?.calls[0]?.error).toMatchObject({ code: 'TOOL_FAILED' });
    for (const answer of late) answer('too late');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await made.runs.get({ id }, call)).toEqual(run);
    expect(await made.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
  });

  it('is asked about where it may have done something, and never called again by itself', async () => {
    let calls = 0;
    const tool = scriptedTool(
      'test.do',
      () => {
        calls += 1;
        return calls === 1 ? forever : 'sent';
      },
      { effect: 'write-local', repeatable: false, seconds: 0.02 },
    );
    const { agents: made, id } = await begun(tool);
    const asked = await settled(made, id);
    const [allow] = asked.playbook?.questions ?? [];
    if (allow?.type === 'approve')
      await made.runs.answer({ id, questionId: allow.id, answer: { type: 'approve', allow: true } }, call);
    const run = await settled(made, id);
    expect(run).toMatchObject({
      state: 'waiting',
      playbook: {
        questions: [{ type: 'outcome', call: { error: { message: 'test.do did not answer within 0.02 seconds.' } } }],
      },
    });
    expect(states(run)).toEqual(['unknown']);
    expect(calls).toBe(1);
    const [question] = run.playbook?.questions ?? [];
    await made.runs.answer(
      { id, questionId: question?.id ?? '', answer: { type: 'outcome', happened: 'again' } },
      call,
    );
    expect(await settled(made, id)).toMatchObject({ state: 'done', result: { lines: [{ value: 'sent' }] } });
    expect(calls).toBe(2);
    expect(await made.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
  });

  it('holds nobody up who stops the run, whether it heeds its signal or not', async () => {
    const called = Promise.withResolvers<void>();
    const { agents: made, id } = await begun(
      scriptedTool('test.do', () => {
        called.resolve();
        return forever;
      }),
    );
    await called.promise;
    expect(await made.runs.cancel({ id }, call)).toMatchObject({ state: 'cancelled' });
  });

  it('holds up no lock either; the run calls it again after the unlock', async () => {
    const called = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let calls = 0;
    const { agents: made, id } = await begun(
      scriptedTool('test.do', () => {
        called[calls]?.resolve();
        calls += 1;
        return calls === 1 ? forever : 'found';
      }),
    );
    await called[0]?.promise;
    await made.stop();
    await made.start();
    await called[1]?.promise;
    expect(await settled(made, id)).toMatchObject({ state: 'done', result: { lines: [{ value: 'found' }] } });
  });
});
