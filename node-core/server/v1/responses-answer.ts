import type { ChatMessage, GeneratePart, GenerateResult, Inference, ToolCall } from '../../inference/index.ts';
import type { Call, Model } from '../../contract/index.ts';
import type { Item, ItemToAdd } from '../../threads/index.ts';
import { badField } from './input.ts';
import { createMcpTools, type McpComponents, type McpTools } from './mcp-tools.ts';
import type { ResponseAsk } from './responses-request.ts';

export interface AnswerComponents {
  readonly inference: Pick<Inference, 'generate'>;
  readonly mcp: McpComponents;
}

export type AnswerPart = Exclude<GeneratePart, { type: 'progress' }>;
type McpCall = Extract<Item, { type: 'mcp_call' }>;

/** Where an answer goes as it is written. */
export interface AnswerSink {
  part(part: AnswerPart): void;
  item(item: Item): void;
  call(begun: McpCall): (outcome: McpCall) => void;
  /** The public id that the next item will have. */
  nextName(type: Item['type']): string;
  /** The answer is that of a run, which goes on without it. */
  run(id: string): void;
  /** The model reads: nothing more keeps it from answering. */
  onRead(): void;
}

/** What a response is asked for, with what came before it. */
export interface Order {
  readonly id: string;
  /** The key of the one who asks. */
  readonly asker: string;
  /** The same, as a run has it. */
  readonly by: Pick<Call, 'actor' | 'keyId'>;
  /** Ids of those that may answer; `null` is all. */
  readonly models: ReadonlySet<string> | null;
  readonly ask: ResponseAsk;
  readonly model: Model;
  readonly messages: readonly ChatMessage[];
  /** The same, and what the model does not read. */
  readonly items: readonly Item[];
  /** What this request itself brought. */
  readonly input: readonly ItemToAdd[];
}

/** Calls of a server's tools in one response, where the request names no other number. */
const maxCalls = 32;

/** The whole answer in parts, for a model that told none while it wrote. */
const partsOf = ({ reasoning, text, toolCalls, logprobs }: GenerateResult): AnswerPart[] => [
  ...(reasoning === '' ? [] : [{ type: 'reasoning' as const, text: reasoning }]),
  ...(text === '' ? [] : [{ type: 'text' as const, text, ...(logprobs ? { logprobs } : {}) }]),
  ...toolCalls.flatMap((call, index): AnswerPart[] => [
    { type: 'tool-call', index, id: call.id, name: call.name },
    { type: 'tool-arguments', index, delta: call.arguments },
  ]),
];

/** Calls that were approved and not carried out yet. */
const approvedIn = (items: readonly Item[]): Extract<Item, { type: 'mcp_approval_request' }>[] => {
  const carriedOut = items.flatMap((item) => (item.type === 'mcp_call' ? [item.approval_request_id] : []));
  const approved = items.flatMap((item) =>
    item.type === 'mcp_approval_response' && item.approve ? [item.approval_request_id] : [],
  );
  return items.flatMap((item) =>
    item.type === 'mcp_approval_request' && approved.includes(item.id) && !carriedOut.includes(item.id) ? [item] : [],
  );
};

/** Both as one, for what they took. */
const together = (first: GenerateResult | undefined, next: GenerateResult): GenerateResult =>
  first
    ? {
        ...next,
        promptTokens: first.promptTokens + next.promptTokens,
        cachedTokens: first.cachedTokens + next.cachedTokens,
        outputTokens: first.outputTokens + next.outputTokens,
        reasoningTokens: first.reasoningTokens + next.reasoningTokens,
        queuedMs: first.queuedMs,
        firstTokenMs: first.firstTokenMs,
        totalMs: first.totalMs + next.totalMs,
        droppedMessages: Math.max(first.droppedMessages, next.droppedMessages),
      }
    : next;

/**
 * An answer, in as many rounds as it takes: where the model calls tools of MCP servers that need no approval, the node calls them and the model
 * goes on; calls of functions are left to the one who asked.
 */
