import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import type { ChatMessage, ToolCall } from '../inference/index.ts';

/** Items of OpenAI's Responses and Conversations, as far as a text model can read them. Ids and status are given when they are shown. */
export const ContentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text: z.string() }),
  z.object({
    type: z.literal('output_text'),
    text: z.string(),
    annotations: z.array(z.unknown()),
    logprobs: z.array(z.unknown()),
  }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
]);
export type ContentPart = z.infer<typeof ContentPart>;

export type Item =
  | {
      readonly type: 'message';
      readonly role: 'user' | 'assistant' | 'system' | 'developer';
      readonly content: readonly ContentPart[];
    }
  | {
      readonly type: 'reasoning';
      readonly summary: readonly { readonly type: 'summary_text'; readonly text: string }[];
      readonly content?: readonly { readonly type: 'reasoning_text'; readonly text: string }[];
      readonly encrypted_content?: string | null;
    }
  | { readonly type: 'function_call'; readonly call_id: string; readonly name: string; readonly arguments: string }
  | { readonly type: 'function_call_output'; readonly call_id: string; readonly output: string }
  | { readonly type: 'custom_tool_call'; readonly call_id: string; readonly name: string; readonly input: string }
  | { readonly type: 'custom_tool_call_output'; readonly call_id: string; readonly output: string }
  | {
      readonly type: 'mcp_list_tools';
      readonly server_label: string;
      readonly tools: readonly {
        readonly name: string;
        readonly description: string | null;
        readonly input_schema: Readonly<Record<string, unknown>>;
        readonly annotations: Readonly<Record<string, unknown>> | null;
      }[];
    }
  | {
      readonly type: 'mcp_call';
      readonly server_label: string;
      readonly name: string;
      readonly arguments: string;
      readonly output: string | null;
      readonly error: string | null;
      readonly approval_request_id: string | null;
    }
  | {
      readonly type: 'mcp_approval_request';
      /** By which it is answered. */
      readonly id: string;
      readonly server_label: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'mcp_approval_response'; readonly approval_request_id: string; readonly approve: boolean };

export const textOf = (content: readonly ContentPart[]): string =>
  content.map((part) => (part.type === 'refusal' ? part.refusal : part.text)).join('');

export const thoughtsOf = ({ content = [], summary }: Extract<Item, { type: 'reasoning' }>): string =>
  (content.length > 0 ? content : summary).map(({ text }) => text).join('\n\n');

/** A tool that takes a text is for the model a function of one argument. */
export const customArguments = (input: string): string => JSON.stringify({ input });

type Assistant = Extract<ChatMessage, { role: 'assistant' }>;

const notAllowed = 'The person did not allow this call.';

/**
 * Items as a model reads them: thoughts and calls belong to the assistant's message they surround.
 * @throws AppError `BAD_REQUEST` where the output of a call has no call before it
 */
export const chatOf = (items: readonly Item[]): ChatMessage[] => {
  const messages: ChatMessage[] = [];
  const called = new Set<string>();
  const requests = new Map<string, Extract<Item, { type: 'mcp_approval_request' }>>();
  let thoughts: string | undefined;

  const taken = (): Pick<Assistant, 'reasoning'> => {
    const reasoning = thoughts;
    thoughts = undefined;
    return reasoning ? { reasoning } : {};
  };
  const call = (toolCall: ToolCall) => {
    const last = messages.at(-1);
    called.add(toolCall.id);
    if (last?.role === 'assistant' && thoughts === undefined) {
      messages[messages.length - 1] = { ...last, toolCalls: [...(last.toolCalls ?? []), toolCall] };
    } else {
      messages.push({ role: 'assistant', content: '', ...taken(), toolCalls: [toolCall] });
    }
  };

  const callAndAnswer = (name: string, text: string, output: string) => {
    const id = `mcp_${called.size}`;
    call({ id, name, arguments: text });
    messages.push({ role: 'tool', content: output, toolCallId: id });
  };

  for (const item of items) {
    if (item.type === 'mcp_list_tools') continue;
    if (item.type === 'mcp_approval_request') requests.set(item.id, item);
    else if (item.type === 'mcp_approval_response') {
      const request = requests.get(item.approval_request_id);
      if (request && !item.approve) callAndAnswer(request.name, request.arguments, notAllowed);
    } else if (item.type === 'mcp_call') callAndAnswer(item.name, item.arguments, item.output ?? item.error ?? '');
    else if (item.type === 'reasoning') thoughts = thoughtsOf(item);
    else if (item.type === 'function_call') call({ id: item.call_id, name: item.name, arguments: item.arguments });
    else if (item.type === 'custom_tool_call')
      call({ id: item.call_id, name: item.name, arguments: customArguments(item.input) });
    else if (item.type === 'function_call_output' || item.type === 'custom_tool_call_output') {
      if (!called.has(item.call_id))
        throw new AppError(
          'BAD_REQUEST',
          `No tool call found for function call output with call_id ${item.call_id.slice(0, 100)}. Send the call before its output.`,
          { data: { param: 'input' } },
        );
      messages.push({ role: 'tool', content: item.output, toolCallId: item.call_id });
    } else {
      const content = textOf(item.content);
      if (item.role === 'assistant') {
        const message: Assistant = { role: 'assistant', content, ...taken() };
        // An answer without a word would teach the model to say nothing.
        if (content !== '') messages.push(message);
      } else {
        thoughts = undefined;
        messages.push({ role: item.role === 'user' ? 'user' : 'system', content });
      }
    }
  }
  return messages;
};
