import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/errors.ts';
import type { PromptMessage, PromptOrder } from '../../protocol.ts';
import { CALL_ID } from './atoms.ts';
import { dialectOf } from './call-grammar.ts';
import type { Guard } from './structure.ts';
import { parsedArguments, type TemplateMessage, type TemplateTraits } from './template.ts';
import type { ThinkingMarks } from './thinking.ts';
import { namedId, type ToolSyntax } from './tool-syntax.ts';

type Tools = PromptOrder['tools'];
type Call = NonNullable<Extract<PromptMessage, { role: 'assistant' }>['toolCalls']>[number];

const idForm = /^[a-zA-Z0-9]{9}$/u;
/** Of the one form that every template takes. */
const templateId = (id: string): string =>
  idForm.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const MAX_DEPTH = 128;
/** Every text inside a value, names included. */
const mapTexts = (value: unknown, map: (text: string) => string, depth = 0): unknown => {
  if (typeof value === 'string') return map(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH)
    throw new AppError(
      'BAD_REQUEST',
      `Tools and arguments may be nested ${MAX_DEPTH} levels deep. Use a flatter form.`,
    );
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [map(key), mapTexts(item, map, depth + 1)]));
};

/** All texts that a guard must know. */
export const textsOf = (messages: readonly PromptMessage[], tools: Tools): string[] => [
  ...messages.flatMap((message) => [
    message.content,
    ...(message.role === 'assistant'
      ? [message.reasoning ?? '', ...(message.toolCalls ?? []).flatMap((call) => [call.name, call.arguments])]
      : []),
  ]),
  ...tools.flatMap(({ name, description = '', parameters }) => [name, description, JSON.stringify(parameters ?? {})]),
];

export const guardedTools = (tools: Tools, guard: Guard): Tools =>
  tools.map((tool) => ({
    ...tool,
    name: guard.protect(tool.name),
    ...(tool.description === undefined ? {} : { description: guard.protect(tool.description) }),
    ...(tool.parameters === undefined
      ? {}
      : { parameters: Object.fromEntries(Object.entries(mapTexts(tool.parameters, guard.protect) ?? {})) }),
  }));

/** What a model without a form of its own for tools is told; the words are those that models have learned it with. */
const toolPrompt = (tools: Tools, syntax: ToolSyntax): string => {
  const listed = tools
    .map(({ name, description = '', parameters }) =>
      JSON.stringify({
        type: 'function',
        function: { name, description, parameters: parameters ?? { type: 'object' } },
      }),
    )
    .join('\n');
  const shown = `${syntax.open}function-name${syntax.middle}${syntax.form.kind === 'json' ? '{"argument": "value"}' : ''}${syntax.close}`;
  return [
    'You may call functions to help with the request. These are their signatures, between <tools> and </tools>:',
    `<tools>\n${listed}\n</tools>`,
    `For each call, write:\n${shown}\nThe result comes between <tool_response> and </tool_response>.`,
  ].join('\n\n');
};

const writtenCalls = (calls: readonly Call[], syntax: ToolSyntax, protect: (text: string) => string): string => {
  const dialect = dialectOf(syntax.form);
  const texts = calls.map(({ name, arguments: text }) => {
    const args = parsedArguments(text);
    const inside =
      isRecord(args) && syntax.form.kind === 'python'
        ? Object.entries(args)
            .map(([key, value]) => `${key}=${dialect.constant(value)}`)
            .join(', ')
        : JSON.stringify(args);
    return protect(name) + syntax.middle + protect(inside);
  });
  return `${syntax.open}${texts.join(syntax.between ?? syntax.close + syntax.open)}${syntax.close}`.replaceAll(
    CALL_ID,
    '',
  );
};

/** Thoughts that a client sent back as part of the text. */
const splitThoughts = (content: string, marks: ThinkingMarks | null): { thought: string; rest: string } => {
  const from = content.trimStart();
  if (!marks || !from.startsWith(marks.open)) return { thought: '', rest: content };
  const end = from.indexOf(marks.close);
  if (end < 0) return { thought: '', rest: content };
  return { thought: from.slice(marks.open.length, end).trim(), rest: from.slice(end + marks.close.length).trimStart() };
};

const hasCall = (message: PromptMessage, id: string): boolean =>
  message.role === 'assistant' && (message.toolCalls ?? []).some((call) => call.id === id);

