import { describe, expect, it } from 'vitest';
import type { UsageReport } from '../../../../node-core/contract/index.ts';
import { daysFrom, seriesOf, topOf, totalsOf } from './usage-series.ts';

const row = (keyId: string, day: string, tokens: number, modelId: string | null = 'tiny') => ({
  keyId,
  day,
  modelId,
  requests: 1,
  errors: 0,
  promptTokens: tokens,
  cachedTokens: 0,
  outputTokens: 1,
});
const reportOf = (rows: UsageReport['rows']): UsageReport => ({
  rows,
  keys: [...new Set(rows.map(({ keyId }) => keyId))].map((id) => ({ id, name: `key ${id}`, revoked: false })),
});
const days = daysFrom('2026-02-27', 4);

it('days go on over the end of a month', () => {
  expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
});

describe('series', () => {
  const report = reportOf([
    row('b', '2026-02-27', 10),
    row('b', '2026-02-27', 5, null),
    row('a', '2026-03-02', 100),
    row('a', '2020-01-01', 7),
  ]);

  it('hold every day of the range, and only those', () => {
    expect(seriesOf(report, days, 'tokens').map(({ id, values, total }) => ({ id, values, total }))).toEqual([
      { id: 'a', values: [0, 0, 0, 101], total: 101 },
      { id: 'b', values: [17, 0, 0, 0], total: 17 },
    ]);
  });

  it('keep their colours when something else is measured', () => {
    const colors = (measure: 'tokens' | 'requests') =>
      Object.fromEntries(seriesOf(report, days, measure).map(({ id, color }) => [id, color]));
    expect(seriesOf(report, days, 'requests').map(({ id }) => id)).toEqual(['b', 'a']);
    expect(colors('requests')).toEqual(colors('tokens'));
  });

  it('of many keys become one, and lose nothing', () => {
    const many = reportOf(Array.from({ length: 30 }, (_, index) => row(`k${index}`, '2026-02-28', index * 10)));
    const series = seriesOf(many, days, 'tokens');
    expect(series).toHaveLength(7);
    expect(new Set(series.map(({ color }) => color)).size).toBe(7);
    expect(series.at(-1)).toMatchObject({ name: '24 others' });
    expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(29 * 15 * 10 + 30);
  });
});

it('the scale ends at a round figure that holds everything', () => {
  expect([0, 1, 4, 5, 11, 399, 401, 9_999, 123_456].map(topOf)).toEqual([4, 4, 4, 5, 12, 400, 500, 10_000, 160_000]);
});

it('totals are by key and model, the largest first', () => {
  const totals = totalsOf(reportOf([row('a', '2026-02-27', 1), row('a', '2026-02-28', 1), row('b', '2026-02-28', 50)]));
  expect(totals.map(({ keyId, promptTokens, requests }) => [keyId, promptTokens, requests])).toEqual([
    ['b', 50, 1],
    ['a', 2, 2],
  ]);
});
