import { expect, it } from 'vitest';
import { sentencesOf } from './sentences.ts';

it('keeps a citation with the sentence before it', () => {
  expect(sentencesOf('Coffee grew. [1]  [2, 3]. Tea did not. [4]')).toEqual([
    'Coffee grew. [1]  [2, 3].',
    'Tea did not. [4]',
  ]);
});

it('is done with what only looks like citations as soon as with any text', () => {
  // A page that others wrote: tried in every way, 18 of them take longer than a test may.
  expect(sentencesOf(`Coffee grew. ${'[1]  '.repeat(18)}Tea`)).toHaveLength(2);
});
