import { z } from 'zod';
import type { GeneratePart, TokenLogprob } from '../../inference/index.ts';
import type { Item } from '../../threads/index.ts';
import { itemName, type ItemStatus, type ShownItem, showItem } from './items.ts';
import { logprobsOf } from './result.ts';
import type { ServerSentEvent } from './route.ts';

/** A response as programs read it. */
export type ResponseObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly status: string };

type Written = Exclude<GeneratePart, { type: 'progress' }>;
type McpCall = Extract<Item, { type: 'mcp_call' }>;

/** Writes the output of a response and the events that tell of it; OpenAI's order: https://platform.openai.com/docs/api-reference/responses-streaming */
export interface ResponseWriter {
  /** Announces the response. */
  begin(): void;
  part(part: Written): void;
  /** Adds an item that is whole. */
  item(item: Item): void;
  /** Tells of a call that is under way; to be called again with what came of it. */
  beginCall(call: McpCall): (outcome: McpCall) => void;
  /** The public id that the next item will have. */
  nextName(type: Item['type']): string;
  /** Sets fields that are known before the end. */
  mark(fields: Readonly<Record<string, unknown>>): void;
  /** Closes what is open (a cut answer leaves its last item incomplete), has it kept, and tells the end. */
  end(fields: Readonly<Record<string, unknown>> & { readonly status: string }, keep?: () => void): void;
  /** As it stands. */
  response(): ResponseObject;
  /** Items so far, with ids of ours. */
  items(): readonly { readonly id: string; readonly item: Item }[];
}

export interface WriterOptions {
  /** All fields but `output`. */
  readonly base: ResponseObject;
  /** Id of the item at a place of the output. */
  readonly itemId: (index: number) => string;
  readonly summary: boolean;
  /** Whether the tool of this name takes a text. */
  readonly isCustom: (name: string) => boolean;
  readonly emit: (event: ServerSentEvent) => void;
}

interface Open {
  readonly index: number;
  /** Of ours. */
  readonly id: string;
  readonly kind: 'message' | 'reasoning' | 'function_call' | 'custom_tool_call';
  text: string;
  readonly callId: string;
  readonly name: string;
  readonly logprobs: unknown[];
}

const terminal: Readonly<Record<string, string>> = { completed: 'response.completed', failed: 'response.failed' };

const Custom = z.object({ input: z.string() });
/** The text that a model gives to a tool; of a call that was cut off, what there is. */
const customInput = (text: string): string => {
  try {
    return Custom.parse(JSON.parse(text)).input;
  } catch {
    return text;
  }
};
const isCall = (kind: Open['kind']): boolean => kind === 'function_call' || kind === 'custom_tool_call';

