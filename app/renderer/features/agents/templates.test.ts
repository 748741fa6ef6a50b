import { expect, it } from 'vitest';
import { templates } from './templates.ts';

it('are each under a name of its own', () => {
  const ids = templates.map(({ text }) => /^id: (\S+)$/mu.exec(text)?.[1]);
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(templates.length);
});
