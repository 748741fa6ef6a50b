import { expect, it } from 'vitest';
import type { CallEntry, CallPage } from '../../../../node-core/contract/index.ts';
import { type CallList, noCalls, reduceCalls } from './call-list.ts';

const call = (id: string, startedAt: number, more: Partial<CallEntry> = {}): CallEntry => ({
  id,
  runId: 'a',
  runTitle: 'A run',
  index: 0,
  tool: 'web.search',
  effect: 'read',
  state: 'running',
  allowedBy: null,
  startedAt,
  endedAt: null,
  given: '{}',
  fault: null,
  ...more,
});
const page = (next: string | null, ...calls: CallEntry[]): CallPage => ({ calls, next, reachedAt: null });
const news = (state: CallList, one: CallEntry): CallList =>
  reduceCalls(state, { type: 'news', news: [{ runId: one.runId, id: one.id, call: one }] });
const ids = ({ calls }: CallList) => calls.map(({ id }) => id).join(' ');
const first = reduceCalls(noCalls, { type: 'first', page: page('x', call('c', 30), call('b', 20)) });

it('a new call comes before the others, one that goes on stays where it is, one that is not meant any more goes', () => {
  const more = news(first, call('d', 40));
  expect(ids(more)).toBe('d c b');
  const done = news(more, call('c', 30, { state: 'done' }));
  expect(ids(done)).toBe('d c b');
  expect(done.calls[1]?.state).toBe('done');
  expect(ids(reduceCalls(done, { type: 'news', news: [{ runId: 'a', id: 'c', call: null }] }))).toBe('d b');
});

it('one that is meant only now stands where it began, and beyond the last page is left to it', () => {
  expect(ids(news(first, call('mid', 25)))).toBe('c mid b');
  expect(ids(news(first, call('old', 1)))).toBe('c b');
  expect(ids(news({ ...first, next: null }, call('old', 1)))).toBe('c b old');
  expect(ids(news({ ...noCalls, next: null }, call('only', 1)))).toBe('only');
});

it('a call of another run with the same id is another call', () => {
  expect(ids(news(first, call('c', 50, { runId: 'b' })))).toBe('c c b');
});

it('pages follow one another without saying a call twice', () => {
  const more = reduceCalls(first, { type: 'more', page: page(null, call('b', 20), call('a', 10)) });
  expect(ids(more)).toBe('c b a');
  expect(more.next).toBeNull();
});

it('what can’t be asked is told, and forgotten once it could', () => {
  const failed = reduceCalls(first, { type: 'fault', error: new Error('away') });
  expect(ids(failed)).toBe('c b');
  expect(failed.error).toBeInstanceOf(Error);
  expect(reduceCalls(failed, { type: 'more', page: page(null) }).error).toBeNull();
  expect(reduceCalls(failed, { type: 'empty' })).toEqual(noCalls);
});
