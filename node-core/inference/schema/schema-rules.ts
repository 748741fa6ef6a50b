import type { JsonSchema } from '../types.ts';
import type { Dialect } from './dialect.ts';
import { disjointBy } from './disjoint.ts';
import { GrammarTooLarge, literal, repeat, type RuleBook } from './gbnf.ts';
import { integerRange } from './integer-range.ts';
import { patternBody, PatternUnsupported } from './pattern.ts';
import { createReferences } from './references.ts';
import { formats, knownPatterns } from './rules.ts';
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
const MAX_REPEAT = 10_000;
/** Ways to go on at one place: every one of them is tried against every token of the vocabulary. */
const MAX_WAYS = 128;
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
  const constant = (value: unknown): string => literal(dialect.constant(value));

  const length = (value: unknown, keyword: string, where: string): number | undefined => {
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_REPEAT)
      throw unsupported(keyword, where, `Use a whole number up to ${MAX_REPEAT}.`);
    return value;
  };

  const check = (node: JsonSchema, known: readonly string[], where: string): void => {
    for (const keyword of Object.keys(node))
      if (!annotations.has(keyword) && !known.includes(keyword)) throw unsupported(keyword, where);
  };

  const patternRule = (pattern: unknown, where: string): string => {
    if (typeof pattern !== 'string') throw unsupported('pattern', where, 'Use a regular expression.');
    const known = knownPatterns.get(pattern);
    if (known !== undefined) return known;
    try {
      return patternBody(pattern, dialect, book);
    } catch (error) {
      if (!(error instanceof PatternUnsupported)) throw error;
      throw unsupported('pattern', where, `It has ${error.message}. Use a simpler expression, or leave it out.`);
    }
  };

  const stringRule = (node: JsonSchema, where: string): string => {
    const { format, pattern } = node;
    const min = length(node['minLength'], 'minLength', where) ?? 0;
    const max = length(node['maxLength'], 'maxLength', where);
    if (max !== undefined && max < min) throw unsupported('maxLength', where, 'It is less than "minLength".');
    if (format !== undefined && (typeof format !== 'string' || formats[format] === undefined))
      throw unsupported('format', where, `Use one of: ${Object.keys(formats).join(', ')}.`);
    if (format !== undefined && pattern !== undefined && !knownPatterns.has(pattern))
      throw unsupported('pattern', where, 'It does not go together with a format.');
    const body = pattern === undefined ? formats[String(format)] : patternRule(pattern, where);
    if (body !== undefined) {
      if (min > 0 || max !== undefined)
        throw unsupported(min > 0 ? 'minLength' : 'maxLength', where, 'It does not go together with a format.');
      for (const word of body.match(/[a-z][a-z0-9]*/gu) ?? []) use(word);
      return add(`${dialect.quote} (${body}) ${dialect.quote}`);
    }
    if (min === 0 && max === undefined) return use('string');
    return add(`${dialect.quote} ${repeat(use('char'), min, max, book)} ${dialect.quote}`);
  };

  const arrayRule = (node: JsonSchema, where: string, depth: number): string => {
    const min = length(node['minItems'], 'minItems', where) ?? 0;
    const max = length(node['maxItems'], 'maxItems', where);
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

  /** One rule per "what may follow once this property is decided", so that each optional property can be left out. */
  const membersBody = (
    entries: readonly (readonly [name: string, value: string, required: boolean])[],
    ws: string,
    pairOf: (name: string, value: string) => string,
    where: string,
  ): string => {
    let optional = 0;
    for (const [, , required] of entries) {
      optional = required ? 0 : optional + 1;
      if (optional > MAX_WAYS)
        throw unsupported('properties', where, `More than ${MAX_WAYS} optional fields in a row: make some required.`);
    }
    const follow: string[] = [];
    let next = '';
    for (const [name, value, required] of [...entries].reverse()) {
      const pair = pairOf(name, value);
      const own = next === '' ? `"," ${ws} ${pair}` : `"," ${ws} ${pair} ${next}`;
      const skip = required ? '' : next === '' ? ' | ""' : ` | ${next}`;
      follow.push(next === '' ? pair : `${pair} ${next}`);
      next = add(`${own}${skip}`);
    }
    follow.reverse();
    const firstRequired = entries.findIndex(([, , required]) => required);
    const firsts = firstRequired < 0 ? follow : follow.slice(0, firstRequired + 1);
    return firstRequired < 0 ? `(${firsts.join(' | ')})?` : `(${firsts.join(' | ')})`;
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
      const rule = add(`"{" ${ws} ${membersBody(entries, ws, pairOf, where)} "}"`);
      return references.needs(rule, [requiredOf(entries)]);
    }
    if (additional === false) return add(`"{" ${ws} "}"`);
    if (additional === undefined || additional === true) return use('object');
    const value = visit(additional, `${where}/additionalProperties`, depth);
    const pair = `${use('string')} ${ws} ":" ${ws} ${value} ${ws}`;
    return add(`"{" ${ws} (${pair} ("," ${ws} ${pair})*)? "}"`);
  };

  const integerRule = (node: JsonSchema, where: string): string => {
    if (node['format'] !== undefined && node['format'] !== 'int32' && node['format'] !== 'int64')
      throw unsupported('format', where);
    const bound = (keyword: string, shift: number): number | undefined => {
      const value = node[keyword];
      if (value === undefined) return undefined;
      if (typeof value !== 'number' || !Number.isFinite(value)) throw unsupported(keyword, where, 'Use a number.');
      return shift > 0 ? Math.floor(value) + 1 : shift < 0 ? Math.ceil(value) - 1 : value;
    };
    const lows = [bound('minimum', 0), bound('exclusiveMinimum', 1)]
      .filter((value) => value !== undefined)
      .map(Math.ceil);
    const highs = [bound('maximum', 0), bound('exclusiveMaximum', -1)]
      .filter((value) => value !== undefined)
      .map(Math.floor);
    const low = lows.length === 0 ? -Infinity : Math.max(...lows);
    const high = highs.length === 0 ? Infinity : Math.min(...highs);
    // Bounds that only say "a safe integer" are what the plain rule keeps to anyway.
    if (low <= Number.MIN_SAFE_INTEGER && high >= Number.MAX_SAFE_INTEGER) return use('integer');
    if (low > high) throw unsupported('minimum', where, 'No number lies between the bounds.');
    const beyond = [low, high].some((value) => Number.isFinite(value) && !Number.isSafeInteger(value));
    if (beyond) throw unsupported('minimum', where, 'Use bounds of at most 16 digits.');
    return add(integerRange(low, high));
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
        return add(membersBody(entries, ws, (name, value) => `${keyOf(name)} ${literal(sign)} ${value}`, at));
      }),
    properties: () => propertiesOf(objectRoot(), at),
    property: (name) =>
      complete(() => {
        const property = propertiesOf(objectRoot(), at).find((entry) => entry.name === name);
        return visit(property?.schema ?? true, `${at}/properties/${name}`, 1);
      }),
  };
};
