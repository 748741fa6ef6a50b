import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { embeddingArchitectures, fileTypes, otherArchitectures, textArchitectures } from './constants.ts';
import { Cursor, MalformedFile } from './cursor.ts';
import { type GgufHeader, type MetadataValue, readHeader } from './header.ts';

/** What Jan needs to know of a model file before it lets native code near it. */
export interface GgufInfo {
  readonly name: string;
  readonly architecture: string;
  /** A model whose header says how it pools the tokens of a text makes embeddings. */
  readonly kind: 'chat' | 'embedding';
  readonly license: string | null;
  /** `Q4_K_M` and the like; `null` where the file does not say. */
  readonly quantization: string | null;
  /** `0.5B`, `8.0B`, `3.1M`. */
  readonly sizeLabel: string;
  readonly contextLength: number;
  readonly vocabularySize: number;
  /** Jinja. */
  readonly chatTemplate: string | null;
  /** The template for conversations with tools, where the file has another for them. */
  readonly toolTemplate: string | null;
  /** Tokens that some layers look back; 0 where all see everything. */
  readonly slidingWindow: number;
  readonly embeddingLength: number;
  /** Of a layer's attention. */
  readonly heads: number;
  /** Bytes of all parts of the file. */
  readonly size: number;
  /** Bytes of attention memory for one token at 16 bits, in layers that look at the whole context. */
  readonly cacheBytesPerToken: number;
  readonly modifiedAt: number;
}

const invalid = (path: string, why: string, next: string): AppError =>
  new AppError('MODEL_FILE_INVALID', `"${basename(path)}" can't be used: ${why}. ${next}`);

const otherKinds: readonly (readonly [test: (head: Buffer) => boolean, what: string])[] = [
  [
    (head) => head.toString('latin1').startsWith('version https://git-lfs'),
    'it is a Git LFS pointer, not the model itself',
  ],
  [
    (head) => /^\s*<(!doctype|html)/i.test(head.toString('latin1')),
    'it is a web page, as a failed download leaves behind',
  ],
  [(head) => head.subarray(0, 2).toString('latin1') === 'PK', 'it is a zip archive or a PyTorch checkpoint'],
  [(head) => head.length > 8 && head[8] === 0x7b && head.readBigUInt64LE(0) < 100_000_000n, 'it is a safetensors file'],
  [
    (head) => ['lmgg', 'tjgg', 'fmgg'].includes(head.subarray(0, 4).toString('latin1')),
    'it is in the GGML format that came before GGUF',
  ],
];

const open = (path: string): { file: number; size: number; modifiedAt: number } => {
  let file: number;
  try {
    // Without O_NONBLOCK a named pipe would hold the whole process until somebody writes to it.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw invalid(path, 'there is no such file', 'Check the path.');
    if (code === 'EACCES' || code === 'EPERM')
      throw invalid(path, 'Jan may not read it', 'Give your user read permission on the file.');
    throw invalid(path, `the system refuses to open it (${String(code)})`, 'Check the path.');
  }
  const stat = fstatSync(file);
  if (stat.isFile()) return { file, size: stat.size, modifiedAt: Math.round(stat.mtimeMs) };
  closeSync(file);
  const what = stat.isDirectory() ? 'it is a folder' : 'it is not a regular file';
  throw invalid(path, what, 'Choose the .gguf file itself.');
};

const readPart = (path: string): { header: GgufHeader; size: number; modifiedAt: number } => {
  const { file, size, modifiedAt } = open(path);
  try {
    if (size === 0) throw invalid(path, 'it is empty (0 bytes)', 'Download it again.');
    const header = readHeader(new Cursor(file, size));
    if (header.end > size) {
      const text = `it is cut short: ${size} of at least ${header.end} bytes are there`;
      throw invalid(path, text, 'Download it again, or finish the download.');
    }
    return { header, size, modifiedAt };
  } catch (cause) {
    if (!(cause instanceof MalformedFile)) throw cause;
    const head = Buffer.alloc(Math.min(64, size));
    readSync(file, head, 0, head.length, 0);
    const isGguf = head.toString('latin1', 0, 4) === 'GGUF';
    if (isGguf && cause.truncated)
      throw invalid(path, `it is cut short: ${cause.message}`, 'Download it again, or finish the download.');
    if (isGguf) throw invalid(path, cause.message, 'Download another version of the model in GGUF format.');
    const kind = otherKinds.find(([test]) => test(head))?.[1] ?? 'it is not a GGUF file';
    throw invalid(path, kind, 'Choose a model file in GGUF format.');
  } finally {
    closeSync(file);
  }
};

/** The other parts of a model that was split, first one excluded. */
const laterParts = (path: string, count: number): string[] => {
  const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/u.exec(path);
  if (!match || Number(match[3]) !== count)
    throw invalid(path, `it is one of ${count} parts but not named as such`, 'Give the parts their names back.');
  if (Number(match[2]) !== 1)
    throw invalid(path, 'it is a later part of a split model', `Choose the first part (…-00001-of-${match[3]}.gguf).`);
  return Array.from({ length: count - 1 }, (_, index) => {
    const part = `${match[1]}-${String(index + 2).padStart(5, '0')}-of-${match[3]}.gguf`;
    if (!existsSync(part))
      throw invalid(path, `its part "${basename(part)}" is missing`, 'Put all parts into one folder.');
    return part;
  });
};

