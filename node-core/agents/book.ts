import { z } from 'zod';
import type { Clock } from '../common/index.ts';
import { AppError, CalendarDate, Run, type RunDetail, RunResult, StartRun, Task } from '../contract/index.ts';
import type { PlainTx, Schema, Store } from '../storage/index.ts';
import { fold } from './fold.ts';
import { JournalRow, type JournalEntry } from './journal.ts';

/** What a run is asked to do and what it needs to know for it, settled when it is created so that it takes the same way every time. */
export const Assignment = z.object({
  input: StartRun,
  /** The day its dates are relative to. */
  today: CalendarDate,
  /** Whether the model is the built-in one, which has prompts of its own. */
  builtin: z.boolean(),
  /** What the handed-over task said. */
  task: Task.pick({ tags: true, dueDate: true }).nullable(),
  /** The key of the program that started it, which it ends with; none where a person did. */
  keyId: z.string().exactOptional(),
});
export type Assignment = z.infer<typeof Assignment>;

export interface NewRun {
  readonly id: string;
  readonly title: string;
  readonly modelId: string;
  readonly place: Run['place'];
  readonly assignment: Assignment;
}

/** Entries written in a transaction that has not ended yet. */
export interface Written {
  /** To call once the transaction is durable: the run as it stands now. */
  commit(): RunDetail;
}

/** Runs and their journals in the database. The `run` table is what lists need of the fold, written in the same transaction. */
export interface RunBook {
  /** `first`: what its journal says after `created`, in the same transaction. */
  create(run: NewRun, first?: readonly JournalEntry[]): RunDetail;
  append(id: string, entries: readonly JournalEntry[]): RunDetail;
  appendIn(tx: PlainTx, id: string, entries: readonly JournalEntry[]): Written;
  /** @throws AppError `NOT_FOUND` */
  get(id: string): RunDetail;
  assignment(id: string): Assignment;
  rows(id: string): JournalRow[];
  /** The newest first, `limit` of them, and after them what began before and has not ended. */
  list(limit: number): Run[];
  /** Ids of runs that have not ended, oldest first. */
  unfinished(): string[];
  /** The run under way that the task was handed to, if there is one. */
  ofTask(taskId: string): Run | undefined;
  /** From now on `worked` says how many milliseconds the run has worked. */
  timed(id: string, worked: () => number): void;
  /** Drops what is held in memory of runs under way. */
  forget(): void;
}

/** A run as far as its journal goes; `at`: time of the last entry. */
interface Held {
  readonly detail: RunDetail;
  readonly seq: number;
  readonly at: number | null;
}

/** A clock that is put right goes by this much beside the time; one that jumped, or a machine that slept, by more. */
const mostBesideMs = 1_000;

/** Without the texts, which may be long. */
const summaryColumns = [
  'id',
  'skill',
  'title',
  'state',
  'taskId',
  'modelId',
  'place',
  'createdAt',
  'startedAt',
  'endedAt',
  'promptTokens',
  'outputTokens',
  'error',
  'result',
  'undoneAt',
  'playbookId',
] as const;

