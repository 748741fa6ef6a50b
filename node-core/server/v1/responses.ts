import { type Clock, type Logger, newId } from '../../common/index.ts';
import { AppError, CancellationError, type Model, toWireError } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { ItemToAdd, ResponseRow, Threads } from '../../threads/index.ts';
import { requireScope } from '../gate-scopes.ts';
import type { KeyHolder } from '../keys.ts';
import { requireNoLimits } from '../rpc-scopes.ts';
import { badField } from './input.ts';
import { innerId, type ReadFile, showItem } from './items.ts';
import { pageOf, pagingOf } from './lists.ts';
import { findModel } from './models.ts';
import type { AnswerComponents, Order } from './responses-answer.ts';
import { createPrompts } from './responses-history.ts';
import { replay, takenUp } from './responses-kept.ts';
import { isPlaybook, type PlaybookModels } from './responses-playbook.ts';
import { parseCount, parseResponse, type PromptAsk, type ResponseAsk } from './responses-request.ts';
import { inputItemId, outcomeOf, type Run, startRun } from './responses-run.ts';
import { noteResults } from './result.ts';
import type { ApiReply, ApiRequest, Route, ServerSentEvent } from './route.ts';

export interface ResponsesComponents extends AnswerComponents {
  readonly playbooks: PlaybookModels;
  readonly inference: Pick<Inference, 'generate' | 'model' | 'countPrompt'>;
  readonly threads: Pick<Threads, 'responses' | 'conversations' | 'completions' | 'jobs'>;
  readonly readFile: ReadFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

const readsStored = ({ previousId, conversation, items }: PromptAsk): boolean =>
  previousId !== undefined || conversation !== undefined || items.some(({ type }) => type === 'item_reference');

/** A key that may ask models and no more gets its answer, and nothing is kept of it. */
const withinScopes = (ask: ResponseAsk, key: KeyHolder): ResponseAsk => {
  if (key.scopes.has('conversations')) return ask;
  if (readsStored(ask) || ask.background || ask.body.store === true) requireScope(key, 'conversations');
  return { ...ask, store: false };
};

const callerOf = ({ actor, keyId }: KeyHolder): Order['by'] => (actor === 'user' ? { actor } : { actor, keyId });

const settled = async ({ ended }: { readonly ended: Promise<unknown> }): Promise<void> => {
  await ended.then(
    () => undefined,
    () => undefined,
  );
};

export const responseRoutes = (components: ResponsesComponents): readonly Route[] => {
  const { inference, threads } = components;
  const running = new Map<string, Run>();
  /** Conversations that a response is being written for. */
  const taken = new Set<string>();

  const missing = (id: string) =>
    new AppError(
      'NOT_FOUND',
      `Response with id '${id.slice(0, 100)}' not found. Responses are kept for 30 days, unless they were created with "store": false or deleted.`,
    );
  const isLeft = (row: ResponseRow): boolean =>
    (row.status === 'queued' || row.status === 'in_progress') && !running.has(row.id);
  const taking = new Map<string, Promise<unknown>>();
  /** One that nobody writes any more has failed when it is looked at, or follows its run. */
  const takeUp = async (id: string): Promise<void> => {
    const row = threads.responses.get(id);
    if (!row || !isLeft(row)) return;
    const one = taking.get(id) ?? takenUp(components, row).finally(() => taking.delete(id));
    taking.set(id, one);
    await one;
  };
  const find = (id: string): ResponseRow | undefined => threads.responses.get(id);
  const rowOf = (publicName: string): ResponseRow => {
    const row = find(innerId(publicName));
    if (!row) throw missing(publicName);
    return row;
  };
  const shown = (row: ResponseRow): object => {
    const body: { status: string } = JSON.parse(row.body);
    const output: ItemToAdd[] = JSON.parse(row.output);
    const cut = body.status !== 'completed' && body.status !== 'failed';
    return {
      ...body,
      output: output.map(({ id = '', item }, index) =>
        showItem(id, item, cut && index === output.length - 1 ? 'incomplete' : 'completed'),
      ),
    };
  };

  /** Where its run waited for a person, or goes on without it, that ends too. */
  const withoutRun = async (row: ResponseRow, key: KeyHolder): Promise<ResponseRow> => {
    const body: Readonly<Record<string, unknown>> = JSON.parse(row.body);
    const { run_id: runId } = body;
    if ((row.status !== 'incomplete' && !isLeft(row)) || typeof runId !== 'string') return row;
    requireScope(key, 'workspace');
    if (!(await components.playbooks.stop(runId, callerOf(key)))) return row;
    const cancelled = {
      ...row,
      status: 'cancelled',
      body: JSON.stringify({ ...body, status: 'cancelled', incomplete_details: null }),
    };
    threads.responses.put(cancelled);
    return cancelled;
  };

  const fileOf =
    ({ key }: ApiRequest): ReadFile =>
    (id) => {
      requireScope(key, 'conversations');
      return components.readFile(id);
    };

  const prompt = createPrompts({ threads, find });
  const modelOf = ({ modelId = inference.model().id }: ResponseAsk, key: KeyHolder): Model => {
    if (!isPlaybook(modelId)) return findModel(inference, modelId, 'chat');
    // A run reads and writes what the person keeps here, and its model answers as Jan's own.
    requireScope(key, 'workspace');
    requireNoLimits(key);
    return components.playbooks.model(modelId);
  };
  const orderOf = (ask: ResponseAsk, key: KeyHolder): Order => {
    const { keyId, models } = key;
    const model = modelOf(ask, key);
    const { messages, items, input } = prompt(ask);
    const id = newId();
    return {
      id,
      asker: keyId,
      by: callerOf(key),
      models,
      ask,
      model,
      messages,
      items,
      input: input.map((item, index) => ({ id: inputItemId(id, index), item })),
    };
  };

  /** One response at a time writes to a conversation. */
  const take = ({ ask: { conversation } }: Order): (() => void) => {
    if (!conversation) return () => undefined;
    if (taken.has(conversation.id))
      throw new AppError(
        'CONFLICT',
        'Another response is being written for this conversation. Wait for its end, or branch off with a conversation of its own.',
        { data: { param: 'conversation' } },
      );
    taken.add(conversation.id);
    return () => void taken.delete(conversation.id);
  };

  const start = (order: Order, signal: AbortSignal, letGo: () => void): Run => {
    const run = startRun(components, order, signal);
    running.set(order.id, run);
    void settled(run).finally(() => {
      running.delete(order.id);
      letGo();
    });
    return run;
  };

  /** Where the engine names no field, the request's own name for what it can't do. */
  const named = (error: unknown, { tools }: PromptAsk): unknown => {
    const { code, message, data } = toWireError(error);
    const param = { CONTEXT_OVERFLOW: 'input', SCHEMA_UNSUPPORTED: tools.schema ? 'text.format.schema' : 'tools' };
    if ((code !== 'CONTEXT_OVERFLOW' && code !== 'SCHEMA_UNSUPPORTED') || data?.['param'] !== undefined) return error;
    return new AppError(code, message, { data: { ...data, param: param[code] }, cause: error });
  };

  /** What fails before its first word fails with its own status; the reader who leaves ends it. */
  async function* foreground(
    run: Run,
    request: ApiRequest,
    end: AbortController,
  ): AsyncGenerator<ServerSentEvent, void> {
    try {
      for await (const event of run.log.read(-1, request.signal)) {
        if (!run.log.isOpen()) break;
        yield event;
      }
      noteResults(request, [await outcomeOf(run)]);
    } catch (error) {
      if (!run.log.isOpen()) throw named(error, run.order.ask);
    } finally {
      end.abort();
    }
  }

  const create = async (request: ApiRequest): Promise<ApiReply> => {
    const ask = withinScopes(parseResponse(await request.json(), fileOf(request)), request.key);
    if (ask.previousId !== undefined) await takeUp(innerId(ask.previousId));
    const order = orderOf(ask, request.key);
    request.note({ modelId: order.model.id });
    // The key may have ended while the request was read.
    if (request.signal.aborted) throw new CancellationError();
    const letGo = take(order);
    const end = new AbortController();
    if (ask.background) {
      const run = start(order, end.signal, letGo);
      // What can't be kept does not begin.
      if (!run.log.isOpen()) await run.ended;
      threads.jobs.add(order.id, end, settled(run), order.asker);
      return ask.stream
        ? { events: run.log.read(-1, request.signal) }
        : { json: { ...run.response(), status: 'queued' } };
    }
    const run = start(order, AbortSignal.any([request.signal, end.signal]), letGo);
    if (ask.stream) return { events: foreground(run, request, end) };
    try {
      noteResults(request, [await outcomeOf(run)]);
    } catch (error) {
      throw named(error, ask);
    }
    return { json: run.response() };
  };

  /** How it begins at once, the rest when its run has ended. */
  async function* later(name: string, from: number, signal: AbortSignal): AsyncGenerator<ServerSentEvent, void> {
    const begun = rowOf(name);
    const { run_id: runId } = JSON.parse(begun.body);
    let told = from;
    let held: ServerSentEvent | undefined;
    for await (const event of replay(begun).read(from, signal)) {
      if (held) {
        told += 1;
        yield held;
      }
      // The last would be its end.
      held = event;
    }
    if (typeof runId === 'string') await components.playbooks.over(runId, signal);
    if (signal.aborted) return;
    await takeUp(begun.id);
    const row = rowOf(name);
    if (!isLeft(row)) yield* replay(row).read(told, signal);
  }

  const after = (query: URLSearchParams): number => {
    const given = query.get('starting_after');
    if (given === null) return -1;
    if (!/^\d{1,9}$/.test(given)) throw badField('starting_after', 'must be the number of an event');
    return Number(given);
  };

  return [
    { method: 'POST', pattern: '/v1/responses', handle: create },
    {
      method: 'POST',
      pattern: '/v1/responses/input_tokens',
      async handle(request) {
        const ask = parseCount(await request.json(), fileOf(request));
        if (readsStored(ask)) requireScope(request.key, 'conversations');
        const model = findModel(inference, ask.modelId ?? inference.model().id, 'chat');
        request.note({ modelId: model.id });
        const { messages } = prompt(ask);
        const { tools, reasoning } = ask.tools;
        const count = await inference.countPrompt({
          modelId: model.id,
          input: { messages },
          ...(tools ? { tools } : {}),
          ...(reasoning === undefined ? {} : { reasoning }),
        });
        return { json: { object: 'response.input_tokens', input_tokens: count } };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/responses/:id',
      async handle({ params: { id = '' }, query, signal }) {
        await takeUp(innerId(id));
        const run = running.get(innerId(id));
        if (query.get('stream') !== 'true') return { json: run ? run.response() : shown(rowOf(id)) };
        const from = after(query);
        if (run) return { events: run.log.read(from, signal) };
        const row = rowOf(id);
        if (from >= 0 && row.trace === null)
          throw badField(
            'starting_after',
            'only a response created with "background" and "stream" can be taken up again',
          );
        return { events: isLeft(row) ? later(id, from, signal) : replay(row).read(from, signal) };
      },
    },
    {
      method: 'DELETE',
      pattern: '/v1/responses/:id',
      async handle({ params: { id = '' }, key }) {
        await threads.jobs.cancel(innerId(id));
        if (running.has(innerId(id)))
          throw new AppError('CONFLICT', 'This response is still being written. End its request, then delete it.');
        await takeUp(innerId(id));
        const row = rowOf(id);
        if (isLeft(row)) await withoutRun(row, key);
        threads.responses.remove(innerId(id));
        return { json: { id, object: 'response', deleted: true } };
      },
    },
    {
      method: 'POST',
      pattern: '/v1/responses/:id/cancel',
      async handle({ params: { id = '' }, key }) {
        const isBackground = running.get(innerId(id))?.order.ask.background ?? JSON.parse(rowOf(id).body).background;
        if (isBackground !== true)
          throw new AppError(
            'BAD_REQUEST',
            'Only a response created with "background": true can be cancelled. End the request of another one.',
          );
        await threads.jobs.cancel(innerId(id));
        await takeUp(innerId(id));
        return { json: shown(await withoutRun(rowOf(id), key)) };
      },
    },
    {
      method: 'GET',
      pattern: '/v1/responses/:id/input_items',
      async handle({ params: { id = '' }, query }) {
        const paging = pagingOf(query, 'desc');
        const input: readonly ItemToAdd[] = running.get(innerId(id))?.order.input ?? JSON.parse(rowOf(id).input);
        return {
          json: pageOf(
            input.map(({ id: name = '', item }) => showItem(name, item)),
            paging,
          ),
        };
      },
    },
  ];
};
