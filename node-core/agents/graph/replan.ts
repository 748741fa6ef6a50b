import { z } from 'zod';
import { AppError, type Labels, type Playbook, type PlaybookStep } from '../../contract/index.ts';
import type { EntryOf } from '../journal.ts';
import { union, unlabelled } from '../labels.ts';
import { needsOf } from '../playbooks/faults.ts';
import { hasInstead, restingOn } from '../playbooks/leave-out.ts';
import { decideByModel, modelOf } from './ask.ts';
import type { Registry, RunContext } from './context.ts';
import { controlLabels, type Sight } from './scope.ts';

type Json = z.core.util.JSONType;

/** How often a model is asked how a run is to go on. */
const mostQuestions = 2;

/** What is done in the place of a step that failed. */
export type Replan =
  | { readonly type: 'leave-out' }
  /** The step again, changed, and where it comes from that it is done at all. */
  | { readonly type: 'again'; readonly step: PlaybookStep; readonly because: Labels };

/** Of all that a step takes: that it failed tells of these. */
export const givenLabels = (step: PlaybookStep, sight: Sight): Labels =>
  union(controlLabels(step, sight), ...needsOf(step).map((id) => sight.steps.get(id)?.labels ?? unlabelled));

/**
 * Decides what comes in the place of a step that failed for good, and says so in the journal: nothing, where all that takes its value has
 * something else to take; else what a model chooses among what the playbook allows. Null: the run fails.
 */
export const replanned = async (
  context: RunContext,
  step: PlaybookStep,
  index: number,
  sight: Sight,
  error: AppError,
): Promise<Replan | null> => {
  const { planned, tape } = context;
  const say = (playbook: Playbook, reason: string): void => {
    planned.playbook = playbook;
    tape.say([{ type: 'planned', playbook, reason } satisfies EntryOf<'planned'>]);
  };
  if (hasInstead(context.playbook, step.id)) {
    say(withStep(planned.playbook, { ...step, optional: true }), error.message);
    return { type: 'leave-out' };
  }
  const options = optionsFor(context, step, error);
  if (options.length === 0 || planned.questions >= mostQuestions) return null;
  const modelId = modelOf(context, '', undefined);
  if (context.isBuiltin(modelId)) return null;
  planned.questions += 1;
  const chosen = await choice(context, step, index, error, options, modelId);
  const option = options.find(({ id }) => id === chosen?.choice);
  if (!option) return null;
  const made = option.make(chosen?.words ?? '');
  if (made === null) {
    const resting = restingOn(context.playbook, step.id, context.registry);
    for (const id of resting) planned.without.set(id, `It rests on “${step.title}”, which was left out.`);
    const without = context.playbook.steps.filter(({ id }) => id === step.id || resting.has(id));
    say(
      without.reduce((playbook, one) => withStep(playbook, { ...one, optional: true }), planned.playbook),
      `“${step.title}” failed and is left out: ${error.message}`,
    );
    return { type: 'leave-out' };
  }
  say(withStep(planned.playbook, made), `“${step.title}” failed and is done otherwise: ${error.message}`);
  context.notice(`“${step.title}” failed and ${option.done}. ${error.message}`);
  return { type: 'again', step: made, because: { ...givenLabels(step, sight), model: true } };
};

const withStep = (playbook: Playbook, step: PlaybookStep): Playbook => ({
  ...playbook,
  steps: playbook.steps.map((one) => (one.id === step.id ? step : one)),
});

interface Option {
  readonly id: string;
  readonly says: string;
  /** Told to the person, after “… failed and”. */
  readonly done: string;
  /** Whether it takes words of the model. */
  readonly takesWords?: boolean;
  /** The step that is done instead; null: none. */
  make(words: string): PlaybookStep | null;
}

/** Tools that do for another, with the arguments that both take. */
const doFor: Readonly<Record<string, { readonly tool: string; readonly takes: readonly string[] }>> = {
  'web.read': { tool: 'browser.open', takes: ['url'] },
  'browser.open': { tool: 'web.read', takes: ['url'] },
};

/** That a person, or the policy, said no is no fault to find a way round. */
const refusals: ReadonlySet<string> = new Set(['APPROVAL_REFUSED', 'EGRESS_REFUSED']);

