import { type Clock, Emitter, type Event, type Logger } from '../common/index.ts';
import { AppError, CancellationError, errorCode, isCancellation } from '../contract/index.ts';
import { createCalibrator } from './calibrator.ts';
import { createFairQueue, type Limit, limits, type Waiting } from './fair-queue.ts';
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
import type { Admission, LoadedModel, Residency } from './residency.ts';
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
  embed(modelId: string, order: AskedVectors, asked: { asker: string; signal?: AbortSignal }): Promise<Embedded>;
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

/** `answer` takes one of the model's sequences, `aside` none; `alone` runs while nothing else does. */
type Kind = 'answer' | 'aside' | 'alone';

interface Job extends Waiting {
  readonly kind: Kind;
  readonly run: () => Promise<void>;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((phase: 'queued' | 'loading', value: number) => void) | undefined;
}

const busyMessages: Record<Limit, string> = {
  asker: `${limits.asker} of your requests are waiting already. Wait until some are done, or cancel them.`,
  model: `${limits.model} requests are waiting for this model already. Try again in a while.`,
  all: `${limits.all} requests are waiting already. Try again in a while.`,
};

export const createScheduler = (components: SchedulerComponents): Scheduler => {
  const { supervisor, residency, clock, logger } = components;
  const changes = new Emitter<void>();
  const queue = createFairQueue<Job>();
  const alone: Job[] = [];
  const metrics = createMetrics();
  /** Whether a job that wants to be alone is at work. */
  let undisturbed = false;
  let lastOrder = 0;
  let outdated = false;
  let loading: { readonly id: string; readonly abort: AbortController } | null = null;
  /** Models that come to rest for another one, and from which request on they wait for that. */
  const resting = new Map<string, number>();
  const idleTimers = new Map<string, NodeJS.Timeout>();

  const atWork = () => residency.all().reduce((sum, { busy }) => sum + busy, 0);
  const answering = () => residency.all().reduce((sum, model) => sum + model.answering, 0);

  const calibrator = createCalibrator({
    supervisor,
    residency,
    onMeasured: components.onMeasured,
    isIdle: () => atWork() === 0 && queue.size === 0 && alone.length === 0 && residency.changing === null,
    logger,
  });

  residency.onDidChange((id) => {
    const { state, progress } = residency.state(id);
    if (state === 'loading') for (const job of queue.of(id)) job.onProgress?.('loading', progress ?? 0);
    changes.fire();
  });

  const failAll = (modelId: string, error: unknown) => {
    for (const job of queue.of(modelId)) if (queue.remove(job)) job.reject(error);
    for (const job of alone.filter((entry) => entry.modelId === modelId)) {
      alone.splice(alone.indexOf(job), 1);
      job.reject(error);
    }
  };

  const change = async (id: string, work: (signal: AbortSignal) => Promise<void>) => {
    const abort = new AbortController();
    loading = { id, abort };
    try {
      await work(abort.signal);
    } finally {
      loading = null;
      pump();
    }
  };

  const load = (id: string, admission: Extract<Admission, { kind: 'load' }>) => {
    for (const gone of admission.evict) stopIdle(gone);
    void change(id, async (signal) => {
      try {
        await residency.load(id, admission, signal);
      } catch (error) {
        failAll(id, error);
      }
    });
  };

  /** Begins to load what is asked for. Gives the models that have to come to rest for it, if any. */
  const want = (id: string): readonly string[] => {
    try {
      const admission = residency.admit(id);
      if (admission.kind === 'wait') return admission.evict;
      load(id, admission);
    } catch (error) {
      residency.fail(id, error);
      failAll(id, error);
    }
    return [];
  };

  const stopIdle = (id: string) => {
    clearTimeout(idleTimers.get(id));
    idleTimers.delete(id);
  };

  const watchIdle = (model: LoadedModel) => {
    stopIdle(model.id);
    if (components.idleMinutes === 0 || model.busy > 0 || components.isPinned(model.id)) return;
    const timer = setTimeout(() => {
      idleTimers.delete(model.id);
      if (residency.get(model.id) !== model || model.busy > 0 || residency.changing !== null) return;
      void change(model.id, () => residency.unload(model.id).catch(() => undefined));
    }, components.idleMinutes * 60_000);
    timer.unref();
    idleTimers.set(model.id, timer);
  };

  const dispatch = (model: LoadedModel, job: Job) => {
    const takes = job.kind === 'answer' ? 1 : 0;
    model.busy += 1;
    model.answering += takes;
    undisturbed = job.kind === 'alone';
    stopIdle(model.id);
    void job.run().finally(() => {
      model.busy -= 1;
      model.answering -= takes;
      model.usedAt = clock.monotonic();
      if (job.kind === 'alone') undisturbed = false;
      watchIdle(model);
      pump();
    });
  };

  const dispatchAll = (model: LoadedModel, before: number) => {
    for (const job of queue.of(model.id)) {
      if (job.kind === 'aside' && job.order < before && queue.remove(job)) dispatch(model, job);
    }
    while (model.answering < model.plan.sequences) {
      const job = queue.next(model.id, before);
      if (!job) return;
      dispatch(model, job);
    }
  };

  const runAlone = (job: Job) => {
    if (atWork() > 0 || residency.changing !== null) return;
    const model = residency.get(job.modelId);
    if (!model) {
      want(job.modelId);
      return;
    }
    alone.shift();
    dispatch(model, job);
  };

  /** Begins to load what is waited for and not in memory. */
  const admitAll = () => {
    for (const { modelId, order } of queue.models()) {
      if (residency.get(modelId) || residency.changing !== null) continue;
      for (const id of want(modelId)) resting.set(id, Math.min(order, resting.get(id) ?? order));
    }
  };

  const answerAll = () => {
    const outside = queue.models().find(({ modelId }) => !residency.get(modelId));
    // What came before the first that needs a load comes before the load, too.
    for (const model of residency.all()) dispatchAll(model, outside?.order ?? Number.POSITIVE_INFINITY);
    if (residency.changing === null) {
      resting.clear();
      admitAll();
    }
    for (const model of residency.all()) dispatchAll(model, resting.get(model.id) ?? Number.POSITIVE_INFINITY);
  };

  const pump = () => {
    const [first] = alone;
    if (first && !undisturbed) runAlone(first);
    else if (!undisturbed) answerAll();
    if (outdated && atWork() === 0 && residency.changing === null) {
      outdated = false;
      void supervisor.stop().then(pump);
    }
    calibrator.whenIdle();
    changes.fire();
  };

  const enqueue = <T>(
    modelId: string,
    kind: Kind,
    work: () => Promise<T>,
    options: { asker?: string; signal?: AbortSignal | undefined; onProgress?: Job['onProgress'] } = {},
  ): Promise<T> => {
    const { signal, asker = '', onProgress } = options;
    if (signal?.aborted) return Promise.reject(new CancellationError());
    const limit = queue.full(modelId, asker);
    if (limit) {
      metrics.refused();
      const retryAfter = metrics.retryAfter(
        modelId,
        queue.of(modelId).length,
        residency.get(modelId)?.plan.sequences ?? 1,
      );
      return Promise.reject(
        new AppError('INFERENCE_BUSY', busyMessages[limit], { data: { queued: queue.size, limit, retryAfter } }),
      );
    }
    calibrator.stop();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    lastOrder += 1;
    const job: Job = {
      modelId,
      asker,
      kind,
      order: lastOrder,
      onProgress,
      reject(error) {
        signal?.removeEventListener('abort', onAbort);
        reject(error);
      },
      run: () => {
        signal?.removeEventListener('abort', onAbort);
        return work().then(resolve, reject);
      },
    };
    const onAbort = () => {
      if (!queue.remove(job)) return;
      job.reject(new CancellationError());
      // A load that nobody waits for any more.
      if (loading?.id === modelId && queue.of(modelId).length === 0) loading.abort.abort(new CancellationError());
      pump();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (kind === 'alone') alone.push(job);
    else queue.add(job);
    const model = residency.get(modelId);
    if (!model || model.answering >= model.plan.sequences) onProgress?.('queued', 0);
    pump();
    return promise;
  };

  return {
    async generate(modelId, { onPart, signal, asker, ...order }) {
      const asked = clock.monotonic();
      const listeners = { onPart, ...(signal ? { signal } : {}) };
      const work = async (): Promise<GivenAnswer> => {
        const begun = clock.monotonic();
        const given = await supervisor.request({ type: 'generate', model: modelId, ...order }, listeners);
        const answer = { ...Answered.parse(given), queuedMs: begun - asked };
        metrics.answered(modelId, answer, clock.monotonic() - begun);
        calibrator.onAnswer(modelId, answer, answering());
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
    embed: (model, order, { asker, signal }) =>
      enqueue(
        model,
        'answer',
        async () =>
          Embedded.parse(await supervisor.request({ type: 'embed', model, ...order }, signal ? { signal } : {})),
        { asker, signal },
      ),
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
    async unload(modelId) {
      const model = residency.get(modelId);
      const waited = queue.of(modelId).some(({ onProgress }) => onProgress !== undefined);
      if (loading?.id === modelId && !waited) {
        loading.abort.abort(new CancellationError());
        return;
      }
      if ((model?.busy ?? 0) > 0 || waited)
        throw new AppError('INFERENCE_BUSY', 'The model is at work. Cancel what runs, or wait until it is done.');
      if (!model) {
        residency.forget(modelId);
        return;
      }
      if (residency.changing !== null)
        throw new AppError('INFERENCE_BUSY', 'Another model is being loaded. Try again in a moment.');
      calibrator.stop();
      stopIdle(modelId);
      await change(modelId, () => residency.unload(modelId));
    },
    calibrate: (modelId) => enqueue(modelId, 'alone', () => calibrator.measure(modelId)),
    renew() {
      outdated = true;
      pump();
    },
    announce: () => changes.fire(),
    clear() {
      outdated = false;
      calibrator.stop();
      for (const id of idleTimers.keys()) stopIdle(id);
      for (const { modelId } of queue.models()) failAll(modelId, new CancellationError());
      for (const job of alone.splice(0)) job.reject(new CancellationError());
      loading?.abort.abort(new CancellationError());
    },
    metrics: () =>
      metrics.read({
        loads: residency.counts,
        hostRestarts: supervisor.restarts,
        queued: queue.size,
        active: answering(),
        loaded: residency
          .all()
          .map(({ id, memory, answering: active }) => ({ id, memory, active, queued: queue.of(id).length })),
      }),
    get loadedModel() {
      return residency.all().toSorted((left, right) => right.usedAt - left.usedAt)[0]?.id ?? null;
    },
    get active() {
      return atWork();
    },
    get queued() {
      return queue.size + alone.length;
    },
    onDidChange: changes.event,
  };
};
