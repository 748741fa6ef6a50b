import type { z } from 'zod';
import { AppError, type ForkRun, type Playbook, type PlaybookStep, type RunDetail } from '../../contract/index.ts';
import type { EntryOf } from '../journal.ts';
import { needsOf } from '../playbooks/faults.ts';
import { restingOn } from '../playbooks/leave-out.ts';
import type { Registry } from './context.ts';
import type { Labelled } from './scope.ts';
import { stepKinds } from './step.ts';

type Request = z.infer<typeof ForkRun>;

/**
 * What a fork begins with: its plan, and the values that it takes over. `values`: of the steps that `run` has done.
 * @throws AppError `NOT_FOUND`, `BAD_REQUEST`
 */
export const forkOf = (
  run: RunDetail,
  plan: EntryOf<'plan'>,
  values: ReadonlyMap<string, Labelled>,
  request: Request,
  registry: Registry,
): { readonly plan: EntryOf<'plan'>; readonly taken: readonly EntryOf<'taken'>[] } => {
  const { step: from, modelId, without: leftOut = [] } = request;
  const stepOf = (id: string): PlaybookStep => {
    const step = plan.playbook.steps.find((one) => one.id === id);
    if (!step)
      throw new AppError(
        'NOT_FOUND',
        `This run has no step "${id}". It has: ${plan.playbook.steps.map((one) => one.id).join(', ')}.`,
      );
    return step;
  };
  const changed = changedStep(stepOf(from), request);
  const again = dependents(plan.playbook, [from, ...leftOut]);
  const without = new Map(Object.entries(plan.without ?? {}).filter(([id]) => !again.has(id)));
  for (const id of leftOut) {
    const { title } = stepOf(id);
    without.set(id, 'You left it out.');
    for (const resting of restingOn(plan.playbook, id, registry))
      if (!without.has(resting)) without.set(resting, `It rests on “${title}”, which you left out.`);
  }
  if (leftOut.length > 0 && !isAnythingLeft(plan.playbook, without))
    throw new AppError(
      'BAD_REQUEST',
      `Nothing of this run would be left without “${stepOf(leftOut[0] ?? from).title}”. Change the step, or try it again.`,
    );
  // What was left out is left out here too, and said; it is not done.
  for (const { id, state, output } of run.steps)
    if (id !== null && state === 'skipped' && !again.has(id) && !without.has(id)) without.set(id, output ?? '');
  const steps = plan.playbook.steps.map((one) => (one.id === from ? changed : one));
  const { without: _, ...planned } = plan;
  return {
    plan: {
      ...planned,
      forkOf: { runId: run.id, step: from },
      playbook: { ...plan.playbook, steps },
      models: modelId === undefined ? plan.models : { ...plan.models, [from]: modelId },
      ...(without.size > 0 && { without: Object.fromEntries(without) }),
    },
    taken: plan.playbook.steps.flatMap((one, index): EntryOf<'taken'>[] => {
      const value = values.get(one.id);
      if (!value || again.has(one.id) || without.has(one.id)) return [];
      const shown = run.steps.find((other) => other.index === index);
      return [
        {
          type: 'taken',
          index,
          id: one.id,
          kind: stepKinds[one.kind],
          title: one.title,
          ...value,
          output: shown?.output ?? null,
          touched: shown?.touched ?? [],
        },
      ];
    }),
  };
};

/** Of a playbook's. */
const longestPrompt = 20_000;

const changedStep = (
  step: PlaybookStep,
  { step: id, prompt, modelId, with: given, without = [] }: Request,
): PlaybookStep => {
  const isChanged = prompt !== undefined || given !== undefined || modelId !== undefined;
  if (isChanged && without.includes(id))
    throw new AppError('BAD_REQUEST', `“${step.title}” is either changed or left out. Choose one.`);
  if (prompt !== undefined && step.kind !== 'ask')
    throw new AppError('BAD_REQUEST', `“${step.title}” has no prompt that could be changed.`);
  if (given !== undefined && !('with' in step))
    throw new AppError('BAD_REQUEST', `“${step.title}” has no arguments that could be changed.`);
  if (step.kind === 'ask' && prompt !== undefined) {
    if (prompt.trim() === '' || prompt.length > longestPrompt)
      throw new AppError('BAD_REQUEST', `What “${step.title}” asks has to have 1 to ${longestPrompt} characters.`);
    return { ...step, prompt };
  }
  return 'with' in step && given !== undefined ? { ...step, with: { ...step.with, ...given } } : step;
};

/** The steps and all that come of them. */
const dependents = ({ steps }: Playbook, ids: readonly string[]): ReadonlySet<string> => {
  const found = new Set(ids);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const step of steps) if (needsOf(step).some((need) => found.has(need))) found.add(step.id);
  }
  return found;
};

/** A change, or something to show. */
const isAnythingLeft = ({ steps, result }: Playbook, without: ReadonlyMap<string, string>): boolean => {
  const left = steps.filter(({ id }) => !without.has(id));
  const isShown = ({ value }: Playbook['result'][number]): boolean =>
    left.some(({ id }) => value.includes(`steps.${id}`));
  return left.some(({ kind }) => kind === 'change') || result.some(isShown);
};
