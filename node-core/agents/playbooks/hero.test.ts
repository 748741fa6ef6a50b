import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, type PlaybookResult, type RunDetail, type StartRun } from '../../contract/index.ts';
import { scriptedAnswer } from '../../testing/scripted-answers.ts';
import { accountsNotSetUp, scriptedTool } from '../../testing/scripted-tools.ts';
import { scriptedWeb, scriptedWriter } from '../../testing/scripted-writer.ts';
import { openTestAgents, settledRun, type TestAgents } from '../../testing/test-agents.ts';
import type { Tool } from '../../tools/index.ts';
import { addNote } from '../../workspace/index.ts';
import { citedIn } from './checks/sources.ts';
import { countWords } from './checks/texts.ts';
import type { Agents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

const web: Tool[] = scriptedWeb();
const notReady = (name: string): Tool =>
  scriptedTool(name, () => {
    throw new AppError('TOOL_FAILED', 'No search engine is set up.');
  });
const noWeb: Tool[] = [
  ...['web.search', 'web.read', 'knowledge.search', 'text.citations', 'text.grammar', 'text.readability'].map(notReady),
  ...accountsNotSetUp(),
];

let opened: TestAgents;

beforeEach(() => {
  opened = openTestAgents();
});
afterEach(() => opened.dispose());

const agentsWith = (tools: Tool[], builtin: boolean): Promise<Agents> =>
  opened.start(
    {
      answer: (request) => ('prompt' in request.input ? scriptedAnswer(request) : scriptedWriter(request)),
      builtin,
    },
    tools,
  );

const run = async (
  playbookId: string,
  inputs: Extract<StartRun, { skill: 'playbook' }>['inputs'],
  { tools = web, builtin = false } = {},
): Promise<{ detail: RunDetail; agents: Agents }> => {
  const agents = await agentsWith(tools, builtin);
  const { id } = await agents.runs.start({ skill: 'playbook', playbookId, inputs, today: '2026-05-04' }, call);
  return { detail: await settledRun(agents, id), agents };
};

const resultOf = (detail: RunDetail): PlaybookResult => {
  expect(detail.error).toBeNull();
  if (detail.state !== 'done' || detail.result?.skill !== 'playbook') throw new Error(`The run is ${detail.state}.`);
  return detail.result;
};
const line = (result: PlaybookResult, title: string) => result.lines.find((each) => each.title === title)?.value;
const note = (id: string | undefined) => opened.store.get('note', id ?? '');
const tasks = (result: PlaybookResult) => result.taskIds.flatMap((id) => opened.store.get('task', id) ?? []);

const modes = [
  ['with a model that writes', false],
  ['with the built-in model', true],
] as const;

describe('Plan Product Launch', () => {
  const inputs = { product: 'a coffee subscription with fresh beans', launch: '2026-06-30', budget: 5000 };

  it.each(modes)('makes project, tasks, budget and notes with sources, %s', async (_mode, builtin) => {
    const result = resultOf((await run('product-launch', inputs, { builtin })).detail);
    const made = tasks(result);
    expect(made.length).toBeGreaterThanOrEqual(5);
    for (const task of made) {
      expect(task.dueDate !== null && task.dueDate >= '2026-05-04' && task.dueDate <= '2026-06-30').toBe(true);
      for (const id of task.dependsOn)
        expect((opened.store.get('task', id)?.dueDate ?? '') <= (task.dueDate ?? '')).toBe(true);
    }
    expect(opened.store.get('project', result.projectIds[0] ?? '')?.dueDate).toBe('2026-06-30');
    expect(line(result, 'Budget')).toContain('| **Total** | 100 % | 5,000 |');
    const texts = result.noteIds.map((id) => note(id)?.text ?? '');
    expect(texts.some((text) => text.includes('## Sources') && text.includes('https://coffee.example/market'))).toBe(
      true,
    );
    expect(texts.some((text) => text.includes('## Timeline'))).toBe(true);
    expect(line(result, 'Announcement') === null).toBe(builtin);
    expect(result.notices.some((notice) => notice.includes('There is no announcement'))).toBe(builtin);
  });

  it('ends well without a search engine, and says so', async () => {
    const result = resultOf((await run('product-launch', inputs, { tools: noWeb, builtin: true })).detail);
    expect(tasks(result).length).toBeGreaterThanOrEqual(5);
    expect(result.notices.join('\n')).toMatch(/No sources were found/);
  });
});

describe('Meeting notes to action items', () => {
  const transcript = [
    '# Weekly, 2026-05-04',
    '',
    'Dana: We go with the blue logo.',
    'Lee: I will book the hall by June 12.',
    "Dana: I'll call the printer tomorrow, it is urgent.",
    '',
  ].join('\n');

  it.each(modes)('links todos to their lines, tags them and reminds by urgency, %s', async (_mode, builtin) => {
    const result = resultOf((await run('meeting-notes', { transcript, name: 'Weekly' }, { builtin })).detail);
    const made = tasks(result);
    const hall = made.find(({ title }) => title.includes('hall'));
    const printer = made.find(({ title }) => title.includes('printer'));
    expect(hall).toMatchObject({ owner: 'Lee', dueDate: '2026-06-12', tags: ['meeting'], source: { line: 4 } });
    expect(printer).toMatchObject({ owner: 'Dana', dueDate: '2026-05-05', priority: 1, source: { line: 5 } });
    expect(printer?.tags.toSorted()).toEqual(['meeting', 'urgent']);
    for (const { source } of made) expect(transcript).toContain(source?.quote);
    expect(note(hall?.source?.noteId)?.text).toBe(transcript);
    const minutes = result.noteIds.map((id) => note(id)?.text ?? '').find((text) => text.includes('## Decisions'));
    expect(minutes).toContain('(line 3)');
    expect(line(result, 'Decisions')).toMatchObject([{ line: 3 }]);
    expect(result.notices.some((notice) => /^Left out, .*“Sum the meeting up”/u.test(notice))).toBe(builtin);
  });
});

describe('Research & write', () => {
  const bodyOf = (text: string) => text.split('\n## Sources')[0] ?? '';
  const listed = (text: string) =>
    [...(text.split('\n## Sources\n')[1] ?? '').matchAll(/^(\d+)\. (.*)$/gmu)].map(([, number = '', line = '']) => ({
      number: Number(number),
      line,
    }));

  it('writes the 1,500 words of a usual text, each citation with its reference, without what no source says', async () => {
    const result = resultOf((await run('research-and-write', { topic: 'coffee at home' })).detail);
    const text = note(result.noteIds[0])?.text ?? '';
    expect(text).toMatch(/^# Coffee at home\n/u);
    expect(text).toContain('## The market');
    const words = countWords(bodyOf(text).replace(/^#.*$/gmu, ''));
    expect(words).toBeGreaterThan(1_350);
    expect(words).toBeLessThan(1_650);
    const cited = citedIn(bodyOf(text));
    expect([...new Set(cited)]).toEqual(listed(text).map(({ number }) => number));
    expect(listed(text)).toEqual([
      {
        number: 1,
        line: expect.stringMatching(
          /^The coffee market \[Internet\]\. \[cited 2026 May 4\]\. Available from: <https:\/\/coffee\.example\/market>$/u,
        ),
      },
      { number: 2, line: expect.stringContaining('<https://beans.example/prices>') },
      { number: 3, line: expect.stringContaining('<https://roast.example/guide>') },
    ]);
    expect(bodyOf(text)).not.toContain('moon');
    expect(line(result, 'Statements that did not hold')).toBe(1);
    expect(result.notices.join('\n')).not.toMatch(/were asked for/u);
  });

  it('collects what the sources say where no model writes', async () => {
    const result = resultOf((await run('research-and-write', { topic: 'coffee at home' }, { builtin: true })).detail);
    const text = note(result.noteIds[0])?.text ?? '';
    expect(text).toContain('“The market for home coffee grew by 12 percent in 2025.” [1]');
    expect(text).toContain('## Sources');
    expect(text).toContain('The built-in model writes no texts');
    expect(result.notices.join('\n')).toContain('No section could be written by the model');
  });

  it('ends well without a search engine', async () => {
    const result = resultOf((await run('research-and-write', { topic: 'coffee at home' }, { tools: noWeb })).detail);
    expect(result.notices.join('\n')).toMatch(/No sources were found/);
  });
});

const subjects = {
  garden: ['tomatoes', 'soil', 'compost', 'watering', 'seeds', 'greenhouse'],
  budget: ['invoice', 'taxes', 'savings', 'insurance', 'mortgage', 'salary'],
  guitar: ['chords', 'strings', 'amplifier', 'practice', 'melody', 'rhythm'],
};
const chaos = () =>
  Object.entries(subjects).flatMap(([subject, words]) =>
    Array.from({ length: 18 }, (_, index) => {
      const [a, b, c] = [words[index % 6], words[(index + 2) % 6], words[(index + 3) % 6]];
      return `# ${subject} note ${index}\n\nThe ${subject} needs ${a} and ${b}. Think of ${c} for the ${subject} next time, day ${index}.\n`;
    }),
  );

describe('Organise chaotic notes', () => {
  it.each(modes)('finds themes, proposes changes as a diff, makes what was taken, %s', async (_mode, builtin) => {
    const texts = [
      ...chaos(),
      '# Cellar\n\nThe key of the cellar hangs behind the blue door next to the old wardrobe upstairs.\n',
      '# Cellar key\n\nThe key of the cellar hangs behind the blue door next to the old wardrobe upstairs. Ask Tom.\n',
    ];
    const ids = opened.store.transact({ actor: 'user', label: 'Notes' }, (tx) =>
      texts.map((text) => addNote({ store: opened.store, tx, now: 1, runId: null }, { text }).id),
    );
    const { detail, agents } = await run('organise-notes', { notes: 'all' }, { builtin });
    expect(detail.error).toBeNull();
    expect(detail.state).toBe('waiting');
    const question = detail.playbook?.questions[0];
    if (question?.type !== 'choose') throw new Error('A choice is expected.');
    const tag = question.items.findIndex(({ title }) => /^Tag \d+ notes/u.test(title));
    const merge = question.items.findIndex(({ title }) => title.startsWith('Merge') && title.includes('Cellar'));
    expect(question.items[merge]?.after).toContain('Ask Tom.');
    expect(question.items[tag]?.after).toMatch(/#[a-z]/u);
    await agents.runs.answer(
      { id: detail.id, questionId: question.id, answer: { type: 'choose', taken: [tag, merge] } },
      call,
    );
    const result = resultOf(await settledRun(agents, detail.id));
    const [one, two] = ids.slice(-2).map((id) => note(id));
    expect([one?.deletedAt, two?.deletedAt].filter((at) => at === null)).toHaveLength(1);
    const text = (title: string) => z.string().parse(line(result, title));
    const overview = note(result.noteIds.at(-1))?.text ?? '';
    expect(overview).toContain('## Themes');
    expect(overview).toContain('## What hangs together');
    const tagged = ids.filter((id) => (note(id)?.tags.length ?? 0) > 0);
    expect(tagged.length).toBeGreaterThanOrEqual(10);
    expect(text('Themes').split('\n').length).toBeGreaterThanOrEqual(3);
    for (const theme of text('Themes').split('\n')) expect(theme).toMatch(/^- .+: /u);
    if (builtin) expect(text('Summary')).toMatch(/56 notes, mostly about/);
  });
});

describe('Pitch prep', () => {
  const figures = [
    'We have 1,200 paying customers and sales grow by 15 percent a month.',
    'The team are two founders; Ana roasted coffee for 11 years.',
    'Costs are 8,000 EUR a month and revenue is 17,500 EUR a month.',
    'Customers struggle to find fresh beans today.',
  ].join('\n');

  it.each(modes)('makes slides with the source of every number, %s', async (_mode, builtin) => {
    const result = resultOf(
      (await run('pitch-prep', { company: 'Bean Mail', figures, ask: '250,000 EUR for 18 months' }, { builtin }))
        .detail,
    );
    const text = note(result.noteIds[0])?.text ?? '';
    expect(text.split('\n---\n').length).toBeGreaterThanOrEqual(5);
    for (const title of ['# Market', '# Traction', '# Team', '# Financials']) expect(text).toContain(title);
    expect(text).toContain('# Where the numbers come from');
    expect(text).toContain('1. Given with the request');
    expect(text).not.toContain('| none |');
    expect(line(result, 'Narrative') === null).toBe(builtin);
  });
});

describe('Plan a goal', () => {
  it.each(modes)('makes a project of any goal, %s', async (_mode, builtin) => {
    const result = resultOf((await run('plan-goal', { goal: 'Renovate the bathroom by July 31' }, { builtin })).detail);
    expect(tasks(result).length).toBeGreaterThanOrEqual(5);
    expect(opened.store.get('project', result.projectIds[0] ?? '')?.dueDate).toBe('2026-07-31');
  });
});

it('refuses to start without what it needs', async () => {
  const agents = await agentsWith(web, false);
  const start = (playbookId: string, inputs: Record<string, string>) =>
    (async () => agents.runs.start({ skill: 'playbook', playbookId, inputs }, call))();
  await expect(start('plan-goal', {})).rejects.toThrow(/“Goal” is missing/);
  await expect(start('plan-goal', { gaol: 'x' })).rejects.toThrow(/no input “gaol”/);
  await expect(start('plan-goal', { goal: 'x', deadline: 'soon' })).rejects.toThrow(/has to be a day/);
  await expect(start('nothing', {})).rejects.toThrow(/no playbook "nothing"/);
});
