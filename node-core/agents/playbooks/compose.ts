import { z } from 'zod';
import { type Clock, localDay } from '../../common/index.ts';
import { AppError, CalendarDate, type ContractHandlers, errorCode, type Playbook } from '../../contract/index.ts';
import { fitSchema } from '../graph/fit-schema.ts';
import type { Inference } from '../../inference/index.ts';
import { findDates } from '../skills/index.ts';
import { type Adapted, adaptationsOf, adaptedByRule } from './adapt.ts';
import type { Known } from './faults.ts';
import { saysMore } from './inputs.ts';
import { withoutRefusals } from './refusals.ts';
import { amountFor, longestWish, subjectOf } from './subject.ts';
import { relevance, termsOf } from './terms.ts';

type Json = z.core.util.JSONType;
type Input = Playbook['inputs'][number];

interface Components {
  /** Playbooks without a fault. */
  readonly whole: () => readonly Playbook[];
  readonly known: Known;
  readonly inference: Pick<Inference, 'generate' | 'model'>;
  readonly clock: Clock;
}

/** The playbook for goals that no other fits. */
export const generalPlaybook = 'plan-goal';

/** Below this a goal and a playbook have a word in common by chance. Tuned on `compose.test.ts`. */
const near = 1.9;

/** Said of any goal: they tell none from another. */
const ofAnyGoal = new Set(
  termsOf(
    'plan take write send prepare create draft help january february march april june july august september october november december',
  ),
);

/** One of these alone says too little: not every meeting has notes, nor is every product launched. */
const needsAnother = new Set(termsOf('organise organize meeting notes product market'));

/** A name says more than a description. */
const termsOfPlaybook = ({ name, description, examples }: Playbook): string[] => {
  const names = termsOf(name);
  return [...names, ...names, ...termsOf(description), ...examples.flatMap(termsOf)];
};

/** The playbook whose words are nearest to a goal's; null where none is near. One that reaches others is not found by a single word. */
const nearest = (goal: string, playbooks: readonly Playbook[], reaches: (tool: string) => boolean): Playbook | null => {
  const terms = [...new Set(termsOf(withoutRefusals(goal)).filter((term) => !ofAnyGoal.has(term)))];
  const candidates = playbooks.filter(({ id }) => id !== generalPlaybook);
  const scores = relevance(terms, candidates.map(termsOfPlaybook)).map((score, index) => {
    const candidate = candidates[index];
    const own = new Set(candidate && termsOfPlaybook(candidate));
    const common = terms.filter((term) => own.has(term));
    const isTelling = common.some((term) => !needsAnother.has(term)) && !candidate?.tools.some(reaches);
    return common.length > 1 || isTelling ? score : 0;
  });
  const best = scores.reduce((top, score, index) => (score > (scores[top] ?? 0) ? index : top), 0);
  return (scores[best] ?? 0) >= near ? (candidates[best] ?? null) : null;
};

/** Of a text that is longer no more is looked through for days and figures: the node does nothing else meanwhile. */
const beginning = (text: string): string => text.slice(0, 20_000);

/** What a goal, or else what lies beside it, says of an input, without a model. */
const byRule = (input: Input, goal: string, notes: string, today: string, subject: string | null): Json => {
  switch (input.type) {
    case 'text':
    case 'long-text':
      return subject;
    case 'date':
      return findDates(goal, today).at(-1)?.date ?? findDates(notes, today)[0]?.date ?? null;
    case 'number':
      return amountFor(input, goal) ?? amountFor(input, notes);
    case 'choice': {
      const named = (text: string) =>
        input.choices.find((choice) => text.toLowerCase().includes(choice.toLowerCase())) ?? null;
      return named(goal) ?? named(notes);
    }
    case 'notes':
      return 'all';
    case 'note':
    case 'task':
      return null;
  }
};

const slottedTypes: ReadonlySet<Input['type']> = new Set(['text', 'date', 'number', 'choice']);

const answerSchema = (inputs: readonly Input[]): Record<string, Json> => ({
  type: 'object',
  additionalProperties: false,
  required: inputs.map(({ id }) => id),
  properties: Object.fromEntries(inputs.map((input) => [input.id, slotSchema(input)])),
});

const slotSchema = ({ type, choices }: Input): Json => {
  if (type === 'number') return { type: ['number', 'null'] };
  if (type === 'choice') return { enum: [...choices, null] };
  return { type: ['string', 'null'], maxLength: type === 'date' ? 40 : 300 };
};

/** A slot as the model filled it, or undefined where that is no use. Days are worked out here, not by the model. */
const usable = (input: Input, given: unknown, today: string): Json | undefined => {
  if (given === null || given === undefined || given === '') return undefined;
  if (input.type === 'number') return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
  if (typeof given !== 'string') return undefined;
  if (input.type === 'date')
    return CalendarDate.safeParse(given).success ? given : (findDates(given, today)[0]?.date ?? undefined);
  if (input.type === 'choice') return input.choices.includes(given) ? given : undefined;
  return given;
};

const mostTokens = 800;

const fillingIn =
  'You fill in a form from what a person wrote. Copy their words; null where they say nothing about a field. Answer with JSON only.';
