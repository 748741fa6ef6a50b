import { z } from 'zod';
import type { Playbook, PlaybookStep } from '../../contract/index.ts';
import type { Tool } from '../../tools/index.ts';
import { asTemplate, ExpressionError, type Reference, references } from './expressions.ts';
import type { Check, Rule, WorkspaceChange } from './types.ts';

type Json = z.core.util.JSONType;
type Path = readonly (string | number)[];

/** What playbooks can name. */
export interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly changes: ReadonlyMap<string, WorkspaceChange>;
  readonly checks: ReadonlyMap<string, Check>;
  /** Not asked for tools of MCP servers: those come and go. */
  tool(name: string): Pick<Tool, 'input' | 'effect'> | undefined;
}

export interface Fault {
  readonly message: string;
  readonly path: Path;
}

/** Each template and expression of a step, and where it stands. */
export const templatesOf = (step: PlaybookStep): { readonly key: string; readonly template: Json }[] => {
  const expression = (key: string, text: string | undefined) =>
    text === undefined ? [] : [{ key, template: asTemplate(text) }];
  const common = [...expression('each', step.each), ...expression('when', step.when)];
  switch (step.kind) {
    case 'ask':
      return [
        ...common,
        { key: 'prompt', template: step.prompt },
        { key: 'system', template: step.system ?? '' },
        ...expression('builtin', step.builtin?.text),
        ...expression('builtin', step.builtin?.date),
        ...step.checks.map((check) => ({ key: 'checks', template: check.with })),
      ];
    case 'tool':
    case 'rule':
    case 'change':
      return [...common, { key: 'with', template: step.with }];
    case 'review':
      return [...common, ...step.checks.map((check) => ({ key: 'checks', template: check.with }))];
    case 'choose':
      return [...common, ...expression('items', step.items)];
  }
};

/** Steps that have to be done before: named ones, those whose values it takes, and what it reviews. @throws ExpressionError */
export const needsOf = (step: PlaybookStep): string[] => {
  const named = templatesOf(step)
    .flatMap(({ template }) => references(template))
    .flatMap(({ root, path }) => (root === 'steps' ? path.slice(0, 1) : []));
  return [...new Set([...step.needs, ...(step.kind === 'review' ? [step.of] : []), ...named])];
};

const listed = (names: Iterable<string>): string => [...names].toSorted().join(', ');

const duplicates = (ids: readonly string[]): { id: string; index: number }[] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [{ id, index }] : []));

/** A way round in the graph, first step first, or null. */
const cycleIn = (needs: ReadonlyMap<string, readonly string[]>): string[] | null => {
  const done = new Set<string>();
  const visit = (id: string, way: readonly string[]): string[] | null => {
    const at = way.indexOf(id);
    if (at >= 0) return [...way.slice(at), id];
    if (done.has(id)) return null;
    for (const other of needs.get(id) ?? []) {
      const found = visit(other, [...way, id]);
      if (found) return found;
    }
    done.add(id);
    return null;
  };
  for (const id of needs.keys()) {
    const found = visit(id, []);
    if (found) return found.toReversed();
  }
  return null;
};

const hasTemplate = (value: Json): boolean => JSON.stringify(value).includes('{{');

