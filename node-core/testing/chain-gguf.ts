import { closeSync, openSync, writeSync } from 'node:fs';
import { encode, type MetadataValue, noise, text, u32, u64 } from './tiny-gguf.ts';

/** A Llama-architecture model of any size whose every token has one certain successor. */
export interface ChainModelShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyHeads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  readonly contextLength: number;
  readonly weights: 'q4_0' | 'q8_0';
  /** Share of the words that follow as in every other model of this vocabulary; default 1. */
  readonly agreement?: number;
}

export interface ChainModel {
  /** Tokens of a text that the model takes as natural: each follows from the one before. No token comes twice within the vocabulary's length. */
  text(start: number, length: number): number[];
}

const ALIGNMENT = 32;
const BLOCK = 32;
const F32 = 0;
const formats = { q4_0: { id: 2, bytes: 18 }, q8_0: { id: 8, bytes: 34 } } as const;
const FIRST_WORD = 259;

/** IEEE 754 half precision of a power of two. */
const half = (exponent: number): number => (exponent >= -14 ? (exponent + 15) << 10 : 1 << (exponent + 24));

/**
 * Writes the file. The layers do all their work and change next to nothing; the output row of a token is the embedding of the token before it in
 * one cycle through all words. So any engine, at any batch size and rounding, writes the same text, and speed is that of a real model of the shape.
 */
export const writeChainGguf = (path: string, shape: ChainModelShape): ChainModel => {
  const { layers, width, heads, keyHeads, feedForward, vocabulary, contextLength } = shape;
  const format = formats[shape.weights];
  const next = noise(7);
  const words = Array.from({ length: vocabulary - FIRST_WORD }, (_, index) => FIRST_WORD + index);
  const order = words
    .map((word) => [next(), word] as const)
    .sort(([a], [b]) => a - b)
    .map(([, word]) => word);
  const before = new Map(order.map((word, index) => [word, order.at(index - 1) ?? word]));
  const doubt = noise(11);
  const astray = words.filter(() => (doubt() + 1) / 2 >= (shape.agreement ?? 1));
  const follows = astray.map((_, index) => before.get(astray.at(index - 1) ?? 0) ?? 0);
  for (const [index, word] of astray.entries()) before.set(word, follows[index] ?? word);

  // Nibbles of Q4_0 stand for -8 to 7: without the first, weights have no mean that would add up over the layers.
  const nibble = () => 1 + Math.floor((next() + 1) * 7.5);
  const random = Buffer.from(Uint8Array.from({ length: 1_048_573 }, () => (nibble() << 4) | nibble()));
  let position = 0;
  const rowBytes = (columns: number) => (columns / BLOCK) * format.bytes;
  /** `rows` rows of random weights of about 2^exponent. */
  const rows = (columns: number, count: number, exponent: number): Buffer => {
    const buffer = Buffer.allocUnsafe(rowBytes(columns) * count);
    for (let at = 0; at < buffer.length; ) {
      const copied = random.copy(
        buffer,
        at,
        position,
        position + Math.min(random.length - position, buffer.length - at),
      );
      at += copied;
      position = (position + copied) % random.length;
    }
    for (let at = 0; at < buffer.length; at += format.bytes) buffer.writeUInt16LE(half(exponent), at);
    return buffer;
  };
  // One step of Q4_0 is 16 times one of Q8_0.
  const fine = shape.weights === 'q4_0' ? 0 : -4;
  const embedding = rows(width, vocabulary, -3 + fine);
  const output = Buffer.from(embedding);
  const row = rowBytes(width);
  for (const [word, previous] of before) embedding.copy(output, word * row, previous * row, (previous + 1) * row);

  const keyWidth = (width / heads) * keyHeads;
  const ones = Buffer.from(new Float32Array(width).fill(1).buffer);
  const tensors: {
    readonly name: string;
    readonly dims: readonly number[];
    readonly type: number;
    data: () => Buffer;
  }[] = [];
  const weights = (name: string, columns: number, count: number, exponent: number) =>
    tensors.push({ name, dims: [columns, count], type: format.id, data: () => rows(columns, count, exponent + fine) });
  const norm = (name: string) => tensors.push({ name, dims: [width], type: F32, data: () => ones });
  tensors.push({ name: 'token_embd.weight', dims: [width, vocabulary], type: format.id, data: () => embedding });
  norm('output_norm.weight');
  tensors.push({ name: 'output.weight', dims: [width, vocabulary], type: format.id, data: () => output });
  for (let layer = 0; layer < layers; layer += 1) {
    const at = (name: string) => `blk.${layer}.${name}.weight`;
    norm(at('attn_norm'));
    norm(at('ffn_norm'));
    weights(at('attn_q'), width, width, -7);
    weights(at('attn_k'), width, keyWidth, -7);
    weights(at('attn_v'), width, keyWidth, -7);
    weights(at('attn_output'), width, width, -14);
    weights(at('ffn_gate'), width, feedForward, -7);
    weights(at('ffn_up'), width, feedForward, -7);
    weights(at('ffn_down'), feedForward, width, -14);
  }
  const byte = (index: number) => `<0x${index.toString(16).toUpperCase().padStart(2, '0')}>`;
  const tokens = Array.from({ length: vocabulary }, (_, token) => {
    if (token < 3) return ['<unk>', '<s>', '</s>'][token] ?? '';
    return token < FIRST_WORD ? byte(token - 3) : `▁w${(token - FIRST_WORD).toString(36)}`;
  });
  const metadata: Record<string, MetadataValue> = {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: `chain-${layers}x${width}-${shape.weights}` },
    'llama.context_length': { type: 'u32', value: contextLength },
    'llama.embedding_length': { type: 'u32', value: width },
    'llama.block_count': { type: 'u32', value: layers },
    'llama.feed_forward_length': { type: 'u32', value: feedForward },
    'llama.attention.head_count': { type: 'u32', value: heads },
    'llama.attention.head_count_kv': { type: 'u32', value: keyHeads },
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: 1e-5 },
    'llama.rope.dimension_count': { type: 'u32', value: width / heads },
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.scores': { type: 'floats', value: tokens.map((_, token) => -token) },
    'tokenizer.ggml.token_type': {
      type: 'ints',
      value: tokens.map((_, token) => (token < 3 ? (token === 0 ? 2 : 3) : token < FIRST_WORD ? 6 : 1)),
    },
    'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 0 },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: 1 },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: 2 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
  };

  const padded = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  const bytesOf = ({ type, dims }: { type: number; dims: readonly number[] }) =>
    type === F32 ? width * 4 : rowBytes(dims[0] ?? 0) * (dims[1] ?? 1);
  let offset = 0;
  const infos = tensors.flatMap((tensor) => {
    const info = [text(tensor.name), u32(tensor.dims.length), ...tensor.dims.map(u64), u32(tensor.type), u64(offset)];
    offset += padded(bytesOf(tensor));
    return info;
  });
  const pairs = Object.entries(metadata);
  const header = Buffer.concat([
    Buffer.from('GGUF', 'latin1'),
    u32(3),
    u64(tensors.length),
    u64(pairs.length),
    ...pairs.flatMap(([key, value]) => [text(key), encode(value)]),
    ...infos,
  ]);
  const file = openSync(path, 'w');
  try {
    const write = (data: Buffer) => {
      writeSync(file, data);
      writeSync(file, Buffer.alloc(padded(data.length) - data.length));
    };
    write(header);
    for (const { data } of tensors) write(data());
  } finally {
    closeSync(file);
  }
  return {
    text: (start, length) => Array.from({ length }, (_, index) => order[(start + index) % order.length] ?? FIRST_WORD),
  };
};
