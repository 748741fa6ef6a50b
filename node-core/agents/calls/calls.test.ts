import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallFilter, CallNews, CallPage, Labels, Playbook, ToolCall } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createTestClock, userCall } from '../../testing/open-test-workspace.ts';
import { createRunBook, type RunBook } from '../book.ts';
import { heard } from '../heard.ts';
import type { EntryOf, JournalEntry } from '../journal.ts';
import { type Calls, createCalls } from './index.ts';

const none: Labels = { untrusted: false, private: false, model: false, sources: [] };
const playbook: Playbook = {
  playbook: 1,
  id: 'brief',
  version: 1,
  name: 'Brief',
  description: '',
  examples: [],
  inputs: [],
  tools: [],
  egress: [],
  profile: 'writer',
  budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 },
  steps: [
    { id: 'ask', kind: 'tool', title: 'Ask', needs: [], limit: 1, optional: false, tool: 'web.search', with: {} },
  ],
  result: [],
};
const plan: JournalEntry = { type: 'plan', playbook, inputs: {}, inputLabels: {}, profiles: [], models: {} };

let opened: ReturnType<typeof openTestStore>;
let book: RunBook;
let calls: Calls;
const clock = createTestClock();
beforeEach(() => {
  opened = openTestStore();
  calls = createCalls({ store: () => opened.store });
  book = heard(createRunBook({ store: () => opened.store, clock }), calls.hear);
});
afterEach(() => opened.dispose());

const start = (id: string, title = `Run ${id}`): void =>
  void book.create(
    {
      id,
      title,
      modelId: 'small',
      place: 'this-machine',
      assignment: {
        input: { skill: 'playbook', playbookId: 'brief', inputs: {} },
        today: '2027-01-01',
        builtin: false,
        task: null,
      },
    },
    [plan],
  );
const write = (runId: string, ...entries: JournalEntry[]): void => {
  for (const entry of entries) {
    clock.advance(1);
    book.append(runId, [entry]);
  }
};
const fields = (id: string, tool: string, given: EntryOf<'call'>['arguments'] = { query: 'tomatoes' }) => ({
  ...{ id, index: 0, key: '0', tool, arguments: given, argumentLabels: { query: none }, hash: 'h', control: none },
  effect: tool.startsWith('mail.') ? ('send-out' as const) : ('read' as const),
});
const call = (
  id: string,
  tool = 'web.search',
  given?: EntryOf<'call'>['arguments'],
  allowedBy = 'A rule.',
): JournalEntry => ({
  type: 'call',
  ...fields(id, tool, given),
  allowedBy,
  repeatable: true,
});
const ask = (id: string, tool = 'mail.send'): JournalEntry => ({
  type: 'ask',
  index: 0,
  id: `approve ${id}`,
  about: { type: 'approve', call: { ...fields(id, tool), repeatable: false }, reason: 'It sends.' },
});
const done = (id: string, result: EntryOf<'call-done'>['result'] = 'found', sources: string[] = []): JournalEntry => ({
  type: 'call-done',
  index: 0,
  id,
  result,
  labels: { ...none, untrusted: true, sources },
});
const ended = (state: 'done' | 'cancelled' = 'done'): JournalEntry => ({
  type: 'ended',
  state,
  error: null,
  result: null,
});

const page = async (query: CallFilter & { before?: string; limit?: number } = {}): Promise<CallPage> =>
  Promise.resolve(calls.handlers.list(query, userCall));
/** All pages, as the one who asks gets them. */
const listed = async (filter: CallFilter & { limit?: number } = {}): Promise<CallPage['calls']> => {
  const all: CallPage['calls'] = [];
  for (let before: string | undefined; ; ) {
    const { calls: some, next } = await page({ ...filter, ...(before === undefined ? {} : { before }) });
    all.push(...some);
    if (next === null) return all;
    before = next;
  }
};
const ids = async (filter: CallFilter & { limit?: number } = {}): Promise<string[]> =>
  (await listed(filter)).map(({ runId, id }) => `${runId} ${id}`);

