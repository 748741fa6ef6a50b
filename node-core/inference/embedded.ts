import type { Clock, Event, Logger } from '../common/index.ts';
import { AppError, errorCode, type InferenceStatus, isCancellation } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { collectAnswer } from './collect-answer.ts';
import { createMachineInfo, type MachineInfo } from './machine.ts';
import { createEngineBuild } from './native/engine-build.ts';
import { answerOrder, promptOrder } from './orders.ts';
import type { Measured } from './protocol.ts';
import { createResidency, type EngineModelState, type ResidencyComponents } from './residency.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createSupervisor } from './supervisor.ts';
import type { EmbedRequest, EmbedResult, GenerateRequest, GenerateResult, HostProcess, Inference } from './types.ts';

/** llama.cpp in a process of its own, with whatever models are asked for. Ids are those of models that run in it. */
export interface EmbeddedEngine {
  generate(modelId: string, request: GenerateRequest): Promise<GenerateResult>;
  embed(modelId: string, request: EmbedRequest): Promise<EmbedResult>;
  countPrompt(modelId: string, request: Parameters<Inference['countPrompt']>[0]): Promise<number>;
  readonly tokenize: Scheduler['tokenize'];
  readonly detokenize: Scheduler['detokenize'];
  readonly load: Scheduler['load'];
  readonly unload: Scheduler['unload'];
  calibrate(modelId: string): Promise<void>;
  state(modelId: string): EngineModelState;
  /** Sequences of its context; 1 until it is loaded. */
  slots(modelId: string): number;
  /** Which engine computes: what was measured with one says nothing about another. */
  variant(): string;
  status(): InferenceStatus;
  readonly metrics: Inference['metrics'];
  readonly machine: MachineInfo;
  readonly onDidChangeModel: Event<string>;
  readonly onDidChangeStatus: Event<void>;
  /** Starts the process, and loads this model into it unless it is null. Returns at once. */
  warm(modelId: () => string | null): void;
  stop(): Promise<void>;
}

export interface EmbeddedEngineComponents extends Pick<ResidencyComponents, 'plan' | 'isPinned'> {
  readonly spawnHost: () => HostProcess;
  readonly store: () => Store;
  readonly promptStates: { readonly dir: string; readonly limit: number } | undefined;
  readonly onMeasured: (modelId: string, measured: Measured) => void;
  readonly availableMemory: () => number;
  readonly memoryCapacity: () => number;
  readonly mayHaveGraphicsCard: () => boolean;
  readonly modelsDir: string;
  /** A small model to check a build of the engine with; null: none is built. */
  readonly buildWith: string | null;
  readonly idleMinutes: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const vectorOf = (base64: string): Float32Array => {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

export const createEmbeddedEngine = (components: EmbeddedEngineComponents): EmbeddedEngine => {
  const { availableMemory, memoryCapacity, buildWith, clock, logger, spawnHost } = components;
  let speed: number | null = null;
  const newBuild = () => createEngineBuild({ model: buildWith ?? '', logger });
  let build = newBuild();
  const engine = () => build.state;

  const supervisor = createSupervisor({ spawnHost, clock, logger });

  /** A host that keeps no states is slower and nothing else. */
  const openStates = async (): Promise<void> => {
    if (!components.promptStates) return;
    const key = components.store().secret('prompt states');
    const store = { ...components.promptStates, key: key.toString('base64') };
    key.fill(0);
    await supervisor.request({ type: 'states', store }).catch((error: unknown) => {
      if (errorCode(error) !== 'INTERNAL') throw error;
      logger.warn('prompt states can not be kept');
    });
  };

  const residency = createResidency({
    supervisor,
    plan: components.plan,
    isPinned: components.isPinned,
    memory: () => ({ available: availableMemory(), capacity: memoryCapacity() }),
    introduce: openStates,
    clock,
    logger,
  });
  const scheduler = createScheduler({
    supervisor,
    residency,
    isPinned: components.isPinned,
    onMeasured: components.onMeasured,
    idleMinutes: components.idleMinutes,
    clock,
    logger,
  });
  supervisor.onDidChange(() => scheduler.announce());

  return {
    async generate(modelId, request) {
      const started = clock.monotonic();
      const collected = collectAnswer(request, clock);
      const { decodeMs, ...counts } = await scheduler.generate(modelId, {
        ...answerOrder(request),
        asker: request.asker ?? '',
        onPart: collected.onPart,
        ...(request.signal ? { signal: request.signal } : {}),
      });
      const ended = clock.monotonic();
      const { firstAt, ...answer } = collected.result();
      if (counts.outputTokens > 1 && decodeMs > 0) speed = ((counts.outputTokens - 1) * 1_000) / decodeMs;
      scheduler.announce();
      return {
        ...counts,
        ...answer,
        firstTokenMs: (firstAt ?? ended) - started,
        totalMs: ended - started,
        modelId,
        place: 'this-machine',
      };
    },
    async embed(modelId, { inputs, dimensions, asker = '', signal, onRead }) {
      const order = { inputs, dimensions: dimensions ?? null };
      const asked = { asker, ...(signal ? { signal } : {}), ...(onRead ? { onRead } : {}) };
      const { vectors, promptTokens } = await scheduler.embed(modelId, order, asked);
      return { vectors: vectors.map(vectorOf), promptTokens, modelId };
    },
    countPrompt: (modelId, request) => scheduler.count(modelId, promptOrder(request)),
    tokenize: scheduler.tokenize,
    detokenize: scheduler.detokenize,
    load: scheduler.load,
    unload: scheduler.unload,
    async calibrate(modelId) {
      await scheduler.calibrate(modelId);
    },
    state: residency.state,
    slots: (modelId) => residency.get(modelId)?.plan.sequences ?? 1,
    variant: () => engine().variant,
    status: () => ({
      host: supervisor.state,
      restarts: supervisor.restarts,
      loadedModel: scheduler.loadedModel,
      speed,
      active: scheduler.active,
      queued: scheduler.queued,
      error: supervisor.error,
    }),
    metrics: scheduler.metrics,
    machine: createMachineInfo({
      supervisor,
      residency,
      spawnHost,
      engine,
      modelsDir: components.modelsDir,
      availableMemory,
      mayHaveGraphicsCard: components.mayHaveGraphicsCard,
      clock,
      logger,
    }),
    onDidChangeModel: residency.onDidChange,
    onDidChangeStatus: scheduler.onDidChange,
    warm(modelId) {
      build.onDidChange(({ variant }) => {
        // The faster engine is taken up by the next process, which begins where this one has nothing to do.
        if (variant === 'threaded') scheduler.renew();
      });
      if (buildWith !== null) void build.start();
      void (async () => {
        // The model's file is looked at while the process starts.
        const ready = supervisor.ensure();
        const id = modelId();
        if (id !== null) await scheduler.load(id);
        await ready;
      })().catch((error: unknown) => {
        if (error instanceof AppError && error.code !== 'VAULT_LOCKED')
          logger.warn('the engine could not be warmed up', { code: error.code });
        else if (!(error instanceof AppError) && !isCancellation(error)) throw error;
      });
    },
    async stop() {
      scheduler.clear();
      await Promise.all([build.stop(), supervisor.stop()]);
      build = newBuild();
    },
  };
};
