import type { GenerateResult, TokenLogprob, TokenProbability } from '../../inference/index.ts';
import type { ApiRequest } from './route.ts';

const sum = (results: readonly GenerateResult[], of: (result: GenerateResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0);

const speed = (tokens: number, millis: number): number =>
  tokens > 0 && millis > 0 ? Math.round((tokens / millis) * 100_000) / 100 : 0;
const rounded = (millis: number): number => Math.round(millis * 1_000) / 1_000;

export const finishReasons = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls' } as const;

/** The way OpenAI counts: each prompt once, whatever its number of answers, which follow one another. */
export const usageOf = (results: readonly GenerateResult[], answersPerPrompt = results.length) => {
  const prompts = results.filter((_, index) => index % answersPerPrompt === 0);
  const prompt = sum(prompts, ({ promptTokens }) => promptTokens);
  const output = sum(results, ({ outputTokens }) => outputTokens);
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: sum(prompts, ({ cachedTokens }) => cachedTokens), audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: sum(results, ({ reasoningTokens }) => reasoningTokens),
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
};

/** Where the time went, in milliseconds and tokens per second, under llama-server's names; `queued_ms` and `first_token_ms` are ours. */
export const timingsOf = (result: GenerateResult) => {
  const read = result.promptTokens - result.cachedTokens;
  const readMs = Math.max(0, result.firstTokenMs - result.queuedMs);
  const writeMs = Math.max(0, result.totalMs - result.firstTokenMs);
  return {
    queued_ms: rounded(result.queuedMs),
    cache_n: result.cachedTokens,
    prompt_n: read,
    prompt_ms: rounded(readMs),
    prompt_per_second: speed(read, readMs),
    first_token_ms: rounded(result.firstTokenMs),
    predicted_n: result.outputTokens,
    predicted_ms: rounded(writeMs),
    predicted_per_second: speed(result.outputTokens - 1, writeMs),
    draft_n: result.draft.proposed,
    draft_n_accepted: result.draft.accepted,
  };
};

/** Tells the request log what the answers took. */
export const noteResults = (request: ApiRequest, results: readonly GenerateResult[]): void => {
  const [first] = results;
  if (!first) return;
  request.note({
    modelId: first.modelId,
    promptTokens: sum(results, ({ promptTokens }) => promptTokens),
    cachedTokens: sum(results, ({ cachedTokens }) => cachedTokens),
    outputTokens: sum(results, ({ outputTokens }) => outputTokens),
    firstTokenMs: Math.min(...results.map(({ firstTokenMs }) => firstTokenMs)),
  });
};

const probability = ({ text, logprob, bytes }: TokenProbability) => ({ token: text, logprob, bytes });

/** As a choice of a chat has them. */
export const logprobsOf = (tokens: readonly TokenLogprob[] | null | undefined) =>
  tokens
    ? {
        content: tokens.map((token) => ({ ...probability(token), top_logprobs: token.top.map(probability) })),
        refusal: null,
      }
    : null;
