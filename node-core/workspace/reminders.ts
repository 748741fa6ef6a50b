import { sql } from 'kysely';
import { type Clock, type Disposable, Emitter, type Event, type Startable } from '../common/index.ts';
import { errorCode } from '../contract/errors.ts';
import type { Store } from '../storage/index.ts';

export interface FiredReminder {
  readonly taskId: string;
  readonly title: string;
}

/** The longest time without a look at the clock: it may jump, and a machine may sleep. */
const LONGEST_WAIT = 30_000;

interface Pending {
  readonly taskId: string;
  readonly at: number;
}

/** Tells of reminders whose time has come, each once; those missed while the node was off as soon as it starts. */
export interface Reminders extends Startable {
  readonly onDidFire: Event<FiredReminder>;
}

const waiting = (store: Store): Pending[] =>
  store
    .all(
      store.qb
        .selectFrom('task')
        .selectAll()
        .where(sql<boolean>`reminders <> '[]'`)
        .where('deletedAt', 'is', null)
        .where('completedAt', 'is', null),
    )
    .flatMap((row) =>
      store
        .decode('task', row)
        .reminders.flatMap(({ at, firedAt }) => (firedAt === null ? [{ taskId: row.id, at }] : [])),
    );

/** Marks what is due and answers with its tasks. On disk before anyone is told, so that nothing is told twice. */
const take = (store: Store, now: number): FiredReminder[] => {
  const due = new Set(
    waiting(store)
      .filter(({ at }) => at <= now)
      .map(({ taskId }) => taskId),
  );
  if (due.size === 0) return [];
  return store.write((tx) =>
    [...due].flatMap((id) => {
      const task = tx.get('task', id);
      if (task === undefined) return [];
      const reminders = task.reminders.map((reminder) =>
        reminder.firedAt === null && reminder.at <= now ? { at: reminder.at, firedAt: now } : reminder,
      );
      tx.putUnrecorded('task', { ...task, reminders });
      return [{ taskId: id, title: task.title }];
    }),
  );
};

export const createReminders = (components: { readonly store: () => Store; readonly clock: Clock }): Reminders => {
  const { clock } = components;
  const fired = new Emitter<FiredReminder>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watched: { readonly store: Store; readonly subscription: Disposable } | undefined;
  let running = false;
  let looking = false;

  const openStore = (): Store | undefined => {
    try {
      return components.store();
    } catch (error) {
      if (errorCode(error) === 'VAULT_LOCKED') return undefined;
      throw error;
    }
  };

  const watch = (store: Store | undefined): void => {
    if (watched?.store === store) return;
    watched?.subscription.dispose();
    watched = store && {
      store,
      subscription: store.onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'task')) look();
      }),
    };
  };

  const look = (): void => {
    // Marking a reminder is a change itself.
    if (looking || !running) return;
    looking = true;
    clearTimeout(timer);
    timer = undefined;
    let next = LONGEST_WAIT;
    let due: FiredReminder[] = [];
    try {
      const store = openStore();
      watch(store);
      if (store) {
        due = take(store, clock.now());
        for (const { at } of waiting(store)) next = Math.min(next, Math.max(0, at - clock.now()));
      }
    } catch (error) {
      // A full disk passes; what could not be noted as told is told later.
      if (!errorCode(error)?.startsWith('STORAGE_')) throw error;
    } finally {
      looking = false;
      timer = setTimeout(look, next).unref();
    }
    for (const reminder of due) fired.fire(reminder);
  };

  return {
    onDidFire: fired.event,
    start: async () => {
      if (running) return;
      running = true;
      look();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      timer = undefined;
      watch(undefined);
    },
  };
};
