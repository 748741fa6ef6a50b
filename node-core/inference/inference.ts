import { randomInt } from 'node:crypto';
import { type Clock, Emitter, type Logger } from '../common/index.ts';
import type { DownloadConfig, RuntimeConfig } from '../config/index.ts';
import { AppError, CancellationError, errorCode, isCancellation, type Machine, type Model } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { defaultCatalogPath, readCatalog } from './catalog.ts';
import { createDownloadRows } from './downloads/download-rows.ts';
import { createDownloads } from './downloads/downloads.ts';
import type { Pace } from './downloads/pace.ts';
import { createLibrary } from './library.ts';
import { createLibraryCalls } from './library-calls.ts';
import { availableMemory, memoryCapacity, shapeOf } from './load-plan.ts';
import { createMachineInfo } from './machine.ts';
import { createModelRows } from './model-rows.ts';
import type { AnswerOrder, PromptOrder, Sampling } from './protocol.ts';
import { createRouting, type RoutingPolicy } from './routing.ts';
import { createResidency, type EngineModelState } from './residency.ts';
import { createScheduler } from './scheduler.ts';
import { requireShallow } from './schema/depth.ts';
import { schemaToGrammar } from './schema/grammar.ts';
import { collectAnswer } from './collect-answer.ts';
import { createSupervisor } from './supervisor.ts';
import type { GenerateRequest, GenerateResult, HostProcess, Inference, InferenceStatus, ModelChange } from './types.ts';

export interface InferenceComponents {
  /** The open vault's store. @throws AppError `VAULT_LOCKED` */
  readonly store: () => Store;
  readonly spawnHost: () => HostProcess;
  readonly runtimes: readonly RuntimeConfig[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** `catalog.json`, beside which the built-in model lies. */
  readonly catalogPath?: string;
  /** Where downloaded models lie, and where they are fetched from. */
  readonly downloads: DownloadConfig & { readonly dir: string; readonly pace?: Pace };
  /** Where what models remember of prompts is kept, sealed, and how many bytes that may take. Without it nothing is kept. */
  readonly promptStates?: { readonly dir: string; readonly limit: number };
  /** What may be sent elsewhere; default: nothing. */
  readonly policy?: () => RoutingPolicy;
  /** Bytes that models may still take, and may take in all. */
  readonly availableMemory?: () => number;
  readonly memoryCapacity?: () => number;
}

const defaults = { topP: 0.95, topK: 40 } as const;

const samplingOf = (request: GenerateRequest): Sampling => ({
  temperature: request.temperature ?? 0,
  topP: request.topP ?? defaults.topP,
  topK: request.topK ?? defaults.topK,
  minP: request.minP ?? 0,
  seed: request.seed === undefined ? randomInt(2 ** 32) : request.seed >>> 0,
  presencePenalty: request.presencePenalty ?? 0,
  frequencyPenalty: request.frequencyPenalty ?? 0,
  logitBias: Object.entries(request.logitBias ?? {}).map(([token, bias]) => [Number(token), bias]),
});

const grammarOf = ({ grammar, schema }: Pick<GenerateRequest, 'grammar' | 'schema'>): string | null => {
  if (grammar !== undefined && schema !== undefined)
    throw new AppError('BAD_REQUEST', 'An answer follows a grammar or a JSON schema, not both. Leave one out.');
  return schema === undefined ? (grammar ?? null) : schemaToGrammar(schema);
};

const promptOrder = (
  request: Pick<
    GenerateRequest,
    'input' | 'tools' | 'toolChoice' | 'parallelToolCalls' | 'reasoning' | 'grammar' | 'schema'
  >,
): PromptOrder => ({
  input: request.input,
  tools: request.tools ?? [],
  toolChoice: request.toolChoice ?? 'auto',
  parallelToolCalls: request.parallelToolCalls ?? true,
  reasoning: request.reasoning ?? null,
  grammar: grammarOf(request),
});

const answerOrder = (request: GenerateRequest): AnswerOrder => ({
  ...promptOrder(request),
  maxTokens: request.maxTokens,
  sampling: samplingOf(request),
  logprobs: request.logprobs ?? null,
  stop: request.stop ?? [],
  overflow: request.overflow ?? 'error',
});

const endpointState = (state: EngineModelState['state'], error: string | null = null): EngineModelState => ({
  state,
  progress: null,
  error,
  memory: null,
  offload: null,
});

const vectorOf = (base64: string): Float32Array => {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

const openCatalog = (path: string, logger: Logger): Partial<ReturnType<typeof readCatalog>> => {
  try {
    return readCatalog(path);
  } catch (error) {
    logger.error('the catalog of models can not be read', {
      fault: error instanceof Error ? error.name : 'unknown',
    });
    return {};
  }
};

const engine = (): Machine['engine'] => ({ variant: 'prebuilt', build: 'none', detail: null });

/** Models of every kind behind one `generate`. Made once; `start` begins to warm the embedded engine up and returns at once. */
export const createInference = (components: InferenceComponents): Inference => {
  const { clock, logger, runtimes } = components;
  const modelChanges = new Emitter<ModelChange>();
  const statusChanges = new Emitter<InferenceStatus>();
  const endpointStates = new Map<string, EngineModelState>();
  const llama = runtimes.find((runtime) => runtime.kind === 'llama');
  let speed: number | null = null;
  const { builtin = null, downloadable = [] } = openCatalog(components.catalogPath ?? defaultCatalogPath, logger);

  const supervisor = createSupervisor({ spawnHost: components.spawnHost, clock, logger });
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
    plan: (id, options) => library.plan(id, options),
    isPinned: (id) => library.isPinned(id),
    memory: () => ({
      available: (components.availableMemory ?? availableMemory)(),
      capacity: (components.memoryCapacity ?? memoryCapacity)(),
    }),
    introduce: openStates,
    clock,
    logger,
  });
  const scheduler = createScheduler({
    supervisor,
    residency,
    isPinned: (id) => library.isPinned(id),
    onMeasured(id, measured) {
      library.remember(id, measured);
      modelChanges.fire({ id });
    },
    idleMinutes: llama?.idleMinutes ?? 0,
    clock,
    logger,
  });
  const library = createLibrary({
    rows: createModelRows(components.store),
    builtin,
    catalog: downloadable,
    runtimes,
    engineVariant: () => engine().variant,
    engineState: (id) => residency.state(id),
    endpointState: (id) => endpointStates.get(id) ?? endpointState('unloaded'),
    availableMemory: components.availableMemory ?? availableMemory,
    clock,
  });

