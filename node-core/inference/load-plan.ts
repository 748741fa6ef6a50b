import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { AppError } from '../contract/index.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import type { GgufInfo } from './gguf/inspect.ts';

const MIB = 2 ** 20;
/** What llama.cpp and the process need beside weights and attention memory. */
const BASE_BYTES = 64 * MIB;
/** A model's attention memory for several answers at once may take this part of the memory that is free. */
const PARALLEL_SHARE = 0.1;
/** A long context is cut so that the memory for one answer stays below this part. */
const CONTEXT_SHARE = 0.25;
const MAX_CONTEXT = 16_384;
const MAX_SEQUENCES = 4;
const SMALL_MODEL_BYTES = 64 * MIB;
const SMALL_PARALLEL_BYTES = 10 * MIB;
/** Scores of attention may take this part of the memory that is free, and then a prompt is read in such pieces. */
const SCORE_SHARE = 0.1;
const SCORE_PIECE = 128;

/** What the memory of a model depends on. */
type ModelSize = Pick<
  GgufInfo,
  'size' | 'cacheBytesPerToken' | 'contextLength' | 'vocabularySize' | 'embeddingLength' | 'heads'
>;

export interface ContextShape {
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  /** On a processor; a graphics card always has it. */
  readonly flashAttention: boolean;
}

/** Bytes that this process could still get: inside a container, what the container has left. */
export const availableMemory = (): number =>
  process.platform === 'linux'
    ? process.availableMemory()
    : Math.min(totalmem() * 0.85, process.constrainedMemory() || Number.POSITIVE_INFINITY);

/** Bytes that models may take in all: the rest is for the system and for what else runs. */
export const memoryCapacity = (): number =>
  Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) * 0.85;

/** Whether looking for a graphics card is worth the time: probing starts further processes. */
export const mayHaveGraphicsCard = (): boolean => {
  if (process.platform === 'linux') return existsSync('/dev/nvidiactl') || existsSync('/dev/kfd');
  return process.platform === 'win32' || process.arch === 'arm64';
};

/** Asked once: the system reads files for every core. */
const processor = cpus()[0]?.model ?? '';

/** A calibration holds for one file, one engine and one kind of machine. */
export const machineKey = (fileIdentity: string, variant: string): string =>
  createHash('sha256')
    .update(JSON.stringify([processor, availableParallelism(), fileIdentity, ENGINE_VERSION, variant]))
    .digest('hex')
    .slice(0, 32);

/** Bytes of one layer's scores, in 32 bits: of every token of a piece for every token in memory, per head. */
const scoreBytes = ({ heads }: Pick<GgufInfo, 'heads'>, piece: number, tokens: number): number =>
  piece * tokens * heads * 4;

/** How prompts are read. Without flash attention a few new tokens after a long prompt take half the time, and a long prompt a tenth more. */
export const readingShape = (
  info: Pick<GgufInfo, 'heads' | 'size'>,
  contextLength: number,
  sequences: number,
  available: number,
): Pick<ContextShape, 'batchSize' | 'flashAttention'> => {
  const isSmall = info.size <= SMALL_MODEL_BYTES;
  // A small model spends its time between operations, and flash attention is one in place of several.
  const flashAttention = isSmall || scoreBytes(info, SCORE_PIECE, contextLength * sequences) > available * SCORE_SHARE;
  return { batchSize: Math.min(isSmall || !flashAttention ? SCORE_PIECE : 512, contextLength), flashAttention };
};

/** Small models answer several at once in little memory; large ones get the context that fits. */
const contextShape = (info: ModelSize, available: number, wanted = MAX_CONTEXT): ContextShape => {
  const small = info.size <= SMALL_MODEL_BYTES;
  const perToken = Math.max(1, info.cacheBytesPerToken);
  const fitting = Math.max(512, Math.floor((available * CONTEXT_SHARE) / perToken));
  const contextLength = Math.min(info.contextLength, wanted, fitting);
  const budget = small ? SMALL_PARALLEL_BYTES : available * PARALLEL_SHARE;
  const sequences = Math.max(1, Math.min(MAX_SEQUENCES, Math.floor(budget / (perToken * contextLength))));
  return { contextLength, sequences, ...readingShape(info, contextLength, sequences, available) };
};

/** A text is read whole in one batch and nothing is written; a larger one would cost memory that few texts need. */
const MAX_EMBEDDED = 2_048;

const embeddingShape = (info: Pick<GgufInfo, 'contextLength'>): ContextShape => {
  const contextLength = Math.min(info.contextLength, MAX_EMBEDDED);
  return { contextLength, sequences: 1, batchSize: contextLength, flashAttention: false };
};

/** `wanted`: the context that the model was trained for, where its header does not say. */
export const shapeOf = (info: ModelSize & Pick<GgufInfo, 'kind'>, memory: number, wanted?: number): ContextShape =>
  info.kind === 'embedding' ? embeddingShape(info) : contextShape(info, memory, wanted);

/** Bytes that the model takes in memory once it is loaded. */
export const memoryNeeded = (info: ModelSize, shape: ContextShape): number => {
  const cache = info.cacheBytesPerToken * shape.contextLength * shape.sequences;
  const compute = shape.batchSize * (info.vocabularySize + info.embeddingLength * 16) * 4;
  const scores = shape.flashAttention ? 0 : scoreBytes(info, shape.batchSize, shape.contextLength * shape.sequences);
  return info.size + cache + compute + scores + BASE_BYTES;
};

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(bytes >= 10 * 2 ** 30 ? 0 : 1)} GB`;

export const tooLarge = (name: string, needed: number, available: number): AppError =>
  new AppError(
    'MODEL_TOO_LARGE',
    `"${name}" needs about ${gib(needed)} of memory and ${gib(available)} are free. Close other programs, or choose a smaller model or a smaller quantization of it.`,
    { data: { needed, available } },
  );
