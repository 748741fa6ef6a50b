import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, type FakeEndpoint, startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { type Finished, jan as runJan, type Running, startJan, type StartOptions } from '../testing/jan-command.ts';

const steps = [
  'Agree on the goal',
  'Write the announcement',
  'Prepare the page',
  'Brief the team',
  'Hold the launch',
  'Look back',
];
const plan = JSON.stringify({
  topic: 'the launch',
  steps: steps.map((title, index) => ({ title, dependsOn: index === 0 ? [] : [index], days: 2 })),
});
const transcript = [
  '# Weekly, 2026-06-01',
  '',
  'Dana: We go with the blue logo.',
  'Lee: I will book the hall by June 12.',
  '',
].join('\n');
const extraction = JSON.stringify({
  decisions: [{ text: 'Go with the blue logo', line: 3 }],
  actions: [{ task: 'Book the hall', owner: 'Lee', due: 'by June 12', line: 4 }],
});

const answering: Answer = (response, { body }) =>
  streamChat(response, [JSON.stringify(body).includes('You plan.') ? plan : extraction]);

let root: string;
let dir: string;
let endpoint: FakeEndpoint;
let answer: Answer;
let nodes: Running[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-runs-'));
  dir = join(root, 'data');
  mkdirSync(dir);
  answer = answering;
  nodes = [];
  endpoint = await startFakeEndpoint((response, request) => answer(response, request));
  writeFileSync(
    join(dir, 'jan.config.json'),
    JSON.stringify({ runtimes: [{ kind: 'openai-compatible', name: 'desk', url: endpoint.url, model: 'm' }] }),
  );
});