const deciding =
  'You fit a plan to what a person wrote. Change nothing that they did not ask for. Answer with JSON only.';

export const createCompose = ({
  whole,
  known,
  inference,
  clock,
}: Components): ContractHandlers['playbooks']['compose'] => {
  /** What the model says under the schema; undefined where that is no use. */
  const decided = async (
    told: { readonly system: string; readonly about: string; readonly goal: string },
    schema: Readonly<Record<string, Json>>,
    modelId: string | undefined,
    signal: AbortSignal,
  ): Promise<unknown> => {
    try {
      const { text } = await inference.generate({
        ...(modelId === undefined ? {} : { modelId }),
        input: {
          messages: [
            { role: 'system', content: told.system },
            { role: 'user', content: `${told.about}\n\nThe person wrote:\n${told.goal}` },
          ],
        },
        schema: fitSchema(schema, mostTokens),
        maxTokens: mostTokens,
        temperature: 0,
        signal,
      });
      return JSON.parse(text);
    } catch (error) {
      // The rules do what they can; a person sees the plan before anything starts.
      if (signal.aborted || (errorCode(error) === undefined && !(error instanceof SyntaxError))) throw error;
      return undefined;
    }
  };

  const slots = async (
    { name, inputs }: Playbook,
    goal: string,
    modelId: string | undefined,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const asked = inputs.filter(({ type }) => slottedTypes.has(type));
    if (asked.length === 0 || inference.model(modelId).builtin) return {};
    const list = asked.map(
      ({ id, title, hint, type }) => `- ${id}: ${title}${hint === '' ? '' : ` (${hint})`}, ${type}`,
    );
    const about = `Form “${name}”:\n${list.join('\n')}`;
    const said = await decided({ system: fillingIn, about, goal }, answerSchema(asked), modelId, signal);
    return z.record(z.string(), z.unknown()).safeParse(said).data ?? {};
  };

  const adapted = async (
    playbook: Playbook,
    goal: string,
    modelId: string | undefined,
    signal: AbortSignal,
  ): Promise<Adapted> => {
    if (inference.model(modelId).builtin) return adaptedByRule(playbook, goal, known);
    const parts = adaptationsOf(playbook, goal, known);
    const plan = `The plan “${playbook.name}”: ${playbook.description}`;
    const start: Adapted = { playbook, changes: [] };
    const answers = await Promise.all(
      parts.map(({ task, schema }) =>
        decided({ system: deciding, about: `${plan}\n\n${task}`, goal }, schema, modelId, signal),
      ),
    );
    return parts.reduce((before, part, at) => part.apply(before, answers[at]), start);
  };

  /** A tool of a server that is away counts too. */
  const reaches = (tool: string): boolean => ['send-out', 'spend', undefined].includes(known.tool(tool)?.effect);

  return async ({ goal, notes = '', modelId, typed }, { signal, keyId }) => {
    const all = whole();
    const everything = notes.trim() === '' ? goal : `${goal}\n\n${notes}`;
    const found = nearest(everything, all, reaches);
    const general = all.find(({ id }) => id === generalPlaybook);
    const chosen =
      found ??
      (general && {
        ...general,
        description:
          `No playbook fits this goal, so it is planned into a project with tasks. ${general.description}`.slice(
            0,
            1_000,
          ),
      });
    if (!chosen)
      throw new AppError('NOT_FOUND', 'No playbook fits this goal. Write one under Agents, or plan the goal instead.');
    const mayAdapt = typed === true && keyId === undefined && found !== null && goal.length <= longestWish;
    const today = localDay(clock.now());
    const [filled, { playbook, changes }] = await Promise.all([
      slots(chosen, everything, modelId, signal),
      mayAdapt ? adapted(chosen, goal, modelId, signal) : { playbook: chosen, changes: [] },
    ]);
    const main = playbook.inputs.find(({ type, required }) => required && (type === 'text' || type === 'long-text'));
    // A general goal, and a text that is worked on, stay as they are.
    const wish = changes.length > 0 ? withoutRefusals(goal) : goal;
    const subject = found && main?.type === 'text' ? subjectOf(wish, playbook, today) : goal;
    const long = notes.trim() === '' ? undefined : playbook.inputs.find(({ type }) => type === 'long-text');
    const inputs = Object.fromEntries(
      playbook.inputs.flatMap((input): [string, Json][] => {
        const said = usable(input, filled[input.id], today);
        // A line may be searched for: of what lies beside the goal none gets into it, whatever the model makes of that.
        const isOfGoal = notes === '' || input.type !== 'text' || typeof said !== 'string' || !saysMore(said, goal);
        const about = input === long ? everything : input === main ? subject : null;
        // A goal that is planned as it stands is not put in other words, nor cut.
        const isKept = found === null && input === main;
        const value =
          (isOfGoal && !isKept ? said : undefined) ?? byRule(input, beginning(goal), beginning(notes), today, about);
        return value === null ? [] : [[input.id, value]];
      }),
    );
    return { playbook, nearest: found?.id ?? null, inputs, changes: [...changes] };
  };
};
