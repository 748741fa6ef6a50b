import { z } from 'zod';
import type { Item } from '../../threads/index.ts';
import { badField } from './input.ts';

const prefixes = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  mcp_list_tools: 'mcpl',
  mcp_call: 'mcp',
  mcp_approval_request: 'mcpr',
  mcp_approval_response: 'mcpa',
} as const;

/** The name under which programs know an id of ours. */
export const publicId = (prefix: string, id: string): string => `${prefix}_${id.replaceAll('-', '')}`;

/** Our id behind a public one; of an id that was never given out, one that nothing has. */
export const innerId = (id: string): string => {
  const hex = /^[a-z]+_([0-9a-f]{32,40})$/.exec(id)?.[1];
  if (hex === undefined) return '';
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : hex;
};

/** The public id of an item. */
export const itemName = (type: Item['type'], id: string): string => publicId(prefixes[type], id);

/** An item with what OpenAI's clients expect beside its content. */
export const showItem = (id: string, item: Item, status: ItemStatus = 'completed'): ShownItem => ({
  id: itemName(item.type, id),
  ...item,
  status: item.type === 'mcp_call' && item.error !== null ? 'failed' : status,
});
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed';
export type ShownItem = Item & { readonly id: string; readonly status: ItemStatus };

const asText = { input_text: 'input_text', output_text: 'output_text', text: 'text', refusal: 'refusal' } as const;
const Part = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.enum([asText.input_text, asText.output_text, asText.text]), text: z.string() }),
    z.object({ type: z.literal(asText.refusal), refusal: z.string() }),
    z.object({
      type: z.literal('input_file'),
      filename: z.string().max(255).nullish(),
      file_data: z.string().min(1).nullish(),
      file_id: z.string().min(1).nullish(),
    }),
  ],
  { error: 'must be "input_text", "output_text", "refusal" or "input_file"; images and sound can\'t be read here' },
);
type Part = z.infer<typeof Part>;
const Content = z.union([z.string(), z.array(Part)], 'must be a string or an array of parts');
const Texts = z.array(z.object({ text: z.string() })).nullish();

const mcpCall = { server_label: z.string(), name: z.string().min(1), arguments: z.string() } as const;

const Typed = z.discriminatedUnion(
  'type',
  [
    z.object({
      type: z.literal('message'),
      role: z.enum(['user', 'assistant', 'system', 'developer']),
      content: Content,
    }),
    z.object({ type: z.literal('reasoning'), summary: Texts, content: Texts, encrypted_content: z.string().nullish() }),
    z.object({
      type: z.literal('function_call'),
      call_id: z.string().min(1).max(200),
      name: z.string().min(1),
      arguments: z.string(),
    }),
    z.object({
      type: z.literal('custom_tool_call'),
      call_id: z.string().min(1).max(200),
      name: z.string().min(1),
      input: z.string(),
    }),
    z.object({
      type: z.enum(['function_call_output', 'custom_tool_call_output']),
      call_id: z.string().min(1).max(200),
      output: Content,
    }),
    z.object({
      type: z.literal('local_shell_call'),
      call_id: z.string().min(1).max(200),
      action: z.record(z.string(), z.unknown()),
    }),
    z.object({
      type: z.literal('local_shell_call_output'),
      /** Of the call; some programs say `call_id`. */
      id: z.string().min(1).max(200).nullish(),
      call_id: z.string().min(1).max(200).nullish(),
      output: Content,
    }),
    z.object({ type: z.literal('unread'), of: z.string().max(80) }),
    z.object({ type: z.literal('item_reference'), id: z.string().min(1) }),
    z.object({
      type: z.literal('mcp_list_tools'),
      server_label: z.string(),
      tools: z.array(
        z.object({
          name: z.string(),
          description: z.string().nullable().default(null),
          input_schema: z.record(z.string(), z.unknown()),
          annotations: z.record(z.string(), z.unknown()).nullable().default(null),
        }),
      ),
    }),
    z.object({
      type: z.literal('mcp_call'),
      ...mcpCall,
      output: z.string().nullable().default(null),
      error: z.string().nullable().default(null),
      approval_request_id: z.string().nullable().default(null),
    }),
    z.object({ type: z.literal('mcp_approval_request'), id: z.string().min(1), ...mcpCall }),
    z.object({
      type: z.literal('mcp_approval_response'),
      approval_request_id: z.string().min(1),
      approve: z.boolean(),
    }),
  ],
  {
    error:
      'must be "message", "reasoning", "item_reference", a call of a tool, its output, or one of "mcp_…"; there is nothing here that makes others',
  },
);

