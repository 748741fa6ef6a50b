import { randomInt } from 'node:crypto';
import { AppError } from '../contract/index.ts';
import type { AnswerOrder, PromptOrder, Sampling } from './protocol.ts';
import { schemaToGrammar } from './schema/grammar.ts';
import type { GenerateRequest } from './types.ts';

const defaults = { topP: 0.95, topK: 40 } as const;

const samplingOf = (request: GenerateRequest): Sampling => ({
  temperature: request.temperature ?? 0,
  topP: request.topP ?? defaults.topP,
  topK: request.topK ?? defaults.topK,
  minP: request.minP ?? 0,
  seed: request.seed === undefined ? randomInt(2 ** 32) : request.seed >>> 0,
  presencePenalty: request.presencePenalty ?? 0,
  frequencyPenalty: request.frequencyPenalty ?? 0,
  logitBias: Object.entries(request.logitBias ?? {}).map(([token, bias]) => [Number(token), bias]),
});

const grammarOf = ({ grammar, schema }: Pick<GenerateRequest, 'grammar' | 'schema'>): string | null => {
  if (grammar !== undefined && schema !== undefined)
    throw new AppError('BAD_REQUEST', 'An answer follows a grammar or a JSON schema, not both. Leave one out.');
  return schema === undefined ? (grammar ?? null) : schemaToGrammar(schema);
};

/** What of a request makes the prompt, with everything that was left open filled in. @throws AppError `SCHEMA_UNSUPPORTED`, `BAD_REQUEST` */
export const promptOrder = (
  request: Pick<
    GenerateRequest,
    'input' | 'tools' | 'toolChoice' | 'parallelToolCalls' | 'reasoning' | 'grammar' | 'schema'
  >,
): PromptOrder => ({
  input: request.input,
  tools: request.tools ?? [],
  toolChoice: request.toolChoice ?? 'auto',
  parallelToolCalls: request.parallelToolCalls ?? true,
  reasoning: request.reasoning ?? null,
  grammar: grammarOf(request),
});

/** The whole of it. */
export const answerOrder = (request: GenerateRequest): AnswerOrder => ({
  ...promptOrder(request),
  maxTokens: request.maxTokens,
  sampling: samplingOf(request),
  logprobs: request.logprobs ?? null,
  stop: request.stop ?? [],
  overflow: request.overflow ?? 'error',
});