export const createRunBook = (components: { readonly store: () => Store; readonly clock: Clock }): RunBook => {
  const { store, clock } = components;
  /** Runs under way, so that an append does not read the whole journal. */
  const open = new Map<string, Held>();
  /** `at`: what they had worked at their last entry. */
  const timers = new Map<string, { readonly worked: () => number; readonly at: number }>();

  const row = (id: string) => {
    const found = store().first(store().qb.selectFrom('run').selectAll().where('id', '=', id));
    if (!found)
      throw new AppError(
        'NOT_FOUND',
        'This run does not exist. It may belong to another vault; open Runs to see what there is.',
      );
    return found;
  };

  const toRun = ({ error, result, ...rest }: Pick<Schema['run'], (typeof summaryColumns)[number]>): Run => ({
    ...rest,
    error: error === null ? null : Run.shape.error.parse(JSON.parse(error)),
    result: result === null ? null : RunResult.parse(JSON.parse(result)),
  });

  const rows = (id: string): JournalRow[] =>
    store()
      .all(store().qb.selectFrom('journal').select(['at', 'type', 'data']).where('runId', '=', id).orderBy('seq'))
      .map(({ at, type, data }) => {
        const { worked, ...entry } = JSON.parse(data);
        return JournalRow.parse({ at, entry: { ...entry, type }, ...(worked !== undefined && { worked }) });
      });

  const read = (id: string): Held => {
    const { input, options: _options, ...stored } = row(id);
    const entries = rows(id);
    const base: RunDetail = {
      ...toRun(stored),
      state: 'queued',
      startedAt: null,
      endedAt: null,
      promptTokens: 0,
      outputTokens: 0,
      error: null,
      result: null,
      input,
      steps: [],
      playbook: null,
    };
    let detail = base;
    let at: number | null = null;
    for (const entry of entries) {
      detail = fold(detail, entry, at);
      at = entry.at;
    }
    return { detail, seq: entries.length, at };
  };

  const appendIn: RunBook['appendIn'] = (tx, id, entries) => {
    const before = open.get(id) ?? read(id);
    const at = clock.now();
    let { detail, seq, at: since } = before;
    const timer = timers.get(id);
    const total = timer?.worked() ?? 0;
    const worked = Math.round(total - (timer?.at ?? 0));
    const isBeside =
      timer && since !== null && detail.state === 'running' && Math.abs(at - since - worked) > mostBesideMs;
    for (const [place, entry] of entries.entries()) {
      const { type, ...data } = entry;
      const beside = isBeside && place === 0 && { worked };
      tx.run(
        store()
          .qb.insertInto('journal')
          .values({ runId: id, seq, at, type, data: JSON.stringify({ ...data, ...beside }) }),
      );
      detail = fold(detail, { at, entry, ...beside }, since);
      since = at;
      seq += 1;
    }
    tx.run(
      store()
        .qb.updateTable('run')
        .set({
          state: detail.state,
          startedAt: detail.startedAt,
          endedAt: detail.endedAt,
          promptTokens: detail.promptTokens,
          outputTokens: detail.outputTokens,
          error: detail.error && JSON.stringify(detail.error),
          result: detail.result && JSON.stringify(detail.result),
        })
        .where('id', '=', id),
    );
    return {
      commit: () => {
        if (timer) timers.set(id, { ...timer, at: total });
        if (detail.endedAt === null) open.set(id, { detail, seq, at });
        else {
          open.delete(id);
          timers.delete(id);
        }
        return detail;
      },
    };
  };

  return {
    create: ({ id, title, modelId, place, assignment }, first = []) => {
      const { input } = assignment;
      const { text, bare } = apart(input);
      return store()
        .write((tx) => {
          tx.run(
            store()
              .qb.insertInto('run')
              .values({
                id,
                skill: input.skill,
                title,
                input: text,
                options: JSON.stringify({ ...assignment, input: bare }),
                state: 'queued',
                taskId: input.skill === 'extract' ? null : (input.taskId ?? null),
                modelId,
                place,
                createdAt: clock.now(),
                startedAt: null,
                endedAt: null,
                promptTokens: 0,
                outputTokens: 0,
                error: null,
                result: null,
                undoneAt: null,
                playbookId: input.skill === 'playbook' ? input.playbookId : null,
              }),
          );
          return appendIn(tx, id, [{ type: 'created' }, ...first]);
        })
        .commit();
    },
    append: (id, entries) =>
      store()
        .write((tx) => appendIn(tx, id, entries))
        .commit(),
    appendIn,
    get: (id) => ({ ...(open.get(id)?.detail ?? read(id).detail), undoneAt: row(id).undoneAt }),
    assignment: (id) => {
      const { input: text, options } = row(id);
      const { input, ...rest } = Assignment.parse(JSON.parse(options));
      return { ...rest, input: together(input, text) };
    },
    rows,
    list: (limit) => {
      const newestFirst = store()
        .qb.selectFrom('run')
        .select(summaryColumns)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc');
      const newest = store().all(newestFirst.limit(limit));
      if (newest.length < limit) return newest.map(toRun);
      // One that waits for a person is not forgotten behind those that came after it.
      const shown = new Set(newest.map(({ id }) => id));
      const active = store().all(newestFirst.where('state', 'in', ['queued', 'running', 'waiting']));
      return [...newest, ...active.filter(({ id }) => !shown.has(id))].map(toRun);
    },
    unfinished: () =>
      store()
        .all(
          store()
            .qb.selectFrom('run')
            .select('id')
            .where('state', 'in', ['queued', 'running', 'waiting'])
            .orderBy('createdAt')
            .orderBy('id'),
        )
        .map(({ id }) => id),
    ofTask: (taskId) => {
      const found = store().first(
        store()
          .qb.selectFrom('run')
          .select(summaryColumns)
          .where('taskId', '=', taskId)
          .where('state', 'in', ['queued', 'running', 'waiting'])
          .orderBy('createdAt'),
      );
      return found && toRun(found);
    },
    timed: (id, worked) => void timers.set(id, { worked, at: 0 }),
    forget: () => {
      open.clear();
      timers.clear();
    },
  };
};

/** The long text of an input lies apart from the rest, which is read with every list. */
const apart = (input: StartRun): { readonly text: string; readonly bare: StartRun } => {
  if (input.skill === 'plan') return { text: input.goal, bare: { ...input, goal: '' } };
  if (input.skill === 'extract') return { text: input.transcript, bare: { ...input, transcript: '' } };
  return { text: '', bare: input };
};

const together = (bare: StartRun, text: string): StartRun => {
  if (bare.skill === 'plan') return { ...bare, goal: text };
  if (bare.skill === 'extract') return { ...bare, transcript: text };
  return bare;
};
