import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import { scriptedTranscript } from '../testing/scripted-answers.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import { type Agents, createAgents } from './index.ts';
import { structureTokens } from './skills/tokens.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
let agents: Agents | undefined;

/** Random weights, so what it says is nonsense; the grammar makes it nonsense that can be read. */
const open = async (): Promise<{ room: TestInference; agents: Agents }> => {
  const opened = createTestInference({ builtin: { structure: structureTokens, contextLength: 2_048 } });
  room = opened;
  const made = createAgents({
    store: () => opened.store,
    inference: opened.inference,
    clock: systemClock,
    logger: silentLogger,
  });
  agents = made;
  await made.start();
  return { room: opened, agents: made };
};

afterEach(async () => {
  await agents?.stop();
  await room?.dispose();
  agents = undefined;
  room = undefined;
});

describe('a run on the real engine', () => {
  it('goes on after its process was killed in the middle of an answer', async () => {
    const { room: opened, agents: made } = await open();
    const { id } = await made.runs.start(
      { skill: 'extract', transcript: scriptedTranscript, name: 'Courier app', date: '2026-05-04' },
      call,
    );
    let kills = 0;
    for await (const event of await made.runs.watch({ id }, call)) {
      if (event.type === 'text' && kills === 0) {
        kills += 1;
        opened.hosts.at(-1)?.kill();
      }
    }
    const run = await made.runs.get({ id }, call);
    expect(kills).toBe(1);
    expect(opened.hosts).toHaveLength(2);
    expect(run).toMatchObject({ state: 'done', error: null, place: 'this-machine', modelId: 'jan-builtin' });
    expect(run.outputTokens).toBeGreaterThan(0);
    expect(run.steps[2]?.output).toMatch(/^<a>(?:<no>|<dec>|<act>)/u);
  });

  it('stops in the middle of an answer', async () => {
    const { room: opened, agents: made } = await open();
    const { id } = await made.runs.start({ skill: 'extract', transcript: scriptedTranscript }, call);
    for await (const event of await made.runs.watch({ id }, call)) {
      if (event.type === 'text') await made.runs.cancel({ id }, call);
    }
    expect(await made.runs.get({ id }, call)).toMatchObject({ state: 'cancelled', result: null });
    expect(opened.store.all(opened.store.qb.selectFrom('note').selectAll())).toEqual([]);
    const status = await opened.inference.models.status(undefined, call);
    expect(status).toMatchObject({ active: 0, queued: 0 });
  });
});
