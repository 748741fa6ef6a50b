import { type Clock, type Disposable, DisposableStore, type Event } from '../common/index.ts';
import { AppError, errorStatus, toWireError } from '../contract/index.ts';
import type { Budgets } from './budgets.ts';
import { createRates } from './gate-rates.ts';
import { requireApiScope, requireModel } from './gate-scopes.ts';
import type { KeyHolder } from './keys.ts';
import type { RequestLog } from './request-log.ts';
import type { Usage } from './usage.ts';

/** What a request to `/v1` came to. Metadata only: never a word of what was asked or answered. */
export interface Outcome {
  readonly status: number;
  /** Code of the error, if it was one. */
  readonly errorCode: string | null;
  readonly modelId: string | null;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly firstTokenMs: number | null;
  readonly stream: boolean;
}

export interface Arrival {
  readonly requestId: string;
  readonly key: KeyHolder;
  readonly method: string;
  /** Pattern of the route, `/v1/models/:id`: what stands in an address may be what a person wrote. */
  readonly path: string;
}

/** One request that was let in. */
export interface Admission {
  /** Fires, with an `AppError` as its reason, when the key no longer opens anything. */
  readonly signal: AbortSignal;
  /** Called once, when the answer is sent or has failed. */
  done(outcome: Outcome): void;
}

/** Scopes, rate limits, token budgets, usage and the request log, in one place that every request to `/v1` passes. */
export interface Gate extends Disposable {
  /** @throws AppError `FORBIDDEN` (scope), `RATE_LIMITED` or `BUDGET_SPENT` (data: `retryAfter`, seconds) */
  admit(arrival: Arrival): Admission;
  /** @throws AppError `FORBIDDEN` where the key is for other models alone */
  requireModel(key: KeyHolder, modelId: string): void;
  /** How much is left of the key's limits, in headers named as OpenAI does; none where there are no limits. */
  headers(key: KeyHolder): Readonly<Record<string, string>>;
}

export interface GateComponents {
  readonly usage: Pick<Usage, 'add'>;
  readonly budgets: Budgets;
  readonly log: RequestLog;
  /** Id of a key that no longer opens anything. */
  readonly onDidEndKey: Event<string>;
  readonly clock: Clock;
}

const nothingSpent = {
  modelId: null,
  promptTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  firstTokenMs: null,
  stream: false,
} as const;

export const createGate = ({ usage, budgets, log, onDidEndKey, clock }: GateComponents): Gate => {
  const owned = new DisposableStore();
  const rates = createRates(clock);
  const running = new Map<string, Set<AbortController>>();

  owned.add(
    onDidEndKey((keyId) => {
      const reason = new AppError('UNAUTHORIZED', 'The key of this request was revoked or has expired.');
      for (const controller of running.get(keyId) ?? []) controller.abort(reason);
      rates.forget(keyId);
    }),
  );

  const note = ({ requestId, key, method, path }: Arrival, begun: number, outcome: Outcome): void => {
    // Who only looks at the figures is not part of them.
    if (!path.startsWith('/v1')) return;
    usage.add(key.keyId, outcome);
    log.add({
      id: requestId,
      at: clock.now(),
      keyId: key.keyId,
      method,
      path,
      ...outcome,
      durationMs: clock.monotonic() - begun,
    });
  };

  return {
    admit(arrival) {
      const { key, method, path } = arrival;
      const begun = clock.monotonic();
      try {
        requireApiScope(key, method, path);
        rates.take(key);
        budgets.require(key);
      } catch (error) {
        const { code } = toWireError(error);
        note(arrival, begun, { ...nothingSpent, status: errorStatus[code], errorCode: code });
        throw error;
      }
      const controller = new AbortController();
      const ofKey = running.get(key.keyId) ?? new Set();
      running.set(key.keyId, ofKey.add(controller));
      return {
        signal: controller.signal,
        done(outcome) {
          ofKey.delete(controller);
          if (ofKey.size === 0) running.delete(key.keyId);
          note(arrival, begun, outcome);
        },
      };
    },
    requireModel,
    headers: (key) => ({ ...rates.headers(key), ...budgets.headers(key) }),
    dispose: () => owned.dispose(),
  };
};
