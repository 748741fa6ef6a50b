import { z } from 'zod';
import type { Engine } from './engine.ts';
import { parseInput } from './input.ts';
import { findModel } from './models.ts';
import type { Route } from './route.ts';

const model = z.string().min(1);
const ToTokens = z.strictObject({ model, content: z.string(), parse_special: z.boolean().nullish() });
const ToText = z.strictObject({ model, tokens: z.array(z.number().int().nonnegative()) });

/** Text to tokens and back, with llama-server's names of the fields. */
export const tokenRoutes = (inference: Engine): readonly Route[] => [
  {
    method: 'POST',
    pattern: '/v1/tokenize',
    async handle(request) {
      const body = parseInput(ToTokens, await request.json());
      const { id: modelId } = findModel(inference, body.model);
      request.note({ modelId });
      const tokens = await inference.tokenize(body.content, { modelId, special: body.parse_special ?? true });
      return { json: { tokens, count: tokens.length } };
    },
  },
  {
    method: 'POST',
    pattern: '/v1/detokenize',
    async handle(request) {
      const body = parseInput(ToText, await request.json());
      const { id: modelId } = findModel(inference, body.model);
      request.note({ modelId });
      return { json: { content: await inference.detokenize(body.tokens, { modelId, special: true }) } };
    },
  },
];
