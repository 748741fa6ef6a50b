import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/load.ts';
import { jan as runJan, type Running, startJan } from '../testing/jan-command.ts';
import { createOutput } from './output.ts';
import { follow } from './runs.ts';
import { openRunning, type Session } from './session.ts';

const choosing = (...ids: string[]): string =>
  [
    'playbook: 1',
    'id: mine',
    'version: 1',
    'name: My own',
    'budget: { tokens: 100, seconds: 60, calls: 5, cost: 0 }',
    'steps:',
    '  - { id: parts, kind: rule, title: Parts, rule: list, with: { items: [one, two] } }',
    ...ids.map((id) => `  - { id: ${id}, kind: choose, title: Take, items: steps.parts, question: Which of ${id}? }`),
    'result:',
    ...ids.map((id) => `  - { title: Taken, value: steps.${id} }`),
    '',
  ].join('\n');

let root: string;
let dir: string;
let node: Running;
let session: Session;
let asking: Running | undefined;

const serve = async (): Promise<void> => {
  node = startJan(['serve', '--data', dir]);
  await node.until(/^Jan is ready: /mu);
  const opened = await openRunning(loadConfig({ dataDir: dir }));
  if (!opened) throw new Error('No node runs.');
  session = opened;
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-asking-'));
  dir = join(root, 'data');
  mkdirSync(dir);
  await serve();
});
afterEach(async () => {
  for (const each of [node, asking]) each?.kill('SIGKILL');
  await Promise.all([node.finished, asking?.finished, session.close()]);
  asking = undefined;
  rmSync(root, { recursive: true, force: true });
});

/** `jan run` where it stands at its question, and stdin is open. */
const asked = async (...ids: string[]): Promise<{ readonly id: string; readonly command: Running }> => {
  await session.client.playbooks.save({ text: choosing(...ids) });
  const command = startJan(['run', 'mine', '--data', dir]);
  asking = command;
  await expect.poll(() => command.stderr(), { timeout: 20_000 }).toContain('all or none: ');
  const [run] = await session.client.runs.list({});
  return { id: run?.id ?? '', command };
};
const answer = async (id: string, question: string): Promise<void> => {
  const { playbook } = await session.client.runs.get({ id });
  const found = playbook?.questions.find((one) => one.type === 'choose' && one.question === question);
  await session.client.runs.answer({ id, questionId: found?.id ?? '', answer: { type: 'choose', taken: [1] } });
};

describe('jan run, where it asks', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('ends when the node is ended by %s, and says so', async (signal) => {
    const { command } = await asked('first');
    node.kill(signal);
    const { code, stderr } = await command.finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/\njan: (?:The running node stopped|Jan was locked or stopped) .* goes on/u);
  });

  it('ends when the vault is locked, and says that the run goes on after the unlock', async () => {
    const { id, command } = await asked('first');
    await session.client.vault.lock();
    const { code, stderr } = await command.finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/\njan: Jan was locked or stopped [^\n]* after the next unlock it goes on/u);
    expect(stderr).toContain(id);
  });

  it('ends when the run is cancelled', async () => {
    const { id, command } = await asked('first');
    await session.client.runs.cancel({ id });
    const { code, stderr } = await command.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('\nThis is no longer asked');
    expect(stderr).toContain('jan: The run was cancelled.');
  });

  it('goes on when it is answered elsewhere, and shows the result', async () => {
    const { id, command } = await asked('first');
    await answer(id, 'Which of first?');
    const { code, stdout, stderr } = await command.finished;
    expect(stderr).toContain('\nThis is no longer asked');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Taken\n {2}- two\n/u);
  });

  it('takes no line that was typed for one question as the answer to the next', async () => {
    const { id, command } = await asked('first', 'second');
    const isFirst = command.stderr().includes('Which of first?');
    await answer(id, isFirst ? 'Which of first?' : 'Which of second?');
    await expect.poll(() => command.stderr()).toContain('Press Enter');
    command.write('all\nnone\n');
    const { code, stdout } = await command.finished;
    expect(code).toBe(0);
    // The other took nothing.
    expect(stdout.match(/Taken/gu)).toHaveLength(1);
    expect(stdout).toMatch(/Taken\n {2}- two\n/u);
  });
});

it('cancels a run that its reader left while it started', async () => {
  const output = createOutput(true);
  await session.client.playbooks.save({ text: choosing('first') });
  for (let turns = 0; turns < 40; turns += 2) {
    const leave = new AbortController();
    const followed = follow(
      session.client,
      output,
      { skill: 'playbook', playbookId: 'mine', inputs: {} },
      leave.signal,
    ).catch((error: unknown) => error);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    leave.abort();
    expect(await followed).toMatchObject({ name: 'CancellationError' });
  }
  const states = (await session.client.runs.list({})).map(({ state }) => state);
  expect(states).toEqual(states.map(() => 'cancelled'));
  expect(states.length).toBeGreaterThan(0);
});

it('says what to do where a playbook can not be written', async () => {
  writeFileSync(join(root, 'file'), '');
  for (const to of [join(root, 'nowhere', 'x.yaml'), join(root, 'file', 'x.yaml')]) {
    const { code, stderr } = await runJan(['playbooks', 'export', 'plan-goal', '--to', to, '--data', dir]);
    expect(code).toBe(1);
    expect(stderr).toBe(`jan: ${to} can't be made: there is no such folder. Make it, or name another file.\n`);
  }
});
