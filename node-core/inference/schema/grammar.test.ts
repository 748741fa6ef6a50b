import fc from 'fast-check';
import type { Llama, LlamaGrammar } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { openLlama } from '../host/llama.ts';
import type { JsonSchema } from '../types.ts';
import { schemaToGrammar } from './grammar.ts';
import { knownPatterns } from './rules.ts';

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

/** With a space wherever one may stand. */
const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/\n\s*/gu, ' ');

describe('schemaToGrammar', () => {
  it.each(cases)('holds answers to $name', async ({ schema, yes, no }) => {
    const json = toJsonSchema(schema);
    if (json['propertyNames'] !== undefined) Reflect.deleteProperty(json, 'propertyNames');
    const grammar = await compile(json);
    for (const value of yes) {
      expect(schema.safeParse(value).success).toBe(true);
      expect([value, accepts(grammar, JSON.stringify(value))]).toEqual([value, true]);
      expect([value, accepts(grammar, spaced(value))]).toEqual([value, true]);
    }
    for (const value of no) expect([value, accepts(grammar, JSON.stringify(value))]).toEqual([value, false]);
  });

  it('knows the patterns that zod writes for its formats', () => {
    const { date, time, datetime, uuid } = z.regexes;
    const written = [date, time({}), datetime({}), datetime({ offset: true }), uuid(), uuid(4)];
    expect([...knownPatterns.keys()]).toEqual(written.map(({ source }) => source));
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

describe('a pattern', () => {
  it.each([
    ['^[a-z]{2,4}$', ['ab', 'abcd'], ['a', 'abcde', 'AB', 'ab1']],
    ['^(?:red|green|blue)-\\d+$', ['red-1', 'blue-20'], ['red-', 'pink-1', 'red-1x']],
    [
      '^[A-Z][\\w.-]*@example\\.(com|org)$',
      ['A@example.com', 'Bo.b-2@example.org'],
      ['a@example.com', 'A@exampleXcom'],
    ],
    ['^\\+?[1-9]\\d{1,14}$', ['+4915', '12'], ['0123', '+', '1']],
    ['^[^<>]*$', ['', 'a b', 'say "hi"'], ['<b>']],
    ['^.\\s?\\S$', ['ab', 'a b'], ['a', 'a  b']],
    ['b+', ['b', 'abba'], ['', 'aca']],
    ['^a|z$', ['a', 'abc', 'xyz'], ['ba', 'zb']],
    ['^$', [''], ['a']],
    ['^\\u0041\\x42\\t"\\\\$', ['AB\t"\\'], ['AB', 'AB "\\']],
    ['^(a+)+$', ['aaaa'], ['', 'ab']],
  ] as const)('%s', async (pattern, yes, no) => {
    const grammar = await compile({ type: 'string', pattern });
    const expression = new RegExp(pattern, 'u');
    for (const text of [...yes, ...no]) {
      const is = (yes as readonly string[]).includes(text);
      expect([text, expression.test(text)]).toEqual([text, is]);
      expect([text, accepts(grammar, JSON.stringify(text))]).toEqual([text, is]);
    }
  });

  it('admits nothing that does not match', async () => {
    const patterns = ['^[a-c]{0,3}(x|yz)?$', 'a.c', '^(?:a|b[^c])+$', '^\\w*"?$', 'x$', '^[\\d\\s]+'];
    const grammars = await Promise.all(patterns.map((pattern) => compile({ type: 'string', pattern })));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'abcxyz1 "\\'), { maxLength: 6 }), (chars) => {
        const text = chars.join('');
        for (const [index, pattern] of patterns.entries()) {
          const grammar = grammars[index];
          if (grammar && accepts(grammar, JSON.stringify(text)))
            expect([pattern, text, new RegExp(pattern, 'u').test(text)]).toEqual([pattern, text, true]);
        }
      }),
    );
  });

  it.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '\\bword',
    '(a)\\1',
    'a^b',
    '(a',
    'a)',
    '[',
    '*',
    '^(a*)*$',
    '^(a{1000}){1000}$',
    '\\p{L}',
  ])('is refused where it can not be held to: %s', (pattern) => {
    expect(() => schemaToGrammar({ type: 'string', pattern })).toThrow(/"pattern" at #/u);
  });
});