export const createResponseWriter = ({ base, itemId, summary, isCustom, emit }: WriterOptions): ResponseWriter => {
  const done: { id: string; item: Item; status: ItemStatus }[] = [];
  let fields: ResponseObject = base;
  let open: Open | undefined;
  let calling: { readonly id: string; readonly item: McpCall } | undefined;
  let sequence = 0;

  const tell = (type: string, more: object): void => {
    emit({ event: type, data: JSON.stringify({ type, sequence_number: sequence, ...more }) });
    sequence += 1;
  };
  const itemOf = ({ kind, text, callId, name, logprobs }: Open): Item => {
    if (kind === 'function_call') return { type: kind, call_id: callId, name, arguments: text };
    if (kind === 'custom_tool_call') return { type: kind, call_id: callId, name, input: customInput(text) };
    if (kind === 'message')
      return { type: kind, role: 'assistant', content: [{ type: 'output_text', text, annotations: [], logprobs }] };
    return summary
      ? { type: kind, summary: [{ type: 'summary_text', text }] }
      : { type: kind, summary: [], content: [{ type: 'reasoning_text', text }] };
  };
  const empty = (kind: Open['kind'], callId: string, name: string): object => {
    if (kind === 'function_call') return { type: kind, call_id: callId, name, arguments: '' };
    if (kind === 'custom_tool_call') return { type: kind, call_id: callId, name, input: '' };
    return kind === 'message'
      ? { type: kind, role: 'assistant', content: [] }
      : { type: kind, summary: [], content: [] };
  };
  const shown = (): ShownItem[] => {
    const closed = done.map(({ id, item, status }) => showItem(id, item, status));
    if (calling) return [...closed, showItem(calling.id, calling.item, 'in_progress')];
    return open ? [...closed, showItem(open.id, itemOf(open), 'in_progress')] : closed;
  };
  const response = (): ResponseObject => ({ ...fields, output: shown() });
  const at = ({ index, kind, id }: Open) => ({ item_id: itemName(kind, id), output_index: index });
  const partOf = ({ kind, text, logprobs }: Open): object =>
    kind === 'message'
      ? { type: 'output_text', text, annotations: [], logprobs }
      : { type: summary ? 'summary_text' : 'reasoning_text', text };

  const close = (status: ItemStatus): void => {
    if (!open) return;
    const closing = open;
    const { index, kind, text, name, logprobs } = closing;
    const place = at(closing);
    if (kind === 'function_call') tell('response.function_call_arguments.done', { ...place, name, arguments: text });
    else if (kind === 'custom_tool_call') {
      const input = customInput(text);
      tell('response.custom_tool_call_input.delta', { ...place, delta: input });
      tell('response.custom_tool_call_input.done', { ...place, input });
    } else if (kind === 'reasoning' && summary) {
      tell('response.reasoning_summary_text.done', { ...place, summary_index: 0, text });
      tell('response.reasoning_summary_part.done', { ...place, summary_index: 0, part: partOf(closing) });
    } else {
      const what = kind === 'message' ? 'output_text' : 'reasoning_text';
      const extra = kind === 'message' ? { logprobs } : {};
      tell(`response.${what}.done`, { ...place, content_index: 0, text, ...extra });
      tell('response.content_part.done', { ...place, content_index: 0, part: partOf(closing) });
    }
    const item = itemOf(closing);
    done.push({ id: closing.id, item, status });
    open = undefined;
    tell('response.output_item.done', { output_index: index, item: showItem(closing.id, item, status) });
  };

  const begin = (kind: Open['kind'], callId = '', name = ''): Open => {
    if (open?.kind === kind && !isCall(kind)) return open;
    close('completed');
    const index = done.length;
    const opened: Open = { index, id: itemId(index), kind, text: '', callId, name, logprobs: [] };
    open = opened;
    const place = at(opened);
    const item = { id: place.item_id, ...empty(kind, callId, name), status: 'in_progress' };
    tell('response.output_item.added', { output_index: index, item });
    if (kind === 'reasoning' && summary)
      tell('response.reasoning_summary_part.added', { ...place, summary_index: 0, part: partOf(opened) });
    else if (!isCall(kind)) tell('response.content_part.added', { ...place, content_index: 0, part: partOf(opened) });
    return opened;
  };

  const write = (kind: 'message' | 'reasoning', delta: string, tokens?: readonly TokenLogprob[]): void => {
    const target = begin(kind);
    target.text += delta;
    const place = at(target);
    if (kind === 'reasoning' && summary)
      return tell('response.reasoning_summary_text.delta', { ...place, summary_index: 0, delta });
    if (kind === 'reasoning') return tell('response.reasoning_text.delta', { ...place, content_index: 0, delta });
    const logprobs = logprobsOf(tokens)?.content ?? [];
    target.logprobs.push(...logprobs);
    tell('response.output_text.delta', { ...place, content_index: 0, delta, logprobs });
  };

  /** An item that no part of an answer writes: what is told between its beginning and its end, each with its place. */
  const add = (item: Item, told: readonly (readonly [type: string, more: object])[]): void => {
    const id = itemId(done.length);
    const place = { item_id: itemName(item.type, id), output_index: done.length };
    for (const [type, more] of told) tell(`response.${type}`, { ...place, ...more });
    done.push({ id, item, status: 'completed' });
    tell('response.output_item.done', { output_index: place.output_index, item: showItem(id, item) });
  };
  const announce = (item: object): void => {
    close('completed');
    tell('response.output_item.added', { output_index: done.length, item });
  };

  return {
    response,
    nextName: (type) => itemName(type, itemId(done.length + (open ? 1 : 0))),
    item(item) {
      announce(showItem(itemId(done.length), item, 'in_progress'));
      const isList = item.type === 'mcp_list_tools';
      add(item, isList ? ['in_progress', 'completed'].map((state) => [`mcp_list_tools.${state}`, {}] as const) : []);
    },
    beginCall(call) {
      const id = itemId(done.length);
      announce(showItem(id, { ...call, arguments: '', output: null, error: null }, 'in_progress'));
      calling = { id, item: { ...call, output: null, error: null } };
      const place = { item_id: itemName('mcp_call', id), output_index: done.length };
      tell('response.mcp_call.in_progress', place);
      tell('response.mcp_call_arguments.delta', { ...place, delta: call.arguments });
      tell('response.mcp_call_arguments.done', { ...place, arguments: call.arguments });
      return (outcome) => {
        calling = undefined;
        add(outcome, [[outcome.error === null ? 'mcp_call.completed' : 'mcp_call.failed', {}]]);
      };
    },
    items: () => done.map(({ id, item }) => ({ id, item })),
    begin() {
      const isQueued = base.status === 'queued';
      tell('response.created', { response: response() });
      if (isQueued) tell('response.queued', { response: response() });
      fields = { ...fields, status: 'in_progress' };
      tell('response.in_progress', { response: response() });
    },
    part(part) {
      if (part.type === 'text') return write('message', part.text, part.logprobs);
      if (part.type === 'reasoning') return write('reasoning', part.text);
      if (part.type === 'tool-call')
        return void begin(isCustom(part.name) ? 'custom_tool_call' : 'function_call', part.id, part.name);
      if (!open || !isCall(open.kind)) throw new Error('arguments came before their call');
      open.text += part.delta;
      // The text of a custom tool is told once its JSON is whole.
      if (open.kind === 'custom_tool_call') return;
      tell('response.function_call_arguments.delta', { ...at(open), delta: part.delta });
    },
    mark(known) {
      fields = { ...fields, ...known };
    },
    end(last, keep) {
      const isWhole = last.status === 'completed';
      if (isWhole && !open && !done.some(({ item }) => item.type !== 'reasoning')) begin('message');
      close(isWhole ? 'completed' : 'incomplete');
      calling = undefined;
      fields = { ...fields, ...last };
      keep?.();
      tell(terminal[last.status] ?? 'response.incomplete', { response: response() });
    },
  };
};
