import { type Clock, Emitter, type Event, type Logger } from '../common/index.ts';
import type { z } from 'zod';
import { AppError, CancellationError, type InferenceStatus } from '../contract/index.ts';
import { createOpenOrders, type HostOrder, type OrderListeners } from './open-orders.ts';
import { FromHost, type ToHost } from './protocol.ts';
import type { HostProcess } from './types.ts';

export type HostState = z.infer<typeof InferenceStatus>['host'];

/** Keeps one inference host alive and speaks with it. */
export interface Supervisor {
  readonly state: HostState;
  /** Restarts after crashes since the last quiet spell. */
  readonly restarts: number;
  readonly error: string | null;
  /** Starts the host where none runs, and waits until it answers. A `failed` host gets one more try. */
  ensure(): Promise<void>;
  /**
   * Rejects with `INFERENCE_CRASHED` when the host dies first, with `BAD_REQUEST` where it had to be ended because it did not get through with this
   * order, and with `CancellationError` as soon as the signal fires.
   */
  request(order: HostOrder, listeners?: OrderListeners): Promise<unknown>;
  /** Ends the host and forgets it; the next `ensure` starts another. */
  stop(): Promise<void>;
  readonly onDidChange: Event<void>;
  /** The host is gone, and with it every loaded model. `crashed` is false after `stop`. */
  readonly onDidExit: Event<{ readonly crashed: boolean }>;
}

export interface SupervisorComponents {
  readonly spawnHost: () => HostProcess;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Restarts within the window before the host counts as failed. */
export const MAX_RESTARTS = 5;
const WINDOW_MS = 10 * 60_000;
const BACK_OFF_MS = [50, 200, 500, 1_000, 2_000];
const HELLO_MS = 30_000;
const STOP_MS = 1_000;

export const createSupervisor = ({ spawnHost, clock, logger }: SupervisorComponents): Supervisor => {
  const changes = new Emitter<void>();
  const exits = new Emitter<{ crashed: boolean }>();
  let state: HostState = 'stopped';
  let error: string | null = null;
  let host: HostProcess | null = null;
  let opening: PromiseWithResolvers<void> | null = null;
  let restartTimer: NodeJS.Timeout | null = null;
  let helloTimer: NodeJS.Timeout | null = null;
  let stopping: PromiseWithResolvers<void> | null = null;
  let crashes: number[] = [];
  const orders = createOpenOrders({ onDeaf: () => host?.kill(), logger });

  const become = (next: HostState, reason: string | null = null) => {
    state = next;
    error = reason;
    changes.fire();
  };

  const onMessage = (raw: unknown) => {
    const parsed = FromHost.safeParse(raw);
    if (!parsed.success) {
      // A process that says what it can't mean has lost its mind; what it still answers is not to be trusted.
      logger.error('inference host sent nonsense', { issue: parsed.error.issues[0]?.code });
      host?.kill();
      return;
    }
    const message = parsed.data;
    if (message.type === 'fault') logger.warn('inference host', { fault: message.message });
    if (message.type === 'hello') {
      if (helloTimer) clearTimeout(helloTimer);
      become('ready');
      opening?.resolve();
      opening = null;
    }
    orders.hear(message);
  };

  const onExit = (code: number | null, signal: string | null) => {
    host = null;
    if (helloTimer) clearTimeout(helloTimer);
    const planned = stopping !== null;
    const lost = planned
      ? new CancellationError('Jan is stopping.')
      : new AppError(
          'INFERENCE_CRASHED',
          'The model process ended in the middle of its work. It is started again by itself: try once more. If it keeps happening, choose a smaller model.',
        );
    const reject = orders.lose();
    const waiting = opening;
    opening = null;
    if (planned) become('stopped');
    else crashed(code, signal);
    reject(lost);
    exits.fire({ crashed: !planned });
    if (restartTimer !== null) opening = waiting;
    else waiting?.reject(state === 'failed' ? unavailable() : lost);
    stopping?.resolve();
    stopping = null;
  };

  const unavailable = () =>
    new AppError(
      'INFERENCE_UNAVAILABLE',
      `The model process ended ${MAX_RESTARTS + 1} times within ten minutes and is left alone now. Ask again to start it once more, or choose another model.`,
    );

  const crashed = (code: number | null, signal: string | null) => {
    const now = clock.monotonic();
    crashes = [...crashes.filter((at) => now - at < WINDOW_MS), now];
    logger.error('inference host ended', { code, signal, crashes: crashes.length });
    if (crashes.length > MAX_RESTARTS) {
      become('failed', unavailable().message);
      return;
    }
    restartTimer = setTimeout(
      () => {
        restartTimer = null;
        spawn('restarting');
      },
      BACK_OFF_MS[crashes.length - 1] ?? 0,
    );
    restartTimer.unref();
    become('restarting');
  };

  const spawn = (as: HostState) => {
    const started = spawnHost();
    host = started;
    started.onMessage(onMessage);
    started.onExit(({ code, signal }) => onExit(code, signal));
    helloTimer = setTimeout(() => started.kill(), HELLO_MS);
    helloTimer.unref();
    become(as);
  };

  const open = (): Promise<void> => {
    if (state === 'ready' && host) return Promise.resolve();
    if (stopping) return stopping.promise.then(open);
    if (opening) return opening.promise;
    opening = Promise.withResolvers<void>();
    const { promise } = opening;
    if (!host && restartTimer === null) spawn(state === 'failed' ? 'restarting' : 'starting');
    return promise;
  };

  return {
    get state() {
      return state;
    },
    get restarts() {
      return crashes.filter((at) => clock.monotonic() - at < WINDOW_MS).length;
    },
    get error() {
      return error;
    },
    ensure: open,
    async request(order, listeners = {}) {
      if (listeners.signal?.aborted) throw new CancellationError();
      if (!host || state !== 'ready')
        throw new AppError('INFERENCE_UNAVAILABLE', 'The model process is not running. Try again in a moment.');
      return orders.send(host, order, listeners);
    },
    async stop() {
      if (restartTimer) clearTimeout(restartTimer);
      restartTimer = null;
      if (!host) {
        opening?.reject(new CancellationError('Jan is stopping.'));
        opening = null;
        become('stopped');
        return;
      }
      if (!stopping) {
        stopping = Promise.withResolvers<void>();
        const ending = host;
        ending.post({ type: 'shutdown' } satisfies ToHost);
        const timer = setTimeout(() => ending.kill(), STOP_MS);
        void stopping.promise.then(() => clearTimeout(timer));
      }
      await stopping.promise;
    },
    onDidChange: changes.event,
    onDidExit: exits.event,
  };
};
