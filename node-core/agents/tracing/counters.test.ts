import { expect, it } from 'vitest';
import { systemClock } from '../../common/index.ts';
import type { Labels, Playbook } from '../../contract/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { createRunBook } from '../book.ts';
import { heard } from '../heard.ts';
import { createAgentCounters } from './counters.ts';

const none: Labels = { untrusted: false, private: false, model: false, sources: [] };
const fields = (id: string) => ({
  ...{ id, index: 0, key: '0', tool: 'mail.send', arguments: {}, argumentLabels: {}, hash: 'h', control: none },
  effect: 'send-out' as const,
});

it('calls of tools are counted by how they end, and timed from when they were made', () => {
  const { store, dispose } = openTestStore();
  try {
    const counters = createAgentCounters();
    const book = heard(createRunBook({ store: () => store, clock: systemClock }), counters.hear);
    const playbook: Playbook = {
      ...{
        playbook: 1,
        id: 'p',
        version: 1,
        name: 'P',
        description: '',
        examples: [],
        inputs: [],
        tools: [],
        egress: [],
      },
      ...{ profile: 'writer', budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 }, steps: [], result: [] },
    };
    book.create(
      {
        ...{ id: 'r', title: 'R', modelId: 'm', place: 'this-machine' },
        assignment: {
          ...{ input: { skill: 'playbook', playbookId: 'p', inputs: {} }, today: '2027-01-01' },
          ...{ builtin: false, task: null },
        },
      },
      [{ type: 'plan', playbook, inputs: {}, inputLabels: {}, profiles: [], models: {} }],
    );
    const call = (id: string) => ({ ...fields(id), type: 'call', allowedBy: 'you', repeatable: false }) as const;
    const error = { code: 'TOOL_FAILED', message: 'x' };
    book.append('r', [call('1'), call('2'), call('3'), { ...fields('4'), type: 'refused', error }]);
    book.append('r', [
      { type: 'call-done', index: 0, id: '1', result: null, labels: none },
      { type: 'call-failed', index: 0, id: '2', error },
    ]);
    book.append('r', [{ type: 'ended', state: 'cancelled', error: null, result: null }]);
    const metrics = new Map(counters.read().map((metric) => [metric.name, metric.samples]));
    expect(metrics.get('jan_run_tool_calls_total')).toEqual(
      ['refused', 'done', 'failed'].map((result) => ({ labels: { tool: 'mail.send', result }, value: 1 })),
    );
    // One that its run left has no duration, and one that was refused took none.
    expect(metrics.get('jan_run_tool_call_duration_seconds')).toMatchObject([
      { labels: { tool: 'mail.send' }, count: 2 },
    ]);
  } finally {
    dispose();
  }
});
