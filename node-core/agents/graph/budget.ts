import { AppError, type Budget } from '../../contract/index.ts';
import { createSlots } from './slots.ts';

/** What a call of a model or a tool may take at most. */
export interface Reservation {
  readonly tokens: number;
  readonly calls: number;
  /** In the currency of whoever charges. */
  readonly cost: number;
}

/** What a run may still use. Reserved before each call, so that the sum is never more than the budget, also with calls under way. */
export interface Spending {
  /** Waits while calls under way might give back what is missing. @throws AppError `BUDGET_SPENT` */
  reserve(what: string, wanted: Reservation): Promise<{ settle(used: Reservation): void }>;
}

type Kind = keyof Reservation;
const kinds = ['tokens', 'calls', 'cost'] as const satisfies Kind[];
const nothing: Reservation = { tokens: 0, calls: 0, cost: 0 };

const words: Readonly<Record<Kind, (sum: string, limit: string) => string>> = {
  tokens: (sum, limit) => `${sum} of ${limit} tokens are spent`,
  calls: (sum, limit) => `${sum} of ${limit} calls are spent`,
  cost: (sum, limit) => `It may cost ${limit} and has cost ${sum}`,
};

/** Counts on from nothing: a run that is resumed goes through all its calls again. */
export const createSpending = (budget: Budget): Spending => {
  const spent = new Map<string, Reservation>();
  const held = new Set<Reservation>();
  const turn = createSlots(1);
  let used = nothing;
  let freed: (() => void) | undefined;

  const isOver = (kind: Kind, wanted: Reservation): boolean => used[kind] + wanted[kind] > budget[kind];

  const fits = (wanted: Reservation): boolean => {
    const all = [...held].reduce(sum, wanted);
    return !kinds.some((kind) => isOver(kind, all));
  };

  const refusal = (what: string, wanted: Reservation): AppError => {
    const kind = kinds.find((one) => isOver(one, wanted)) ?? 'calls';
    const on = [...spent].map(([name, of]) => `${name}: ${figure(of[kind])}`).join(', ');
    return new AppError(
      'BUDGET_SPENT',
      `${words[kind](figure(used[kind]), figure(budget[kind]))}${on === '' ? '' : ` (${on})`}, and “${what}” may take ${figure(wanted[kind])}. Raise the budget of the playbook, or give it less to do.`,
      { data: { kind, limit: budget[kind], spent: used[kind] } },
    );
  };

  return {
    async reserve(what, wanted) {
      await turn.take();
      try {
        while (!fits(wanted)) {
          if (held.size === 0) throw refusal(what, wanted);
          await new Promise<void>((resolve) => {
            freed = resolve;
          });
        }
        held.add(wanted);
      } finally {
        turn.leave();
      }
      return {
        settle(taken) {
          held.delete(wanted);
          used = sum(used, taken);
          spent.set(what, sum(spent.get(what) ?? nothing, taken));
          freed?.();
        },
      };
    },
  };
};

/** Money in as many digits as tell it apart from nothing. */
const figure = (value: number): string => String(Number.isInteger(value) ? value : Number(value.toPrecision(3)));

const sum = (one: Reservation, other: Reservation): Reservation => ({
  tokens: one.tokens + other.tokens,
  calls: one.calls + other.calls,
  cost: one.cost + other.cost,
});
