import type { Clock } from '../common/index.ts';
import { AppError, CancellationError, type KeyLimits } from '../contract/index.ts';
import { duration, type Headers } from './gate-rates.ts';
import type { KeyHolder } from './keys.ts';

/** Tokens that a key has used: on this day, in this month, ever. */
export interface Spent {
  readonly day: number;
  readonly month: number;
  readonly all: number;
}

/** What an answer or a vector may take. */
export interface Need {
  /** Tokens to read. */
  readonly prompt: number;
  /** Tokens to write, at most. */
  readonly output: number;
}

/** Tokens set aside for one request. */
export interface Hold {
  /** How many of them may be written. */
  readonly output: number;
  /** They are counted as used by now, or were not needed. */
  release(): void;
}

export interface Budgets {
  /** @throws AppError `BUDGET_SPENT` */
  require(key: KeyHolder): void;
  /**
   * Sets tokens aside, so that requests side by side can't take more than there is: fewer to write where not all can be had, but never because
   * of others that hold some; it waits for these. Null for a key without a budget.
   * @throws AppError `BUDGET_SPENT` where the prompt alone is too long, `RATE_LIMITED` where too many wait; CancellationError
   */
  hold(keyId: string, need: Need, signal?: AbortSignal): Promise<Hold | null>;
  /** Tokens that are neither used nor held; null for a key without a budget. */
  left(keyId: string): number | null;
  headers(key: KeyHolder): Headers;
}

export interface BudgetsComponents {
  readonly spent: (keyId: string) => Spent;
  /** Who has the key, while it opens anything. */
  readonly find: (keyId: string) => KeyHolder | undefined;
  readonly clock: Clock;
}

interface Budget {
  readonly limit: number;
  readonly spent: number;
  /** Unix time; `null` where nothing but a person gives more. */
  readonly resetsAt: number | null;
  readonly name: string;
}

interface Held {
  tokens: number;
  /** In order of arrival. */
  readonly waiting: {
    readonly need: Need;
    readonly resolve: (hold: Hold) => void;
    readonly reject: (error: unknown) => void;
  }[];
}

/** Requests of one key that wait for what others hold. */
const mostWaiting = 64;

/** Day and month are the calendar's, in the node's time zone. */
export const createBudgets = ({ spent: spentBy, find, clock }: BudgetsComponents): Budgets => {
  const helds = new Map<string, Held>();

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
  const spentError = ({ limit, spent, resetsAt, name }: Budget, prompt: number): AppError => {
    const tokens = `${limit} tokens${name ? ` of this ${name}` : ''}`;
    const what =
      spent >= limit
        ? `This key has used all of its ${tokens}.`
        : `This request has ${prompt} tokens to read, and of the ${tokens} that this key has ${limit - spent} are left.`;
    const next =
      resetsAt === null
        ? 'Its owner can give it more in Settings or with "jan keys update".'
        : `It goes on at ${new Date(resetsAt).toISOString()}; its owner can give it more before.`;
    const retryAfter =
      resetsAt === null ? {} : { retryAfter: Math.max(1, Math.ceil((resetsAt - clock.now()) / 1_000)) };
    return new AppError('BUDGET_SPENT', `${what} ${next}`, { data: { resetsAt, ...retryAfter } });
  };

  /** Throws where a prompt is more than there is. The one that lasts longest is what has to be told. */
  const requireRoom = (all: readonly Budget[], prompt: number): void => {
    const over = all.findLast(({ limit, spent }) => spent + prompt >= limit);
    if (over) throw spentError(over, prompt);
  };

  /** Undefined where others hold what it needs. */
  const take = (keyId: string, held: Held, { prompt, output }: Need): Hold | undefined => {
    const key = find(keyId);
    const all = key ? budgetsOf(key) : [];
    const unused = Math.min(...all.map(leftOf));
    const wanted = prompt + output;
    if (wanted > unused - held.tokens && held.tokens > 0) return undefined;
    if (wanted > unused) requireRoom(all, prompt);
    const tokens = Math.min(wanted, unused);
    held.tokens += tokens;
    let released = false;
    return {
      output: tokens - prompt,
      release() {
        if (released) return;
        released = true;
        held.tokens -= tokens;
        advance(keyId, held);
      },
    };
  };

  const advance = (keyId: string, held: Held): void => {
    for (let first = held.waiting[0]; first; [first] = held.waiting) {
      try {
        const hold = take(keyId, held, first.need);
        if (!hold) return;
        first.resolve(hold);
      } catch (error) {
        first.reject(error);
      }
      held.waiting.shift();
    }
    if (held.tokens === 0) helds.delete(keyId);
  };

  return {
    require: (key) => requireRoom(budgetsOf(key), 0),
    left(keyId) {
      const key = find(keyId);
      if (!key || !hasBudget(key.limits)) return null;
      return Math.min(...budgetsOf(key).map(leftOf)) - (helds.get(keyId)?.tokens ?? 0);
    },
    async hold(keyId, need, signal) {
      const key = find(keyId);
      if (!key || !hasBudget(key.limits)) return null;
      if (signal?.aborted) throw new CancellationError();
      const held = helds.get(keyId) ?? { tokens: 0, waiting: [] };
      helds.set(keyId, held);
      const hold = held.waiting.length === 0 ? take(keyId, held, need) : undefined;
      if (hold) return hold;
      if (held.waiting.length >= mostWaiting)
        throw new AppError(
          'RATE_LIMITED',
          'What is left of the tokens of this key is held for its other requests. Wait until some of them are done.',
          { data: { retryAfter: 1 } },
        );
      const { promise, resolve, reject } = Promise.withResolvers<Hold>();
      const entry = { need, resolve, reject };
      held.waiting.push(entry);
      const onAbort = () => {
        const at = held.waiting.indexOf(entry);
        if (at < 0) return;
        held.waiting.splice(at, 1);
        reject(new CancellationError());
        advance(keyId, held);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      return promise.finally(() => signal?.removeEventListener('abort', onAbort));
    },
    headers(key) {
      const [tightest] = budgetsOf(key).toSorted((a, b) => leftOf(a) - leftOf(b));
      if (!tightest) return {};
      return {
        'x-ratelimit-limit-tokens': String(tightest.limit),
        'x-ratelimit-remaining-tokens': String(leftOf(tightest)),
        ...(tightest.resetsAt === null
          ? {}
          : { 'x-ratelimit-reset-tokens': duration((tightest.resetsAt - clock.now()) / 1_000) }),
      };
    },
  };
};

const leftOf = ({ limit, spent }: Budget): number => Math.max(0, limit - spent);

const hasBudget = ({ tokensPerDay, tokensPerMonth, tokensInAll }: KeyLimits): boolean =>
  tokensPerDay !== null || tokensPerMonth !== null || tokensInAll !== null;
