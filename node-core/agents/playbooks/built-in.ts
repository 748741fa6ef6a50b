import type { z } from 'zod';
import { AppError, type PlaybookStep } from '../../contract/index.ts';
import {
  type CompletionRequest,
  extractionWindows,
  mergeFindings,
  parsePlan,
  parseWindow,
  planRequest,
  planStepsSoFar,
  prepareGoal,
  type Refusal,
  splitTranscript,
  windowRequest,
} from '../skills/index.ts';

type Json = z.core.util.JSONType;
type Form = NonNullable<Extract<PlaybookStep, { kind: 'ask' }>['builtin']>['form'];

interface Asked {
  readonly questions: readonly CompletionRequest[];
  /** @throws AppError `PLAN_UNUSABLE` */
  read(answers: readonly string[]): Json;
}

const refuse = ({ code, message }: Refusal): AppError =>
  new AppError(code === 'NOT_TEXT' ? 'INPUT_NOT_TEXT' : 'BAD_REQUEST', message);

/** Fewer steps than these, and what the model wrote is not a plan. */
const fewestSteps = 3;

/** What the built-in model is asked in the forms of its two skills. The questions depend on nothing but the text. @throws AppError */
export const builtInForms: Readonly<
  Record<Form, (text: string, given: { readonly today: string; readonly date: string | null }) => Asked>
> = {
  plan(text, { today }) {
    const goal = prepareGoal(text, { today });
    if ('code' in goal) throw refuse(goal);
    return {
      questions: [planRequest(goal)],
      read([answer = '']) {
        if (planStepsSoFar(goal, answer).length < fewestSteps)
          throw new AppError('PLAN_UNUSABLE', 'The built-in model made no plan of this goal.');
        return {
          steps: parsePlan(goal, answer).steps.map(({ title, dependsOn, days }) => ({
            title,
            dependsOn: dependsOn.map((at) => at + 1),
            days,
          })),
        };
      },
    };
  },
  transcript(text, { today, date }) {
    const transcript = splitTranscript(text, { today, date: date ?? undefined });
    if ('code' in transcript) throw refuse(transcript);
    const windows = extractionWindows(transcript);
    const lines = text.split(/\r\n?|\n/u);
    const quote = (line: number) => (lines[line - 1] ?? '').trim();
    return {
      questions: windows.map(windowRequest),
      read(answers) {
        const found = windows.flatMap((window, at) => parseWindow(transcript, window, answers[at] ?? ''));
        const { decisions, actions } = mergeFindings(transcript, found);
        return {
          decisions: decisions.map((decision) => ({ text: decision.text, quote: quote(decision.line) })),
          actions: actions.map(({ title, owner, due, line }) => ({ task: title, owner, due, quote: quote(line) })),
        };
      },
    };
  },
};
