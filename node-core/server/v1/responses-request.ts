import { z } from 'zod';
import type { GenerateRequest, ToolChoice, ToolDefinition } from '../../inference/index.ts';
import type { Item } from '../../threads/index.ts';
import { badField, parseInput } from './input.ts';
import { InputItem, type ReadFile, readItem, type Reference } from './items.ts';
import { Metadata } from './lists.ts';
import { type McpServer, mcpServerOf } from './mcp-tools.ts';
import { samplingFields, samplingOf } from './sampling.ts';

const FunctionTool = z.object({
  type: z.literal('function'),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  strict: z.boolean().nullish(),
});
/** The model gives its text as the one argument of a function. */
const CustomTool = z.object({
  type: z.literal('custom'),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  format: z
    .union([
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('grammar'), syntax: z.string(), definition: z.string() }),
    ])
    .nullish(),
});
const customParameters = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
  additionalProperties: false,
};
const AnyTool = z.looseObject({ type: z.string() });

const Named = z.object({ type: z.enum(['function', 'custom']), name: z.string() });
const ToolChoiceField = z.union(
  [
    z.enum(['none', 'auto', 'required']),
    Named,
    z.object({
      type: z.literal('allowed_tools'),
      mode: z.enum(['auto', 'required']),
      tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).min(1),
    }),
  ],
  'must be "none", "auto", "required", a function, a custom tool, or allowed tools',
);

const Format = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({
      type: z.literal('json_schema'),
      name: z.string(),
      description: z.string().nullish(),
      schema: z.record(z.string(), z.unknown()),
      strict: z.boolean().nullish(),
    }),
  ],
  { error: 'must be "text", "json_object" or "json_schema"' },
);

const anything = z.unknown().optional();
const conversation = z
  .union([
    z.string().min(1),
    /** `parent_id` is ours: the item to go on after, where it is not the last one. */
    z.object({ id: z.string().min(1), parent_id: z.string().min(1).nullish() }),
  ])
  .nullish();

