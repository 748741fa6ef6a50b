import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { type ChatMessage, defaultTemperature, type ToolChoice, type ToolDefinition } from '../../inference/index.ts';
import type { Asked } from './answers.ts';
import { badField, parseInput } from './input.ts';

const anything = z.unknown().optional();
const cached = { cache_control: anything, citations: anything };
const TextBlock = z.object({ type: z.literal('text'), text: z.string(), ...cached });
const DocumentBlock = z.object({
  type: z.literal('document'),
  source: z.object({ type: z.literal('text', 'only documents of plain text are supported'), data: z.string() }),
  title: z.string().nullish(),
  ...cached,
});
const onlyText = 'only "text" is supported';
const ResultContent = z
  .union([z.string(), z.array(z.discriminatedUnion('type', [TextBlock, DocumentBlock], { error: onlyText }))])
  .nullish();
const UserBlock = z.discriminatedUnion(
  'type',
  [
    TextBlock,
    DocumentBlock,
    z.object({
      type: z.literal('tool_result'),
      tool_use_id: z.string(),
      content: ResultContent,
      is_error: z.boolean().nullish(),
      ...cached,
    }),
  ],
  { error: 'only blocks of "text", "tool_result" and "document" (plain text) are supported' },
);
const AssistantBlock = z.discriminatedUnion(
  'type',
  [
    TextBlock,
    z.object({ type: z.literal('thinking'), thinking: z.string(), signature: anything }),
    z.object({ type: z.literal('redacted_thinking') }),
    z.object({
      type: z.literal('tool_use'),
      id: z.string(),
      name: z.string().min(1),
      input: z.unknown(),
      ...cached,
    }),
  ],
  { error: 'only blocks of "text", "thinking" and "tool_use" are supported' },
);
const texts = z.union([z.string(), z.array(TextBlock)], 'must be a string or text blocks');
const Message = z.discriminatedUnion(
  'role',
  [
    z.object({ role: z.literal('user'), content: z.union([z.string(), z.array(UserBlock)]) }),
    z.object({ role: z.literal('assistant'), content: z.union([z.string(), z.array(AssistantBlock)]) }),
    z.object({ role: z.literal('system'), content: texts }),
  ],
  { error: 'must be "user" or "assistant"' },
);
type Message = z.infer<typeof Message>;

const Tool = z.object({
  type: z.literal('custom', 'only tools with an "input_schema" of their own are supported').nullish(),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  input_schema: z.record(z.string(), z.unknown()),
  strict: z.boolean().nullish(),
});
const parallel = { disable_parallel_tool_use: z.boolean().nullish() };
const ToolChoiceField = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('auto'), ...parallel }),
    z.object({ type: z.literal('any'), ...parallel }),
    z.object({ type: z.literal('tool'), name: z.string(), ...parallel }),
    z.object({ type: z.literal('none') }),
  ],
  { error: 'must be "auto", "any", "tool" or "none"' },
);

const prompt = {
  model: z.string().min(1),
  messages: z.array(Message).min(1, 'at least one message is needed'),
  system: texts.nullish(),
  tools: z.array(Tool).max(512).nullish(),
  tool_choice: ToolChoiceField.nullish(),
  thinking: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('disabled') }),
      z.object({ type: z.enum(['enabled', 'adaptive', 'between_tools']), display: z.string().nullish() }),
    ])
    .nullish(),
  output_config: z
    .object({
      effort: anything,
      format: z
        .object({
          type: z.literal('json_schema', 'must be "json_schema"'),
          schema: z.record(z.string(), z.unknown()),
        })
        .nullish(),
    })
    .nullish(),

  // Without effect on what is answered here.
  cache_control: anything,
  context_management: anything,
  speed: anything,
  user_profile_id: anything,
  workspace_id: anything,

  // What can't be had here.
  thread: anything,
  mcp_servers: z.array(z.unknown()).max(0, 'are not supported').nullish(),
} as const;

const CountBody = z.strictObject(prompt);
const MessagesBody = z.strictObject({
  ...prompt,
  max_tokens: z.number().int().positive(),
  stream: z.boolean().nullish(),
  stop_sequences: z.array(z.string()).max(16, 'at most 16 sequences').nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0, 'must be above 0').max(1).nullish(),
  top_k: z.number().int().min(0).nullish(),
  container: z.null('is not supported').optional(),
  metadata: anything,
  service_tier: anything,
  inference_geo: anything,
  diagnostics: anything,
});

/** What the model is to read. */
export interface MessagesPrompt {
  readonly modelId: string;
  readonly input: { readonly messages: readonly ChatMessage[] };
  readonly tools?: readonly ToolDefinition[];
  readonly reasoning: boolean;
}

