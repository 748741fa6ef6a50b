import { type Clock, type Event, localDay, type Logger, newId, type Startable } from '../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  errorCode,
  type PlaybookEntry,
  type Profile,
  type Run,
  type RunDetail,
  type Settings,
  type Span,
  type StartRun,
  type Task,
} from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import type { Toolbox } from '../tools/index.ts';
import { requestAgain } from './again.ts';
import { createAssignments } from './assign/index.ts';
import { createRunBook } from './book.ts';
import { createCalls } from './calls/index.ts';
import { createFacts } from './facts/index.ts';
import { createPlaybookRuns } from './graph/playbook-runs.ts';
import { heard } from './heard.ts';
import { checked } from './input.ts';
import { summary } from './journal.ts';
import { changes, checks, createPlaybooks, rules } from './playbooks/index.ts';
import { createProfiles } from './profiles/index.ts';
import { createRunner } from './runner.ts';
import { createSchedules } from './schedules/index.ts';
import { type AgentMetric, createAgentCounters } from './tracing/counters.ts';
import { createTraceExport } from './tracing/export.ts';
import { otlpRequest } from './tracing/otlp.ts';
import { sentCharacters, shownCharacters, spansOf, traceId } from './tracing/spans.ts';
import { createWatchers } from './watch.ts';

export interface AgentsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'generate' | 'model' | 'slots'>;
  /** Whether a key still opens anything: a run goes on no longer than the key that started it. Default: it does. */
  readonly isKey?: (keyId: string) => boolean;
  /** Default: none. */
  readonly tools?: Toolbox;
  /** What a person set. Default: no collector of traces, and nothing is learned. */
  readonly settings?: () => Pick<Settings, 'learnFacts' | 'traceEndpoint' | 'traceContent'>;
  /** Of the program, for traces. */
  readonly version?: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Runs of playbooks and of the two skills, and all that begins and shows them. `start` takes up the runs that have not ended and does
 * nothing while the vault is locked: call it at the start of the node and after each unlock. `stop`, before each lock and at the end,
 * interrupts them without ending them.
 */
export interface Agents extends Startable {
  readonly runs: ContractHandlers['runs'];
  readonly playbooks: ContractHandlers['playbooks'];
  readonly profiles: ContractHandlers['profiles'];
  readonly schedules: ContractHandlers['schedules'];
  readonly facts: ContractHandlers['facts'];
  readonly calls: ContractHandlers['calls'];
  /** Whom a task can be given to, and which playbooks there are. @throws AppError `VAULT_LOCKED` */
  readonly workers: { agents(): Profile[]; playbooks(): PlaybookEntry[] };
  /** Cancels what the key started. */
  cancelOf(keyId: string): Promise<void>;
  /** Every change of a run that lists show, after it is on disk. */
  readonly onDidChangeRun: Event<Run>;
  /** What runs did since the node started. */
  counters(): readonly AgentMetric[];
}

