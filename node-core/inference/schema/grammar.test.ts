import type { Llama, LlamaGrammar } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { openLlama } from '../host/llama.ts';
import type { JsonSchema } from '../types.ts';
import { schemaToGrammar } from './grammar.ts';

let llama: Llama;
beforeAll(async () => {
  llama = await openLlama(false);
});
afterAll(() => llama.dispose());

/** llama.cpp's own judgement of a text. */
const accepts = (grammar: LlamaGrammar, text: string): boolean => {
  const test: unknown = Reflect.get(grammar, '_testText');
  if (typeof test !== 'function') throw new Error('The library has no text test any more.');
  return Boolean(test.call(grammar, text));
};
const compile = (schema: JsonSchema) => llama.createGrammar({ grammar: schemaToGrammar(schema) });
const toJsonSchema = (schema: z.ZodType): JsonSchema => JSON.parse(JSON.stringify(z.toJSONSchema(schema)));

const cases: readonly { name: string; schema: z.ZodType; yes: unknown[]; no: unknown[] }[] = [
  {
    name: 'an object with optional fields in the middle and at the ends',
    schema: z.object({ a: z.string().optional(), b: z.number(), c: z.boolean().optional(), d: z.null().optional() }),
    yes: [{ b: 1 }, { a: 'x', b: 1.5 }, { b: -2e3, c: true }, { a: '', b: 0, c: false, d: null }, { b: 1, d: null }],
    no: [{}, { a: 'x' }, { b: '1' }, { c: true }, { b: 1, e: 1 }],
  },
  {
    name: 'only optional fields',
    schema: z.object({ a: z.string().optional(), b: z.string().optional() }),
    yes: [{}, { a: 'x' }, { b: 'y' }, { a: 'x', b: 'y' }],
    no: [{ c: 1 }, []],
  },
  {
    name: 'an array with bounds',
    schema: z.array(z.int().min(-5).max(120)).min(1).max(3),
    yes: [[-5], [0, 7], [120, 99, 100]],
    no: [[], [121], [-6], [1, 2, 3, 4], [1.5]],
  },
  { name: 'integers', schema: z.int(), yes: [0, -1, 9_007_199_254_740_991], no: [1.5, '1', null] },
  { name: 'strings with lengths', schema: z.string().min(2).max(4), yes: ['ab', 'äöüß', '日本'], no: ['a', 'abcde'] },
  {
    name: 'a date',
    schema: z.iso.date(),
    yes: ['2026-06-30', '2024-02-29', '2000-02-29', '2026-12-31'],
    no: ['2026-13-01', '26-06-30', 'tomorrow', '2026-02-29', '1900-02-29', '2026-06-31'],
  },
  {
    name: 'an instant',
    schema: z.iso.datetime(),
    yes: ['2026-06-30T12:00:00Z'],
    no: ['2026-06-30', '2026-06-30T24:00:00Z'],
  },
  { name: 'a time', schema: z.iso.time(), yes: ['23:59:59'], no: ['24:00:00'] },
  { name: 'a UUID', schema: z.uuid(), yes: ['123e4567-e89b-42d3-a456-426614174000'], no: ['123e4567'] },
  {
    name: 'a union and constants',
    schema: z.union([z.literal('yes'), z.literal(3), z.null()]),
    yes: ['yes', 3, null],
    no: ['no', 4],
  },
  {
    name: 'an enum with quotes',
    schema: z.enum(['say "hi"', 'back\\slash', 'new\nline']),
    yes: ['say "hi"', 'back\\slash', 'new\nline'],
    no: ['say'],
  },
  {
    name: 'a discriminated union',
    schema: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), n: z.number() }),
      z.object({ kind: z.literal('b') }),
    ]),
    yes: [{ kind: 'a', n: 1 }, { kind: 'b' }],
    no: [{ kind: 'a' }, { kind: 'c' }],
  },
  { name: 'a record', schema: z.record(z.string(), z.boolean()), yes: [{}, { x: true, y: false }], no: [{ x: 1 }] },
  { name: 'a tuple', schema: z.tuple([z.string(), z.boolean()]), yes: [['x', true]], no: [['x'], [true, 'x']] },
  {
    name: 'nullable fields',
    schema: z.object({ due: z.iso.date().nullable() }),
    yes: [{ due: null }, { due: '2026-01-02' }],
    no: [{ due: '' }, {}],
  },
];

