import type { KeyHolder } from './keys.ts';

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
  /** Without the query. */
  readonly path: string;
}

/** One request that was let in. */
export interface Admission {
  /** Called once, when the answer is sent or has failed. */
  done(outcome: Outcome): void;
}

/** Scopes, rate limits, token budgets, usage and the request log, in one place that every request to `/v1` passes. */
export interface Gate {
  /** @throws AppError `FORBIDDEN` (scope), `RATE_LIMITED` or `BUDGET_SPENT` (data: `retryAfter`, seconds) */
  admit(arrival: Arrival): Admission;
}

/** Lets everyone in who has a key. */
export const openGate: Gate = { admit: () => ({ done: () => undefined }) };
