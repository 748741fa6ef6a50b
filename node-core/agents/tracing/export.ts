import { setTimeout } from 'node:timers/promises';
import { type Logger, logFault, type Startable } from '../../common/index.ts';

/** What waits for the collector; older traces are dropped for newer ones. */
const mostWaiting = 100;
const timeout = 10_000;
const pauses = [1_000, 5_000];
/** Answers after which the specification has a client try again. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface TraceExport extends Startable {
  /** Returns at once; the trace is made and sent later, or dropped. */
  add(trace: () => string): void;
}

/** The setting may be the collector's base address, as `OTEL_EXPORTER_OTLP_ENDPOINT` is, or that of its traces. */
const addressOf = (endpoint: string): string =>
  endpoint.endsWith('/v1/traces') ? endpoint : `${endpoint.replace(/\/+$/u, '')}/v1/traces`;

/**
 * Sends traces to a collector, one request at a time and beside everything else: a collector that is slow, gone or full costs traces, never
 * a run's time. What is under way when the node ends is lost.
 */
export const createTraceExport = (components: {
  /** `null`: nothing is sent. Asked each time. */
  readonly endpoint: () => string | null;
  readonly logger: Logger;
  /** Milliseconds between tries. */
  readonly pauses?: readonly number[];
}): TraceExport => {
  const logger = components.logger.child('traces');
  const waits = components.pauses ?? pauses;
  let waiting: (() => string)[] = [];
  let stopping = new AbortController();
  let sending: Promise<void> | undefined;

  /** Whether it was taken; throws where the collector will never take it. */
  const post = async (address: string, body: string): Promise<boolean> => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeout)]),
      });
      await response.body?.cancel();
      if (!response.ok && !passing.has(response.status))
        logger.warn('the collector refused a trace', { status: response.status });
      return response.ok || !passing.has(response.status);
    } catch (error) {
      // Not reached, too slow, or the node ends: fetch throws nothing else.
      if (error instanceof Error) return false;
      throw error;
    }
  };

  const send = async (trace: () => string): Promise<void> => {
    for (const pause of [...waits, null]) {
      // As it is set now: what a person took back meanwhile is not sent by a second try.
      const endpoint = components.endpoint();
      if (endpoint === null || (await post(addressOf(endpoint), trace()))) return;
      if (pause === null || stopping.signal.aborted) break;
      await setTimeout(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
    if (!stopping.signal.aborted) logger.warn('a trace was dropped: the collector does not take it');
  };

  const pump = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !stopping.signal.aborted; next = waiting.shift()) {
      try {
        await send(next);
      } catch (error) {
        // The vault was locked meanwhile, among others.
        logFault(logger, 'a trace could not be made', error);
      }
    }
    sending = undefined;
  };

  return {
    add(trace) {
      if (stopping.signal.aborted) return;
      waiting.push(trace);
      if (waiting.length > mostWaiting) waiting.shift();
      sending ??= Promise.resolve().then(pump);
    },
    async start() {
      if (stopping.signal.aborted) stopping = new AbortController();
    },
    async stop() {
      waiting = [];
      stopping.abort();
      await sending;
    },
  };
};
