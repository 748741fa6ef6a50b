import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { AppError, CancellationError, isCancellation } from '../../contract/index.ts';
import type { JournalEntry } from '../journal.ts';
import { idOf, type Incoming, isIncoming } from './incoming.ts';

/** Thrown into a run that goes on only once a person has said something. */
export class WaitingForPerson extends Error {
  override readonly name = 'WaitingForPerson';
}

/** Thrown into a replay where the journal ends. */
export class EndOfTape extends Error {
  override readonly name = 'EndOfTape';
}

/**
 * A run's journal as the interpreter reads and writes it. What is recorded is gone through in its order, one incoming entry at a time,
 * each only once everything that follows from the one before has been said; then it goes on live in the same manner. So the same entries
 * come in the same order however often a run is interrupted, and a replay can compare them.
 */
export interface Tape {
  /** What the run itself says; durable before anything is begun or told on account of it. The recorded entries instead where there are any. */
  say<T extends JournalEntry>(entries: readonly T[]): readonly JournalEntry[];
  /**
   * The same with a change in its transaction, which is not made again where it is recorded. `work` writes what was said `before`, and
   * what it returns; this gives back the last of it.
   */
  sayWith(
    step: { readonly index: number },
    work: (before: readonly JournalEntry[]) => readonly JournalEntry[],
  ): JournalEntry | undefined;
  /** What comes in under `id`; `live` is begun only where nothing is recorded. Without `live` it is a person who says it. */
  incoming(id: string, live?: () => Promise<Incoming>): Promise<Incoming>;
  /** Whether what is said now was said before. */
  readonly isRecorded: boolean;
  /** A recorded entry that this run will come to. */
  ahead(is: (entry: JournalEntry) => boolean): JournalEntry | undefined;
  /** Puts in what a person says; resolves when it is durable. */
  deliver(entry: Incoming): Promise<void>;
  /** Carries `work` out on this tape. @throws WaitingForPerson */
  carry<T>(work: () => Promise<T>): Promise<T>;
}

/** Said by who drives the run, not by the run. */
const drivers: ReadonlySet<string> = new Set<JournalEntry['type']>([
  'created',
  'plan',
  'taken',
  'started',
  'resumed',
  'waiting',
  'cancelling',
  'ended',
]);

interface Waiter {
  readonly live: (() => Promise<Incoming>) | undefined;
  readonly resolve: (entry: Incoming) => void;
  readonly reject: (error: unknown) => void;
}

interface Arrived {
  readonly id: string;
  readonly entry: Incoming;
  readonly durable?: PromiseWithResolvers<void>;
}

const notAsked = (): AppError => new AppError('CONFLICT', 'This is no longer asked. Look at the run again.');

