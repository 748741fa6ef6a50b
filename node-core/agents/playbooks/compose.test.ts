import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../common/index.ts';
import { AppError, Playbook } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { type Script, scriptedInference } from '../../testing/scripted-inference.ts';
import { builtInTools } from '../../tools/all.ts';
import { createPlaybooks, type Playbooks } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const clock = { ...systemClock, now: () => Date.parse('2026-05-04T12:00:00Z') };

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.dispose());

const playbooksWith = (script: Partial<Script> = {}): Playbooks =>
  createPlaybooks({
    store: () => opened.store,
    tools: { list: () => builtInTools, find: (name) => builtInTools.find((tool) => tool.name === name) },
    inference: scriptedInference({ answer: () => '{}', ...script }),
    clock,
  });
const compose = async (goal: string, playbooks = playbooksWith()) => playbooks.handlers.compose({ goal }, call);

describe('a free goal', () => {
  it.each([
    ['Launch our new coffee subscription by June 30 with a budget of 5,000 euros', 'product-launch'],
    ['Plan the product release of our budgeting app', 'product-launch'],
    ['Extract action items from the meeting notes below', 'meeting-notes'],
    ['What did we decide in the meeting and who has to do what', 'meeting-notes'],
    ['Write an article on heat pumps with sources, about 1,200 words', 'research-and-write'],
    ['Research the history of tea and write a report', 'research-and-write'],
    ['Organise my chaotic notes', 'organise-notes'],
    ['Tidy up all my notes, tag them and merge duplicates', 'organise-notes'],
    ['Prepare a pitch deck for investors', 'pitch-prep'],
    ['Slides to pitch our startup to investors', 'pitch-prep'],
    ['Renovate the bathroom by July 31', null],
    ['Learn to swim', null],
    ['Plan our move to a larger office by June 30', null],
    ['Plan a summer party in March', null],
    ['Move to a smaller flat in Leipzig', null],
    ['Find a kindergarten for our son', null],
    ['Bake a wedding cake', null],
    ['Train for a marathon in October', null],
    ['Organise a street party by July 10', null],
    ['Organise my notes', 'organise-notes'],
    ['Organize the garage', null],
    ['Sort the photos of our trip', null],
    ['Meet my sister every week', null],
    ['Find out why our roof leaks', null],
    ['Take notes at the parents evening', null],
    ['Hold a meeting with the neighbours about the fence', null],
    ['Sell our old car by May 1', null],
    ['Prepare a talk for the conference in June', null],
    ['Open a market stall in spring', null],
    ['Review the contract with the landlord', null],
    ['Product photos for the shop', null],
  ])('%s -> %s', async (goal, expected) => {
    const { nearest, playbook } = await compose(goal);
    expect(nearest).toBe(expected);
    expect(Playbook.parse(playbook)).toEqual(playbook);
    if (expected === null) {
      expect(playbook.id).toBe('plan-goal');
      expect(playbook.description).toMatch(/^No playbook fits this goal/);
    }
  });

  it('that fits no playbook stays as it was written, whatever a model fills in', async () => {
    const goal = `Learn to swim, ${'then to dive and to surf, '.repeat(30)}by June 30`;
    const playbooks = playbooksWith({ builtin: false, answer: () => JSON.stringify({ goal: 'Learn to swim' }) });
    expect(await compose(goal, playbooks)).toMatchObject({ nearest: null, inputs: { goal } });
  });

  it('takes days from the beginning of what lies beside it, and looks through no book for them', async () => {
    const notes = `Opens on June 30. ${'We meet on Tuesday, 12 May. '.repeat(70_000)}`;
    const { handlers } = playbooksWith();
    const { inputs } = await handlers.compose({ goal: 'Launch our coffee subscription', notes }, call);
    expect(inputs).toMatchObject({ launch: '2026-06-30' });
  });

  it('finds a playbook that sends out by more than one word, and none by what is said of any goal', async () => {
    const playbooks = playbooksWith();
    const mine = `playbook: 1
id: news
version: 1
name: Send the news
description: Writes and sends a letter to the club, and prepares the next one
inputs:
  - { id: topic, title: Topic, type: text }
tools: [mail.send]
profile: writer
budget: { tokens: 1000, seconds: 60, calls: 5, cost: 0 }
steps:
  - { id: draft, kind: ask, title: Draft, prompt: '{{ inputs.topic }}' }
result: []
`;
    await playbooks.handlers.save({ text: mine }, call);
    const found = async (goal: string) => (await compose(goal, playbooks)).nearest;
    expect(await found('Send the news about the summer party to the club')).toBe('news');
    expect(await found('Read the news')).toBeNull();
    await playbooks.handlers.save({ text: mine.replace('[mail.send]', '[]') }, call);
    expect(await found('Read the news')).toBe('news');
    for (const goal of ['Write and send letters of thanks', 'Prepare and create a menu'])
      expect((await compose(goal, playbooks)).playbook.id).toBe('plan-goal');
    expect(await found('Write 800 words about heat pumps')).not.toBe('news');
  });

  it('fills in what it says, by rule where the model is the built-in one', async () => {
    expect((await compose('Launch our coffee subscription by June 30 with a budget of 5,000 euros')).inputs).toEqual({
      product: 'coffee subscription',
      launch: '2026-06-30',
      budget: 5000,
    });
    expect((await compose('Organise my notes')).inputs).toEqual({ notes: 'all' });
  });

  it('lets the model fill in the form, under its grammar, and works out days itself', async () => {
    const asked: unknown[] = [];
    const playbooks = playbooksWith({
      builtin: false,
      answer: ({ schema }) => {
        asked.push(schema);
        return JSON.stringify({ product: 'coffee subscription', launch: 'June 30', budget: 'many', links: null });
      },
    });
    const { inputs } = await compose('Launch our coffee subscription by June 30', playbooks);
    expect(inputs).toEqual({ product: 'coffee subscription', launch: '2026-06-30' });
    expect(asked).toMatchObject([
      { type: 'object', required: ['product', 'launch', 'budget', 'links'], additionalProperties: false },
    ]);
  });

  it.each<[string, Script['answer']]>([
    ['nonsense', () => 'I would rather not.'],
    ['a list', () => '[1]'],
    [
      'an error',
      () => {
        throw new AppError('ENDPOINT_FAILED', 'The server is down.');
      },
    ],
  ])('falls back to the rules where the model answers with %s', async (_what, answer) => {
    const { inputs } = await compose(
      'Launch our coffee subscription by June 30',
      playbooksWith({ builtin: false, answer }),
    );
    expect(inputs).toMatchObject({ launch: '2026-06-30' });
  });
});

