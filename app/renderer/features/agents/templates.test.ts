import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { templates } from './templates.ts';

it('are YAML of one format, each under a name of its own', () => {
  const read = templates.map(({ text }) => parse(text) as { id: string; playbook: number; steps: unknown[] });
  expect(new Set(read.map(({ id }) => id)).size).toBe(templates.length);
  for (const { playbook, steps } of read) expect([playbook, steps.length > 0]).toEqual([1, true]);
});
