import type { RunDetail } from '../../contract/index.ts';
import type { JournalEntry } from '../journal.ts';

type SampleLabels = Readonly<Record<string, string>>;

/** How long something took, as often as it happened. */
export interface Durations {
  readonly labels: SampleLabels;
  /** How many took no longer than so many seconds each. */
  readonly buckets: readonly { readonly seconds: number; readonly count: number }[];
  /** Of all together. */
  readonly seconds: number;
  readonly count: number;
}

/** What is counted of runs, by its labels. */
export type AgentMetric = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter'; readonly samples: readonly { readonly labels: SampleLabels; readonly value: number }[] }
  | { readonly type: 'histogram'; readonly samples: readonly Durations[] }
);

const counters = [
  ['jan_runs_started_total', 'Runs that were created, by skill.'],
  ['jan_runs_total', 'Runs that ended, by skill and how.'],
  ['jan_run_steps_total', 'Steps of runs that ended, by kind and how.'],
  ['jan_run_tool_calls_total', 'Calls of tools, by tool and how they ended.'],
  ['jan_run_tokens_total', 'Tokens that runs read, found in memory and wrote.'],
  ['jan_run_approvals_total', 'What persons said when they were asked for leave.'],
] as const;
type Counter = (typeof counters)[number][0];

const histograms = [
  ['jan_run_duration_seconds', 'Seconds from the start of a run to its end, waits for a person among them.'],
  ['jan_run_tool_call_duration_seconds', 'Seconds that calls of tools took, without the wait for leave.'],
] as const;
type Histogram = (typeof histograms)[number][0];
const bounds = [0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 7_200];

/** Samples of metrics by their labels. */
const createSamples = <Name extends string, Sample>() => {
  const values = new Map<Name, Map<string, Sample>>();
  return {
    change(name: Name, labels: SampleLabels, to: (sample: Sample | undefined) => Sample): void {
      const samples = values.get(name) ?? new Map<string, Sample>();
      values.set(name, samples);
      const key = JSON.stringify(labels);
      samples.set(key, to(samples.get(key)));
    },
    of: (name: Name): Sample[] => [...(values.get(name)?.values() ?? [])],
  };
};

/** What runs did since the node started: numbers and the names of tools, for `/metrics`. Hears what is journalled, when it is on disk. */
export const createAgentCounters = () => {
  const counted = createSamples<Counter, { labels: SampleLabels; value: number }>();
  const timed = createSamples<Histogram, Durations>();
  /** When calls that are under way were made. */
  const made = new Map<string, number>();

  const add = (name: Counter, labels: SampleLabels, more = 1): void =>
    counted.change(name, labels, (sample) => ({ labels, value: (sample?.value ?? 0) + more }));
  const took = (name: Histogram, labels: SampleLabels, seconds: number): void =>
    timed.change(name, labels, (sample) => ({
      labels,
      buckets: bounds.map((bound, at) => ({
        seconds: bound,
        count: (sample?.buckets[at]?.count ?? 0) + (seconds <= bound ? 1 : 0),
      })),
      seconds: (sample?.seconds ?? 0) + seconds,
      count: (sample?.count ?? 0) + 1,
    }));

  const kindOf = (run: RunDetail, index: number): string =>
    run.steps.find((step) => step.index === index)?.kind ?? 'rule';
  const ended = (run: RunDetail, id: string, result: string): void => {
    const tool = run.playbook?.calls.find((call) => call.id === id)?.tool ?? 'unknown';
    add('jan_run_tool_calls_total', { tool, result });
    const key = `${run.id} ${id}`;
    const since = made.get(key);
    made.delete(key);
    if (since !== undefined) took('jan_run_tool_call_duration_seconds', { tool }, (performance.now() - since) / 1_000);
  };

  const count = (run: RunDetail, entry: JournalEntry): void => {
    const { skill } = run;
    switch (entry.type) {
      case 'created':
        return add('jan_runs_started_total', { skill });
      case 'ended':
        for (const key of made.keys()) if (key.startsWith(`${run.id} `)) made.delete(key);
        if (run.startedAt !== null && run.endedAt !== null)
          took('jan_run_duration_seconds', { skill }, Math.max(0, run.endedAt - run.startedAt) / 1_000);
        return add('jan_runs_total', { skill, state: entry.state });
      case 'step-done':
        return add('jan_run_steps_total', { kind: kindOf(run, entry.index), state: 'done' });
      case 'step-failed':
        return add('jan_run_steps_total', { kind: kindOf(run, entry.index), state: 'failed' });
      case 'skipped':
        return add('jan_run_steps_total', { kind: entry.kind, state: 'skipped' });
      case 'call':
        made.set(`${run.id} ${entry.id}`, performance.now());
        return;
      case 'call-done':
        return ended(run, entry.id, 'done');
      case 'call-failed':
        return ended(run, entry.id, 'failed');
      case 'call-lost':
        return ended(run, entry.id, 'unknown');
      case 'refused':
        return add('jan_run_tool_calls_total', { tool: entry.tool, result: 'refused' });
      case 'answered':
        if (entry.answer.type === 'approve')
          add('jan_run_approvals_total', { answer: entry.answer.allow ? 'allowed' : 'denied' });
        return;
      case 'voided':
        return add('jan_run_approvals_total', { answer: 'void' });
      case 'answer':
        add('jan_run_tokens_total', { kind: 'prompt' }, entry.promptTokens);
        add('jan_run_tokens_total', { kind: 'cached' }, entry.cachedTokens ?? 0);
        return add('jan_run_tokens_total', { kind: 'output' }, entry.outputTokens);
      default:
    }
  };

  return {
    hear(run: RunDetail, entries: readonly JournalEntry[]): void {
      for (const entry of entries) count(run, entry);
    },
    read: (): AgentMetric[] => [
      ...counters.map(([name, help]) => ({ type: 'counter' as const, name, help, samples: counted.of(name) })),
      ...histograms.map(([name, help]) => ({ type: 'histogram' as const, name, help, samples: timed.of(name) })),
    ],
  };
};