export const writeAnswer = async (
  { inference, mcp }: AnswerComponents,
  { ask, model, asker, models, messages: before, items }: Order,
  signal: AbortSignal,
  sink: AnswerSink,
): Promise<GenerateResult> => {
  const servers = createMcpTools(mcp, ask.servers, signal);
  const messages: ChatMessage[] = [...before];
  const limit = ask.body.max_tool_calls ?? maxCalls;
  let calls = 0;

  const round = async (isFirst: boolean): Promise<GenerateResult> => {
    const { tools = [], toolChoice = 'auto', ...form } = ask.tools;
    const all = [...tools, ...servers.definitions()];
    const choice = calls >= limit ? 'none' : isFirst || toolChoice === 'none' ? toolChoice : 'auto';
    const hidden = new Set<number>();
    let isTold = false;
    const tell = (part: AnswerPart): void => {
      isTold = true;
      if (part.type === 'tool-call' && servers.has(part.name)) hidden.add(part.index);
      if ((part.type === 'tool-call' || part.type === 'tool-arguments') && hidden.has(part.index)) return;
      sink.part(part);
    };
    const result = await inference.generate({
      ...form,
      ...ask.draw,
      ...(all.length === 0 ? {} : { tools: all, toolChoice: choice }),
      modelId: model.id,
      asker,
      models,
      input: { messages: [...messages] },
      maxTokens: ask.maxTokens ?? model.contextLength ?? 4_096,
      signal,
      onPart(part) {
        if (part.type !== 'progress') tell(part);
        else if (part.phase === 'reading') sink.onRead();
      },
    });
    if (!isTold) for (const part of partsOf(result)) tell(part);
    return result;
  };

  const carryOut = async (call: ToolCall, approvalRequestId: string | null): Promise<void> => {
    calls += 1;
    const begun: McpCall = {
      type: 'mcp_call',
      server_label: servers.label(call.name),
      name: call.name,
      arguments: call.arguments,
      output: null,
      error: null,
      approval_request_id: approvalRequestId,
    };
    const finish = sink.call(begun);
    const outcome = await servers.call(call, approvalRequestId);
    finish(outcome);
    messages.push({ role: 'tool', content: outcome.output ?? outcome.error ?? '', toolCallId: call.id });
  };

  try {
    for (const listed of await servers.list(items)) sink.item(listed);
    for (const request of approvedIn(items)) {
      if (!servers.has(request.name) || servers.label(request.name) !== request.server_label)
        throw badField(
          'tools',
          `the approved call is of "${request.server_label.slice(0, 64)}", which is not among them`,
        );
      const call = { id: request.id, name: request.name, arguments: request.arguments };
      messages.push({ role: 'assistant', content: '', toolCalls: [call] });
      await carryOut(call, request.id);
    }
    let sum: GenerateResult | undefined;
    for (;;) {
      const result = await round(sum === undefined);
      sum = together(sum, result);
      const own = result.toolCalls.filter(({ name }) => servers.has(name));
      const waiting = own.filter(({ name }) => servers.needsApproval(name));
      const free = own.filter((call) => !waiting.includes(call));
      if (free.length > 0)
        messages.push({
          role: 'assistant',
          content: result.text,
          ...(result.reasoning === '' ? {} : { reasoning: result.reasoning }),
          toolCalls: free,
        });
      for (const call of free) await carryOut(call, null);
      for (const call of waiting) sink.item(approvalOf(servers, call, sink.nextName('mcp_approval_request')));
      if (waiting.length > 0 || free.length === 0 || free.length < result.toolCalls.length) return sum;
    }
  } finally {
    await servers.close();
  }
};

const approvalOf = (servers: McpTools, { name, arguments: text }: ToolCall, id: string): Item => ({
  type: 'mcp_approval_request',
  id,
  server_label: servers.label(name),
  name,
  arguments: text,
});
