import type { Llama, LlamaContext, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp';

/**
 * The handles that node-llama-cpp 3.22.1 keeps behind its public classes. The public `evaluate` forms batches of S-1 sequences and takes one
 * thread count for both phases, so the batch loop talks to these. Only this file knows where they are; `llama.test.ts` fails when a release
 * moves them.
 */
export interface RawContext {
  initBatch(size: number): void;
  addToBatch(sequence: number, position: number, tokens: Uint32Array, logits: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(logit: number, sampler: RawSampler): Promise<number>;
  /**
   * `wanted`: tokens whose logits are told, whether the highest, the lowest and the chosen one are, and how many of the likeliest.
   * Gives the token, two unused places, pairs of token and logit (the likeliest first), and the sum of e^(logit - highest) over all.
   */
  sampleToken(
    logit: number,
    sampler: RawSampler,
    probabilities: boolean,
    confidence: boolean,
    wanted: readonly [readonly number[], boolean, boolean, boolean, number],
    weight: boolean,
  ): Promise<readonly [number, unknown, unknown, (readonly number[])?, number?]>;
  setThreads(threads: number): void;
  disposeSequence(sequence: number): void;
  /** False where the model's memory can't forget a part (recurrent models). */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  /** The first position that the memory still holds, in every layer; -1 where it holds none. */
  getSequenceKvCacheMinPosition(sequence: number): number;
  /** Rejects where the file can't be written. */
  saveSequenceStateToFile(path: string, sequence: number, tokens: Uint32Array): Promise<number>;
  /** Rejects where the context does not take it. */
  loadSequenceStateFromFile(path: string, sequence: number, maxTokens: number): Promise<Uint32Array>;
  /** Of sequence 0, after a batch in a context for embeddings. */
  getEmbedding(tokens: number): Float64Array;
}

export interface RawModel {
  tokenize(text: string, special: boolean): Uint32Array;
  detokenize(tokens: Uint32Array, special: boolean): string;
  isEogToken(token: number): boolean;
  shouldPrependBosToken(): boolean;
  tokenBos(): number;
  tokenEos(): number;
  /** As the vocabulary spells it. */
  getTokenString(token: number): string | undefined;
  /** Bits of llama.cpp's `llama_token_attr`. */
  getTokenAttributes(token: number): number;
  getVocabularyType(): string;
  shouldAppendEosToken(): boolean;
  sepToken(): number;
  getEmbeddingVectorSize(): number;
  /** Begins with the name of the architecture. */
  getModelDescription(): string;
}

/** llama.cpp's own Jinja: a chat template as the server of llama.cpp renders it. */
export interface TemplateRenderer {
  render(variables: Record<string, unknown>): string;
}

export interface SamplerConfig {
  temperature: number;
  topP: number;
  topK: number;
  minP?: number;
  seed: number;
  /** Beginning of the tokens that the penalties count; the rest is what was sampled since. */
  repeatPenaltyTokens?: Uint32Array;
  /** 1: none. */
  repeatPenalty?: number;
  repeatPenaltyMaxTokens?: number;
  repeatPenaltyPresencePenalty?: number;
  repeatPenaltyFrequencyPenalty?: number;
  tokenBiasKeys?: Uint32Array;
  tokenBiasValues?: Float32Array;
  grammarEvaluationState?: GrammarState;
}
export interface RawSampler {
  applyConfig(config: SamplerConfig): void;
  dispose(): void;
}
/** Opaque to us. */
export type GrammarState = object;

export interface RawBindings {
  AddonGrammar: new (gbnf: string, options: { addonExports: object; rootRuleName: string }) => object;
  AddonGrammarEvaluationState: new (model: object, grammar: object) => GrammarState;
  AddonJinjaRenderer: new (template: string) => TemplateRenderer;
  AddonSampler: new (model: object) => RawSampler;
  getAllArchs(): string[];
  getIsArchRecurrent(architecture: string): boolean;
  /** Partly recurrent. */
  getIsArchHybrid(architecture: string): boolean;
  getIsArchRecurrent(architecture: string): boolean;
  /** Some layers are recurrent. */
  getIsArchHybrid(architecture: string): boolean;
  getBlockSizeForGgmlType(type: number): number | undefined;
  getTypeSizeForGgmlType(type: number): number | undefined;
}

/** The addon as it is loaded, before the library has wrapped anything. */
export interface RawAddon extends RawBindings {
  AddonModel: new (
    path: string,
    options: {
      addonExports: object;
      gpuLayers: number;
      useMmap: boolean;
      checkTensors: boolean;
      hasLoadAbortSignal: boolean;
      onLoadProgress: (value: number) => void;
    },
  ) => RawModel & { init(): Promise<boolean>; dispose(): Promise<void>; abortActiveModelLoad(): void };
  AddonContext: new (
    model: object,
    options: {
      contextSize: number;
      batchSize: number;
      sequences: number;
      flashAttention: boolean | 'auto';
      threads: number;
      embeddings?: boolean;
    },
  ) => RawContext & { init(): Promise<boolean>; dispose(): Promise<void> };
  markLoaded(): boolean;
  setLogger(logger: () => void): void;
  /** 0 is silence. */
  setLoggerLogLevel(level: number): void;
  loadBackends(dir?: string): void;
  init(): Promise<void>;
  getMathCores(): number;
}

const has = (value: unknown, names: readonly string[]): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => name in value && typeof Reflect.get(value, name) === 'function');

const isRawContext = (value: unknown): value is RawContext & object =>
  has(value, [
    'initBatch',
    'addToBatch',
    'decodeBatch',
    'sampleToken',
    'setThreads',
    'disposeSequence',
    'removeTokenCellsFromSequence',
    'getSequenceKvCacheMinPosition',
    'saveSequenceStateToFile',
    'loadSequenceStateFromFile',
    'getEmbedding',
  ]);
const isRawModel = (value: unknown): value is RawModel & object =>
  has(value, [
    'tokenize',
    'detokenize',
    'isEogToken',
    'shouldPrependBosToken',
    'tokenBos',
    'tokenEos',
    'getTokenString',
    'getTokenAttributes',
    'getVocabularyType',
    'shouldAppendEosToken',
    'sepToken',
    'getEmbeddingVectorSize',
    'getModelDescription',
  ]);
const isRawBindings = (value: unknown): value is RawBindings & object =>
  has(value, [
    'AddonGrammar',
    'AddonGrammarEvaluationState',
    'AddonJinjaRenderer',
    'AddonSampler',
    'getAllArchs',
    'getIsArchRecurrent',
    'getIsArchHybrid',
    'getIsArchRecurrent',
    'getIsArchHybrid',
    'getBlockSizeForGgmlType',
    'getTypeSizeForGgmlType',
  ]);

/** Whether it is the addon this was written for; its classes are held to their methods by `llama.compliance.test.ts`. */
export const isAddon = (value: unknown): value is RawAddon =>
  isRawBindings(value) &&
  has(value, [
    'AddonModel',
    'AddonContext',
    'markLoaded',
    'setLogger',
    'setLoggerLogLevel',
    'loadBackends',
    'init',
    'getMathCores',
  ]);

const inner = <T>(owner: object, field: string, is: (value: unknown) => value is T): T => {
  const value: unknown = Reflect.get(owner, field);
  if (is(value)) return value;
  throw new Error(
    `node-llama-cpp no longer keeps ${field} where the batch loop expects it; pin the version this was written for.`,
  );
};

export const rawContext = (context: LlamaContext): RawContext & object => inner(context, '_ctx', isRawContext);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
export const embeddingContext = (context: LlamaEmbeddingContext): RawContext & object =>
  inner(inner(context, '_llamaContext', isObject), '_ctx', isRawContext);
export const rawModel = (model: LlamaModel): RawModel & object => inner(model, '_model', isRawModel);
export const rawBindings = (llama: Llama): RawBindings & object => inner(llama, '_bindings', isRawBindings);

/** The library without downloads, builds from source or console output. */
export const openLlama = async (gpu: boolean): Promise<Llama> => {
  const { getLlama } = await import('node-llama-cpp');
  return getLlama({
    gpu: gpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logger: () => undefined,
    // The batch loop sets the count for every batch; the library's own limit (4, or the cores) must not cap what was measured.
    maxThreads: 0,
  });
};
