import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, silentLogger, systemClock } from '../common/index.ts';
import { AppError, type ErrorCode, type Run, type RunDetail, type RunEvent, type StartRun } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { scriptedAnswer, scriptedTranscript } from '../testing/scripted-answers.ts';
import { type Script, scriptedInference } from '../testing/scripted-inference.ts';
import { addTask } from '../workspace/index.ts';
import { type Agents, createAgents } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const launch: StartRun = { skill: 'plan', goal: 'Plan Q2 product launch by June 30 #marketing', today: '2026-05-04' };
const meeting: StartRun = { skill: 'extract', transcript: scriptedTranscript, name: 'Courier app', date: '2026-05-04' };

let opened: ReturnType<typeof openTestStore>;
let locked: boolean;
/** Somebody wanted the store while it was locked. */
let refused: PromiseWithResolvers<void>;
let started: Agents[];

const store = (): Store => {
  if (locked) {
    refused.resolve();
    throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  }
  return opened.store;
};

beforeEach(() => {
  opened = openTestStore();
  locked = false;
  refused = Promise.withResolvers();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((agents) => agents.stop()));
  opened.dispose();
});

const agentsWith = async (
  script: Partial<Script> = {},
  logger = silentLogger,
  isKey: (keyId: string) => boolean = () => true,
): Promise<Agents> => {
  const inference = scriptedInference({ answer: scriptedAnswer, ...script });
  const agents = createAgents({ store, inference, isKey, clock: systemClock, logger });
  started.push(agents);
  await agents.start();
  return agents;
};

const events = async (agents: Agents, id: string): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const event of await agents.runs.watch({ id }, call)) seen.push(event);
  return seen;
};

const finished = async (agents: Agents, request: StartRun): Promise<RunDetail> => {
  const { id } = await agents.runs.start(request, call);
  await events(agents, id);
  return agents.runs.get({ id }, call);
};

const tasks = () =>
  opened.store
    .all(opened.store.qb.selectFrom('task').selectAll().orderBy('position'))
    .map((row) => opened.store.decode('task', row));
const notes = () => opened.store.all(opened.store.qb.selectFrom('note').selectAll().orderBy('createdAt').orderBy('id'));
const projects = () => opened.store.all(opened.store.qb.selectFrom('project').selectAll());

/** A model that answers when it is told to. */
const gated = () => {
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const answer: Script['answer'] = async (request) => {
    asked.resolve();
    const gone = new Promise<void>((resolve) => request.signal?.addEventListener('abort', () => resolve()));
    await Promise.race([gate.promise, gone]);
    return scriptedAnswer(request);
  };
  return { answer, asked: asked.promise, open: () => gate.resolve() };
};

describe('a run that the key of a program started', () => {
  it('is cancelled with its key, also where that ended while nothing ran here; others are not', async () => {
    const model = gated();
    const before = await agentsWith(model);
    const start = (keyId?: string) => before.runs.start(launch, { ...call, ...(keyId === undefined ? {} : { keyId }) });
    const [gone, live, own, revoked] = [
      await start('gone'),
      await start('live'),
      await start(),
      await start('revoked'),
    ];
    await before.cancelOf('revoked');
    await model.asked;
    await before.stop();
    const after = await agentsWith({}, silentLogger, (keyId) => keyId !== 'gone');
    const states = await Promise.all(
      [gone, live, own, revoked].map(async ({ id }) => {
        await events(after, id);
        return (await after.runs.get({ id }, call)).state;
      }),
    );
    expect(states).toEqual(['cancelled', 'done', 'done', 'cancelled']);
  });
});

