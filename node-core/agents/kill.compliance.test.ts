import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../common/index.ts';
import { type Run, type StartRun } from '../contract/index.ts';
import { openStore } from '../storage/index.ts';
import { scriptedAnswer, scriptedTranscript } from '../testing/scripted-answers.ts';
import { scriptedInference } from '../testing/scripted-inference.ts';
import type { Orders } from '../testing/run-child.ts';
import { scriptedPlaybook, startOf } from '../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../testing/scripted-tools.ts';
import { workspaceOf } from '../testing/workspace-state.ts';
import { addTask } from '../workspace/index.ts';
import { createAgents } from './index.ts';

const child = fileURLToPath(new URL('../testing/run-child.ts', import.meta.url));
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const never = { commit: Number.MAX_SAFE_INTEGER, moment: 'after' } as const;

/** Short: each answer is a commit, and each commit a death. */
const transcript = scriptedTranscript.split('\n').slice(0, 6).join('\n');

interface Case {
  readonly request: (taskId: string) => StartRun;
  readonly cancelAfterAnswers: number | null;
  /** Around each commit. Killed before it, the disk is as after the one before, so one case shows that. */
  readonly moments: readonly Orders['death']['moment'][];
}

const looking = scriptedPlaybook({
  inputs: [{ id: 'goal', title: 'Goal', type: 'text' }],
  tools: ['test.look'],
  steps: [
    { id: 'read', kind: 'rule', title: 'Read', rule: 'read-goal', with: { text: '{{ inputs.goal }}', deadline: null } },
    ...[1, 2, 3].map((at) => ({
      id: `look-${at}`,
      kind: 'tool' as const,
      title: `Look ${at}`,
      tool: 'test.look',
      with: { at },
      // One after the other, so that none is under way where another's end is the last thing known.
      needs: at === 1 ? [] : [`look-${at - 1}`],
    })),
    {
      id: 'keep',
      kind: 'change',
      title: 'Keep it',
      change: 'note',
      with: {
        text: '# {{ steps.read.title }}\n\n{{ steps.look-1.found }} {{ steps.look-2.found }} {{ steps.look-3.found }}',
      },
    },
  ],
});

const cases: Readonly<Record<string, Case>> = {
  plan: {
    request: (taskId) => ({
      skill: 'plan',
      goal: 'Plan Q2 product launch by June 30 #marketing',
      today: '2026-05-04',
      taskId,
    }),
    cancelAfterAnswers: null,
    moments: ['before', 'after'],
  },
  'playbook with tools': {
    request: () => startOf(looking, { goal: 'Tea by June 30' }),
    cancelAfterAnswers: null,
    moments: ['after'],
  },
  extraction: {
    request: () => ({ skill: 'extract', transcript, name: 'Courier app', date: '2026-05-04' }),
    cancelAfterAnswers: null,
    moments: ['after'],
  },
  'cancelled extraction': {
    request: () => ({ skill: 'extract', transcript, name: 'Courier app', date: '2026-05-04' }),
    cancelAfterAnswers: 1,
    moments: ['after'],
  },
};

const scene = () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-kill-'));
  const database = { key: randomBytes(32), salt: randomBytes(16) };
  const open = () =>
    openStore({
      dir,
      keys: { database, blobs: { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) } },
    });
  const answersFile = join(dir, 'answers');
  const store = open();
  const task = store.transact({ actor: 'user', label: 'Add task' }, (tx) =>
    addTask(
      { store, tx, now: 1, runId: null },
      { title: 'Plan Q2 product launch', tags: ['work'], dueDate: '2026-06-30' },
    ),
  );
  store.close();
  return {
    dir,
    database,
    open,
    answersFile,
    taskId: task.id,
    answers: () => (existsSync(answersFile) ? readFileSync(answersFile, 'utf8').trim().split('\n') : []),
  };
};
type Scene = ReturnType<typeof scene>;

/** Runs the case in a child until it ends or is killed; true if it was killed. */
const inChild = async (
  { dir, database, answersFile, taskId }: Scene,
  { request, cancelAfterAnswers }: Case,
  death: Orders['death'],
): Promise<boolean> => {
  const orders: Orders = {
    dir,
    key: database.key.toString('hex'),
    salt: database.salt.toString('hex'),
    request: request(taskId),
    cancelAfterAnswers,
    death,
    answersFile,
  };
  const file = join(dir, 'orders.json');
  writeFileSync(file, JSON.stringify(orders));
  const process_ = spawn(process.execPath, [child, file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = await once(process_, 'exit');
  if (signal === null && code !== 0) throw new Error(`The child ended with ${code}.`);
  return signal === 'SIGKILL';
};

/** Starts again after the kill and lets what is unfinished end. */
const resumed = async ({ open }: Scene): Promise<{ state: unknown; asked: string[]; runs: Run[] }> => {
  const store = open();
  const asked: string[] = [];
  const inference = scriptedInference({
    answer: scriptedAnswer,
    onDidAnswer: ({ input }) => asked.push(JSON.stringify(input)),
  });
  const tools = scriptedToolbox([
    scriptedTool('test.look', (input) => {
      asked.push(`called ${JSON.stringify(input)}`);
      return { found: `facts on ${JSON.stringify(input)}` };
    }),
  ]);
  const agents = createAgents({ store: () => store, inference, tools, clock: systemClock, logger: silentLogger });
  try {
    await agents.start();
    for (const { id } of await agents.runs.list({}, call)) {
      for await (const event of await agents.runs.watch({ id }, call)) void event;
    }
    return { state: workspaceOf(store), asked, runs: await agents.runs.list({}, call) };
  } finally {
    await agents.stop();
    store.close();
  }
};

describe('a run killed at any commit', () => {
  it.concurrent.each(Object.entries(cases))(
    'ends as if nothing had happened: %s',
    async (_name, theCase) => {
      const whole = scene();
      expect(await inChild(whole, theCase, never)).toBe(false);
      const expected = await resumed(whole);
      expect(expected.asked).toEqual([]);
      expect(expected.runs).toMatchObject([{ state: theCase.cancelAfterAnswers === null ? 'done' : 'cancelled' }]);
      rmSync(whole.dir, { recursive: true });

      let commit = 0;
      for (let alive = false; !alive; ) {
        commit += 1;
        for (const moment of theCase.moments) {
          const place = scene();
          const killed = await inChild(place, theCase, { commit, moment });
          if (!killed) alive = true;
          const { state, asked, runs } = await resumed(place);
          if (runs.length === 0) {
            // Killed before the run was acknowledged: there is none.
            expect({ commit, moment }).toEqual({ commit: 1, moment: 'before' });
          } else if (theCase.cancelAfterAnswers === null || runs[0]?.state === 'cancelled') {
            expect(state, `${moment} commit ${commit}`).toEqual(expected.state);
          } else {
            // Killed before the wish to stop was on disk: the run went on to its end.
            expect(runs).toMatchObject([{ state: 'done' }]);
          }
          const all = [...place.answers(), ...asked];
          const repeated = all.length - new Set(all).size;
          expect(repeated, `${moment} commit ${commit}`).toBeLessThanOrEqual(moment === 'before' ? 1 : 0);
          rmSync(place.dir, { recursive: true });
        }
      }
      expect(commit).toBeGreaterThan(6);
    },
    600_000,
  );
});
