import type { JsonSchema } from '../types.ts';

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const distinct = (values: readonly unknown[]): boolean =>
  new Set(values.map((value) => JSON.stringify(value))).size === values.length;

const constantsOf = (node: JsonSchema): readonly unknown[] | undefined => {
  if (node['const'] !== undefined) return [node['const']];
  return Array.isArray(node['enum']) ? node['enum'] : undefined;
};

/** Integers are numbers: the two overlap. */
const typeOf = (node: JsonSchema): string | undefined =>
  node['type'] === 'integer' ? 'number' : typeof node['type'] === 'string' ? node['type'] : undefined;

/** So many required fields are looked at: a field that tells branches apart stands among the first. */
const MAX_TAGS = 64;

/** Whether no value can satisfy two of the branches: then "exactly one" and "any" are the same. */
export const disjointBy = (branches: unknown, resolve: (branch: JsonSchema) => JsonSchema): boolean => {
  if (!Array.isArray(branches) || !branches.every(isObject)) return false;
  const nodes = branches.map(resolve);
  const types = nodes.map(typeOf);
  if (types.every((type) => type !== undefined) && distinct(types)) return true;
  const values = nodes.map(constantsOf);
  if (values.every((value) => value !== undefined) && distinct(values.flat())) return true;
  const required = nodes.map((node) => new Set(Array.isArray(node['required']) ? node['required'] : []));
  return [...(required[0] ?? [])].slice(0, MAX_TAGS).some((key) => {
    if (typeof key !== 'string') return false;
    const tags = nodes.map((node, index) => {
      const { properties } = node;
      const property = isObject(properties) ? properties[key] : undefined;
      return required[index]?.has(key) && isObject(property) ? constantsOf(property) : undefined;
    });
    return tags.every((tag) => tag !== undefined) && distinct(tags.flat());
  });
};
