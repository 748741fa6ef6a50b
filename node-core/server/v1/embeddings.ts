import { z } from 'zod';
import type { Engine } from './engine.ts';
import { parseInput } from './input.ts';
import { findModel } from './models.ts';
import type { Route } from './route.ts';

/** As OpenAI has it. */
const maxInputs = 2_048;
const text = z.string().min(1, 'an empty text has no embedding');
const tokens = z.array(z.number().int().nonnegative()).min(1, 'an empty text has no embedding');

const Body = z.strictObject({
  model: z.string().min(1),
  input: z.union(
    [text, tokens, z.array(text).min(1).max(maxInputs), z.array(tokens).min(1).max(maxInputs)],
    `must be a text, up to ${maxInputs} texts, tokens, or lists of tokens`,
  ),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.number().int().positive().nullish(),
  user: z.unknown().optional(),
});

const inputsOf = (input: z.infer<typeof Body>['input']): (string | number[])[] => {
  if (typeof input === 'string') return [input];
  const numbers = input.filter((each) => typeof each === 'number');
  return numbers.length > 0 ? [numbers] : input.filter((each) => typeof each !== 'number');
};

/** Little-endian, as the clients read it; so is every machine that this runs on. */
const base64 = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

export const embeddingRoutes = (inference: Engine): readonly Route[] => [
  {
    method: 'POST',
    pattern: '/v1/embeddings',
    params: { CONTEXT_OVERFLOW: 'input' },
    async handle(request) {
      const body = parseInput(Body, await request.json());
      const model = findModel(inference, body.model, 'embedding');
      request.note({ modelId: model.id });
      const { vectors, promptTokens } = await inference.embed({
        modelId: model.id,
        inputs: inputsOf(body.input),
        ...(body.dimensions == null ? {} : { dimensions: body.dimensions }),
        asker: request.key.keyId,
        signal: request.signal,
      });
      request.note({ promptTokens });
      return {
        json: {
          object: 'list',
          data: vectors.map((vector, index) => ({
            object: 'embedding',
            index,
            embedding: body.encoding_format === 'base64' ? base64(vector) : [...vector],
          })),
          model: model.id,
          usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
        },
      };
    },
  },
];