/** A request for a message, understood. */
export interface MessagesRequest {
  readonly modelId: string;
  readonly asked: Omit<Asked, 'modelId'>;
  readonly stream: boolean;
  readonly showsThinking: boolean;
  readonly stopSequences: readonly string[];
}

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field */
export const parseCount = (input: unknown): MessagesPrompt => promptOf(parseInput(CountBody, input));

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field */
export const parseMessages = (input: unknown): MessagesRequest => {
  const body = parseInput(MessagesBody, input);
  const { modelId, ...asked } = promptOf(body);
  const toolChoice = choiceOf(body);
  const forced = toolChoice === 'required' || typeof toolChoice === 'object';
  const schema = forced ? undefined : body.output_config?.format?.schema;
  const choice = body.tool_choice;
  const stopSequences = (body.stop_sequences ?? []).filter((sequence) => sequence !== '');
  return {
    modelId,
    stream: body.stream ?? false,
    showsThinking:
      asked.reasoning && !(body.thinking && 'display' in body.thinking && body.thinking.display === 'omitted'),
    stopSequences,
    asked: {
      ...asked,
      maxTokens: body.max_tokens,
      temperature: body.temperature ?? defaultTemperature,
      ...(body.top_p == null ? {} : { topP: body.top_p }),
      ...(body.top_k == null ? {} : { topK: body.top_k }),
      ...(stopSequences.length === 0 ? {} : { stop: stopSequences }),
      ...(schema ? { schema } : {}),
      ...(asked.tools ? { toolChoice } : {}),
      ...(choice && choice.type !== 'none' && choice.disable_parallel_tool_use ? { parallelToolCalls: false } : {}),
    },
  };
};

/** By this code Anthropic's own library knows that it has to send the whole conversation itself. */
const unthreaded = (): AppError =>
  new AppError('BAD_REQUEST', '"thread" is not supported: send the whole conversation with each request.', {
    data: { param: 'thread', details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] } },
  });

const promptOf = (body: z.infer<typeof CountBody>): MessagesPrompt => {
  if (body.thread != null) throw unthreaded();
  const last = body.messages.length - 1;
  if (body.messages[last]?.role === 'assistant')
    throw badField(
      `messages[${last}].role`,
      'an answer can not be begun for the model; end with a message of the user',
    );
  const system = body.system == null ? [] : [{ role: 'system' as const, content: textOf(body.system) }];
  const tools = (body.tools ?? []).map(({ name, description, input_schema, strict }) => ({
    name,
    parameters: input_schema,
    ...(description == null ? {} : { description }),
    ...(strict == null ? {} : { strict }),
  }));
  return {
    modelId: body.model,
    input: { messages: [...system, ...body.messages.flatMap(toMessages)] },
    ...(tools.length === 0 ? {} : { tools }),
    // Thinking is asked for here: who does not, reads the first block as the answer.
    reasoning: body.thinking != null && body.thinking.type !== 'disabled',
  };
};

const choiceOf = ({ tools, tool_choice: choice }: z.infer<typeof CountBody>): ToolChoice => {
  if (choice == null || choice.type === 'auto') return 'auto';
  if (choice.type === 'none') return 'none';
  if (!tools?.length) throw badField('tool_choice', 'there are no "tools" to choose from');
  if (choice.type === 'any') return 'required';
  if (!tools.some(({ name }) => name === choice.name))
    throw badField('tool_choice.name', 'names a tool that is not among "tools"');
  return { name: choice.name };
};

type Block = z.infer<typeof TextBlock> | z.infer<typeof DocumentBlock>;

const textOf = (content: string | readonly Block[]): string =>
  typeof content === 'string'
    ? content
    : content.map((block) => (block.type === 'text' ? block.text : documentText(block))).join('\n\n');

const documentText = ({ title, source }: z.infer<typeof DocumentBlock>): string =>
  title == null ? source.data : `${title}\n\n${source.data}`;

/** Results of tools are messages of their own here, before what the user adds to them. */
const toMessages = (message: Message): ChatMessage[] => {
  if (message.role === 'system') return [{ role: 'system', content: textOf(message.content) }];
  if (typeof message.content === 'string') return [{ role: message.role, content: message.content }];
  if (message.role === 'assistant') return [assistantMessage(message.content)];
  const results = message.content.flatMap((block): ChatMessage[] => {
    if (block.type !== 'tool_result') return [];
    const text = textOf(block.content ?? '');
    return [{ role: 'tool', toolCallId: block.tool_use_id, content: block.is_error ? `Error: ${text}` : text }];
  });
  const said = message.content.flatMap((block) => (block.type === 'tool_result' ? [] : [block]));
  return said.length === 0 ? results : [...results, { role: 'user', content: textOf(said) }];
};

const assistantMessage = (blocks: readonly z.infer<typeof AssistantBlock>[]): ChatMessage => {
  const reasoning = blocks.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join('\n\n');
  const toolCalls = blocks.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input ?? {}) }] : [],
  );
  return {
    role: 'assistant',
    content: blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n'),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
};
