import type { Clock, Logger } from '../../common/index.ts';
import type { Store } from '../../storage/index.ts';
import { createFolderAnswers, type FolderAnswers } from './answer.ts';
import { type Decided, noInputs, type ScheduleBook } from './book.ts';
import type { Decisions } from './decisions.ts';
import { type FolderWatch, watchFolder } from './folder.ts';
import type { ScheduleRow } from './types.ts';

interface Watched {
  readonly folder: string;
  readonly stop: AbortController;
  look(): Promise<void>;
  dispose(): void;
}

/** Folders that schedules watch: each is looked at by itself, so that one that does not answer holds up nothing else. */
export interface Drops extends FolderAnswers {
  /** Of these schedules, and of no others. */
  watch(schedules: readonly ScheduleRow[]): void;
  /** Resolves when what was dropped has begun; without the folders that do not answer. */
  look(): Promise<void>;
}

export const createDrops = (
  components: Pick<Decisions, 'decide' | 'begin'> & {
    readonly store: () => Store;
    readonly book: ScheduleBook;
    readonly clock: Clock;
    readonly logger: Logger;
    /** A look is worth it in so many milliseconds. */
    readonly soon: (wait: number) => void;
    /** The vault was locked meanwhile, or the disk is full. @throws every other error */
    readonly passes: (error: unknown) => void;
    readonly settle: number;
  },
): Drops => {
  const { store, book, clock, logger, decide, begin, soon, passes, settle } = components;
  const answers = createFolderAnswers({ logger, onDidAnswer: () => soon(0) });
  const watched = new Map<string, Watched>();

  const note = (schedule: ScheduleRow, { dropped }: Awaited<ReturnType<FolderWatch['look']>>): void => {
    const fresh = dropped.filter(({ due }) => !book.isKnown(schedule.id, due.key));
    const decided: Decided[] = [
      ...decide(
        schedule,
        fresh.filter(({ unusable }) => unusable === null).map(({ due }) => due),
      ),
      ...fresh.flatMap(({ due, unusable }) =>
        unusable === null ? [] : [{ due, runId: null, missed: unusable, inputs: noInputs }],
      ),
    ];
    for (const { unusable: why } of fresh) if (why) logger.warn('a dropped file was left', { why });
    if (decided.length > 0) store().write((tx) => book.note(tx, schedule.id, decided));
  };

  const open = (id: string, folder: string): Watched => {
    const stop = new AbortController();
    const watch = watchFolder(folder, clock, () => soon(settle));
    const lookOnce = async (): Promise<void> => {
      await answers.ask(
        folder,
        async () => {
          try {
            const seen = await watch.look((key) => book.isKnown(id, key));
            const schedule = stop.signal.aborted ? undefined : book.all().find((one) => one.id === id);
            if (!schedule?.enabled) return;
            note(schedule, seen);
            soon(seen.wait);
            begin();
          } catch (error) {
            passes(error);
          }
        },
        stop.signal,
      );
    };
    let turn: Promise<unknown> = Promise.resolve();
    let next: Promise<void> | undefined;
    return {
      folder,
      stop,
      // One at a time, and one more for all that stirs meanwhile.
      look: () =>
        (next ??= turn.then(() => {
          next = undefined;
          const now = lookOnce();
          turn = now.catch(() => undefined);
          return now;
        })),
      dispose() {
        stop.abort();
        watch.dispose();
      },
    };
  };

  return {
    ...answers,
    watch(schedules) {
      const wanted = new Map(
        schedules.flatMap(({ id, enabled, trigger }) =>
          enabled && trigger.on === 'file-dropped' ? [[id, trigger.folder] as const] : [],
        ),
      );
      for (const [id, one] of watched)
        if (wanted.get(id) !== one.folder) {
          one.dispose();
          watched.delete(id);
        }
      for (const [id, folder] of wanted) if (!watched.has(id)) watched.set(id, open(id, folder));
    },
    async look() {
      await Promise.all([...watched.values()].map((one) => one.look()));
    },
  };
};
