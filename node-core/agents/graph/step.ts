import { z } from 'zod';
import { AppError, type Labels, type PlaybookStep } from '../../contract/index.ts';
import type { EntryOf, StepKind, Touched } from '../journal.ts';
import { union, unlabelled } from '../labels.ts';
import { decideByModel, modelOf, questionOf } from './ask.ts';
import { decideInForm } from './built-in.ts';
import { callTool } from './call.ts';
import type { RunContext } from './context.ts';
import { givenLabels } from './replan.ts';
import { final } from './final.ts';
import { review } from './review.ts';
import { controlLabels, expression, type Labelled, labelled, type Sight } from './scope.ts';
import { questionId } from './incoming.ts';

type Json = z.core.util.JSONType;

export const stepKinds: Readonly<Record<PlaybookStep['kind'], StepKind>> = {
  ask: 'generate',
  tool: 'tool',
  rule: 'rule',
  change: 'apply',
  review: 'review',
  choose: 'choose',
};

const shownCharacters = 4_000;
const shown = (value: Json): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text;
};

/** The sight of each item; of one without where the step is done once. */
const sightsOf = (context: RunContext, step: PlaybookStep, sight: Sight): Sight[] => {
  if (step.each === undefined) return [sight];
  const { value, labels } = expression(step.each, sight);
  if (value === null) return [];
  if (!Array.isArray(value))
    throw new AppError(
      'PLAYBOOK_INVALID',
      `“${step.title}” is to be done for each of a list, but ${step.each} is none.`,
    );
  if (value.length > step.limit)
    context.notice(`“${step.title}” was done for the first ${step.limit} of ${value.length}.`);
  return value.slice(0, step.limit).map((item, index) => ({ ...sight, item: { value: item, labels, index } }));
};

/** A step as its kind is done. `round`: how often the step was planned anew; its questions and calls have names of their own then. */
export const stepDone = async (
  context: RunContext,
  step: PlaybookStep,
  index: number,
  sight: Sight,
  round: number,
): Promise<Labelled> => {
  const keyOf = (item: number): string => (round === 0 ? String(item) : `${item}~${round}`);
  const { tape } = context;
  const named = { index, id: step.id, kind: stepKinds[step.kind], title: step.title };
  const begin = (prompt: string | null): EntryOf<'step'> => ({ type: 'step', ...named, prompt });
  const end = (output: string | null, labels: Labels, touched: readonly Touched[] = []): EntryOf<'step-done'> => ({
    type: 'step-done',
    index,
    output,
    touched: [...touched],
    labels,
  });
  const sights = sightsOf(context, step, sight);
  const control = controlLabels(step, sight);
  const failed = { value: null, labels: givenLabels(step, sight) };
  const whole = (all: readonly Labelled[]): Labelled => ({
    value: step.each === undefined ? (all[0]?.value ?? null) : all.map(({ value }) => value),
    labels: union(control, ...all.map(({ labels }) => labels)),
  });

  switch (step.kind) {
    case 'rule': {
      const rule = context.registry.rules.get(step.rule);
      if (!rule) throw new AppError('PLAYBOOK_INVALID', `There is no rule "${step.rule}".`);
      tape.say([begin(null)]);
      const outputs: string[] = [];
      const all = sights.map((one): Labelled => {
        const given = labelled(step.with, one);
        const { value, output } = rule.decide(read(rule.input, given.value, step), { today: context.today });
        outputs.push(output);
        for (const text of noticesIn(value)) context.notice(text);
        return { value, labels: given.labels };
      });
      const result = whole(all);
      tape.say([end(outputs.join('\n'), result.labels)]);
      return result;
    }
    case 'change': {
      const change = context.registry.changes.get(step.change);
      if (!change) throw new AppError('PLAYBOOK_INVALID', `There is no change "${step.change}".`);
      const given = sights.map((one) => labelled(step.with, one));
      const entry = tape.sayWith(named, (before) =>
        context.doers.transact((workspace) => {
          const made = given.map(({ value }) => change.apply(workspace, read(change.input, value, step)));
          const value = step.each === undefined ? (made[0]?.value ?? null) : made.map((one) => one.value);
          return [
            ...before,
            begin(null),
            {
              ...end(
                made.map(({ output }) => output).join('\n'),
                union(control, ...given.map(({ labels }) => labels)),
                made.flatMap(({ touched }) => touched),
              ),
              value,
            },
          ];
        }),
      );
      if (entry?.type !== 'step-done') throw new Error('A change ends its step.');
      context.touch(entry.touched);
      const value = z.json().parse(entry.value ?? null);
      for (const text of noticesIn(value)) context.notice(text);
      return { value, labels: entry.labels ?? unlabelled };
    }
    case 'ask': {
      if (step.builtin && context.isBuiltin(modelOf(context, step.id, step.profile))) {
        const { builtin } = step;
        tape.say([begin(null)]);
        const result = whole(
          await ofEach(context, step, sights, failed, (one, item) =>
            decideInForm(context, { ...step, builtin }, index, keyOf(item), one),
          ),
        );
        tape.say([end(shown(result.value), result.labels)]);
        return result;
      }
      const questions = sights.map((one, item) => questionOf(context, step, index, keyOf(item), one));
      tape.say([begin(questions.length === 1 ? (questions[0]?.messages.at(-1)?.content ?? null) : null)]);
      const all = await ofEach(context, step, questions, failed, (question) => decideByModel(context, question));
      const result = whole(all);
      tape.say([end(null, result.labels)]);
      return result;
    }
    case 'tool': {
      tape.say([begin(null)]);
      const all = await ofEach(context, step, sights, failed, (one, item) =>
        callTool(context, step, index, keyOf(item), one),
      );
      const result = whole(all);
      tape.say([end(shown(result.value), result.labels)]);
      return result;
    }
    case 'review': {
      tape.say([begin(null)]);
      const result = whole([await review(context, step, index, sight)]);
      tape.say([end(shown(result.value), result.labels)]);
      return result;
    }
    case 'choose': {
      tape.say([begin(null)]);
      const { value, labels } = expression(step.items, sight);
      const items = Array.isArray(value) ? value : [];
      const taken = items.length === 0 ? [] : await chosen(context, step, index, items);
      const result = { value: items.filter((_, at) => taken.includes(at)), labels: union(control, labels) };
      tape.say([end(`${taken.length} of ${items.length} taken`, result.labels)]);
      return result;
    }
  }
};

