import type { PlaybookRun, RunDetail, ToolCall } from '../../contract/index.ts';
import type { JournalEntry, JournalRow } from '../journal.ts';

/** What a playbook's run shows beside its steps, after the entry of `row`. `since`: time of the entry before. */
export const foldPlaybook = (run: RunDetail, row: JournalRow, since: number | null): RunDetail => {
  const { at, entry } = row;
  if (entry.type === 'plan') {
    const { playbook, inputs } = entry;
    return {
      ...run,
      playbook: {
        playbook,
        inputs,
        budget: playbook.budget,
        spent: { tokens: 0, seconds: 0, calls: 0, cost: 0 },
        calls: [],
        questions: [],
        versions: [],
      },
    };
  }
  if (run.playbook === null) return run;
  const seconds = since === null || isIdleBefore(entry) ? 0 : Math.max(0, at - since) / 1_000;
  const { spent } = run.playbook;
  const timed = { ...run.playbook, spent: { ...spent, seconds: spent.seconds + seconds } };
  return { ...run, playbook: after(timed, at, entry) };
};

/** What comes first after a pause: of the node, or until a person said something. */
const isIdleBefore = ({ type }: JournalEntry): boolean =>
  type === 'started' || type === 'resumed' || type === 'cancelling';

const after = (run: PlaybookRun, at: number, entry: JournalEntry): PlaybookRun => {
  const { spent } = run;
  switch (entry.type) {
    case 'planned':
      return { ...run, playbook: entry.playbook };
    case 'answer':
      return {
        ...run,
        spent: { ...spent, tokens: spent.tokens + entry.promptTokens + entry.outputTokens, calls: spent.calls + 1 },
      };
    case 'answer-failed':
      return { ...run, spent: { ...spent, calls: spent.calls + 1 } };
    case 'call': {
      const { type: _, repeatable: __, control: ___, ...call } = entry;
      return {
        ...run,
        spent: { ...spent, calls: spent.calls + 1 },
        calls: withCall(run, { ...pending(call, at), state: 'running' }),
      };
    }
    case 'refused': {
      const { type: _, error, control: __, ...call } = entry;
      return { ...run, calls: withCall(run, { ...pending(call, at), state: 'refused', error, endedAt: at }) };
    }
    case 'call-done':
      return {
        ...run,
        calls: changeCall(run, entry.id, (call) => ({
          ...call,
          state: 'done',
          result: entry.result,
          resultLabels: entry.labels,
          endedAt: at,
        })),
      };
    case 'call-failed':
      return {
        ...run,
        calls: changeCall(run, entry.id, (call) => ({ ...call, state: 'failed', error: entry.error, endedAt: at })),
      };
    case 'call-lost':
      return { ...run, calls: changeCall(run, entry.id, (call) => ({ ...call, state: 'unknown', endedAt: at })) };
    case 'ask':
      return asked(run, at, entry);
    case 'answered':
    case 'voided':
      return { ...run, questions: run.questions.filter(({ id }) => id !== entry.id) };
    case 'version': {
      const { type: _, ...version } = entry;
      const others = entry.kept
        ? run.versions.map((other) => (other.index === entry.index ? { ...other, kept: false } : other))
        : run.versions;
      return { ...run, versions: [...others, version] };
    }
    case 'ended':
      return { ...run, questions: [] };
    default:
      return run;
  }
};

type Fields = Pick<ToolCall, 'id' | 'index' | 'key' | 'tool' | 'effect' | 'arguments' | 'argumentLabels' | 'hash'> & {
  readonly allowedBy?: string;
};

const pending = ({ allowedBy, ...call }: Fields, at: number): ToolCall => ({
  ...call,
  state: 'waiting',
  allowedBy: allowedBy ?? null,
  result: null,
  resultLabels: null,
  error: null,
  startedAt: at,
  endedAt: null,
});

const withCall = (run: PlaybookRun, call: ToolCall): ToolCall[] =>
  run.calls.some(({ id }) => id === call.id)
    ? run.calls.map((other) => (other.id === call.id ? { ...call, startedAt: other.startedAt } : other))
    : [...run.calls, call];

const changeCall = (run: PlaybookRun, id: string, to: (call: ToolCall) => ToolCall): ToolCall[] =>
  run.calls.map((call) => (call.id === id ? to(call) : call));

const asked = (
  run: PlaybookRun,
  at: number,
  { id, index, about }: Extract<JournalEntry, { type: 'ask' }>,
): PlaybookRun => {
  switch (about.type) {
    case 'approve': {
      const { repeatable: _, control: __, ...fields } = about.call;
      const call = pending(fields, at);
      return {
        ...run,
        calls: withCall(run, call),
        questions: [...run.questions, { type: 'approve', id, call, reason: about.reason }],
      };
    }
    case 'outcome': {
      const call = run.calls.find((other) => other.id === about.callId);
      return call ? { ...run, questions: [...run.questions, { type: 'outcome', id, call }] } : run;
    }
    case 'choose':
      return {
        ...run,
        questions: [...run.questions, { type: 'choose', id, index, question: about.question, items: about.items }],
      };
  }
};
