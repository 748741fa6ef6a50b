import { type Clock, localDay } from '../common/index.ts';
import { AppError, type ContractHandlers } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import type { Spent } from './budgets.ts';
import type { Batched } from './gate-writer.ts';
import type { KeyRing } from './keys.ts';

/** What an answer took. */
export interface Used {
  readonly modelId: string | null;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** Requests and tokens by day, key and model. What was added counts at once and is on disk some seconds later. */
export interface Usage extends Batched {
  /** One request. `modelId` is `null` where no model was reached; `status` as HTTP has it. */
  add(keyId: string, request: { readonly modelId: string | null; readonly status: number }): void;
  /** What an answer took of which the request counts by itself. */
  charge(keyId: string, used: Used): void;
  spent(keyId: string): Spent;
  readonly handlers: ContractHandlers['usage'];
  /** Forgets what it read from the vault. */
  onLock(): void;
}

export interface UsageComponents {
  readonly openStore: () => Store | undefined;
  readonly store: () => Store;
  readonly names: KeyRing['names'];
  /** There is something to write. */
  readonly note: () => void;
  readonly clock: Clock;
}

interface Row {
  readonly day: string;
  readonly keyId: string;
  /** Empty where no model was reached. */
  readonly modelId: string;
  requests: number;
  errors: number;
  promptTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

const counted = ['requests', 'errors', 'promptTokens', 'cachedTokens', 'outputTokens'] as const;

export const createUsage = ({ openStore, store, names, note, clock }: UsageComponents): Usage => {
  let waiting = new Map<string, Row>();
  const sums = new Map<string, Spent & { readonly on: string }>();

  const read = (from: Store, keyId: string, on: string): Spent => {
    const row = from.first(
      from.qb
        .selectFrom('usage')
        .where('keyId', '=', keyId)
        .select(({ fn, eb }) => {
          const tokens = eb('promptTokens', '+', eb.ref('outputTokens'));
          return [
            fn.sum<number | null>(tokens).as('all'),
            fn.sum<number | null>(tokens).filterWhere('day', '=', on).as('day'),
            fn
              .sum<number | null>(tokens)
              .filterWhere('day', 'like', `${on.slice(0, 7)}%`)
              .as('month'),
          ];
        }),
    );
    const spent = { day: row?.day ?? 0, month: row?.month ?? 0, all: row?.all ?? 0 };
    for (const added of waiting.values()) if (added.keyId === keyId) addTo(spent, added, on);
    return spent;
  };

  const count = (
    keyId: string,
    { modelId, promptTokens = 0, cachedTokens = 0, outputTokens = 0 }: Pick<Used, 'modelId'> & Partial<Used>,
    { requests = 0, errors = 0 } = {},
  ): void => {
    const day = localDay(clock.now());
    const id = `${day} ${keyId} ${modelId ?? ''}`;
    const row = waiting.get(id) ?? {
      day,
      keyId,
      modelId: modelId ?? '',
      requests: 0,
      errors: 0,
      promptTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
    };
    waiting.set(id, row);
    row.requests += requests;
    row.errors += errors;
    row.promptTokens += promptTokens;
    row.cachedTokens += cachedTokens;
    row.outputTokens += outputTokens;
    const sum = sums.get(keyId);
    if (sum) {
      const more = { ...sum };
      addTo(more, { day, promptTokens, outputTokens }, sum.on);
      sums.set(keyId, more);
    }
    note();
  };

  return {
    add: (keyId, { modelId, status }) =>
      count(keyId, { modelId }, { requests: 1, errors: status >= 400 && status !== 499 ? 1 : 0 }),
    charge: (keyId, used) => count(keyId, used),
    spent(keyId) {
      const on = localDay(clock.now());
      const known = sums.get(keyId);
      if (known?.on === on) return known;
      const spent = { ...read(store(), keyId, on), on };
      sums.set(keyId, spent);
      return spent;
    },
    isWaiting: () => waiting.size > 0,
    write(tx) {
      const to = openStore();
      if (!to) return;
      for (const row of waiting.values())
        tx.run(
          to.qb
            .insertInto('usage')
            .values({ ...row })
            .onConflict((conflict) =>
              conflict
                .columns(['keyId', 'day', 'modelId'])
                .doUpdateSet(({ eb, ref }) =>
                  Object.fromEntries(
                    counted.map((name) => [name, eb(ref(`usage.${name}`), '+', ref(`excluded.${name}`))]),
                  ),
                ),
            ),
        );
    },
    written() {
      waiting = new Map();
    },
    handlers: {
      report({ from, to }) {
        if (from > to)
          throw new AppError('BAD_REQUEST', 'The first day is after the last one.', { data: { field: 'from' } });
        const source = store();
        const rows = new Map<string, Row>();
        const inRange = [...waiting.values()].filter(({ day }) => from <= day && day <= to);
        const stored = source.all(
          source.qb.selectFrom('usage').selectAll().where('day', '>=', from).where('day', '<=', to).orderBy('day'),
        );
        for (const row of [...stored, ...inRange]) {
          const id = `${row.day} ${row.keyId} ${row.modelId}`;
          const sum = rows.get(id);
          if (sum) for (const name of counted) sum[name] += row[name];
          else rows.set(id, { ...row });
        }
        const known = names();
        return {
          rows: [...rows.values()].map((row) => ({ ...row, modelId: row.modelId || null })),
          keys: [...new Set([...rows.values()].map(({ keyId }) => keyId))].map((id) => ({
            id,
            ...(known.get(id) ?? { name: id, revoked: true }),
          })),
        };
      },
    },
    onLock: () => sums.clear(),
  };
};

const addTo = (
  spent: { day: number; month: number; all: number },
  { day, promptTokens, outputTokens }: Pick<Row, 'day' | 'promptTokens' | 'outputTokens'>,
  on: string,
): void => {
  const tokens = promptTokens + outputTokens;
  spent.all += tokens;
  if (day === on) spent.day += tokens;
  if (day.slice(0, 7) === on.slice(0, 7)) spent.month += tokens;
};
