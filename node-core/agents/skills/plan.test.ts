import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlan, planGrammar, planStepsSoFar, prepareGoal, type PreparedGoal } from './plan.ts';
import { planNote, schedulePlan } from './schedule.ts';

const today = '2026-11-20';

function goal(text: string): PreparedGoal {
  const prepared = prepareGoal(text, { today });
  if ('code' in prepared) throw new Error(prepared.message);
  return prepared;
}

const ANSWER =
  ' kite festival\n Set the aim of the <t><days>1\n Book a place for a <t><days>2\n Find helpers<after>1<days>1\n Run the <t><after>23<days>3\n Say thank you<days>1';

describe('prepareGoal', () => {
  it.each([
    ['Plan Q2 product launch by June 30 #marketing', '2027-06-30', 'plan q2 product launch'],
    ['Move house by 1 November', '2027-11-01', 'move house'],
    ['File the 2025 tax return by July 31', '2027-07-31', 'file the 2025 tax return'],
    ['Save 5000 euros for a boat until next summer', '2027-06-21', 'save 5000 euros for a boat'],
    ['Learn Welsh', null, 'learn welsh'],
  ])('%s', (text, deadline, words) => {
    const prepared = goal(text);
    expect(prepared.deadline).toBe(deadline);
    expect(prepared.words.map(({ core }) => core).join(' ')).toBe(words);
  });

  it.each(['', '   ', '🎈', '\u0000\u0000\u0000\u0000'])('refuses %j', (text) =>
    expect(prepareGoal(text, { today })).toHaveProperty('code'),
  );

  it('cuts a megabyte and keeps Arabic', () => {
    expect(goal('build a boat '.repeat(90_000)).notices.map(({ code }) => code)).toContain('TRUNCATED');
    const arabic = goal('تنظيم حفلة موسيقية في الحديقة');
    expect(arabic.notices.map(({ code }) => code)).toContain('NOT_ENGLISH');
    expect(parsePlan(arabic, '').steps.length).toBeGreaterThanOrEqual(5);
  });

  it('keeps a goal that is only a date', () => expect(goal('by Friday').words.length).toBeGreaterThan(0));
});

describe('parsePlan', () => {
  it('puts the topic into the titles and keeps the order', () => {
    const plan = parsePlan(goal('Hold a Kite Festival on the beach'), ANSWER);
    expect(plan.topic).toBe('Kite Festival');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Set the aim of the Kite Festival',
      'Book a place for a Kite Festival',
      'Find helpers',
      'Run the Kite Festival',
      'Say thank you',
    ]);
    expect(plan.steps.map(({ dependsOn }) => dependsOn)).toEqual([[], [0], [0], [1, 2], [3]]);
  });

  it.each([
    ['Restore the fresco in our chapel before the bishop comes', ' bishop comes', 'fresco'],
    ["Get my hot-air balloon pilot's licence", ' hot-air', "hot-air balloon pilot's licence"],
    ['Transcribe 400 family letters in old script and make them searchable', ' and', '400 family letters'],
    ['Publish the letters of a whaling captain', ' letters', 'letters of a whaling captain'],
    ['Plan Q2 product launch', ' product launch', 'product'],
    ['Learn Faroese well enough to read', ' faroese', 'Faroese'],
    ['Turn a barn into a cinema', ' cinema', 'cinema'],
    ['Get ISO 9001 certified next year, twelve people', ' iso 9001 certified, twelve', 'ISO 9001'],
    ['Press cider for my brother', ' brother', 'cider'],
    ['help my mother after the operation', ' my mother', 'my mother'],
    ['Apply for a cheesemaking permit', ' cheesemaking', 'cheesemaking permit'],
  ])('%s with %j is about %s', (text, topic, settled) =>
    expect(parsePlan(goal(text), `${topic}\n Do it well<days>1`).topic).toBe(settled),
  );

  it('mends articles', () => {
    expect(parsePlan(goal('open an ice bar'), ' ice bar\n Find a <t><days>1').steps[0]?.title).toBe('Find an ice bar');
    expect(parsePlan(goal('help my mother'), ' my mother\n Ask the <t><days>1').steps[0]?.title).toBe('Ask my mother');
  });

  it('shows steps only when they are whole', () => {
    const prepared = goal('Hold a kite festival');
    const counts = Array.from(
      { length: ANSWER.length + 1 },
      (_, length) => planStepsSoFar(prepared, ANSWER.slice(0, length)).length,
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
    expect(counts.at(-1)).toBe(5);
  });

  it('is valid whatever the model wrote', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(ANSWER.length).map((length) => ANSWER.slice(0, length)),
          fc.constant(' kite\n A b c<after>98765<days>1\n A b c<days>9'),
        ),
        fc.constantFrom('Hold a kite festival', 'x', 'get 2 goats to sing, without a vet'),
        (answer, text) => {
          const plan = parsePlan(goal(text), answer);
          expect(plan.steps.length).toBeGreaterThanOrEqual(5);
          plan.steps.forEach((step, index) => expect(step.dependsOn.every((other) => other < index)).toBe(true));
          expect(plan.steps.some(({ title }) => title.toLowerCase().includes(plan.topic.toLowerCase()))).toBe(true);
        },
      ),
    );
  });
});

