import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { changes, checks, rules } from './index.ts';
import { readPlaybook } from './read.ts';

const docs = readFileSync(join(import.meta.dirname, '../../../docs/playbooks.md'), 'utf8');

it('documents every rule, change and check, and no other', () => {
  const table = (heading: string): string[] =>
    [...(docs.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? '').matchAll(/^\| `([\w-]+)`/gmu)].map(
      ([, name = '']) => name,
    );
  expect(table('Rules').toSorted()).toEqual([...rules.keys()].toSorted());
  expect(table('Changes').toSorted()).toEqual([...changes.keys()].toSorted());
  expect(table('Checks').toSorted()).toEqual([...checks.keys()].toSorted());
});

it('shows examples that are fine', () => {
  const examples = [...docs.matchAll(/```yaml\n([^]*?)```/gu)].map(([, text = '']) =>
    readPlaybook(text, { rules, changes, checks, tool: () => undefined }),
  );
  expect(examples.length).toBeGreaterThan(0);
  for (const { faults, playbook } of examples) {
    expect(faults).toEqual([]);
    expect(playbook).not.toBeNull();
  }
});
