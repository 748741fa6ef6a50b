import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PlaybookResult } from '../contract/index.ts';
import { type Finished, jan as runJan, type StartOptions } from '../testing/jan-command.ts';

let root: string;
let dir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jan-playbooks-'));
  dir = join(root, 'data');
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const jan = (args: readonly string[], options: StartOptions & { readonly input?: string } = {}) =>
  runJan([...args, '--data', dir], options);

const Ran = PlaybookResult.extend({ run: z.string() });
const ran = ({ code, stdout, stderr }: Finished) => {
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return Ran.parse(JSON.parse(stdout));
};
const expectError = (finished: Finished, code: string) => {
  expect(finished.code).toBe(1);
  expect(JSON.parse(finished.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ error: { code } });
};

const own = (...steps: string[]) =>
  [
    'playbook: 1',
    'id: mine',
    'version: 3',
    'name: My own',
    'inputs: [{ id: text, title: Text, type: long-text }]',
    'budget: { tokens: 100, seconds: 60, calls: 5, cost: 0 }',
    'steps:',
    ...steps,
    '',
  ].join('\n');
const choosing = own(
  `  - { id: parts, kind: rule, title: Parts, rule: list, with: { items: [one, two, three, '{{ inputs.text }}'] } }`,
  '  - { id: taken, kind: choose, title: Take, items: steps.parts, question: Which parts? }',
  'result: [{ title: Taken, value: steps.taken }]',
);

