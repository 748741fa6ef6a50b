import { type Clock, logFault, type Logger } from '../../common/index.ts';
import { AppError, CancellationError, errorCode, isCancellation } from '../../contract/index.ts';
import type { GenerateResult } from '../../inference/index.ts';
import { interruption, type Item, type ResponseRow, type Threads } from '../../threads/index.ts';
import { toProblem } from './errors.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { innerId, publicId } from './items.ts';
import {
  type AnswerComponents,
  type AnswerPart,
  type AnswerSink,
  type Order,
  writeAnswer,
} from './responses-answer.ts';
import { isPlaybook, type PlaybookAnswer, type PlaybookModels, RunGoesOn } from './responses-playbook.ts';
import { createResponseWriter, type ResponseObject } from './responses-writer.ts';
import { timingsOf } from './result.ts';

export interface RunComponents extends AnswerComponents {
  readonly playbooks: PlaybookModels;
  readonly threads: Pick<Threads, 'responses' | 'conversations' | 'jobs'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A step by which an answer was written. */
export type Traced = AnswerPart | { readonly type: 'item'; readonly item: Item };

/** A response under way. */
export interface Run {
  readonly order: Order;
  readonly log: EventLog;
  response(): ResponseObject;
  /** Resolves with the result once all is kept; rejects with what kept the model from answering. */
  readonly ended: Promise<GenerateResult>;
}

/** Ids of items carry that of their response, so that a reference to one finds it. */
const itemId = (responseId: string, place: number): string =>
  `${responseId.replaceAll('-', '')}${place.toString(16).padStart(4, '0')}`;
export const inputItemId = (responseId: string, index: number): string => itemId(responseId, index);
export const outputItemId = (responseId: string, index: number): string => itemId(responseId, 0x8000 + index);
/** Fields that stand for the request in its response, as OpenAI repeats them. */
const baseOf = ({ id, ask, model }: Order, createdAt: number): ResponseObject => {
  const { body } = ask;
  return {
    id: publicId('resp', id),
    object: 'response',
    created_at: Math.floor(createdAt / 1_000),
    status: ask.background ? 'queued' : 'in_progress',
    background: ask.background,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: ask.instructions,
    max_output_tokens: body.max_output_tokens ?? null,
    model: model.id,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    conversation: ask.conversation ? { id: ask.conversation.id } : null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: body.reasoning?.summary ?? null },
    store: ask.store,
    temperature: ask.draw.temperature ?? null,
    text: { format: body.text?.format ?? { type: 'text' }, verbosity: body.text?.verbosity ?? 'medium' },
    tool_choice: body.tool_choice ?? 'auto',
    tools: (body.tools ?? []).map(withoutSecrets),
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? null,
    truncation: body.truncation ?? 'disabled',
    usage: null,
    user: body.user ?? null,
    metadata: body.metadata ?? {},
    service_tier: 'default',
    ...(ask.notes.length > 0 ? { notes: ask.notes } : {}),
  };
};

/** What opens the door of another server is told to nobody. */
const withoutSecrets = ({ authorization: _key, headers: _headers, ...tool }: Readonly<Record<string, unknown>>) => tool;

const usageOf = (result: GenerateResult) => ({
  input_tokens: result.promptTokens,
  input_tokens_details: { cached_tokens: result.cachedTokens, cache_write_tokens: 0 },
  output_tokens: result.outputTokens,
  output_tokens_details: { reasoning_tokens: result.reasoningTokens },
  total_tokens: result.promptTokens + result.outputTokens,
});

export const failureOf = (error: unknown): { code: string; message: string } => {
  const { status, body } = toProblem(error, { requestId: '', shape: 'openai' });
  const told = 'error' in body && typeof body.error === 'object' && body.error !== null ? body.error : {};
  const code = 'code' in told && typeof told.code === 'string' ? told.code : 'invalid_prompt';
  const message = 'message' in told && typeof told.message === 'string' ? told.message : '';
  if (status === 429) return { code: 'rate_limit_exceeded', message };
  return { code: status >= 500 ? 'server_error' : code, message };
};

/** Of a response whose node ended before it. */
export const interruptedFailure = {
  code: 'server_error',
  message: 'Jan was stopped or locked while this response was written. Ask again.',
};

