import { expect, test } from 'vitest';
import { z } from 'zod';
import { sortingFigures } from '../../../testing/sorting-figures.ts';
import { rules } from './index.ts';

// Notes as people write them, sorted by hand.

const decide = <T>(rule: string, input: unknown, value: z.ZodType<T>): T =>
  value.parse(rules.get(rule)?.decide(input, { today: '2026-03-02' }).value);

const Graph = z.object({
  edges: z.array(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) })),
});

test.each([
  ['designer', 0.95],
  ['bakery', 0.7],
  ['teacher', 0.8],
] as const)('themes, merges, splits and relations of the notes of a %s', (set, f1) => {
  const reached = sortingFigures(set);
  expect(reached.purity).toBeGreaterThanOrEqual(0.85);
  expect(reached.placed).toBeGreaterThanOrEqual(0.95);
  expect(reached.f1).toBeGreaterThanOrEqual(f1);
  expect(reached.merges).toEqual({ right: reached.twins, wrong: 0 });
  expect(reached.splits).toEqual({ right: reached.mixed, wrong: 0 });
  expect(reached.within).toBeGreaterThanOrEqual(0.65);
});

const knee = (id: string, more: object) => ({
  id,
  title: 'Doctor',
  text: '# Doctor\n\nCall the doctor about the knee and ask for a day in May.\n',
  tags: [],
  ...more,
});
const Titles = z.array(z.object({ title: z.string() }));

test('what tells notes of one title apart is named where they are to be merged', () => {
  const merged = (notes: readonly object[]) => decide('merge-proposals', { notes }, Titles).map(({ title }) => title);
  expect(merged([knee('1', { project: 'Health' }), knee('2', { made: '2026-03-01' })])).toEqual([
    'Merge “Doctor” (Health) and “Doctor” (in no project)',
  ]);
  expect(merged([knee('1', { made: '2026-02-01' }), knee('2', { made: '2026-03-01' })])).toEqual([
    'Merge “Doctor” (2026-02-01) and “Doctor” (2026-03-01)',
  ]);
  expect(merged([knee('1', {}), knee('2', {})])).toEqual(['Merge “Doctor” and “Doctor”']);
  // What two runs wrote for two projects stays with each of them.
  expect(merged([knee('1', { project: 'A', run: 'x' }), knee('2', { project: 'B', run: 'y' })])).toEqual([]);
  expect(merged([knee('1', { project: 'A', run: 'x' }), knee('2', { project: 'B' })])).toHaveLength(1);
});

test('relations that tell something come before those of notes that say the same', () => {
  const note = (id: string, title: string, text: string) => ({ id, title, text, tags: [] });
  const notes = [
    note('1', 'Tent', 'The tent for the mountains needs new poles and pegs.'),
    note('2', 'Tent again', 'The tent for the mountains needs new poles and pegs.'),
    note('3', 'Hike', 'The hike in the mountains: three nights in the tent, bring poles, boots and a stove.'),
    note('4', 'Tax', 'The tax letter has to be answered by Friday with receipts.'),
    note('5', 'Bread', 'Bread with rye, salt and a long rest in the fridge.'),
  ];
  const { edges } = decide('knowledge-graph', { notes }, Graph);
  expect(edges.length).toBeGreaterThan(1);
  expect(edges.at(-1)).toMatchObject({ from: { id: '1' }, to: { id: '2' } });
});