/** `write` makes entries durable; null: this is a replay, which says what is `different` and makes nothing. */
export const createTape = (components: {
  readonly recorded: readonly JournalEntry[];
  readonly write: ((entries: readonly JournalEntry[]) => void) | null;
  readonly signal: AbortSignal;
  readonly different?: (message: string) => void;
}): Tape => {
  const { write, signal, different } = components;
  const recorded = components.recorded.filter(({ type }) => !drivers.has(type));
  const waiters = new Map<string, Waiter>();
  const arrived: Arrived[] = [];
  /** Said or come in, and not durable yet: all that follows from one entry is written with it. */
  const pending: JournalEntry[] = [];
  const unconfirmed: PromiseWithResolvers<void>[] = [];
  const toBegin: { readonly id: string; readonly live: () => Promise<Incoming> }[] = [];
  let at = 0;
  let underWay = 0;
  let isLive = false;
  /** What ended it. */
  let fault: Error | undefined;
  let wake = (): void => {};

  const changed = (said: JournalEntry | undefined): AppError => {
    different?.(
      `Entry ${at}: the journal says ${recorded[at] ? JSON.stringify(recorded[at]).slice(0, 300) : 'nothing'}, now it would be ${said ? JSON.stringify(said).slice(0, 300) : 'nothing'}.`,
    );
    return new AppError(
      'CONFLICT',
      'Jan was changed while this run was under way, so that it cannot go on where it stopped. Undo it and start it again.',
    );
  };

  const fail = (error: unknown): void => {
    fault ??= error instanceof Error ? error : new Error('A run ended for no reason.', { cause: error });
    for (const { reject } of waiters.values()) reject(fault);
    waiters.clear();
    const unsaid = isCancellation(fault) ? notAsked() : fault;
    for (const { durable } of arrived.splice(0)) durable?.reject(unsaid);
    for (const durable of unconfirmed.splice(0)) durable.reject(unsaid);
  };

  const begin = (id: string, live: () => Promise<Incoming>): void => {
    underWay += 1;
    live().then(
      (entry) => {
        underWay -= 1;
        arrived.push({ id, entry });
        wake();
      },
      (error: unknown) => {
        underWay -= 1;
        fail(error);
        wake();
      },
    );
  };

  const hand = (id: string, entry: Incoming): void => {
    const waiter = waiters.get(id);
    waiters.delete(id);
    waiter?.resolve(entry);
  };

  const goLive = (): void => {
    isLive = true;
    if (!write) return fail(new EndOfTape());
    for (const [id, { live }] of waiters) if (live) toBegin.push({ id, live });
  };

  const confirmed = (): void => {
    pending.length = 0;
    for (const durable of unconfirmed.splice(0)) durable.resolve();
  };

  const flush = (): void => {
    if (pending.length > 0) write?.([...pending]);
    confirmed();
  };

  const pump = async (): Promise<void> => {
    for (;;) {
      // Everything that follows from the entry before is said by now: it takes no longer than promises do.
      await setImmediate();
      if (fault) return;
      if (signal.aborted) return fail(new CancellationError());
      const entry = recorded[at];
      if (entry) {
        const id = idOf(entry);
        if (id === null || !isIncoming(entry) || !waiters.has(id)) return fail(changed(undefined));
        at += 1;
        hand(id, entry);
        continue;
      }
      if (!isLive) {
        goLive();
        continue;
      }
      const next = arrived.shift();
      if (next && !waiters.has(next.id)) {
        next.durable?.reject(notAsked());
        continue;
      }
      if (next) {
        pending.push(next.entry);
        if (next.durable) unconfirmed.push(next.durable);
        hand(next.id, next.entry);
        continue;
      }
      // What came at the same time is one commit.
      try {
        flush();
      } catch (error) {
        return fail(error);
      }
      for (const { id, live } of toBegin.splice(0)) begin(id, live);
      if (underWay === 0 && waiters.size > 0) return fail(new WaitingForPerson());
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const isSame = (one: JournalEntry | undefined, other: JournalEntry): one is JournalEntry =>
    one?.type === other.type &&
    (!('index' in one) || !('index' in other) || one.index === other.index) &&
    (!('id' in one) || !('id' in other) || one.id === other.id);

  const say: Tape['say'] = (entries) => {
    if (fault) throw fault;
    if (at >= recorded.length) {
      if (!write) throw new EndOfTape();
      if (signal.aborted) throw new CancellationError();
      pending.push(...entries);
      return entries;
    }
    return entries.map((entry) => {
      const known = recorded[at];
      if (!isSame(known, entry)) throw changed(entry);
      if (!isDeepStrictEqual(known, JSON.parse(JSON.stringify(entry)))) changed(entry);
      at += 1;
      return known;
    });
  };

  return {
    say,

    sayWith({ index }, work) {
      if (fault) throw fault;
      if (at >= recorded.length) {
        if (!write) throw new EndOfTape();
        if (signal.aborted) throw new CancellationError();
        const entries = work([...pending]);
        confirmed();
        return entries.at(-1);
      }
      const step = recorded[at];
      const done = recorded[at + 1];
      if (step?.type !== 'step' || done?.type !== 'step-done' || step.index !== index) throw changed(undefined);
      at += 2;
      return done;
    },

    incoming(id, live) {
      return new Promise((resolve, reject) => {
        if (fault) return reject(fault);
        waiters.set(id, { live, resolve, reject });
        if (isLive && live) toBegin.push({ id, live });
        wake();
      });
    },

    get isRecorded() {
      return at < recorded.length;
    },

    ahead: (is) => recorded.slice(at).find(is),

    deliver(entry) {
      const id = idOf(entry) ?? '';
      // Until it is live, nobody knows whether it is still asked.
      if (fault || (isLive && !waiters.has(id)) || arrived.some((other) => other.id === id))
        return Promise.reject(notAsked());
      const durable = Promise.withResolvers<void>();
      arrived.push({ id, entry, durable });
      wake();
      return durable.promise;
    },

    async carry(work) {
      const onAbort = () => {
        fail(new CancellationError());
        wake();
      };
      signal.addEventListener('abort', onAbort);
      const pumping = pump();
      try {
        const result = await work();
        flush();
        return result;
      } catch (error) {
        if (!fault) flush();
        throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
        fail(new CancellationError());
        wake();
        await pumping;
      }
    },
  };
};
