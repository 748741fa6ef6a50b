import { describe, expect, it } from 'vitest';
import type { Playbook, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { planOf, rowsOf } from './plan.ts';

const rule = (id: string, given: Record<string, string>, needs: string[] = []): PlaybookStep => ({
  kind: 'rule',
  id,
  title: id,
  needs,
  limit: 1,
  optional: false,
  rule: 'x',
  with: given,
});
const playbook: Playbook = {
  playbook: 1,
  id: 'p',
  version: 1,
  name: 'P',
  description: '',
  examples: [],
  inputs: [],
  tools: [],
  egress: [],
  profile: 'writer',
  budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 },
  steps: [
    rule('a', {}),
    rule('fact-check', { text: '{{ steps.a.text }}' }),
    rule('b', {}, ['a']),
    rule('end', { all: '{{ steps.fact-check }} {{ steps.b }} {{ steps.gone }}' }),
    rule('alone', {}),
  ],
  result: [],
};

describe('a plan as a graph', () => {
  it('knows who waits for whom, by name and by value', () => {
    expect(planOf(playbook).map(({ id, needs }) => [id, needs])).toEqual([
      ['a', []],
      ['fact-check', ['a']],
      ['b', ['a']],
      ['end', ['fact-check', 'b']],
      ['alone', []],
    ]);
  });
  const drawn = (...steps: PlaybookStep[]): string[] =>
    rowsOf(planOf({ steps })).map((row) => row.map((cell) => (cell.step ? cell.id : '|')).join(' '));
  it('puts each step below what it waits for, side by side where they begin together', () => {
    expect(drawn(...playbook.steps)).toEqual(['a alone', 'fact-check b', 'end']);
  });
  it('leads a long line past the rows between, and draws none that another way says', () => {
    expect(
      drawn(rule('a', {}), rule('b', {}, ['a']), rule('c', {}, ['b', 'a']), rule('d', {}), rule('e', {}, ['c', 'd'])),
    ).toEqual(['a d', 'b |', 'c |', 'e']);
  });
  it('puts a step near those that it waits for', () => {
    expect(drawn(rule('a', {}), rule('b', {}), rule('of-b', {}, ['b']), rule('of-a', {}, ['a']))).toEqual([
      'a b',
      'of-a of-b',
    ]);
  });
  it('draws a circle too, in any order, with the line that closes it', () => {
    const lines = (...steps: PlaybookStep[]): string[] =>
      rowsOf(planOf({ steps })).flatMap((row) => row.flatMap(({ id, from }) => from.map((one) => `${one}>${id}`)));
    const a = rule('a', {}, ['c']);
    const b = rule('b', {}, ['a']);
    const c = rule('c', {}, ['b']);
    const end = rule('end', {}, ['a', 'b']);
    expect(drawn(rule('a', {}, ['b']), rule('b', {}, ['a']))).toEqual(['b', 'a']);
    expect(lines(rule('a', {}, ['b']), rule('b', {}, ['a']))).toEqual(['a>b', 'b>a']);
    expect(drawn(a, b, c)).toEqual(['b', 'c', 'a']);
    expect(drawn(c, b, a)).toEqual(['a', 'b', 'c']);
    expect(drawn(b, a, c, end)).toEqual(['c', 'a', 'b', 'end']);
    expect(lines(b, a, c, end)).toEqual(['b>c', 'c>a', 'a>b', 'b>end']);
  });
});
