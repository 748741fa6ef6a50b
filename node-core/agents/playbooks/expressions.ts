import type { z } from 'zod';

type Json = z.core.util.JSONType;

/** What expressions can name. `item` and `index` only within a step that is done for each of a list. */
export interface Scope {
  readonly inputs: Readonly<Record<string, Json>>;
  /** Values of the steps that are done; of one that was left out: null. */
  readonly steps: Readonly<Record<string, Json>>;
  readonly item?: Json;
  readonly index?: number;
  readonly today: string;
}

/** `steps.outline.sections.0` is root `steps`, path `['outline', 'sections', '0']`. */
export interface Reference {
  readonly root: keyof Scope;
  readonly path: readonly string[];
}

const placeholder = /\{\{([^{}]*)\}\}/gu;
const whole = /^\s*\{\{([^{}]*)\}\}\s*$/u;
const path = /^[a-z][\w-]*(?:\.[\w-]+)*$/u;
const roots: ReadonlySet<string> = new Set(['inputs', 'steps', 'item', 'index', 'today'] satisfies (keyof Scope)[]);
const isRoot = (name: string): name is keyof Scope => roots.has(name);

/** Thrown for what is no expression; the message says how one is written. */
export class ExpressionError extends Error {}

/** `a ?? b`: the first that is there and not empty. @throws ExpressionError */
const alternatives = (expression: string): Reference[] =>
  expression.split('??').map((part) => {
    const text = part.trim();
    const [root = '', ...rest] = text.split('.');
    if (!path.test(text) || !isRoot(root))
      throw new ExpressionError(
        `"${text}" is no expression. Write {{ inputs.… }}, {{ steps.… }}, {{ item.… }}, {{ index }} or {{ today }}; "??" between two takes the second where the first is empty.`,
      );
    if ((root === 'inputs' || root === 'steps') && rest.length === 0)
      throw new ExpressionError(`"${text}" names none of the ${root}. Write ${root}.<name>.`);
    return { root, path: rest };
  });

const expressionsOf = (text: string): string[] => {
  const found = [...text.matchAll(placeholder)].map(([, inner = '']) => inner);
  const left = text.replaceAll(placeholder, '');
  if (left.includes('{{') || left.includes('}}'))
    throw new ExpressionError('A "{{" or "}}" stands alone. An expression is written {{ inputs.goal }}.');
  return found;
};

/** Of each expression of a template, what it takes: the first that is there. @throws ExpressionError */
export const choicesIn = (template: Json): Reference[][] => {
  if (typeof template === 'string') return expressionsOf(template).map(alternatives);
  if (Array.isArray(template)) return template.flatMap(choicesIn);
  if (typeof template === 'object' && template !== null) return Object.values(template).flatMap(choicesIn);
  return [];
};

/** Everything that a template names. @throws ExpressionError */
export const references = (template: Json): Reference[] => choicesIn(template).flat();

/** Of `each`, `when`, `items` and the lines of a result: with `{{ }}` a template, without it a bare expression. */
export const asTemplate = (expression: string): string =>
  expression.includes('{{') ? expression : `{{ ${expression} }}`;

/** Empty text, list or record, false, null and what is missing. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0);

const resolve = ({ root, path: keys }: Reference, scope: Scope): Json => {
  let value: Json | undefined = scope[root];
  for (const key of keys) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) value = value[key];
    else return null;
  }
  return value ?? null;
};

const valueOf = (expression: string, scope: Scope): Json => {
  let last: Json = null;
  for (const reference of alternatives(expression)) {
    last = resolve(reference, scope);
    if (!isEmpty(last)) return last;
  }
  return last;
};

/** A value within a text: a list of texts as its lines, anything else that is no text as JSON. */
const shown = (value: Json): string => {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join('\n');
  return JSON.stringify(value);
};

/** The template with its expressions put in; one alone in a text keeps its type. @throws ExpressionError */
export const evaluate = (template: Json, scope: Scope): Json => {
  if (typeof template === 'string') {
    const alone = whole.exec(template)?.[1];
    if (alone !== undefined) return valueOf(alone, scope);
    expressionsOf(template);
    return template.replaceAll(placeholder, (_, inner: string) => shown(valueOf(inner, scope)));
  }
  if (Array.isArray(template)) return template.map((each) => evaluate(each, scope));
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(Object.entries(template).map(([key, of]) => [key, evaluate(of, scope)]));
  return template;
};

/**
 * The template where some references are gone. An expression that takes nothing else is `instead` of its last where it stands alone, and
 * nothing within a text. @throws ExpressionError
 */
export const withoutReferences = (
  template: Json,
  isGone: (reference: Reference) => boolean,
  instead: (reference: Reference) => Json = () => null,
): Json => {
  const rest = (expression: string): Reference[] => alternatives(expression).filter((one) => !isGone(one));
  const written = (kept: readonly Reference[]): string =>
    `{{ ${kept.map(({ root, path: keys }) => [root, ...keys].join('.')).join(' ?? ')} }}`;
  if (typeof template === 'string') {
    const alone = whole.exec(template)?.[1];
    const last = alone === undefined ? undefined : alternatives(alone).at(-1);
    if (alone !== undefined && last && rest(alone).length === 0) return instead(last);
    return template.replaceAll(placeholder, (part, inner: string) => {
      const kept = rest(inner);
      if (kept.length === alternatives(inner).length) return part;
      return kept.length === 0 ? '' : written(kept);
    });
  }
  if (Array.isArray(template)) return template.map((each) => withoutReferences(each, isGone, instead));
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(
      Object.entries(template).map(([key, of]) => [key, withoutReferences(of, isGone, instead)]),
    );
  return template;
};
