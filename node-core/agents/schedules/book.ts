import { z } from 'zod';
import { AppError, Missed, Schedule } from '../../contract/index.ts';
import type { PlainTx, Store } from '../../storage/index.ts';
import type { EventInputs } from './inputs.ts';
import { timeOfKey } from './times.ts';
import { type Due, type ScheduleRow, tidyTrigger } from './types.ts';

/** A due time as it was decided: the run that it starts, or null. `passed`: it was there before the schedule was. */
export interface Decided {
  readonly due: Due;
  readonly runId: string | null;
  readonly missed: Missed | null;
  readonly inputs: EventInputs;
}

const shownOccurrences = 50;
/** So long it is told that occurrences were missed since too many waited. */
const week = 7 * 24 * 3_600_000;
export const noInputs: EventInputs = { inputs: {}, untrusted: [], kept: [] };
const StoredInputs = z.object({
  inputs: Schedule.shape.inputs,
  untrusted: z.array(z.string()),
  kept: z.array(z.string()),
});

/** Schedules and their occurrences in the database. */
export const createScheduleBook = (store: () => Store) => {
  const rowOf = (row: {
    id: string;
    playbookId: string;
    inputs: string;
    trigger: string;
    enabled: number;
    nextAt: number | null;
  }): ScheduleRow => ({
    id: row.id,
    playbookId: row.playbookId,
    inputs: Schedule.shape.inputs.parse(JSON.parse(row.inputs)),
    trigger: tidyTrigger(Schedule.shape.trigger.parse(JSON.parse(row.trigger))),
    enabled: row.enabled === 1,
    nextAt: row.nextAt,
  });
  const all = (): ScheduleRow[] =>
    store().all(store().qb.selectFrom('schedule').selectAll().orderBy('createdAt').orderBy('id')).map(rowOf);

  /** Not begun yet, oldest first. */
  const owed = () =>
    store()
      .qb.selectFrom('occurrence')
      .where('occurrence.runId', 'is not', null)
      .where('occurrence.runId', 'not in', (runs) => runs.selectFrom('run').select('id'));
  const owedOf = (scheduleId: string): number =>
    store().first(
      owed()
        .where('scheduleId', '=', scheduleId)
        .select(({ fn }) => fn.countAll<number>().as('count')),
    )?.count ?? 0;

  return {
    all,
    owedOf,
    /** @throws AppError `NOT_FOUND` */
    get(id: string): ScheduleRow {
      const row = store().first(store().qb.selectFrom('schedule').selectAll().where('id', '=', id));
      if (!row) throw new AppError('NOT_FOUND', 'This schedule is gone. Reload the list.');
      return rowOf(row);
    },
    put(tx: PlainTx, row: ScheduleRow, createdAt: number): void {
      const values = {
        playbookId: row.playbookId,
        inputs: JSON.stringify(row.inputs),
        trigger: JSON.stringify(row.trigger),
        enabled: Number(row.enabled),
        nextAt: row.nextAt,
      };
      tx.run(
        store()
          .qb.insertInto('schedule')
          .values({ id: row.id, ...values, createdAt })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    remove(id: string): void {
      store().write((tx) => tx.run(store().qb.deleteFrom('schedule').where('id', '=', id)));
    },
    shown(row: ScheduleRow, now: number, unanswered: boolean): Schedule {
      const occurrences = store()
        .all(
          store()
            .qb.selectFrom('occurrence')
            .leftJoin('run', 'run.id', 'occurrence.runId')
            .select(['at', 'run.id as runId', 'missed'])
            .where('scheduleId', '=', row.id)
            // Neither: it was there before the schedule.
            .where((or) => or.or([or('occurrence.runId', 'is not', null), or('missed', 'is not', null)]))
            .orderBy('at', 'desc')
            .orderBy('key')
            .limit(shownOccurrences),
        )
        .map(({ missed, ...occurrence }) => ({ ...occurrence, missed: Missed.nullable().parse(missed) }));
      const crowdedOut = store().first(
        store()
          .qb.selectFrom('occurrence')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('scheduleId', '=', row.id)
          .where('missed', '=', 'too-many')
          .where('at', '>', now - week),
      );
      return { ...row, occurrences, waiting: owedOf(row.id), crowdedOut: crowdedOut?.count ?? 0, unanswered };
    },

    isKnown: (scheduleId: string, key: string): boolean =>
      store().first(
        store().qb.selectFrom('occurrence').select('key').where('scheduleId', '=', scheduleId).where('key', '=', key),
      ) !== undefined,
    knownAfter: (scheduleId: string, at: number): ReadonlySet<string> =>
      new Set(
        store()
          .all(
            store().qb.selectFrom('occurrence').select('key').where('scheduleId', '=', scheduleId).where('at', '>', at),
          )
          .map(({ key }) => key),
      ),
    note(tx: PlainTx, scheduleId: string, decided: readonly Decided[]): void {
      for (const { due, runId, missed, inputs } of decided)
        tx.run(
          store()
            .qb.insertInto('occurrence')
            .values({
              scheduleId,
              key: due.key,
              at: due.at,
              runId,
              missed,
              inputs: JSON.stringify(inputs),
            }),
        );
    },
    setNext(tx: PlainTx, id: string, nextAt: number | null): void {
      tx.run(store().qb.updateTable('schedule').set({ nextAt }).where('id', '=', id));
    },
    /** What a clock that was ahead took for missed has still to come. */
    forgetMissedAfter(tx: PlainTx, scheduleId: string, now: number): void {
      const keys = store()
        .all(
          store()
            .qb.selectFrom('occurrence')
            .select('key')
            .where('scheduleId', '=', scheduleId)
            .where('at', '>', now)
            .where('missed', 'is not', null),
        )
        .map(({ key }) => key)
        .filter((key) => timeOfKey(key) !== undefined || key.startsWith('due ') || key.startsWith('before '));
      for (const key of keys)
        tx.run(store().qb.deleteFrom('occurrence').where('scheduleId', '=', scheduleId).where('key', '=', key));
    },
    /** Those that are to start a run which was not made yet, oldest first. While their schedule is off, none. */
    owed: () =>
      store().all(
        owed()
          .innerJoin('schedule', 'schedule.id', 'occurrence.scheduleId')
          .select(['occurrence.scheduleId', 'occurrence.key'])
          .where('schedule.enabled', '=', 1)
          .orderBy('occurrence.at')
          .orderBy('occurrence.key'),
      ),
    /** What the run of one is started with; undefined where it is gone. */
    startOf(scheduleId: string, key: string) {
      const row = store().first(
        store()
          .qb.selectFrom('occurrence')
          .innerJoin('schedule', 'schedule.id', 'occurrence.scheduleId')
          .select(['occurrence.runId', 'occurrence.inputs as event', 'schedule.playbookId', 'schedule.inputs'])
          .where('occurrence.scheduleId', '=', scheduleId)
          .where('occurrence.key', '=', key),
      );
      if (!row?.runId) return undefined;
      return {
        runId: row.runId,
        playbookId: row.playbookId,
        given: Schedule.shape.inputs.parse(JSON.parse(row.inputs)),
        event: StoredInputs.parse(JSON.parse(row.event)),
      };
    },
    miss(scheduleId: string, key: string): void {
      store().write((tx) =>
        tx.run(
          store()
            .qb.updateTable('occurrence')
            .set({ runId: null, missed: 'not-begun' })
            .where('scheduleId', '=', scheduleId)
            .where('key', '=', key),
        ),
      );
    },
    /** Runs of the schedule that have not ended. */
    underWay: (scheduleId: string): number =>
      store().all(
        store()
          .qb.selectFrom('occurrence')
          .innerJoin('run', 'run.id', 'occurrence.runId')
          .select('run.id')
          .where('occurrence.scheduleId', '=', scheduleId)
          .where('run.state', 'in', ['queued', 'running', 'waiting']),
      ).length,
  };
};
export type ScheduleBook = ReturnType<typeof createScheduleBook>;
