import { z } from 'zod';

type Json = z.core.util.JSONType;
type Schema = Readonly<Record<string, Json>>;

/** Where a schema says nothing: more than what steps ask for. */
const LONGEST_STRING = 2_000;
const MOST_ITEMS = 50;
/** Shorter ones say nothing. */
const SHORTEST_LIMIT = 12;
const LONGEST_NUMBER = 24;

const Node = z.record(z.string(), z.json());
const nodes = (value: Json | undefined): Schema[] => z.array(Node).safeParse(value).data ?? [];
const node = (value: Json | undefined): Schema | undefined => Node.safeParse(value).data;
const entries = (value: Json | undefined): [string, Schema][] =>
  Object.entries(node(value) ?? {}).flatMap(([name, of]) =>
    node(of) ? [[name, Node.parse(of)] as [string, Schema]] : [],
  );
const countOf = (value: Json | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
const written = (value: Json | undefined): number => JSON.stringify(value ?? null).length;

/** Characters of the longest JSON that a schema allows, a space wherever the grammar lets one be. */
export const longestAnswer = (schema: Schema): number => {
  if ('const' in schema) return written(schema['const']);
  const values = z.array(z.json()).safeParse(schema['enum']).data;
  if (values) return Math.max(0, ...values.map(written));
  const choices = [...nodes(schema['anyOf']), ...nodes(schema['oneOf'])];
  if (choices.length > 0) return Math.max(...choices.map(longestAnswer));
  const types = [schema['type']].flat();
  return Math.max(
    types.includes('string') ? 2 + countOf(schema['maxLength'], LONGEST_STRING) : 0,
    types.includes('integer') || types.includes('number') ? longestNumber(schema) : 0,
    types.includes('boolean') || types.includes('null') ? 5 : 0,
    types.includes('array') ? longestArray(schema) : 0,
    types.includes('object')
      ? entries(schema['properties']).reduce((sum, [name, of]) => sum + written(name) + 5 + longestAnswer(of), 3)
      : 0,
  );
};

const longestNumber = ({ minimum, maximum, type }: Schema): number =>
  type === 'integer' && typeof minimum === 'number' && typeof maximum === 'number'
    ? Math.max(String(minimum).length, String(maximum).length)
    : LONGEST_NUMBER;

const longestArray = (schema: Schema): number => {
  const item = node(schema['items']);
  return 3 + countOf(schema['maxItems'], MOST_ITEMS) * ((item ? longestAnswer(item) : 0) + 3);
};

const scaled = (schema: Schema, share: number): Schema => {
  const limit = (of: 'Length' | 'Items', otherwise: number, least: number) =>
    Math.max(
      countOf(schema[`min${of}`], 0),
      Math.min(
        countOf(schema[`max${of}`], otherwise),
        Math.max(least, Math.floor(countOf(schema[`max${of}`], otherwise) * share)),
      ),
    );
  const types = [schema['type']].flat();
  const item = node(schema['items']);
  const isFixed = 'const' in schema || 'enum' in schema || 'format' in schema || 'pattern' in schema;
  return {
    ...schema,
    ...(types.includes('string') && !isFixed && { maxLength: limit('Length', LONGEST_STRING, SHORTEST_LIMIT) }),
    ...(types.includes('array') && { maxItems: limit('Items', MOST_ITEMS, 1) }),
    ...(item && { items: { ...scaled(item, share) } }),
    ...(schema['properties'] !== undefined && {
      properties: Object.fromEntries(
        entries(schema['properties']).map(([name, of]) => [name, { ...scaled(of, share) }]),
      ),
    }),
    ...Object.fromEntries(
      (['anyOf', 'oneOf'] as const).flatMap((name) =>
        schema[name] === undefined ? [] : [[name, nodes(schema[name]).map((of) => ({ ...scaled(of, share) }))]],
      ),
    ),
  };
};

/**
 * The schema with texts and lists as short as they have to be for the longest answer to take no more than `tokens`, so that none is cut
 * off; a token is a character at least. Where even the shortest is longer, that one. A schema that refers to parts of itself stays as it is.
 */
export const fitSchema = (schema: Schema, tokens: number): Schema => {
  if (JSON.stringify(schema).includes('"$ref"') || longestAnswer(scaled(schema, 1)) <= tokens) return schema;
  let fits = 0;
  let tooLong = 1;
  while (tooLong - fits > 0.01) {
    const share = (fits + tooLong) / 2;
    if (longestAnswer(scaled(schema, share)) <= tokens) fits = share;
    else tooLong = share;
  }
  return scaled(schema, fits);
};
