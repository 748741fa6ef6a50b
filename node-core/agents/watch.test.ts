import { describe, expect, it } from 'vitest';
import type { RunDetail, RunEvent, RunStep } from '../contract/index.ts';
import { createWatchers } from './watch.ts';

const run: RunDetail = {
  id: 'run-1',
  skill: 'plan',
  title: 'Plan a picnic',
  playbookId: null,
  playbook: null,
  state: 'running',
  taskId: null,
  modelId: 'builtin',
  place: 'this-machine',
  createdAt: 1,
  startedAt: 1,
  endedAt: null,
  promptTokens: 0,
  outputTokens: 0,
  error: null,
  result: null,
  undoneAt: null,
  input: 'Plan a picnic',
  steps: [],
};

const step = (index: number, state: RunStep['state']): RunStep => ({
  index,
  id: null,
  kind: 'generate',
  title: 'Plan the steps',
  state,
  startedAt: 1,
  endedAt: state === 'running' ? null : 2,
  model: null,
  prompt: null,
  output: null,
  promptTokens: null,
  outputTokens: null,
  touched: [],
});

const never = new AbortController().signal;

const collect = async (stream: AsyncIterable<RunEvent>): Promise<RunEvent[]> => {
  const events: RunEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
};

describe('watching a run', () => {
  it('begins with the whole state and ends when the run has ended', async () => {
    const watchers = createWatchers();
    const stream = watchers.watch(() => run, never);
    expect((await stream.next()).value).toEqual({ type: 'snapshot', run });
    watchers.announce({ ...run, steps: [step(0, 'running')] });
    watchers.announce({ ...run, id: 'another', steps: [step(7, 'running')] });
    watchers.announceRun({ ...run, state: 'done' });
    const events = await collect(stream);
    expect(events.map((event) => event.type)).toEqual(['step', 'run']);
  });

  it('ends after the snapshot of a run that ended before', async () => {
    const ended = { ...run, state: 'failed' as const };
    expect(await collect(createWatchers().watch(() => ended, never))).toEqual([{ type: 'snapshot', run: ended }]);
  });

  it('gives a late watcher the text and preview written so far', async () => {
    const watchers = createWatchers();
    watchers.text(run.id, 1, 'Find a ');
    watchers.text(run.id, 1, 'place');
    watchers.preview(run.id, 1, ['Find a place'], null);
    const stream = watchers.watch(() => run, never);
    await stream.next();
    watchers.announceRun({ ...run, state: 'done' });
    expect((await collect(stream)).slice(0, 2)).toEqual([
      { type: 'text', index: 1, text: 'Find a place' },
      { type: 'preview', index: 1, items: ['Find a place'], progress: null },
    ]);
  });

  it('shows a late watcher nothing of a step that is over', async () => {
    const watchers = createWatchers();
    watchers.text(run.id, 1, 'Find a place');
    watchers.announce({ ...run, steps: [step(1, 'done')] });
    const stream = watchers.watch(() => run, never);
    await stream.next();
    watchers.announceRun({ ...run, state: 'done' });
    expect((await collect(stream)).map((event) => event.type)).toEqual(['run']);
  });

  it('holds little for a watcher that does not read, and loses no state', async () => {
    const watchers = createWatchers();
    const stream = watchers.watch(() => run, never);
    await stream.next();
    for (let piece = 0; piece < 50_000; piece += 1) {
      watchers.text(run.id, 0, 'word ');
      watchers.preview(run.id, 0, [`item ${piece}`], piece / 50_000);
      watchers.announceRun({ ...run, outputTokens: piece });
    }
    watchers.announce({ ...run, steps: [step(0, 'running')] });
    watchers.announce({ ...run, steps: [step(0, 'done')] });
    watchers.announceRun({ ...run, state: 'done', outputTokens: 50_000 });
    const events = await collect(stream);
    expect(events.map((event) => event.type)).toEqual(['text', 'preview', 'step', 'run']);
    expect(events).toContainEqual({ type: 'step', step: step(0, 'done') });
    const [text] = events;
    expect(text?.type === 'text' && text.text.length).toBe(64_000);
  });

  it('tells a late watcher what each of the steps under way has written', async () => {
    const watchers = createWatchers();
    watchers.text(run.id, 0, 'One ');
    watchers.text(run.id, 1, 'Two ');
    watchers.text(run.id, 0, 'more');
    watchers.text(run.id, 2, 'gone');
    watchers.announce({ ...run, steps: [step(2, 'done')] });
    const stream = watchers.watch(() => run, never);
    await stream.next();
    expect((await stream.next()).value).toEqual({ type: 'text', index: 0, text: 'One more' });
    expect((await stream.next()).value).toEqual({ type: 'text', index: 1, text: 'Two ' });
    watchers.close();
    expect(await collect(stream)).toEqual([]);
  });

  it('ends for a watcher that goes away and for all when they are closed', async () => {
    const watchers = createWatchers();
    const gone = new AbortController();
    const one = watchers.watch(() => run, gone.signal);
    const other = watchers.watch(() => run, never);
    await Promise.all([one.next(), other.next()]);
    const rest = [collect(one), collect(other)];
    gone.abort();
    watchers.close();
    expect(await Promise.all(rest)).toEqual([[], []]);
  });
});