const Noticing = z.looseObject({ notices: z.array(z.string()) });

/** What a rule or a change has to say to the person beside its value. */
export const noticesIn = (value: Json): readonly string[] => {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((each) => Noticing.safeParse(each).data?.notices ?? []);
};

const read = <T>(schema: z.ZodType<T>, value: Json, step: PlaybookStep): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'PLAYBOOK_INVALID',
    `“${step.title}” can't be done with what came before: ${z.prettifyError(parsed.error)}`,
  );
};

/** All items at once. Where the step may fail, an item that does is null and the others count. */
const ofEach = async <T>(
  context: RunContext,
  step: PlaybookStep,
  items: readonly T[],
  failed: Labelled,
  work: (item: T, index: number) => Promise<Labelled>,
): Promise<Labelled[]> => {
  const failures: AppError[] = [];
  const all = await Promise.all(
    items.map(async (item, at) => {
      try {
        return await work(item, at);
      } catch (error) {
        if (!(error instanceof AppError) || final.has(error.code) || !step.optional || step.each === undefined)
          throw error;
        failures.push(error);
        return failed;
      }
    }),
  );
  const [first] = failures;
  if (first && failures.length === items.length) throw first;
  if (first) context.notice(`“${step.title}” failed for ${failures.length} of ${items.length}: ${first.message}`);
  return all;
};

const chosen = async (
  { tape }: RunContext,
  step: Extract<PlaybookStep, { kind: 'choose' }>,
  index: number,
  items: readonly Json[],
): Promise<readonly number[]> => {
  const id = `choose ${index}`;
  tape.say([
    { type: 'ask', index, id, about: { type: 'choose', question: step.question, items: items.map(proposal) } },
  ]);
  const said = await tape.incoming(questionId(id));
  return said.type === 'answered' && said.answer.type === 'choose' ? said.answer.taken : [];
};

/** What a person is shown of an item: its own title and texts where it has them. */
const proposal = (item: Json) => {
  const fields = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : { title: item };
  const text = (name: string): string | null => {
    const value = fields[name];
    return value === undefined || value === null ? null : shown(value);
  };
  return {
    title: text('title') ?? shown(item),
    detail: text('detail') ?? '',
    before: text('before'),
    after: text('after'),
  };
};
