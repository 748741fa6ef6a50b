import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitSchema, longestAnswer } from './fit-schema.ts';

const steps = {
  type: 'object',
  additionalProperties: false,
  required: ['steps'],
  properties: {
    steps: {
      type: 'array',
      minItems: 3,
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'kind', 'days'],
        properties: {
          title: { type: 'string', minLength: 3, maxLength: 120 },
          kind: { enum: ['work', 'wait'] },
          days: { type: 'integer', minimum: 1, maximum: 60 },
        },
      },
    },
  },
};

const longestOf = (maxItems: number, maxLength: number): string =>
  JSON.stringify({
    steps: Array.from({ length: maxItems }, () => ({ title: 'x'.repeat(maxLength), kind: 'work', days: 60 })),
  });

describe('fitSchema', () => {
  it('counts no less than the longest answer has', () => {
    const longest = longestOf(10, 120).length;
    expect(longestAnswer(steps)).toBeGreaterThanOrEqual(longest);
    expect(longestAnswer(steps)).toBeLessThan(longest * 1.2);
  });

  it('leaves a schema alone whose answers fit', () => {
    expect(fitSchema(steps, 5_000)).toBe(steps);
  });

  it.each([1_200, 600, 300])('makes answers short enough for %i tokens', (tokens) => {
    const fitted = fitSchema(steps, tokens);
    expect(longestAnswer(fitted)).toBeLessThanOrEqual(tokens);
    // Nothing is allowed that was not before, and what has to be there still is.
    const shortest = { steps: Array.from({ length: 3 }, () => ({ title: 'abc', kind: 'wait', days: 1 })) };
    expect(z.fromJSONSchema(fitted).safeParse(shortest).success).toBe(true);
    expect(z.fromJSONSchema(fitted).safeParse(JSON.parse(longestOf(10, 120))).success).toBe(false);
  });

  it('goes no further than what has to be there', () => {
    const fitted = fitSchema(steps, 10);
    expect(fitted).toMatchObject({
      properties: { steps: { maxItems: 3, items: { properties: { title: { maxLength: 12 } } } } },
    });
  });

  it('gives texts and lists without limits some', () => {
    const open = { type: 'object', properties: { words: { type: 'array', items: { type: 'string' } } } };
    expect(longestAnswer(fitSchema(open, 500))).toBeLessThanOrEqual(500);
  });

  it('leaves a schema alone that refers to parts of itself', () => {
    const tree = { type: 'object', properties: { below: { $ref: '#' } } };
    expect(fitSchema(tree, 10)).toBe(tree);
  });
});