describe('planning', () => {
  it('makes a project with dated tasks that depend on each other, and a linked note with the plan', async () => {
    const run = await finished(await agentsWith(), launch);
    expect(run).toMatchObject({
      state: 'done',
      error: null,
      result: { skill: 'plan', projectName: 'Plan Q2 product launch' },
    });
    expect(run.steps.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'rule done',
      'generate done',
      'rule done',
      'apply done',
    ]);
    expect(run.steps[1]).toMatchObject({
      model: 'scripted',
      promptTokens: 10,
      prompt: expect.stringContaining('launch'),
    });

    const [project] = projects();
    const [note] = notes();
    expect(project).toMatchObject({
      name: 'Plan Q2 product launch',
      noteId: note?.id,
      dueDate: '2026-06-30',
      runId: run.id,
    });
    expect(note).toMatchObject({ projectId: project?.id, runId: run.id });
    const made = tasks();
    expect(made.length).toBeGreaterThanOrEqual(5);
    const byId = new Map(made.map((task) => [task.id, task]));
    for (const task of made) {
      expect(task).toMatchObject({ projectId: project?.id, tags: ['marketing'], runId: run.id, touched: false });
      expect(note?.text).toContain(task.title);
      expect(task.dueDate).toMatch(/^2026-0[56]-\d\d$/u);
      for (const earlier of task.dependsOn)
        expect((byId.get(earlier)?.dueDate ?? '9999') <= (task.dueDate ?? '')).toBe(true);
    }
    expect(made.some(({ dependsOn }) => dependsOn.length > 0)).toBe(true);
    expect(note?.tags).toBe('["marketing"]');
  });

  it('says the same again when it is replayed, without one question; and something else where the day was another', async () => {
    let asked = 0;
    const agents = await agentsWith({ onDidAnswer: () => (asked += 1) });
    const planned = await finished(agents, launch);
    const extracted = await finished(agents, meeting);
    const before = asked;
    for (const { id } of [planned, extracted])
      expect(await agents.runs.replay({ id }, call)).toEqual({ identical: true, differences: [] });
    expect(asked).toBe(before);
    expect([projects().length, notes().length]).toEqual([1, 3]);
    opened.store.write((tx) => {
      const row = tx.first(opened.store.qb.selectFrom('run').select('options').where('id', '=', planned.id));
      const options = row?.options.replaceAll('2026-05-04', '2026-06-15') ?? '';
      tx.run(opened.store.qb.updateTable('run').set({ options }).where('id', '=', planned.id));
    });
    expect(await agents.runs.replay({ id: planned.id }, call)).toMatchObject({ identical: false });
  });

  it('completes the task it was handed into the project, with its tags and due date, and undo reopens it', async () => {
    const agents = await agentsWith();
    const task = opened.store.transact({ actor: 'user', label: 'Add task' }, (tx) =>
      addTask(
        { store: opened.store, tx, now: 1, runId: null },
        { title: 'Plan the launch', tags: ['work'], dueDate: '2026-06-12' },
      ),
    );
    const run = await finished(agents, {
      skill: 'plan',
      goal: 'Plan the launch',
      today: '2026-05-04',
      taskId: task.id,
    });
    const [project] = projects();
    expect(opened.store.get('task', task.id)).toMatchObject({ status: 'done', projectId: project?.id });
    expect(project?.dueDate).toBe('2026-06-12');
    expect(
      tasks()
        .filter(({ runId }) => runId === run.id)
        .every(({ tags }) => tags.includes('work')),
    ).toBe(true);

    const undone = await agents.runs.undo({ id: run.id }, call);
    expect(undone.undoneAt).not.toBeNull();
    expect(opened.store.get('task', task.id)).toMatchObject({ status: 'open', projectId: null, completedAt: null });
    expect([tasks().length, projects().length, notes().length]).toEqual([1, 0, 0]);
    expect(() => agents.runs.undo({ id: run.id }, call)).toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
  });

  it('finds the run under way when a task is handed over twice', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const task = opened.store.transact({ actor: 'user', label: 'Add task' }, (tx) =>
      addTask({ store: opened.store, tx, now: 1, runId: null }, { title: 'Plan the launch' }),
    );
    const request: StartRun = { skill: 'plan', goal: 'Plan the launch', taskId: task.id };
    const first = await agents.runs.start(request, call);
    await gate.asked;
    expect(await agents.runs.start(request, call)).toMatchObject({ id: first.id, state: 'running' });
    gate.open();
    await events(agents, first.id);
    expect(projects()).toHaveLength(1);
    expect((await agents.runs.start(request, call)).id).not.toBe(first.id);
  });

  it('undoes in one click what it did in several steps, as one step of the history', async () => {
    const agents = await agentsWith();
    const run = await finished(agents, meeting);
    expect([tasks().length, notes().length]).toEqual([4, 2]);
    expect(opened.store.history(10).filter(({ runId }) => runId === run.id)).toHaveLength(1);
    await agents.runs.undo({ id: run.id }, call);
    expect([tasks().length, notes().length]).toEqual([0, 0]);
  });

  it('asks a second time, otherwise, where the answer is of no use, and then says so', async () => {
    const seeds: unknown[] = [];
    const bad: Script['answer'] = (request) => {
      seeds.push([request.temperature, request.seed]);
      return seeds.length === 1 ? 'I would rather not.' : scriptedAnswer(request);
    };
    expect(await finished(await agentsWith({ answer: bad }), launch)).toMatchObject({ state: 'done' });
    expect(seeds).toEqual([
      [0, 1],
      [0.7, 2],
    ]);
    const never = await finished(await agentsWith({ answer: () => 'no' }), launch);
    expect(never).toMatchObject({
      state: 'failed',
      error: { code: 'PLAN_UNUSABLE', message: expect.stringContaining('larger model') },
    });
    expect(never.steps.at(-1)).toMatchObject({ kind: 'generate', state: 'failed' });
  });
});