const sizeLabel = (parameters: number): string => {
  if (parameters >= 1e9) return `${(parameters / 1e9).toFixed(1)}B`;
  if (parameters >= 1e6) return `${(parameters / 1e6).toFixed(parameters >= 1e7 ? 0 : 1)}M`;
  return `${Math.max(1, Math.round(parameters / 1e3))}K`;
};

/** The largest entry where a layer has its own number. */
const count = (value: MetadataValue | undefined): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value.numbers !== null && value.numbers.length > 0)
    return Math.max(...value.numbers);
  return undefined;
};
/**
 * Key and value heads of all layers that remember the whole context. The others remember a window (`sliding_window_pattern`), a state of
 * fixed size (`full_attention_interval`, or a head count of 0), or use the memory of an earlier layer (`shared_kv_layers`).
 */
const rememberingHeads = (of: (key: string) => MetadataValue | undefined, layers: number, heads: number): number => {
  const perLayer = of('attention.head_count_kv');
  const headsOf = (layer: number) =>
    typeof perLayer === 'object' && perLayer.numbers !== null
      ? (perLayer.numbers[layer] ?? 0)
      : (count(perLayer) ?? heads);
  const pattern = of('attention.sliding_window_pattern');
  const every = (interval: number | undefined, layer: number) => !interval || (layer + 1) % interval === 0;
  const isFull = (layer: number) => {
    if (!every(count(of('full_attention_interval')), layer)) return false;
    if (!count(of('attention.sliding_window'))) return true;
    if (typeof pattern === 'object') return pattern.numbers?.[layer] !== 1;
    return every(count(pattern), layer);
  };
  const own = layers - Math.min(layers - 1, count(of('attention.shared_kv_layers')) ?? 0);
  return Array.from({ length: Math.min(own, 10_000) }, (_, layer) => (isFull(layer) ? headsOf(layer) : 0)).reduce(
    (sum, next) => sum + next,
    0,
  );
};

const label = (value: MetadataValue | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null;

/**
 * Checks a GGUF file by its header alone: kind, version, counts, architecture, and that every tensor lies inside the file.
 * @throws AppError `MODEL_FILE_INVALID` saying what is wrong with the file and what to do
 */
export const inspectGguf = (path: string): GgufInfo => {
  const first = readPart(path);
  const { metadata } = first.header;
  const architecture = label(metadata.get('general.architecture'));
  if (architecture === null)
    throw invalid(path, 'it names no model architecture', 'Download another version of the model in GGUF format.');
  if (otherArchitectures.has(architecture) || label(metadata.get('general.type')) === 'mmproj') {
    throw invalid(
      path,
      `it is a "${architecture}" model, which does not write text`,
      'Choose a chat or instruct model.',
    );
  }
  if (!textArchitectures.has(architecture) && !embeddingArchitectures.has(architecture)) {
    throw invalid(
      path,
      `its architecture "${architecture}" is not supported by this version of Jan`,
      'Choose another model, or update Jan.',
    );
  }
  const splits = count(metadata.get('split.count')) ?? 1;
  if (splits > 1_000) throw invalid(path, 'its number of parts is impossible', 'Download it again.');
  const parts = [first, ...(splits > 1 ? laterParts(path, splits).map(readPart) : [])];
  const own = (key: string) => count(metadata.get(`${architecture}.${key}`));
  const embeddingLength = own('embedding_length');
  const layers = own('block_count');
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const trained = Math.max(1, Math.min(own('context_length') ?? 2_048, 10_000_000));
  const slidingWindow = own('attention.sliding_window') ?? 0;
  const templateOf = (key: string): string | null => {
    const template = metadata.get(key);
    return typeof template === 'string' && template !== '' ? template : null;
  };
  if (first.header.tensorCount === 0 && splits === 1)
    throw invalid(path, 'it holds no weights', 'Choose the file with the model itself.');
  if (!embeddingLength || !layers || typeof tokens !== 'object' || tokens.length === 0) {
    throw invalid(
      path,
      'its header lacks the size of the model or its vocabulary',
      'Download another version of the model in GGUF format.',
    );
  }
  const heads = Math.max(1, own('attention.head_count') ?? 1);
  const headWidth = embeddingLength / heads;
  const keyWidth = own('attention.key_length') ?? headWidth;
  const valueWidth = own('attention.value_length') ?? headWidth;
  const parameters = parts.reduce((sum, part) => sum + part.header.parameters, 0);
  return {
    name: label(metadata.get('general.name')) ?? basename(path).replace(/(-\d{5}-of-\d{5})?\.gguf$/iu, ''),
    architecture,
    kind: embeddingArchitectures.has(architecture) || (own('pooling_type') ?? 0) > 0 ? 'embedding' : 'chat',
    license: label(metadata.get('general.license')),
    quantization: fileTypes.get(count(metadata.get('general.file_type')) ?? -1) ?? null,
    sizeLabel: sizeLabel(parameters),
    contextLength: trained,
    vocabularySize: tokens.length,
    slidingWindow: slidingWindow < trained ? slidingWindow : 0,
    chatTemplate: templateOf('tokenizer.chat_template'),
    toolTemplate: templateOf('tokenizer.chat_template.tool_use'),
    embeddingLength,
    heads,
    size: parts.reduce((sum, part) => sum + part.size, 0),
    cacheBytesPerToken: Math.round(
      rememberingHeads((key) => metadata.get(`${architecture}.${key}`), layers, heads) * (keyWidth + valueWidth) * 2,
    ),
    modifiedAt: Math.max(...parts.map((part) => part.modifiedAt)),
  };
};
