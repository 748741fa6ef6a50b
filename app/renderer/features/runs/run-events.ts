import type { RunDetail, RunEvent } from '../../../../node-core/contract/index.ts';
import { changedRun } from '../../../../node-core/contract/run-changes.ts';

/** What is only alive while a step runs. */
export interface LiveStep {
  readonly text: string;
  readonly items: readonly string[];
  readonly progress: number | null;
}

export interface WatchedRun {
  readonly run: RunDetail | null;
  readonly live: ReadonlyMap<number, LiveStep>;
  readonly error: unknown;
}

const idle: LiveStep = { text: '', items: [], progress: null };
/** The end of a long text is what is being written; the whole is in the step once it is done. */
const keptText = 6_000;

const withLive = (state: WatchedRun, index: number, change: (step: LiveStep) => LiveStep): WatchedRun => ({
  ...state,
  live: new Map(state.live).set(index, change(state.live.get(index) ?? idle)),
});

export type Change = RunEvent | { readonly type: 'start' } | { readonly type: 'fault'; readonly error: unknown };

export const reduceRun = (state: WatchedRun, change: Change): WatchedRun => {
  switch (change.type) {
    case 'start':
      return { run: null, live: new Map(), error: null };
    case 'fault':
      return { ...state, error: change.error };
    case 'snapshot':
      return { run: change.run, live: new Map(), error: null };
    case 'run':
    case 'step':
    case 'more':
    case 'playbook': {
      if (!state.run) return state;
      const live = new Map(state.live);
      if (change.type === 'step' && change.step.state !== 'running') live.delete(change.step.index);
      return { ...state, run: changedRun(state.run, change), live };
    }
    case 'text':
      return withLive(state, change.index, (step) => ({
        ...step,
        text: `${step.text}${change.text}`.slice(-keptText),
      }));
    case 'preview':
      return withLive(state, change.index, (step) => ({ ...step, items: change.items, progress: change.progress }));
  }
};

export const nothingYet: WatchedRun = { run: null, live: new Map(), error: null };
