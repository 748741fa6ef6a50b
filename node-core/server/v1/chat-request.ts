import { z } from 'zod';
import type { ChatMessage, GenerateRequest, ToolChoice, ToolDefinition } from '../../inference/index.ts';
import { badField, parseInput } from './input.ts';
import { samplingFields, samplingOf, StopField, stopOf } from './sampling.ts';

const TextPart = z.object({
  type: z.enum(['text', 'refusal'], 'only parts of type "text" are supported'),
  text: z.string().optional(),
  refusal: z.string().optional(),
});
const Content = z.union([z.string(), z.array(TextPart)], 'must be a string or an array of text parts');
const name = z.string().nullish();
const ToolCallField = z.object({
  id: z.string().min(1),
  type: z.literal('function', 'only calls of functions are supported').default('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});
const Message = z.discriminatedUnion(
  'role',
  [
    z.object({ role: z.enum(['system', 'developer', 'user']), content: Content, name }),
    z.object({
      role: z.literal('assistant'),
      content: Content.nullish(),
      refusal: z.string().nullish(),
      reasoning_content: z.string().nullish(),
      tool_calls: z.array(ToolCallField).nullish(),
      audio: z.null('audio is not supported').optional(),
      function_call: z.null('is not supported; use "tool_calls"').optional(),
      name,
    }),
    z.object({ role: z.literal('tool'), content: Content, tool_call_id: z.string(), name }),
  ],
  { error: 'must be one of "system", "developer", "user", "assistant", "tool"' },
);

const ResponseFormat = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    // A schema here is how other local servers have it.
    z.object({ type: z.literal('json_object'), schema: z.record(z.string(), z.unknown()).nullish() }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object({
        name: z.string(),
        description: z.string().nullish(),
        schema: z.record(z.string(), z.unknown()).nullish(),
        strict: z.boolean().nullish(),
      }),
    }),
  ],
  { error: 'must be "text", "json_object" or "json_schema"' },
);

const Tool = z.object({
  type: z.literal('function', 'only tools of type "function" are supported'),
  function: z.object({
    name: z.string().min(1).max(256),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
    strict: z.boolean().nullish(),
  }),
});
const NamedFunction = z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) });
const ToolChoiceField = z.union(
  [
    z.enum(['none', 'auto', 'required']),
    NamedFunction,
    z.object({
      type: z.literal('allowed_tools'),
      allowed_tools: z.object({ mode: z.enum(['auto', 'required']), tools: z.array(NamedFunction).min(1) }),
    }),
  ],
  'must be "none", "auto", "required", a function, or allowed functions',
);

/** Answers to one prompt; each takes a place of its own in the engine. */
const maxChoices = 8;
const anything = z.unknown().optional();
const useTools = z.null('is not supported; use "tools"').optional();

const ChatBody = z.strictObject({
  ...samplingFields,
  model: z.string().min(1),
  messages: z.array(Message).min(1, 'at least one message is needed'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  response_format: ResponseFormat.nullish(),
  stop: StopField,
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  n: z.number().int().min(1).max(maxChoices, `at most ${maxChoices} answers per request`).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  tools: z.array(Tool).max(512).nullish(),
  tool_choice: ToolChoiceField.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  /** As llama-server and vLLM spell it. */
  chat_template_kwargs: z.strictObject({ enable_thinking: z.boolean().optional() }).nullish(),
  /** Of OpenAI's Responses: whether the oldest messages may be left out where they don't fit. */
  truncation: z.enum(['auto', 'disabled']).nullish(),
  store: z.boolean().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),

  // Where they ask for what can't be had here.
  modalities: z.array(z.literal('text', 'only "text" is supported')).nullish(),
  audio: z.null('audio is not supported').optional(),
  functions: useTools,
  function_call: useTools,
  web_search_options: z.null('there is no web search here').optional(),
  moderation: z.null('there is no moderation here').optional(),

  // Without effect on what is answered here.
  user: anything,
  service_tier: anything,
  prediction: anything,
  prompt_cache_key: anything,
  prompt_cache_options: anything,
  prompt_cache_retention: anything,
  cache_prompt: anything,
  safety_identifier: anything,
  verbosity: anything,
});
type ChatBody = z.infer<typeof ChatBody>;

