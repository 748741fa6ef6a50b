import { AppError, errorCode, isCancellation } from '../contract/index.ts';
import type { EmbedRequest, GenerateRequest, Inference } from '../inference/index.ts';

export type Counts = Pick<Inference, 'countPrompt' | 'tokenize' | 'model'>;

/** How many tokens something is: of a model on this machine as it is, of another about. */
export interface TokenCount {
  /** Loads the model where it has to. */
  wholePrompt(request: GenerateRequest, context: number): Promise<number>;
  /** What an answer that was broken off had to read; about, where the model is not at hand. */
  prompt(request: GenerateRequest): Promise<number>;
  /** The same for what it had written. */
  text(text: string, modelId: string | undefined): Promise<number>;
  /** Of all inputs together: at most so many where that is no more than `enough`, else exactly. */
  inputs(request: EmbedRequest, enough: number): Promise<number>;
}

/** Nobody tells how many tokens a text has at another place: about as many as this makes of its characters. */
const charactersPerToken = 4;
const about = (characters: number): number => Math.ceil(characters / charactersPerToken);
/** What a tokeniser puts around a text, a space before it included. */
const frame = 3;

const aboutPrompt = ({ input }: GenerateRequest): number => {
  if ('tokens' in input) return input.tokens.length;
  if ('prompt' in input) return about(input.prompt.length);
  return about(input.messages.reduce((sum, { content }) => sum + content.length, 0));
};

export const createTokenCount = (inference: Counts): TokenCount => {
  const isHere = (modelId: string | undefined): boolean => inference.model(modelId).source !== 'endpoint';
  /** Only with a model that is in memory: to count is no reason to load one. */
  const where = async (
    modelId: string | undefined,
    work: () => Promise<number>,
    otherwise: number,
  ): Promise<number> => {
    try {
      const { source, state } = inference.model(modelId);
      return source !== 'endpoint' && state === 'ready' ? await work() : otherwise;
    } catch (error) {
      // The node stops, or the model is gone: what was computed has to be counted all the same.
      if (errorCode(error) === undefined && !isCancellation(error)) throw error;
      return otherwise;
    }
  };
  return {
    async wholePrompt(request, context) {
      if (!isHere(request.modelId)) return aboutPrompt(request);
      try {
        return await inference.countPrompt(request);
      } catch (error) {
        if (error instanceof AppError && error.code === 'CONTEXT_OVERFLOW' && request.overflow === 'drop-oldest')
          return context;
        throw error;
      }
    },
    prompt: (request) => where(request.modelId, () => inference.countPrompt(request), aboutPrompt(request)),
    text: (text, modelId) =>
      where(
        modelId,
        async () => (await inference.tokenize(text, modelId === undefined ? {} : { modelId })).length,
        about(text.length),
      ),
    async inputs({ inputs, modelId }, enough) {
      if (!isHere(modelId)) return inputs.reduce((sum, { length }) => sum + about(length), 0);
      // No tokeniser makes more tokens than there are bytes.
      const most = inputs.reduce(
        (sum, input) => sum + frame + (typeof input === 'string' ? Buffer.byteLength(input) : input.length),
        0,
      );
      if (most <= enough) return most;
      let exact = 0;
      for (const input of inputs) {
        const tokens =
          typeof input === 'string' ? await inference.tokenize(input, modelId === undefined ? {} : { modelId }) : input;
        exact += tokens.length + frame;
      }
      return exact;
    },
  };
};
