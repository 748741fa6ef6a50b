/** A sample of the text format, its labels in order. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
export interface MetricFamily {
  readonly name: string;
  readonly type: string;
  readonly samples: readonly MetricSample[];
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u;
const labelName = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/u;
const types = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);
/** What samples of a family may be called beside its name. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

const labelsIn = (text: string, line: string): Record<string, string> => {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [all, name = '', value = ''] = /^([^=]+)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/u.exec(rest) ?? [];
    if (all === undefined || !labelName.test(name)) throw new Error(`no labels: ${line}`);
    if (name in labels) throw new Error(`a label twice: ${line}`);
    labels[name] = value.replaceAll(/\\([\\"n])/gu, (_, one: string) => (one === 'n' ? '\n' : one));
    rest = rest.slice(all.length);
  }
  return labels;
};

const sampleIn = (line: string): MetricSample => {
  const [, name = '', labels = '', value = ''] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/u.exec(line) ?? [];
  if (!metricName.test(name)) throw new Error(`no sample: ${line}`);
  const number = value === '+Inf' ? Infinity : Number(value);
  if (value === '' || Number.isNaN(number)) throw new Error(`no number: ${line}`);
  return { name, labels: labelsIn(labels, line), value: number };
};

const keyOf = ({ name, labels }: MetricSample, without?: string): string =>
  JSON.stringify([
    name,
    ...Object.entries(labels)
      .filter(([label]) => label !== without)
      .toSorted(),
  ]);

const checkHistogram = ({ name, samples }: MetricFamily): void => {
  const series = Map.groupBy(
    samples.filter((sample) => sample.name === `${name}_bucket`),
    (sample) => keyOf(sample, 'le'),
  );
  for (const [key, buckets] of series) {
    const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])));
    const counts = buckets.map(({ value }) => value);
    const isRising = (values: readonly number[]) =>
      values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));
    if (bounds.some(Number.isNaN) || !isRising(bounds) || bounds.at(-1) !== Infinity || !isRising(counts))
      throw new Error(`no buckets: ${key}`);
    const [first] = buckets;
    const { le: _, ...labels } = first?.labels ?? {};
    const count = samples.find((sample) => keyOf(sample) === keyOf({ name: `${name}_count`, labels, value: 0 }));
    const sum = samples.find((sample) => keyOf(sample) === keyOf({ name: `${name}_sum`, labels, value: 0 }));
    if (count?.value !== counts.at(-1) || !sum) throw new Error(`count and sum don't fit: ${key}`);
  }
};

/**
 * Reads the text format as strictly as a scraper and its linter do: families whole and once, with help and type first, names as they have
 * to be, nothing twice. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export const parseMetrics = (text: string): ReadonlyMap<string, MetricFamily> => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, { name: string; type: string; samples: MetricSample[] }>();
  let family: { name: string; type: string; samples: MetricSample[] } | undefined;
  let help = '';
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/u.exec(line) ?? [];
    if (kind === 'HELP') {
      if (families.has(name) || !metricName.test(name)) throw new Error(`no new family: ${line}`);
      if (/\\(?![\\n])/u.test(rest)) throw new Error(`not escaped: ${line}`);
      help = name;
    } else if (kind === 'TYPE') {
      if (name !== help || families.has(name) || !types.has(rest)) throw new Error(`no type after its help: ${line}`);
      if ((rest === 'counter') !== name.endsWith('_total')) throw new Error(`a counter ends in _total: ${line}`);
      if (/_(?:sum|count|bucket)$/u.test(name)) throw new Error(`a name of samples: ${line}`);
      family = { name, type: rest, samples: [] };
      families.set(name, family);
    } else {
      const sample = sampleIn(line);
      const names = (suffixes[family?.type ?? ''] ?? ['']).map((suffix) => `${family?.name}${suffix}`);
      if (!family || family.name !== help || !names.includes(sample.name)) throw new Error(`of no family: ${line}`);
      if (seen.has(keyOf(sample))) throw new Error(`a sample twice: ${line}`);
      if (family.type === 'counter' && sample.value < 0) throw new Error(`below zero: ${line}`);
      seen.add(keyOf(sample));
      family.samples.push(sample);
    }
  }
  for (const one of families.values()) if (one.type === 'histogram') checkHistogram(one);
  return families;
};
