import { createHash } from 'node:crypto';

/** Numbers of a Llama-architecture model with random weights: real to llama.cpp, sense free to a reader. */
export interface TinyModelShape {
  readonly layers?: number;
  readonly width?: number;
  readonly heads?: number;
  readonly feedForward?: number;
  readonly contextLength?: number;
  /** Words added to the byte-fallback vocabulary. */
  readonly words?: readonly string[];
  /** Tokens that stand for themselves in a prompt and in an answer. */
  readonly structure?: readonly string[];
  readonly architecture?: string;
  /** `llama_pooling_type`: 1 is the mean, 3 the last token; makes it a model of embeddings. */
  readonly pooling?: number;
  readonly chatTemplate?: string;
  /** Tokens of which each makes the next certain, in place of random weights: what the model writes after the first. */
  readonly script?: readonly string[];
  /** Says that the file is one of so many parts. */
  readonly splits?: number;
  /** Added to the header, or put in place of what is there. */
  readonly metadata?: Readonly<Record<string, MetadataValue>>;
  readonly seed?: number;
}

export type MetadataValue =
  | { readonly type: 'u32'; readonly value: number }
  | { readonly type: 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'floats'; readonly value: readonly number[] }
  | { readonly type: 'ints'; readonly value: readonly number[] };

const ALIGNMENT = 32;
const F32 = 0;
const typeId = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
const BYTE = 6;

export const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};
const i32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
};
export const u64 = (value: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
const f32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
};
export const text = (value: string): Buffer => {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
};
const array = (type: number, items: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(typeId.array), u32(type), u64(items.length), ...items]);

export const encode = (entry: MetadataValue): Buffer => {
  switch (entry.type) {
    case 'u32':
      return Buffer.concat([u32(typeId.u32), u32(entry.value)]);
    case 'f32':
      return Buffer.concat([u32(typeId.f32), f32(entry.value)]);
    case 'bool':
      return Buffer.concat([u32(typeId.bool), Buffer.from([entry.value ? 1 : 0])]);
    case 'string':
      return Buffer.concat([u32(typeId.string), text(entry.value)]);
    case 'strings':
      return array(typeId.string, entry.value.map(text));
    case 'floats':
      return array(typeId.f32, entry.value.map(f32));
    case 'ints':
      return array(typeId.i32, entry.value.map(i32));
  }
};

const pad = (buffer: Buffer): Buffer =>
  Buffer.concat([buffer, Buffer.alloc((ALIGNMENT - (buffer.length % ALIGNMENT)) % ALIGNMENT)]);

/** Repeatable noise in (-1, 1): mulberry32. */
export const noise = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
};

interface Vocabulary {
  readonly tokens: readonly string[];
  readonly scores: readonly number[];
  readonly types: readonly number[];
}