describe('schemaToGrammar', () => {
  it.each(cases)('holds answers to $name', async ({ schema, yes, no }) => {
    const json = toJsonSchema(schema);
    if (json['propertyNames'] !== undefined) Reflect.deleteProperty(json, 'propertyNames');
    const grammar = await compile(json);
    for (const value of yes) {
      expect(schema.safeParse(value).success).toBe(true);
      expect([value, accepts(grammar, JSON.stringify(value))]).toEqual([value, true]);
      expect([value, accepts(grammar, JSON.stringify(value, null, 2))]).toEqual([value, true]);
    }
    for (const value of no) expect([value, accepts(grammar, JSON.stringify(value))]).toEqual([value, false]);
  });

  it('refuses control characters and bad escapes inside a string', async () => {
    const grammar = await compile({ type: 'string' });
    expect(accepts(grammar, '"a\\u00e9\\n"')).toBe(true);
    expect(accepts(grammar, '"a\nb"')).toBe(false);
    expect(accepts(grammar, '"\\x"')).toBe(false);
  });

  it('follows a schema that refers to itself', async () => {
    const tree = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/tree' } } },
      required: ['name', 'children'],
    };
    const grammar = await compile({ $ref: '#/$defs/tree', $defs: { tree } });
    expect(accepts(grammar, '{"name":"a","children":[{"name":"b","children":[]}]}')).toBe(true);
    expect(accepts(grammar, '{"name":"a","children":[{"name":"b"}]}')).toBe(false);
  });

  it('keeps integers between any two bounds', async () => {
    const bounds: [number, number][] = [
      [0, 0],
      [1, 9],
      [7, 13],
      [99, 101],
      [-20, -11],
      [-3, 205],
      [1_987, 2_031],
      [100, 999],
    ];
    for (const [minimum, maximum] of bounds) {
      const grammar = await compile({ type: 'integer', minimum, maximum });
      for (let value = minimum - 15; value <= maximum + 15; value += 1) {
        expect([minimum, maximum, value, accepts(grammar, String(value))]).toEqual([
          minimum,
          maximum,
          value,
          value >= minimum && value <= maximum,
        ]);
      }
    }
    const open = await compile({ type: 'integer', exclusiveMinimum: 41 });
    expect([41, 42, 43, 100, 9_999_999].map((value) => accepts(open, String(value)))).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['pattern', { type: 'string', pattern: '^(?=a)' }],
    ['uniqueItems', { type: 'array', uniqueItems: true }],
    ['multipleOf', { type: 'number', multipleOf: 2 }],
    ['minimum', { type: 'number', minimum: 2 }],
    ['not', { not: { type: 'string' } }],
    ['format', { type: 'string', format: 'hostname' }],
    ['patternProperties', { type: 'object', patternProperties: {} }],
    ['if', { type: 'object', if: {} }],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'string', maxLength: 3 }] }],
    ['allOf', { allOf: [{ type: 'string' }, { maxLength: 3 }] }],
    ['$ref', { $ref: 'https://example.com/schema' }],
    ['$ref', { $ref: '#/$defs/missing' }],
    ['required', { type: 'object', required: ['a'] }],
    ['type', { type: 'text' }],
    ['frobnicate', { type: 'string', frobnicate: 1 }],
  ])('refuses what it can not hold an answer to: %s', (keyword, schema) => {
    const refused = () => schemaToGrammar(schema);
    expect(refused).toThrow(AppError);
    try {
      refused();
    } catch (error) {
      expect(error).toMatchObject({ code: 'SCHEMA_UNSUPPORTED', data: { keyword } });
    }
  });

  it('refuses a schema without end and a field with a hostile name', async () => {
    let deep: JsonSchema = { type: 'string' };
    for (let level = 0; level < 200; level += 1) deep = { type: 'array', items: deep };
    expect(() => schemaToGrammar(deep)).toThrow(/too deeply/u);
    const grammar = await compile({
      type: 'object',
      properties: { 'a" ::= "b\nroot': { type: 'null' } },
      required: ['a" ::= "b\nroot'],
    });
    expect(accepts(grammar, JSON.stringify({ 'a" ::= "b\nroot': null }))).toBe(true);
  });
});
