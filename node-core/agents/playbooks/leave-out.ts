import type { z } from 'zod';
import type { Playbook, PlaybookStep } from '../../contract/index.ts';
import { asTemplate, choicesIn, type Reference, references, withoutReferences } from './expressions.ts';
import { needsOf, templatesOf } from './faults.ts';

type Json = z.core.util.JSONType;

/** A step with its templates made others; null where one that it can't be without is nothing then. */
const withTemplates = (step: PlaybookStep, to: (template: Json) => Json): PlaybookStep | null => {
  const text = (of: string): string | null => {
    const made = to(of);
    return typeof made === 'string' ? made : null;
  };
  const expression = (of: string | undefined): string | null | undefined => {
    if (of === undefined) return undefined;
    const template = asTemplate(of);
    const made = text(template);
    return made === template ? of : made;
  };
  const each = expression(step.each);
  const when = expression(step.when);
  if (each === null || when === null) return null;
  const common = { ...(each !== undefined && { each }), ...(when !== undefined && { when }) };
  const given = (of: Readonly<Record<string, Json>>): Record<string, Json> =>
    Object.fromEntries(Object.entries(of).map(([name, template]) => [name, to(template)]));
  switch (step.kind) {
    case 'ask': {
      const prompt = text(step.prompt) ?? '';
      const { builtin, system, ...rest } = step;
      const about = expression(builtin?.text);
      const date = expression(builtin?.date);
      if (prompt.trim() === '') return null;
      return {
        ...rest,
        ...common,
        prompt,
        ...(system !== undefined && { system: text(system) ?? '' }),
        ...(builtin && about && { builtin: { form: builtin.form, text: about, ...(date && { date }) } }),
        checks: step.checks.map((check) => ({ ...check, with: given(check.with) })),
      };
    }
    case 'tool':
    case 'rule':
    case 'change':
      return { ...step, ...common, with: given(step.with) };
    case 'review':
      return { ...step, ...common, checks: step.checks.map((check) => ({ ...check, with: given(check.with) })) };
    case 'choose': {
      const items = expression(step.items);
      return items ? { ...step, ...common, items } : null;
    }
  }
};

/** Of a step that is looked at again and again: it never changes. */
const remembered = <T>(look: (step: PlaybookStep) => T): ((step: PlaybookStep) => T) => {
  const known = new WeakMap<PlaybookStep, { readonly value: T }>();
  return (step) => {
    const found = known.get(step) ?? { value: look(step) };
    known.set(step, found);
    return found.value;
  };
};
const choicesOf = remembered((step): readonly Reference[][] =>
  templatesOf(step).flatMap(({ template }) => choicesIn(template)),
);
const neededBy = remembered(needsOf);
const stepOf = ({ root, path: [id = ''] }: Reference): string | null => (root === 'steps' ? id : null);

/** Told where something is missing; of what was left out on purpose nothing is told. */
const isSaying = (step: PlaybookStep): step is Extract<PlaybookStep, { kind: 'rule' }> =>
  step.kind === 'rule' && step.rule === 'say';

/**
 * The playbook without these steps, without what would be nothing without them, and without what served only them. Null where another step
 * needs the value of one: where it is neither `optional` nor has something else to take, or where nothing would be left.
 */
export const withoutSteps = (playbook: Playbook, ids: readonly string[]): Playbook | null => {
  /** What stands for the value of each that is gone. */
  const gone = new Map<string, Json>(ids.map((id) => [id, null]));
  const isGone = (reference: Reference): boolean => gone.has(stepOf(reference) ?? '');
  const isNothing = (template: Json): boolean => {
    const all = choicesIn(template).flat();
    return all.length > 0 && all.every(isGone);
  };
  const isAlwaysThere = ({ root, path: [id] }: Reference): boolean =>
    root === 'inputs' ? playbook.inputs.some((input) => input.id === id && input.required) : root !== 'steps';
  const others = () => playbook.steps.filter(({ id }) => !gone.has(id));

  for (let size = -1; size < gone.size; ) {
    size = gone.size;
    for (const step of others()) {
      if (step.each !== undefined && isNothing(asTemplate(step.each))) gone.set(step.id, []);
      const taken = choicesOf(step).flat();
      const isFed = taken.some((one) => stepOf(one) !== null);
      if (
        (step.when !== undefined && isNothing(asTemplate(step.when))) ||
        (step.kind === 'review' && gone.has(step.of)) ||
        (step.kind === 'choose' && isNothing(asTemplate(step.items))) ||
        (isSaying(step) && isNothing(step.with['unless'] ?? null)) ||
        // What may be left out has nothing to work on any more.
        (step.kind === 'rule' && step.optional && isFed && taken.every((one) => isGone(one) || isAlwaysThere(one)))
      )
        gone.set(step.id, gone.get(step.id) ?? null);
    }
  }

  const mayBeNothing = (id: string): boolean => {
    const step = playbook.steps.find((one) => one.id === id);
    return step !== undefined && (step.optional || step.when !== undefined || !ids.includes(id));
  };
  const isBroken = others()
    .flatMap(choicesOf)
    .some((choices) => choices.every(isGone) && !choices.every((one) => mayBeNothing(stepOf(one) ?? '')));
  if (isBroken) return null;

  const result = playbook.result.filter(({ value }) => !isNothing(asTemplate(value)));
  const isTaken = (id: string): boolean =>
    others().some((step) => neededBy(step).includes(id)) ||
    result.some(({ value }) => references(asTemplate(value)).some((one) => stepOf(one) === id));
  const served = new Set(playbook.steps.flatMap(neededBy));
  for (let size = -1; size < gone.size; ) {
    size = gone.size;
    for (const { id, kind } of others())
      if ((kind === 'ask' || kind === 'rule') && served.has(id) && !isTaken(id)) gone.set(id, null);
  }

  const before = (id: string): string[] =>
    gone.has(id) ? (playbook.steps.find((step) => step.id === id)?.needs ?? []).flatMap(before) : [id];
  const instead = (reference: Reference): Json =>
    reference.path.length === 1 ? (gone.get(stepOf(reference) ?? '') ?? null) : null;
  const rewritten = (template: Json): Json => withoutReferences(template, isGone, instead);
  const steps = others().flatMap((step) => {
    const made = withTemplates({ ...step, needs: [...new Set(step.needs.flatMap(before))].slice(0, 30) }, rewritten);
    return made ? [made] : [];
  });
  const isLeft = result.length > 0 || steps.some(({ kind }) => kind === 'change');
  if (steps.length < others().length || steps.length === 0 || !isLeft) return null;
  return {
    ...withoutUnused(playbook, gone, others()),
    steps,
    result: result.map(({ title, value }) => {
      const made = rewritten(asTemplate(value));
      return { title, value: typeof made === 'string' && made !== asTemplate(value) ? made : value };
    }),
  };
};

