import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type Clock, type Disposable, logFault, type Logger, newId, type Startable } from '../../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  errorCode,
  type Missed,
  type Schedule,
  type StartRun,
} from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { createScheduleBook, type Decided, noInputs } from './book.ts';
import { changesSince, isChangeTrigger } from './changes.ts';
import { dueTasks } from './due-tasks.ts';
import { filesThere, type FolderWatch, watchFolder } from './folder.ts';
import { eventInputs } from './inputs.ts';
import { checkCron, nextTime, timesBetween } from './times.ts';
import { type Due, longestWait, type PlaybookInputs, type ScheduleRow } from './types.ts';

/** Of one schedule so many runs are under way at most; what happens beyond waits for the end of one. */
const mostUnderWay = 20;
/** So much that happened waits at most; what comes beyond is missed. Of times only the latest counts, and none waits. */
const mostWaiting = 1_000;
/** After a stir in a folder or the workspace: more is likely to come at once. Milliseconds. */
const settle = 50;

export interface SchedulesComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID` */
  readonly playbook: (id: string) => PlaybookInputs;
  /** Makes the run with this id. */
  readonly startRun: (request: Extract<StartRun, { skill: 'playbook' }>, runId: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Runs that begin by themselves. Each occurrence is decided once and written down, with the id of its run, before the run is made; the
 * primary key of its row keeps it from being decided again. `start` after each unlock, `stop` before each lock.
 */
export interface Schedules extends Startable {
  /** Looks now instead of in up to half a minute. Resolves when what was due has begun. */
  look(): Promise<void>;
  /** There may be room for one that waits. */
  lookSoon(): void;
  readonly handlers: ContractHandlers['schedules'];
}

export const createSchedules = (components: SchedulesComponents): Schedules => {
  const { store, clock, playbook, startRun } = components;
  const logger = components.logger.child('schedules');
  const book = createScheduleBook(store);
  const folders = new Map<string, FolderWatch>();
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = 0;
  let subscription: Disposable | undefined;
  /** One look at a time, and none while a schedule is saved. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };

  /** What of all that is due does not fire, and why. */
  const missedOf = ({ id, trigger }: ScheduleRow, due: readonly Due[], now: number): ReadonlyMap<Due, Missed> => {
    const onTime = due.filter((one) => now <= one.onTime);
    const late = due.filter((one) => now > one.onTime && now <= one.until).slice(-1);
    const isTime = trigger.on === 'time';
    const fire = isTime ? [...late, ...onTime].slice(-1) : onTime.length > 0 ? onTime : late;
    const places = new Map(fire.map((one, place) => [one, place]));
    const room = Math.max(0, isTime ? mostUnderWay - book.underWay(id) : mostWaiting - book.owedOf(id));
    return new Map(
      due.flatMap((one): [Due, Missed][] => {
        const place = places.get(one);
        return place === undefined ? [[one, 'late']] : place >= room ? [[one, 'too-many']] : [];
      }),
    );
  };

  const decide = (schedule: ScheduleRow, due: readonly Due[], now: number): Decided[] => {
    const fresh = due.filter(({ key }) => !book.isKnown(schedule.id, key));
    if (fresh.length === 0) return [];
    const missed = missedOf(schedule, fresh, now);
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
  };

  /**
   * Makes the runs that occurrences are written down for, as far as there is room: those of now, those that waited, and those of a node
   * that ended before it came to it.
   */
  const begin = (): void => {
    const room = new Map<string, number>();
    for (const { scheduleId, key } of book.owed()) {
      const left = room.get(scheduleId) ?? mostUnderWay - book.underWay(scheduleId);
      room.set(scheduleId, left);
      const start = left > 0 ? book.startOf(scheduleId, key) : undefined;
      if (!start) continue;
      const { runId, playbookId, given, event } = start;
      try {
        const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
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
  };

  /** The next time of a schedule that goes by the clock. */
  const nextOf = ({ id, trigger }: ScheduleRow, now: number): number | null => {
    if (trigger.on === 'time') {
      const known = book.knownAfter(id, now);
      let next = nextTime(trigger.cron, trigger.timeZone, now);
      while (next !== null && known.has(`time ${next}`)) next = nextTime(trigger.cron, trigger.timeZone, next);
      return next;
    }
    if (trigger.on === 'task-due') return dueTasks(store()).find(({ at }) => at > now)?.at ?? null;
    return null;
  };

  const dueOf = ({ trigger, nextAt }: ScheduleRow, now: number): Due[] => {
    if (trigger.on === 'time')
      return nextAt === null || nextAt > now ? [] : timesBetween(trigger.cron, trigger.timeZone, nextAt, now);
    return trigger.on === 'task-due' ? dueTasks(store()).filter(({ at }) => at <= now) : [];
  };

  /** What time and changes brought. */
  const lookInside = (): number => {
    const now = clock.now();
    const schedules = book.all().filter(({ enabled }) => enabled);
    const changes = changesSince(store(), now, schedules.map(({ trigger }) => trigger).filter(isChangeTrigger));
    let wait = changes.wait;
    for (const schedule of schedules) {
      const { id, trigger } = schedule;
      if (trigger.on === 'file-dropped') continue;
      store().write((tx) => {
        book.forgetMissedAfter(tx, id, now);
      });
      const due = isChangeTrigger(trigger) ? changes.dueOf(trigger) : dueOf(schedule, now);
      const decided = decide(schedule, due, now);
      const next = nextOf(schedule, now);
      if (decided.length > 0 || next !== schedule.nextAt)
        store().write((tx) => {
          book.note(tx, id, decided);
          book.setNext(tx, id, next);
        });
      if (next !== null) wait = Math.min(wait, next - now);
    }
    changes.done();
    return wait;
  };

  const watched = (schedules: readonly ScheduleRow[]): void => {
    const wanted = new Map(
      schedules.flatMap(({ id, enabled, trigger }) =>
        running && enabled && trigger.on === 'file-dropped' ? [[id, trigger.folder] as const] : [],
      ),
    );
    for (const [id, folder] of folders)
      if (wanted.get(id) !== folder.folder) {
        folder.dispose();
        folders.delete(id);
      }
    for (const [id, folder] of wanted)
      if (!folders.has(id))
        folders.set(
          id,
          watchFolder(folder, clock, () => soon(settle)),
        );
  };

  const lookAtFolders = async (): Promise<number> => {
    let wait = Number.POSITIVE_INFINITY;
    for (const schedule of book.all()) {
      const folder = folders.get(schedule.id);
      if (!folder) continue;
      const seen = await folder.look((key) => book.isKnown(schedule.id, key));
      const now = clock.now();
      const decided: Decided[] = [
        ...decide(
          schedule,
          seen.dropped.filter((file) => file.unusable === null).map(({ due }) => due),
          now,
        ),
        ...seen.dropped.flatMap(({ due, unusable }) =>
          unusable === null ? [] : [{ due, runId: null, missed: unusable, inputs: noInputs }],
        ),
      ];
      for (const { unusable: why } of seen.dropped) if (why) logger.warn('a dropped file was left', { why });
      if (decided.length > 0) store().write((tx) => book.note(tx, schedule.id, decided));
      wait = Math.min(wait, seen.wait);
    }
    return wait;
  };

  const look = (): Promise<void> =>
    inTurn(async () => {
      let wait = longestWait;
      try {
        begin();
        wait = Math.min(wait, lookInside());
        begin();
        watched(book.all());
        wait = Math.min(wait, await lookAtFolders());
        begin();
      } catch (error) {
        // Locked meanwhile: it is looked again after the unlock. A full disk passes.
        const code = errorCode(error);
        if (code !== 'VAULT_LOCKED' && code !== 'VAULT_MISSING' && !code?.startsWith('STORAGE_')) throw error;
      } finally {
        soon(wait);
      }
    });

  const lookAlone = (): void =>
    void look().catch((error: unknown) => logFault(logger, 'a look at schedules failed', error));

  const soon = (wait: number): void => {
    if (!running) return;
    const at = clock.monotonic() + wait;
    if (timer && timerAt <= at) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(
      () => {
        timer = undefined;
        lookAlone();
      },
      Math.max(0, wait),
    ).unref();
  };

  /** What is there when a schedule begins did not happen to it. */
  const passOver = async ({ trigger }: ScheduleRow): Promise<Due[]> => {
    const now = clock.now();
    const past = (key: string): Due => ({ key, at: now, onTime: now, until: now, subject: null });
    if (trigger.on === 'file-dropped') return (await filesThere(trigger.folder)).map(past);
    if (trigger.on === 'task-due') return dueTasks(store()).flatMap(({ key, at }) => (at <= now ? [past(key)] : []));
    return [];
  };

  const check = async ({ trigger, playbookId }: Pick<Schedule, 'trigger' | 'playbookId'>): Promise<void> => {
    playbook(playbookId);
    if (trigger.on === 'time') checkCron(trigger.cron, trigger.timeZone, clock.now());
    if (trigger.on !== 'file-dropped') return;
    const isFolder = await stat(trigger.folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isAbsolute(trigger.folder) || !isFolder)
      throw new AppError(
        'BAD_REQUEST',
        'This folder is not there. Give the whole path of a folder on the machine that Jan runs on.',
      );
  };

  return {
    look,
    lookSoon: () => soon(settle),
    async start() {
      if (running) return;
      running = true;
      try {
        subscription = store().onDidChange((changes) => {
          if (changes.some(({ kind }) => kind === 'task' || kind === 'note')) soon(settle);
        });
      } catch (error) {
        running = false;
        if (errorCode(error) === 'VAULT_LOCKED' || errorCode(error) === 'VAULT_MISSING') return;
        throw error;
      }
      // A folder may lie on a machine that does not answer: nobody waits for it.
      lookAlone();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      timer = undefined;
      subscription?.dispose();
      subscription = undefined;
      for (const folder of folders.values()) folder.dispose();
      folders.clear();
      await turn;
    },
    handlers: {
      list: () => book.all().map((row) => book.shown(row, clock.now())),
      save: ({ id = newId(), ...wanted }) =>
        inTurn(async () => {
          await check(wanted);
          // What happened before belongs to the schedules as they were.
          lookInside();
          begin();
          const before = book.all().find((schedule) => schedule.id === id);
          const same = before?.enabled === true && JSON.stringify(before.trigger) === JSON.stringify(wanted.trigger);
          const row: ScheduleRow = { id, ...wanted, nextAt: null };
          const passed = wanted.enabled && !same ? await passOver(row) : [];
          store().write((tx) => {
            book.put(tx, row, clock.now());
            const unknown = passed.filter(({ key }) => !book.isKnown(id, key));
            book.note(
              tx,
              id,
              unknown.map((due) => ({ due, runId: null, missed: null, inputs: noInputs })),
            );
          });
          if (row.enabled) store().write((tx) => book.setNext(tx, id, nextOf(row, clock.now())));
          soon(0);
          return book.shown(book.get(id), clock.now());
        }),
      remove: ({ id }) =>
        inTurn(async () => {
          book.get(id);
          book.remove(id);
          folders.get(id)?.dispose();
          folders.delete(id);
        }),
    },
  };
};
