import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import type { ChatMessage, GenerateRequest } from '../inference/index.ts';

const TextPart = z.object({
  type: z.enum(['text', 'refusal'], 'only parts of type "text" are supported'),
  text: z.string().optional(),
  refusal: z.string().optional(),
});
const Message = z.object({
  role: z.enum(
    ['system', 'developer', 'user', 'assistant'],
    'must be one of "system", "developer", "user", "assistant"',
  ),
  content: z.union([z.string(), z.array(TextPart)], 'must be a string or an array of text parts'),
  name: z.string().optional(),
  tool_calls: z.array(z.unknown()).max(0, 'tool calls are not supported').nullish(),
  function_call: z.null('function calls are not supported').optional(),
});

const ResponseFormat = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object({
        name: z.string(),
        description: z.string().optional(),
        schema: z.record(z.string(), z.unknown()),
        strict: z.boolean().nullish(),
      }),
    }),
  ],
  { error: 'must have the type "text", "json_object" or "json_schema"' },
);

const ChatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(Message).min(1, 'at least one message is needed'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  response_format: ResponseFormat.nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4, 'at most 4 sequences')]).nullish(),
  seed: z.number().int().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0, 'must be above 0').max(1).nullish(),
  /** Not OpenAI's, but common among local servers. */
  top_k: z.number().int().min(0).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),

  // Accepted where they ask for what happens anyway.
  n: z.literal(1, 'only one answer per request is supported').nullish(),
  logprobs: z.literal(false, 'is not supported').nullish(),
  frequency_penalty: z.literal(0, 'is not supported').nullish(),
  presence_penalty: z.literal(0, 'is not supported').nullish(),
  logit_bias: z.record(z.string(), z.never('is not supported')).nullish(),
  tools: z.array(z.unknown()).max(0, 'tools are not supported').nullish(),
  functions: z.array(z.unknown()).max(0, 'functions are not supported').nullish(),
  tool_choice: z.enum(['none', 'auto'], 'tools are not supported').nullish(),
  modalities: z.array(z.literal('text', 'only "text" is supported')).nullish(),

  // Without effect on what is answered here.
  user: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  store: z.boolean().nullish(),
  service_tier: z.string().nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_retention: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  reasoning_effort: z.string().nullish(),
  verbosity: z.string().nullish(),
});

/** A chat request, understood: what to generate and how to answer. */
export interface Chat {
  readonly modelId: string;
  readonly generate: Omit<GenerateRequest, 'signal' | 'onText' | 'maxTokens' | 'modelId'>;
  readonly maxTokens: number | undefined;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** @throws AppError `BAD_REQUEST` whose `data.param` names the field. */
export const parseChat = (text: string): Chat => {
  const parsed = ChatRequest.safeParse(parseJson(text));
  if (!parsed.success) throw refusal(parsed.error.issues);
  const body = parsed.data;
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []);
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? undefined;
  return {
    modelId: body.model,
    maxTokens,
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    generate: {
      input: { messages: body.messages.map(toMessage) },
      ...schemaOf(body.response_format),
      ...(body.temperature == null ? {} : { temperature: body.temperature }),
      ...(body.top_p == null ? {} : { topP: body.top_p }),
      ...(body.top_k == null ? {} : { topK: body.top_k }),
      ...(body.seed == null ? {} : { seed: body.seed }),
      ...(stop.length === 0 ? {} : { stop: stop.filter((sequence) => sequence !== '') }),
    },
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause: the engine's message quotes what was sent.
    throw new AppError('BAD_REQUEST', 'The body is not valid JSON. Send one JSON object.');
  }
};

const toMessage = ({ role, content }: z.infer<typeof Message>): ChatMessage => ({
  role: role === 'developer' ? 'system' : role,
  content: typeof content === 'string' ? content : content.map((part) => part.text ?? part.refusal ?? '').join(''),
});

const schemaOf = (format: z.infer<typeof ResponseFormat> | null | undefined): Pick<GenerateRequest, 'schema'> => {
  if (format?.type === 'json_object') return { schema: { type: 'object' } };
  return format?.type === 'json_schema' ? { schema: format.json_schema.schema } : {};
};

const refusal = (issues: readonly z.core.$ZodIssue[]): AppError => {
  const issue = deepest(issues);
  if (issue?.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].join('.');
    return new AppError('BAD_REQUEST', `Unrecognized request argument supplied: ${param}. Leave it out.`, {
      data: { param },
    });
  }
  const param = issue ? path(issue.path) : '';
  return new AppError(
    'BAD_REQUEST',
    `"${param || 'body'}" is not usable: ${issue?.message ?? 'not what this call takes'}.`,
    { data: { param: param || null } },
  );
};

/** Inside a union the issue of the branch that got furthest says more than "no branch fits". */
const deepest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined => {
  const issue = issues[0];
  if (issue?.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner && inner.path.length > 0 ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
};

/** As OpenAI writes it: `messages[0].content`. */
const path = (parts: readonly PropertyKey[]): string =>
  parts.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );
