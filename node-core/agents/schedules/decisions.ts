import { type Clock, type Logger, newId } from '../../common/index.ts';
import { errorCode, type Missed } from '../../contract/index.ts';
import { type Decided, noInputs, type ScheduleBook } from './book.ts';
import { eventInputs } from './inputs.ts';
import type { Due, ScheduleRow, Starts } from './types.ts';

/** Of one schedule so many runs are under way at most; what happens beyond waits for the end of one. */
const mostUnderWay = 20;
/** So much that happened waits at most; what comes beyond is missed. Of times only the latest counts, and none waits. */
const mostWaiting = 1_000;

/** What becomes of all that is due: it starts a run, waits for one, or is missed. */
export interface Decisions {
  /** Of what was not decided before; to be noted by the caller. */
  decide(schedule: ScheduleRow, due: readonly Due[]): Decided[];
  /**
   * Makes the runs that occurrences are written down for, as far as there is room: those of now, those that waited, and those of a node
   * that ended before it came to it.
   */
  begin(): void;
}

export const createDecisions = (
  components: Starts & {
    readonly book: ScheduleBook;
    readonly clock: Clock;
    readonly logger: Logger;
  },
): Decisions => {
  const { book, clock, logger, playbook, startRun } = components;

  /** What of all that is due does not fire, and why. Times of one schedule are the same work again; different tasks are not. */
  const missedOf = ({ id, trigger }: ScheduleRow, due: readonly Due[], now: number): ReadonlyMap<Due, Missed> => {
    const isTime = trigger.on === 'time';
    const fire = due.filter(({ until }) => now <= until).slice(isTime ? -1 : 0);
    const places = new Map(fire.map((one, place) => [one, place]));
    const room = Math.max(0, isTime ? mostUnderWay - book.underWay(id) : mostWaiting - book.owedOf(id));
    return new Map(
      due.flatMap((one): [Due, Missed][] => {
        const place = places.get(one);
        return place === undefined ? [[one, 'late']] : place >= room ? [[one, 'too-many']] : [];
      }),
    );
  };

  return {
    decide(schedule, due) {
      const fresh = due.filter(({ key }) => !book.isKnown(schedule.id, key));
      if (fresh.length === 0) return [];
      const missed = missedOf(schedule, fresh, clock.now());
      const crowded = [...missed.values()].filter((why) => why === 'too-many').length;
      if (crowded > 0) logger.warn('too much of a schedule waits', { scheduleId: schedule.id, missed: crowded });
      return fresh.map((one) => {
        const why = missed.get(one);
        if (why) return { due: one, runId: null, missed: why, inputs: noInputs };
        try {
          const inputs = eventInputs(playbook(schedule.playbookId), schedule.inputs, one.subject);
          return { due: one, runId: newId(), missed: null, inputs };
        } catch (error) {
          const code = errorCode(error);
          if (code !== 'NOT_FOUND' && code !== 'PLAYBOOK_INVALID') throw error;
          logger.warn('a schedule has no playbook to run', { scheduleId: schedule.id, code });
          return { due: one, runId: null, missed: 'not-begun', inputs: noInputs };
        }
      });
    },

    begin() {
      const room = new Map<string, number>();
      for (const { scheduleId, key } of book.owed()) {
        const left = room.get(scheduleId) ?? mostUnderWay - book.underWay(scheduleId);
        room.set(scheduleId, left);
        const start = left > 0 ? book.startOf(scheduleId, key) : undefined;
        if (!start) continue;
        const { runId, playbookId, given, event } = start;
        try {
          const filled = Object.fromEntries(
            Object.entries(given).filter(([, value]) => value !== null && value !== ''),
          );
          startRun(
            {
              skill: 'playbook',
              playbookId,
              inputs: { ...event.inputs, ...filled },
              untrusted: event.untrusted,
              kept: event.kept,
            },
            runId,
          );
          room.set(scheduleId, left - 1);
          logger.info('a schedule began a run', { scheduleId, runId });
        } catch (error) {
          const code = errorCode(error);
          if (code === undefined) throw error;
          if (code === 'VAULT_LOCKED' || code.startsWith('STORAGE_')) throw error;
          logger.warn('a run of a schedule could not begin', { scheduleId, code });
          book.miss(scheduleId, key);
        }
      }
    },
  };
};
