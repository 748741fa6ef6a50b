import type { PlaybookRun, RunDetail, ToolCall } from '../../contract/index.ts';
import { foldCall } from '../calls/fold-call.ts';
import type { JournalEntry, JournalRow } from '../journal.ts';

/** What a playbook's run shows beside its steps, after the entry of `row`. `since`: time of the entry before. */
export const foldPlaybook = (run: RunDetail, row: JournalRow, since: number | null): RunDetail => {
  const { at, entry, worked } = row;
  if (entry.type === 'plan') {
    const { playbook, inputs, forkOf } = entry;
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
        ...(forkOf && { forkOf }),
      },
    };
  }
  if (run.playbook === null) return run;
  const seconds = since === null || isIdleBefore(entry) ? 0 : (worked ?? Math.max(0, at - since)) / 1_000;
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
        spent: {
          ...spent,
          tokens: spent.tokens + entry.promptTokens + entry.outputTokens,
          calls: spent.calls + 1,
          cost: spent.cost + (entry.cost ?? 0),
        },
      };
    case 'answer-failed':
      return { ...run, spent: { ...spent, calls: spent.calls + 1 } };
    case 'call':
      return {
        ...run,
        spent: { ...spent, calls: spent.calls + 1, cost: spent.cost + (entry.cost ?? 0) },
        calls: withCall(run, entry.id, { at, entry }),
      };
    case 'refused':
    case 'call-done':
    case 'call-failed':
    case 'call-lost':
      return { ...run, calls: withCall(run, entry.id, { at, entry }) };
    case 'ask':
      return asked(run, at, entry);
    case 'answered':
    case 'voided':
      return { ...run, questions: run.questions.filter(({ id }) => id !== entry.id) };
    case 'version': {
      const { type: _, ...version } = entry;
      const others = entry.kept
        ? run.versions.map((other) =>
            other.index === entry.index && other.item === entry.item ? { ...other, kept: false } : other,
          )
        : run.versions;
      return { ...run, versions: [...others, version] };
    }
    case 'ended':
      return { ...run, questions: [], calls: run.calls.map((call) => foldCall(call, { at, entry }) ?? call) };
    default:
      return run;
  }
};

const withCall = (run: PlaybookRun, id: string, row: JournalRow): ToolCall[] => {
  const before = run.calls.find((call) => call.id === id) ?? null;
  const folded = foldCall(before, row);
  if (!folded) return run.calls;
  const call = row.entry.type === 'call-done' ? shortened(folded) : folded;
  return before ? run.calls.map((other) => (other === before ? call : other)) : [...run.calls, call];
};

/** Whoever wants more of it asks for the call. */
const shownCharacters = 4_000;
const shortened = (call: ToolCall): ToolCall => {
  const text = typeof call.result === 'string' ? call.result : JSON.stringify(call.result, null, 2);
  const resultCut = text.length - shownCharacters;
  return resultCut > 0 ? { ...call, result: text.slice(0, shownCharacters), resultCut } : call;
};

const asked = (run: PlaybookRun, at: number, entry: Extract<JournalEntry, { type: 'ask' }>): PlaybookRun => {
  const { id, index, about } = entry;
  switch (about.type) {
    case 'approve': {
      const calls = withCall(run, about.call.id, { at, entry });
      const call = calls.find((other) => other.id === about.call.id);
      if (!call) return run;
      return { ...run, calls, questions: [...run.questions, { type: 'approve', id, call, reason: about.reason }] };
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
