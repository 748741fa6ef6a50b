import { AppError } from '../../contract/errors.ts';
import type { JsonSchema } from '../types.ts';
import { disjointBy } from './disjoint.ts';
import { integerRange } from './integer-range.ts';
import { common, type CommonRule, formats, isCommon, knownPatterns } from './rules.ts';

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
  object: ['properties', 'required', 'additionalProperties', 'propertyOrdering'],
};
const MAX_DEPTH = 64;
const MAX_RULES = 5_000;
const MAX_REPEAT = 10_000;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const literal = (text: string): string =>
  `"${text.replace(/["\\]/gu, '\\$&').replace(/[\u0000-\u001f\u007f]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
const constant = (value: unknown): string => literal(JSON.stringify(value));

const unsupported = (keyword: string, where: string, hint = 'Leave it out, or ask for a simpler form.'): AppError =>
  new AppError(
    'SCHEMA_UNSUPPORTED',
    `The JSON schema uses "${keyword}" at ${where}, which answers can't be held to here. ${hint}`,
    { data: { keyword, where } },
  );

/**
 * The GBNF grammar whose texts are all valid under the schema. Properties come in the order in which they are listed; optional ones may be left out.
 * @throws AppError `SCHEMA_UNSUPPORTED` naming the keyword that a grammar can't hold an answer to
 */
