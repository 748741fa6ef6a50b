import type { z } from 'zod';
import type { Fault } from './faults.ts';
import { PlaybookFile } from './schema.ts';

type Path = Fault['path'];

const at = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined,
    data,
  );

/** Fields that can stand there; none where that can't be told. */
const fieldsAt = (data: unknown, path: Path): readonly string[] => {
  const [root, index, ...deeper] = path;
  const { shape } = PlaybookFile;
  if (root === undefined) return Object.keys(shape);
  if (root === 'budget' && index === undefined) return Object.keys(shape.budget.shape);
  if (typeof index !== 'number' || deeper.length > 0) return [];
  if (root === 'inputs') return Object.keys(shape.inputs.unwrap().element.shape);
  if (root === 'result') return Object.keys(shape.result.unwrap().element.shape);
  if (root !== 'steps') return [];
  const kind = at(data, [...path, 'kind']);
  const step = shape.steps.element.options.find((option) => option.shape.kind.value === kind);
  return step ? Object.keys(step.shape) : [];
};

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a record',
  record: 'a record',
};

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;

const said = (issue: z.core.$ZodIssue, value: unknown, name: string): string => {
  const isMissing = value === undefined;
  switch (issue.code) {
    case 'invalid_type': {
      const type = types[issue.expected] ?? issue.expected;
      return isMissing ? `It needs ${name}: ${type}.` : `${name} has to be ${type}.`;
    }
    case 'invalid_value':
      return isMissing ? `It needs ${name}: ${oneOf(issue.values)}.` : `${name} has to be ${oneOf(issue.values)}.`;
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      if (options.length === 0) return `${name} is not of a form that fits.`;
      return isMissing ? `It needs ${name}: ${oneOf(options)}.` : `${name} has to be ${oneOf(options)}.`;
    }
    case 'too_small':
      return issue.origin === 'number'
        ? `${name} has to be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}.`
        : `${name} is empty. Fill it in.`;
    case 'too_big':
      return issue.origin === 'number'
        ? `${name} is at most ${issue.maximum}.`
        : `${name} is too long: at most ${issue.maximum}. Shorten it.`;
    default:
      return `${name}: ${issue.message}.`;
  }
};

/** What is wrong with the shape of a file, in words of who writes one, each where it stands. */
export const shapeFaults = (issue: z.core.$ZodIssue, data: unknown): Fault[] => {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(data, path);
    const wanted = known.length > 0 ? ` Known here: ${known.join(', ')}.` : ' Take it out.';
    return issue.keys.map((key) => ({ message: `"${key}" is not known here.${wanted}`, path: [...path, key] }));
  }
  if (path.length === 0 && issue.code === 'invalid_type')
    return [
      {
        message: 'This is no playbook yet. Begin with the lines "playbook: 1", "id: …", "name: …" and "steps:".',
        path,
      },
    ];
  const name = path.findLast((part) => typeof part === 'string') ?? '';
  const isEntry = typeof path.at(-1) === 'number';
  return [{ message: said(issue, at(data, path), isEntry ? `An entry of "${name}"` : `"${name}"`), path }];
};
