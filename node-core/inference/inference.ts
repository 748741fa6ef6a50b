import { type Clock, Emitter, type Logger } from '../common/index.ts';
import type { DownloadConfig, RuntimeConfig } from '../config/index.ts';
import { AppError, CancellationError, type Model } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import { defaultCatalogPath, readCatalog } from './catalog.ts';
import { createDownloadRows } from './downloads/download-rows.ts';
import { createDownloads } from './downloads/downloads.ts';
import type { Pace } from './downloads/pace.ts';
import { createEmbeddedEngine } from './embedded.ts';
import { ENDPOINT_SLOTS } from './endpoint.ts';
import { createEndpointStates } from './endpoint-states.ts';
import { createLibrary } from './library.ts';
import { createLibraryCalls } from './library-calls.ts';
import { availableMemory, mayHaveGraphicsCard, memoryCapacity, shapeOf } from './load-plan.ts';
import { createModelRows } from './model-rows.ts';
import { createRouting, type RoutingPolicy } from './routing.ts';
import { requireShallow } from './schema/depth.ts';
import type { GenerateRequest, HostProcess, Inference, InferenceStatus, ModelChange } from './types.ts';

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
  /** Whether a faster engine may be compiled in the background, where there is none for this machine and there is a compiler. */
  readonly buildEngine?: boolean;
  /** Bytes that models may still take, and may take in all. */
  readonly availableMemory?: () => number;
  readonly memoryCapacity?: () => number;
  /** Whether looking for a graphics card is worth the time. */
  readonly mayHaveGraphicsCard?: () => boolean;
}

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

/** Models of every kind behind one `generate`. Made once; `start` begins to warm the embedded engine up and returns at once. */
export const createInference = (components: InferenceComponents): Inference => {
  const { clock, logger, runtimes } = components;
  const modelChanges = new Emitter<ModelChange>();
  const statusChanges = new Emitter<InferenceStatus>();
  const llama = runtimes.find((runtime) => runtime.kind === 'llama');
  const available = components.availableMemory ?? availableMemory;
  const mayHaveCard = components.mayHaveGraphicsCard ?? mayHaveGraphicsCard;
  const { builtin = null, downloadable = [] } = openCatalog(components.catalogPath ?? defaultCatalogPath, logger);

  const endpoints = createEndpointStates((id) => modelChanges.fire({ id }));
  const engine = createEmbeddedEngine({
    spawnHost: components.spawnHost,
    store: components.store,
    promptStates: components.promptStates,
    plan: (id, options) => library.plan(id, options),
    isPinned: (id) => library.isPinned(id),
    onMeasured(id, measured) {
      library.remember(id, measured);
      modelChanges.fire({ id });
    },
    availableMemory: available,
    memoryCapacity: components.memoryCapacity ?? memoryCapacity,
    mayHaveGraphicsCard: mayHaveCard,
    modelsDir: components.downloads.dir,
    buildWith: components.buildEngine ? (builtin?.path ?? null) : null,
    idleMinutes: llama?.idleMinutes ?? 0,
    clock,
    logger,
  });
  const library = createLibrary({
    rows: createModelRows(components.store),
    builtin,
    catalog: downloadable,
    runtimes,
    mayHaveGraphicsCard: mayHaveCard,
    engineVariant: () => engine.variant(),
    engineState: (id) => engine.state(id),
    endpointState: (id) => endpoints.get(id),
    availableMemory: available,
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
    contextLength: (info) => shapeOf(info, available()).contextLength,
    clock,
    logger,
    onLeave: () => modelChanges.fire({ id: null }),
  });

  engine.onDidChangeStatus(() => statusChanges.fire(engine.status()));
  engine.onDidChangeModel((id) => modelChanges.fire({ id }));

  const probe = async (id: string): Promise<void> => {
    const endpoint = library.endpoint(id);
    if (endpoint) await endpoints.probe(id, endpoint);
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

  /** The id of a model of the embedded engine. */
  const ownModel = (modelId: string | undefined, what: string): string => {
    const id = library.resolve(modelId);
    if (library.endpoint(id)) throw new AppError('BAD_REQUEST', `${what} for models that run inside Jan.`);
    return id;
  };

  return {
    async embed(request) {
      if (request.signal?.aborted) throw new CancellationError();
      const id = library.resolve(request.modelId);
      const endpoint = library.endpoint(id);
      if (endpoint) {
        routing.require(id);
        return endpoints.watch(id, () => endpoint.embed(request));
      }
      requireKind(id, 'embedding');
      return engine.embed(id, request);
    },
    async countPrompt(request) {
      requireShallow(request);
      return engine.countPrompt(ownModel(request.modelId, 'Tokens can only be counted'), request);
    },
    async tokenize(text, { modelId, special = false } = {}) {
      return engine.tokenize(ownModel(modelId, 'Text can only be split into tokens'), text, special);
    },
    async detokenize(tokens, { modelId, special = false } = {}) {
      return engine.detokenize(ownModel(modelId, 'Tokens can only be turned into text'), tokens, special);
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
        if (endpoint) return endpoints.watch(id, () => endpoint.generate(asked));
        requireKind(id, 'chat');
        return engine.generate(id, asked);
      };
      return routing.run(library.resolve(request.modelId), answer, () => began, request.models);
    },
    models: {
      machine: () => engine.machine.read(),
      ...createLibraryCalls({
        catalog: downloadable,
        downloads,
        library,
        availableMemory: available,
        graphicsCard: () => engine.machine.card,
      }),
      pin({ id, pinned }) {
        const model = library.pin(id, pinned);
        modelChanges.fire({ id });
        return model;
      },
      setDraft({ id, draftModel }) {
        const model = library.setDraft(id, draftModel);
        modelChanges.fire({ id });
        return model;
      },
      setPrice({ id, price }) {
        const model = library.setPrice(id, price);
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
        if (!library.endpoint(id)) await engine.unload(id);
        // Where it guesses for another, its file is in use.
        for (const other of library.list()) if (engine.state(other.id).draft === id) await engine.unload(other.id);
        library.remove(id);
        if (deleteFile && source === 'download') downloads.discard(id);
        endpoints.forget(id);
        modelChanges.fire({ id: null });
      },
      async load({ id }) {
        if (library.endpoint(id)) await probe(id);
        else await engine.load(id);
        return library.get(id);
      },
      async unload({ id }) {
        if (!library.endpoint(id)) await engine.unload(id);
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
        await engine.calibrate(id);
        return library.get(id);
      },
      status: () => engine.status(),
    },
    defaultModelId: () => library.defaultId(),
    model: (id) => library.get(id),
    place: (id) => library.get(id).place,
    slots(modelId) {
      const id = library.resolve(modelId);
      return library.endpoint(id) ? ENDPOINT_SLOTS : engine.slots(id);
    },
    async countTokens(text, modelId) {
      return (await engine.tokenize(ownModel(modelId, 'Tokens can only be counted'), text, false)).length;
    },
    metrics: () => engine.metrics(),
    onDidChangeModels: modelChanges.event,
    onDidChangeStatus: statusChanges.event,
    async start() {
      // A large model waits until someone asks for it.
      if (llama)
        engine.warm(() => {
          const model = library.get();
          return model.builtin ? model.id : null;
        });
      downloads.start();
    },
    async stop() {
      await Promise.all([downloads.stop(), engine.stop()]);
    },
  };
};