describe('notes beside a goal', () => {
  const notes = 'Ask Anna, 555-0134. Until July 31, 7,000 euros.';
  const ask = (goal: string, script: Partial<Script> = {}) =>
    playbooksWith(script).handlers.compose({ goal, notes }, call);

  it('fill days and numbers that it does not say, and no line', async () => {
    expect((await ask('Launch our coffee subscription')).inputs).toEqual({
      product: 'coffee subscription',
      launch: '2026-07-31',
      budget: 7000,
    });
    expect((await ask('Launch our coffee subscription by June 30')).inputs).toMatchObject({ launch: '2026-06-30' });
  });

  it('stay out of lines also where a model puts them there, and fill a long text', async () => {
    const said = {
      product: 'coffee subscription of Anna, 555-0134',
      launch: null,
      budget: 6000,
      links: 'anna.example',
    };
    const launch = await ask('Launch our coffee subscription', { builtin: false, answer: () => JSON.stringify(said) });
    expect(launch.inputs).toEqual({ product: 'coffee subscription', launch: '2026-07-31', budget: 6000 });
    const minutes = await ask('Meeting notes with action items of the board meeting');
    expect(minutes.nearest).toBe('meeting-notes');
    expect(minutes.inputs['transcript']).toBe(`Meeting notes with action items of the board meeting\n\n${notes}`);
    expect(JSON.stringify({ ...minutes.inputs, transcript: null })).not.toContain('Anna');
  });
});

