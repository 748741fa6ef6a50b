import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { AppError, errorCode, type Playbook } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { type Death, dyingStore } from '../../testing/dying-store.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { workspaceOf } from '../../testing/workspace-state.ts';
import { type Agents, createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const schema = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
};

/** Everything that a playbook can do: lists, repairs, a step that fails, one that is left out, one that is planned anew, reviews, approvals, choices, changes. */
const everything = scriptedPlaybook({
  inputs: [{ id: 'goal', title: 'Goal', type: 'text' }],
  tools: ['test.list', 'test.look', 'test.down', 'test.local', 'test.send', 'web.read', 'browser.open'],
  steps: [
    { id: 'list', kind: 'tool', title: 'List', tool: 'test.list', with: { of: '{{ inputs.goal }}' } },
    { id: 'look', kind: 'tool', title: 'Look', tool: 'test.look', each: 'steps.list', with: { at: '{{ item }}' } },
    { id: 'down', kind: 'tool', title: 'Down', tool: 'test.down', optional: true },
    {
      id: 'anew',
      kind: 'tool',
      title: 'Anew',
      tool: 'web.read',
      each: 'steps.list',
      limit: 2,
      with: { url: '{{ item }}' },
    },
    { id: 'sums', kind: 'ask', title: 'Sums', each: 'steps.look', prompt: 'Sum up {{ item.text }}', answer: schema },
    { id: 'read', kind: 'rule', title: 'Read', rule: 'read-goal', with: { text: '{{ inputs.goal }}', deadline: null } },
    { id: 'never', kind: 'ask', title: 'Never', when: 'steps.down', prompt: 'No' },
    {
      id: 'first',
      kind: 'change',
      title: 'First',
      change: 'note',
      needs: ['sums'],
      with: { text: '# {{ steps.read.title }}\n{{ steps.sums.0.text }}' },
    },
    { id: 'essay', kind: 'ask', title: 'Essay', prompt: 'Essay on {{ steps.first.title }}' },
    {
      id: 'better',
      kind: 'review',
      title: 'Better',
      of: 'essay',
      threshold: 1,
      rubric: [
        { id: 'warm', question: 'Is it warm?' },
        { id: 'short', question: 'Is it short?' },
      ],
    },
    { id: 'pick', kind: 'choose', title: 'Pick', items: 'steps.sums', question: 'Which?' },
    { id: 'local', kind: 'tool', title: 'Local', tool: 'test.local', needs: ['first'] },
    {
      id: 'send',
      kind: 'tool',
      title: 'Send',
      tool: 'test.send',
      needs: ['local'],
      with: { text: '{{ steps.better }}' },
    },
    {
      id: 'second',
      kind: 'change',
      title: 'Second',
      change: 'note',
      needs: ['first', 'send'],
      each: 'steps.pick',
      with: { text: '{{ item.text }}\n\n{{ steps.better }}' },
    },
  ],
  result: [
    { title: 'Essay', value: 'steps.better' },
    { title: 'Picked', value: 'steps.pick' },
    { title: 'Anew', value: 'steps.anew' },
  ],
});

interface World {
  readonly asked: string[];
  readonly called: string[];
  readonly sent: string[];
}

const agentsOf = (store: () => Store, world: World, items: number): Agents => {
  const sending = (name: 'test.local' | 'test.send', effect: 'write-local' | 'send-out') =>
    scriptedTool(
      name,
      () => {
        world.sent.push(name);
        world.called.push(name);
        return 'sent';
      },
      { effect, repeatable: false },
    );
  const counted = (name: string, answer: (input: object) => unknown) =>
    scriptedTool(name, (input) => {
      world.called.push(`${name} ${JSON.stringify(input)}`);
      return answer(input) as never;
    });
  return createAgents({
    store,
    inference: scriptedInference({
      builtin: false,
      answer: async ({ input, schema: wanted }) => {
        const messages = 'messages' in input ? input.messages : [];
        const last = messages.at(-1)?.content ?? '';
        world.asked.push(JSON.stringify(messages));
        if (last.includes('How should it go on?')) return JSON.stringify({ choice: 'use-browser.open' });
        if (last.includes('Is it warm?')) return JSON.stringify({ reason: 'it is', met: true });
        if (last.includes('Is it short?')) return JSON.stringify({ reason: 'hm', met: last.includes('version two') });
        if (!wanted) return last.includes('A review found') ? 'version two' : 'version one';
        const item = /Sum up (\w+)/u.exec(JSON.stringify(messages))?.[1] ?? '';
        await later(item);
        // Every third answer needs a repair.
        return messages.length === 2 && Number(item.slice(4)) % 3 === 0
          ? 'no JSON'
          : JSON.stringify({ text: `On ${item}` });
      },
    }),
    tools: scriptedToolbox([
      counted('test.list', () => Array.from({ length: items }, (_, at) => `item${at}`)),
      counted('test.look', async (input) => {
        const item = 'at' in input ? String(input.at) : '';
        await later(item);
        return { text: item };
      }),
      counted('test.down', () => {
        throw new AppError('TOOL_FAILED', 'It is down.');
      }),
      counted('web.read', () => {
        throw new AppError('TOOL_NOT_READY', 'It has gone.');
      }),
      counted('browser.open', () => 'a page'),
      sending('test.local', 'write-local'),
      sending('test.send', 'send-out'),
    ]),
    clock: systemClock,
    logger: silentLogger,
  });
};

/** One item after the other, so that each has a commit of its own. */
const later = async (item: string): Promise<void> => {
  for (let turns = 3 * Number(item.slice('item'.length)); turns > 0; turns -= 1) await setImmediate();
};

