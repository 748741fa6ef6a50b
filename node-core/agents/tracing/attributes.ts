/**
 * Names of the GenAI semantic conventions of OpenTelemetry, which are still in development: kept here so that a change of theirs is one of
 * this file alone. https://github.com/open-telemetry/semantic-conventions-genai/tree/main/docs/gen-ai
 */
export const genAi = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  workflow: 'gen_ai.workflow.name',
  conversation: 'gen_ai.conversation.id',
  agent: 'gen_ai.agent.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  requestTemperature: 'gen_ai.request.temperature',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  outputType: 'gen_ai.output.type',
  finishReasons: 'gen_ai.response.finish_reasons',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cachedTokens: 'gen_ai.usage.cache_read.input_tokens',
  toolName: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  toolCall: 'gen_ai.tool.call.id',
  /** Content, from here on. */
  toolArguments: 'gen_ai.tool.call.arguments',
  toolResult: 'gen_ai.tool.call.result',
  input: 'gen_ai.input.messages',
  output: 'gen_ai.output.messages',
} as const;

/** `gen_ai.input.messages` and the like as text: their JSON schemas stand beside the conventions. */
export const messages = {
  input: (content: string): string => JSON.stringify([{ role: 'user', parts: [{ type: 'text', content }] }]),
  output: (content: string, reason: string): string =>
    JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content }], finish_reason: reason }]),
} as const;

export const operations = {
  workflow: 'invoke_workflow',
  plan: 'plan',
  agent: 'invoke_agent',
  chat: 'chat',
  tool: 'execute_tool',
} as const;

export const finished = { stop: 'stop', length: 'length', error: 'error' } as const;

/** `error.type` of the general conventions: our error code. */
export const errorType = 'error.type';

/** What no convention names. */
export const jan = {
  runState: 'jan.run.state',
  stepId: 'jan.step.id',
  stepKind: 'jan.step.kind',
  stepTitle: 'jan.step.title',
  stepState: 'jan.step.state',
  effect: 'jan.tool.effect',
  allowedBy: 'jan.tool.allowed_by',
  question: 'jan.question.type',
} as const;
