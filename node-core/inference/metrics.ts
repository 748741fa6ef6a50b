import type { Answered } from './protocol.ts';
import type { InferenceMetrics } from './types.ts';

type Live = Pick<InferenceMetrics, 'loads' | 'hostRestarts' | 'queued' | 'active' | 'loaded'>;

/** Counts answers, and knows how long they take. */
export interface Metrics {
  answered(modelId: string, answer: Answered, millis: number): void;
  failed(): void;
  cancelled(): void;
  refused(): void;
  /** Seconds until a request that comes then has a chance, from how long answers of this model took. */
  retryAfter(modelId: string, waiting: number, sequences: number): number;
  read(live: Live): InferenceMetrics;
}

/** What the newest answer weighs in the mean. */
const WEIGHT = 0.2;
const UNKNOWN_MS = 2_000;
const MAX_RETRY_S = 300;

export const createMetrics = (): Metrics => {
  const requests = { done: 0, failed: 0, cancelled: 0, refused: 0 };
  const tokens = { prompt: 0, cached: 0, output: 0 };
  const draft = { proposed: 0, accepted: 0 };
  const durations = new Map<string, number>();
  return {
    answered(modelId, answer, millis) {
      requests.done += 1;
      tokens.prompt += answer.promptTokens;
      tokens.cached += answer.cachedTokens;
      tokens.output += answer.outputTokens;
      draft.proposed += answer.draft.proposed;
      draft.accepted += answer.draft.accepted;
      const mean = durations.get(modelId) ?? millis;
      durations.set(modelId, mean + WEIGHT * (millis - mean));
    },
    failed: () => void (requests.failed += 1),
    cancelled: () => void (requests.cancelled += 1),
    refused: () => void (requests.refused += 1),
    retryAfter(modelId, waiting, sequences) {
      const millis = ((durations.get(modelId) ?? UNKNOWN_MS) * (waiting + 1)) / Math.max(1, sequences);
      return Math.min(MAX_RETRY_S, Math.max(1, Math.ceil(millis / 1_000)));
    },
    read: (live) => ({
      requests: { ...requests },
      tokens: { ...tokens },
      draft: { ...draft },
      ...live,
      loads: { ...live.loads },
    }),
  };
};
