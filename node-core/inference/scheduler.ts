import type { z } from 'zod';
import { Emitter, type Event, type Logger } from '../common/index.ts';
import { AppError, CancellationError, errorCode, isCancellation, type ModelState } from '../contract/index.ts';
import {
  Answered,
  type AnswerOrder,
  Counted,
  Detokenized,
  Embedded,
  Loaded,
  Measured,
  type PromptOrder,
  Tokenized,
  type Threads,
} from './protocol.ts';
import type { GeneratePart, InferenceMetrics } from './types.ts';
import type { HostOrder, Supervisor } from './supervisor.ts';

/** How to open a model; made anew for every load. */
export interface LoadPlan {
  readonly path: string;
  readonly kind: 'chat' | 'embedding';
  /** Changes with the content of the file. */
  readonly identity: string;
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  readonly gpu: boolean;
  /** Null until they were measured. */
  readonly threads: Threads | null;
}

export interface EngineModelState {
  readonly state: z.infer<typeof ModelState>;
  readonly progress: number | null;
  readonly error: string | null;
}

export interface AskedAnswer extends AnswerOrder {
  readonly asker: string;
  readonly onPart: (part: GeneratePart) => void;
  readonly signal?: AbortSignal;
}
/** An answer, and how long it waited for its turn. */
export interface GivenAnswer extends Answered {
  readonly queuedMs: number;
}

/** Decides what the one model process does next: which model is loaded, and whose answer is written. First come, first served. */
export interface Scheduler {
  generate(modelId: string, order: AskedAnswer): Promise<GivenAnswer>;
  count(modelId: string, order: PromptOrder): Promise<number>;
  tokenize(modelId: string, text: string, special: boolean): Promise<readonly number[]>;
  detokenize(modelId: string, tokens: readonly number[], special: boolean): Promise<string>;
  embed(
    modelId: string,
    order: { readonly inputs: readonly (string | readonly number[])[]; readonly dimensions: number | null },
    signal?: AbortSignal,
  ): Promise<Embedded>;
  load(modelId: string): Promise<void>;
  /** @throws AppError `INFERENCE_BUSY` while the model answers */
  unload(modelId: string): Promise<void>;
  calibrate(modelId: string): Promise<Measured>;
  /** Cancels what waits. */
  clear(): void;
  state(modelId: string): EngineModelState;
  metrics(): InferenceMetrics;
  readonly loadedModel: string | null;
  readonly active: number;
  readonly queued: number;
  readonly onDidChangeModel: Event<string>;
  readonly onDidChangeLoad: Event<void>;
}

export interface SchedulerComponents {
  readonly supervisor: Supervisor;
  /** @throws AppError where the model can't be opened: `MODEL_NOT_FOUND`, `MODEL_FILE_INVALID`, `MODEL_TOO_LARGE` */
  readonly plan: (modelId: string, graphics: boolean) => LoadPlan;
  readonly onMeasured: (modelId: string, measured: Measured) => void;
  readonly idleMinutes: number;
  readonly logger: Logger;
}

/** Requests that may wait; more are refused, so that a burst can't grow without end. */
export const MAX_QUEUED = 64;
/** A model is measured once it has had nothing to do for so long. */
const CALIBRATE_AFTER_MS = 1_500;
const UNMEASURED: Threads = { decode: 1, prefill: 1 };

interface Job {
  readonly modelId: string;
  readonly exclusive: boolean;
  readonly run: () => Promise<void>;
  readonly reject: (error: unknown) => void;
}

interface LoadedModel {
  readonly id: string;
  readonly sequences: number;
  readonly measured: boolean;
}

