import type { Clock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';

export type Headers = Readonly<Record<string, string>>;

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

/** `6m0s`, as OpenAI writes it. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${whole % 60}s`;
};
