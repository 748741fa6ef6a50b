import { blockLayouts, MAX_METADATA, MAX_NAME_BYTES, MAX_TENSORS, MAX_TEXT_BYTES } from './constants.ts';
import { type Cursor, MalformedFile } from './cursor.ts';

type Scalar = string | number | boolean;
/** Long arrays (vocabularies) are stepped over: only their length is kept. */
export type MetadataValue =
  | Scalar
  | {
      readonly length: number;
      readonly numbers: readonly number[] | null;
      /** Where its texts lie in the file. */
      readonly bytes?: readonly [start: number, end: number];
    };

export interface GgufHeader {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensorCount: number;
  /** Weights in all tensors. */
  readonly parameters: number;
  /** Bytes of all tensors. */
  readonly tensorBytes: number;
  /** Where the last tensor ends: a whole file is at least that long. */
  readonly end: number;
}

const KEPT_NUMBERS = 1_024;
const STRING = 8;
const ARRAY = 9;
const scalarBytes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);

const readString = (cursor: Cursor, limit: number): string => {
  const length = cursor.u64();
  if (length > cursor.left) throw new MalformedFile('a text in the header runs past the end of the file', true);
  if (length <= limit) return cursor.bytes(length).toString('utf8');
  const head = cursor.bytes(limit).toString('utf8');
  cursor.skip(length - limit);
  return head;
};

const readScalar = (cursor: Cursor, type: number): Scalar => {
  const size = scalarBytes.get(type);
  if (size === undefined)
    throw new MalformedFile(`the header uses a value type (${type}) that this version of Jan does not know`);
  const bytes = cursor.bytes(size);
  switch (type) {
    case 0:
      return bytes.readUInt8();
    case 1:
      return bytes.readInt8();
    case 2:
      return bytes.readUInt16LE();
    case 3:
      return bytes.readInt16LE();
    case 4:
      return bytes.readUInt32LE();
    case 5:
      return bytes.readInt32LE();
    case 6:
      return bytes.readFloatLE();
    case 7:
      return bytes.readUInt8() !== 0;
    case 10:
      return Number(bytes.readBigUInt64LE());
    case 11:
      return Number(bytes.readBigInt64LE());
    default:
      return bytes.readDoubleLE();
  }
};

const readValue = (cursor: Cursor, type: number, depth: number): MetadataValue => {
  if (type === STRING) return readString(cursor, MAX_TEXT_BYTES);
  if (type !== ARRAY) return readScalar(cursor, type);
  const itemType = cursor.u32();
  const length = cursor.u64();
  if (itemType === ARRAY) {
    if (depth > 4 || length > MAX_METADATA) throw new MalformedFile('the header nests arrays too deeply');
    for (let index = 0; index < length; index += 1) readValue(cursor, ARRAY, depth + 1);
    return { length, numbers: null };
  }
  if (itemType === STRING) {
    if (length > cursor.left / 8) throw new MalformedFile('an array in the header runs past the end of the file', true);
    const start = cursor.position;
    for (let index = 0; index < length; index += 1) cursor.skip(cursor.u64());
    return { length, numbers: null, bytes: [start, cursor.position] };
  }
  const size = scalarBytes.get(itemType);
  if (size === undefined)
    throw new MalformedFile(`the header uses a value type (${itemType}) that this version of Jan does not know`);
  if (length > KEPT_NUMBERS) {
    cursor.skip(length * size);
    return { length, numbers: null };
  }
  const numbers = Array.from({ length }, () => Number(readScalar(cursor, itemType)));
  return { length, numbers };
};

const readTensor = (cursor: Cursor): { offset: number; bytes: number; elements: number } => {
  readString(cursor, MAX_NAME_BYTES);
  const rank = cursor.u32();
  if (rank > 8) throw new MalformedFile('a tensor has an impossible shape');
  const shape = Array.from({ length: rank }, () => cursor.u64());
  const type = cursor.u32();
  const offset = cursor.u64();
  const layout = blockLayouts.get(type);
  if (layout === undefined) {
    throw new MalformedFile(`its weights use a format (ggml type ${type}) that this version of Jan can't compute with`);
  }
  const elements = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(elements)) throw new MalformedFile('a tensor has an impossible shape');
  return { offset, elements, bytes: Math.ceil(elements / layout[0]) * layout[1] };
};

/** Reads a GGUF header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). @throws MalformedFile */
export const readHeader = (cursor: Cursor): GgufHeader => {
  const magic = cursor.bytes(4).toString('latin1');
  if (magic !== 'GGUF') throw new MalformedFile('it does not begin as a GGUF file does');
  const version = cursor.u32();
  if (version === 0x03000000 || version === 0x02000000)
    throw new MalformedFile('it was written for big-endian machines');
  if (version !== 2 && version !== 3)
    throw new MalformedFile(`it has GGUF version ${version}; versions 2 and 3 can be read`);
  const tensorCount = cursor.u64();
  const metadataCount = cursor.u64();
  if (tensorCount > MAX_TENSORS || metadataCount > MAX_METADATA)
    throw new MalformedFile('its counts are impossibly large');

  const metadata = new Map<string, MetadataValue>();
  for (let index = 0; index < metadataCount; index += 1) {
    const key = readString(cursor, MAX_NAME_BYTES);
    metadata.set(key, readValue(cursor, cursor.u32(), 0));
  }
  const declared = metadata.get('general.alignment');
  const alignment = typeof declared === 'number' ? declared : 32;
  if (!(Number.isInteger(alignment) && alignment > 0 && alignment <= 65_536))
    throw new MalformedFile('its alignment is impossible');

  let parameters = 0;
  let tensorBytes = 0;
  let extent = 0;
  for (let index = 0; index < tensorCount; index += 1) {
    const tensor = readTensor(cursor);
    parameters += tensor.elements;
    tensorBytes += tensor.bytes;
    extent = Math.max(extent, tensor.offset + tensor.bytes);
  }
  const start = Math.ceil(cursor.position / alignment) * alignment;
  return { version, metadata, tensorCount, parameters, tensorBytes, end: start + extent };
};