describe('jan run', () => {
  it('carries a shipped playbook out with what comes with Jan', async () => {
    const result = ran(
      await jan([
        'run',
        'plan-goal',
        '--input',
        'goal=Renovate the bathroom by July 31',
        '--today',
        '2026-05-04',
        '--json',
      ]),
    );
    expect(result.taskIds.length).toBeGreaterThanOrEqual(5);
    expect(result.notices).toEqual([]);
    expect((await jan(['list'])).stdout).toContain('bathroom');
  });

  it('reads an input from a file, and shows a person what came of it', async () => {
    writeFileSync(join(root, 'weekly.md'), '# Weekly, 2026-05-04\n\nLee: I will book the hall by June 12.\n');
    const { code, stdout } = await jan([
      'run',
      'meeting-notes',
      '--file',
      `transcript=${join(root, 'weekly.md')}`,
      '--today',
      '2026-05-04',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Action items\n {2}- Book the hall {2}Lee {2}2026-06-12/u);
    expect(stdout).toMatch(/^! .*“Sum the meeting up”/mu);
  });

  it('asks at the terminal which proposals are taken, until the answer can be read', async () => {
    writeFileSync(join(root, 'mine.yaml'), choosing);
    await jan(['playbooks', 'import', join(root, 'mine.yaml')]);
    const { code, stdout, stderr } = await jan(['run', 'mine', '--input', 'text=four', '--json'], {
      input: 'perhaps\n5\n1,3-4\n',
    });
    expect(stderr).toContain(
      '1. one\n2. two\n3. three\n4. four\nWhich parts? Numbers as 1,3-5, all or none: Which parts?',
    );
    expect(code).toBe(0);
    expect(Ran.parse(JSON.parse(stdout)).lines).toEqual([{ title: 'Taken', value: ['one', 'three', 'four'] }]);
  });

  it('is also what a line of quick add does that begins with its name', async () => {
    const result = ran(await jan(['add', '/plan-goal Renovate the bathroom by July 31', '--json']));
    expect(result.playbookId).toBe('plan-goal');
    expect(result.taskIds.length).toBeGreaterThanOrEqual(5);
    expectError(await jan(['add', '/product-launch', '--json']), 'BAD_REQUEST');
    expect((await jan(['add', 'Look into it @researcher'])).stdout).toBe('Added: [ ] Look into it @researcher\n');
    expect((await jan(['add', 'Mail @wizard'])).stdout).toBe('Added: [ ] Mail @wizard\n');
  });

  it('says where to answer when nobody is there', async () => {
    writeFileSync(join(root, 'mine.yaml'), choosing);
    await jan(['playbooks', 'import', join(root, 'mine.yaml')]);
    expectError(await jan(['run', 'mine', '--input', 'text=four', '--json'], { input: '' }), 'CONFLICT');
  });

  it('says what is wrong before anything starts', async () => {
    expectError(await jan(['run', 'plan-goal', '--json']), 'BAD_REQUEST');
    expectError(await jan(['run', 'plan-goal', '--input', 'goal', '--json']), 'BAD_REQUEST');
    expectError(await jan(['run', 'plan-goal', '--input', 'goal=a', '--input', 'goal=b', '--json']), 'BAD_REQUEST');
    expectError(await jan(['run', 'plan-goal', '--input', 'gaol=a', '--json']), 'BAD_REQUEST');
    expectError(await jan(['run', 'nothing', '--json']), 'NOT_FOUND');
    expectError(await jan(['run', 'meeting-notes', '--file', 'transcript=/nowhere', '--json']), 'NOT_FOUND');
  });
});

describe('jan run --goal', () => {
  const Composed = Ran.extend({ nearest: z.string().nullable(), changes: z.array(z.string()) });
  const goal = 'Launch our coffee subscription by June 30, no budget and without research';

  it('takes the playbook that is nearest, fitted to what was typed, and says how', async () => {
    const { code, stdout } = await jan(['run', '--goal', goal, '--today', '2026-05-04', '--json']);
    expect(code).toBe(0);
    const result = Composed.parse(JSON.parse(stdout));
    expect(result.nearest).toBe('product-launch');
    expect(result.changes.join('\n')).toContain('“Work out the budget”');
    expect(result.changes.join('\n')).toContain('“Search the web”');
    expect(result.lines.map(({ title }) => title)).toEqual(['Project', 'Timeline', 'Announcement']);
  });

  it('changes no step where the goal is piped in, and says where no playbook fits', async () => {
    const piped = await jan(['run', '--goal', '-', '--today', '2026-05-04', '--json'], { input: `${goal}\n` });
    const { changes, lines } = Composed.parse(JSON.parse(piped.stdout));
    expect(changes).toEqual([]);
    expect(lines.map(({ title }) => title)).toContain('Budget');
    const swim = await jan(['run', '--goal', 'Learn to swim by July 31', '--today', '2026-05-04']);
    expect(swim.code).toBe(0);
    expect(swim.stdout).toMatch(/^No playbook fits this goal, so it is planned into a project with tasks\./u);
  });

  it('wants a goal or a playbook, and not both', async () => {
    expectError(await jan(['run', '--json']), 'BAD_REQUEST');
    expectError(await jan(['run', 'plan-goal', '--goal', 'Learn to swim', '--json']), 'BAD_REQUEST');
    expect((await jan(['run', 'Learn to swim'])).stderr).toContain('jan run --goal');
  });
});

describe('jan fork', () => {
  it('goes on from the step that failed: changed, or without it', async () => {
    const failing = own(
      "  - { id: look, kind: tool, title: Look, tool: web.search, with: { query: '{{ inputs.text }}' } }",
      "  - { id: list, kind: rule, title: List, rule: list, with: { items: ['{{ steps.look.engine }}', one] } }",
      'result: [{ title: List, value: steps.list }]',
    ).replace('steps:', 'tools: [web.search, knowledge.search]\nsteps:');
    writeFileSync(join(root, 'mine.yaml'), failing);
    await jan(['playbooks', 'import', join(root, 'mine.yaml')]);
    const failed = await jan(['run', 'mine', '--input', 'text=four', '--json']);
    expectError(failed, 'TOOL_NOT_READY');
    const [, id = ''] = /\\"jan fork ([0-9a-f-]+)\\" goes on/u.exec(failed.stderr) ?? [];
    expect(id).not.toBe('');
    expectError(await jan(['fork', id, '--json']), 'TOOL_NOT_READY');
    expectError(await jan(['fork', id, '--with', 'nonsense=1', '--json']), 'PLAYBOOK_INVALID');
    expectError(await jan(['fork', id, '--step', 'nothing', '--json']), 'NOT_FOUND');
    const without = ran(await jan(['fork', id, '--without', 'look', '--json']));
    expect(without.lines).toEqual([{ title: 'List', value: ['one'] }]);
    expect(without.notices).toEqual(['“Look” was left out: You left it out.']);
  });
});

describe('jan playbooks', () => {
  it('lists, exports, checks, imports and removes', async () => {
    expect((await jan(['playbooks'])).stdout).toMatch(
      /^product-launch +Plan Product Launch +shipped +product \[launch\]/mu,
    );
    const file = join(root, 'goal.playbook.yaml');
    expect((await jan(['playbooks', 'export', 'plan-goal', '--to', file])).code).toBe(0);
    expectError(await jan(['playbooks', 'export', 'plan-goal', '--to', file, '--json']), 'CONFLICT');
    expect((await jan(['playbooks', 'check', file])).stdout).toContain('is fine');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: Plan a goal', 'name: Plan my way'));
    await jan(['playbooks', 'import', file]);
    expect((await jan(['playbooks'])).stdout).toMatch(/^plan-goal +Plan my way +own/mu);
    await jan(['playbooks', 'remove', 'plan-goal']);
    expect((await jan(['playbooks'])).stdout).toMatch(/^plan-goal +Plan a goal +shipped/mu);
    expectError(await jan(['playbooks', 'remove', 'plan-goal', '--json']), 'CONFLICT');
  });

  it('names every fault with its line, and keeps nothing that has one', async () => {
    const text = own(
      "  - { id: a, kind: ask, title: A, prompt: '{{ steps.b }}' }",
      "  - { id: b, kind: ask, title: B, prompt: '{{ steps.a }}' }",
    );
    const { code, stdout } = await jan(['playbooks', 'check', '-'], { input: text });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^line 8: These steps wait for each other: (?:a → b → a|b → a → b)\. [^\n]*\n$/u);
    expectError(await jan(['playbooks', 'import', '-', '--json'], { input: text }), 'PLAYBOOK_INVALID');
    expect((await jan(['playbooks'])).stdout).not.toContain('mine');
  });
});