afterEach(async () => {
  for (const node of nodes) node.kill('SIGKILL');
  await Promise.all(nodes.map(({ finished }) => finished));
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

const jan = (args: readonly string[], options: StartOptions & { readonly input?: string } = {}) =>
  runJan([...args, '--data', dir], options);

const serve = async (): Promise<void> => {
  const node = startJan(['serve', '--data', dir]);
  nodes.push(node);
  await node.until(/^Jan is ready: /m);
};

const Planned = z.strictObject({
  project: z.strictObject({ id: z.string(), name: z.string() }),
  tasks: z.array(
    z.strictObject({ id: z.string(), title: z.string(), due: z.iso.date().nullable(), dependsOn: z.array(z.string()) }),
  ),
  note: z.strictObject({ id: z.string(), title: z.string() }),
});
const Extracted = z.strictObject({
  decisions: z.array(z.string()),
  actions: z.array(
    z.strictObject({ title: z.string(), owner: z.string().nullable(), due: z.string().nullable(), line: z.number() }),
  ),
});

const expectError = (finished: Finished, code: string) => {
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(finished.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ error: { code } });
};

describe('jan plan', () => {
  it.each([
    ['in its own process', false],
    ['over a running node', true],
  ])('prints what it made, %s', async (_where, running) => {
    if (running) await serve();
    const made = await jan(['plan', 'Launch the product by June 30 #marketing', '--today', '2026-06-01', '--json']);
    expect(made.code).toBe(0);
    expect(made.stdout.trim().split('\n')).toHaveLength(1);
    const { project, tasks, note } = Planned.parse(JSON.parse(made.stdout));
    expect(tasks.map(({ title }) => title)).toEqual(steps);
    expect(tasks.map(({ dependsOn }) => dependsOn)).toEqual(
      tasks.map((_, index) => (index === 0 ? [] : [tasks[index - 1]?.id])),
    );
    for (const { due } of tasks) expect(due !== null && due >= '2026-06-01' && due <= '2026-06-30').toBe(true);
    const listed = z
      .array(z.looseObject({ id: z.string() }))
      .parse(JSON.parse((await jan(['list', '--project', project.id, '--json'])).stdout));
    expect(listed.map(({ id }) => id).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    expect(note.title).not.toBe('');
  });

  it('shows a person the plan with numbers', async () => {
    const { code, stdout } = await jan(['plan', 'Launch the product by June 30', '--today', '2026-06-01']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      / 1\. Agree on the goal {2}due 2026-06-\d\d\n {3}2\. Write the announcement {2}due 2026-06-\d\d {2}after 1\n/,
    );
  });

  it('takes the goal from stdin', async () => {
    expect(
      Planned.parse(JSON.parse((await jan(['plan', '-', '--json'], { input: 'Launch the product' })).stdout)).tasks,
    ).toHaveLength(6);
  });

  it('says what is wrong, and leaves nothing behind', async () => {
    expectError(await jan(['plan', '', '--json']), 'GOAL_EMPTY');
    expectError(await jan(['plan', ' \n ', '--json']), 'GOAL_EMPTY');
    expectError(await jan(['plan', 'Launch', '--model', 'nothing', '--json']), 'MODEL_NOT_FOUND');
    expectError(await jan(['plan', 'Launch', '--today', 'soon', '--json']), 'BAD_REQUEST');
    answer = (response) => void response.writeHead(500).end('{}');
    expectError(await jan(['plan', 'Launch', '--json']), 'ENDPOINT_FAILED');
    expect((await jan(['list'])).stdout).not.toContain('Agree on the goal');
  });

  it('is stopped by Ctrl-C, at the far end too', async () => {
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    answer = (response) => {
      response.on('close', () => left.resolve());
      asked.resolve();
    };
    await serve();
    const planning = startJan(['plan', 'Launch', '--json', '--data', dir]);
    nodes.push(planning);
    await asked.promise;
    planning.kill('SIGINT');
    expect(await planning.finished).toMatchObject({ code: 130, stdout: '' });
    await left.promise;
  });
});

describe('a node that stops in the middle', () => {
  it('is named as the reason, and goes on with the run when it is back', async () => {
    const asked = Promise.withResolvers<void>();
    answer = () => asked.resolve();
    await serve();
    const planning = startJan(['plan', 'Launch', '--json', '--data', dir]);
    nodes.push(planning);
    await asked.promise;
    nodes[0]?.kill('SIGTERM');
    const finished = await planning.finished;
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toContain('The running node stopped');
    expect((await nodes[0]?.finished)?.code).toBe(0);
    answer = answering;
    await serve();
    await expect
      .poll(async () => (await jan(['list', '--json'])).stdout, { timeout: 20_000 })
      .toContain('Agree on the goal');
  });
});

describe('jan extract', () => {
  it('prints what was decided and who does what', async () => {
    writeFileSync(join(root, 'weekly.md'), transcript);
    const found = Extracted.parse(JSON.parse((await jan(['extract', join(root, 'weekly.md'), '--json'])).stdout));
    expect(found.decisions).toEqual(['Go with the blue logo']);
    expect(found.actions).toEqual([{ title: 'Book the hall', owner: 'Lee', due: '2026-06-12', line: 4 }]);
    const { stdout } = await jan(['extract', join(root, 'weekly.md')]);
    expect(stdout).toContain('Decisions (1)\n  - Go with the blue logo\n');
    expect(stdout).toContain('  [ ] Book the hall  Lee  due 2026-06-12  line 4\n');
  });

  it('reads stdin', async () => {
    expect(
      Extracted.parse(JSON.parse((await jan(['extract', '-', '--json'], { input: transcript })).stdout)).actions,
    ).toHaveLength(1);
  });

  it('refuses what is no transcript', async () => {
    writeFileSync(
      join(root, 'picture.png'),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    );
    writeFileSync(join(root, 'latin1.txt'), Buffer.from('Caf\u00e9 am Dienstag', 'latin1'));
    writeFileSync(join(root, 'huge.txt'), Buffer.alloc(33 * 1024 * 1024, 0x61));
    expectError(await jan(['extract', join(root, 'picture.png'), '--json']), 'INPUT_NOT_TEXT');
    expectError(await jan(['extract', join(root, 'latin1.txt'), '--json']), 'INPUT_NOT_TEXT');
    expectError(await jan(['extract', join(root, 'huge.txt'), '--json']), 'INPUT_TOO_LONG');
    expectError(await jan(['extract', join(root, 'nowhere.txt'), '--json']), 'NOT_FOUND');
    expectError(await jan(['extract', root, '--json']), 'INPUT_NOT_TEXT');
    expectError(await jan(['extract', '-', '--json'], { input: '\u0000\u0001\u0002' }), 'INPUT_NOT_TEXT');
    expect(endpoint.requests).toHaveLength(0);
  });
});
