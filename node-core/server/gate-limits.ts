import type { Clock } from '../common/index.ts';
import { AppError, type KeyLimits } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';

type Headers = Readonly<Record<string, string>>;

export interface Rates {
  /** @throws AppError `RATE_LIMITED` */
  take(key: KeyHolder): void;
  headers(key: KeyHolder): Headers;
  forget(keyId: string): void;
}

interface Bucket {
  left: number;
  at: number;
}

/** What is added up bit by bit may stay just below a whole. */
const rounding = 1e-6;

/** A bucket per key that holds the requests of one minute and fills evenly. */
export const createRates = (clock: Clock): Rates => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (keyId: string, perMinute: number): Bucket => {
    const now = clock.monotonic();
    const bucket = buckets.get(keyId) ?? { left: perMinute, at: now };
    bucket.left = Math.min(perMinute, bucket.left + ((now - bucket.at) / 60_000) * perMinute);
    bucket.at = now;
    buckets.set(keyId, bucket);
    return bucket;
  };
  return {
    take({ keyId, limits: { requestsPerMinute } }) {
      if (requestsPerMinute === null) return;
      const bucket = bucketOf(keyId, requestsPerMinute);
      if (bucket.left >= 1 - rounding) {
        bucket.left = Math.max(0, bucket.left - 1);
        return;
      }
      const retryAfter = Math.max(1, Math.ceil(((1 - bucket.left) / requestsPerMinute) * 60));
      throw new AppError(
        'RATE_LIMITED',
        `This key may send ${requestsPerMinute} requests a minute. Wait ${retryAfter} s and try again.`,
        { data: { retryAfter } },
      );
    },
    headers({ keyId, limits: { requestsPerMinute } }) {
      if (requestsPerMinute === null) return {};
      const { left } = bucketOf(keyId, requestsPerMinute);
      return {
        'x-ratelimit-limit-requests': String(requestsPerMinute),
        'x-ratelimit-remaining-requests': String(Math.floor(left)),
        'x-ratelimit-reset-requests': duration(((requestsPerMinute - left) / requestsPerMinute) * 60),
      };
    },
    forget: (keyId) => void buckets.delete(keyId),
  };
};

/** Tokens that a key has used: on this day, in this month, ever. */
export interface Spent {
  readonly day: number;
  readonly month: number;
  readonly all: number;
}

export interface Budgets {
  /** @throws AppError `BUDGET_SPENT` */
  require(key: KeyHolder): void;
  headers(key: KeyHolder): Headers;
}

interface Budget {
  readonly limit: number;
  readonly spent: number;
  /** Unix time; `null` where nothing but a person gives more. */
  readonly resetsAt: number | null;
  readonly name: string;
}

/** Day and month are the calendar's, in the node's time zone. An answer that crosses a budget is still given whole. */
export const createBudgets = (spentBy: (keyId: string) => Spent, clock: Clock): Budgets => {
  const budgetsOf = ({ keyId, limits }: KeyHolder): readonly Budget[] => {
    if (!hasBudget(limits)) return [];
    const spent = spentBy(keyId);
    const now = new Date(clock.now());
    const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
    const all = [
      { limit: limits.tokensPerDay, spent: spent.day, resetsAt: new Date(year, month, day + 1).getTime(), name: 'day' },
      {
        limit: limits.tokensPerMonth,
        spent: spent.month,
        resetsAt: new Date(year, month + 1).getTime(),
        name: 'month',
      },
      { limit: limits.tokensInAll, spent: spent.all, resetsAt: null, name: '' },
    ];
    return all.flatMap(({ limit, ...rest }) => (limit === null ? [] : [{ limit, ...rest }]));
  };
  return {
    require(key) {
      // The one that lasts longest is what has to be told.
      const over = budgetsOf(key).findLast(({ limit, spent }) => spent >= limit);
      if (!over) return;
      const { limit, resetsAt, name } = over;
      const tokens = `${limit} tokens${name ? ` of this ${name}` : ''}`;
      throw new AppError(
        'BUDGET_SPENT',
        resetsAt === null
          ? `This key has used all of its ${tokens}. Its owner can give it more in Settings or with "jan keys update".`
          : `This key has used the ${tokens}. It goes on at ${new Date(resetsAt).toISOString()}; its owner can give it more before.`,
        {
          data: {
            resetsAt,
            ...(resetsAt === null ? {} : { retryAfter: Math.max(1, Math.ceil((resetsAt - clock.now()) / 1_000)) }),
          },
        },
      );
    },
    headers(key) {
      const left = ({ limit, spent }: Budget) => Math.max(0, limit - spent);
      const [tightest] = budgetsOf(key).toSorted((a, b) => left(a) - left(b));
      if (!tightest) return {};
      return {
        'x-ratelimit-limit-tokens': String(tightest.limit),
        'x-ratelimit-remaining-tokens': String(left(tightest)),
        ...(tightest.resetsAt === null
          ? {}
          : { 'x-ratelimit-reset-tokens': duration((tightest.resetsAt - clock.now()) / 1_000) }),
      };
    },
  };
};

const hasBudget = ({ tokensPerDay, tokensPerMonth, tokensInAll }: KeyLimits): boolean =>
  tokensPerDay !== null || tokensPerMonth !== null || tokensInAll !== null;

/** `6m0s`, as OpenAI writes it. */
const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${whole % 60}s`;
};