/** What a response reads; counting its tokens asks for no more. */
const promptFields = {
  model: z.string().min(1).nullish(),
  input: z.union([z.string(), z.array(InputItem).max(10_000)], 'must be a string or a list of items').nullish(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().min(1).nullish(),
  conversation,
  tools: z.array(AnyTool).max(512).nullish(),
  tool_choice: ToolChoiceField.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning: z
    .object({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      summary: z.enum(['auto', 'concise', 'detailed', 'none']).nullish(),
      generate_summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
    })
    .nullish(),
  text: z.object({ format: Format.nullish(), verbosity: z.string().nullish() }).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
} as const;

const CountBody = z.object(promptFields);

const { temperature, top_p, top_k, min_p, seed } = samplingFields;
const ResponseBody = z.strictObject({
  ...promptFields,
  temperature,
  top_p,
  top_k,
  min_p,
  seed,
  max_output_tokens: z.number().int().positive().nullish(),
  max_tool_calls: z.number().int().positive().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  include: z.array(z.string()).nullish(),
  metadata: Metadata.nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  stream: z.boolean().nullish(),

  // Where they ask for what can't be had here.
  prompt: z.null('prompt templates are not kept here').optional(),
  moderation: z.null('there is no moderation here').optional(),
  context_management: z.array(z.never('is not supported; use "truncation"')).nullish(),

  // Without effect on what is answered here.
  stream_options: anything,
  user: anything,
  service_tier: anything,
  prompt_cache_key: anything,
  prompt_cache_options: anything,
  prompt_cache_retention: anything,
  safety_identifier: anything,
  client_metadata: anything,
});
type PromptBody = z.infer<typeof CountBody>;
export type ResponseBody = z.infer<typeof ResponseBody>;

/** What a response reads, before what came before it is looked up. */
export interface PromptAsk {
  readonly modelId: string | undefined;
  readonly items: readonly (Item | Reference)[];
  readonly instructions: string | null;
  readonly previousId: string | undefined;
  readonly conversation: { readonly id: string; readonly parentId?: string } | undefined;
  readonly tools: Pick<GenerateRequest, 'tools' | 'toolChoice' | 'parallelToolCalls' | 'schema' | 'reasoning'>;
  /** Names of tools that take a text. */
  readonly custom: ReadonlySet<string>;
  /** Servers of tools that the node itself calls. */
  readonly servers: readonly McpServer[];
  /** What was asked for and is not done, in words. */
  readonly notes: readonly string[];
}

export interface ResponseAsk extends PromptAsk {
  readonly body: ResponseBody;
  readonly draw: Pick<GenerateRequest, 'temperature' | 'topP' | 'topK' | 'minP' | 'seed' | 'logprobs' | 'overflow'>;
  readonly maxTokens: number | undefined;
  readonly store: boolean;
  readonly background: boolean;
  readonly stream: boolean;
  /** Thoughts are told as their summary. */
  readonly summary: boolean;
}

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field */
export const parseCount = (input: unknown, readFile: ReadFile): PromptAsk =>
  promptOf(parseInput(CountBody, input), readFile);

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field */
export const parseResponse = (input: unknown, readFile: ReadFile): ResponseAsk => {
  const body = parseInput(ResponseBody, input);
  const store = body.store ?? true;
  if (body.background && !store) throw badField('background', 'needs "store": true, so that it can be fetched later');
  const wantsLogprobs = body.top_logprobs != null || (body.include ?? []).includes('message.output_text.logprobs');
  const summary = body.reasoning?.summary ?? body.reasoning?.generate_summary;
  return {
    ...promptOf(body, readFile),
    body,
    draw: {
      ...samplingOf(body),
      ...(wantsLogprobs ? { logprobs: body.top_logprobs ?? 0 } : {}),
      ...(body.truncation === 'auto' ? { overflow: 'drop-oldest' as const } : {}),
    },
    maxTokens: body.max_output_tokens ?? undefined,
    store,
    background: body.background ?? false,
    stream: body.stream ?? false,
    summary: summary != null && summary !== 'none',
  };
};

const promptOf = (body: PromptBody, readFile: ReadFile): PromptAsk => {
  if (body.previous_response_id != null && body.conversation != null)
    throw badField('previous_response_id', 'can\'t be used together with "conversation"');
  const { tools, custom, servers, notes } = toolsOf(body);
  const { items, unread } = itemsOf(body.input, readFile);
  return {
    modelId: body.model ?? undefined,
    items,
    instructions: body.instructions ?? null,
    previousId: body.previous_response_id ?? undefined,
    conversation: conversationOf(body.conversation),
    tools: { ...formOf(body, tools, servers.length > 0), ...reasoningOf(body) },
    custom,
    servers,
    notes: [...notes, ...unread],
  };
};

/** Items that the model reads, and a note of each that it does not. */
const itemsOf = (
  input: PromptBody['input'],
  readFile: ReadFile,
): { readonly items: readonly (Item | Reference)[]; readonly unread: readonly string[] } => {
  if (typeof input === 'string')
    return {
      items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }],
      unread: [],
    };
  const items: (Item | Reference)[] = [];
  const unread: string[] = [];
  for (const [index, item] of (input ?? []).entries()) {
    if (item.type !== 'unread') items.push(readItem(item, `input[${index}]`, readFile));
    else
      unread.push(`input[${index}]: items of type "${item.of}" are not read here, so the model does not know of it.`);
  }
  return { items, unread };
};

const conversationOf = (given: PromptBody['conversation']): PromptAsk['conversation'] => {
  if (given == null) return undefined;
  if (typeof given === 'string') return { id: given };
  return { id: given.id, ...(given.parent_id ? { parentId: given.parent_id } : {}) };
};

const reasoningOf = ({ reasoning }: PromptBody): Pick<GenerateRequest, 'reasoning'> =>
  reasoning?.effort == null ? {} : { reasoning: reasoning.effort !== 'none' && reasoning.effort !== 'minimal' };

interface Tools {
  readonly tools: readonly ToolDefinition[];
  readonly custom: ReadonlySet<string>;
  readonly servers: readonly McpServer[];
  readonly notes: readonly string[];
}

