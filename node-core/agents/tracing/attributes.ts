/**
 * Names of the GenAI semantic conventions of OpenTelemetry, which are still in development: kept here so that a change of theirs is one of
 * this file alone. https://opentelemetry.io/docs/specs/semconv/gen-ai/
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

export const operations = {
  workflow: 'invoke_workflow',
  plan: 'plan',
  agent: 'invoke_agent',
  chat: 'chat',
  tool: 'execute_tool',
} as const;

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
