import { type Clock, Emitter, type Event, type Logger } from '../common/index.ts';
import type { z } from 'zod';
import {
  AppError,
  CancellationError,
  type ErrorCode,
  errorStatus,
  fromWireError,
  type InferenceStatus,
} from '../contract/index.ts';
import { FromHost, type ToHost } from './protocol.ts';
import type { GeneratePart, HostProcess } from './types.ts';

export type HostState = z.infer<typeof InferenceStatus>['host'];
type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;
export type HostOrder = WithoutId<ToHost>;

export interface OrderListeners {
  readonly onPart?: (part: GeneratePart) => void;
  readonly onProgress?: (value: number) => void;
  readonly signal?: AbortSignal;
}

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
const PING_MS = 5_000;
/** What is computed runs beside the host's ear: only a prompt that is made for ever keeps it from hearing. */
const MAX_UNHEARD_PINGS = 6;
/** Drivers and files may keep it from hearing for as long as they like. */
const deaf: ReadonlySet<ToHost['type']> = new Set(['load', 'unload', 'devices']);

interface Pending extends OrderListeners {
  readonly type: ToHost['type'];
  /** Whether the host has got as far as saying something about it. */
  heard: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);

export const createSupervisor = ({ spawnHost, clock, logger }: SupervisorComponents): Supervisor => {
  const changes = new Emitter<void>();
  const exits = new Emitter<{ crashed: boolean }>();
  const pending = new Map<number, Pending>();
  let state: HostState = 'stopped';
  let error: string | null = null;
  let host: HostProcess | null = null;
  let opening: PromiseWithResolvers<void> | null = null;
  let restartTimer: NodeJS.Timeout | null = null;
  let helloTimer: NodeJS.Timeout | null = null;
  let stopping: PromiseWithResolvers<void> | null = null;
  let watch: NodeJS.Timeout | null = null;
  let unheardPings = 0;
  /** The order that the host did not get through with. */
  let stuckWith: number | null = null;
  let crashes: number[] = [];
  let nextId = 1;

  const become = (next: HostState, reason: string | null = null) => {
    state = next;
    error = reason;
    changes.fire();
  };

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    entry?.release();
    if (pending.size === 0 && watch) {
      clearInterval(watch);
      watch = null;
    }
    return entry;
  };

  const listen = () => {
    if ([...pending.values()].some(({ type }) => deaf.has(type))) unheardPings = 0;
    if (unheardPings >= MAX_UNHEARD_PINGS) {
      // Orders are taken up one after another: the first that nothing is known of is the one it is stuck with.
      stuckWith = [...pending].find(([, { heard }]) => !heard)?.[0] ?? null;
      logger.error('inference host hears nothing any more', { order: pending.get(stuckWith ?? 0)?.type });
      host?.kill();
      return;
    }
    unheardPings += 1;
    host?.post({ type: 'ping' } satisfies ToHost);
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
    unheardPings = 0;
    switch (message.type) {
      case 'pong':
        return;
      case 'hello':
        if (helloTimer) clearTimeout(helloTimer);
        become('ready');
        opening?.resolve();
        opening = null;
        return;
      case 'part': {
        const entry = pending.get(message.id);
        if (!entry) return;
        entry.heard = true;
        entry.onPart?.(message.part);
        return;
      }
      case 'progress':
        pending.get(message.id)?.onProgress?.(message.value);
        return;
      case 'done':
        settle(message.id)?.resolve(message.result);
        return;
      case 'failed': {
        const { code, message: text, data } = message.error;
        settle(message.id)?.reject(
          fromWireError({ code: isErrorCode(code) ? code : 'INTERNAL', message: text, ...(data ? { data } : {}) }),
        );
        return;
      }
      case 'fault':
        logger.warn('inference host', { fault: message.message });
    }
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
    const stuck = settle(stuckWith ?? 0);
    stuckWith = null;
    unheardPings = 0;
    const entries = [...pending.keys()].map(settle);
    const waiting = opening;
    opening = null;
    if (planned) become('stopped');
    else crashed(code, signal);
    stuck?.reject(planned ? lost : endless());
    for (const entry of entries) entry?.reject(lost);
    exits.fire({ crashed: !planned });
    if (restartTimer !== null) opening = waiting;
    else waiting?.reject(state === 'failed' ? unavailable() : lost);
    stopping?.resolve();
    stopping = null;
  };

  const endless = () =>
    new AppError(
      'BAD_REQUEST',
      `The model process did not get through with reading this within ${(PING_MS * MAX_UNHEARD_PINGS) / 1_000} seconds and was started again. Send less text; where that makes no difference, the chat template in the model's file has no end: get the model from another source.`,
    );

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
      const { signal } = listeners;
      if (signal?.aborted) throw new CancellationError();
      if (!host || state !== 'ready')
        throw new AppError('INFERENCE_UNAVAILABLE', 'The model process is not running. Try again in a moment.');
      const line = host;
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const onAbort = () => {
        line.post({ type: 'cancel', target: id } satisfies ToHost);
        settle(id)?.reject(new CancellationError());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      pending.set(id, {
        ...listeners,
        type: order.type,
        heard: false,
        resolve,
        reject,
        release: () => signal?.removeEventListener('abort', onAbort),
      });
      if (!watch) {
        unheardPings = 0;
        watch = setInterval(listen, PING_MS);
        watch.unref();
      }
      line.post({ ...order, id });
      return promise;
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
