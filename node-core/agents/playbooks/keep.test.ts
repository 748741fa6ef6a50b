import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ContractHandlers, errorCode } from '../../contract/index.ts';
import { createTestClock } from '../../testing/open-test-workspace.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { builtInTools } from '../../tools/all.ts';
import { createPlaybooks } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const text = (name: string, version = 1, more = ''): string =>
  [
    '# Mine',
    'playbook: 1',
    'id: mine',
    `version: ${version} # of the text`,
    `name: ${name}`,
    'budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 }',
    `steps: [{ id: a, kind: ask, title: A, prompt: Hello${more} }]`,
    '',
  ].join('\n');

let opened: ReturnType<typeof openTestStore>;
let playbooks: ContractHandlers['playbooks'];
const clock = createTestClock();
beforeEach(() => {
  opened = openTestStore();
  playbooks = createPlaybooks({
    store: () => opened.store,
    tools: { list: () => builtInTools, find: (name) => builtInTools.find((tool) => tool.name === name) },
    inference: scriptedInference({ answer: () => '{}' }),
    clock,
  }).handlers;
});
afterEach(() => opened.dispose());
const save = async (given: string, basedOn?: number | null) =>
  playbooks.save({ text: given, ...(basedOn === undefined ? {} : { basedOn }) }, call);
const kept = async (): Promise<string> => (await playbooks.get({ id: 'mine' }, call)).text;

describe('the version of one that is kept again', () => {
  it('goes up where the text is another, and only the figure is written anew', async () => {
    expect((await save(text('Mine'))).version).toBe(1);
    expect((await save(text('Mine'))).version).toBe(1);
    expect((await save(text('Better'))).version).toBe(2);
    expect(await kept()).toBe(text('Better', 2));
    expect((await save(text('Best', 1))).version).toBe(3);
  });
  it('is that of its author where they raised it', async () => {
    await save(text('Mine'));
    expect((await save(text('Mine', 7))).version).toBe(7);
    expect(await kept()).toBe(text('Mine', 7));
  });
});

describe('one that was changed elsewhere', () => {
  it('is not written over by who began with another', async () => {
    const first = await save(text('Mine'), null);
    const second = await save(text('Second'), first.updatedAt);
    const late = await save(text('Late'), first.updatedAt).catch(errorCode);
    expect(late).toBe('CONFLICT');
    expect(await kept()).toBe(text('Second', 2));
    expect((await save(text('Late'), second.updatedAt)).version).toBe(3);
  });
  it('a new one takes no name that is taken, and one that was deleted is not there to be changed', async () => {
    const { updatedAt } = await save(text('Mine'));
    expect(await save(text('Other'), null).catch(errorCode)).toBe('CONFLICT');
    await playbooks.remove({ id: 'mine' }, call);
    expect(await save(text('Other'), updatedAt).catch(errorCode)).toBe('CONFLICT');
  });
});

it('names every part that a step can name, with what it takes', async () => {
  const parts = await playbooks.parts(undefined, call);
  const ObjectSchema = z.object({ type: z.literal('object'), properties: z.record(z.string(), z.json()) });
  for (const part of [...parts.rules, ...parts.changes, ...parts.tools])
    expect(ObjectSchema.safeParse(part.input).success, part.name).toBe(true);
  expect(parts.tools.find(({ name }) => name === 'web.search')).toMatchObject({
    description: expect.stringMatching(/\w/u),
    input: { required: ['query'] },
  });
  expect(parts.changes.map(({ name }) => name)).toEqual(['apply-proposals', 'note', 'project-with-tasks', 'tasks']);
  expect(parts.checks.map(({ name }) => name)).toContain('unique');
});