const read: ReadonlySet<string> = new Set([...Object.keys(prefixes), 'local_shell_call', 'local_shell_call_output']);
/** What a tool of another place did (`web_search_call`, `shell_call_output`, …). */
const isUnread = (type: unknown): type is string =>
  typeof type === 'string' && /^[a-z_]{1,60}_call(_output)?$/.test(type) && !read.has(type);

/** As programs send it: a message may leave its type out, a reference its too. Calls of tools that are not known here are `unread`. */
export const InputItem = z.preprocess((value) => {
  if (typeof value !== 'object' || value === null) return value;
  if ('type' in value) return isUnread(value.type) ? { type: 'unread', of: value.type } : value;
  if ('role' in value) return { ...value, type: 'message' };
  return 'id' in value ? { ...value, type: 'item_reference' } : value;
}, Typed);
export type InputItem = z.infer<typeof InputItem>;
export type ReadItem = Exclude<InputItem, { type: 'unread' }>;
export type Reference = Extract<InputItem, { type: 'item_reference' }>;

/** A file of `/v1/files`. @throws AppError `NOT_FOUND` */
export type ReadFile = (id: string) => { readonly name: string; readonly data: Uint8Array };

/** @throws AppError `BAD_REQUEST` where a file holds no text; `param` is where the item stands in the request */
export const readItem = (input: ReadItem, param: string, readFile: ReadFile): Item | Reference => {
  switch (input.type) {
    case 'message': {
      const isAnswer = input.role === 'assistant';
      const parts =
        typeof input.content === 'string' ? [{ type: 'text' as const, text: input.content }] : input.content;
      return {
        type: 'message',
        role: input.role,
        content: parts.map((part, index) => {
          if (part.type === 'refusal') return part;
          const text = part.type === 'input_file' ? fileText(part, `${param}.content[${index}]`, readFile) : part.text;
          return isAnswer ? { type: 'output_text', text, annotations: [], logprobs: [] } : { type: 'input_text', text };
        }),
      };
    }
    case 'reasoning':
      return {
        type: 'reasoning',
        summary: (input.summary ?? []).map(({ text }) => ({ type: 'summary_text', text })),
        ...(input.content ? { content: input.content.map(({ text }) => ({ type: 'reasoning_text', text })) } : {}),
        ...(input.encrypted_content === undefined ? {} : { encrypted_content: input.encrypted_content }),
      };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return {
        type: input.type,
        call_id: input.call_id,
        output: outputOf(input.output, param, readFile),
      };
    case 'local_shell_call':
      // For the model it is a function like any other.
      return {
        type: 'function_call',
        call_id: input.call_id,
        name: 'local_shell',
        arguments: JSON.stringify(input.action),
      };
    case 'local_shell_call_output':
      return {
        type: 'function_call_output',
        call_id: input.call_id ?? input.id ?? '',
        output: outputOf(input.output, param, readFile),
      };
    default:
      return input;
  }
};

const outputOf = (output: z.infer<typeof Content>, param: string, readFile: ReadFile): string =>
  typeof output === 'string' ? output : output.map((part) => plain(part, param, readFile)).join('');

const plain = (part: Part, param: string, readFile: ReadFile): string =>
  part.type === 'refusal'
    ? part.refusal
    : part.type === 'input_file'
      ? fileText(part, `${param}.output`, readFile)
      : part.text;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A file of text, under its name. */
const fileText = (part: Extract<Part, { type: 'input_file' }>, param: string, readFile: ReadFile): string => {
  const { name, data, field } = contentsOf(part, param, readFile);
  let text = '\0';
  try {
    text = decoder.decode(data);
  } catch {
    // What is no UTF-8 is no text.
  }
  if (text.includes('\0'))
    throw badField(`${param}.${field}`, 'is no text in UTF-8; only files of text can be read here');
  return `<attachment name=${JSON.stringify(name)}>\n${text}\n</attachment>`;
};

const contentsOf = (
  { filename, file_data: encoded, file_id: id }: Extract<Part, { type: 'input_file' }>,
  param: string,
  readFile: ReadFile,
): { readonly name: string; readonly data: Uint8Array; readonly field: string } => {
  if (encoded != null) {
    const base64 = /^data:[^,]*;base64,(.*)$/s.exec(encoded)?.[1] ?? encoded;
    return { name: filename ?? 'file', data: Buffer.from(base64, 'base64'), field: 'file_data' };
  }
  if (id == null) throw badField(param, 'needs "file_data" or "file_id"; files are not fetched from elsewhere');
  const { name, data } = readFile(id);
  return { name: filename ?? name, data, field: 'file_id' };
};
