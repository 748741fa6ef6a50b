import { AppError } from '../contract/index.ts';
import type { EndpointAddress } from './endpoint-errors.ts';
import type { ChatMessage, GenerateRequest, ToolDefinition } from './types.ts';

const messageBody = (message: ChatMessage): Record<string, unknown> => {
  if (message.role === 'tool') return { role: 'tool', content: message.content, tool_call_id: message.toolCallId };
  if (message.role !== 'assistant' || !message.toolCalls || message.toolCalls.length === 0)
    return { role: message.role, content: message.content };
  return {
    role: 'assistant',
    content: message.content === '' ? null : message.content,
    tool_calls: message.toolCalls.map(({ id, name, arguments: text }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  };
};

const toolBody = ({ name, description, parameters, strict }: ToolDefinition): Record<string, unknown> => ({
  type: 'function',
  function: {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict === undefined ? {} : { strict }),
  },
});

const toolsBody = ({ tools, toolChoice = 'auto', parallelToolCalls }: GenerateRequest): Record<string, unknown> => {
  if (!tools || tools.length === 0 || toolChoice === 'none') return {};
  return {
    tools: tools.map(toolBody),
    tool_choice:
      typeof toolChoice === 'object' ? { type: 'function', function: { name: toolChoice.name } } : toolChoice,
    ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
  };
};

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The request as OpenAI's API and the servers that follow it have it. @throws AppError for what can't be asked of an endpoint */
export const endpointRequest = (
  address: EndpointAddress,
  request: GenerateRequest,
): { readonly path: string; readonly body: Record<string, unknown> } => {
  const { input, schema, logprobs } = request;
  if (request.grammar !== undefined)
    throw new AppError(
      'SCHEMA_UNSUPPORTED',
      'An endpoint takes a JSON schema, not a grammar. Use the built-in model or a model file for this.',
    );
  if ('tokens' in input)
    throw new AppError('BAD_REQUEST', 'Tokens mean something only to a model on this machine. Send text.');
  const shared = {
    model: address.model,
    max_tokens: request.maxTokens,
    temperature: request.temperature ?? 0,
    stream: true,
    stream_options: { include_usage: true },
    ...given({
      top_p: request.topP,
      top_k: request.topK,
      min_p: request.minP,
      seed: request.seed,
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
      logit_bias: request.logitBias,
      stop: request.stop && request.stop.length > 0 ? request.stop : undefined,
    }),
    ...(schema
      ? { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } }
      : {}),
  };
  if ('prompt' in input)
    return { path: 'completions', body: { ...shared, prompt: input.prompt, ...given({ logprobs }) } };
  return {
    path: 'chat/completions',
    body: {
      ...shared,
      messages: input.messages.map(messageBody),
      ...toolsBody(request),
      ...(logprobs === undefined ? {} : { logprobs: true, ...(logprobs > 0 ? { top_logprobs: logprobs } : {}) }),
      // What vLLM, SGLang and llama-server call the switch of the template.
      ...(request.reasoning === undefined ? {} : { chat_template_kwargs: { enable_thinking: request.reasoning } }),
    },
  };
};
