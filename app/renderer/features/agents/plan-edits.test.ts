import { describe, expect, it } from 'vitest';
import type { Playbook, PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { planOf } from './plan.ts';
import {
  addStep,
  connect,
  disconnect,
  draftOf,
  effective,
  isShown,
  leaveOut,
  modelsOf,
  moveStep,
  putBack,
  showInResult,
  valuesFor,
} from './plan-edits.ts';

const rule = (id: string, text: string, needs: string[] = []): PlaybookStep => ({
  kind: 'rule',
  id,
  title: id.toUpperCase(),
  needs,
  limit: 1,
  optional: false,
  rule: 'x',
  with: { text },
});
const playbook: Playbook = {
  playbook: 1,
  id: 'p',
  version: 1,
  name: 'P',
  description: '',
  examples: [],
  inputs: [{ id: 'goal', title: 'Goal', hint: '', type: 'text', choices: [], required: true }],
  tools: ['web.read'],
  egress: [],
  profile: 'writer',
  budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 },
  steps: [rule('a', ''), rule('b', '{{ steps.a }}'), rule('c', '', ['b']), rule('d', '')],
  result: [{ title: 'End', value: 'steps.c ?? steps.b' }],
};
const parts: PlaybookParts = {
  tools: [{ name: 'web.search', description: '', input: {} }],
  rules: [{ name: 'list', description: '', input: {} }],
  changes: [],
  checks: [],
};
const start = draftOf(playbook);
const needs = (draft = start): string[] => planOf(effective(draft)).map((step) => `${step.id}: ${step.needs.join()}`);
const edited = (edit: ReturnType<typeof connect>) => {
  if ('refused' in edit) throw new Error(edit.refused);
  return edit.draft;
};

describe('who waits for whom', () => {
  it('is drawn, and taken away', () => {
    const draft = edited(connect(start, 'd', 'a'));
    expect(needs(draft)).toEqual(['a: d', 'b: a', 'c: b', 'd: ']);
    expect(needs(edited(disconnect(draft, 'd', 'a')))).toEqual(needs());
    expect(needs(edited(disconnect(start, 'b', 'c')))).toEqual(['a: ', 'b: a', 'c: ', 'd: ']);
  });
  it.each([
    ['c', 'a', 'That would be a circle: “A” → “B” → “C” → “A”.'],
    ['b', 'a', 'That would be a circle: “A” → “B” → “A”.'],
    ['a', 'a', 'A step can’t wait for itself.'],
    ['a', 'b', '“B” waits for “A” already.'],
    ['gone', 'b', 'One of the two steps is gone.'],
  ])('never in a circle, nor twice: %s before %s', (from, to, refused) => {
    expect(connect(start, from, to)).toEqual({ refused });
  });
  it('stays where a value is taken', () => {
    expect(disconnect(start, 'a', 'b')).toEqual({
      refused: '“B” takes the value of “A”. Change what it takes first.',
    });
  });
});

describe('a step', () => {
  it('is left out and put back; one that was added is gone', () => {
    const without = leaveOut({ ...start, models: { b: 'm', d: 'm' } }, 'b', false);
    expect(needs(without)).toEqual(['a: ', 'c: ', 'd: ']);
    expect(without.playbook.steps).toHaveLength(4);
    expect(modelsOf(without)).toEqual({ d: 'm' });
    expect(needs(putBack(without, 'b'))).toEqual(needs());
    const { draft, id } = addStep(start, 'rule', 'b', parts);
    expect(needs(leaveOut(edited(connect(draft, id, 'c')), id, true))).toEqual(needs());
  });
  it('is no alternative any more where it is left out', () => {
    const either = rule('e', 'Of {{ steps.c ?? steps.b }}, {{ steps.b }}');
    const draft = draftOf({
      ...playbook,
      steps: [...playbook.steps, { ...either, when: 'steps.b ?? steps.a' }],
      result: [...playbook.result, { title: 'B', value: 'steps.b' }],
    });
    const { steps, result } = effective(leaveOut(draft, 'b', false));
    expect(steps.at(-1)).toMatchObject({ with: { text: 'Of {{ steps.c }}, {{ steps.b }}' }, when: 'steps.a' });
    expect(result).toEqual([{ title: 'End', value: 'steps.c' }]);
  });
  it('is added behind another, under a name of its own, with the tool that it calls', () => {
    const one = addStep(start, 'tool', 'a', parts);
    const two = addStep(one.draft, 'tool', null, parts);
    expect([one.id, two.id]).toEqual(['tool', 'tool-2']);
    expect(needs(two.draft)).toEqual(['tool-2: ', 'a: ', 'tool: a', 'b: a', 'c: b', 'd: ']);
    expect(two.draft.playbook.tools).toEqual(['web.read', 'web.search']);
    const question = addStep(start, 'ask', 'd', parts);
    const review = addStep(question.draft, 'review', question.id, parts);
    expect(review.draft.playbook.steps.at(-1)).toMatchObject({ kind: 'review', of: 'question', needs: ['question'] });
  });
  it('moves in the list, and stops at its ends', () => {
    const ids = (draft = start) => draft.playbook.steps.map(({ id }) => id).join('');
    expect(ids(moveStep(start, 'c', -1))).toBe('acbd');
    expect(ids(moveStep(start, 'a', -1))).toBe('abcd');
    expect(ids(moveStep(start, 'd', 1))).toBe('abcd');
  });
  it('is shown in the result, or not', () => {
    expect(isShown(start, 'b')).toBe(true);
    const shown = showInResult(start, 'd', true);
    expect(shown.playbook.result.at(-1)).toEqual({ title: 'D', value: 'steps.d' });
    expect(showInResult(shown, 'd', false).playbook.result).toEqual(playbook.result);
  });
  it('can take inputs and what comes before it, and nothing that waits for it', () => {
    expect(valuesFor(start, 'b').map(({ expression }) => expression)).toEqual([
      'inputs.goal',
      'steps.a',
      'steps.d',
      'today',
    ]);
  });
});