describe('extracting', () => {
  it('keeps the transcript byte for byte and makes todos that point at its lines', async () => {
    const run = await finished(await agentsWith(), meeting);
    const [transcript, summary] = notes();
    expect(transcript?.text).toBe(scriptedTranscript);
    expect(summary?.title).toBe('Decisions and actions: Courier app');
    expect(summary?.text).toContain('[[Priya: are we all here?]]');
    expect(run.result).toMatchObject({ skill: 'extract', noteId: transcript?.id, summaryId: summary?.id });
    const lines = scriptedTranscript.split('\n');
    expect(tasks().map(({ owner }) => owner)).toEqual(['Dom', 'Hanna', 'Lukas', 'Priya']);
    for (const task of tasks()) {
      expect(task.source?.noteId).toBe(transcript?.id);
      expect(lines[(task.source?.line ?? 0) - 1]).toBe(task.source?.quote);
      expect(task.source?.quote).toContain(`${task.owner}: I'll`);
    }
    expect(tasks().find(({ owner }) => owner === 'Lukas')?.dueDate).toBe('2026-05-05');
  });

  it('tells how far it is while it reads', async () => {
    const agents = await agentsWith();
    const { id } = await agents.runs.start(meeting, call);
    const progress = (await events(agents, id)).flatMap((event) =>
      event.type === 'preview' ? [event.progress ?? -1] : [],
    );
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });
});

