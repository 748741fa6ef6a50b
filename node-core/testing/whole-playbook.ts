import { setImmediate } from 'node:timers/promises';
import { type Agents, createAgents } from '../agents/index.ts';
import { silentLogger, systemClock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { scriptedInference } from './scripted-inference.ts';
import { scriptedPlaybook } from './scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from './scripted-tools.ts';
import { workspaceOf } from './workspace-state.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const schema = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
};

/** Everything that a playbook can do: lists, repairs, a step that fails, one that is left out, one that is planned anew, reviews, approvals, choices, changes. */
export const wholePlaybook = scriptedPlaybook({
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

/** What models and tools were asked for, in order. */
export interface World {
  readonly asked: string[];
  readonly called: string[];
  readonly sent: string[];
}

/** Agents that can carry it out with lists of `items`. */
export const wholeAgents = (store: () => Store, world: World, items: number): Agents => {
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
export const personally = async (agents: Agents, store: Store, world: World): Promise<string | undefined> => {
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

/** What came in until now, as the journal has it; `happened`: calls whose end was lost, and of which the person said that they went through. */
export const incoming = (store: Store) => {
  const rows = store.all(store.qb.selectFrom('journal').select(['type', 'data']));
  const types = rows.map(({ type }) => type);
  return {
    answers: types.filter((type) => type === 'answer').length,
    ends: types.filter((type) => type === 'call-done' || type === 'call-failed').length,
    happened: rows.filter(({ type, data }) => type === 'answered' && data.includes('"happened":"yes"')).length,
  };
};

/** What is the same at the end, however often the run was interrupted. */
export const endOf = (store: Store): unknown => {
  const text = JSON.stringify(workspaceOf(store));
  // That a call was lost is told, and that alone may differ.
  return JSON.parse(text.replaceAll(/\\"notices\\":\[.*?\]/gu, ''));
};