/** Arguments whose names, or values without expressions, don't fit. */
const argumentFaults = (
  schema: z.ZodType,
  given: Readonly<Record<string, Json>>,
  what: string,
  path: Path,
): Fault[] => {
  if (!hasTemplate(given)) {
    const read = schema.safeParse(given);
    return (read.error?.issues ?? []).map((issue) => ({
      message: `${what}: ${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
      path: [...path, ...issue.path.filter((part) => typeof part !== 'symbol')],
    }));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  const unknown = Object.keys(given)
    .filter((name) => !Object.hasOwn(shape, name))
    .map((name) => ({
      message: `${what} takes no "${name}". It takes: ${listed(Object.keys(shape))}.`,
      path: [...path, name],
    }));
  const missing = Object.entries(shape)
    .filter(([name, of]) => !Object.hasOwn(given, name) && of instanceof z.ZodType && !of.safeParse(undefined).success)
    .map(([name]) => ({ message: `${what} needs "${name}".`, path }));
  return [...unknown, ...missing];
};

/** Everything wrong with a playbook whose shape is right. */
export const faultsOf = (playbook: Playbook, known: Known): Fault[] => {
  const faults: Fault[] = [];
  const steps = new Map(playbook.steps.map((step) => [step.id, step]));
  const inputs = new Set(playbook.inputs.map(({ id }) => id));

  for (const { id, index } of duplicates(playbook.inputs.map((input) => input.id)))
    faults.push({ message: `There are two inputs "${id}".`, path: ['inputs', index, 'id'] });
  for (const { id, index } of duplicates(playbook.steps.map((step) => step.id)))
    faults.push({ message: `There are two steps "${id}".`, path: ['steps', index, 'id'] });
  for (const [index, input] of playbook.inputs.entries())
    if (input.type === 'choice' && input.choices.length === 0)
      faults.push({
        message: `The input "${input.id}" is a choice among none. List its choices.`,
        path: ['inputs', index],
      });
  for (const [index, name] of playbook.tools.entries())
    if (!isMcp(name) && !known.tool(name))
      faults.push({
        message: `There is no tool "${name}". Tools, under Agents, lists those that there are; take its steps out, or name another.`,
        path: ['tools', index],
      });

  const checkReference = ({ root, path: keys }: Reference, inEach: boolean, path: Path) => {
    const [name = '', field] = keys;
    if (root === 'inputs' && !inputs.has(name))
      faults.push({ message: `There is no input "${name}". There are: ${listed(inputs) || 'none'}.`, path });
    if ((root === 'item' || root === 'index') && !inEach)
      faults.push({ message: `"${root}" is there only in a step with "each".`, path });
    if (root !== 'steps') return;
    const step = steps.get(name);
    if (!step) return void faults.push({ message: `There is no step "${name}".`, path });
    const fields = fieldsOf(step);
    if (field !== undefined && fields && !fields.includes(field))
      faults.push({ message: `The answer of "${name}" has no "${field}". It has: ${listed(fields)}.`, path });
  };
  const checkTemplate = (template: Json, inEach: boolean, path: Path) => {
    try {
      for (const reference of references(template)) checkReference(reference, inEach, path);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      faults.push({ message: error.message, path });
    }
  };

  for (const [index, step] of playbook.steps.entries()) {
    const at: Path = ['steps', index];
    for (const { key, template } of templatesOf(step))
      checkTemplate(template, step.each !== undefined && key !== 'each' && key !== 'when', [...at, key]);
    for (const [place, id] of step.needs.entries())
      if (!steps.has(id)) faults.push({ message: `There is no step "${id}".`, path: [...at, 'needs', place] });
    faults.push(...stepFaults(step, at, playbook, steps, known));
  }
  for (const [index, line] of playbook.result.entries())
    checkTemplate(asTemplate(line.value), false, ['result', index, 'value']);

  if (faults.length === 0) {
    const cycle = cycleIn(new Map(playbook.steps.map((step) => [step.id, needsOf(step)])));
    if (cycle)
      faults.push({
        message: `These steps wait for each other: ${cycle.join(' → ')}. Take one of the references or "needs" out.`,
        path: ['steps', playbook.steps.findIndex(({ id }) => id === cycle[0])],
      });
  }
  return faults;
};

const isMcp = (name: string): boolean => /^mcp\.[a-z][a-z0-9-]*\..+$/u.test(name);

/** Names in the answer of a question with a schema; null where they can't be told. */
const fieldsOf = (step: PlaybookStep): string[] | null => {
  if (step.kind !== 'ask' || step.each !== undefined || !step.answer) return null;
  const { properties } = step.answer;
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties)
    ? Object.keys(properties)
    : null;
};

const stepFaults = (
  step: PlaybookStep,
  at: Path,
  playbook: Playbook,
  steps: ReadonlyMap<string, PlaybookStep>,
  known: Known,
): Fault[] => {
  switch (step.kind) {
    case 'ask':
      return [...checkFaults(step.checks, [...at, 'checks'], known), ...schemaFaults(step.answer, [...at, 'answer'])];
    case 'tool': {
      if (!playbook.tools.includes(step.tool))
        return [
          {
            message: `The step calls "${step.tool}", which is not among the playbook's tools. Add it under "tools".`,
            path: [...at, 'tool'],
          },
        ];
      const tool = known.tool(step.tool);
      return tool ? argumentFaults(tool.input, step.with, step.tool, [...at, 'with']) : [];
    }
    case 'rule': {
      const rule = known.rules.get(step.rule);
      return rule
        ? argumentFaults(rule.input, step.with, step.rule, [...at, 'with'])
        : [
            {
              message: `There is no rule "${step.rule}". There are: ${listed(known.rules.keys())}.`,
              path: [...at, 'rule'],
            },
          ];
    }
    case 'change': {
      const change = known.changes.get(step.change);
      return change
        ? argumentFaults(change.input, step.with, step.change, [...at, 'with'])
        : [
            {
              message: `There is no change "${step.change}". There are: ${listed(known.changes.keys())}.`,
              path: [...at, 'change'],
            },
          ];
    }
    case 'review': {
      const of = steps.get(step.of);
      const wrong =
        of?.kind === 'ask'
          ? []
          : [{ message: `"${step.of}" is no question that could be asked again.`, path: [...at, 'of'] }];
      const twice = duplicates(step.rubric.map(({ id }) => id)).map(({ id, index }) => ({
        message: `There are two rubric questions "${id}".`,
        path: [...at, 'rubric', index, 'id'],
      }));
      return [...wrong, ...twice, ...checkFaults(step.checks, [...at, 'checks'], known)];
    }
    case 'choose':
      return [];
  }
};

const checkFaults = (
  specs: readonly { readonly check: string; readonly with: Readonly<Record<string, Json>> }[],
  path: Path,
  { checks }: Known,
): Fault[] =>
  specs.flatMap((spec, index) => {
    const check = checks.get(spec.check);
    return check
      ? argumentFaults(check.options, spec.with, spec.check, [...path, index, 'with'])
      : [
          {
            message: `There is no check "${spec.check}". There are: ${listed(checks.keys())}.`,
            path: [...path, index, 'check'],
          },
        ];
  });

/** A schema that no answer could be checked against. */
const schemaFaults = (schema: Readonly<Record<string, Json>> | undefined, path: Path): Fault[] => {
  if (!schema) return [];
  if (schema['type'] === undefined)
    return [{ message: 'The schema of the answer needs a "type", for example "object".', path }];
  try {
    z.fromJSONSchema(schema);
    return [];
  } catch (error) {
    return [
      { message: `The schema of the answer can't be used: ${error instanceof Error ? error.message : ''}`, path },
    ];
  }
};
