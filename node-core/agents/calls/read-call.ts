import { sql } from 'kysely';
import type { z } from 'zod';
import { type CallEntry, type Labels, type ToolCall, visible } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { JournalEntry } from '../journal.ts';
import type { CallPlace } from './find-calls.ts';
import { foldCall } from './fold-call.ts';

const shownOfArguments = 240;
const shownOfFault = 300;

interface Text {
  readonly at: number;
  readonly type: string;
  readonly data: string;
}

const textsOf = (store: Store, { runId, callId }: CallPlace): Text[] =>
  store.all(
    store.qb
      .selectFrom('journal')
      .select(['at', 'type', 'data'])
      .where('runId', '=', runId)
      .where('callId', '=', callId)
      .orderBy('seq'),
  );

const nothing = JSON.stringify({
  index: 0,
  id: '',
  result: null,
  labels: { untrusted: false, private: false, model: false, sources: [] },
});

/** The same without results, which may be long. */
const shortTextsOf = (store: Store, { runId, callId }: CallPlace): Text[] =>
  store.all(
    sql<Text>`select at, type, case type when 'call-done' then ${nothing} else data end as data from journal
      where runId = ${runId} and callId = ${callId} order by seq`.compile(store.qb),
  );

const folded = (texts: readonly Text[], place: CallPlace): ToolCall => {
  let call: ToolCall | null = null;
  for (const { at, type, data } of texts)
    call = foldCall(call, { at, entry: JournalEntry.parse({ ...JSON.parse(data), type }) });
  if (place.runEndedAt !== null)
    call = foldCall(call, {
      at: place.runEndedAt,
      entry: { type: 'ended', state: 'done', error: null, result: null },
    });
  if (!call) throw new Error('A call begins with an entry that says what it is.');
  return call;
};

/** The whole call, as its journal says. */
export const readCall = (store: Store, place: CallPlace): ToolCall => folded(textsOf(store, place), place);

/** On one line, with what would not be seen as its code point. */
const onOneLine = (value: z.core.util.JSONType): string =>
  visible(value)
    .replaceAll(/\s*\n\s*/gu, ' ')
    .slice(0, shownOfArguments);

export const readEntry = (store: Store, place: CallPlace): CallEntry => {
  const { runId, runTitle } = place;
  const call = folded(shortTextsOf(store, place), place);
  const { id, index, tool, effect, state, allowedBy, startedAt, endedAt, error } = call;
  return {
    ...{ id, index, tool, effect, state, allowedBy, startedAt, endedAt, runId, runTitle },
    given: onOneLine(call.arguments),
    fault: error && error.message.slice(0, shownOfFault),
  };
};

const sourcesOf = (labels: Labels | null | undefined): readonly string[] => labels?.sources ?? [];

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number') yield String(value);
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item);
  else if (typeof value === 'object' && value !== null)
    for (const [key, of] of Object.entries(value)) {
      yield key;
      yield* stringsIn(of);
    }
}

/** Whether a text stands in a call, letter case aside. */
export const createTextFilter = (store: Store, text: string) => {
  const wanted = text.toLowerCase();
  // As it stands in JSON: whether a call is worth reading.
  const raw = JSON.stringify(text).slice(1, -1).toLowerCase();
  const holds = (one: string): boolean => one.toLowerCase().includes(wanted);
  return (place: CallPlace): boolean => {
    if (holds(place.runTitle)) return true;
    if (!textsOf(store, place).some(({ data }) => data.toLowerCase().includes(raw))) return false;
    const call = readCall(store, place);
    return [
      call.tool,
      ...stringsIn(call.arguments),
      ...stringsIn(call.result),
      call.error?.message ?? '',
      ...Object.values(call.argumentLabels).flatMap(sourcesOf),
      ...sourcesOf(call.resultLabels),
    ].some(holds);
  };
};
