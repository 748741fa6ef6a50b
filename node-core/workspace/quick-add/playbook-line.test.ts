import { describe, expect, it } from 'vitest';
import type { PlaybookInput } from '../../contract/playbooks.ts';
import { hereFrom, parseQuickAdd } from './parse.ts';

const here = hereFrom('2026-06-03T10:00:00+00:00', 0);
const input = (id: string, type: PlaybookInput['type'], required = false, title = id): PlaybookInput => ({
  id,
  title,
  hint: '',
  type,
  choices: type === 'choice' ? ['Short', 'Very short'] : [],
  required,
});
const playbooks = [
  {
    id: 'launch',
    name: 'Plan Product Launch',
    inputs: [
      input('links', 'text'),
      input('product', 'text', true, 'Product'),
      input('day', 'date', false, 'Launch day'),
      input('budget', 'number'),
      input('size', 'choice'),
    ],
  },
  { id: 'tidy', name: 'Tidy', inputs: [input('notes', 'notes', true), input('note', 'note', true, 'Note')] },
];
const read = (text: string, ignore: readonly number[] = []) =>
  parseQuickAdd(text, { here, projects: [], agents: [{ id: 'my-own', name: 'Market Expert' }], playbooks, ignore });

describe('a line that begins with a playbook', () => {
  it.each<[string, Record<string, string | number>]>([
    ['/launch a coffee subscription', { product: 'a coffee subscription' }],
    ['  /LAUNCH a coffee subscription by June 30', { product: 'a coffee subscription', day: '2026-06-30' }],
    [
      '/launch coffee, budget 5,000, very short, on 2026-07-01',
      { product: 'coffee', budget: 5000, size: 'Very short', day: '2026-07-01' },
    ],
    ['/launch coffee €5000 budget', { product: 'coffee', budget: 5000 }],
    ['/plan-product-launch tea #1 for @agent !1', { product: 'tea #1 for @agent !1' }],
  ])('%s', (text, inputs) => {
    expect(read(text).playbook).toEqual({ id: 'launch', name: 'Plan Product Launch', inputs, missing: [] });
  });

  it('names what is missing; all notes are meant where none are named', () => {
    expect(read('/launch').playbook?.missing).toEqual(['Product']);
    expect(read('/launch by friday').playbook?.missing).toEqual(['Product']);
    expect(read('/tidy').playbook).toMatchObject({ inputs: {}, missing: ['Note'] });
  });

  it('marks what it took, where it stands', () => {
    const text = '/launch tea by June 30';
    expect(read(text).chips).toEqual([
      { kind: 'playbook', label: 'Plan Product Launch', start: 0, end: 7, text: '/launch' },
      { kind: 'input', label: 'Launch day: Tue 30 Jun', start: 12, end: 22, text: 'by June 30' },
    ]);
    expect(read(text, [12]).playbook?.inputs).toEqual({ product: 'tea by June 30' });
    expect(read(text, [0])).toMatchObject({ draft: { title: '/launch tea', dueDate: '2026-06-30' } });
    expect(read(text, [0]).playbook).toBeUndefined();
  });

  it('is read in time however long it is, and nothing of what follows is taken for a day or a figure', () => {
    const long = `tea by June 30\n${'a '.repeat(600)}by July 4, budget 7000`;
    expect(read(`/launch ${long}`).playbook?.inputs).toMatchObject({
      day: '2026-06-30',
      product: expect.stringMatching(/a by July 4, budget 7000$/u),
    });
    for (const part of ['\n', '1,', 'by June 30 ', ', ', '- '])
      expect(read(`/launch tea ${part.repeat(90_000)} end`).playbook?.inputs['product']).toMatch(/^tea.* end$/su);
  });

  it.each(['/launches tea', '/launch/x', 'about /launch', '/etc/hosts', '/', '/ launch', 'a\n/launch'])(
    'is a task otherwise: %s',
    (text) => {
      expect(read(text).playbook).toBeUndefined();
    },
  );
});

it('gives a task to any agent, by id or name, and to none that there is not', () => {
  expect(read('Look into it @my-own').draft).toEqual({ title: 'Look into it', assignee: 'my-own' });
  expect(read('Look into it @Market-Expert, soon').draft.assignee).toBe('my-own');
  expect(read('Look into it @Me').draft.assignee).toBe('me');
  expect(read('Mail @wizard and a@my-own.example').draft).toEqual({ title: 'Mail @wizard and a@my-own.example' });
});
