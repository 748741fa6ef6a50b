import type { Outcome } from '../gate.ts';
import type { Route } from './route.ts';

/** What the API did since the node started: numbers alone, for `/metrics`. */
export interface Counters {
  arrived(): void;
  ended(route: Route | undefined, outcome: Outcome): void;
  readonly inFlight: number;
  /** By method, pattern and status. */
  readonly requests: ReadonlyMap<string, { readonly labels: Readonly<Record<string, string>>; readonly count: number }>;
  readonly tokens: { readonly prompt: number; readonly cached: number; readonly output: number };
  /** Of answers that had one: how many, and the sum of their seconds to the first token. */
  readonly firstToken: { readonly count: number; readonly seconds: number };
}

export const createCounters = (): Counters => {
  const requests = new Map<string, { labels: Readonly<Record<string, string>>; count: number }>();
  const tokens = { prompt: 0, cached: 0, output: 0 };
  const firstToken = { count: 0, seconds: 0 };
  let inFlight = 0;
  return {
    arrived() {
      inFlight += 1;
    },
    ended(route, outcome) {
      inFlight -= 1;
      const labels = {
        method: route?.method ?? 'OTHER',
        path: route?.pattern ?? 'other',
        status: String(outcome.status),
      };
      const key = Object.values(labels).join(' ');
      const entry = requests.get(key) ?? { labels, count: 0 };
      entry.count += 1;
      requests.set(key, entry);
      tokens.prompt += outcome.promptTokens;
      tokens.cached += outcome.cachedTokens;
      tokens.output += outcome.outputTokens;
      if (outcome.firstTokenMs !== null) {
        firstToken.count += 1;
        firstToken.seconds += outcome.firstTokenMs / 1_000;
      }
    },
    get inFlight() {
      return inFlight;
    },
    requests,
    tokens,
    firstToken,
  };
};
