import type { GeneratePart, GenerateRequest, Inference } from '../inference/index.ts';
import { appKeyId } from './keys.ts';
import type { Usage } from './usage.ts';

type Writes = Pick<Inference, 'generate'>;

export interface Meter {
  /** The same models. What an answer took whose reader left, or which failed half-way, counts for whoever asked for it. */
  metered<T extends Writes>(inference: T): T;
  /** The same models, with what chats and runs in Jan itself take counted as its own. */
  counted<T extends Writes>(inference: T): T;
}

/** Nobody told how many tokens a part of an answer has: about as many as this makes of its characters. */
const charactersPerToken = 4;
const tokensOf = (characters: number): number => Math.ceil(characters / charactersPerToken);

const lengthOf = (part: GeneratePart): number => {
  if (part.type === 'text' || part.type === 'reasoning') return part.text.length;
  return part.type === 'tool-arguments' ? part.delta.length : 0;
};

const promptTokens = ({ input }: GenerateRequest): number => {
  if ('tokens' in input) return input.tokens.length;
  if ('prompt' in input) return tokensOf(input.prompt.length);
  return tokensOf(input.messages.reduce((sum, { content }) => sum + content.length, 0));
};

export const createMeter = (usage: Pick<Usage, 'add' | 'charge'>): Meter => {
  const metered: Meter['metered'] = (inference) => ({
    ...inference,
    async generate(request) {
      // Of what nobody sees before its end nobody has anything without it.
      if (!request.onPart) return inference.generate(request);
      let characters = 0;
      try {
        return await inference.generate({
          ...request,
          onPart(part) {
            characters += lengthOf(part);
            request.onPart?.(part);
          },
        });
      } catch (error) {
        if (characters > 0)
          usage.charge(request.asker ?? appKeyId, {
            modelId: request.modelId ?? null,
            promptTokens: promptTokens(request),
            cachedTokens: 0,
            outputTokens: tokensOf(characters),
          });
        throw error;
      }
    },
  });
  return {
    metered,
    counted(inference) {
      const inner = metered(inference);
      return {
        ...inner,
        async generate(request) {
          const result = await inner.generate(request);
          usage.add(appKeyId, result);
          return result;
        },
      };
    },
  };
};
