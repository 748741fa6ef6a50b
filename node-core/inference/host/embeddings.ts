import { AppError } from '../../contract/errors.ts';
import type { Embedded, ToHost } from '../protocol.ts';
import type { LoadOrder, OpenModel } from './backend.ts';
import type { RawModel } from './llama.ts';
import { requireReadable } from './readable.ts';

type EmbedOrder = Extract<ToHost, { type: 'embed' }>;

/** A model that turns texts into vectors. How it pools the tokens of a text stands in its file. */
export interface Embedder {
  /** `onRead` hears how many tokens were read so far. @throws AppError `CONTEXT_OVERFLOW`, `BAD_REQUEST`, or the signal's reason */
  embed(
    order: Pick<EmbedOrder, 'inputs' | 'dimensions'>,
    signal: AbortSignal,
    onRead: (tokens: number) => void,
  ): Promise<Embedded>;
  dispose(): Promise<void>;
}

/** The first `length` numbers, of length 1. A vector of zeros stays one. */
const normalised = (vector: Float64Array, length: number): Float32Array => {
  const cut = Float32Array.from(vector.subarray(0, length));
  const norm = Math.hypot(...cut);
  return norm > 0 ? cut.map((value) => value / norm) : cut;
};

const base64 = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

/** What llama.cpp's own tokeniser puts around a text, by kind of vocabulary (`llama_vocab::impl::tokenize`). */
const framed = (raw: RawModel, tokens: readonly number[]): readonly number[] => {
  const kind = raw.getVocabularyType();
  const first = kind === 'wpm' || (kind !== 'rwkv' && kind !== 'ugm' && raw.shouldPrependBosToken());
  const last =
    kind === 'wpm'
      ? raw.sepToken()
      : kind !== 'rwkv' && (kind === 'ugm' || raw.shouldAppendEosToken())
        ? raw.tokenEos()
        : null;
  return [
    ...(first && tokens[0] !== raw.tokenBos() ? [raw.tokenBos()] : []),
    ...tokens,
    ...(last !== null && tokens.at(-1) !== last ? [last] : []),
  ];
};

/** A text is read whole in one batch, because most of these models look both ways. */
export const createEmbedder = async (model: OpenModel, order: LoadOrder): Promise<Embedder> => {
  const { contextLength, threads } = order;
  const context = await model.openContext({
    contextLength,
    sequences: 1,
    batchSize: contextLength,
    threads: threads.prefill,
    flashAttention: false,
    embeddings: true,
  });
  const { raw } = model;
  const width = raw.getEmbeddingVectorSize();

  const tokensOf = (input: EmbedOrder['inputs'][number], index: number): readonly number[] => {
    if (typeof input === 'string') requireReadable(raw, input, contextLength);
    const text = typeof input === 'string' ? [...raw.tokenize(input, false)] : input;
    if (text.length === 0)
      throw new AppError('BAD_REQUEST', `Input ${index} is empty. Give every input some text.`, { data: { index } });
    const tokens = framed(raw, text);
    if (tokens.length > contextLength) {
      throw new AppError(
        'CONTEXT_OVERFLOW',
        `Input ${index} has ${tokens.length} tokens; this model can see ${contextLength}. Cut the text into shorter pieces.`,
        { data: { index, promptTokens: tokens.length, contextLength } },
      );
    }
    return tokens;
  };

  const read = async (tokens: readonly number[]): Promise<Float64Array> => {
    context.raw.disposeSequence(0);
    context.raw.initBatch(tokens.length);
    context.raw.addToBatch(0, 0, Uint32Array.from(tokens), Uint32Array.of(tokens.length - 1));
    await context.raw.decodeBatch();
    return context.raw.getEmbedding(tokens.length);
  };

  return {
    async embed({ inputs, dimensions }, signal, onRead) {
      if (dimensions !== null && dimensions > width) {
        throw new AppError(
          'BAD_REQUEST',
          `This model's vectors have ${width} numbers; ${dimensions} can't be had. Ask for ${width} or fewer dimensions.`,
        );
      }
      // All are checked before the first is computed.
      const texts = inputs.map(tokensOf);
      const vectors: string[] = [];
      let promptTokens = 0;
      for (const tokens of texts) {
        signal.throwIfAborted();
        vectors.push(base64(normalised(await read(tokens), dimensions ?? width)));
        promptTokens += tokens.length;
        onRead(promptTokens);
      }
      return { vectors, promptTokens };
    },
    dispose: () => context.dispose(),
  };
};
