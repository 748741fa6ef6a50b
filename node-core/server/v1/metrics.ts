import type { Agents } from '../../agents/index.ts';
import type { InferenceMetrics } from '../../inference/index.ts';
import type { Counters } from './counters.ts';
import type { Engine } from './engine.ts';
import type { Route } from './route.ts';

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));

const sample = (name: string, { labels = {}, value }: Sample): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
};

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const family = (type: string, name: string, help: string, samples: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples, ''].join('\n');
const metric = (type: 'counter' | 'gauge', name: string, help: string, samples: readonly Sample[]): string =>
  family(
    type,
    name,
    help,
    samples.map((one) => sample(name, one)),
  );
const summary = (name: string, help: string, { seconds, count }: { seconds: number; count: number }): string =>
  family('summary', name, help, [sample(`${name}_sum`, { value: seconds }), sample(`${name}_count`, { value: count })]);

const ofRuns = (metrics: ReturnType<Agents['counters']>): readonly string[] =>
  metrics.map((one) => {
    const { name, help } = one;
    if (one.type === 'counter') return metric('counter', name, help, one.samples);
    const samples = one.samples.flatMap(({ labels, buckets, seconds, count }) => [
      ...buckets.map((bucket) =>
        sample(`${name}_bucket`, { labels: { ...labels, le: String(bucket.seconds) }, value: bucket.count }),
      ),
      sample(`${name}_bucket`, { labels: { ...labels, le: '+Inf' }, value: count }),
      sample(`${name}_sum`, { labels, value: seconds }),
      sample(`${name}_count`, { labels, value: count }),
    ]);
    return family('histogram', name, help, samples);
  });

const ofHttp = ({ requests, inFlight, tokens, firstToken }: Counters): readonly string[] => [
  metric('counter', 'jan_http_requests_total', 'Requests to the API.', [
    ...[...requests.values()].map(({ labels, count }) => ({ labels, value: count })),
  ]),
  metric('gauge', 'jan_http_requests_in_flight', 'Requests to the API being answered.', [{ value: inFlight }]),
  metric('counter', 'jan_http_tokens_total', 'Tokens of answers of the API.', [
    { labels: { kind: 'prompt' }, value: tokens.prompt },
    { labels: { kind: 'cached' }, value: tokens.cached },
    { labels: { kind: 'output' }, value: tokens.output },
  ]),
  summary('jan_http_first_token_seconds', 'Seconds to the first token of answers, queue included.', firstToken),
];

const ofInference = (metrics: InferenceMetrics): readonly string[] => [
  metric(
    'counter',
    'jan_inference_requests_total',
    'Answers by how they ended, also those of the app itself.',
    Object.entries(metrics.requests).map(([result, value]) => ({ labels: { result }, value })),
  ),
  metric('gauge', 'jan_inference_active', 'Answers being written.', [{ value: metrics.active }]),
  metric('gauge', 'jan_inference_queued', 'Requests that wait.', [{ value: metrics.queued }]),
  metric(
    'counter',
    'jan_inference_tokens_total',
    'Tokens read, found in memory and written.',
    Object.entries(metrics.tokens).map(([kind, value]) => ({ labels: { kind }, value })),
  ),
  metric(
    'counter',
    'jan_inference_draft_tokens_total',
    'Tokens guessed ahead, and those that were right.',
    Object.entries(metrics.draft).map(([result, value]) => ({ labels: { result }, value })),
  ),
  metric('counter', 'jan_model_loads_total', 'Models loaded.', [{ value: metrics.loads.count }]),
  metric('counter', 'jan_model_load_failures_total', 'Models that could not be loaded.', [
    { value: metrics.loads.failed },
  ]),
  metric('counter', 'jan_model_evictions_total', 'Models that made room for another.', [
    { value: metrics.loads.evicted },
  ]),
  metric('counter', 'jan_model_load_seconds_total', 'Seconds spent loading.', [{ value: metrics.loads.seconds }]),
  metric('counter', 'jan_inference_host_restarts_total', 'Restarts of the inference host.', [
    { value: metrics.hostRestarts },
  ]),
  metric(
    'gauge',
    'jan_model_memory_bytes',
    'Memory of loaded models, as planned.',
    metrics.loaded.map(({ id, memory }) => ({ labels: { model: id }, value: memory })),
  ),
];

/** Numbers and the names of tools: never a word of what was asked or answered. */
export const metricRoutes = (
  inference: Engine,
  counters: Counters,
  agents: Pick<Agents, 'counters'>,
): readonly Route[] => [
  {
    method: 'GET',
    pattern: '/metrics',
    handle: async () => ({
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      bytes: Buffer.from(
        [...ofHttp(counters), ...ofInference(inference.metrics()), ...ofRuns(agents.counters())].join(''),
      ),
    }),
  },
];
