import type { RunDetail, RunStep } from '../contract/index.ts';
import { foldPlaybook } from './graph/fold.ts';
import type { EntryOf, JournalRow } from './journal.ts';

/** Prompts and answers of a step with many questions are shown up to here; the journal has them all. */
const shownCharacters = 60_000;

const joined = (whole: string | null, next: string | null): string | null => {
  if (next === null || (whole !== null && whole.length > shownCharacters)) return whole;
  return whole === null ? next : `${whole}\n\n${next}`;
};

/** The run as it stands after `entry`, given how it stood before; it begins as its row was when it was created. `since`: time of the entry before. */
export const fold = (run: RunDetail, row: JournalRow, since: number | null): RunDetail =>
  // What a run waits for a person is not its time.
  foldPlaybook(foldRun(run, row), row, run.state === 'waiting' ? null : since);

const foldRun = (run: RunDetail, { at, entry }: JournalRow): RunDetail => {
  switch (entry.type) {
    case 'created':
    case 'plan':
    case 'planned':
    case 'cancelling':
    case 'answer-failed':
    case 'call':
    case 'refused':
    case 'call-done':
    case 'call-failed':
    case 'call-lost':
    case 'version':
      return run;
    case 'resumed':
      return { ...run, state: 'running' };
    case 'waiting':
      return { ...run, state: 'waiting' };
    case 'started':
      return { ...run, state: 'running', startedAt: at };
    case 'ask':
      return { ...run, steps: change(run, entry.index, (step) => ({ ...step, state: 'waiting' })) };
    case 'answered':
    case 'voided':
      return {
        ...run,
        state: run.state === 'waiting' ? 'queued' : run.state,
        steps: change(run, entry.index, (step) => ({ ...step, state: 'running' })),
      };
    case 'step':
      // One that was planned anew goes on where it stands.
      return run.steps.some(({ index }) => index === entry.index)
        ? { ...run, steps: change(run, entry.index, (step) => ({ ...step, state: 'running', endedAt: null })) }
        : { ...run, steps: [...run.steps, begun(run, at, entry)] };
    case 'taken':
      return {
        ...run,
        steps: [
          ...run.steps,
          {
            ...begun(run, at, { ...entry, type: 'step', prompt: null }),
            state: 'done',
            endedAt: at,
            output: entry.output,
            touched: entry.touched,
          },
        ],
      };
    case 'skipped': {
      const known = run.steps.some(({ index: other }) => other === entry.index);
      const steps = known ? run.steps : [...run.steps, begun(run, at, { ...entry, type: 'step', prompt: null })];
      return {
        ...run,
        steps: change({ ...run, steps }, entry.index, (step) => ({
          ...step,
          state: 'skipped',
          endedAt: at,
          output: entry.reason,
        })),
      };
    }
    case 'step-failed':
      return {
        ...run,
        steps: change(run, entry.index, (step) => ({
          ...step,
          state: 'failed',
          endedAt: at,
          output: joined(step.output, entry.error.message),
        })),
      };
    case 'answer':
      return {
        ...run,
        promptTokens: run.promptTokens + entry.promptTokens,
        outputTokens: run.outputTokens + entry.outputTokens,
        steps: change(run, entry.index, (step) => ({
          ...step,
          model: entry.modelId,
          prompt: joined(step.prompt, entry.prompt),
          output: joined(step.output, entry.text),
          promptTokens: (step.promptTokens ?? 0) + entry.promptTokens,
          outputTokens: (step.outputTokens ?? 0) + entry.outputTokens,
        })),
      };
    case 'step-done':
      return {
        ...run,
        steps: change(run, entry.index, (step) => ({
          ...step,
          state: 'done',
          endedAt: at,
          output: entry.output ?? step.output,
          touched: entry.touched,
        })),
      };
    case 'ended': {
      const isFailed = run.steps.some(({ state }) => state === 'failed');
      return {
        ...run,
        state: entry.state,
        endedAt: at,
        error: entry.error,
        result: entry.result,
        steps: run.steps.map((step) =>
          step.state === 'running' || step.state === 'waiting'
            ? { ...step, state: isFailed ? 'cancelled' : entry.state, endedAt: at }
            : step,
        ),
      };
    }
  }
};

const begun = (run: RunDetail, at: number, entry: EntryOf<'step'>): RunStep => ({
  index: entry.index,
  id: entry.id ?? null,
  kind: entry.kind,
  title: entry.title,
  state: 'running',
  startedAt: at,
  endedAt: null,
  model: entry.kind === 'generate' ? run.modelId : null,
  prompt: entry.prompt,
  output: null,
  promptTokens: entry.kind === 'generate' ? 0 : null,
  outputTokens: entry.kind === 'generate' ? 0 : null,
  touched: [],
});

const change = (run: RunDetail, at: number, to: (step: RunStep) => RunStep): RunStep[] =>
  run.steps.map((step) => (step.index === at ? to(step) : step));