export const createScheduler = (components: SchedulerComponents): Scheduler => {
  const { supervisor, plan, logger } = components;
  const modelChanges = new Emitter<string>();
  const loadChanges = new Emitter<void>();
  const queue: Job[] = [];
  const states = new Map<string, EngineModelState>();
  let loaded: LoadedModel | null = null;
  let hostGpu: boolean | null = null;
  let graphics = true;
  let changing = false;
  let running = 0;
  let exclusive = false;
  let idleTimer: NodeJS.Timeout | null = null;
  let calibrateTimer: NodeJS.Timeout | null = null;

  const setState = (modelId: string, next: EngineModelState) => {
    states.set(modelId, next);
    modelChanges.fire(modelId);
  };
  const idleState = { state: 'unloaded', progress: null, error: null } as const;

  supervisor.onDidExit(() => {
    const lost = loaded;
    loaded = null;
    hostGpu = null;
    stopTimers();
    if (lost) setState(lost.id, idleState);
  });

  const stopTimers = () => {
    if (idleTimer) clearTimeout(idleTimer);
    if (calibrateTimer) clearTimeout(calibrateTimer);
    idleTimer = null;
    calibrateTimer = null;
  };

  const whenIdle = () => {
    stopTimers();
    const model = loaded;
    if (!model || running > 0 || queue.length > 0 || changing) return;
    if (!model.measured) {
      calibrateTimer = setTimeout(() => void calibrateQuietly(model.id), CALIBRATE_AFTER_MS);
      calibrateTimer.unref();
    }
    if (components.idleMinutes > 0) {
      idleTimer = setTimeout(() => void unloadNow().catch(() => undefined), components.idleMinutes * 60_000);
      idleTimer.unref();
    }
  };

  const measure = async (modelId: string): Promise<Measured> => {
    const measured = Measured.parse(await supervisor.request({ type: 'calibrate', model: modelId }));
    await supervisor.request({ type: 'threads', model: modelId, threads: measured.threads });
    if (loaded?.id === modelId) loaded = { ...loaded, measured: true };
    components.onMeasured(modelId, measured);
    modelChanges.fire(modelId);
    return measured;
  };

  /** An answer that is asked for meanwhile ends it; it is tried again at the next idle moment. */
  const calibrateQuietly = async (modelId: string) => {
    try {
      await measure(modelId);
    } catch (error) {
      if (!isCancellation(error))
        logger.warn('calibration failed', { model: modelId, code: errorCode(error) ?? 'INTERNAL' });
    }
  };

  const unloadNow = async () => {
    const last = loaded;
    if (!last) return;
    loaded = null;
    stopTimers();
    try {
      if (supervisor.state === 'ready') await supervisor.request({ type: 'unload', model: last.id });
    } finally {
      // A host that ends meanwhile has unloaded it too.
      setState(last.id, idleState);
      loadChanges.fire();
    }
  };

  const open = async (modelId: string, wanted: LoadPlan) => {
    // A process keeps the compute backends it was opened with.
    if (hostGpu !== null && hostGpu !== wanted.gpu) await supervisor.stop();
    await supervisor.ensure();
    hostGpu = wanted.gpu;
    let shown = 0;
    const onProgress = (value: number) => {
      if (value - shown < 0.02) return;
      shown = value;
      setState(modelId, { state: 'loading', progress: Math.min(1, value), error: null });
    };
    const order: HostOrder = {
      ...wanted,
      type: 'load',
      model: modelId,
      offload: wanted.gpu,
      threads: wanted.threads ?? UNMEASURED,
    };
    try {
      return Loaded.parse(await supervisor.request(order, { onProgress }));
    } catch (error) {
      throw errorCode(error) === 'INFERENCE_CRASHED' ? crashedLoading(error) : error;
    }
  };

  /** A graphics card whose driver fails is done without from then on. */
  const openSomehow = async (modelId: string, wanted: LoadPlan) => {
    try {
      return await open(modelId, wanted);
    } catch (error) {
      if (!wanted.gpu || errorCode(error) !== 'MODEL_LOAD_FAILED') throw error;
      logger.warn('loading with the graphics card failed; the processor takes over', { model: modelId });
      graphics = false;
      return open(modelId, plan(modelId, graphics));
    }
  };

  const loadNow = async (modelId: string) => {
    setState(modelId, { state: 'loading', progress: 0, error: null });
    try {
      await unloadNow();
      const wanted = plan(modelId, graphics);
      const { sequences } = await openSomehow(modelId, wanted);
      loaded = { id: modelId, sequences, measured: wanted.threads !== null };
      setState(modelId, { state: 'ready', progress: null, error: null });
    } catch (error) {
      const told = error instanceof AppError ? error.message : 'It could not be loaded. The log has the details.';
      setState(modelId, isCancellation(error) ? idleState : { state: 'failed', progress: null, error: told });
      throw error;
    }
  };

  const crashedLoading = (cause: unknown) =>
    new AppError(
      'MODEL_LOAD_FAILED',
      'The model process ended while it loaded this model: the file is damaged, or memory ran out. Download it again, or choose a smaller one.',
      { cause },
    );

  const change = async (work: () => Promise<void>, onError: (error: unknown) => void) => {
    changing = true;
    loadChanges.fire();
    try {
      await work();
    } catch (error) {
      onError(error);
    } finally {
      changing = false;
      pump();
    }
  };

  const failJobsOf = (modelId: string) => (error: unknown) => {
    for (const job of queue.filter((entry) => entry.modelId === modelId)) {
      queue.splice(queue.indexOf(job), 1);
      job.reject(error);
    }
  };

  const dispatch = (job: Job) => {
    running += 1;
    exclusive = job.exclusive;
    void job.run().finally(() => {
      running -= 1;
      if (job.exclusive) exclusive = false;
      pump();
    });
  };

  const pump = () => {
    for (let head = queue[0]; head && !changing && !exclusive; head = queue[0]) {
      const { modelId } = head;
      if (loaded?.id !== modelId) {
        if (running === 0) void change(() => loadNow(modelId), failJobsOf(modelId));
        break;
      }
      if (running >= (head.exclusive ? 1 : loaded.sequences)) break;
      queue.shift();
      dispatch(head);
    }
    whenIdle();
    loadChanges.fire();
  };

  const enqueue = <T>(
    modelId: string,
    work: () => Promise<T>,
    options: { signal?: AbortSignal | undefined; exclusive?: boolean } = {},
  ): Promise<T> => {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(new CancellationError());
    if (queue.length >= MAX_QUEUED) {
      return Promise.reject(
        new AppError(
          'INFERENCE_BUSY',
          `${MAX_QUEUED} requests are waiting for the model already. Wait until some are done, or cancel them.`,
          { data: { queued: queue.length } },
        ),
      );
    }
    stopTimers();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job: Job = {
      modelId,
      exclusive: options.exclusive ?? false,
      reject,
      run: () => {
        signal?.removeEventListener('abort', onAbort);
        return work().then(resolve, reject);
      },
    };
    const onAbort = () => {
      const at = queue.indexOf(job);
      if (at < 0) return;
      queue.splice(at, 1);
      reject(new CancellationError());
      loadChanges.fire();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    queue.push(job);
    pump();
    return promise;
  };

  return {
    generate(modelId, { onPart, signal, asker: _asker, ...order }) {
      const listeners = { onPart, ...(signal ? { signal } : {}) };
      const asked = performance.now();
      return enqueue(
        modelId,
        async () => {
          const queuedMs = performance.now() - asked;
          const given = await supervisor.request({ type: 'generate', model: modelId, ...order }, listeners);
          return { ...Answered.parse(given), queuedMs };
        },
        { signal },
      );
    },
    count: (modelId, order) =>
      enqueue(
        modelId,
        async () => Counted.parse(await supervisor.request({ type: 'count', model: modelId, ...order })).tokens,
      ),
    tokenize: (model, text, special) =>
      enqueue(
        model,
        async () => Tokenized.parse(await supervisor.request({ type: 'tokenize', model, text, special })).tokens,
      ),
    detokenize: (model, tokens, special) =>
      enqueue(
        model,
        async () => Detokenized.parse(await supervisor.request({ type: 'detokenize', model, tokens, special })).text,
      ),
    embed: (model, order, signal) =>
      enqueue(
        model,
        async () =>
          Embedded.parse(await supervisor.request({ type: 'embed', model, ...order }, signal ? { signal } : {})),
        { signal },
      ),
    load: (modelId) => enqueue(modelId, () => Promise.resolve()),
    async unload(modelId) {
      if (loaded?.id !== modelId) {
        states.delete(modelId);
        modelChanges.fire(modelId);
        return;
      }
      if (running > 0 || changing)
        throw new AppError('INFERENCE_BUSY', 'The model is at work. Cancel what runs, or wait until it is done.');
      let failure: { error: unknown } | undefined;
      await change(unloadNow, (error) => {
        failure = { error };
      });
      if (failure) throw failure.error;
    },
    calibrate: (modelId) => enqueue(modelId, () => measure(modelId), { exclusive: true }),
    clear() {
      for (const job of queue.splice(0)) job.reject(new CancellationError());
    },
    state: (modelId) => states.get(modelId) ?? idleState,
    metrics: () => ({
      requests: { done: 0, failed: 0, cancelled: 0, refused: 0 },
      tokens: { prompt: 0, cached: 0, output: 0 },
      draft: { proposed: 0, accepted: 0 },
      loads: { count: 0, failed: 0, evicted: 0, seconds: 0 },
      hostRestarts: supervisor.restarts,
      queued: queue.length,
      active: running,
      loaded: [],
    }),
    get loadedModel() {
      return loaded?.id ?? null;
    },
    get active() {
      return running;
    },
    get queued() {
      return queue.length;
    },
    onDidChangeModel: modelChanges.event,
    onDidChangeLoad: loadChanges.event,
  };
};