describe('input', () => {
  const refused = async (request: StartRun): Promise<ErrorCode | undefined> => {
    const agents = await agentsWith();
    try {
      return (await finished(agents, request)).error?.code as ErrorCode | undefined;
    } catch (error) {
      expect(await agents.runs.list({}, call)).toEqual([]);
      return error instanceof AppError ? error.code : undefined;
    }
  };

  it.each<[string, StartRun, ErrorCode]>([
    ['an empty goal', { skill: 'plan', goal: ' \n' }, 'GOAL_EMPTY'],
    ['a goal of signs alone', { skill: 'plan', goal: '!!! … ???' }, 'GOAL_EMPTY'],
    ['a goal of 1 MB', { skill: 'plan', goal: 'a plan '.repeat(150_000) }, 'INPUT_TOO_LONG'],
    ['a binary goal', { skill: 'plan', goal: 'PK\u0003\u0004\u0000\u0000abc' }, 'INPUT_NOT_TEXT'],
    ['an empty transcript', { skill: 'extract', transcript: '\n\n' }, 'BAD_REQUEST'],
    ['a transcript with NUL', { skill: 'extract', transcript: 'GGUF\u0003\u0000\u0000\u0000abc' }, 'INPUT_NOT_TEXT'],
    [
      'bytes that are no UTF-8',
      { skill: 'extract', transcript: `\u007fELF${'\ufffd'.repeat(40)}abc` },
      'INPUT_NOT_TEXT',
    ],
    ['a task that is not there', { skill: 'plan', goal: 'Plan a picnic', taskId: 'nobody' }, 'NOT_FOUND'],
    ['a model that is not there', { skill: 'plan', goal: 'Plan a picnic', modelId: 'gone' }, 'MODEL_NOT_FOUND'],
  ])('refuses %s and keeps nothing', async (_what, request, code) => {
    expect(await refused(request)).toBe(code);
    expect([tasks().length, notes().length, projects().length]).toEqual([0, 0, 0]);
  });

  it.each(['<script>alert(1)</script> Launch <b>the shop</b>', 'Launch '.repeat(2_000)])(
    'plans %.30s',
    async (goal) => {
      const run = await finished(await agentsWith(), { skill: 'plan', goal, today: '2026-05-04' });
      expect(run).toMatchObject({ state: 'done', input: goal });
    },
  );

  it('refuses a goal in Arabic for the built-in model, says what to do and makes nothing; another model gets it', async () => {
    const arabic = { skill: 'plan', goal: 'خطط لإطلاق المنتج في الربع الثاني', today: '2026-05-04' } as const;
    const refused = await finished(await agentsWith(), arabic);
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'PLAN_UNUSABLE' } });
    expect(refused.error?.message).toContain('Write it in English, or add a larger model');
    expect([tasks().length, notes().length, projects().length]).toEqual([0, 0, 0]);
    expect(await finished(await agentsWith({ builtin: false }), arabic)).toMatchObject({ state: 'done' });
  });

  it('reads a transcript of 1 MB up to its limit, says so and keeps all of it', async () => {
    const transcript = `${scriptedTranscript}\n${'Dom: nothing to add here.\n'.repeat(40_000)}`;
    const run = await finished(await agentsWith({ builtin: false, answer: () => '{"decisions":[],"actions":[]}' }), {
      skill: 'extract',
      transcript,
    });
    expect(run).toMatchObject({ state: 'done' });
    expect(run.steps[0]?.output).toContain('longer than 200,000 characters');
    expect(notes()[0]?.text).toBe(transcript);
  });
});

