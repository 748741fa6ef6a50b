import { AppError, type Budget } from '../../contract/index.ts';
import { createSlots } from './slots.ts';

/** What a call of a model or a tool may take at most. */
export interface Reservation {
  readonly tokens: number;
  readonly calls: number;
}

/** What a run may still use. Reserved before each call, so that the sum is never more than the budget, also with calls under way. */
export interface Spending {
  /** Waits while calls under way might give back what is missing. @throws AppError `BUDGET_SPENT` */
  reserve(what: string, wanted: Reservation): Promise<{ settle(used: Reservation): void }>;
}

/** Counts on from nothing: a run that is resumed goes through all its calls again. */
export const createSpending = (budget: Budget): Spending => {
  const spent = new Map<string, Reservation>();
  const turn = createSlots(1);
  let held: Reservation = { tokens: 0, calls: 0 };
  let used: Reservation = { tokens: 0, calls: 0 };
  let underWay = 0;
  let freed: (() => void) | undefined;

  const fits = ({ tokens, calls }: Reservation) =>
    used.tokens + held.tokens + tokens <= budget.tokens && used.calls + held.calls + calls <= budget.calls;

  const refusal = (what: string, wanted: Reservation): AppError => {
    const isTokens = used.tokens + wanted.tokens > budget.tokens;
    const [kind, limit, sum, next] = isTokens
      ? ['tokens', budget.tokens, used.tokens, wanted.tokens]
      : ['calls', budget.calls, used.calls, wanted.calls];
    const on = [...spent].map(([name, of]) => `${name}: ${isTokens ? of.tokens : of.calls}`).join(', ');
    return new AppError(
      'BUDGET_SPENT',
      `${sum} of ${limit} ${kind} are spent${on === '' ? '' : ` (${on})`}, and “${what}” may take ${next}. Raise the budget of the playbook, or give it less to do.`,
      { data: { kind, limit, spent: sum } },
    );
  };

  return {
    async reserve(what, wanted) {
      await turn.take();
      try {
        while (!fits(wanted)) {
          if (underWay === 0) throw refusal(what, wanted);
          await new Promise<void>((resolve) => {
            freed = resolve;
          });
        }
        held = sum(held, wanted);
        underWay += 1;
      } finally {
        turn.leave();
      }
      return {
        settle(taken) {
          held = { tokens: held.tokens - wanted.tokens, calls: held.calls - wanted.calls };
          used = sum(used, taken);
          spent.set(what, sum(spent.get(what) ?? { tokens: 0, calls: 0 }, taken));
          underWay -= 1;
          freed?.();
        },
      };
    },
  };
};

const sum = (one: Reservation, other: Reservation): Reservation => ({
  tokens: one.tokens + other.tokens,
  calls: one.calls + other.calls,
});