/** One run with a call in each state, and two that were left by runs that have ended. */
const writeEveryState = (): void => {
  start('a');
  write(
    'a',
    { type: 'started' },
    { type: 'step', index: 0, kind: 'tool', title: 'Look it up', prompt: null, id: 'ask' },
  );
  write('a', call('done'), done('done'));
  write('a', call('failed'), {
    type: 'call-failed',
    index: 0,
    id: 'failed',
    error: { code: 'TOOL_FAILED', message: 'Broken.' },
  });
  write('a', call('lost', 'mail.send'), { type: 'call-lost', index: 0, id: 'lost' });
  write('a', {
    type: 'refused',
    ...fields('refused', 'web.read'),
    error: { code: 'APPROVAL_REFUSED', message: 'No.' },
  });
  write('a', ask('denied'), {
    type: 'refused',
    ...fields('denied', 'mail.send'),
    error: { code: 'APPROVAL_REFUSED', message: 'You did not.' },
  });
  write('a', ask('asked'), call('asked', 'mail.send', undefined, 'you'), done('asked'));
  write('a', ask('waits'));
  write('a', call('runs'));
  start('b');
  write(
    'b',
    { type: 'started' },
    ask('unanswered'),
    call('cut'),
    call('cut out', 'mail.send', undefined, 'you'),
    ended('cancelled'),
  );
};

