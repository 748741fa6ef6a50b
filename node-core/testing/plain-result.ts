import type { GenerateResult } from '../inference/index.ts';

/** An answer of nothing but text, as a fake model gives it. */
export const plainResult = (text: string, told: Partial<GenerateResult> = {}): GenerateResult => ({
  text,
  reasoning: '',
  toolCalls: [],
  finishReason: 'stop',
  logprobs: null,
  promptTokens: 10,
  cachedTokens: 0,
  outputTokens: 2,
  reasoningTokens: 0,
  draft: { proposed: 0, accepted: 0 },
  queuedMs: 0,
  firstTokenMs: 1,
  totalMs: 2,
  droppedMessages: 0,
  modelId: 'model',
  place: 'this-machine',
  ...told,
});
