import type { JsonSchema } from '../types.ts';
import type { Dialect } from './dialect.ts';
import { disjointBy } from './disjoint.ts';
import { GrammarTooLarge, literal, repeat, type RuleBook } from './gbnf.ts';
import { MAX_WAYS, membersBody } from './members.ts';
import { createReferences } from './references.ts';
import { countOf, createScalarRules } from './scalars.ts';
import { oneOf } from './trie.ts';
import { unsupported } from './unsupported.ts';

/** Say nothing about which answers are right. */
const annotations = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
]);
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'format', 'pattern'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  number: [],
  boolean: [],
  null: [],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'additionalProperties', 'propertyOrdering', 'propertyNames'],
};
const MAX_DEPTH = 64;
const MAX_ENUM_VALUES = 50_000;
const MAX_ENUM_TEXT = 1_000_000;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOfValue = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
const isOfType = (value: unknown, type: unknown): boolean =>
  type === undefined ||
  (Array.isArray(type) ? type : [type]).some(
    (name) =>
      name === typeOfValue(value) || (typeof value === 'number' && name === 'integer' && Number.isInteger(value)),
  );

interface Property {
  readonly name: string;
  readonly schema: unknown;
  readonly required: boolean;
}

/** A schema on its way into a grammar. All throw AppError `SCHEMA_UNSUPPORTED`. */
export interface SchemaRules {
  /** The rule for a value. */
  value(): string;
  /** The rule for the properties of an object with something else than braces around: `name sign value, …`. */
  members(sign: string, quoted: boolean): string;
  /** The properties of an object, in order. */
  properties(): readonly Property[];
  /** The rule for the value of one of them. */
  property(name: string): string;
}

