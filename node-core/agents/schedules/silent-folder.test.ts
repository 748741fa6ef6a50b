import type * as Files from 'node:fs/promises';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import type { Run } from '../../contract/index.ts';
import { createTestClock, openTestWorkspace, userCall } from '../../testing/open-test-workspace.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { type Agents, createAgents } from '../index.ts';

/** A drive that is away: reading a folder of it comes back when it does. */
const drive = vi.hoisted(() => ({ back: Promise.withResolvers<void>(), isAway: false, asked: 0 }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  const readdir = async (path: string, options: { withFileTypes: true }) => {
    if (drive.isAway && path.includes('away')) {
      drive.asked += 1;
      await drive.back.promise;
    }
    return real.readdir(path, options);
  };
  return { ...real, readdir };
});

let space: ReturnType<typeof openTestWorkspace>;
let agents: Agents;
let root: string;

const away = (): void => {
  drive.back = Promise.withResolvers();
  drive.isAway = true;
  drive.asked = 0;
};
const back = (): void => {
  drive.isAway = false;
  drive.back.resolve();
};

const keep = `playbook: 1
id: keep
version: 1
name: Keep
inputs:
  - { id: text, title: Text, type: long-text, required: false }
budget: { tokens: 1000, seconds: 60, calls: 10, cost: 0 }
steps:
  - { id: made, kind: change, title: Keep, change: note, with: { text: 'Kept: {{ inputs.text }}' } }
result: []
`;
const save = async (trigger: { on: 'task-created'; tag: null } | { on: 'file-dropped'; folder: string }) =>
  agents.schedules.save({ playbookId: 'keep', inputs: {}, enabled: true, trigger }, userCall);
const folderCalled = (name: string): string => {
  mkdirSync(join(root, name));
  return join(root, name);
};
const watching = async (name: string) => save({ on: 'file-dropped', folder: folderCalled(name) });
/** The next run that ends. */
const ended = (): Promise<Run> => {
  const { promise, resolve } = Promise.withResolvers<Run>();
  agents.onDidChangeRun((run) => run.endedAt !== null && resolve(run));
  return promise;
};
const silent = async () => (await agents.schedules.list(undefined, userCall)).map(({ unanswered }) => unanswered);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-silent-'));
  space = openTestWorkspace(createTestClock());
  agents = createAgents({
    store: () => space.store,
    inference: scriptedInference({ answer: () => '' }),
    clock: space.clock,
    logger: silentLogger,
  });
  await agents.start();
  await agents.playbooks.save({ text: keep }, userCall);
});
afterEach(async () => {
  vi.useRealTimers();
  back();
  await agents.stop();
  space.dispose();
  rmSync(root, { recursive: true, force: true });
});

it('holds up no other schedule, and is told of; what was dropped meanwhile begins when it is back', async () => {
  await save({ on: 'task-created', tag: null });
  await watching('away');
  away();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (const title of ['One', 'Two']) {
    const run = ended();
    await space.tasks.create({ title }, userCall);
    await vi.advanceTimersByTimeAsync(100);
    expect(await run).toMatchObject({ state: 'done' });
  }
  expect(drive.asked).toBe(1);
  expect(await silent()).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await silent()).toEqual([false, true]);
  writeFileSync(join(root, 'away', 'new.txt'), 'words');
  back();
  await expect.poll(silent).toEqual([false, false]);
  // A file rests before it is taken.
  space.clock.advance(3_000);
  await vi.advanceTimersByTimeAsync(3_000);
  const notes = async () => (await space.notes.list({}, userCall)).map(({ title }) => title).toSorted();
  await expect.poll(notes).toEqual(['Kept: One', 'Kept: Two', 'Kept: words']);
});

it('can be saved, switched off and deleted, and the node locked and unlocked', async () => {
  const { id, playbookId, inputs, trigger } = await watching('away');
  away();
  await space.tasks.create({ title: 'Stir' }, userCall);
  await expect.poll(() => drive.asked).toBe(1);
  expect(await save({ on: 'task-created', tag: null })).toMatchObject({ enabled: true });
  await agents.stop();
  await agents.start();
  const run = ended();
  await space.tasks.create({ title: 'After' }, userCall);
  expect(await run).toMatchObject({ state: 'done' });
  expect(await agents.schedules.save({ id, playbookId, inputs, trigger, enabled: false }, userCall)).toMatchObject({
    enabled: false,
  });
  await agents.schedules.remove({ id }, userCall);
  expect(await agents.schedules.list(undefined, userCall)).toHaveLength(1);
  expect(drive.asked).toBe(1);
});

it('is refused where a new schedule is to watch it', async () => {
  const folder = folderCalled('away');
  away();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const saved = save({ on: 'file-dropped', folder }).catch((error: unknown) => error);
  await expect.poll(() => drive.asked).toBe(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await saved).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('does not answer') });
  await expect(save({ on: 'file-dropped', folder })).rejects.toThrow(/does not answer/);
  expect(drive.asked).toBe(1);
});

it('and many like it leave the node threads to work with', async () => {
  for (const name of ['away 1', 'away 2', 'away 3', 'away 4', 'away 5']) await watching(name);
  away();
  await agents.stop();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await agents.start();
  await expect.poll(() => drive.asked).toBe(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(drive.asked).toBe(3);
  expect(await silent()).toEqual([true, true, true, true, true]);
});