/** Answers what the run asks until it has ended; `undefined`: there is no run. */
const personally = async (agents: Agents, store: Store, world: World): Promise<string | undefined> => {
  const id = (await agents.runs.list({}, call))[0]?.id;
  if (id === undefined) return undefined;
  for (;;) {
    for await (const event of await agents.runs.watch({ id }, call)) {
      const run = event.type === 'snapshot' || event.type === 'run' ? event.run : undefined;
      if (run?.state === 'waiting') break;
    }
    const run = await agents.runs.get({ id }, call);
    if (run.endedAt !== null) return id;
    const question = run.playbook?.questions[0];
    if (run.state !== 'waiting' || !question) continue;
    const answer =
      question.type === 'choose'
        ? { type: 'choose' as const, taken: [0, 1] }
        : question.type === 'approve'
          ? { type: 'approve' as const, allow: true }
          : {
              type: 'outcome' as const,
              happened: world.sent.includes(question.call.tool) ? ('yes' as const) : ('again' as const),
            };
    await agents.runs.answer({ id, questionId: question.id, answer }, call);
  }
};

/** What came in until now, as the journal has it. */
const incoming = (store: Store) => {
  const types = store.all(store.qb.selectFrom('journal').select('type')).map(({ type }) => type);
  return {
    answers: types.filter((type) => type === 'answer').length,
    ends: types.filter((type) => type === 'call-done' || type === 'call-failed').length,
    lost: types.filter((type) => type === 'call-lost').length,
  };
};

const stateOf = (store: Store): unknown => {
  const text = JSON.stringify(workspaceOf(store));
  // That a call was lost is told, and that alone may differ.
  return JSON.parse(text.replaceAll(/\\"notices\\":\[.*?\]/gu, ''));
};

const carriedOut = async (playbook: Playbook, items: number, death: Death | null) => {
  const opened = openTestStore({ parent });
  const before: World = { asked: [], called: [], sent: [] };
  const after: World = { asked: [], called: [], sent: before.sent };
  const died = Promise.withResolvers<'died'>();
  let isDead = false;
  let commits = 0;
  const locked = () => new AppError('VAULT_LOCKED', 'The node is dead.');
  const counting: Store = {
    ...opened.store,
    write: (work) => {
      commits += 1;
      return opened.store.write(work);
    },
    transact: (meta, work) => {
      commits += 1;
      return opened.store.transact(meta, work);
    },
  };
  const mortal = dyingStore(counting, death ?? { commit: Number.MAX_SAFE_INTEGER, moment: 'after' }, () => {
    isDead = true;
    died.resolve('died');
    throw locked();
  });
  const living = (store: Store) => () => {
    if (isDead) throw locked();
    return store;
  };
  try {
    const first = agentsOf(living(mortal), before, items);
    await first.start();
    const work = (async () => {
      await first.runs.start(startOf(playbook, { goal: 'Tea by June 30' }), call);
      await personally(first, opened.store, before);
      return 'ended' as const;
    })().catch((error: unknown) => {
      if (errorCode(error) !== 'VAULT_LOCKED') throw error;
      return died.promise;
    });
    const outcome = await Promise.race([work, died.promise]);
    await first.stop();
    const known = incoming(opened.store);
    isDead = false;
    const second = agentsOf(() => opened.store, after, items);
    await second.start();
    if ((await second.runs.list({}, call)).length === 0)
      await second.runs.start(startOf(playbook, { goal: 'Tea by June 30' }), call);
    const id = (await personally(second, opened.store, after)) ?? '';
    const replay = await second.runs.replay({ id }, call);
    const run = await second.runs.get({ id }, call);
    await second.stop();
    const end = incoming(opened.store);
    return { outcome, commits, state: stateOf(opened.store), run, replay, known, end, before, after };
  } finally {
    opened.dispose();
  }
};

/** No process dies here, so that memory is as good as a disk, and hundreds of runs take no minutes. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Items of its lists: the more, the more boundaries. */
const sizes = [4, 8, 12, 16, 20];

describe('a run of a playbook that is killed', () => {
  let total = 0;

  it.each(sizes)(
    'at any boundary of its journal ends as if nothing had happened: %i items',
    async (items) => {
      const whole = await carriedOut(everything, items, null);
      expect(whole.run).toMatchObject({ state: 'done', error: null });
      expect(whole.replay).toEqual({ identical: true, differences: [] });
      expect(whole.after).toMatchObject({ asked: [], called: [] });
      let boundaries = 0;
      for (let commit = 1; ; commit += 1) {
        let isOver = false;
        for (const moment of ['before', 'after'] as const) {
          const { outcome, state, run, replay, known, end, before, after } = await carriedOut(everything, items, {
            commit,
            moment,
          });
          const where = `${moment} commit ${commit}`;
          if (outcome === 'ended') isOver = true;
          else boundaries += 1;
          expect(run, where).toMatchObject({ state: 'done', error: null });
          expect(state, where).toEqual(whole.state);
          expect(replay, where).toEqual({ identical: true, differences: [] });
          // What had come in did not come in again, and what was asked for afterwards was asked for once.
          expect(after.asked.length, where).toBe(end.answers - known.answers);
          expect(after.called.length, where).toBe(end.ends - known.ends);
          expect(before.sent.toSorted(), where).toEqual(['test.local', 'test.send']);
        }
        if (isOver) break;
      }
      expect(boundaries).toBeGreaterThan(40);
      total += boundaries;
    },
    600_000,
  );

  it('was killed at 500 of them', () => {
    expect(total).toBeGreaterThanOrEqual(500);
  });
});
