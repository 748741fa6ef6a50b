import { expect, test } from 'vitest';
import type { ThreadMessage } from '../../../../node-core/contract/index.ts';
import { branchOf, leafBelow } from './tree.ts';

const message = (id: string, parentId: string | null, createdAt: number): ThreadMessage => ({
  id,
  threadId: 't',
  parentId,
  role: 'user',
  text: id,
  reasoning: null,
  attachments: [],
  state: 'done',
  error: null,
  modelId: null,
  place: null,
  usage: null,
  createdAt,
});

// One question with two answers; the second one went on, and its next question was edited once.
const messages = [
  message('q1', null, 1),
  message('a1', 'q1', 2),
  message('a2', 'q1', 3),
  message('q2', 'a2', 4),
  message('b1', 'q2', 5),
  message('q2-edited', 'a2', 6),
  message('b2', 'q2-edited', 7),
];

test('a branch is what leads to its leaf, with the other ways at each step', () => {
  const branch = branchOf(messages, 'b1');
  expect(branch.map(({ message: { id } }) => id)).toEqual(['q1', 'a2', 'q2', 'b1']);
  expect(branch.map(({ siblings }) => siblings.map(({ id }) => id))).toEqual([
    ['q1'],
    ['a1', 'a2'],
    ['q2', 'q2-edited'],
    ['b1'],
  ]);
});

test('an empty thread and a leaf that is not there yet have no branch', () => {
  expect(branchOf([], null)).toEqual([]);
  expect(branchOf(messages, 'unknown')).toEqual([]);
});

test('another branch is shown down to its newest end', () => {
  expect(leafBelow(messages, 'a2')).toBe('b2');
  expect(leafBelow(messages, 'q2')).toBe('b1');
  expect(leafBelow(messages, 'a1')).toBe('a1');
});
