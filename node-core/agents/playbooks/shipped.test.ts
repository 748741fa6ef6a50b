import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Playbook, type PlaybookStep } from '../../contract/index.ts';
import { builtInTools } from '../../tools/all.ts';
import { shippedPlaybooks } from '../shipped.ts';
import { changes, checks, rules } from './index.ts';
import { readPlaybook } from './read.ts';

const texts = shippedPlaybooks();
const read = texts.map((text) =>
  readPlaybook(text, { rules, changes, checks, tool: (name) => builtInTools.find((tool) => tool.name === name) }),
);
const playbooks = read.flatMap(({ playbook }) => playbook ?? []);
const asks = playbooks.flatMap(({ id, steps }) =>
  steps.flatMap((step): [string, Extract<PlaybookStep, { kind: 'ask' }>][] =>
    step.kind === 'ask' ? [[`${id}/${step.id}`, step]] : [],
  ),
);

it('ships the five, and one for goals that none fits, without a fault', () => {
  expect(read.flatMap(({ faults }) => faults)).toEqual([]);
  expect(playbooks.map(({ id }) => id)).toEqual([
    'meeting-notes',
    'organise-notes',
    'pitch-prep',
    'plan-goal',
    'product-launch',
    'research-and-write',
  ]);
  for (const playbook of playbooks) expect(Playbook.parse(playbook)).toEqual(playbook);
});

/** Characters of the longest answer that a schema allows. */
const longest = (schema: z.core.util.JSONType): number => {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw new Error('no schema');
  const types = z.array(z.string()).parse([schema['type']].flat());
  if (types.includes('object'))
    return Object.entries(z.record(z.string(), z.json()).parse(schema['properties'])).reduce(
      (sum, [key, of]) => sum + key.length + 6 + longest(of),
      2,
    );
  if (types.includes('array')) return 2 + z.number().parse(schema['maxItems']) * (2 + longest(schema['items'] ?? null));
  if (types.includes('string')) return 2 + z.number().parse(schema['maxLength']);
  return 6;
};

describe.each(asks)('%s', (_name, step) => {
  it('is one bounded decision that a playbook can do without', () => {
    expect(step.optional).toBe(true);
    expect(step.prompt.length).toBeLessThan(1_500);
    // A token of a text is about four characters.
    if (step.answer) expect(longest(step.answer)).toBeLessThan(step.maxTokens * 4);
  });
});
