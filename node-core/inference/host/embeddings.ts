import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../contract/errors.ts';
import type { Embedded, ToHost } from '../protocol.ts';
import { loadFailure } from './hosted-model.ts';

type EmbedOrder = Extract<ToHost, { type: 'embed' }>;

/** A model that turns texts into vectors. How it pools the tokens of a text stands in its file. */
export interface Embedder {
  /** @throws AppError `CONTEXT_OVERFLOW`, `BAD_REQUEST`, or the signal's reason */
  embed(order: Pick<EmbedOrder, 'inputs' | 'dimensions'>, signal: AbortSignal): Promise<Embedded>;
  dispose(): Promise<void>;
}

/** The first `length` numbers, of length 1. A vector of zeros stays one. */
const normalised = (vector: readonly number[], length: number): Float32Array => {
  const cut = Float32Array.from(vector.slice(0, length));
  const norm = Math.hypot(...cut);
  return norm > 0 ? cut.map((value) => value / norm) : cut;
};

const base64 = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

/** A text is read whole in one batch, because most of these models look both ways. */
export const createEmbedder = async (
  model: LlamaModel,
  { contextLength, threads }: { readonly contextLength: number; readonly threads: number },
): Promise<Embedder> => {
  let context: LlamaEmbeddingContext;
  try {
    context = await model.createEmbeddingContext({
      contextSize: contextLength,
      batchSize: contextLength,
      threads,
      ignoreMemorySafetyChecks: true,
    });
  } catch (cause) {
    throw loadFailure(cause);
  }
  const width = model.embeddingVectorSize;

  const tokensOf = (input: EmbedOrder['inputs'][number], index: number): Token[] => {
    const tokens = typeof input === 'string' ? model.tokenize(input) : input.map((token) => token as Token);
    if (tokens.length === 0)
      throw new AppError('BAD_REQUEST', `Input ${index} is empty. Give every input some text.`, { data: { index } });
    const length = context.calculateInputLength(tokens);
    if (length >= contextLength) {
      throw new AppError(
        'CONTEXT_OVERFLOW',
        `Input ${index} has ${length} tokens; this model can see ${contextLength - 1}. Cut the text into shorter pieces.`,
        { data: { index, promptTokens: length, contextLength } },
      );
    }
    return tokens;
  };

  return {
    async embed({ inputs, dimensions }, signal) {
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
        promptTokens += context.calculateInputLength(tokens);
        const { vector } = await context.getEmbeddingFor(tokens);
        vectors.push(base64(normalised(vector, dimensions ?? width)));
      }
      return { vectors, promptTokens };
    },
    dispose: () => context.dispose(),
  };
};