const vocabulary = (words: readonly string[], structure: readonly string[]): Vocabulary => {
  const entries: [string, number, number][] = [
    ['<unk>', 0, UNKNOWN],
    ['<s>', 0, CONTROL],
    ['</s>', 0, CONTROL],
  ];
  for (let byte = 0; byte < 256; byte += 1) {
    entries.push([`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, 0, BYTE]);
  }
  const pieces = new Set(['▁', ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)), ...words]);
  for (const piece of pieces) entries.push([piece, -entries.length, NORMAL]);
  for (const piece of structure) entries.push([piece, 0, USER_DEFINED]);
  return {
    tokens: entries.map(([token]) => token),
    scores: entries.map(([, score]) => score),
    types: entries.map(([, , type]) => type),
  };
};

/**
 * A complete GGUF v3 file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) that llama.cpp loads and runs: Llama architecture,
 * F32 weights, a SentencePiece-style vocabulary with byte fallback. The same shape gives the same bytes.
 */
export const tinyGguf = (shape: TinyModelShape = {}): Buffer => {
  const {
    layers = 2,
    width = 64,
    heads = 4,
    feedForward = 128,
    contextLength = 512,
    seed = 1,
    architecture = 'llama',
  } = shape;
  const { tokens, scores, types } = vocabulary(shape.words ?? [], shape.structure ?? []);
  const metadata: Record<string, MetadataValue> = {
    'general.architecture': { type: 'string', value: architecture },
    'general.name': { type: 'string', value: 'tiny' },
    [`${architecture}.context_length`]: { type: 'u32', value: contextLength },
    [`${architecture}.embedding_length`]: { type: 'u32', value: width },
    [`${architecture}.block_count`]: { type: 'u32', value: layers },
    [`${architecture}.feed_forward_length`]: { type: 'u32', value: feedForward },
    [`${architecture}.attention.head_count`]: { type: 'u32', value: heads },
    [`${architecture}.attention.head_count_kv`]: { type: 'u32', value: heads },
    [`${architecture}.attention.layer_norm_rms_epsilon`]: { type: 'f32', value: 1e-5 },
    [`${architecture}.rope.dimension_count`]: { type: 'u32', value: width / heads },
    ...(shape.pooling === undefined
      ? {}
      : { [`${architecture}.pooling_type`]: { type: 'u32', value: shape.pooling } as const }),
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.scores': { type: 'floats', value: scores },
    'tokenizer.ggml.token_type': { type: 'ints', value: types },
    'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 0 },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: 1 },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: 2 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: true },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
    ...(shape.splits === undefined ? {} : { 'split.count': { type: 'u32', value: shape.splits } as const }),
    ...(shape.chatTemplate === undefined
      ? {}
      : { 'tokenizer.chat_template': { type: 'string', value: shape.chatTemplate } as const }),
    ...shape.metadata,
  };
  const tensors: [string, readonly number[]][] = [
    ['token_embd.weight', [width, tokens.length]],
    ['output_norm.weight', [width]],
    ['output.weight', [width, tokens.length]],
  ];
  for (let layer = 0; layer < layers; layer += 1) {
    const at = (name: string) => `blk.${layer}.${name}.weight`;
    tensors.push([at('attn_norm'), [width]], [at('ffn_norm'), [width]]);
    for (const name of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) tensors.push([at(name), [width, width]]);
    tensors.push(
      [at('ffn_gate'), [width, feedForward]],
      [at('ffn_up'), [width, feedForward]],
      [at('ffn_down'), [feedForward, width]],
    );
  }

  const next = noise(seed);
  const rowOf = (token: string) => tokens.indexOf(token) * width;
  let embeddings = new Float32Array();
  /** The layers add nothing; the output row of a token is the embedding of the token before it. */
  const scripted = (name: string, values: Float32Array): void => {
    const { script } = shape;
    if (!script) return;
    if (name.includes('attn_output') || name.includes('ffn_down') || name === 'output.weight') values.fill(0);
    if (name === 'token_embd.weight') embeddings = values.slice();
    if (name === 'output.weight')
      for (const [index, token] of script.slice(1).entries()) {
        const from = rowOf(script[index] ?? '');
        values.set(embeddings.subarray(from, from + width), rowOf(token));
      }
  };
  const data: Buffer[] = [];
  const infos: Buffer[] = [];
  let offset = 0;
  for (const [name, dims] of tensors) {
    const count = dims.reduce((product, size) => product * size, 1);
    const values = new Float32Array(count);
    const scale = dims.length === 1 ? 0 : 1 / Math.sqrt(dims[0] ?? 1);
    for (let index = 0; index < count; index += 1) values[index] = dims.length === 1 ? 1 : next() * scale * 2;
    scripted(name, values);
    const block = pad(Buffer.from(values.buffer));
    infos.push(text(name), u32(dims.length), ...dims.map(u64), u32(F32), u64(offset));
    data.push(block);
    offset += block.length;
  }
  const pairs = Object.entries(metadata);
  const header = Buffer.concat([
    Buffer.from('GGUF', 'latin1'),
    u32(3),
    u64(tensors.length),
    u64(pairs.length),
    ...pairs.flatMap(([key, value]) => [text(key), encode(value)]),
    ...infos,
  ]);
  return Buffer.concat([pad(header), ...data]);
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