/** What may come in the place of the step: known from the plan alone, so that a replay comes to the same. */
const optionsFor = ({ playbook, registry }: RunContext, step: PlaybookStep, { code }: AppError): Option[] => {
  if (refusals.has(code)) return [];
  // Who could not answer the step answers nothing else.
  if (step.kind === 'ask' && code !== 'PLAN_UNUSABLE' && code !== 'CONTEXT_OVERFLOW') return [];
  const options: Option[] = [];
  if (step.kind === 'ask' && code === 'PLAN_UNUSABLE')
    options.push({
      id: 'ask-otherwise',
      says: 'ask for it again, with a hint of at most 200 characters in "words"',
      done: 'was asked for in other words',
      takesWords: true,
      make: (words) => ({ ...step, prompt: `${step.prompt.slice(0, 19_000)}\n\n${words}`.trim() }),
    });
  const other = step.kind === 'tool' ? doFor[step.tool] : undefined;
  if (step.kind === 'tool' && other && playbook.tools.includes(other.tool))
    options.push({
      id: `use-${other.tool}`,
      says: `do it with the tool ${other.tool} instead of ${step.tool}`,
      done: `was done with ${other.tool} instead of ${step.tool}`,
      make: () => ({
        ...step,
        tool: other.tool,
        with: Object.fromEntries(Object.entries(step.with).filter(([name]) => other.takes.includes(name))),
      }),
    });
  if (canGoOnWithout(playbook, step, registry))
    options.push({ id: 'leave-out', says: 'go on without it', done: 'was left out', make: () => null });
  return options;
};

/** What changes the workspace is what the person wants, and stays; so does something to show. */
const canGoOnWithout = (playbook: Playbook, step: PlaybookStep, registry: Registry): boolean => {
  const gone = new Set([step.id, ...restingOn(playbook, step.id, registry)]);
  const left = playbook.steps.filter(({ id }) => !gone.has(id));
  return !playbook.steps.some(({ id, kind }) => gone.has(id) && kind === 'change') && left.length > 0;
};

const Choice = z.object({ choice: z.string(), words: z.string().optional() });

/** Inputs up to here say what is wanted; longer ones are material. */
const longestTold = 400;

/**
 * One question. It holds what the person typed, the titles of the plan and the code of the fault: nothing that a tool or a model gave back,
 * nothing that others wrote, nothing that is kept here.
 */
const choice = async (
  context: RunContext,
  step: PlaybookStep,
  index: number,
  { code }: AppError,
  options: readonly Option[],
  modelId: string,
): Promise<{ readonly choice: string; readonly words: string } | null> => {
  const { playbook, plan, planned } = context;
  const wanted = playbook.inputs.flatMap(({ id, title }) => {
    const value = plan.inputs[id];
    const labels = plan.inputLabels[id] ?? unlabelled;
    const isTyped = !labels.untrusted && !labels.private;
    return isTyped && (typeof value === 'string' || typeof value === 'number')
      ? [`${title}: ${String(value).slice(0, longestTold)}`]
      : [];
  });
  const takesWords = options.some((option) => option.takesWords);
  const schema: Readonly<Record<string, Json>> = {
    type: 'object',
    additionalProperties: false,
    required: ['choice', ...(takesWords ? ['words'] : [])],
    properties: {
      choice: { type: 'string', enum: [...options.map(({ id }) => id), 'give-up'] },
      ...(takesWords && { words: { type: 'string', maxLength: 200 } }),
    },
  };
  const question = [
    `A plan is carried out: ${playbook.name}.`,
    ...wanted,
    `Its steps: ${playbook.steps.map(({ title }) => title).join('; ')}.`,
    `The step “${step.title}” (${step.id}, ${step.kind}) failed with ${code}.`,
    'How should it go on? "choice" is one of:',
    ...options.map(({ id, says }) => `- ${id}: ${says}`),
    '- give-up: end here, so that the person decides',
  ].join('\n');
  try {
    const { value } = await decideByModel(context, {
      title: 'Plan anew',
      index,
      key: `replan/${planned.questions}`,
      messages: [
        { role: 'system', content: 'You decide how a plan goes on where a step failed. Answer with JSON only.' },
        { role: 'user', content: question },
      ],
      labels: unlabelled,
      profile: undefined,
      modelId,
      schema,
      maxTokens: 300,
      faults: () => [],
      once: true,
    });
    const said = Choice.safeParse(value).data;
    // No expression comes of what a model says.
    return said ? { choice: said.choice, words: (said.words ?? '').replaceAll(/[{}\s]+/gu, ' ').trim() } : null;
  } catch (fault) {
    // The run ends with what the step failed of.
    if (fault instanceof AppError && fault.code !== 'VAULT_LOCKED' && !fault.code.startsWith('STORAGE_')) return null;
    throw fault;
  }
};
