import type { Llama, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../contract/errors.ts';
import type { ToHost } from '../protocol.ts';

type LoadOrder = Extract<ToHost, { type: 'load' }>;

export const loadFailure = (cause: unknown): AppError =>
  new AppError(
    'MODEL_LOAD_FAILED',
    'llama.cpp could not load this model file. It may be damaged or of a kind this version can not run: download it again, or choose another.',
    { cause },
  );

/** Weights in memory. @throws AppError `MODEL_LOAD_FAILED`, or the signal's reason */
export const openModel = async (
  llama: Llama,
  order: LoadOrder,
  onProgress: (value: number) => void,
  signal: AbortSignal,
): Promise<LlamaModel> => {
  try {
    return await llama.loadModel({
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
};

export const offloadOf = (llama: Llama, model: LlamaModel): { layers: number; of: number } | null =>
  llama.gpu === false || model.gpuLayers === 0 ? null : { layers: model.gpuLayers, of: model.fileInsights.totalLayers };
