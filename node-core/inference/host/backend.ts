import type { Devices, Loaded, ToHost } from '../protocol.ts';
import { AppError } from '../../contract/errors.ts';
import type { RawBindings, RawContext, RawModel } from './llama.ts';

export type LoadOrder = Extract<ToHost, { type: 'load' }>;

export interface ContextOptions {
  /** Tokens of one sequence. */
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  readonly threads: number;
  readonly flashAttention: boolean | 'auto';
  readonly embeddings: boolean;
}

export interface OpenContext {
  readonly raw: RawContext & object;
  dispose(): Promise<void>;
}

/** Weights in memory. */
export interface OpenModel {
  readonly raw: RawModel & object;
  readonly offload: Loaded['offload'];
  /** @throws AppError `MODEL_LOAD_FAILED` */
  openContext(options: ContextOptions): Promise<OpenContext>;
  /** Its contexts first. */
  dispose(): Promise<void>;
}

/** llama.cpp as this process has it: one set of compute backends for as long as it lives. */
export interface Backend {
  readonly bindings: RawBindings & object;
  /** Useful for arithmetic. */
  readonly cores: number;
  /** @throws AppError `MODEL_LOAD_FAILED`, or the signal's reason */
  openModel(
    order: Pick<LoadOrder, 'path' | 'offload'>,
    onProgress: (value: number) => void,
    signal: AbortSignal,
  ): Promise<OpenModel>;
  devices(): Promise<Devices>;
}

export const loadFailure = (cause?: unknown): AppError =>
  new AppError(
    'MODEL_LOAD_FAILED',
    'llama.cpp could not load this model file. It may be damaged or of a kind this version can not run: download it again, or choose another.',
    { cause },
  );
