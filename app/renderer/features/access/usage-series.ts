import type { UsageReport } from '../../../../node-core/contract/index.ts';
import { addDays, type Day } from '../../days.ts';

export type Measure = 'tokens' | 'requests';

export interface Series {
  readonly id: string;
  readonly name: string;
  readonly revoked: boolean;
  /** As a CSS value. */
  readonly color: string;
  readonly total: number;
  /** One value per day of the range. */
  readonly values: readonly number[];
}

type Row = UsageReport['rows'][number];

const palette = ['blue', 'orange', 'teal', 'violet', 'yellow', 'pink', 'green'].map(
  (name) => `var(--jan-project-${name})`,
);
const restColor = 'var(--jan-project-gray)';

export const valueOf = (row: Row, measure: Measure): number =>
  measure === 'requests' ? row.requests : row.promptTokens + row.outputTokens;

export const daysFrom = (first: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(first, index));

/** The largest first; those that there is no colour for are one. A key keeps its colour whatever is measured. */
export const seriesOf = ({ rows, keys }: UsageReport, days: readonly Day[], measure: Measure): Series[] => {
  const at = new Map(days.map((day, index) => [day, index]));
  const all = keys.map(({ id, name, revoked }) => {
    const values = days.map(() => 0);
    for (const row of rows) {
      const index = row.keyId === id ? at.get(row.day) : undefined;
      if (index !== undefined) values[index] = (values[index] ?? 0) + valueOf(row, measure);
    }
    return { id, name, revoked, values, total: values.reduce((sum, value) => sum + value, 0) };
  });
  const ids = keys.map(({ id }) => id).toSorted();
  const named = all
    .toSorted((a, b) => b.total - a.total)
    .slice(0, all.length > palette.length ? palette.length - 1 : 7);
  const rest = all.filter((one) => !named.includes(one));
  const colors = new Map<string, string>();
  for (const { id } of named.toSorted((a, b) => a.id.localeCompare(b.id))) {
    const wished = ids.indexOf(id);
    const free = palette.map((_, step) => palette[(wished + step) % palette.length] ?? restColor);
    colors.set(id, free.find((color) => ![...colors.values()].includes(color)) ?? restColor);
  }
  const colored = named.map((one) => ({ ...one, color: colors.get(one.id) ?? restColor }));
  if (rest.length === 0) return colored;
  const values = days.map((_, index) => rest.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const total = rest.reduce((sum, one) => sum + one.total, 0);
  return [...colored, { id: 'rest', name: `${rest.length} others`, revoked: false, color: restColor, values, total }];
};

/** A round figure at or above the largest day, in steps that are easy to read. */
export const topOf = (largest: number): number => {
  if (largest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(largest));
  return (
    [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= largest) ?? largest
  );
};

export interface Total {
  readonly keyId: string;
  readonly keyName: string;
  readonly revoked: boolean;
  readonly modelId: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** By key and model over the whole range; what used most first. */
export const totalsOf = ({ rows, keys }: UsageReport): Total[] => {
  const totals = new Map<string, Total>();
  for (const row of rows) {
    const id = `${row.keyId} ${row.modelId ?? ''}`;
    const key = keys.find((one) => one.id === row.keyId);
    const sum = totals.get(id);
    totals.set(id, {
      keyId: row.keyId,
      keyName: key?.name ?? row.keyId,
      revoked: key?.revoked ?? false,
      modelId: row.modelId,
      requests: (sum?.requests ?? 0) + row.requests,
      errors: (sum?.errors ?? 0) + row.errors,
      promptTokens: (sum?.promptTokens ?? 0) + row.promptTokens,
      cachedTokens: (sum?.cachedTokens ?? 0) + row.cachedTokens,
      outputTokens: (sum?.outputTokens ?? 0) + row.outputTokens,
    });
  }
  const used = (total: Total): number => total.promptTokens + total.outputTokens;
  return [...totals.values()].toSorted((a, b) => used(b) - used(a) || b.requests - a.requests);
};
