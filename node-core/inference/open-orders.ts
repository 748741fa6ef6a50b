import type { Logger } from '../common/index.ts';
import { AppError, CancellationError, fromWireError, knownCode } from '../contract/index.ts';
import type { FromHost, ToHost } from './protocol.ts';
import type { GeneratePart, HostProcess } from './types.ts';

type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;
export type HostOrder = WithoutId<ToHost>;

export interface OrderListeners {
  readonly onPart?: (part: GeneratePart) => void;
  readonly onProgress?: (value: number) => void;
  readonly signal?: AbortSignal;
}

/** What one host was asked for and has not answered yet, and whether it still hears. */
export interface OpenOrders {
  /** Resolves with the result; rejects with the host's error, with what `lose` is given, and with `CancellationError` as soon as the signal fires. */
  send(line: HostProcess, order: HostOrder, listeners: OrderListeners): Promise<unknown>;
  /** What the host says of orders, or to show that it hears. */
  hear(message: FromHost): void;
  /** The host is gone: forgets all orders at once. What is returned rejects them, the one that the host was stuck with as such. */
  lose(): (reason: Error) => void;
}

export interface OpenOrdersComponents {
  /** The host hears nothing any more, and has to be ended. */
  readonly onDeaf: () => void;
  readonly logger: Logger;
}

const PING_MS = 5_000;
/** What is computed runs beside the host's ear: only a prompt that is made for ever keeps it from hearing. */
const MAX_UNHEARD_PINGS = 6;
/** Drivers and files may keep it from hearing for as long as they like. */
const deaf: ReadonlySet<ToHost['type']> = new Set(['load', 'unload', 'devices']);

interface Pending extends OrderListeners {
  readonly line: HostProcess;
  readonly type: ToHost['type'];
  /** Whether the host has got as far as saying something about it. */
  heard: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
}

const endless = () =>
  new AppError(
    'BAD_REQUEST',
    `The model process did not get through with reading this within ${(PING_MS * MAX_UNHEARD_PINGS) / 1_000} seconds and was started again. Send less text; where that makes no difference, the chat template in the model's file has no end: get the model from another source.`,
  );

export const createOpenOrders = ({ onDeaf, logger }: OpenOrdersComponents): OpenOrders => {
  const pending = new Map<number, Pending>();
  let watch: NodeJS.Timeout | null = null;
  let unheardPings = 0;
  /** The order that the host did not get through with. */
  let stuckWith: number | null = null;
  let nextId = 1;

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
      onDeaf();
      return;
    }
    unheardPings += 1;
    const [first] = pending.values();
    first?.line.post({ type: 'ping' } satisfies ToHost);
  };

  return {
    send(line, order, listeners) {
      const { signal } = listeners;
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const onAbort = () => {
        line.post({ type: 'cancel', target: id } satisfies ToHost);
        settle(id)?.reject(new CancellationError());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      pending.set(id, {
        ...listeners,
        line,
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
    hear(message) {
      unheardPings = 0;
      switch (message.type) {
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
            fromWireError({ code: knownCode(code), message: text, ...(data ? { data } : {}) }),
          );
          return;
        }
        case 'hello':
        case 'pong':
        case 'fault':
      }
    },
    lose() {
      const stuck = settle(stuckWith ?? 0);
      const entries = [...pending.keys()].map(settle);
      stuckWith = null;
      unheardPings = 0;
      return (reason) => {
        stuck?.reject(reason instanceof CancellationError ? reason : endless());
        for (const entry of entries) entry?.reject(reason);
      };
    },
  };
};