/** What a response says at its end. */
export const endOf = (result: PlaybookAnswer, clock: Clock) => {
  const incomplete = result.incomplete ?? (result.finishReason === 'length' ? 'max_output_tokens' : null);
  const isWhole = incomplete === null;
  return {
    status: isWhole ? 'completed' : 'incomplete',
    completed_at: isWhole ? Math.floor(clock.now() / 1_000) : null,
    incomplete_details: isWhole ? null : { reason: incomplete },
    usage: usageOf(result),
    ...(result.runId === undefined ? {} : { run_id: result.runId }),
    ...(result.droppedMessages > 0 ? { dropped_messages: result.droppedMessages } : {}),
  };
};

/** Writes one response, keeps it where it is to be stored, and adds it to its conversation. Never rejects but by `ended`. */
export const startRun = (components: RunComponents, order: Order, signal: AbortSignal): Run => {
  const { threads, clock, logger } = components;
  const { id, ask } = order;
  const createdAt = clock.now();
  const base = baseOf(order, createdAt);
  const log = createEventLog();
  const trace: Traced[] = [];
  const writer = createResponseWriter({
    base,
    summary: ask.summary,
    isCustom: (name) => ask.custom.has(name),
    itemId: (index) => outputItemId(id, index),
    emit: (event) => log.add(event),
  });

  const keep = (): void => {
    if (!ask.store) return;
    const { output: _items, ...body } = writer.response();
    const row: ResponseRow = {
      id,
      threadId: ask.conversation ? innerId(ask.conversation.id) : null,
      previousId: ask.previousId === undefined ? null : innerId(ask.previousId),
      status: body.status,
      body: JSON.stringify(body),
      input: JSON.stringify(order.input),
      output: JSON.stringify(writer.items()),
      trace: ask.background && ask.stream ? JSON.stringify(trace) : null,
      createdAt,
    };
    threads.responses.put(row);
  };
  /** Where even that fails, the response is found unfinished when it is asked for. */
  const keepIfPossible = (): void => {
    try {
      keep();
    } catch (error) {
      logger.error('a response could not be kept', { code: errorCode(error) });
    }
  };
  const addToConversation = (): void => {
    if (!ask.conversation) return;
    const { id: name, parentId } = ask.conversation;
    const added = [...order.input, ...writer.items()];
    threads.conversations.add(innerId(name), added, parentId === undefined ? undefined : innerId(parentId));
  };

  const answer = (): Promise<PlaybookAnswer> => {
    const sink: AnswerSink = {
      part(part) {
        trace.push(part);
        log.open();
        writer.part(part);
      },
      item(item) {
        trace.push({ type: 'item', item });
        writer.item(item);
      },
      call(begun) {
        log.open();
        const finish = writer.beginCall(begun);
        return (item) => {
          trace.push({ type: 'item', item });
          finish(item);
        };
      },
      nextName: writer.nextName,
      run(runId) {
        writer.mark({ run_id: runId });
        if (ask.background) keep();
      },
      onRead: () => log.open(),
    };
    return isPlaybook(order.model.id)
      ? components.playbooks.write(order, signal, sink)
      : writeAnswer(components, order, signal, sink);
  };

  const write = async (): Promise<GenerateResult> => {
    writer.begin();
    try {
      if (ask.background) {
        keep();
        log.open();
      }
      const result = await answer();
      log.open();
      writer.end({ ...endOf(result, clock), timings: timingsOf(result) }, () => {
        addToConversation();
        keep();
      });
      return result;
    } catch (error) {
      // Kept as it stands: it is taken up when it is asked for again.
      if (error instanceof RunGoesOn && ask.background) throw error;
      const isStopped = isCancellation(error) && signal.aborted && signal.reason !== interruption;
      if (errorCode(error) === undefined && !isCancellation(error)) logFault(logger, 'a response failed', error);
      const failure = isCancellation(error) ? interruptedFailure : failureOf(error);
      // What fails before its first word is told to the one who asked, who never learns its id.
      const outcome = isStopped ? { status: 'cancelled' } : { status: 'failed', error: failure };
      writer.end({ ...outcome, completed_at: null, incomplete_details: null }, () => {
        if (log.isOpen()) keepIfPossible();
      });
      throw error;
    } finally {
      log.end();
    }
  };

  const ended = write();
  // Whoever waits for it hears of it; where nobody does, the response says it.
  ended.catch(() => undefined);
  return { order, log, response: () => writer.response(), ended };
};

/** @throws CancellationError, or what kept a foreground response from being written */
export const outcomeOf = async (run: Run): Promise<GenerateResult> => {
  try {
    return await run.ended;
  } catch (error) {
    if (isCancellation(error) && run.response().status === 'failed')
      throw new AppError('INFERENCE_UNAVAILABLE', interruptedFailure.message, { cause: error });
    throw isCancellation(error) ? new CancellationError() : error;
  }
};