  const routing = createRouting({
    policy: components.policy ?? (() => ({ allowRemote: false, fallbackModelId: null })),
    model: (id) => library.get(id),
    logger,
  });

  const downloads = createDownloads({
    ...components.downloads,
    rows: createDownloadRows(components.store),
    catalog: downloadable,
    contextLength: (info) => shapeOf(info, (components.availableMemory ?? availableMemory)()).contextLength,
    clock,
    logger,
    onFinish: () => modelChanges.fire({ id: null }),
  });

  const machine = createMachineInfo({
    supervisor,
    residency,
    spawnHost: components.spawnHost,
    engine,
    modelsDir: components.downloads.dir,
    availableMemory: components.availableMemory ?? availableMemory,
    clock,
    logger,
  });

  const status = (): InferenceStatus => ({
    host: supervisor.state,
    restarts: supervisor.restarts,
    loadedModel: scheduler.loadedModel,
    speed,
    active: scheduler.active,
    queued: scheduler.queued,
    error: supervisor.error,
  });
  const announceStatus = () => statusChanges.fire(status());
  supervisor.onDidChange(announceStatus);
  scheduler.onDidChange(announceStatus);
  residency.onDidChange((id) => modelChanges.fire({ id }));

  const announceEndpoint = (id: string, next: EngineModelState) => {
    const before = endpointStates.get(id);
    endpointStates.set(id, next);
    if (before?.state !== next.state || before.error !== next.error) modelChanges.fire({ id });
  };

