import { setImmediate, setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type Clock, newId } from '../../common/index.ts';
import {
  AppError,
  type Answer,
  type ContractHandlers,
  errorCode,
  type Playbook,
  type PlaybookResult,
  type Profile,
  type Question,
  type Run,
  type RunDetail,
  type StartPlaybook,
} from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Store } from '../../storage/index.ts';
import type { Toolbox } from '../../tools/index.ts';
import type { RunBook } from '../book.ts';
import { type EntryOf, type JournalEntry, summary, type Touched } from '../journal.ts';
import { ofInput, union, unlabelled } from '../labels.ts';
import { isByAgent, labelsOfTask, readInputs } from '../playbooks/inputs.ts';
import type { Playbooks } from '../playbooks/index.ts';
import { replaySkill } from '../replay.ts';
import type { Watchers } from '../watch.ts';
import { createSpending } from './budget.ts';
import { hashNow } from './call.ts';
import type { Doers, Registry, RunContext } from './context.ts';
import { namedModels, pricesOf } from './cost.ts';
import { createDoers, nothingDone } from './doers.ts';
import { forkOf } from './fork.ts';
import { interpret } from './interpret.ts';
import { createModelSlots } from './model-slots.ts';
import type { Labelled } from './scope.ts';
import { createSlots } from './slots.ts';
import { createTape, EndOfTape, type Incoming, type Tape } from './tape.ts';

/** Calls of tools of one run at the same time. */
const toolSlots = 8;
/** Milliseconds that an answer waits for a run which is about to go on. */
const comingMs = 5_000;

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
  /** What a new run is to do, fixed before anything is read. @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID`, `BAD_REQUEST` */
  plan(request: z.infer<typeof StartPlaybook>): { readonly title: string; readonly entry: EntryOf<'plan'> };
  /** @throws WaitingForPerson where nothing goes on until a person says something */
  carryOut(run: RunDetail, signal: AbortSignal): Promise<PlaybookResult>;
  readonly handlers: Pick<ContractHandlers['runs'], 'answer' | 'replay' | 'fork'>;
}