export const createSchemaRules = (schema: JsonSchema, at: string, dialect: Dialect, book: RuleBook): SchemaRules => {
  const { add, use } = book;
  const references = createReferences(schema);
  const { stringRule, integerRule } = createScalarRules(dialect, book);
  const constant = (value: unknown): string => literal(dialect.constant(value));

  const check = (node: JsonSchema, known: readonly string[], where: string): void => {
    for (const keyword of Object.keys(node))
      if (!annotations.has(keyword) && !known.includes(keyword)) throw unsupported(keyword, where);
  };

  const arrayRule = (node: JsonSchema, where: string, depth: number): string => {
    const min = countOf(node['minItems'], 'minItems', where) ?? 0;
    const max = countOf(node['maxItems'], 'maxItems', where);
    if (max !== undefined && max < min) throw unsupported('maxItems', where, 'It is less than "minItems".');
    const ws = use('ws');
    const prefix = node['prefixItems'];
    if (prefix !== undefined) {
      if (!Array.isArray(prefix) || prefix.length === 0)
        throw unsupported('prefixItems', where, 'Use a list of schemas.');
      if (node['items'] !== undefined && node['items'] !== false)
        throw unsupported('items', where, 'Beside "prefixItems" it can only be false.');
      if (min > prefix.length || (max !== undefined && max < prefix.length))
        throw unsupported('maxItems', where, 'It does not go together with "prefixItems".');
      const items = prefix.map((item, index) => visit(item, `${where}/prefixItems/${index}`, depth));
      return references.needs(add(`"[" ${ws} ${items.map((item) => `${item} ${ws}`).join(` "," ${ws} `)} "]"`), [
        items,
      ]);
    }
    if (max === 0) return add(`"[" ${ws} "]"`);
    const item = node['items'] === undefined ? use('value') : visit(node['items'], `${where}/items`, depth);
    const more = add(`"," ${ws} ${item} ${ws}`);
    const rest = repeat(more, Math.max(0, min - 1), max === undefined ? undefined : max - 1, book);
    const body = `${item} ${ws} ${rest}`;
    return references.needs(add(`"[" ${ws} ${min === 0 ? `(${body})?` : body} "]"`), [min === 0 ? [] : [item]]);
  };

  const propertiesOf = (node: JsonSchema, where: string): readonly Property[] => {
    const properties = node['properties'] ?? {};
    const required = node['required'] ?? [];
    if (!isObject(properties)) throw unsupported('properties', where, 'Use an object of schemas.');
    if (!Array.isArray(required) || !required.every((key) => typeof key === 'string'))
      throw unsupported('required', where, 'Use a list of names.');
    const missing = required.find((key) => !Object.hasOwn(properties, key));
    if (missing !== undefined)
      throw unsupported('required', where, `"${missing}" is required but has no schema under "properties".`);
    const names = new Set(required);
    return Object.keys(properties).map((name) => ({ name, schema: properties[name], required: names.has(name) }));
  };

  const visited = (properties: readonly Property[], where: string, depth: number) =>
    properties.map(
      ({ name, schema: value, required }) =>
        [name, visit(value, `${where}/properties/${name}`, depth), required] as const,
    );
  const requiredOf = (entries: readonly (readonly [string, string, boolean])[]): string[] =>
    entries.filter(([, , required]) => required).map(([, value]) => value);

  const objectRule = (node: JsonSchema, where: string, depth: number): string => {
    const names = node['propertyNames'];
    if (names !== undefined && !(isObject(names) && names['type'] === 'string' && Object.keys(names).length === 1))
      throw unsupported('propertyNames', where);
    const additional = node['additionalProperties'];
    const properties = propertiesOf(node, where);
    const ws = use('ws');
    if (properties.length > 0) {
      const entries = visited(properties, where, depth);
      const pairOf = (name: string, value: string) => `${literal(dialect.key(name))} ${ws} ":" ${ws} ${value} ${ws}`;
      const rule = add(`"{" ${ws} ${membersBody(entries, ws, pairOf, where, book)} "}"`);
      return references.needs(rule, [requiredOf(entries)]);
    }
    if (additional === false) return add(`"{" ${ws} "}"`);
    if (additional === undefined || additional === true) return use('object');
    const value = visit(additional, `${where}/additionalProperties`, depth);
    const pair = `${use('string')} ${ws} ":" ${ws} ${value} ${ws}`;
    return add(`"{" ${ws} (${pair} ("," ${ws} ${pair})*)? "}"`);
  };

  const typed = (node: JsonSchema, type: string, where: string, depth: number): string => {
    switch (type) {
      case 'string':
        return stringRule(node, where);
      case 'integer':
        return integerRule(node, where);
      case 'number':
      case 'boolean':
      case 'null':
        return use(type);
      case 'array':
        return arrayRule(node, where, depth);
      case 'object':
        return objectRule(node, where, depth);
      default:
        throw unsupported('type', where, `"${type}" is no JSON type.`);
    }
  };

  const choice = (rules: readonly string[], keyword: string, where: string): string => {
    const ways = rules.reduce((sum, rule) => sum + references.ways(rule), 0);
    if (ways > MAX_WAYS)
      throw unsupported(keyword, where, `It has ${ways} branches; up to ${MAX_WAYS} are possible. Use fewer.`);
    const name = add(rules.join(' | '));
    references.begins(name, rules, ways);
    return references.needs(
      name,
      rules.map((rule) => [rule]),
    );
  };

  const constantsRule = (values: readonly unknown[], keyword: string, where: string): string => {
    if (values.length === 0) throw unsupported(keyword, where, 'None of its values is of the type beside it.');
    if (values.length > MAX_ENUM_VALUES)
      throw unsupported(keyword, where, `It has ${values.length} values; up to ${MAX_ENUM_VALUES} are possible.`);
    const texts = values.map((value) => dialect.constant(value));
    if (texts.reduce((sum, text) => sum + text.length, 0) > MAX_ENUM_TEXT)
      throw unsupported(keyword, where, 'Its values are too long altogether: use fewer or shorter ones.');
    return add(oneOf(texts, book));
  };

  const alternatives = (branches: unknown, keyword: string, where: string, depth: number): string => {
    if (!Array.isArray(branches) || branches.length === 0) throw unsupported(keyword, where, 'Use a list of schemas.');
    const constants = branches.map((branch: unknown) =>
      isObject(branch) && branch['const'] !== undefined && isOfType(branch['const'], branch['type'])
        ? branch['const']
        : undefined,
    );
    if (constants.every((value) => value !== undefined)) {
      for (const [index, branch] of branches.entries())
        check(branch, ['const', 'type'], `${where}/${keyword}/${index}`);
      return constantsRule(constants, keyword, where);
    }
    return choice(
      branches.map((branch, index) => visit(branch, `${where}/${keyword}/${index}`, depth)),
      keyword,
      where,
    );
  };

  const visit = (node: unknown, where: string, above: number): string => {
    const depth = above + 1;
    if (depth > MAX_DEPTH) throw unsupported('properties', where, 'The schema is nested too deeply.');
    if (node === true) return use('value');
    if (!isObject(node)) throw unsupported(node === false ? 'false' : 'schema', where, 'Use a schema object.');
    if (node['$ref'] !== undefined) {
      check(node, ['$ref'], where);
      const { target, key } = references.resolve(node['$ref'], where);
      const known = references.named(key);
      if (known !== undefined) return known;
      // Named before it is visited: a schema may refer to itself.
      const name = book.reserve();
      references.name(key, name, where);
      const rule = visit(target, key, depth);
      book.define(name, rule);
      references.begins(name, [rule], references.ways(rule));
      return references.needs(name, [[rule]]);
    }
    if (node['const'] !== undefined) {
      check(node, ['const', 'type'], where);
      if (!isOfType(node['const'], node['type'])) throw unsupported('const', where, 'It is not of the type beside it.');
      return add(constant(node['const']));
    }
    if (node['enum'] !== undefined) {
      check(node, ['enum', 'type'], where);
      const values = node['enum'];
      if (!Array.isArray(values) || values.length === 0) throw unsupported('enum', where, 'Use a list of values.');
      return constantsRule(
        values.filter((value) => isOfType(value, node['type'])),
        'enum',
        where,
      );
    }
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = node[keyword];
      if (branches === undefined) continue;
      check(node, [keyword], where);
      if (
        keyword === 'oneOf' &&
        !disjointBy(branches, (branch) =>
          '$ref' in branch ? references.resolve(branch['$ref'], where).target : branch,
        )
      ) {
        throw unsupported(
          'oneOf',
          where,
          'Its branches must differ in type or in a required constant field; or use "anyOf".',
        );
      }
      return alternatives(branches, keyword, where, depth);
    }
    if (node['allOf'] !== undefined) {
      const parts = node['allOf'];
      check(node, ['allOf'], where);
      if (!Array.isArray(parts) || parts.length !== 1) throw unsupported('allOf', where);
      return visit(parts[0], `${where}/allOf/0`, depth);
    }
    const type =
      node['type'] ??
      (node['properties'] === undefined ? (node['items'] === undefined ? undefined : 'array') : 'object');
    if (type === undefined) {
      check(node, [], where);
      return use('value');
    }
    const types = Array.isArray(type) ? type : [type];
    if (types.length === 0 || types.length > 7 || !types.every((name) => typeof name === 'string'))
      throw unsupported('type', where, 'Use the name of a JSON type.');
    check(node, ['type', ...types.flatMap((name) => keywordsOf[name] ?? [])], where);
    if (types.length === 1) return typed(node, types[0] ?? '', where, depth);
    return choice(
      types.map((name) => typed(node, name, where, depth)),
      'type',
      where,
    );
  };

  /** The object itself, where the schema only refers to it. */
  const root = (): JsonSchema => {
    let node = schema;
    for (let step = 0; node['$ref'] !== undefined && step < MAX_DEPTH; step += 1)
      node = references.resolve(node['$ref'], at).target;
    return node;
  };
  const complete = (make: () => string): string => {
    try {
      const rule = make();
      references.check();
      return rule;
    } catch (error) {
      if (error instanceof GrammarTooLarge)
        throw unsupported('properties', at, 'The schema is too large: ask for less.');
      // Values and expressions are read by recursion.
      if (error instanceof RangeError) throw unsupported('properties', at, 'It holds something nested too deeply.');
      throw error;
    }
  };
  const objectRoot = (): JsonSchema => {
    const node = root();
    if ((node['type'] ?? 'object') !== 'object')
      throw unsupported('type', at, 'Arguments of a function are an object.');
    check(node, ['type', ...(keywordsOf['object'] ?? [])], at);
    return node;
  };

  return {
    value: () => complete(() => visit(schema, at, 0)),
    members: (sign, quoted) =>
      complete(() => {
        const node = objectRoot();
        const ws = use('ws');
        const entries = visited(propertiesOf(node, at), at, 1);
        if (entries.length === 0) return add('""');
        const keyOf = (name: string) => literal(quoted ? dialect.key(name) : name);
        return add(membersBody(entries, ws, (name, value) => `${keyOf(name)} ${literal(sign)} ${value}`, at, book));
      }),
    properties: () => propertiesOf(objectRoot(), at),
    property: (name) =>
      complete(() => {
        const property = propertiesOf(objectRoot(), at).find((entry) => entry.name === name);
        return visit(property?.schema ?? true, `${at}/properties/${name}`, 1);
      }),
  };
};
