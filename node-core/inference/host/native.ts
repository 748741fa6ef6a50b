import { createRequire } from 'node:module';
import { findAddon } from '../native/place.ts';

/** Opaque handles of the addon. */
export type NativeEngineHandle = object;
export type NativeSamplerHandle = object;

export interface NativeResult {
  /** Tokens per job. */
  readonly counts: Int32Array;
  /** Below 0: the answer has ended (-1), or the grammar admits nothing (-2). */
  readonly tokens: Int32Array;
  /** Where asked for; the likeliest of each token follow one another. */
  readonly logprobs?: Float32Array;
  readonly topTokens?: Int32Array;
  readonly topLogprobs?: Float32Array;
}

/** `native/engine.cpp`, built for this machine. */
export interface NativeAddon {
  /** `other`: whose threads it computes on, by turns. @throws where the context is not laid out as in the version that this was written for */
  attach(context: object, batchSize: number, sequences: number, other: NativeEngineHandle | null): NativeEngineHandle;
  /** Whether the model's memory can't forget a part. */
  recurrent(engine: NativeEngineHandle): boolean;
  /** Before the context is disposed of. */
  detach(engine: NativeEngineHandle): void;
  createSampler(
    engine: NativeEngineHandle,
    /** Temperature, top p, min p, presence and frequency penalty. */
    numbers: Float32Array,
    /** Top k, and how many tokens the penalties look back. */
    integers: Int32Array,
    seed: number,
    biasTokens: Int32Array,
    biases: Float32Array,
  ): NativeSamplerHandle;
  /** '' lifts it. */
  setGrammar(sampler: NativeSamplerHandle, gbnf: string): void;
  /** What the penalties count from now on. */
  setWritten(sampler: NativeSamplerHandle, tokens: Int32Array): void;
  disposeSampler(sampler: NativeSamplerHandle): void;
  /**
   * `batch`: token, position, sequence, and whether its logits are wanted, per token. `jobs`: place of the first logits in the batch, how many
   * guesses follow, how many likeliest tokens to tell (-1: no probabilities), per sampler. `forget`: sequence and position from which it forgets.
   * `batches`: how often what was sampled is fed again at once, where every job has one token and no guesses. A promise where `waits` is false.
   */
  step(
    engine: NativeEngineHandle,
    threads: number,
    waits: boolean,
    batches: number,
    batch: Int32Array,
    jobs: Int32Array,
    samplers: readonly NativeSamplerHandle[],
    forget: Int32Array,
  ): NativeResult | Promise<NativeResult>;
  readState(engine: NativeEngineHandle, sequence: number): Buffer;
  writeState(engine: NativeEngineHandle, sequence: number, state: Buffer): boolean;
  /** The system ends this process with the one that started it, whatever it is doing. Does nothing but on Linux. */
  endWithParent(): void;
}

const names = ['attach', 'recurrent', 'detach', 'createSampler', 'setGrammar', 'setWritten', 'disposeSampler', 'step'];

const isAddon = (value: unknown): value is NativeAddon =>
  typeof value === 'object' &&
  value !== null &&
  [...names, 'readState', 'writeState', 'endWithParent'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  );

/** @throws where the file is no such addon */
const loadAddon = (path: string): NativeAddon => {
  const addon: unknown = createRequire(import.meta.url)(path);
  if (isAddon(addon)) return addon;
  throw new Error('The file is not the addon of the inference host.');
};

let opened: NativeAddon | null | undefined;

/**
 * The addon of this machine; null where there is none, or none that loads. JAN_ENGINE_ADDON names another file, and `none` does without.
 */
export const openAddon = (): NativeAddon | null => {
  if (opened !== undefined) return opened;
  const named = process.env['JAN_ENGINE_ADDON'];
  const path = named === 'none' ? null : (named ?? findAddon());
  try {
    opened = path ? loadAddon(path) : null;
  } catch {
    opened = null;
  }
  return opened;
};