export const createPlaybookRuns = (components: PlaybookRunsComponents): PlaybookRuns => {
  const { book, watchers, store, inference, tools, playbooks, registry, profileOf, clock } = components;
  const tapes = new Map<string, Tape>();
  const doersOf = createDoers(components);
  /** Of runs that are about to go on. */
  const coming = new Map<string, PromiseWithResolvers<Tape>>();

  const write = (id: string) => (entries: readonly JournalEntry[]) => watchers.announce(book.append(id, entries));

  const profilesOf = ({ profile, steps }: Playbook): Profile[] =>
    [...new Set([profile, ...steps.flatMap((step) => ('profile' in step && step.profile ? [step.profile] : []))])].map(
      profileOf,
    );

  const doersOfPlan = (playbook: Playbook): Pick<EntryOf<'plan'>, 'profiles' | 'informed'> => {
    const plain = profilesOf(playbook);
    const profiles = plain.map(components.told);
    const informed = profiles.filter((profile) => !plain.includes(profile)).map(({ id }) => id);
    return { profiles, ...(informed.length > 0 && { informed }) };
  };

  const priced = (
    playbook: Playbook,
    modelId: string | undefined,
    profiles: readonly Profile[],
    models: Readonly<Record<string, string>>,
  ) =>
    pricesOf(
      playbook,
      [modelId, ...namedModels(profiles, models)].flatMap((id) => ofModel(() => [inference.model(id)], [])),
    );

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
    const notices: string[] = [];
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

  /** Of a model that is gone it is `otherwise`; whoever asks it is told. */
  const ofModel = <T>(look: () => T, otherwise: T): T => {
    try {
      return look();
    } catch (error) {
      if (errorCode(error) === 'MODEL_NOT_FOUND') return otherwise;
      throw error;
    }
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

  const questionOf = (run: RunDetail, id: string): Question => {
    const question = run.playbook?.questions.find((one) => one.id === id);
    if (!question) throw new AppError('CONFLICT', 'This is no longer asked. Look at the run again.');
    return question;
  };

  const takenUp = (id: string): Promise<Tape> => {
    const tape = coming.get(id) ?? Promise.withResolvers<Tape>();
    coming.set(id, tape);
    const late = setTimeout(comingMs, undefined, { ref: false }).then(() => {
      throw new AppError('CONFLICT', 'This run waits for its turn. Answer again in a moment.');
    });
    return Promise.race([tape.promise, late]);
  };

  const say = async ({ id }: RunDetail, entry: Incoming): Promise<void> => {
    // Who answers as soon as they are asked does so before the run has come to rest.
    await setImmediate();
    const run = book.get(id);
    const tape = tapes.get(run.id);
    if (tape) return tape.deliver(entry);
    // It was answered already and is about to go on: what follows from that is said before another answer counts.
    if (run.state !== 'waiting') return (await takenUp(run.id)).deliver(entry);
    write(run.id)([entry]);
    components.resume(summary(run));
  };

  return {
    plan({ playbookId, inputs: given, edited, models = {}, modelId, taskId, untrusted = [], kept = [] }) {
      if (edited) playbooks.check(edited);
      for (const id of Object.values(models)) inference.model(id);
      const playbook = edited ?? playbooks.find(playbookId);
      const inputs = readInputs(playbook, given, store());
      const task = taskId === undefined ? undefined : store().get('task', taskId);
      const doers = doersOfPlan(playbook);
      const first = playbook.inputs.map(({ id }) => inputs[id]).find((value) => typeof value === 'string');
      const about = typeof first === 'string' ? first.trim().split('\n')[0]?.slice(0, 80) : undefined;
      return {
        title: about ? `${playbook.name}: ${about}` : playbook.name,
        entry: {
          type: 'plan',
          playbook,
          inputs,
          inputLabels: Object.fromEntries(
            playbook.inputs.map((input) => {
              const value = inputs[input.id] ?? null;
              return [
                input.id,
                union(
                  ofInput(input),
                  { ...unlabelled, ...labelsOfTask(value, task) },
                  {
                    ...unlabelled,
                    untrusted: untrusted.includes(input.id) || isByAgent(input, value, store()),
                    private: kept.includes(input.id),
                  },
                ),
              ];
            }),
          ),
          ...doers,
          models,
          ...priced(playbook, modelId, doers.profiles, models),
        },
      };
    },

    async carryOut(run, signal) {
      const entries = entriesOf(run.id);
      const { budget, spent } = run.playbook ?? { budget: undefined, spent: undefined };
      const time = new AbortController();
      const left = Math.max(0, (budget?.seconds ?? 0) - (spent?.seconds ?? 0));
      const timer = globalThis.setTimeout(() => time.abort(), left * 1_000);
      const both = AbortSignal.any([signal, time.signal]);
      const tape = createTape({ recorded: entries, write: write(run.id), signal: both });
      tapes.set(run.id, tape);
      coming.get(run.id)?.resolve(tape);
      coming.delete(run.id);
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
        clearTimeout(timer);
        // What is still under way where a step failed.
        time.abort();
        tapes.delete(run.id);
      }
    },

    handlers: {
      async answer({ id, questionId, answer }) {
        const run = book.get(id);
        const question = questionOf(run, questionId);
        fits(question, answer);
        const index = 'index' in question ? question.index : question.call.index;
        if (question.type === 'approve' && answer.type === 'approve' && answer.allow) {
          const asked = entriesOf(id).find((entry) => entry.type === 'ask' && entry.id === questionId);
          const call = asked?.type === 'ask' && asked.about.type === 'approve' ? asked.about.call : undefined;
          const tool = call && tools.find(call.tool);
          if (!call || !tool || hashNow(tools, tool, call) !== question.call.hash) {
            await say(run, { type: 'voided', index, id: questionId });
            throw new AppError(
              'CONFLICT',
              `${question.call.tool} has changed since you were asked. Look at the question again.`,
            );
          }
        }
        await say(run, { type: 'answered', index, id: questionId, answer });
        return summary(book.get(id));
      },

      async replay({ id }) {
        const run = book.get(id);
        const differences = run.playbook
          ? (await replayed(run)).differences
          : await replaySkill(run, book.rows(id), book.assignment(id));
        return { identical: differences.length === 0, differences };
      },

      async fork({ id, ...request }) {
        const run = book.get(id);
        if (!run.playbook) throw new AppError('BAD_REQUEST', 'Only a run of a playbook can be forked.');
        if (run.endedAt === null)
          throw new AppError('CONFLICT', 'This run is still under way. Stop it, or wait for its end.');
        if (request.modelId !== undefined) inference.model(request.modelId);
        const { values } = await replayed(run);
        const { plan, taken } = forkOf(run, planOf(entriesOf(id)), values, request, registry);
        playbooks.check(plan.playbook);
        const { prices: _then, ...unpriced } = plan;
        const { playbook, profiles, models } = plan;
        // It is a person's, whoever started the first.
        const { keyId: _, ...assignment } = book.assignment(id);
        const fork = book.create(
          { id: newId(), title: run.title, modelId: run.modelId, place: run.place, assignment },
          [{ ...unpriced, ...priced(playbook, run.modelId, profiles, models) }, ...taken],
        );
        watchers.announceRun(summary(fork));
        components.resume(summary(fork));
        return summary(fork);
      },
    },
  };
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const lasted = ({ startedAt, endedAt }: RunDetail['steps'][number], now: number): number =>
  (endedAt ?? now) - startedAt;

const planOf = (entries: readonly JournalEntry[]): EntryOf<'plan'> => {
  const plan = entries.find((entry) => entry.type === 'plan');
  if (!plan) throw new AppError('PLAYBOOK_INVALID', 'The journal of this run holds no plan. Start it again.');
  return plan;
};

const fits = (question: Question, answer: Answer): void => {
  if (question.type !== answer.type) throw new AppError('BAD_REQUEST', 'This is no answer to what is asked.');
  if (question.type === 'choose' && answer.type === 'choose' && answer.taken.some((at) => at >= question.items.length))
    throw new AppError('BAD_REQUEST', `There are ${question.items.length} proposals. Choose among these.`);
};
