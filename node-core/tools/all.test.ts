import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { builtInTools } from './all.ts';
import { createBrowserTools } from './browser/index.ts';

const tools = [...builtInTools, ...createBrowserTools().tools];
/** Of no tool: what accounts share. */
const shared = ['sign-in'];
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map(({ name }) => name);
const docs = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'tools.md'), 'utf8');
const rows = [...docs.matchAll(/^\| `([\w.]+)`\s*\| `([\w-]+)`\s*\|/gmu)].map(([, name = '', effect = '']) => ({
  name,
  effect,
}));

it('are fifteen, each in a folder of its own with tests', () => {
  const listed = [...docs.matchAll(/^\| +(\d+) \| [^|]* \| `([\w-]+)`\s*\|/gmu)].map(([, , folder]) => folder);
  expect(folders).toHaveLength(15);
  expect(listed.toSorted()).toEqual(folders.toSorted());
  const untested = folders.filter(
    (folder) => !readdirSync(join(import.meta.dirname, folder)).some((name) => name.endsWith('.test.ts')),
  );
  expect(untested).toEqual([]);
});

it.each(tools.map((tool) => [tool.name, tool] as const))('%s says what it takes, gives and does', (name, tool) => {
  expect(name).toMatch(/^[a-z]+\.[a-z]+$/u);
  expect(tool.description).toMatch(/^[A-Z].{10,}\.$/u);
  expect(z.toJSONSchema(tool.input, { io: 'input' })).toMatchObject({ type: 'object' });
  expect(z.toJSONSchema(tool.output)).toMatchObject({ type: 'object' });
  expect(rows.filter((row) => row.name === name)).toEqual([{ name, effect: tool.effect }]);
  // Whoever gives arguments that are none is told so, before anything is done.
  expect(tool.input.safeParse(null).success).toBe(false);
});

it('are all that the documentation names', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
});
