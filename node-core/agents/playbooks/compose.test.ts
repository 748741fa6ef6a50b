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
    tools: { find: (name) => builtInTools.find((tool) => tool.name === name) },
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
  ])('%s -> %s', async (goal, expected) => {
    const { nearest, playbook } = await compose(goal);
    expect(nearest).toBe(expected);
    expect(Playbook.parse(playbook)).toEqual(playbook);
    if (expected === null) {
      expect(playbook.id).toBe('plan-goal');
      expect(playbook.description).toMatch(/^No playbook fits this goal/);
    }
  });

  it('fills in what it says, by rule where the model is the built-in one', async () => {
    expect((await compose('Launch our coffee subscription by June 30 with a budget of 5,000 euros')).inputs).toEqual({
      product: 'Launch our coffee subscription by June 30 with a budget of 5,000 euros',
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