/** Without the optional inputs and the tools that only steps took which are gone; without hosts where nothing is called any more. */
const withoutUnused = (
  playbook: Playbook,
  gone: ReadonlyMap<string, Json>,
  others: readonly PlaybookStep[],
): Pick<Playbook, Exclude<keyof Playbook, 'steps' | 'result'>> => {
  const { steps: all, result, ...rest } = playbook;
  const left = all.filter(({ id }) => gone.has(id));
  const called = (steps: readonly PlaybookStep[]) => steps.flatMap((step) => (step.kind === 'tool' ? [step.tool] : []));
  const taken = (steps: readonly PlaybookStep[]) =>
    steps
      .flatMap(choicesOf)
      .flatMap((choices) => choices.flatMap(({ root, path: [id = ''] }) => (root === 'inputs' ? [id] : [])));
  const shown = result.flatMap(({ value }) => references(asTemplate(value)));
  const isUnused = (id: string): boolean =>
    taken(left).includes(id) &&
    !taken(others).includes(id) &&
    !shown.some(({ root, path }) => root === 'inputs' && path[0] === id);
  const tools = rest.tools.filter((tool) => !called(left).includes(tool) || called(others).includes(tool));
  return {
    ...rest,
    inputs: rest.inputs.filter(({ id, required }) => required || !isUnused(id)),
    tools,
    egress: tools.length === 0 ? [] : rest.egress,
  };
};

/** Whether everything that takes the step's value says what to take where there is none: `steps.id ?? …`. */
export const hasInstead = ({ steps, result }: Playbook, id: string): boolean => {
  const others = steps.filter((step) => step.id !== id);
  const choices = [...others.flatMap(choicesOf), ...result.flatMap(({ value }) => choicesIn(asTemplate(value)))].filter(
    (all) => all.some((one) => stepOf(one) === id),
  );
  const isReviewed = others.some((step) => step.kind === 'review' && step.of === id);
  const last = (all: readonly Reference[]): string | null => stepOf(all.at(-1) ?? { root: 'today', path: [] });
  return choices.length > 0 && !isReviewed && choices.every((all) => last(all) !== id);
};

/** Where in a value of arguments the expressions stand that take nothing but what is gone. */
const emptied = (template: Json, isGone: (one: Reference) => boolean, path: readonly string[] = []): string[][] => {
  if (typeof template === 'string') {
    const choices = choicesIn(template);
    const isAlone = /^\s*\{\{[^{}]*\}\}\s*$/u.test(template);
    return isAlone && choices.flat().every(isGone) ? [[...path]] : [];
  }
  if (typeof template !== 'object' || template === null) return [];
  return Object.entries(template).flatMap(([key, of]) => emptied(of, isGone, [...path, key]));
};

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((key, at) => path[at] === key);

/** What rules and changes take. */
interface Inputs {
  readonly rules: ReadonlyMap<string, { readonly input: z.ZodType }>;
  readonly changes: ReadonlyMap<string, { readonly input: z.ZodType }>;
}

/** Steps that can't be done where a step gave nothing, and those that can't be done without these. */
export const restingOn = ({ steps }: Playbook, id: string, { rules, changes }: Inputs): ReadonlySet<string> => {
  const gone = new Set([id]);
  const isGone = (reference: Reference): boolean => gone.has(stepOf(reference) ?? '');
  const copes = (step: PlaybookStep): boolean => {
    if (step.kind !== 'rule' && step.kind !== 'change' && step.kind !== 'tool') return true;
    const unneeded = [step.when, step.each].some(
      (of) => of !== undefined && choicesIn(asTemplate(of)).flat().every(isGone),
    );
    const places = emptied(step.with, isGone);
    if (step.optional || unneeded || places.length === 0) return true;
    // What a tool takes is not known before it is called: those of servers come and go.
    const input = (
      step.kind === 'rule' ? rules.get(step.rule) : step.kind === 'change' ? changes.get(step.change) : null
    )?.input;
    const { error } = input?.safeParse(withoutReferences(step.with, isGone)) ?? {};
    const faults = error?.issues.map(({ path }) => path.map(String)) ?? [];
    return (
      input !== undefined &&
      !faults.some((path) => places.some((place) => startsWith(place, path) || startsWith(path, place)))
    );
  };
  for (let size = 0; size < gone.size; ) {
    size = gone.size;
    for (const step of steps) if (!gone.has(step.id) && !copes(step)) gone.add(step.id);
  }
  gone.delete(id);
  return gone;
};
