import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sentencesOf } from '../sentences.ts';
import { doubt } from './fact-check.ts';

/** Each source with a statement that it bears out (`+`) and one that it does not (`-`), by the kind of the fault. */
const read = (name: string) =>
  readFileSync(new URL(`../../../testing/statements/${name}.md`, import.meta.url), 'utf8')
    .split(/^=== /mu)
    .slice(1)
    .map((part) => {
      const [kind = '', source = '', good = '', bad = ''] = part.split('\n');
      return { kind, source, good: good.slice(2), bad: bad.slice(2) };
    });
const isDoubted = (sentence: string, text: string): boolean =>
  doubt(`${sentence} [1]`, [{ number: 1, title: 'A page', url: 'https://a.example', text }]) !== null;

// The checks were made with the first in sight. The second was scored when they were done: what has changed since is in docs/playbooks.md.
it.for([
  ['tuned', { turned: 8, figure: 5, subject: 2, places: 0, strength: 1 }],
  ['held-out', { turned: 7, figure: 5, subject: 1, places: 1, strength: 1 }],
] as const)('sees by code what a source does not say: %s', async ([name, expected], { annotate }) => {
  const statements = read(name);
  const caught = { turned: 0, figure: 0, subject: 0, places: 0, strength: 0 };
  for (const { kind, source, bad } of statements)
    for (const key of ['turned', 'figure', 'subject', 'places', 'strength'] as const)
      if (kind.split(' ').includes(key) && isDoubted(bad, source)) caught[key] += 1;
  expect(statements).toHaveLength(20);
  const alarms = statements.filter(({ good, source }) => isDoubted(good, source));
  await annotate(`${name}: ${JSON.stringify(caught)} caught of ${statements.length}, ${alarms.length} false alarms`);
  expect(caught).toEqual(expected);
  expect(alarms).toEqual([]);
});

it.each(['bakery', 'designer', 'teacher'])('doubts no sentence of the notes of a %s, nor the half of one', (name) => {
  const notes = readFileSync(new URL(`../../../testing/notes/${name}.md`, import.meta.url), 'utf8');
  const said = sentencesOf(notes)
    .filter((_, index) => index % 8 === 0)
    .flatMap((sentence) => [sentence, sentence.split(/[,;:]\s/u)[0] ?? '']);
  expect(said.length).toBeGreaterThan(30);
  expect(said.filter((sentence) => isDoubted(sentence, notes))).toEqual([]);
});

it.each([
  ['The plan was refused by the council.', 'The council did not accept the plan.'],
  ['The new engine is more dangerous on hills.', 'The new engine is less safe on hills.'],
  ['Trains cost less than buses on this route.', 'Buses on this route cost more than trains.'],
  ['Bees find their way by the sun.', 'Bees find their way by the sun, not by smell.'],
  ['Sales of coffee went up in spring.', 'Sales of coffee rose in spring although prices fell.'],
])('turned twice is not turned: %s | %s', (statement, source) => {
  expect(isDoubted(statement, source)).toBe(false);
});

it.each([
  ['Buses are cheaper than trains on this route.', 'Trains are cheaper than buses on this route.'],
  ['Prices of coffee fell in spring.', 'Sales of coffee fell, although prices of coffee rose in spring.'],
  ['The verdict was unexpected in the capital.', 'The verdict was expected in the capital.'],
  ['The council accepted the new plan.', 'The council did not accept the new plan.'],
])('turned: %s | %s', (statement, source) => {
  expect(isDoubted(statement, source)).toBe(true);
});