const toolsOf = (body: PromptBody): Tools => {
  const notes: string[] = [];
  const tools: ToolDefinition[] = [];
  const custom = new Set<string>();
  const servers: McpServer[] = [];
  for (const [index, tool] of (body.tools ?? []).entries()) {
    const param = `tools[${index}]`;
    if (tool.type === 'mcp' && typeof tool['server_url'] === 'string') servers.push(mcpServerOf(tool, param));
    else if (tool.type === 'function' || tool.type === 'custom') {
      const definition = tool.type === 'function' ? functionOf(tool, param) : customOf(tool, param, notes);
      if (tools.some(({ name }) => name === definition.name))
        throw badField(`${param}.name`, 'there are two tools of this name');
      tools.push(definition);
      if (tool.type === 'custom') custom.add(definition.name);
    } else {
      const what = tool.type === 'mcp' ? 'of a connector' : `of type "${tool.type.slice(0, 60)}"`;
      notes.push(`${param}: there is no tool ${what} here, so the model was not told of it.`);
    }
  }
  if (new Set(servers.map(({ field }) => field.server_label)).size < servers.length)
    throw badField('tools', 'two MCP servers have the same "server_label"');
  const choice = body.tool_choice;
  if (typeof choice !== 'object' || choice?.type !== 'allowed_tools') return { tools, custom, servers, notes };
  const allowed = choice.tools.flatMap(({ type, name }) =>
    (type === 'function' || type === 'custom') && name !== undefined ? [name] : [],
  );
  if (allowed.some((name) => !tools.some((tool) => tool.name === name)))
    throw badField('tool_choice.tools', 'names a function that is not among "tools"');
  const labels = choice.tools.flatMap((tool) => (tool.type === 'mcp' ? [tool['server_label']] : []));
  return {
    tools: tools.filter(({ name }) => allowed.includes(name)),
    custom,
    servers: servers.filter(({ field }) => labels.includes(field.server_label)),
    notes,
  };
};

const parsedTool = <T>(schema: z.ZodType<T>, tool: unknown, param: string): T => {
  const parsed = schema.safeParse(tool);
  if (parsed.success) return parsed.data;
  throw badField(`${param}.${parsed.error.issues[0]?.path.join('.') ?? ''}`, 'no such tool can be called');
};

const functionOf = (tool: unknown, param: string): ToolDefinition => {
  const { name, description, parameters, strict } = parsedTool(FunctionTool, tool, param);
  return {
    name,
    ...(description == null ? {} : { description }),
    ...(parameters == null ? {} : { parameters }),
    ...(strict == null ? {} : { strict }),
  };
};

const customOf = (tool: unknown, param: string, notes: string[]): ToolDefinition => {
  const { name, description, format } = parsedTool(CustomTool, tool, param);
  const isGrammar = format?.type === 'grammar';
  if (isGrammar)
    notes.push(`${param}: the model reads the grammar, but the input is not held to it; check it before it is used.`);
  const grammar = isGrammar ? `The input follows this grammar (${format.syntax}):\n${format.definition}` : '';
  return {
    name,
    description: [description ?? '', grammar].filter((part) => part !== '').join('\n\n'),
    parameters: customParameters,
    strict: true,
  };
};

const choiceOf = (
  { tool_choice: choice }: PromptBody,
  tools: readonly ToolDefinition[],
  hasServers: boolean,
): ToolChoice => {
  if (choice == null) return 'auto';
  const mode =
    typeof choice === 'string' ? choice : choice.type === 'allowed_tools' ? choice.mode : { name: choice.name };
  if (typeof mode === 'object' && !tools.some(({ name }) => name === mode.name))
    throw badField('tool_choice.name', 'names a tool that is not among "tools"');
  if (mode === 'required' && tools.length === 0 && !hasServers)
    throw badField('tool_choice', 'there are no "tools" to choose from');
  return mode;
};

/** Tools, and the form of an answer that calls none. A forced call leaves no room for such an answer. */
const formOf = (body: PromptBody, tools: readonly ToolDefinition[], hasServers: boolean): PromptAsk['tools'] => {
  const toolChoice = choiceOf(body, tools, hasServers);
  const isForced = toolChoice === 'required' || typeof toolChoice === 'object';
  const format = body.text?.format;
  return {
    ...(isForced || format == null || format.type === 'text'
      ? {}
      : { schema: format.type === 'json_schema' ? format.schema : { type: 'object' } }),
    ...(tools.length === 0 && !hasServers
      ? {}
      : { tools, toolChoice, ...(body.parallel_tool_calls === false ? { parallelToolCalls: false } : {}) }),
  };
};