/** For a template that takes one call at a time: each call in a message of its own, before its own result. */
const oneByOne = (messages: readonly PromptMessage[]): PromptMessage[] => {
  const out: PromptMessage[] = [];
  let later: PromptMessage[] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      const at = later.findIndex((one) => hasCall(one, message.toolCallId));
      if (at >= 0) out.push(...later.splice(at, 1));
    } else out.push(...later.splice(0));
    const [first, ...rest] = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
    out.push(first && message.role === 'assistant' ? { ...message, toolCalls: [first] } : message);
    later = [...later, ...rest.map((call) => ({ role: 'assistant' as const, content: '', toolCalls: [call] }))];
  }
  return [...out, ...later];
};

export interface ConversationOptions {
  readonly traits: TemplateTraits;
  readonly syntax: ToolSyntax;
  readonly marks: ThinkingMarks | null;
  readonly guard: Guard;
  readonly tools: Tools;
}

/** The conversation as the template takes it: what it has no role or form for is told in the text of another message. */
export const conversationFor = (
  messages: readonly PromptMessage[],
  { traits, syntax, marks, guard, tools }: ConversationOptions,
): TemplateMessage[] => {
  const { protect } = guard;
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const idOf = (call: Call): string => {
    const id = syntax.namedIds ? protect(namedId(call.name, ids.size)) : templateId(call.id);
    ids.set(call.id, id);
    return id;
  };
  const system: string[] = [];
  let rest: TemplateMessage[] = [];

  for (const message of traits.toolCalls && !traits.parallelToolCalls ? oneByOne(messages) : messages) {
    if (message.role === 'system') {
      if (rest.length === 0 || !traits.lateSystem) system.push(protect(message.content));
      else rest.push({ role: 'system', content: protect(message.content) });
    } else if (message.role === 'user') rest.push({ role: 'user', content: protect(message.content) });
    else if (message.role === 'tool') {
      const name = names.get(message.toolCallId) ?? '';
      if (traits.toolRole)
        rest.push({
          role: 'tool',
          content: protect(message.content),
          tool_call_id: ids.get(message.toolCallId) ?? templateId(message.toolCallId),
          name: protect(name),
        });
      else rest.push({ role: 'user', content: `<tool_response>\n${protect(message.content)}\n</tool_response>` });
    } else {
      const calls = message.toolCalls ?? [];
      for (const call of calls) names.set(call.id, call.name);
      const split = splitThoughts(message.content, marks);
      const thought = protect(message.reasoning ?? split.thought);
      const content = protect(split.rest);
      const thinking = thought === '' ? {} : { reasoning_content: thought, reasoning: thought, thinking: thought };
      if (calls.length === 0) rest.push({ role: 'assistant', content, ...thinking });
      else if (traits.toolCalls) {
        const apart = traits.callsApart && content !== '';
        if (apart) rest.push({ role: 'assistant', content });
        rest.push({
          role: 'assistant',
          content: apart ? '' : content,
          ...thinking,
          tool_calls: calls.map((call) => ({
            id: idOf(call),
            type: 'function',
            function: { name: protect(call.name), arguments: mapTexts(parsedArguments(call.arguments), protect) },
          })),
        });
      } else
        rest.push({
          role: 'assistant',
          content: `${content}${content === '' ? '' : '\n'}${writtenCalls(calls, syntax, protect)}`,
          ...thinking,
        });
    }
  }

  if (tools.length > 0 && !traits.tools) system.push(toolPrompt(tools, syntax));
  if (system.length > 0) {
    const content = system.join('\n\n');
    const [first] = rest;
    if (traits.systemRole) rest.unshift({ role: 'system', content });
    else if (first?.role === 'user') rest[0] = { role: 'user', content: `${content}\n\n${first.content}` };
    else rest.unshift({ role: 'user', content });
  }
  if (!traits.sameRoleTwice) rest = merged(rest);
  return rest;
};

/** Neighbours of one role as one message. */
const merged = (messages: readonly TemplateMessage[]): TemplateMessage[] => {
  const out: TemplateMessage[] = [];
  for (const message of messages) {
    const last = out.at(-1);
    const plain = message.role === 'user' || (message.role === 'assistant' && !message.tool_calls && !last?.tool_calls);
    if (plain && last?.role === message.role) {
      const content = [last.content, message.content].filter((text) => text !== '').join('\n\n');
      out[out.length - 1] = { ...last, content };
    } else out.push(message);
  }
  return out;
};
