import { AppError, isCancellation, type Labels, type PlaybookResult, type PlaybookStep } from '../../contract/index.ts';
import { unlabelled } from '../labels.ts';
import { isEmpty } from '../playbooks/expressions.ts';
import { needsOf } from '../playbooks/faults.ts';
import { modelOf } from './ask.ts';
import type { RunContext } from './context.ts';
import { givenLabels, replanned } from './replan.ts';
import { expression, type Labelled, type Sight } from './scope.ts';
import { final } from './final.ts';
import { stepDone, stepKinds } from './step.ts';
import { WaitingForPerson } from './tape.ts';

/**
 * Carries a playbook out: each step once all it needs is done, those that don't need each other at the same time. It depends on nothing
 * but the plan and what comes in by the tape. `taken`: values of steps that another run has done;
 * `values` gets those of all that are done.
 */
export const interpret = async (
  context: RunContext,
  taken: ReadonlyMap<string, Labelled>,
  values: Map<string, Labelled>,
): Promise<PlaybookResult['lines']> => {
  const { playbook, plan, today } = context;
  const { inputs, inputLabels } = plan;
  const begun = new Map<string, Promise<void>>();
  const sight: Sight = { inputs, inputLabels, today, steps: values };
  const leftOut: LeftOut = { notSetUp: [], unwritten: [] };

  const done = (id: string): Promise<void> => {
    const known = begun.get(id);
    if (known) return known;
    const index = playbook.steps.findIndex((step) => step.id === id);
    const step = playbook.steps[index];
    if (!step) throw new AppError('PLAYBOOK_INVALID', `There is no step "${id}".`);
    const work = (async () => {
      await Promise.all(needsOf(step).map(done));
      values.set(id, taken.get(id) ?? (await carriedOut(context, step, index, sight, leftOut)));
    })();
    begun.set(id, work);
    return work;
  };

  await Promise.all(playbook.steps.map(({ id }) => done(id)));
  tellNotSetUp(context, leftOut.notSetUp);
  tellUnwritten(context, leftOut.unwritten);
  return playbook.result.map(({ title, value }) => ({ title, value: expression(value, sight).value }));
};

/** Steps that are told of together at the end: who has connected nothing is not told of each. */
interface LeftOut {
  /** Their tools wait for a person to set them up. */
  readonly notSetUp: { readonly index: number; readonly title: string; readonly message: string }[];
  /** The built-in model can't write them. */
  readonly unwritten: { readonly index: number; readonly title: string }[];
}

const tellNotSetUp = ({ notice }: RunContext, steps: LeftOut['notSetUp']): void => {
  const told = steps.toSorted((a, b) => a.index - b.index);
  if (told.length === 1) for (const { title, message } of told) notice(`“${title}” was left out: ${message}`);
  else if (told.length > 1)
    notice(
      `Left out, since it is not set up: ${told.map(({ title, message }) => `“${title}” (${message})`).join(' ')}`,
    );
};

const tellUnwritten = ({ notice }: RunContext, steps: LeftOut['unwritten']): void => {
  if (steps.length === 0) return;
  const titles = [...new Set(steps.toSorted((a, b) => a.index - b.index).map(({ title }) => `“${title}”`))];
  notice(
    `Left out, since the built-in model can't write: ${titles.join(', ')}. Choose a larger model under Models for ${titles.length > 1 ? 'them' : 'it'}.`,
  );
};

const carriedOut = async (
  context: RunContext,
  step: PlaybookStep,
  index: number,
  sight: Sight,
  { notSetUp, unwritten }: LeftOut,
): Promise<Labelled> => {
  const { tape, notice, planned } = context;
  const named = { index, id: step.id, kind: stepKinds[step.kind], title: step.title };
  const skip = (reason: string, labels: Labels): Labelled => {
    tape.say([{ type: 'skipped', ...named, reason }]);
    return { value: null, labels };
  };
  if (step.when !== undefined) {
    const { value, labels } = expression(step.when, sight);
    if (isEmpty(value)) return skip('Not needed here.', labels);
  }
  if (
    step.kind === 'ask' &&
    step.optional &&
    !step.builtin &&
    context.isBuiltin(modelOf(context, step.id, step.profile))
  ) {
    if (step.each !== undefined) {
      const { value, labels } = expression(step.each, sight);
      if (isEmpty(value)) return skip('There is nothing to do it for.', labels);
    }
    unwritten.push({ index, title: step.title });
    return skip('The built-in model can’t write this.', unlabelled);
  }
  const leftOut = planned.without.get(step.id);
  if (leftOut !== undefined) {
    notice(`“${step.title}” was left out: ${leftOut}`);
    return skip(leftOut, givenLabels(step, sight));
  }
  for (let round = 0, next = step, seen = sight; ; round += 1) {
    try {
      return await stepDone(context, next, index, seen, round);
    } catch (error) {
      if (isCancellation(error) || error instanceof WaitingForPerson || !(error instanceof AppError)) throw error;
      const isFinal = final.has(error.code);
      const replan = step.optional || isFinal ? null : await replanned(context, next, index, seen, error);
      if (replan?.type === 'again') {
        next = replan.step;
        seen = { ...sight, because: replan.because };
        continue;
      }
      if (isFinal || (!step.optional && replan === null)) {
        if (error.code !== 'CONFLICT' && error.code !== 'VAULT_LOCKED')
          tape.say([{ type: 'step-failed', index, error: { code: error.code, message: error.message } }]);
        throw error;
      }
      if (error.code === 'TOOL_NOT_READY') notSetUp.push({ index, title: step.title, message: error.message });
      else notice(`“${step.title}” was left out: ${error.message}`);
      return skip(error.message, givenLabels(step, seen));
    }
  }
};