export const schemaToGrammar = (schema: JsonSchema): string => {
  const rules = new Map<string, string>();
  const named = new Map<string, string>();

  const use = (name: CommonRule): string => {
    if (rules.has(name)) return name;
    rules.set(name, common[name]);
    for (const other of Object.keys(common)) {
      if (
        isCommon(other) &&
        new RegExp(`\\b${other}\\b`, 'u').test(common[name].replace(/"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]/gu, ''))
      )
        use(other);
    }
    return name;
  };
  const rule = (body: string): string => {
    if (rules.size > MAX_RULES) throw unsupported('properties', '#', 'The schema is too large: ask for fewer fields.');
    const name = `r${rules.size}`;
    rules.set(name, body);
    return name;
  };

  const resolve = (reference: unknown, where: string): { target: JsonSchema; key: string } => {
    if (typeof reference !== 'string' || !reference.startsWith('#'))
      throw unsupported('$ref', where, 'Only references inside the schema itself ("#/…") are followed.');
    const path = reference
      .slice(1)
      .split('/')
      .slice(1)
      .map((part) => decodeURIComponent(part).replace(/~1/gu, '/').replace(/~0/gu, '~'));
    let target: unknown = schema;
    for (const part of path) target = isObject(target) || Array.isArray(target) ? Reflect.get(target, part) : undefined;
    if (!isObject(target)) throw unsupported('$ref', where, `There is nothing at "${reference}".`);
    return { target, key: reference };
  };

  const length = (value: unknown, keyword: string, where: string): number | undefined => {
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_REPEAT)
      throw unsupported(keyword, where, `Use a whole number up to ${MAX_REPEAT}.`);
    return value;
  };
  const repeat = (item: string, min: number, max: number | undefined): string => {
    if (max === undefined && min === 0) return `${item}*`;
    return `${item}{${min},${max ?? ''}}`;
  };

  const check = (node: JsonSchema, known: readonly string[], where: string): void => {
    for (const keyword of Object.keys(node))
      if (!annotations.has(keyword) && !known.includes(keyword)) throw unsupported(keyword, where);
  };

  const stringRule = (node: JsonSchema, where: string): string => {
    const { format } = node;
    const min = length(node['minLength'], 'minLength', where) ?? 0;
    const max = length(node['maxLength'], 'maxLength', where);
    if (max !== undefined && max < min) throw unsupported('maxLength', where, 'It is less than "minLength".');
    if (format !== undefined && (typeof format !== 'string' || formats[format] === undefined)) {
      throw unsupported('format', where, `Use one of: ${Object.keys(formats).join(', ')}.`);
    }
    const { pattern } = node;
    const body = pattern === undefined ? formats[String(format)] : knownPatterns.get(pattern);
    if (pattern !== undefined && body === undefined) throw unsupported('pattern', where);
    if (body !== undefined) {
      if (min > 0 || max !== undefined)
        throw unsupported(min > 0 ? 'minLength' : 'maxLength', where, 'It does not go together with a format.');
      for (const part of body.split(' ')) if (isCommon(part)) use(part);
      return rule(`"\\"" ${body} "\\""`);
    }
    if (min === 0 && max === undefined) return use('string');
    use('char');
    return rule(`"\\"" ${repeat('char', min, max)} "\\""`);
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
      return rule(
        `"[" ${ws} ${prefix.map((item, index) => `${visit(item, `${where}/prefixItems/${index}`, depth)} ${ws}`).join(` "," ${ws} `)} "]"`,
      );
    }
    if (max === 0) return rule(`"[" ${ws} "]"`);
    const item = node['items'] === undefined ? use('value') : visit(node['items'], `${where}/items`, depth);
    const rest = repeat(`("," ${ws} ${item} ${ws})`, Math.max(0, min - 1), max === undefined ? undefined : max - 1);
    const body = `${item} ${ws} ${rest}`;
    return rule(`"[" ${ws} ${min === 0 ? `(${body})?` : body} "]"`);
  };

  /** One rule per "what may follow once this property is decided", so that each optional property can be left out. */
  const propertiesRule = (
    entries: readonly (readonly [key: string, value: string, required: boolean])[],
    ws: string,
  ): string => {
    const follow: string[] = [];
    let next = '';
    for (const [key, value, required] of [...entries].reverse()) {
      const pair = `${constant(key)} ${ws} ":" ${ws} ${value} ${ws}`;
      const own = next === '' ? `"," ${ws} ${pair}` : `"," ${ws} ${pair} ${next}`;
      const skip = required ? '' : next === '' ? ' | ""' : ` | ${next}`;
      follow.unshift(next === '' ? pair : `${pair} ${next}`);
      next = rule(`${own}${skip}`);
    }
    const firsts: string[] = [];
    for (const [index, [, , required]] of entries.entries()) {
      const body = follow[index];
      if (body !== undefined) firsts.push(body);
      if (required) return rule(`"{" ${ws} (${firsts.join(' | ')}) "}"`);
    }
    return rule(`"{" ${ws} (${firsts.join(' | ')})? "}"`);
  };

  const objectRule = (node: JsonSchema, where: string, depth: number): string => {
    const properties = node['properties'] ?? {};
    const required = node['required'] ?? [];
    const additional = node['additionalProperties'];
    if (!isObject(properties)) throw unsupported('properties', where, 'Use an object of schemas.');
    if (!Array.isArray(required) || !required.every((key) => typeof key === 'string'))
      throw unsupported('required', where, 'Use a list of names.');
    const missing = required.find((key) => !Object.hasOwn(properties, key));
    if (missing !== undefined)
      throw unsupported('required', where, `"${missing}" is required but has no schema under "properties".`);
    const ws = use('ws');
    const keys = Object.keys(properties);
    if (keys.length > 0) {
      return propertiesRule(
        keys.map((key) => [key, visit(properties[key], `${where}/properties/${key}`, depth), required.includes(key)]),
        ws,
      );
    }
    if (additional === false) return rule(`"{" ${ws} "}"`);
    if (additional === undefined || additional === true) return use('object');
    const value = visit(additional, `${where}/additionalProperties`, depth);
    const pair = `${use('string')} ${ws} ":" ${ws} ${value} ${ws}`;
    return rule(`"{" ${ws} (${pair} ("," ${ws} ${pair})*)? "}"`);
  };

  const typed = (node: JsonSchema, type: string, where: string, depth: number): string => {
    switch (type) {
      case 'string':
        return stringRule(node, where);
      case 'integer':
        return integerRule(node, where);
      case 'number':
        return use('number');
      case 'boolean':
        return use('boolean');
      case 'null':
        return use('null');
      case 'array':
        return arrayRule(node, where, depth);
      case 'object':
        return objectRule(node, where, depth);
      default:
        throw unsupported('type', where, `"${type}" is no JSON type.`);
    }
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
    return rule(integerRange(low, high));
  };

  const alternatives = (branches: unknown, keyword: string, where: string, depth: number): string => {
    if (!Array.isArray(branches) || branches.length === 0) throw unsupported(keyword, where, 'Use a list of schemas.');
    return rule(branches.map((branch, index) => visit(branch, `${where}/${keyword}/${index}`, depth)).join(' | '));
  };

  const visit = (node: unknown, where: string, above: number): string => {
    const depth = above + 1;
    if (depth > MAX_DEPTH) throw unsupported('properties', where, 'The schema is nested too deeply.');
    if (node === true) return use('value');
    if (!isObject(node)) throw unsupported(node === false ? 'false' : 'schema', where, 'Use a schema object.');
    if (node['$ref'] !== undefined) {
      check(node, ['$ref'], where);
      const { target, key } = resolve(node['$ref'], where);
      const known = named.get(key);
      if (known !== undefined) return known;
      // Named before it is visited: a schema may refer to itself.
      const name = `ref${named.size}`;
      named.set(key, name);
      rules.set(name, '');
      rules.set(name, visit(target, key, depth));
      return name;
    }
    if (node['const'] !== undefined) {
      check(node, ['const', 'type'], where);
      return rule(constant(node['const']));
    }
    if (node['enum'] !== undefined) {
      check(node, ['enum', 'type'], where);
      const values = node['enum'];
      if (!Array.isArray(values) || values.length === 0) throw unsupported('enum', where, 'Use a list of values.');
      return rule(values.map(constant).join(' | '));
    }
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = node[keyword];
      if (branches === undefined) continue;
      check(node, [keyword], where);
      if (
        keyword === 'oneOf' &&
        !disjointBy(branches, (branch) => ('$ref' in branch ? resolve(branch['$ref'], where).target : branch))
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
    if (types.length === 0 || !types.every((name) => typeof name === 'string'))
      throw unsupported('type', where, 'Use the name of a JSON type.');
    check(node, ['type', ...types.flatMap((name) => keywordsOf[name] ?? [])], where);
    if (types.length === 1) return typed(node, types[0] ?? '', where, depth);
    return rule(types.map((name) => typed(node, name, where, depth)).join(' | '));
  };

  const root = visit(schema, '#', 0);
  return [`root ::= ${root}`, ...[...rules].map(([name, body]) => `${name} ::= ${body}`)].join('\n');
};
