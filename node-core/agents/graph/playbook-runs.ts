import { isDeepStrictEqual } from 'node:util';
import { type Clock, newId } from '../../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  errorCode,
  type PlaybookResult,
  type Profile,
  type Run,
  type RunDetail,
} from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Store } from '../../storage/index.ts';
import type { Toolbox } from '../../tools/index.ts';
import type { RunBook } from '../book.ts';
import { type EntryOf, type JournalEntry, summary, type Touched } from '../journal.ts';
import type { Playbooks } from '../playbooks/index.ts';
import { replaySkill } from '../replay.ts';
import type { Watchers } from '../watch.ts';
import { createAnswers } from './answers.ts';
import { createSpending } from './budget.ts';
import type { Doers, Registry, RunContext } from './context.ts';
import { createDoers, nothingDone } from './doers.ts';
import { forkOf } from './fork.ts';
import { interpret } from './interpret.ts';
import { createModelSlots } from './model-slots.ts';
import { createPlanning, ofModel, type Planning } from './new-plan.ts';
import type { Labelled } from './scope.ts';
import { createSlots } from './slots.ts';
import { noticesIn } from './step.ts';
import { createTape, EndOfTape, type Tape } from './tape.ts';
import { startWorkTime } from './work-time.ts';

/** Calls of tools of one run at the same time. */
const toolSlots = 8;

export interface PlaybookRunsComponents {
  readonly book: RunBook;
  readonly watchers: Watchers;
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'generate' | 'model' | 'slots'>;
  readonly tools: Toolbox;
  readonly playbooks: Pick<Playbooks, 'find' | 'check'>;
  readonly registry: Registry;
  readonly profileOf: (id: string) => Profile;
  /** The same profile, or one that knows of the person. */
  readonly told: (profile: Profile) => Profile;
  readonly clock: Clock;
  /** Takes a run up that may go on. */
  readonly resume: (run: Run) => void;
}

/** Runs of playbooks: a graph of typed steps, carried out over the journal. */
export interface PlaybookRuns {
  readonly plan: Planning['plan'];
  /** @throws WaitingForPerson where nothing goes on until a person says something */
  carryOut(run: RunDetail, signal: AbortSignal): Promise<PlaybookResult>;
  readonly handlers: Pick<ContractHandlers['runs'], 'answer' | 'replay' | 'fork'>;
}

