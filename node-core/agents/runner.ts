import { setImmediate } from 'node:timers/promises';
import { type Clock, logFault, type Logger } from '../common/index.ts';
import {
  AppError,
  CancellationError,
  errorCode,
  isCancellation,
  type Run,
  type RunDetail,
  type RunResult,
  toWireError,
} from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import type { RunBook } from './book.ts';
import { extract } from './extract.ts';
import type { PlaybookRuns } from './graph/playbook-runs.ts';
import { WaitingForPerson } from './graph/tape.ts';
import { type JournalEntry, summary } from './journal.ts';
import { plan } from './plan.ts';
import { createSteps } from './steps.ts';
import type { Watchers } from './watch.ts';

/** A run that was taken up this often without getting any further is given up: something about it ends the node. */
const fruitlessResumes = 5;

/** Runs of playbooks at the same time; of the two skills, which keep a model busy, one for each model. */
const mostPlaybooks = 4;

interface Waiting {
  readonly id: string;
  readonly skill: Run['skill'];
  readonly modelId: string;
}

interface Active extends Waiting {
  readonly stop: AbortController;
  settled: Promise<void>;
}

/** Drives runs in the order in which they were created: four playbooks at once, and of the other skills one per model. */
export interface Runner {
  enqueue(run: Run): void;
  /** Takes up every run that has not ended. */
  resume(): void;
  /** Stops a run and takes its changes back; resolves once both are on disk. A run that has ended stays as it is. */
  cancel(id: string): Promise<void>;
  /** Interrupts what is under way and what waits; the journal keeps it for the next {@link resume}. */
  suspend(): Promise<void>;
  /** The run as it is to be shown: with a fault that could not be journalled, if there is one. */
  shown<T extends Run>(run: T): T;
}