describe('a hostile schema', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `value ${(index * 7919) % count}`);
  const nested = (levels: number, text: string) => text.repeat(levels);

  it.each([10_000, 20_000])('with %i values keeps to them, a few ways to go on at a time', async (count) => {
    const values = [...names(count), 'a"b', 'ä', '日本', '😀', '😁'];
    const gbnf = schemaToGrammar({ type: 'string', enum: values });
    const grammar = await llama.createGrammar({ grammar: gbnf });
    for (const value of values.slice(-300)) expect(accepts(grammar, JSON.stringify(value))).toBe(true);
    for (const value of ['value', `value ${count}`, 'b', ''])
      expect(accepts(grammar, JSON.stringify(value))).toBe(false);
    // Groups from the inside out: what is left of each is how many ways it offers.
    let widest = 0;
    for (let rest = gbnf.replace(/"(?:\\.|[^"\\])*"/gu, 'x'), before = ''; rest !== before; ) {
      before = rest;
      rest = rest.replace(/\([^()]*\)/gu, (group) => {
        widest = Math.max(widest, group.split('|').length);
        return 'x';
      });
    }
    expect(widest).toBeGreaterThan(1);
    expect(widest).toBeLessThan(50);
  });

  const properties = (count: number) => Object.fromEntries(names(count).map((name) => [name, { type: 'string' }]));
  it.each([
    ['enum', { enum: Array.from({ length: 60_000 }, (_, index) => index) }, /50000 are possible/u],
    [
      'enum',
      { enum: Array.from({ length: 2_000 }, (_, index) => `${nested(1_000, 'x')}${index}`) },
      /too long altogether/u,
    ],
    ['enum', { type: 'string', enum: [1, 2] }, /of the type beside it/u],
    ['properties', { type: 'object', properties: properties(5_000) }, /optional fields in a row/u],
    ['properties', { type: 'object', properties: properties(90_000), required: names(90_000) }, /too large/u],
    ['anyOf', { anyOf: names(500).map((name) => ({ type: 'object', properties: { [name]: {} } })) }, /500 branches/u],
    ['$ref', { $ref: '#' }, /nothing in between/u],
    [
      '$ref',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      /nothing in between/u,
    ],
    ['$ref', { anyOf: [{ $ref: '#' }, { type: 'string' }] }, /nothing in between/u],
    ['$ref', { type: 'object', properties: { x: { $ref: '#' } }, required: ['x'] }, /without a way out/u],
    ['$ref', { type: 'array', items: { $ref: '#' }, minItems: 1 }, /without a way out/u],
    ['$ref', { $ref: '#/%' }, /no valid reference/u],
    ['pattern', { type: 'string', pattern: `^${nested(3_000, '[a-z]{9}')}$` }, /many repeats/u],
    [
      'properties',
      {
        type: 'object',
        properties: Object.fromEntries(names(2_000).map((name) => [name, { type: 'string', maxLength: 2_000 }])),
        required: names(2_000),
      },
      /too large/u,
    ],
    ['properties', { const: JSON.parse(nested(9_000, '[') + nested(9_000, ']')) }, /too deeply/u],
    ['properties', { type: 'string', pattern: `^${nested(30_000, '(')}a${nested(30_000, ')')}$` }, /too deeply/u],
  ])('is refused by naming %s', (keyword, schema, message) => {
    const refused = (): unknown => {
      try {
        return schemaToGrammar(schema);
      } catch (error) {
        return error;
      }
    };
    expect(refused()).toMatchObject({
      code: 'SCHEMA_UNSUPPORTED',
      data: { keyword },
      message: expect.stringMatching(message),
    });
  });

  it('that refers to itself with a way out is followed', async () => {
    const grammar = await compile({ type: 'array', items: { $ref: '#' } });
    expect(accepts(grammar, '[[],[[]]]')).toBe(true);
    expect(accepts(grammar, '[1]')).toBe(false);
  });

  it('keeps lengths that llama.cpp itself would not', async () => {
    const upTo = await compile({ type: 'string', maxLength: 5_500 });
    const atLeast = await compile({ type: 'string', minLength: 2_345 });
    const text = (length: number) => `"${'x'.repeat(length)}"`;
    expect([0, 999, 1_000, 4_321, 5_500, 5_501].map((length) => accepts(upTo, text(length)))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect([2_344, 2_345, 9_000].map((length) => accepts(atLeast, text(length)))).toEqual([false, true, true]);
  });
});