describe('runs under way', () => {
  it('go one at a time in their order', async () => {
    const gate = gated();
    let running = 0;
    let most = 0;
    const agents = await agentsWith({
      answer: async (request) => {
        running += 1;
        most = Math.max(most, running);
        const answer = await gate.answer(request);
        running -= 1;
        return answer;
      },
    });
    const ended: string[] = [];
    agents.onDidChangeRun((run) => run.state === 'done' && ended.push(run.id));
    const runs: Run[] = [];
    for (const number of [1, 2, 3]) {
      runs.push(await agents.runs.start({ ...launch, goal: `Plan trip number ${number}` }, call));
    }
    await gate.asked;
    expect((await agents.runs.list({}, call)).map(({ state }) => state)).toEqual(['queued', 'queued', 'running']);
    // However few are asked for, what has not ended is among them.
    expect((await agents.runs.list({ limit: 1 }, call)).map(({ state }) => state)).toEqual([
      'queued',
      'queued',
      'running',
    ]);
    gate.open();
    for (const { id } of runs) await events(agents, id);
    expect(ended).toEqual(runs.map(({ id }) => id));
    expect(most).toBe(1);
  });

  it('stop at once when cancelled, and what they did is taken back', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const { id } = await agents.runs.start(meeting, call);
    await gate.asked;
    expect(notes()).toHaveLength(1);
    const watching = events(agents, id);
    expect(await agents.runs.cancel({ id }, call)).toMatchObject({ state: 'cancelled', error: null });
    expect(notes()).toEqual([]);
    expect((await watching).at(-1)).toMatchObject({ type: 'run', run: { state: 'cancelled' } });
    expect((await agents.runs.get({ id }, call)).steps.at(-1)).toMatchObject({ kind: 'generate', state: 'cancelled' });
    expect(await agents.runs.cancel({ id }, call)).toMatchObject({ state: 'cancelled' });
  });

  it('do not go on writing once a person undid what they had done', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const { id } = await agents.runs.start(meeting, call);
    await gate.asked;
    opened.store.undo();
    gate.open();
    await events(agents, id);
    expect(await agents.runs.get({ id }, call)).toMatchObject({ state: 'failed', error: { code: 'CONFLICT' } });
    expect([notes().length, tasks().length]).toEqual([0, 0]);
  });

  it('leave the queue when cancelled before their turn', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const first = await agents.runs.start(launch, call);
    const second = await agents.runs.start(launch, call);
    await gate.asked;
    expect(await agents.runs.cancel({ id: second.id }, call)).toMatchObject({ state: 'cancelled', startedAt: null });
    gate.open();
    await events(agents, first.id);
    expect(projects()).toHaveLength(1);
  });

  it('cannot be undone, only stopped', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const { id } = await agents.runs.start(launch, call);
    await gate.asked;
    expect(() => agents.runs.undo({ id }, call)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    gate.open();
    await events(agents, id);
  });

  it('are interrupted by a lock and go on after the unlock', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const { id } = await agents.runs.start(meeting, call);
    await gate.asked;
    const watching = events(agents, id);
    await agents.stop();
    locked = true;
    expect((await watching).every((event) => event.type !== 'run' || event.run.state === 'running')).toBe(true);
    await agents.start();
    expect(() => agents.runs.get({ id }, call)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
    locked = false;
    gate.open();
    await agents.start();
    await events(agents, id);
    expect(await agents.runs.get({ id }, call)).toMatchObject({ state: 'done' });
    expect(notes()).toHaveLength(2);
  });

  it('begin after an unlock that came while the lock was still ending what ran', async () => {
    const agents = await agentsWith();
    const stopping = agents.stop();
    await Promise.all([agents.start(), stopping]);
    expect(await finished(agents, launch)).toMatchObject({ state: 'done' });
  });

  it('survive a lock that did not wait for them', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const first = await agents.runs.start(launch, call);
    const second = await agents.runs.start({ ...launch, goal: 'Plan the party after the launch' }, call);
    await gate.asked;
    locked = true;
    gate.open();
    await refused.promise;
    await agents.stop();
    locked = false;
    await agents.start();
    for (const { id } of [first, second]) {
      await events(agents, id);
      expect(await agents.runs.get({ id }, call)).toMatchObject({ state: 'done', error: null });
    }
    expect(projects()).toHaveLength(2);
  });

  it('wait while the queue of the model is full', async () => {
    let full = 2;
    const answer: Script['answer'] = (request) => {
      if (full-- > 0) throw new AppError('INFERENCE_BUSY', 'Too many requests are waiting.');
      return scriptedAnswer(request);
    };
    expect(await finished(await agentsWith({ answer }), launch)).toMatchObject({ state: 'done', error: null });
    expect(full).toBe(-1);
  });

  it('ask once more when the model process crashes, and fail with what to do when it crashes again', async () => {
    let crashes = 1;
    const answer: Script['answer'] = (request) => {
      if (crashes-- > 0) throw new AppError('INFERENCE_CRASHED', 'The model process ended. Try again.');
      return scriptedAnswer(request);
    };
    expect(await finished(await agentsWith({ answer }), launch)).toMatchObject({ state: 'done' });
    crashes = 2;
    const failed = await finished(await agentsWith({ answer }), launch);
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'INFERENCE_CRASHED', message: 'The model process ended. Try again.' },
    });
  });

  it('that fail keep the transcript, and tell neither the person nor the log what was in the fault', async () => {
    const log: string[] = [];
    const answer = () => {
      throw new TypeError('secret detail');
    };
    const agents = await agentsWith(
      { answer },
      createLogger((line) => log.push(line)),
    );
    const failed = await finished(agents, meeting);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(notes().map(({ text }) => text)).toEqual([scriptedTranscript]);
    expect(log.join('')).toContain('TypeError');
    expect(log.join('') + JSON.stringify(failed.error)).not.toContain('secret');
  });

  it('are shown as failed when the disk is full, and go on at the next start', async () => {
    let full = false;
    const real = opened.store;
    const refuseIfFull = () => {
      if (full) throw new AppError('STORAGE_FULL', 'The disk is full. Free some space.');
    };
    opened.store = {
      ...real,
      write: (work) => {
        refuseIfFull();
        return real.write(work);
      },
      transact: (meta, work) => {
        refuseIfFull();
        return real.transact(meta, work);
      },
    };
    const agents = await agentsWith({
      answer: (request) => {
        full = true;
        return scriptedAnswer(request);
      },
    });
    const failed = await finished(agents, launch);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'STORAGE_FULL' } });
    expect((await agents.runs.list({}, call))[0]).toMatchObject({ state: 'failed', error: { code: 'STORAGE_FULL' } });
    await agents.stop();
    opened.store = real;
    const next = await agentsWith();
    await events(next, failed.id);
    expect(await next.runs.get({ id: failed.id }, call)).toMatchObject({ state: 'done', error: null });
  });

  it('can be stopped once there is room again', async () => {
    let full = false;
    const real = opened.store;
    opened.store = {
      ...real,
      write: (work) => {
        if (full) throw new AppError('STORAGE_FULL', 'The disk is full. Free some space.');
        return real.write(work);
      },
    };
    const agents = await agentsWith({
      answer: (request) => {
        full = true;
        return scriptedAnswer(request);
      },
    });
    const failed = await finished(agents, launch);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'STORAGE_FULL' } });
    full = false;
    expect(await agents.runs.cancel({ id: failed.id }, call)).toMatchObject({ state: 'cancelled', error: null });
  });

  it('are given up when they were taken up five times in vain', async () => {
    for (let start = 0; start < 6; start += 1) {
      const gate = gated();
      const agents = await agentsWith({ answer: gate.answer });
      if (start === 0) await agents.runs.start(launch, call);
      await gate.asked;
      await agents.stop();
    }
    const agents = await agentsWith();
    const [run] = await agents.runs.list({}, call);
    await events(agents, run?.id ?? '');
    expect((await agents.runs.list({}, call))[0]).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('5 times') },
    });
  });
});

