import { z } from 'zod';
import { Millis, Run, type RunDetail, RunResult, RunStep } from '../contract/index.ts';

export const Touched = RunStep.shape.touched.element;
export type Touched = z.infer<typeof Touched>;
export type StepKind = RunStep['kind'];

/**
 * What a run's journal says, one entry per row and in the order it happened. The state of a run is the fold of its entries and
 * nothing else, so that a run killed after any of them can go on from there. See `docs/agents.md`.
 */
export const JournalEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('created') }),
  z.object({ type: z.literal('started') }),
  /** The node came back and took the run up again. */
  z.object({ type: z.literal('resumed') }),
  z.object({
    type: z.literal('step'),
    index: z.number().int().nonnegative(),
    kind: RunStep.shape.kind,
    title: z.string(),
    prompt: z.string().nullable(),
  }),
  /** A whole answer of the model. `prompt` where the step asks more than one question. */
  z.object({
    type: z.literal('answer'),
    index: z.number().int().nonnegative(),
    key: z.string(),
    prompt: z.string().nullable(),
    text: z.string(),
    promptTokens: z.number().int(),
    outputTokens: z.number().int(),
    modelId: z.string(),
  }),
  z.object({
    type: z.literal('step-done'),
    index: z.number().int().nonnegative(),
    /** `null` keeps what the model wrote. */
    output: z.string().nullable(),
    touched: z.array(Touched),
    /** What an `apply` step handed to the steps after it. */
    value: z.unknown().optional(),
  }),
  /** Someone asked for the run to stop; what it changed is taken back before `ended`. */
  z.object({ type: z.literal('cancelling') }),
  z.object({
    type: z.literal('ended'),
    state: z.enum(['done', 'failed', 'cancelled']),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    result: RunResult.nullable(),
  }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
export type EntryOf<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>;

export const JournalRow = z.object({ at: Millis, entry: JournalEntry });
export type JournalRow = z.infer<typeof JournalRow>;

/** Prompts and answers of a step with many questions are shown up to here; the journal has them all. */
const shownCharacters = 60_000;

const joined = (whole: string | null, next: string | null): string | null => {
  if (next === null || (whole !== null && whole.length > shownCharacters)) return whole;
  return whole === null ? next : `${whole}\n\n${next}`;
};

/** The run as it stands after `entry`, given how it stood before; it begins as its row was when it was created. */
export const fold = (run: RunDetail, { at, entry }: JournalRow): RunDetail => {
  switch (entry.type) {
    case 'created':
    case 'resumed':
    case 'cancelling':
      return run;
    case 'started':
      return { ...run, state: 'running', startedAt: at };
    case 'step':
      return { ...run, steps: [...run.steps, begun(run, at, entry)] };
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
    case 'ended':
      return {
        ...run,
        state: entry.state,
        endedAt: at,
        error: entry.error,
        result: entry.result,
        steps: run.steps.map((step) =>
          step.state === 'running' ? { ...step, state: entry.state, endedAt: at } : step,
        ),
      };
  }
};

const begun = (run: RunDetail, at: number, entry: EntryOf<'step'>): RunStep => ({
  index: entry.index,
  id: null,
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

const change = (run: RunDetail, index: number, to: (step: RunStep) => RunStep): RunStep[] =>
  run.steps.map((step) => (step.index === index ? to(step) : step));

/** The run without its steps and input: what lists and events carry. */
export const summary = (detail: RunDetail): Run => Run.parse(detail);
