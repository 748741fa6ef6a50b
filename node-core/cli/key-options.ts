import { type KeyLimits, KeyScope } from '../contract/index.ts';
import { usageError } from './output.ts';

/** What a key may do and use, as it is typed. */
export interface KeyOptions {
  readonly scope?: readonly string[];
  readonly expires?: string;
  readonly rpm?: string;
  readonly tokensPerDay?: string;
  readonly tokensPerMonth?: string;
  readonly tokens?: string;
  readonly model?: readonly string[];
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000, y: 365 * 86_400_000 };

/** A day counts to its end, in this machine's time zone. */
export const readExpiry = (text: string, now: number): number | null => {
  if (text === 'never') return null;
  const age = /^(\d{1,5})([hdwy])$/.exec(text);
  if (age) return now + Number(age[1]) * (units[age[2] ?? ''] ?? 0);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const end = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3]), 23, 59, 59) : undefined;
  if (end && end.getMonth() === Number(day?.[2]) - 1) return end.getTime();
  throw usageError('Say when it expires as a date (2027-01-31), an age (12h, 30d, 1y), or never.');
};

export const readScopes = (named: readonly string[]): KeyScope[] =>
  named.map((name) => {
    const scope = KeyScope.options.find((one) => one === name);
    if (!scope) throw usageError(`There is no scope "${name}". There are ${KeyScope.options.join(', ')}.`);
    return scope;
  });

const readLimit = (flag: string, text: string): number | null => {
  if (text === 'none') return null;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 1) throw usageError(`${flag} takes a whole number from 1 on, or none.`);
  return value;
};

/** Only what was typed. */
export const readKeyOptions = (options: KeyOptions, now: number) => {
  const limits: Partial<KeyLimits> = {
    ...(options.rpm === undefined ? {} : { requestsPerMinute: readLimit('--rpm', options.rpm) }),
    ...(options.tokensPerDay === undefined
      ? {}
      : { tokensPerDay: readLimit('--tokens-per-day', options.tokensPerDay) }),
    ...(options.tokensPerMonth === undefined
      ? {}
      : { tokensPerMonth: readLimit('--tokens-per-month', options.tokensPerMonth) }),
    ...(options.tokens === undefined ? {} : { tokensInAll: readLimit('--tokens', options.tokens) }),
  };
  return {
    ...(options.scope === undefined ? {} : { scopes: readScopes(options.scope) }),
    ...(options.expires === undefined ? {} : { expiresAt: readExpiry(options.expires, now) }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(options.model === undefined ? {} : { models: options.model.includes('all') ? null : [...options.model] }),
  };
};