  /** Runs a call to an endpoint and keeps what it says about the endpoint's state. */
  const watched = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      announceEndpoint(id, endpointState('ready'));
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'ENDPOINT_FAILED')
        announceEndpoint(id, endpointState('failed', error.message));
      throw error;
    }
  };

  const probe = (id: string) => {
    const endpoint = library.endpoint(id);
    if (!endpoint) return Promise.resolve();
    announceEndpoint(id, endpointState('loading'));
    return watched(id, () => endpoint.probe());
  };

  const requireKind = (id: string, kind: Model['kind']): void => {
    const model = library.get(id);
    if (model.kind === kind) return;
    throw new AppError(
      'BAD_REQUEST',
      kind === 'chat'
        ? `"${model.name}" makes embeddings and writes no text. Choose a chat model.`
        : `"${model.name}" writes text and makes no embeddings. Choose an embedding model, such as EmbeddingGemma, under Models.`,
    );
  };

  const generateHere = async (modelId: string, request: GenerateRequest): Promise<GenerateResult> => {
    requireKind(modelId, 'chat');
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
    announceStatus();
    return {
      ...counts,
      ...answer,
      firstTokenMs: (firstAt ?? ended) - started,
      totalMs: ended - started,
      modelId,
      place: 'this-machine',
    };
  };

  const warm = () => {
    if (!llama) return;
    void (async () => {
      await supervisor.ensure();
      const model = library.get();
      // A large model waits until someone asks for it.
      if (model.builtin) await scheduler.load(model.id);
    })().catch((error: unknown) => {
      if (error instanceof AppError && error.code !== 'VAULT_LOCKED')
        logger.warn('the engine could not be warmed up', { code: error.code });
      else if (!(error instanceof AppError) && !isCancellation(error)) throw error;
    });
  };

  /** The id of a model of the embedded engine. */
  const ownModel = (modelId: string | undefined, what: string): string => {
    const id = library.resolve(modelId);
    if (library.endpoint(id)) throw new AppError('BAD_REQUEST', `${what} for models that run inside Jan.`);
    return id;
  };

  return {
    async embed({ modelId, inputs, dimensions, asker = '', signal }) {
      if (signal?.aborted) throw new CancellationError();
      const id = library.resolve(modelId);
      const endpoint = library.endpoint(id);
      if (endpoint) {
        routing.require(id);
        const order = { inputs, ...(dimensions === undefined ? {} : { dimensions }), ...(signal ? { signal } : {}) };
        return watched(id, () => endpoint.embed(order));
      }
      requireKind(id, 'embedding');
      const order = { inputs, dimensions: dimensions ?? null };
      const { vectors, promptTokens } = await scheduler.embed(id, order, { asker, ...(signal ? { signal } : {}) });
      return { vectors: vectors.map(vectorOf), promptTokens, modelId: id };
    },
    async countPrompt(request) {
      requireShallow(request);
      return scheduler.count(ownModel(request.modelId, 'Tokens can only be counted'), promptOrder(request));
    },
    async tokenize(text, { modelId, special = false } = {}) {
      return scheduler.tokenize(ownModel(modelId, 'Text can only be split into tokens'), text, special);
    },
    async detokenize(tokens, { modelId, special = false } = {}) {
      return scheduler.detokenize(ownModel(modelId, 'Tokens can only be turned into text'), tokens, special);
    },
    onDidChangeDownload: downloads.onDidChange,
    async generate(request) {
      if (request.signal?.aborted) throw new CancellationError();
      requireShallow(request);
      let began = false;
      const asked: GenerateRequest = {
        ...request,
        onPart(part) {
          began ||= part.type !== 'progress';
          request.onPart?.(part);
        },
      };
      const answer = (id: string) => {
        const endpoint = library.endpoint(id);
        return endpoint ? watched(id, () => endpoint.generate(asked)) : generateHere(id, asked);
      };
      return routing.run(library.resolve(request.modelId), answer, () => began);
    },
    models: {
      machine: () => machine.read(),
      ...createLibraryCalls({
        catalog: downloadable,
        downloads,
        library,
        availableMemory: components.availableMemory ?? availableMemory,
        graphicsCard: () => machine.card,
      }),
      pin({ id, pinned }) {
        const model = library.pin(id, pinned);
        modelChanges.fire({ id });
        return model;
      },
      list: () => library.list(),
      addFile({ path }) {
        const model = library.addFile(path);
        modelChanges.fire({ id: null });
        return model;
      },
      addEndpoint(input) {
        const { id } = library.addEndpoint(input);
        modelChanges.fire({ id: null });
        // What it answers becomes the model's state; there is nobody to throw at.
        void probe(id).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
        return library.get(id);
      },
      async remove({ id, deleteFile = false }) {
        library.requireRemovable(id);
        const { source } = library.get(id);
        if (!library.endpoint(id)) await scheduler.unload(id);
        library.remove(id);
        if (deleteFile && source === 'download') downloads.discard(id);
        endpointStates.delete(id);
        modelChanges.fire({ id: null });
      },
      async load({ id }) {
        if (library.endpoint(id)) await probe(id);
        else await scheduler.load(id);
        return library.get(id);
      },
      async unload({ id }) {
        if (!library.endpoint(id)) await scheduler.unload(id);
        return library.get(id);
      },
      setDefault({ id }) {
        library.setDefault(id);
        modelChanges.fire({ id: null });
        return library.list();
      },
      async calibrate({ id }) {
        if (library.endpoint(id))
          throw new AppError('BAD_REQUEST', 'An endpoint chooses its own threads. Measure models that run inside Jan.');
        await scheduler.calibrate(id);
        return library.get(id);
      },
      status,
    },
    defaultModelId: () => library.defaultId(),
    model: (id) => library.get(id),
    place: (id) => library.get(id).place,
    async countTokens(text, modelId) {
      return (await scheduler.tokenize(ownModel(modelId, 'Tokens can only be counted'), text, false)).length;
    },
    metrics: () => scheduler.metrics(),
    onDidChangeModels: modelChanges.event,
    onDidChangeStatus: statusChanges.event,
    async start() {
      warm();
      downloads.start();
    },
    async stop() {
      scheduler.clear();
      await Promise.all([downloads.stop(), supervisor.stop()]);
    },
  };
};
