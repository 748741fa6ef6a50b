import { describe, expect, it } from 'vitest';
import type { RunDetail, RunStep } from '../../../../node-core/contract/index.ts';
import { nothingYet, reduceRun } from './run-events.ts';

const step = (index: number, state: RunStep['state']): RunStep => ({
  index,
  id: null,
  kind: 'generate',
  title: `Step ${index}`,
  state,
  startedAt: 1,
  endedAt: state === 'running' ? null : 2,
  model: 'm',
  prompt: null,
  output: null,
  promptTokens: null,
  outputTokens: null,
  touched: [],
});
const run = (steps: RunStep[]): RunDetail => ({
  id: 'r',
  skill: 'plan',
  title: 'Goal',
  playbookId: null,
  playbook: null,
  input: 'Goal',
  state: 'running',
  taskId: null,
  modelId: 'm',
  place: 'this-machine',
  createdAt: 1,
  startedAt: 1,
  endedAt: null,
  promptTokens: 0,
  outputTokens: 0,
  error: null,
  result: null,
  undoneAt: null,
  steps,
});

describe('reduceRun', () => {
  it('keeps steps in their order however they arrive', () => {
    let state = reduceRun(nothingYet, { type: 'snapshot', run: run([step(1, 'running')]) });
    state = reduceRun(state, { type: 'step', step: step(0, 'done') });
    expect(state.run?.steps.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('drops what was alive only while its step ran', () => {
    let state = reduceRun(nothingYet, { type: 'snapshot', run: run([step(0, 'running')]) });
    state = reduceRun(state, { type: 'text', index: 0, text: 'Book ' });
    state = reduceRun(state, { type: 'text', index: 0, text: 'venue' });
    state = reduceRun(state, { type: 'preview', index: 0, items: ['Book venue'], progress: 0.5 });
    expect(state.live.get(0)).toEqual({ text: 'Book venue', items: ['Book venue'], progress: 0.5 });
    state = reduceRun(state, { type: 'step', step: step(0, 'done') });
    expect(state.live.size).toBe(0);
  });

  it('takes the whole state again after the line was broken', () => {
    let state = reduceRun(nothingYet, { type: 'snapshot', run: run([step(0, 'running')]) });
    state = reduceRun(state, { type: 'text', index: 0, text: 'half a wor' });
    state = reduceRun(state, { type: 'snapshot', run: run([step(0, 'done'), step(1, 'running')]) });
    expect(state.live.size).toBe(0);
    expect(state.run?.steps).toHaveLength(2);
  });
});