export const createPlaybookRuns = (components: PlaybookRunsComponents): PlaybookRuns => {
  const { book, watchers, inference, tools, playbooks, registry, clock } = components;
  const doersOf = createDoers(components);
  const planning = createPlanning(components);
  const answers = createAnswers(components);

  const write = (id: string) => (entries: readonly JournalEntry[]) => watchers.announce(book.append(id, entries));

  /** Goes through what the journal has and then, unless it is a replay, on from there. */
  const interpreted = async (
    run: RunDetail,
    entries: readonly JournalEntry[],
    tape: Tape,
    doers: Doers,
    values: Map<string, Labelled>,
    signal: AbortSignal,
  ): Promise<PlaybookResult> => {
    const plan = planOf(entries);
    const { today, builtin } = book.assignment(run.id);
    const taken = entries.filter((entry) => entry.type === 'taken');
    // What a rule or a change had to say holds for who takes it over.
    const notices = taken.flatMap(({ kind, value }) => (kind === 'rule' || kind === 'apply' ? noticesIn(value) : []));
    const touched: Touched[] = taken.flatMap((entry) => entry.touched);
    const context: RunContext = {
      tape,
      doers,
      registry,
      toolbox: tools,
      playbook: plan.playbook,
      plan,
      today,
      modelId: run.modelId,
      isBuiltin: (modelId) => (modelId === run.modelId ? builtin : isBuiltin(modelId)),
      profileOf: (id = plan.playbook.profile) => {
        const profile = plan.profiles.find((one) => one.id === id);
        if (!profile) throw new AppError('PLAYBOOK_INVALID', `There is no agent "${id}" in the plan of this run.`);
        return profile;
      },
      spending: createSpending(plan.playbook.budget),
      modelSlot: (modelId) => modelSlots.take(modelId, run.id, signal),
      toolSlots: createSlots(toolSlots),
      planned: { playbook: plan.playbook, questions: 0, without: new Map(Object.entries(plan.without ?? {})) },
      notice: (text) => notices.push(text),
      touch: (more) => touched.push(...more),
    };
    const before = new Map(taken.map(({ id, value, labels }) => [id, { value, labels }]));
    const lines = await tape.carry(() => interpret(context, before, values));
    const ids = (kind: Touched['kind']) => [...new Set(touched.filter((one) => one.kind === kind).map(({ id }) => id))];
    return {
      skill: 'playbook',
      playbookId: plan.playbook.id,
      lines,
      notices: [...new Set(notices)],
      projectIds: ids('project'),
      noteIds: ids('note'),
      taskIds: ids('task'),
    };
  };

  const isBuiltin = (modelId: string): boolean => ofModel(() => inference.model(modelId).builtin, false);
  const modelSlots = createModelSlots((modelId) => ofModel(() => inference.slots(modelId), 1));

  const entriesOf = (id: string) => book.rows(id).map(({ entry }) => entry);

  /** The run again, from its journal and nothing else. */
  const replayed = async (run: RunDetail) => {
    const entries = entriesOf(run.id);
    const differences: string[] = [];
    const values = new Map<string, Labelled>();
    const ended = entries.find((entry) => entry.type === 'ended');
    const { signal } = new AbortController();
    const tape = createTape({
      recorded: entries,
      write: null,
      signal,
      different: (message) => differences.push(message),
    });
    try {
      const result = await interpreted(run, entries, tape, nothingDone, values, signal);
      if (ended?.state === 'done' && !isDeepStrictEqual(plain(result), plain(ended.result)))
        differences.push('The result would be another.');
    } catch (error) {
      if (error instanceof EndOfTape) {
        // What was stopped had more to say; what was done had not.
        if (ended?.state === 'done') differences.push('The run would go on after the end of the journal.');
      } else if (ended?.state !== 'failed' || errorCode(error) !== ended.error?.code) throw error;
    }
    return { differences, values };
  };

  return {
    plan: planning.plan,

    async carryOut(run, signal) {
      const entries = entriesOf(run.id);
      const { budget, spent } = run.playbook ?? { budget: undefined, spent: undefined };
      const time = new AbortController();
      const left = Math.max(0, (budget?.seconds ?? 0) - (spent?.seconds ?? 0));
      const { worked, stop } = startWorkTime(clock, left * 1_000, () => time.abort());
      book.timed(run.id, worked);
      const both = AbortSignal.any([signal, time.signal]);
      const tape = createTape({ recorded: entries, write: write(run.id), signal: both });
      answers.begun(run.id, tape);
      try {
        return await interpreted(run, entries, tape, doersOf(run, both), new Map(), both);
      } catch (error) {
        if (!time.signal.aborted || signal.aborted) throw error;
        const slowest = book
          .get(run.id)
          .steps.toSorted((a, b) => lasted(b, clock.now()) - lasted(a, clock.now()))
          .slice(0, 3)
          .map((step) => `${step.title}: ${Math.round(lasted(step, clock.now()) / 1_000)} s`);
        throw new AppError(
          'BUDGET_SPENT',
          `The ${budget?.seconds} seconds of this run are over (${slowest.join(', ')}). Raise the time of the playbook, or give it less to do.`,
        );
      } finally {
        stop();
        // What is still under way where a step failed.
        time.abort();
        answers.ended(run.id);
      }
    },

    handlers: {
      answer: answers.answer,

      async replay({ id }) {
        const run = book.get(id);
        const differences = run.playbook
          ? (await replayed(run)).differences
          : await replaySkill(run, book.rows(id), book.assignment(id));
        return { identical: differences.length === 0, differences };
      },

      async fork({ id, ...request }) {
        const run = book.get(id);
        if (!run.playbook)
          throw new AppError('BAD_REQUEST', 'Only a run of a playbook can be forked. Start this one again instead.');
        if (run.endedAt === null)
          throw new AppError('CONFLICT', 'This run is still under way. Stop it, or wait for its end.');
        if (request.modelId !== undefined) inference.model(request.modelId);
        const { values } = await replayed(run);
        const { plan, taken } = forkOf(run, planOf(entriesOf(id)), values, request, registry);
        playbooks.check(plan.playbook);
        // It is a person's, whoever started the first.
        const { keyId: _, ...assignment } = book.assignment(id);
        const fork = book.create(
          {
            id: newId(),
            title: forkTitle(run.title, titleOf(plan, request.step)),
            modelId: run.modelId,
            place: run.place,
            assignment,
          },
          [planning.priced(plan, run.modelId), ...taken],
        );
        watchers.announceRun(summary(fork));
        components.resume(summary(fork));
        return summary(fork);
      },
    },
  };
};

/** Of a fork of a fork the last step alone. */
const forkTitle = (title: string, step: string): string =>
  `${title.replace(/ \(from “[^”]*”\)$/u, '')} (from “${step}”)`;

const titleOf = ({ playbook }: EntryOf<'plan'>, id: string): string =>
  playbook.steps.find((step) => step.id === id)?.title ?? id;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const lasted = ({ startedAt, endedAt }: RunDetail['steps'][number], now: number): number =>
  (endedAt ?? now) - startedAt;

const planOf = (entries: readonly JournalEntry[]): EntryOf<'plan'> => {
  const plan = entries.find((entry) => entry.type === 'plan');
  if (!plan) throw new AppError('PLAYBOOK_INVALID', 'The journal of this run holds no plan. Start it again.');
  return plan;
};
