import type { RunDetail } from '../../contract/index.ts';
import type { JournalEntry } from '../journal.ts';

/** What one counter counts, by its labels. */
export interface AgentCounter {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const helps = [
  ['jan_runs_started_total', 'Runs that were created, by skill.'],
  ['jan_runs_total', 'Runs that ended, by skill and how.'],
  ['jan_run_steps_total', 'Steps of runs that ended, by kind and how.'],
  ['jan_run_tool_calls_total', 'Calls of tools, by tool and how they ended.'],
  ['jan_run_tokens_total', 'Tokens that runs read, found in memory and wrote.'],
  ['jan_run_approvals_total', 'What persons said when they were asked for leave.'],
] as const;
type Name = (typeof helps)[number][0];

/** What runs did since the node started: numbers and the names of tools, for `/metrics`. Counts what is journalled, when it is on disk. */
export const createAgentCounters = () => {
  const values = new Map<Name, Map<string, { labels: Record<string, string>; value: number }>>();

  const add = (name: Name, labels: Record<string, string>, more = 1): void => {
    const samples = values.get(name) ?? new Map();
    values.set(name, samples);
    const key = JSON.stringify(labels);
    const sample = samples.get(key) ?? { labels, value: 0 };
    sample.value += more;
    samples.set(key, sample);
  };

  const kindOf = (run: RunDetail, index: number): string =>
    run.steps.find((step) => step.index === index)?.kind ?? 'rule';
  const toolOf = (run: RunDetail, id: string): string =>
    run.playbook?.calls.find((call) => call.id === id)?.tool ?? 'unknown';

  const count = (run: RunDetail, entry: JournalEntry): void => {
    const { skill } = run;
    switch (entry.type) {
      case 'created':
        return add('jan_runs_started_total', { skill });
      case 'ended':
        return add('jan_runs_total', { skill, state: entry.state });
      case 'step-done':
        return add('jan_run_steps_total', { kind: kindOf(run, entry.index), state: 'done' });
      case 'step-failed':
        return add('jan_run_steps_total', { kind: kindOf(run, entry.index), state: 'failed' });
      case 'skipped':
        return add('jan_run_steps_total', { kind: entry.kind, state: 'skipped' });
      case 'call-done':
        return add('jan_run_tool_calls_total', { tool: toolOf(run, entry.id), result: 'done' });
      case 'call-failed':
        return add('jan_run_tool_calls_total', { tool: toolOf(run, entry.id), result: 'failed' });
      case 'call-lost':
        return add('jan_run_tool_calls_total', { tool: toolOf(run, entry.id), result: 'unknown' });
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
    read: (): AgentCounter[] =>
      helps.map(([name, help]) => ({ name, help, samples: [...(values.get(name)?.values() ?? [])] })),
  };
};
