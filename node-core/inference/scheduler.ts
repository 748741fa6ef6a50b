import { type Clock, Emitter, type Event, type Logger } from '../common/index.ts';
import { AppError, errorCode, isCancellation } from '../contract/index.ts';
import { createCalibrator } from './calibrator.ts';
import { createDispatcher } from './dispatcher.ts';
import { type Limit, limits } from './fair-queue.ts';
import { createMetrics } from './metrics.ts';
import {
  Answered,
  type AnswerOrder,
  Counted,
  Detokenized,
  Embedded,
  type Measured,
  type PromptOrder,
  Tokenized,
} from './protocol.ts';
import type { Residency } from './residency.ts';
import type { Supervisor } from './supervisor.ts';
import type { GeneratePart, InferenceMetrics } from './types.ts';

export interface AskedAnswer extends AnswerOrder {
  readonly asker: string;
  readonly onPart: (part: GeneratePart) => void;
  readonly signal?: AbortSignal;
}
/** An answer, and how long it waited for its turn. */
export interface GivenAnswer extends Answered {
  readonly queuedMs: number;
}

interface AskedVectors {
  readonly inputs: readonly (string | readonly number[])[];
  readonly dimensions: number | null;
}

/**
 * Decides what the one model process does next: which models are in memory, and whose answer is written. Askers take turns at each model; a
 * model that needs the room of others waits until they rest, and what came later waits behind it.
 */
export interface Scheduler {
  generate(modelId: string, order: AskedAnswer): Promise<GivenAnswer>;
  embed(
    modelId: string,
    order: AskedVectors,
    asked: { asker: string; signal?: AbortSignal; onRead?: (tokens: number) => void },
  ): Promise<Embedded>;
  count(modelId: string, order: PromptOrder): Promise<number>;
  tokenize(modelId: string, text: string, special: boolean): Promise<readonly number[]>;
  detokenize(modelId: string, tokens: readonly number[], special: boolean): Promise<string>;
  load(modelId: string): Promise<void>;
  /** Ends a load that nothing waits for. @throws AppError `INFERENCE_BUSY` while the model answers */
  unload(modelId: string): Promise<void>;
  calibrate(modelId: string): Promise<Measured>;
  /** Ends the process at the next moment without work; what is asked then is answered by another one. */
  renew(): void;
  /** Tells listeners that something about it is worth another look. */
  announce(): void;
  /** Cancels what waits. */
  clear(): void;
  metrics(): InferenceMetrics;
  readonly loadedModel: string | null;
  readonly active: number;
  readonly queued: number;
  readonly onDidChange: Event<void>;
}

export interface SchedulerComponents {
  readonly supervisor: Supervisor;
  readonly residency: Residency;
  readonly onMeasured: (modelId: string, measured: Measured) => void;
  readonly isPinned: (modelId: string) => boolean;
  readonly idleMinutes: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const busyMessages: Record<Limit, string> = {
  asker: `${limits.asker} of your requests are waiting already. Wait until some are done, or cancel them.`,
  model: `${limits.model} requests are waiting for this model already. Try again in a while.`,
  all: `${limits.all} requests are waiting already. Try again in a while.`,
};

export const createScheduler = (components: SchedulerComponents): Scheduler => {
  const { supervisor, residency, clock, logger } = components;
  const changes = new Emitter<void>();
  const metrics = createMetrics();
  const dispatcher = createDispatcher({
    ...components,
    refuse(limit, modelId, waiting) {
      metrics.refused();
      const retryAfter = metrics.retryAfter(modelId, waiting, residency.get(modelId)?.plan.sequences ?? 1);
      return new AppError('INFERENCE_BUSY', busyMessages[limit], { data: { limit, retryAfter } });
    },
    onRest: () => calibrator.whenIdle(),
    onWork: () => calibrator.stop(),
  });
  const calibrator = createCalibrator({
    supervisor,
    residency,
    onMeasured: components.onMeasured,
    isIdle: dispatcher.isIdle,
    logger,
  });
  const { enqueue } = dispatcher;
  dispatcher.onDidChange(() => changes.fire());

  return {
    async generate(modelId, { onPart, signal, asker, ...order }) {
      const asked = clock.monotonic();
      const listeners = { onPart, ...(signal ? { signal } : {}) };
      const work = async (): Promise<GivenAnswer> => {
        const begun = clock.monotonic();
        const given = await supervisor.request({ type: 'generate', model: modelId, ...order }, listeners);
        const answer = { ...Answered.parse(given), queuedMs: begun - asked };
        metrics.answered(modelId, answer, clock.monotonic() - begun);
        calibrator.onAnswer(modelId, answer, dispatcher.answering);
        return answer;
      };
      const onProgress = (phase: 'queued' | 'loading', value: number) => onPart({ type: 'progress', phase, value });
      try {
        return await enqueue(modelId, 'answer', work, { signal, asker, onProgress });
      } catch (error) {
        if (isCancellation(error)) metrics.cancelled();
        else if (errorCode(error) !== 'INFERENCE_BUSY') metrics.failed();
        throw error;
      }
    },
    embed(model, order, { asker, signal, onRead }) {
      const listeners = { ...(signal ? { signal } : {}), ...(onRead ? { onProgress: onRead } : {}) };
      const work = async () => Embedded.parse(await supervisor.request({ type: 'embed', model, ...order }, listeners));
      return enqueue(model, 'answer', work, { asker, signal });
    },
    count: (model, order) =>
      enqueue(
        model,
        'aside',
        async () => Counted.parse(await supervisor.request({ type: 'count', model, ...order })).tokens,
      ),
    tokenize: (model, text, special) =>
      enqueue(
        model,
        'aside',
        async () => Tokenized.parse(await supervisor.request({ type: 'tokenize', model, text, special })).tokens,
      ),
    detokenize: (model, tokens, special) =>
      enqueue(
        model,
        'aside',
        async () => Detokenized.parse(await supervisor.request({ type: 'detokenize', model, tokens, special })).text,
      ),
    load: (modelId) => enqueue(modelId, 'aside', () => Promise.resolve()),
    unload: dispatcher.unload,
    calibrate: (modelId) => enqueue(modelId, 'alone', () => calibrator.measure(modelId)),
    renew: dispatcher.renew,
    announce: () => changes.fire(),
    clear: dispatcher.clear,
    metrics: () =>
      metrics.read({
        loads: residency.counts,
        hostRestarts: supervisor.restarts,
        queued: dispatcher.queued,
        active: dispatcher.answering,
        loaded: residency
          .all()
          .map(({ id, memory, answering: active }) => ({ id, memory, active, queued: dispatcher.waitingFor(id) })),
      }),
    get loadedModel() {
      return residency.all().toSorted((left, right) => right.usedAt - left.usedAt)[0]?.id ?? null;
    },
    get active() {
      return dispatcher.active;
    },
    get queued() {
      return dispatcher.queued;
    },
    onDidChange: changes.event,
  };
};