describe('a plan for a goal', () => {
  const goal =
    'Launch our coffee subscription by June 30, no budget please; also look for prices in Austria, and write a press release for local papers';
  /** By the one field of the form that is asked for. */
  const model =
    (said: Readonly<Record<string, unknown>>, asked: unknown[] = []): Script['answer'] =>
    ({ schema, input }) => {
      asked.push(input);
      const [field = ''] = Object.keys(Object(schema?.['properties']));
      return JSON.stringify(field in said ? { [field]: said[field] } : {});
    };
  const wishes = {
    leaveOut: [
      { step: 'shares', words: 'no budget please' },
      { step: 'budget', words: 'no budget please' },
      { step: 'draft', words: 'forget the announcement' },
      { step: 'timeline', words: 'no budget please' },
    ],
    searches: [
      { query: 'coffee subscription prices {{ steps.facts }}\nAustria', words: 'look for prices in Austria' },
      { query: 'the notes of the person', words: 'send me all notes' },
    ],
    texts: [
      {
        title: 'Press release',
        about: 'what is launched and when, for local papers',
        from: ['Timeline', 'Market'],
        words: 'write a press release for local papers',
      },
    ],
  };
  const composed = (playbooks: Playbooks, more: object = { typed: true }, keyId?: string) =>
    playbooks.handlers.compose({ goal, ...more }, { ...call, ...(keyId === undefined ? {} : { keyId }) });

  it('is fitted to what was typed: steps that are not wanted go, searches and texts come, each with its words', async () => {
    const asked: unknown[] = [];
    const playbooks = playbooksWith({ builtin: false, answer: model(wishes, asked) });
    const { playbook, changes } = await composed(playbooks);
    const plain = playbooks.find('product-launch');
    playbooks.check(playbook);
    expect(changes).toEqual([
      'Left out: “Divide the budget”, “Work out the budget”. You wrote: “no budget please”.',
      'Added a search: “coffee subscription prices steps.facts Austria”. You wrote: “look for prices in Austria”.',
      'Added a text: “Press release”. You wrote: “write a press release for local papers”.',
    ]);
    const ids = playbook.steps.map(({ id }) => id);
    expect(plain.steps.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual(['shares', 'budget']);
    expect(ids.filter((id) => !plain.steps.some((step) => step.id === id))).toEqual([
      'more-queries',
      'text',
      'text-note',
    ]);
    expect(playbook.steps.find(({ id }) => id === 'search')).toMatchObject({ each: 'steps.more-queries', limit: 4 });
    expect(playbook.steps.find(({ id }) => id === 'text')).toMatchObject({
      optional: true,
      prompt: expect.stringMatching(/Timeline:\n\{\{ steps\.timeline-text \}\}\n\nMarket:\n/u),
    });
    expect(playbook.result.map(({ title }) => title)).toEqual([
      'Project',
      'Timeline',
      'Announcement',
      'Market',
      'Press release',
    ]);
    expect(playbook).toMatchObject({ tools: plain.tools, egress: plain.egress, budget: plain.budget });
    // Nothing but the goal and the playbook was shown.
    expect(asked).toHaveLength(4);
    for (const input of asked) expect(JSON.stringify(input)).toContain('The person wrote');
  });

  it.each([
    ['text from elsewhere', {}, undefined],
    ['a program with a key', { typed: true }, 'a-key'],
    [
      'a goal with material in it',
      { typed: true, goal: `${goal}\n${'Dear all, no budget please. '.repeat(60)}` },
      undefined,
    ],
  ])('of %s is the playbook as it is kept', async (_what, more, keyId) => {
    const playbooks = playbooksWith({ builtin: false, answer: model(wishes) });
    const { playbook, changes } = await composed(playbooks, more, keyId);
    expect(playbook).toEqual(playbooks.find('product-launch'));
    expect(changes).toEqual([]);
  });

  it.each<[string, Script['answer']]>([
    ['nonsense', () => 'Sure!'],
    ['another form', () => '{"leaveOut":"all","searches":[1],"texts":{}}'],
    ['steps that there are not', model({ leaveOut: [{ step: 'evil', words: 'no budget please' }] })],
    [
      'an error',
      () => {
        throw new AppError('ENDPOINT_FAILED', 'The server is down.');
      },
    ],
  ])('is the playbook as it is kept where the model answers with %s', async (_what, answer) => {
    const playbooks = playbooksWith({ builtin: false, answer });
    const { playbook, changes } = await composed(playbooks);
    expect(playbook).toEqual(playbooks.find('product-launch'));
    expect(changes).toEqual([]);
  });

  it.each([
    ['Launch our coffee subscription, no budget', ['shares', 'budget']],
    ['Launch our coffee subscription without an announcement', ['draft', 'announcement', 'announcement-note']],
    ['Launch our coffee subscription without research, with a budget of 5,000 euros', ['search', 'read', 'facts']],
    ['Launch our coffee subscription; do not write an announcement or budget', ['shares', 'budget', 'draft']],
    ['Produkteinführung: launch our coffee subscription, ohne Budget', ['shares', 'budget']],
    ['Launch our coffee subscription with a budget of 5,000 euros', []],
    ['Launch our coffee subscription in no time', []],
    ['Launch our coffee subscription, not without a launch', []],
  ])('leaves out by rule what a goal says, with the built-in model: %s', async (text, gone) => {
    const playbooks = playbooksWith();
    const { playbook, changes, inputs } = await composed(playbooks, { typed: true, goal: text });
    const plain = playbooks.find('product-launch');
    const left = plain.steps.map(({ id }) => id).filter((id) => !playbook.steps.some((step) => step.id === id));
    expect(left).toEqual(expect.arrayContaining(gone));
    expect(left.length > 0).toBe(gone.length > 0);
    if (!gone.includes('budget')) expect(left).not.toContain('budget');
    // What it says no to is not what it is about.
    if (gone.length > 0) expect(JSON.stringify(inputs)).not.toMatch(/no budget|without|not write|ohne/u);
    expect(changes.length > 0).toBe(gone.length > 0);
  });

  it('is found in the longest goal there may be', async () => {
    const long = `Launch our coffee subscription, no budget. ${'no word '.repeat(12_000)}`;
    const found = await composed(playbooksWith(), { typed: true, goal: long });
    expect(found).toMatchObject({ nearest: 'product-launch', changes: [] });
  });

  it('that no playbook fits is a plan of its own, and says so, whoever asks', async () => {
    const playbooks = playbooksWith({ builtin: false, answer: model(wishes) });
    for (const more of [{ typed: true }, {}]) {
      const found = await composed(playbooks, { ...more, goal: 'Learn to swim, no budget please' });
      expect(found).toMatchObject({ nearest: null, changes: [], playbook: { id: 'plan-goal' } });
      expect(found.playbook.description).toMatch(/^No playbook fits this goal/);
      expect(found.inputs).toMatchObject({ goal: 'Learn to swim, no budget please' });
    }
  });
});

describe('own playbooks', () => {
  const own = (id: string, name: string) =>
    `playbook: 1\nid: ${id}\nversion: 1\nname: ${name}\nexamples: [Water the plants on the balcony]\nbudget: { tokens: 1, seconds: 1, calls: 1, cost: 0 }\nsteps:\n  - { id: a, kind: rule, title: A, rule: list, with: { items: [x] } }\n`;

  it('are found by goals, stand in for shipped ones of the same id, and go again', async () => {
    const { handlers, find } = playbooksWith();
    await handlers.save({ text: own('balcony', 'Balcony') }, call);
    await handlers.save({ text: own('plan-goal', 'Mine') }, call);
    expect((await handlers.compose({ goal: 'Water my balcony plants' }, call)).nearest).toBe('balcony');
    expect(find('plan-goal').name).toBe('Mine');
    expect(
      (await handlers.list(undefined, call))
        .filter(({ origin }) => origin === 'own')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['balcony', 'plan-goal']);
    expect(await handlers.get({ id: 'balcony' }, call)).toMatchObject({
      text: own('balcony', 'Balcony'),
      entry: { updatedAt: clock.now() },
    });
    await handlers.remove({ id: 'plan-goal' }, call);
    expect(find('plan-goal').name).toBe('Plan a goal');
    await handlers.remove({ id: 'balcony' }, call);
    expect(() => find('balcony')).toThrow(/no playbook "balcony"/);
    expect(() => handlers.remove({ id: 'plan-goal' }, call)).toThrow(/comes with Jan/);
  });

  it('are not kept with a fault, and one that has got one since is not run', async () => {
    const { handlers, find, check } = playbooksWith();
    expect(() => handlers.save({ text: own('bad', 'Bad').replace('rule: list', 'rule: magic') }, call)).toThrow(
      /Line 8: There is no rule "magic"/,
    );
    opened.store.write((tx) =>
      tx.run(
        opened.store.qb
          .insertInto('playbook')
          .values({ id: 'old', text: own('old', 'Old').replace('rule: list', 'rule: magic'), updatedAt: 1 }),
      ),
    );
    expect(() => find('old')).toThrow(/There is no rule "magic"/);
    expect((await handlers.list(undefined, call)).some(({ id }) => id === 'old')).toBe(true);
    expect(await handlers.check({ text: own('fine', 'Fine') }, call)).toMatchObject({
      faults: [],
      entry: { id: 'fine', origin: 'own' },
    });
    const edited = find('plan-goal');
    check(edited);
    expect(() => check({ ...edited, steps: [...edited.steps, ...edited.steps] })).toThrow(/two steps "goal"/);
  });
});
