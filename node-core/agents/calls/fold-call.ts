import type { ToolCall } from '../../contract/index.ts';
import type { JournalRow } from '../journal.ts';

type Fields = Pick<
  ToolCall,
  'id' | 'index' | 'key' | 'tool' | 'effect' | 'arguments' | 'argumentLabels' | 'hash' | 'cost'
>;

const begun = (
  { id, index, key, tool, effect, arguments: given, argumentLabels, hash, cost }: Fields,
  before: ToolCall | null,
  at: number,
): ToolCall => ({
  ...{ id, index, key, tool, effect, arguments: given, argumentLabels, hash },
  ...(cost !== undefined && { cost }),
  state: 'waiting',
  allowedBy: null,
  result: null,
  resultLabels: null,
  error: null,
  startedAt: before?.startedAt ?? at,
  endedAt: null,
});

/** A call after an entry about it, or the end of its run; null before it is known of. */
export const foldCall = (call: ToolCall | null, { at, entry }: JournalRow): ToolCall | null => {
  switch (entry.type) {
    case 'ask':
      return entry.about.type === 'approve' ? begun(entry.about.call, call, at) : call;
    case 'call':
      return { ...begun(entry, call, at), state: 'running', allowedBy: entry.allowedBy };
    case 'refused':
      return { ...begun(entry, call, at), state: 'refused', error: entry.error, endedAt: at };
    case 'call-done':
      return call && { ...call, state: 'done', result: entry.result, resultLabels: entry.labels, endedAt: at };
    case 'call-failed':
      return call && { ...call, state: 'failed', error: entry.error, endedAt: at };
    case 'call-lost':
      return call && { ...call, state: 'unknown', error: entry.error ?? null, endedAt: at };
    case 'ended':
      return call && left(call, at);
    default:
      return call;
  }
};

/** A call that its run did not wait for. */
const left = (call: ToolCall, at: number): ToolCall => {
  if (call.state === 'waiting')
    return {
      ...call,
      state: 'refused',
      error: { code: 'CANCELLED', message: 'The run ended before anyone allowed it, so it was not made.' },
      endedAt: at,
    };
  if (call.state === 'running')
    return {
      ...call,
      // Reading less than all of it has changed nothing.
      state: call.effect === 'read' ? 'failed' : 'unknown',
      error: {
        code: 'CANCELLED',
        message:
          call.effect === 'read'
            ? 'The run ended while it was under way.'
            : 'The run ended while it was under way: look whether it was done.',
      },
      endedAt: at,
    };
  return call;
};