export const createRunner = (components: {
  readonly book: RunBook;
  readonly watchers: Watchers;
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'generate'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly playbookRuns: Pick<PlaybookRuns, 'carryOut'>;
}): Runner => {
  const { book, watchers, store, logger, playbookRuns } = components;
  const waiting: Waiting[] = [];
  const active = new Map<string, Active>();
  const faults = new Map<string, NonNullable<Run['error']>>();
  let suspended = false;

  const shown = <T extends Run>(run: T): T => {
    const error = faults.get(run.id);
    return error ? { ...run, state: 'failed', error } : run;
  };

  const record = (id: string, entry: JournalEntry): void => {
    const run = book.append(id, [entry]);
    faults.delete(id);
    // What a stopped run did was taken back before it ended: its row says so, its journal does not.
    watchers.announce(entry.type === 'ended' ? book.get(id) : run);
  };

  const endCancelled = (id: string): void => {
    try {
      store().undoRun(id);
    } catch (error) {
      if (errorCode(error) !== 'NOTHING_TO_UNDO') throw error;
    }
    record(id, { type: 'ended', state: 'cancelled', error: null, result: null });
  };

  const isCancelled = (id: string): boolean => book.rows(id).some(({ entry }) => entry.type === 'cancelling');

  const carryOut = async (run: RunDetail, signal: AbortSignal): Promise<RunResult> => {
    const entries = book.rows(run.id).map(({ entry }) => entry.type);
    const resumes = entries.length - 1 - entries.findLastIndex((type) => type !== 'resumed');
    if (resumes >= fruitlessResumes) {
      throw new AppError(
        'INFERENCE_CRASHED',
        `Jan stopped ${fruitlessResumes} times at the same point of this run, so it was given up. Start it again with a shorter text or another model.`,
      );
    }
    record(run.id, { type: run.startedAt === null ? 'started' : 'resumed' });
    const { input, ...known } = book.assignment(run.id);
    const steps = createSteps(components, { runId: run.id, title: run.title, modelId: run.modelId, signal });
    if (input.skill === 'plan') return plan(steps, { ...known, input });
    if (input.skill === 'extract') return extract(steps, { ...known, input });
    return playbookRuns.carryOut(run, signal);
  };

  const end = (run: Run, error: unknown): void => {
    const { code, message } = toWireError(error);
    if (code === 'INTERNAL') logFault(logger, 'a run failed', error);
    logger.warn('run failed', { runId: run.id, code });
    try {
      record(run.id, { type: 'ended', state: 'failed', error: { code, message }, result: null });
    } catch (fault) {
      if (errorCode(fault) === 'VAULT_LOCKED') return;
      // The disk is full, or gone: the run ends for those who look on, and is taken up again at the next start.
      faults.set(run.id, toWireError(fault));
      logger.error('run failed and could not be journalled', { runId: run.id, code: errorCode(fault) });
      watchers.announceRun(shown(run));
    }
  };

  const drive = async (id: string, signal: AbortSignal): Promise<void> => {
    // The caller that created the run gets its answer first.
    await setImmediate();
    if (suspended) return;
    const run = book.get(id);
    try {
      const result = isCancelled(id) ? undefined : await carryOut(run, signal);
      if (result === undefined || isCancelled(id)) return endCancelled(id);
      record(id, { type: 'ended', state: 'done', error: null, result });
      logger.info('run done', { runId: id });
    } catch (error) {
      if (error instanceof WaitingForPerson && !isCancelled(id)) return record(id, { type: 'waiting' });
      if (errorCode(error) === 'VAULT_LOCKED' || (suspended && isCancellation(error))) return;
      try {
        if (isCancelled(id)) endCancelled(id);
        else end(summary(run), error);
      } catch (fault) {
        end(summary(run), fault);
      }
    }
  };

  const isBusyFor = ({ skill, modelId }: Waiting): boolean => {
    const others = [...active.values()].filter((other) => (other.skill === 'playbook') === (skill === 'playbook'));
    return skill === 'playbook' ? others.length >= mostPlaybooks : others.some((other) => other.modelId === modelId);
  };
  const isKnown = (id: string): boolean => active.has(id) || waiting.some((other) => other.id === id);

  const pump = (): void => {
    if (suspended) return;
    for (const next of [...waiting]) {
      if (isBusyFor(next)) continue;
      waiting.splice(waiting.indexOf(next), 1);
      const entry: Active = { ...next, stop: new AbortController(), settled: Promise.resolve() };
      active.set(next.id, entry);
      entry.settled = drive(next.id, entry.stop.signal)
        .catch((error: unknown) => {
          // Locked before its turn came: it is taken up again after the unlock.
          if (errorCode(error) !== 'VAULT_LOCKED') throw error;
        })
        .finally(() => {
          active.delete(next.id);
          pump();
        });
    }
  };

  return {
    shown,

    enqueue(run) {
      if (isKnown(run.id)) return;
      waiting.push({ id: run.id, skill: run.skill, modelId: run.modelId });
      pump();
    },

    resume() {
      suspended = false;
      faults.clear();
      for (const id of book.unfinished()) {
        const { state, skill, modelId } = book.get(id);
        // What waits for a person goes on when they say something.
        if (!isKnown(id) && (state !== 'waiting' || isCancelled(id))) waiting.push({ id, skill, modelId });
      }
      pump();
    },

    async cancel(id) {
      const run = book.get(id);
      if (run.endedAt !== null) return;
      book.append(id, [{ type: 'cancelling' }]);
      const at = waiting.findIndex((other) => other.id === id);
      if (at >= 0) waiting.splice(at, 1);
      const running = active.get(id);
      if (!running) return endCancelled(id);
      running.stop.abort(new CancellationError());
      await running.settled;
    },

    async suspend() {
      suspended = true;
      waiting.length = 0;
      for (const { stop } of active.values()) stop.abort(new CancellationError());
      await Promise.all([...active.values()].map(({ settled }) => settled));
      book.forget();
      watchers.close();
    },
  };
};
