import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type RunDetail } from '../../contract/index.ts';
import type { Script } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool } from '../../testing/scripted-tools.ts';
import { openTestAgents, type TestAgents } from '../../testing/test-agents.ts';
import type { Agents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

let opened: TestAgents;
beforeEach(() => {
  opened = openTestAgents();
});
afterEach(() => opened.dispose());

const agentsWith = (answer: Script['answer']): Promise<Agents> =>
  opened.start({ answer, builtin: false }, [scriptedTool('test.list', () => ['tea', 'coffee', 'milk', 'soup'])]);

const playbook = scriptedPlaybook({
  tools: ['test.list'],
  steps: [
    { id: 'list', kind: 'tool', title: 'List', tool: 'test.list' },
    {
      id: 'write',
      kind: 'ask',
      title: 'Write',
      each: 'steps.list',
      optional: true,
      prompt: 'Write about {{ item }}.',
      checks: [{ check: 'words', with: { min: 2 } }],
    },
    {
      id: 'good',
      kind: 'review',
      title: 'Review',
      of: 'write',
      checks: [{ check: 'words', with: { max: 6 } }],
      rubric: [{ id: 'clear', question: 'Is it clear?', weight: 1 }],
    },
  ],
  result: [{ title: 'Texts', value: 'steps.good' }],
});

/** Coffee is written well at the second try, milk at none; tea is good at once, and soup can't be written. */
const answers: Script['answer'] = ({ schema, input }) => {
  const said = JSON.stringify(input);
  const about = /Write about (\w+)\./u.exec(said)?.[1] ?? /A text to judge:\\n\\n(\w+)/u.exec(said)?.[1] ?? '';
  const before = /version (\d)/u.exec(said)?.[1];
  const revisions = said.includes('A review found') ? Number(before ?? 0) + 1 : 0;
  if (!schema) return about === 'soup' ? 'soup' : `${about} version ${revisions}`;
  const isMet = about === 'tea' || (about === 'coffee' && said.includes('coffee version 1'));
  return JSON.stringify({ reason: `It is ${about}.`, met: isMet });
};

const finished = async (agents: Agents): Promise<RunDetail> => {
  const { id } = await agents.runs.start(startOf(playbook), call);
  for await (const event of await agents.runs.watch({ id }, call)) void event;
  return agents.runs.get({ id }, call);
};

describe('the review of what was written for each item', () => {
  it('revises each text by itself, keeps the best of each, and shows all versions', async () => {
    const agents = await agentsWith(answers);
    const run = await finished(agents);
    expect(run.result).toMatchObject({
      lines: [{ value: ['tea version 0', 'coffee version 1', 'milk version 0', null] }],
      notices: [
        expect.stringContaining('failed for 1 of 4'),
        expect.stringMatching(/1 of 4: Is it clear\? It is milk/u),
      ],
    });
    const versions = run.playbook?.versions.map(({ item, text, kept }) => `${item} ${text} ${kept}`).toSorted();
    expect(versions).toEqual([
      '0 tea version 0 true',
      '1 coffee version 0 false',
      '1 coffee version 1 true',
      '2 milk version 0 true',
      '2 milk version 1 false',
      '2 milk version 2 false',
    ]);
    expect(await agents.runs.replay({ id: run.id }, call)).toEqual({ identical: true, differences: [] });
  });

  it('keeps what there is where a revision, or its judge, gets no answer', async () => {
    for (const lost of ['A review found', 'A text to judge:\\n\\ncoffee version 1']) {
      await opened.dispose();
      opened = openTestAgents();
      const agents = await agentsWith((request) => {
        if (JSON.stringify(request.input).includes(lost)) throw new AppError('ENDPOINT_FAILED', 'Nobody is there.');
        return answers(request);
      });
      const run = await finished(agents);
      expect(run.result).toMatchObject({
        lines: [{ value: ['tea version 0', 'coffee version 0', 'milk version 0', null] }],
      });
      expect(JSON.stringify(run.result)).toContain('was not revised further: Nobody is there.');
      expect((await agents.runs.replay({ id: run.id }, call)).differences).toEqual([]);
    }
  });

  it('gives each writer the critique of its own text, and checks what code can before a judge sees it', async () => {
    const asked: string[] = [];
    const agents = await agentsWith((request) => {
      const said = JSON.stringify(request.input);
      asked.push(said);
      if (!request.schema && said.includes('Write about tea.') && !said.includes('A review found'))
        return 'tea is far too long a text for what was wanted';
      return answers(request);
    });
    const run = await finished(agents);
    const revised = asked.filter((said) => said.includes('A review found'));
    expect(revised).toHaveLength(4);
    for (const said of revised) expect(said.match(/Write about \w+\./gu)).toHaveLength(1);
    expect(revised.find((said) => said.includes('Write about coffee.'))).toContain('It is coffee.');
    expect(revised.find((said) => said.includes('Write about tea.'))).toContain('6');
    expect(asked.some((said) => said.includes('A text to judge') && said.includes('far too long'))).toBe(false);
    expect(run.result).toMatchObject({
      lines: [{ value: ['tea version 1', 'coffee version 1', 'milk version 0', null] }],
    });
  });

  it('shows the judge what the writer was told besides, and both what they share first', async () => {
    const asked: string[] = [];
    const agents = await agentsWith((request) => {
      if ('messages' in request.input) asked.push(request.input.messages.map(({ content }) => content).join('\n'));
      return answers(request);
    });
    const steps = playbook.steps.map((step) =>
      step.kind === 'ask' ? { ...step, system: 'There are {{ inputs.count }} cups.\n' } : step,
    );
    const inputs = [{ id: 'count', title: 'Count', type: 'number' as const, hint: '', choices: [], required: true }];
    const { id } = await agents.runs.start(startOf({ ...playbook, inputs, steps }, { count: 3 }), call);
    for await (const event of await agents.runs.watch({ id }, call)) void event;
    const judging = asked.filter((said) => said.includes('A text to judge'));
    expect(judging.length).toBeGreaterThan(0);
    const [before, ...others] = asked.map((said) => said.split('There are 3 cups.\n\n')[0]);
    expect(before).toContain('Today is');
    expect(new Set(others)).toEqual(new Set([before]));
  });
});
