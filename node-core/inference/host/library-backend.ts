import type { LlamaModel } from 'node-llama-cpp';
import { type Backend, type ContextOptions, loadFailure, type OpenContext } from './backend.ts';
import { embeddingContext, openLlama, rawBindings, rawContext, rawModel } from './llama.ts';

const openContext = async (model: LlamaModel, options: ContextOptions): Promise<OpenContext> => {
  const { contextLength, sequences, batchSize, threads, flashAttention, embeddings } = options;
  const common = { contextSize: contextLength, batchSize, threads, ignoreMemorySafetyChecks: true };
  try {
    if (embeddings) {
      const context = await model.createEmbeddingContext(common);
      return { raw: embeddingContext(context), dispose: () => context.dispose() };
    }
    const context = await model.createContext({ ...common, sequences, flashAttention, failedCreationRemedy: false });
    return { raw: rawContext(context), dispose: () => context.dispose() };
  } catch (cause) {
    throw loadFailure(cause);
  }
};

/** The whole library: it finds a graphics card and decides how many layers of a model lie on it. */
export const openLibraryBackend = async (gpu: boolean): Promise<Backend> => {
  const llama = await openLlama(gpu);
  return {
    bindings: rawBindings(llama),
    cores: llama.cpuMathCores,
    async devices() {
      if (llama.gpu === false) return { gpu: null };
      const [names, { total, free }] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
      return { gpu: { name: names.join(', '), backend: llama.gpu, memory: { total, free } } };
    },
    async openModel(order, onProgress, signal) {
      let model: LlamaModel;
      try {
        model = await llama.loadModel({
          modelPath: order.path,
          useMlock: false,
          loadSignal: signal,
          ignoreMemorySafetyChecks: true,
          onLoadProgress: onProgress,
          ...(order.offload ? {} : { gpuLayers: 0 }),
        });
      } catch (cause) {
        signal.throwIfAborted();
        throw loadFailure(cause);
      }
      const { gpuLayers, fileInsights } = model;
      return {
        raw: rawModel(model),
        offload: llama.gpu === false || gpuLayers === 0 ? null : { layers: gpuLayers, of: fileInsights.totalLayers },
        openContext: (options) => openContext(model, options),
        dispose: () => model.dispose(),
      };
    },
  };
};