export const createAgents = (components: AgentsComponents): Agents => {
  const { store, inference, clock, isKey = () => true, tools = noTools } = components;
  const logger = components.logger.child('agents');
  const counters = createAgentCounters();
  const calls = createCalls({ store });
  const book = heard(createRunBook({ store, clock }), (run, entries) => {
    counters.hear(run, entries);
    calls.hear(run, entries);
  });
  const watchers = createWatchers();
  const profiles = createProfiles({ store });
  const playbooks = createPlaybooks({ ...components, tools });
  const facts = createFacts({
    store,
    isOn: () => components.settings?.().learnFacts ?? false,
    playbook: playbooks.find,
    clock,
    logger,
  });
  const playbookRuns = createPlaybookRuns({
    ...components,
    book,
    watchers,
    tools,
    playbooks,
    registry: { rules, changes, checks },
    profileOf: profiles.profileOf,
    told: facts.told,
    resume: (run) => runner.enqueue(run),
  });
  const runner = createRunner({ ...components, logger, book, watchers, playbookRuns });
  const detail = (id: string): RunDetail => runner.shown(book.get(id));

  /** A task that was handed over already is not handed over again: a second click finds the first one's run. */
  const create = (request: StartRun, keyId: string | undefined, id = newId()): Run => {
    const { input, title } = checked(request);
    const plan = input.skill === 'playbook' ? playbookRuns.plan(input) : undefined;
    const model = inference.model(input.modelId);
    const taskId = input.skill === 'extract' ? undefined : input.taskId;
    const task = taskId === undefined ? null : handedOver(store(), taskId);
    const underWay = taskId === undefined ? undefined : book.ofTask(taskId);
    if (underWay) return underWay;
    const today = (input.skill === 'extract' ? undefined : input.today) ?? localDay(clock.now());
    const run = book.create(
      {
        id,
        title: plan?.title ?? title,
        modelId: model.id,
        place: model.place,
        assignment: {
          input,
          today,
          builtin: model.builtin,
          task: task && { tags: task.tags, dueDate: task.dueDate },
          ...(keyId === undefined ? {} : { keyId }),
        },
      },
      plan ? [plan.entry] : [],
    );
    watchers.announceRun(summary(run));
    runner.enqueue(run);
    return summary(run);
  };

  const schedules = createSchedules({
    store,
    playbook: playbooks.find,
    startRun: (request, runId) => void create(request, undefined, runId),
    clock,
    logger,
  });

  watchers.onDidChangeRun(({ endedAt }) => {
    // Room for another of those that wait.
    if (endedAt !== null) schedules.lookSoon();
  });

  const assignments = createAssignments({
    store,
    profileOf: profiles.profileOf,
    compose: playbooks.handlers.compose,
    startRun: (request, runId) => create(request, undefined, runId),
    noteFailed(task, { code, message }) {
      const input: StartRun = { skill: 'plan', goal: task.title, taskId: task.id };
      const { id: modelId, place, builtin } = inference.model();
      const assignment = {
        input,
        today: localDay(clock.now()),
        builtin,
        task: { tags: task.tags, dueDate: task.dueDate },
      };
      const run = book.create({ id: newId(), title: task.title, modelId, place, assignment }, [
        { type: 'ended', state: 'failed', error: { code, message }, result: null },
      ]);
      watchers.announceRun(summary(run));
    },
    logger,
  });
  watchers.onDidChangeRun(({ endedAt, taskId }) => {
    if (endedAt !== null && taskId !== null) assignments.lookSoon();
  });

  const spans = (id: string, content: number): Span[] =>
    spansOf({ ...book.get(id), builtin: book.assignment(id).builtin }, book.rows(id), { content });
  const traces = createTraceExport({
    endpoint: () => components.settings?.().traceEndpoint ?? null,
    logger,
  });
  watchers.onDidChangeRun(({ id, endedAt, undoneAt }) => {
    // Once: what is undone later was sent when it ended; what is stopped is undone before it ends.
    if (endedAt === null || (undoneAt !== null && undoneAt > endedAt)) return;
    traces.add(() => {
      // As it is set when it is sent.
      const content = components.settings?.().traceContent === true ? sentCharacters : 0;
      return otlpRequest(traceId(id), spans(id, content), components.version ?? '');
    });
  });

  const cancelWhere = async (over: (keyId: string) => boolean): Promise<void> => {
    const started = book.unfinished().filter((id) => {
      const { keyId } = book.assignment(id);
      return keyId !== undefined && over(keyId);
    });
    await Promise.all(started.map((id) => runner.cancel(id)));
  };

  /** Runs first, and no part waits for another: a lock waits for all of them only so long. */
  const end = async (): Promise<void> => {
    await Promise.all([runner.suspend(), schedules.stop(), facts.stop(), assignments.stop()]);
    calls.close();
    await traces.stop();
  };
  /** What was told to end has: it may take longer than the lock that told it, and is not to end what the next unlock began. */
  let ended: Promise<void> = Promise.resolve();

  return {
    onDidChangeRun: watchers.onDidChangeRun,
    counters: counters.read,

    async start() {
      await ended;
      try {
        // Keys may have ended while nothing ran here.
        await cancelWhere((keyId) => !isKey(keyId));
        runner.resume();
        await traces.start();
        await facts.start();
        await assignments.start();
        await schedules.start();
      } catch (error) {
        if (errorCode(error) !== 'VAULT_LOCKED' && errorCode(error) !== 'VAULT_MISSING') throw error;
      }
    },

    stop() {
      const ending = end();
      ended = ending.catch(() => undefined);
      return ending;
    },

    workers: { agents: profiles.all, playbooks: playbooks.entries },

    cancelOf: (keyId) => cancelWhere((other) => other === keyId),

    playbooks: playbooks.handlers,
    profiles: profiles.handlers,
    schedules: schedules.handlers,
    facts: facts.handlers,
    calls: calls.handlers,

    runs: {
      ...playbookRuns.handlers,
      trace: ({ id }) => spans(id, shownCharacters),
      list: ({ limit }) => book.list(limit ?? 100).map(runner.shown),
      get: ({ id }) => detail(id),
      start(request, { keyId }) {
        if (keyId !== undefined && request.skill === 'playbook' && (request.edited || request.models))
          throw new AppError(
            'FORBIDDEN',
            'A key made for another program starts playbooks as they are kept. Save the edited one in the app, and start that.',
          );
        return create(request, keyId);
      },
      again({ id }) {
        const entries = book.rows(id).map(({ entry }) => entry);
        return create(requestAgain(book.assignment(id).input, entries), undefined);
      },
      cancel: async ({ id }) => {
        await runner.cancel(id);
        return summary(detail(id));
      },
      undo: ({ id }) => {
        const run = book.get(id);
        if (run.endedAt === null) {
          throw new AppError(
            'CONFLICT',
            'This run is still under way. Stop it instead: that takes back what it did so far.',
          );
        }
        store().undoRun(id);
        const undone = summary(book.get(id));
        watchers.announceRun(undone);
        return undone;
      },
      watch: ({ id }, { signal }) => watchers.watch(() => detail(id), signal),
    },
  };
};

const noTools: Toolbox = {
  list: () => [],
  find: () => undefined,
  origins: () => [],
  definitionHash: () => '',
  missing: () => null,
  context: () => missing(),
};

const handedOver = (store: Store, id: string): Task => {
  const task = store.get('task', id);
  if (!task || task.deletedAt !== null)
    throw new AppError('NOT_FOUND', 'The task to hand over is gone. It may have been deleted; look in the trash.');
  return task;
};

const missing = (): never => {
  throw new AppError('PLAYBOOK_INVALID', 'This version of Jan has no playbooks.');
};
