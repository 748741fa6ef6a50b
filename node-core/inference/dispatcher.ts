import { type Clock, Emitter, type Event } from '../common/index.ts';
import { AppError, CancellationError } from '../contract/index.ts';
import { createFairQueue, type Limit, type Waiting } from './fair-queue.ts';
import type { Admission, LoadedModel, Residency } from './residency.ts';
import type { Supervisor } from './supervisor.ts';

/** `answer` takes one of the model's sequences, `aside` none; `alone` runs while nothing else does. */
export type JobKind = 'answer' | 'aside' | 'alone';

export interface JobOptions {
  readonly asker?: string;
  readonly signal?: AbortSignal | undefined;
  /** What it waits for; 0 to 1. */
  readonly onProgress?: (phase: 'queued' | 'loading', value: number) => void;
}

interface Job extends Waiting {
  readonly kind: JobKind;
  readonly run: () => Promise<void>;
  readonly reject: (error: unknown) => void;
  readonly onProgress: JobOptions['onProgress'] | undefined;
}

/** Who comes next, and which model is loaded for it. */
export interface Dispatcher {
  /** @throws AppError what `refuse` gives where too many wait */
  enqueue<T>(modelId: string, kind: JobKind, work: () => Promise<T>, options?: JobOptions): Promise<T>;
  /** Ends a load that nothing waits for. @throws AppError `INFERENCE_BUSY` while the model answers */
  unload(modelId: string): Promise<void>;
  /** Ends the process at the next moment without work; what is asked then is answered by another one. */
  renew(): void;
  /** Cancels what waits. */
  clear(): void;
  isIdle(): boolean;
  /** Everything that is at work, and answers alone. */
  readonly active: number;
  readonly answering: number;
  readonly queued: number;
  waitingFor(modelId: string): number;
  readonly onDidChange: Event<void>;
}

export interface DispatcherComponents {
  readonly supervisor: Pick<Supervisor, 'stop'>;
  readonly residency: Residency;
  readonly isPinned: (modelId: string) => boolean;
  readonly idleMinutes: number;
  readonly refuse: (limit: Limit, modelId: string, waiting: number) => AppError;
  /** Nothing is left to do; something is to be done. */
  readonly onRest: () => void;
  readonly onWork: () => void;
  readonly clock: Clock;
}

export const createDispatcher = (components: DispatcherComponents): Dispatcher => {
  const { supervisor, residency, clock } = components;
  const changes = new Emitter<void>();
  const queue = createFairQueue<Job>();
  const alone: Job[] = [];
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

  residency.onDidChange((id) => {
    const { state, progress } = residency.state(id);
    if (state === 'loading') for (const job of queue.of(id)) job.onProgress?.('loading', progress ?? 0);
    changes.fire();
  });

  const isIdle = () => atWork() === 0 && queue.size === 0 && alone.length === 0 && residency.changing === null;

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
    if (components.idleMinutes === 0 || model.busy > 0) return;
    const timer = setTimeout(() => {
      idleTimers.delete(model.id);
      if (residency.get(model.id) !== model || model.busy > 0) return;
      if (residency.changing !== null || components.isPinned(model.id)) watchIdle(model);
      else void change(model.id, () => residency.unload(model.id).catch(() => undefined));
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
    if (isIdle()) components.onRest();
    changes.fire();
  };

  const enqueue = <T>(modelId: string, kind: JobKind, work: () => Promise<T>, options: JobOptions = {}): Promise<T> => {
    const { signal, asker = '', onProgress } = options;
    if (signal?.aborted) return Promise.reject(new CancellationError());
    const limit = queue.full(modelId, asker);
    if (limit) return Promise.reject(components.refuse(limit, modelId, queue.of(modelId).length));
    components.onWork();
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
    enqueue,
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
      components.onWork();
      stopIdle(modelId);
      await change(modelId, () => residency.unload(modelId));
    },
    renew() {
      outdated = true;
      pump();
    },
    clear() {
      outdated = false;
      components.onWork();
      for (const id of idleTimers.keys()) stopIdle(id);
      for (const { modelId } of queue.models()) failAll(modelId, new CancellationError());
      for (const job of alone.splice(0)) job.reject(new CancellationError());
      loading?.abort.abort(new CancellationError());
    },
    isIdle,
    get active() {
      return atWork();
    },
    get answering() {
      return answering();
    },
    get queued() {
      return queue.size + alone.length;
    },
    waitingFor: (modelId) => queue.of(modelId).length,
    onDidChange: changes.event,
  };
};