describe('planGrammar', () => {
  it('lets no step wait for itself or a later one', () => {
    const grammar = planGrammar(goal('Hold a kite festival'));
    for (const [, place = '', digits = ''] of grammar.matchAll(/^after(\d) ::= \("<after>" \((.*)\)\)\?$/gmu)) {
      expect(Math.max(...[...digits.matchAll(/\d/gu)].map(Number))).toBeLessThanOrEqual(Number(place));
    }
    expect(grammar).not.toMatch(/p0 ::= [^\n]*after0/u);
  });

  it.each([
    ['Train a rescue pony to walk in the parade', 'get the <t> used to|trust of the <t>'],
    ['Get my stargazing licence', 'who issues the <t>|authority, the conditions'],
    ['Learn two Corsican songs with three friends', 'voice'],
    ['A mobile sauna out of an old bus', 'frame and the floor|draw the <t> to scale'],
    ['Get rid of the slugs in the greenhouse', 'what causes the <t>|cause of the <t>'],
    ['Defenestrate the quorvex', 'should look like when it is done|three sentences'],
  ])('offers steps of the right kind for: %s', (text, steps) =>
    expect(planGrammar(goal(text)).toLowerCase()).toMatch(new RegExp(steps, 'u')),
  );

  it('answers to what the goal says on the side, in its own words', () => {
    const grammar = planGrammar(
      goal('Open a bar with my friend Dora, zero experience with permits, without waking the baby'),
    );
    for (const words of ['my friend dora', 'knows about permits', 'waking the baby']) expect(grammar).toContain(words);
  });
});

describe('schedulePlan', () => {
  const plan = parsePlan(goal('Hold a kite festival'), ANSWER);

  it('ends on the deadline and never asks for a step before those it waits for', () => {
    const { steps } = schedulePlan(plan, { today, deadline: '2027-02-27' });
    expect(steps.at(-1)?.due).toBe('2027-02-27');
    for (const step of steps)
      for (const other of step.dependsOn) expect(steps[other]?.due.localeCompare(step.due)).toBeLessThanOrEqual(0);
    expect(steps.every(({ due }) => due >= today)).toBe(true);
  });

  it('runs forward from today without a deadline, and says so when it has passed', () => {
    expect(schedulePlan(plan, { today, deadline: null }).steps.every(({ due }) => due >= today)).toBe(true);
    expect(schedulePlan(plan, { today, deadline: '2020-01-01' }).notices.map(({ code }) => code)).toEqual([
      'DEADLINE_PASSED',
    ]);
  });

  it('writes a note with every step', () => {
    const note = planNote('Hold a kite festival', schedulePlan(plan, { today, deadline: '2027-02-27' }));
    for (const { title } of plan.steps) expect(note).toContain(title);
  });
});
