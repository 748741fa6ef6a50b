import { z } from 'zod';
import { customArguments, type Item, type ItemToAdd, type ResponseRow } from '../../threads/index.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { isPlaybook } from './responses-playbook.ts';
import {
  endOf,
  failureOf,
  interruptedFailure,
  outputItemId,
  type RunComponents,
  type Traced,
} from './responses-run.ts';
import { createResponseWriter, type ResponseObject } from './responses-writer.ts';

/** The same of a playbook's, where nobody noted whether its run had begun. */
const interruptedPlaybook = {
  ...interruptedFailure,
  message:
    'Jan was stopped while this playbook was started. Look under Runs whether it goes on there before you ask again.',
};

/** Of a response that nobody writes any more: what came of its run, once there is something; without a run it has failed. */
export const takenUp = async (
  { threads, playbooks, clock }: Pick<RunComponents, 'threads' | 'playbooks' | 'clock'>,
  row: ResponseRow,
): Promise<ResponseRow> => {
  const body: ResponseObject = JSON.parse(row.body);
  const { run_id: runId, model, reasoning } = body;
  const outcome = await (typeof runId === 'string' ? playbooks.taken(runId) : Promise.resolve(undefined)).catch(
    (error: unknown) => failureOf(error),
  );
  if (outcome === null) return row;
  const writer = createResponseWriter({
    base: body,
    summary: z.object({ summary: z.string() }).safeParse(reasoning).success,
    isCustom: () => false,
    itemId: (index) => outputItemId(row.id, index),
    emit: () => undefined,
  });
  const parts = outcome && 'parts' in outcome ? outcome.parts : [];
  for (const part of parts) writer.part(part);
  if (outcome && 'answer' in outcome) {
    writer.end(endOf(outcome.answer, clock));
    const { threadId } = row;
    if (threadId !== null) threads.conversations.add(threadId, [...JSON.parse(row.input), ...writer.items()]);
  } else {
    const isStart = typeof model === 'string' && isPlaybook(model);
    writer.end({ status: 'failed', error: outcome ?? (isStart ? interruptedPlaybook : interruptedFailure) });
  }
  const { output: _items, ...told } = writer.response();
  const kept = {
    ...row,
    status: told.status,
    body: JSON.stringify(told),
    output: JSON.stringify(writer.items()),
    trace: row.trace === null ? null : JSON.stringify(parts),
  };
  threads.responses.put(kept);
  return kept;
};

/** The events of a kept response, as they were told: of one that streamed in the background the very same, of others its items whole. */
export const replay = (row: ResponseRow): EventLog => {
  const log = createEventLog();
  const body: ResponseObject = JSON.parse(row.body);
  const output: ItemToAdd[] = JSON.parse(row.output);
  const { status, completed_at, error, incomplete_details, usage, timings, run_id, dropped_messages, ...base } = body;
  const custom = new Set(output.flatMap(({ item }) => (item.type === 'custom_tool_call' ? [item.name] : [])));
  const writer = createResponseWriter({
    base: {
      ...base,
      id: body.id,
      status: body['background'] === true ? 'queued' : 'in_progress',
      completed_at: null,
      error: null,
      incomplete_details: null,
      usage: null,
    },
    isCustom: (name) => custom.has(name),
    summary: output.some(({ item }) => item.type === 'reasoning' && item.summary.length > 0),
    itemId: (index) => outputItemId(row.id, index),
    emit: (event) => log.add(event),
  });
  writer.begin();
  const trace: Traced[] =
    row.trace === null ? output.flatMap(({ item }, index) => tracedOf(item, index)) : JSON.parse(row.trace);
  for (const step of trace) {
    if (step.type !== 'item') writer.part(step);
    else if (step.item.type === 'mcp_call') writer.beginCall(step.item)(step.item);
    else writer.item(step.item);
  }
  writer.end({
    status,
    completed_at,
    error,
    incomplete_details,
    usage,
    ...(timings === undefined ? {} : { timings }),
    ...(run_id === undefined ? {} : { run_id }),
    ...(dropped_messages === undefined ? {} : { dropped_messages }),
  });
  log.open();
  log.end();
  return log;
};

const tracedOf = (item: Item, index: number): Traced[] => {
  if (item.type === 'reasoning')
    return [...(item.content ?? []), ...item.summary].map(({ text }) => ({ type: 'reasoning', text }));
  if (item.type === 'function_call')
    return [
      { type: 'tool-call', index, id: item.call_id, name: item.name },
      { type: 'tool-arguments', index, delta: item.arguments },
    ];
  if (item.type === 'custom_tool_call')
    return [
      { type: 'tool-call', index, id: item.call_id, name: item.name },
      { type: 'tool-arguments', index, delta: customArguments(item.input) },
    ];
  if (item.type !== 'message') return [{ type: 'item', item }];
  return item.content.map((part) => ({ type: 'text', text: part.type === 'refusal' ? part.refusal : part.text }));
};
