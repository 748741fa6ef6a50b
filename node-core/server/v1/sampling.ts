import { z } from 'zod';
import { defaultTemperature, type GenerateRequest } from '../../inference/index.ts';
import { badField } from './input.ts';

/** How an answer is drawn: the fields that chat, completions and responses share. */
export const samplingFields = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0, 'must be above 0').max(1).nullish(),
  /** `top_k` and `min_p` are not OpenAI's, but common among local servers. */
  top_k: z.number().int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.number().int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string(), z.number().min(-100).max(100)).nullish(),
} as const;

const Sampling = z.object(samplingFields);

/** A string or a few, none of them empty. */
export const StopField = z
  .union([z.string(), z.array(z.string()).max(16, 'at most 16 sequences')], 'must be a string or a list of strings')
  .nullish();

export const stopOf = (stop: z.infer<typeof StopField>): Pick<GenerateRequest, 'stop'> => {
  const sequences = (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((sequence) => sequence !== '');
  return sequences.length === 0 ? {} : { stop: sequences };
};

type Drawn = Pick<
  GenerateRequest,
  'temperature' | 'topP' | 'topK' | 'minP' | 'seed' | 'presencePenalty' | 'frequencyPenalty' | 'logitBias'
>;

/** @throws AppError `BAD_REQUEST` where a bias is for no token */
export const samplingOf = (body: z.infer<typeof Sampling>): Drawn => ({
  temperature: body.temperature ?? defaultTemperature,
  ...(body.top_p == null ? {} : { topP: body.top_p }),
  ...(body.top_k == null ? {} : { topK: body.top_k }),
  ...(body.min_p == null ? {} : { minP: body.min_p }),
  ...(body.seed == null ? {} : { seed: body.seed }),
  ...(body.presence_penalty ? { presencePenalty: body.presence_penalty } : {}),
  ...(body.frequency_penalty ? { frequencyPenalty: body.frequency_penalty } : {}),
  ...biasOf(body.logit_bias ?? {}),
});

const biasOf = (given: Readonly<Record<string, number>>): Pick<GenerateRequest, 'logitBias'> => {
  const entries = Object.entries(given).map(([token, bias]) => {
    if (!/^\d{1,9}$/.test(token))
      throw badField(`logit_bias.${token.slice(0, 40)}`, 'must be named by the id of a token');
    return [Number(token), bias] as const;
  });
  return entries.length === 0 ? {} : { logitBias: Object.fromEntries(entries) };
};
