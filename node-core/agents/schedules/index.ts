import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type Clock, type Disposable, logFault, type Logger, newId, type Startable } from '../../common/index.ts';
import { AppError, type ContractHandlers, errorCode, type Schedule } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { createScheduleBook, noInputs } from './book.ts';
import { changesSince, isChangeTrigger } from './changes.ts';
import { createDecisions } from './decisions.ts';
import { createDrops } from './drops.ts';
import { dueTasks } from './due-tasks.ts';
import { filesThere } from './folder.ts';
import { checkCron, nextTime, timesBetween } from './times.ts';
import { type Due, longestWait, type ScheduleRow, type Starts, tidyTrigger } from './types.ts';

/** After a stir in a folder or the workspace: more is likely to come at once. Milliseconds. */
const settle = 50;

export interface SchedulesComponents extends Starts {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
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
  const { decide, begin } = createDecisions({ book, playbook, startRun, clock, logger });
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = 0;
  let subscription: Disposable | undefined;

  /** Locked meanwhile: it is looked again after the unlock. A full disk passes. */
  const passes = (error: unknown): void => {
    const code = errorCode(error);
    if (code !== 'VAULT_LOCKED' && code !== 'VAULT_MISSING' && !code?.startsWith('STORAGE_')) throw error;
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
      const decided = decide(schedule, due);
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

  const look = async (): Promise<void> => {
    let wait = longestWait;
    try {
      begin();
      wait = Math.min(wait, lookInside());
      begin();
      if (running) drops.watch(book.all());
    } catch (error) {
      passes(error);
    } finally {
      soon(wait);
    }
    await drops.look();
  };

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

  const drops = createDrops({ store, book, clock, logger, decide, begin, soon, passes, settle });

  /** @throws AppError `BAD_REQUEST` where it does not answer */
  const asked = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
    const answer = await drops.ask(folder, work);
    if (answer) return answer.is;
    throw new AppError(
      'BAD_REQUEST',
      'This folder does not answer. Its drive may sleep or be away: open it, then try again.',
    );
  };

  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID`, `BAD_REQUEST` */
  const check = ({ trigger, playbookId }: Pick<Schedule, 'trigger' | 'playbookId'>): void => {
    playbook(playbookId);
    if (trigger.on === 'time') checkCron(trigger.cron, trigger.timeZone, clock.now());
    if ('tag' in trigger && trigger.tag === '')
      throw new AppError('BAD_REQUEST', 'This is no name of a tag. Give a word, such as “plan”.');
  };

  /** What lies in a folder when a schedule begins was not dropped. @throws AppError `BAD_REQUEST` */
  const lyingIn = (folder: string): Promise<string[]> =>
    asked(folder, async () => {
      const isFolder = await stat(folder).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (isAbsolute(folder) && isFolder) return filesThere(folder);
      throw new AppError(
        'BAD_REQUEST',
        'This folder is not there. Give the whole path of a folder on the machine that Jan runs on.',
      );
    });

  /** What else is there when a schedule begins did not happen to it. */
  const past = (trigger: Schedule['trigger'], now: number): string[] => {
    if (trigger.on === 'task-due') return dueTasks(store()).flatMap(({ key, at }) => (at <= now ? [key] : []));
    return trigger.on === 'note-saved' ? [...changesSince(store(), now, [trigger]).saved] : [];
  };

  const shown = (row: ScheduleRow): Schedule =>
    book.shown(row, clock.now(), row.trigger.on === 'file-dropped' && drops.isSilent(row.trigger.folder));

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
      drops.watch([]);
    },
    handlers: {
      list: () => book.all().map(shown),
      async save({ id = newId(), ...given }) {
        const wanted = { ...given, trigger: tidyTrigger(given.trigger) };
        check(wanted);
        const { trigger } = wanted;
        const saved = () => book.all().find((schedule) => schedule.id === id);
        const isSame = (other: ScheduleRow | undefined) => JSON.stringify(other?.trigger) === JSON.stringify(trigger);
        const before = saved();
        // One that is switched off asks nothing of a folder, which may be why.
        const isAsked = trigger.on === 'file-dropped' && !(isSame(before) && (before?.enabled || !wanted.enabled));
        const lying = isAsked ? await lyingIn(trigger.folder) : [];
        // Deleted meanwhile.
        if (before) book.get(id);
        // What happened before belongs to the schedules as they were.
        lookInside();
        begin();
        const now = clock.now();
        const row: ScheduleRow = { id, ...wanted, nextAt: null };
        const current = saved();
        const begins = wanted.enabled && !(isSame(current) && current?.enabled);
        const passed = begins ? [...lying, ...past(trigger, now)] : [];
        store().write((tx) => {
          book.put(tx, row, now);
          const unknown = passed.filter((key) => !book.isKnown(id, key));
          book.note(
            tx,
            id,
            unknown.map((key) => ({
              due: { key, at: now, until: now, subject: null },
              runId: null,
              missed: null,
              inputs: noInputs,
            })),
          );
        });
        if (row.enabled) store().write((tx) => book.setNext(tx, id, nextOf(row, now)));
        soon(0);
        return shown(book.get(id));
      },
      remove({ id }) {
        book.get(id);
        book.remove(id);
        if (running) drops.watch(book.all());
      },
    },
  };
};