describe('watching', () => {
  it('shows nothing that is not on disk', async () => {
    const agents = await agentsWith();
    const { id } = await agents.runs.start(launch, call);
    for await (const event of await agents.runs.watch({ id }, call)) {
      const stored = await agents.runs.get({ id }, call);
      if (event.type === 'step') expect(stored.steps.length).toBeGreaterThan(event.step.index);
      if (event.type !== 'run') continue;
      expect(stored.outputTokens).toBeGreaterThanOrEqual(event.run.outputTokens);
      if (event.run.state === 'done') expect(stored.state).toBe('done');
    }
  });

  it('gives two watchers, of whom one comes late, the same end', async () => {
    const gate = gated();
    const agents = await agentsWith({ answer: gate.answer });
    const { id } = await agents.runs.start(launch, call);
    const early = events(agents, id);
    await gate.asked;
    const late = events(agents, id);
    gate.open();
    const replay = (seen: RunEvent[]): unknown => {
      let run: Run | undefined;
      const steps = new Map<number, unknown>();
      for (const event of seen) {
        if (event.type === 'snapshot') for (const step of event.run.steps) steps.set(step.index, step);
        if (event.type === 'step') steps.set(event.step.index, event.step);
        if (event.type === 'run') ({ run } = event);
      }
      return { run, steps: [...steps.values()] };
    };
    const [one, other] = [replay(await early), replay(await late)];
    expect(one).toEqual(other);
    const { steps } = await agents.runs.get({ id }, call);
    expect(one).toMatchObject({ run: { state: 'done' }, steps });
  });
});