describe('the calls of all runs', () => {
  it('are those that the runs themselves tell of, newest first, in every state', async () => {
    writeEveryState();
    const all = await listed();
    expect(all.map(({ id, state }) => `${id}: ${state}`)).toEqual([
      'cut out: unknown',
      'cut: failed',
      'unanswered: refused',
      'runs: running',
      'waits: waiting',
      'asked: done',
      'denied: refused',
      'refused: refused',
      'lost: unknown',
      'failed: failed',
      'done: done',
    ]);
    for (const runId of ['a', 'b']) {
      const own = book.get(runId).playbook?.calls ?? [];
      for (const one of own) {
        const entry = all.find(({ id }) => id === one.id);
        expect(entry).toMatchObject({
          state: one.state,
          allowedBy: one.allowedBy,
          startedAt: one.startedAt,
          endedAt: one.endedAt,
        });
        expect(calls.handlers.get({ runId, id: one.id }, userCall)).toEqual({
          call: one,
          run: { id: runId, title: `Run ${runId}` },
          step: runId === 'a' ? 'Look it up' : null,
        });
      }
    }
    expect(all).toHaveLength(11);
    expect(() => calls.handlers.get({ runId: 'a', id: 'none' }, userCall)).toThrow('no such call');
  });

  it('of one state, effect, tool, run, or allowed by somebody are found, page by page too', async () => {
    writeEveryState();
    const all = await listed();
    const states: ToolCall['state'][] = ['waiting', 'running', 'done', 'failed', 'refused', 'unknown'];
    for (const limit of [1, 2, 50])
      for (const state of states)
        expect(await listed({ state, limit })).toEqual(all.filter((one) => one.state === state));
    expect(await listed({ effect: 'send-out', limit: 2 })).toEqual(all.filter(({ effect }) => effect === 'send-out'));
    expect(await ids({ tool: 'web.read' })).toEqual(['a refused']);
    expect(await ids({ runId: 'b', limit: 2 })).toEqual(['b cut out', 'b cut', 'b unanswered']);
    expect(await ids({ allowedBy: 'person' })).toEqual(['b cut out', 'a asked']);
    expect(await ids({ allowedBy: 'rule', state: 'failed' })).toEqual(['b cut', 'a failed']);
    expect(await ids({ allowedBy: 'nobody' })).toEqual(['b unanswered', 'a waits', 'a denied', 'a refused']);
    expect(await ids({ tool: 'web.read', state: 'done' })).toEqual([]);
    await expect(page({ before: 'x' })).rejects.toThrow('no such page');
    expect(calls.handlers.tools(undefined, userCall)).toEqual(['mail.send', 'web.read', 'web.search']);
  });

  it('are found by words of what was given, what came back, where from, and the run; not by how it is kept', async () => {
    start('a', 'Grüner Garten');
    write(
      'a',
      call('1', 'web.search', { query: 'Süße "Tomaten"\nim Beet' }),
      done('1', { text: 'Höhe 42 cm' }, ['https://example.org/beet']),
    );
    start('b');
    write('b', call('2'), done('2', 'nothing'));
    for (const text of ['süße', '"TOMATEN"', 'höhe', '42', 'example.org/BEET', 'grüner', 'tomaten"\nim'])
      expect(await ids({ text }), text).toEqual(['a 1']);
    for (const text of ['untrusted', 'argumentLabels', 'nowhere']) expect(await ids({ text }), text).toEqual([]);
    expect(await ids({ text: '  ' })).toHaveLength(2);
  });

  it('hold in a list the beginning of what was given, and nothing that is not seen', async () => {
    start('a');
    write(
      'a',
      call('1', 'web.search', { query: `b\u202Eanana\n${'x'.repeat(10_000)}` }),
      done('1', 'y'.repeat(1_000_000)),
    );
    const [only] = await listed();
    expect(only?.given).toMatch(/^\{ "query": "b\\u\{202e\}anana\\nx+$/u);
    expect(JSON.stringify(only).length).toBeLessThan(1_000);
  });

  it('that begin while they are listed move nothing on the next pages', async () => {
    start('a');
    for (let number = 0; number < 5; number += 1) write('a', call(`c${number}`));
    const first = await page({ limit: 2 });
    write('a', call('new'), done('c0'));
    const second = await page({ limit: 2, before: first.next ?? '' });
    expect([...first.calls, ...second.calls].map(({ id }) => id)).toEqual(['c4', 'c3', 'c2', 'c1']);
    expect(second.reachedAt).toBe(second.calls.at(-1)?.startedAt);
  });

  it('are told as they happen, to who asked for such', async () => {
    writeEveryState();
    let stop = new AbortController();
    const follow = async (filter: CallFilter) => {
      const news = await calls.handlers.watch(filter, { ...userCall, signal: stop.signal });
      const next = async (): Promise<CallNews[] | undefined> => {
        const { value, done: isOver } = await news.next();
        return isOver ? undefined : value;
      };
      expect(await next()).toEqual([]);
      return next;
    };
    const every = await follow({});
    const failed = await follow({ state: 'failed' });
    const tomatoes = await follow({ text: 'tomatoes', tool: 'web.search' });
    write('a', done('runs'));
    expect(await every()).toMatchObject([{ runId: 'a', id: 'runs', call: { state: 'done' } }]);
    expect(await failed()).toEqual([{ runId: 'a', id: 'runs', call: null }]);
    expect(await tomatoes()).toMatchObject([{ id: 'runs', call: { given: '{ "query": "tomatoes" }' } }]);
    // What waits for a reader is told once, as it is then.
    write('a', call('new', 'mail.send'), {
      type: 'call-failed',
      index: 0,
      id: 'new',
      error: { code: 'TOOL_FAILED', message: 'Gone.' },
    });
    expect(await every()).toMatchObject([{ id: 'new', call: { state: 'failed', fault: 'Gone.' } }]);
    expect(await failed()).toMatchObject([{ id: 'new', call: { state: 'failed' } }]);
    expect(await tomatoes()).toEqual([{ runId: 'a', id: 'new', call: null }]);
    // The end of a run ends its calls.
    write('a', ended('cancelled'));
    expect(await every()).toMatchObject([{ id: 'waits', call: { state: 'refused' } }]);
    const waiting = every();
    stop.abort();
    expect(await waiting).toBeUndefined();
    expect(await failed()).toBeUndefined();
    stop = new AbortController();
    const another = (await follow({}))();
    // The vault is locked.
    calls.close();
    expect(await another).toBeUndefined();
  });

  it('are handed over whole, one on a line', async () => {
    writeEveryState();
    let text = '';
    for await (const piece of await calls.handlers.export({ state: 'done' }, userCall)) text += piece;
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['asked', 'done'].map((id) => ({
        run: { id: 'a', title: 'Run a' },
        ...book.get('a').playbook?.calls.find((one) => one.id === id),
      })),
    );
  });
});
