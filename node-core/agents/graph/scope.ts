import type { z } from 'zod';
import { AppError, type Labels } from '../../contract/index.ts';
import { union, unlabelled } from '../labels.ts';
import { asTemplate, evaluate, ExpressionError, references, type Scope } from '../playbooks/expressions.ts';

type Json = z.core.util.JSONType;

/** A value of a run, and where it comes from. */
export interface Labelled {
  readonly value: Json;
  readonly labels: Labels;
}

/** What the templates of a step can name: inputs, steps that are done, and the item it is done for. */
export interface Sight {
  readonly inputs: Readonly<Record<string, Json>>;
  readonly inputLabels: Readonly<Record<string, Labels>>;
  readonly today: string;
  readonly steps: ReadonlyMap<string, Labelled>;
  readonly item?: Labelled & { readonly index: number };
  /** Of what led to the step being done in another way than it was planned. */
  readonly because?: Labels;
}

const scopeOf = ({ inputs, today, steps, item }: Sight): Scope => ({
  inputs,
  today,
  steps: Object.fromEntries([...steps].map(([id, { value }]) => [id, value])),
  ...(item && { item: item.value, index: item.index }),
});

/** A template with its expressions put in. @throws AppError `PLAYBOOK_INVALID` */
export const valueOf = (template: Json, sight: Sight): Json => {
  try {
    return evaluate(template, scopeOf(sight));
  } catch (error) {
    throw error instanceof ExpressionError ? new AppError('PLAYBOOK_INVALID', error.message) : error;
  }
};

/** Of everything that the template names. */
export const labelsOf = (template: Json, { inputLabels, steps, item }: Sight): Labels =>
  union(
    ...references(template).map(({ root, path: [name = ''] }) => {
      if (root === 'inputs') return inputLabels[name] ?? unlabelled;
      if (root === 'steps') return steps.get(name)?.labels ?? unlabelled;
      return root === 'item' ? (item?.labels ?? unlabelled) : unlabelled;
    }),
  );

export const labelled = (template: Json, sight: Sight): Labelled => ({
  value: valueOf(template, sight),
  labels: labelsOf(template, sight),
});

export const expression = (text: string, sight: Sight): Labelled => labelled(asTemplate(text), sight);

/** Of what decides whether a step is done, and how often: its value tells of that too. */
export const controlLabels = (
  { when, each }: { readonly when?: string | undefined; readonly each?: string | undefined },
  sight: Sight,
): Labels =>
  union(
    sight.because ?? unlabelled,
    ...[when, each].map((of) => (of === undefined ? unlabelled : expression(of, sight).labels)),
  );

const placeholder = /\{\{[^{}]*\}\}/gu;
export const quoteMarks = ['<quoted>', '</quoted>'] as const;

/** As a part of a text, where it is always text. */
const shownIn = (part: string, sight: Sight): string => {
  const text = valueOf(`:${part}`, sight);
  return typeof text === 'string' ? text.slice(1) : '';
};

/** What others wrote, between marks that it can't write itself. */
export const quoted = (text: string): string =>
  `${quoteMarks[0]}${text.replaceAll(/<(?=\/?quoted>)/giu, '&lt;')}${quoteMarks[1]}`;

/** A text for a model. */
export const promptText = (template: string, sight: Sight): string =>
  template.replaceAll(placeholder, (part) => {
    const text = shownIn(part, sight);
    if (!labelsOf(part, sight).untrusted || text === '') return text;
    return quoted(text);
  });
