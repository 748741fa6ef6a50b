import { describe, expect, it } from 'vitest';
import { type Offer, offersFor, triggerAt } from './trigger.ts';

describe('the name that is being typed', () => {
  it.each([
    ['/pi', 3, { kind: 'playbook', start: 0, end: 3, query: 'pi' }],
    ['  /Pi|tch acme', 5, { kind: 'playbook', start: 2, end: 5, query: 'pi' }],
    ['/pitch', 3, { kind: 'playbook', start: 0, end: 6, query: 'pi' }],
    ['call Ana @', 10, { kind: 'agent', start: 9, end: 10, query: '' }],
    ['(@res', 5, { kind: 'agent', start: 1, end: 5, query: 'res' }],
  ])('%s at %i', (text, caret, found) => expect(triggerAt(text, caret)).toEqual(found));
  it.each([
    ['a/pi', 4],
    ['call /pi', 8],
    ['/pitch acme', 11],
    ['/pitch @res', 11],
    ['ana@example', 11],
    ['call @ana ', 10],
  ])('none: %s at %i', (text, caret) => expect(triggerAt(text, caret)).toBeNull());
});

it('offers what begins so first, and nothing where the name is whole', () => {
  const known: Offer[] = [
    { id: 'research-and-write', name: 'Research and write', hint: '' },
    { id: 'pitch-prep', name: 'Pitch prep', hint: '' },
    { id: 'plan-goal', name: 'Plan a goal', hint: '' },
  ];
  const ids = (query: string) => offersFor(query, known).map(({ id }) => id);
  expect(ids('')).toHaveLength(3);
  expect(ids('p')).toEqual(['pitch-prep', 'plan-goal']);
  expect(ids('wri')).toEqual(['research-and-write']);
  expect(ids('tch')).toEqual(['pitch-prep']);
  expect(ids('pitch-prep')).toEqual([]);
  expect(ids('zzz')).toEqual([]);
});
