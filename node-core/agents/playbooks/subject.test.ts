import { describe, expect, it } from 'vitest';
import { scriptedPlaybook } from '../../testing/scripted-playbook.ts';
import { amountFor, subjectOf } from './subject.ts';

const playbook = (name: string, inputs: Parameters<typeof scriptedPlaybook>[0]['inputs']) => ({
  ...scriptedPlaybook({ inputs, steps: [{ id: 'a', kind: 'ask', title: 'A', prompt: 'A' }] }),
  name,
});
const launch = playbook('Plan Product Launch', [
  { id: 'product', title: 'Product', type: 'text' },
  { id: 'launch', title: 'Launch day', type: 'date', required: false },
  { id: 'budget', title: 'Budget', hint: 'Money for the launch', type: 'number', required: false },
]);
const article = playbook('Research and write', [
  { id: 'topic', title: 'Subject', type: 'text' },
  { id: 'words', title: 'Words', type: 'number', required: false },
]);
const pitch = playbook('Pitch prep', [{ id: 'company', title: 'Company', type: 'text' }]);

describe('what a goal is about', () => {
  it.each([
    [launch, 'Plan a product launch of a bike-light by March 1, budget 8000 euros', 'bike-light'],
    [launch, 'Launch our coffee subscription by June 30 with a budget of 5,000 euros', 'coffee subscription'],
    [launch, 'Plan Q2 product launch by June 30 #marketing', 'Q2 product launch'],
    [launch, 'I want to launch the garden planner on 3 May 2027', 'garden planner'],
    [launch, 'Launch the kettle by 2027-05-01\n\nFor cooks.', 'kettle \n\nFor cooks'],
    [article, 'Write 800 words about heat pumps in old houses', 'heat pumps in old houses'],
    [article, 'Research the history of tea', 'history of tea'],
    [article, 'Heat pumps in old houses', 'Heat pumps in old houses'],
    [pitch, 'Prepare a pitch for Balkon', 'Balkon'],
    [pitch, 'Pitch', 'Pitch'],
  ])('%# %s', (which, goal, about) => {
    expect(subjectOf(goal, which, '2026-11-20')).toBe(about);
  });
});

describe('an amount', () => {
  const [, , budget] = launch.inputs;
  const [, words] = article.inputs;
  it.each([
    [budget, 'for 500 people with 1.500 euros', 1_500],
    [budget, 'with €2,500 in May', 2_500],
    [budget, 'for 500 people', null],
    [words, 'about 1,200 words', 1_200],
  ])('%# of %s', (input, goal, amount) => {
    expect(input && amountFor(input, goal)).toBe(amount);
  });

  it('is looked for in long texts as well', () => {
    expect(budget && amountFor(budget, '1'.repeat(100_000))).toBeNull();
  });
});