/** A chat request, understood: what to generate and how to answer. */
export interface Chat {
  readonly modelId: string;
  readonly generate: Omit<GenerateRequest, 'signal' | 'onText' | 'onPart' | 'maxTokens' | 'modelId'>;
  readonly maxTokens: number | undefined;
  readonly choices: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** Where the answer is to be kept. */
  readonly store: boolean;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field */
export const parseChat = (input: unknown): Chat => {
  const body = parseInput(ChatBody, input);
  const reasoning = reasoningOf(body);
  return {
    modelId: body.model,
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    choices: body.n ?? 1,
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    store: body.store ?? false,
    metadata: body.metadata ?? null,
    generate: {
      ...samplingOf(body),
      ...stopOf(body.stop),
      ...logprobsOf(body),
      ...formOf(body),
      ...(reasoning === undefined ? {} : { reasoning }),
      ...(body.truncation === 'auto' ? { overflow: 'drop-oldest' as const } : {}),
      input: { messages: body.messages.map(toMessage) },
    },
  };
};

const textOf = (content: z.infer<typeof Content> | null | undefined): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? part.refusal ?? '').join('');

const toMessage = (message: z.infer<typeof Message>): ChatMessage => {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(message.content) };
    case 'user':
      return { role: 'user', content: textOf(message.content) };
    case 'tool':
      return { role: 'tool', content: textOf(message.content), toolCallId: message.tool_call_id };
    case 'assistant': {
      const calls = message.tool_calls ?? [];
      return {
        role: 'assistant',
        content: textOf(message.content) || (message.refusal ?? ''),
        ...(message.reasoning_content ? { reasoning: message.reasoning_content } : {}),
        ...(calls.length === 0 ? {} : { toolCalls: calls.map(({ id, function: called }) => ({ id, ...called })) }),
      };
    }
  }
};

const reasoningOf = ({ reasoning_effort, chat_template_kwargs }: ChatBody): boolean | undefined => {
  if (chat_template_kwargs?.enable_thinking !== undefined) return chat_template_kwargs.enable_thinking;
  return reasoning_effort == null ? undefined : reasoning_effort !== 'none' && reasoning_effort !== 'minimal';
};

const logprobsOf = ({ logprobs, top_logprobs }: ChatBody): Pick<GenerateRequest, 'logprobs'> => {
  if (top_logprobs && !logprobs) throw badField('top_logprobs', 'needs "logprobs": true');
  return logprobs ? { logprobs: top_logprobs ?? 0 } : {};
};

/** Tools, and the form of an answer that calls none. A forced call leaves no room for such an answer. */
const formOf = (body: ChatBody): Pick<GenerateRequest, 'tools' | 'toolChoice' | 'parallelToolCalls' | 'schema'> => {
  const tools = toolsOf(body);
  const toolChoice = choiceOf(body, tools);
  const forced = toolChoice === 'required' || typeof toolChoice === 'object';
  return {
    ...(forced ? {} : schemaOf(body.response_format)),
    ...(tools.length === 0
      ? {}
      : { tools, toolChoice, ...(body.parallel_tool_calls === false ? { parallelToolCalls: false } : {}) }),
  };
};

const allowedOf = ({ tool_choice: choice }: ChatBody) =>
  typeof choice === 'object' && choice?.type === 'allowed_tools' ? choice.allowed_tools : undefined;

const toolsOf = (body: ChatBody): readonly ToolDefinition[] => {
  const tools = (body.tools ?? []).map(({ function: { name: toolName, description, parameters, strict } }) => ({
    name: toolName,
    ...(description == null ? {} : { description }),
    ...(parameters == null ? {} : { parameters }),
    ...(strict == null ? {} : { strict }),
  }));
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    if (names.has(tool.name)) throw badField(`tools[${index}].function.name`, 'there are two tools of this name');
    names.add(tool.name);
  }
  const allowed = allowedOf(body)?.tools.map(({ function: { name: allowedName } }) => allowedName);
  if (allowed?.some((allowedName) => !names.has(allowedName)))
    throw badField('tool_choice.allowed_tools.tools', 'names a function that is not among "tools"');
  return allowed ? tools.filter((tool) => allowed.includes(tool.name)) : tools;
};

const choiceOf = (body: ChatBody, tools: readonly ToolDefinition[]): ToolChoice => {
  const { tool_choice: choice } = body;
  if (choice == null) return 'auto';
  const named = typeof choice === 'object' && choice.type === 'function' ? choice.function.name : undefined;
  if (named !== undefined && !tools.some((tool) => tool.name === named))
    throw badField('tool_choice.function.name', 'names a function that is not among "tools"');
  const mode = named === undefined ? (allowedOf(body)?.mode ?? choice) : { name: named };
  if (mode === 'required' && tools.length === 0) throw badField('tool_choice', 'there are no "tools" to choose from');
  return typeof mode === 'object' && !('name' in mode) ? 'auto' : mode;
};

const schemaOf = (format: ChatBody['response_format']): Pick<GenerateRequest, 'schema'> => {
  if (format == null || format.type === 'text') return {};
  return { schema: (format.type === 'json_schema' ? format.json_schema : format).schema ?? { type: 'object' } };
};
