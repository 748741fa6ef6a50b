import { expect, it } from 'vitest';
import { parseMetrics } from './parse-metrics.ts';

const family = (name: string, type: string, ...samples: string[]): string =>
  [`# HELP ${name} What it is.`, `# TYPE ${name} ${type}`, ...samples, ''].join('\n');
const buckets = (...counts: number[]) => [
  ...counts.map((count, at) => `h_bucket{le="${at === counts.length - 1 ? '+Inf' : at}"} ${count}`),
  'h_sum 1.5',
  'h_count 3',
];

it('reads what a scraper reads', () => {
  const families = parseMetrics(
    family('a_total', 'counter', 'a_total{x="1, \\"2\\"",y="\\n"} 3', 'a_total{x="2"} 1e3') +
      family('h', 'histogram', ...buckets(0, 2, 3)),
  );
  expect(families.get('a_total')?.samples[0]).toEqual({ name: 'a_total', labels: { x: '1, "2"', y: '\n' }, value: 3 });
  expect(families.get('h')?.samples).toHaveLength(5);
});

it.each([
  ['a counter without its end', family('a', 'counter', 'a 1')],
  ['a name of a sample', family('a_count', 'gauge', 'a_count 1')],
  ['a family twice', family('a', 'gauge', 'a 1') + family('a', 'gauge', 'a{x="1"} 1')],
  ['a sample twice', family('a', 'gauge', 'a{x="1",y="2"} 1', 'a{y="2",x="1"} 1')],
  ['a sample of another family', family('a', 'gauge', 'b 1')],
  ['a sample before its family', 'a 1\n'],
  ['no number', family('a', 'gauge', 'a NaNa')],
  ['a label without a name', family('a', 'gauge', 'a{1x="1"} 1')],
  ['a label of the scraper’s own', family('a', 'gauge', 'a{__x="1"} 1')],
  ['a quote as it is', family('a', 'gauge', 'a{x="1"2"} 1')],
  ['less than none', family('a_total', 'counter', 'a_total -1')],
  ['no end', family('a', 'gauge', 'a 1').trimEnd()],
  ['buckets that sink', family('h', 'histogram', ...buckets(0, 4, 3))],
  ['another count', family('h', 'histogram', ...buckets(0, 2, 2))],
])('refuses %s', (_name, text) => {
  expect(() => parseMetrics(text)).toThrow(Error);
});
