import type { LlamaModel } from 'node-llama-cpp';
import type { PromptInput, PromptMessage, PromptOrder } from '../protocol.ts';
import type { AnswerParser } from './chat/parser.ts';
import { createStructure, type Structure } from './chat/structure.ts';
import { type ChatTemplate, createChatTemplate, parsedArguments, type TemplateMessage } from './chat/template.ts';
import type { RawBindings, RawModel } from './llama.ts';
import { createStopFilter } from './text-stream.ts';

type Messages = readonly PromptMessage[];

export interface Prompt {
  readonly tokens: readonly number[];
  /** What ends a turn of this template, beside the model's own end token; looked for in all that is written. */
  readonly stop: readonly string[];
  /** Whether structure tokens are part of the text that the parser gets. */
  readonly special: boolean;
  /** GBNF that holds from the first token on. */
  readonly grammar: string | null;
  /** `stop`: the request's stop texts, which end the answer proper; they are not looked for in thoughts and calls. */
  createParser(stop: readonly string[]): AnswerParser;
}

export interface ChatCapabilities {
  readonly systemRole: boolean;
  /** The template has a form for tools of its own; else they are described in the system prompt. */
  readonly tools: boolean;
  /** It thinks before it answers, or can. */
  readonly reasoning: boolean;
}

/** Turns requests into tokens, and answers into parts. */
export interface Prompter {
  readonly hasChatTemplate: boolean;
  readonly capabilities: ChatCapabilities;
  prompt(order: PromptOrder): Prompt;
}

const speaker = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' } as const;
/** Admits nothing but the end. */
const nothingMore = { grammar: 'root ::= ""' };

const textParser = (stop: readonly string[]): AnswerParser => {
  const stops = createStopFilter(stop);
  let ended = false;
  return {
    push(piece, tokens) {
      if (ended) return { parts: [], steering: undefined };
      const { text, stopped } = stops.push(piece);
      ended = stopped;
      const logprobs = tokens.length > 0 ? { logprobs: tokens } : {};
      return {
        parts: text === '' ? [] : [{ type: 'text', text, ...logprobs }],
        steering: stopped ? nothingMore : undefined,
      };
    },
    end() {
      const text = ended ? '' : stops.end();
      return { parts: text === '' ? [] : [{ type: 'text', text }], toolCalls: false, reasoningTokens: 0 };
    },
  };
};

/**
 * Messages go through the template that the model file carries, as llama.cpp's own server renders it. Text of a message never becomes a
 * structure token, whatever it spells. A model without a template gets `System: …`, `User: …`, `Assistant: …`, one blank line between turns.
 */
export const createPrompter = (model: LlamaModel, raw: RawModel, bindings: RawBindings): Prompter => {
  const { tokenizer } = model.fileInfo.metadata;
  const source = tokenizer?.chat_template;
  const bos = raw.shouldPrependBosToken() ? [raw.tokenBos()] : [];
  let opened: { readonly template: ChatTemplate; readonly structure: Structure } | undefined;

  const withBos = (tokens: readonly number[]) =>
    bos[0] !== undefined && tokens[0] !== bos[0] ? [...bos, ...tokens] : [...tokens];

  const plain = (messages: Messages, grammar: string | null): Prompt => {
    const turns = messages.map(({ role, content }) => `${speaker[role]}: ${content}`);
    if (messages.at(-1)?.role !== 'assistant') turns.push('Assistant:');
    return {
      tokens: [...bos, ...raw.tokenize(turns.join('\n\n'), false)],
      stop: ['\nUser:', '\nSystem:'],
      special: false,
      grammar,
      createParser: textParser,
    };
  };

  const open = (template: string) => {
    // Looking through the vocabulary takes a while, so it waits for the first chat.
    opened ??= {
      template: createChatTemplate({
        source: template,
        renderer: new bindings.AddonJinjaRenderer(template),
        bos: raw.getTokenString(raw.tokenBos()) ?? '',
        eos: raw.getTokenString(raw.tokenEos()) ?? '',
      }),
      structure: createStructure(raw, tokenizer.ggml, template),
    };
    return opened;
  };

  const templated = (order: PromptOrder, messages: Messages, from: string): Prompt => {
    const { template, structure } = open(from);
    const guard = structure.guard(messages.map(({ content }) => content));
    const told = messages.map((message): TemplateMessage => {
      const content = guard.protect(message.content);
      if (message.role === 'tool') return { role: 'tool', content, tool_call_id: message.toolCallId };
      if (message.role !== 'assistant' || !message.toolCalls) return { role: message.role, content };
      return {
        role: 'assistant',
        content,
        tool_calls: message.toolCalls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: parsedArguments(call.arguments) },
        })),
      };
    });
    const text = template.render(told, { thinking: order.reasoning ?? undefined, answer: true });
    return {
      tokens: withBos(guard.tokenize(text)),
      stop: [],
      special: false,
      grammar: order.grammar,
      createParser: textParser,
    };
  };

  const inputTokens = (input: Exclude<PromptInput, { messages: unknown }>): readonly number[] =>
    'tokens' in input ? input.tokens : [...bos, ...raw.tokenize(input.prompt, true)];

  return {
    hasChatTemplate: source !== undefined,
    get capabilities() {
      if (source === undefined) return { systemRole: false, tools: false, reasoning: false };
      const { traits } = open(source).template;
      return { systemRole: traits.systemRole, tools: traits.tools, reasoning: traits.thinkingSwitch };
    },
    prompt(order) {
      const { input, grammar } = order;
      if ('messages' in input)
        return source === undefined ? plain(input.messages, grammar) : templated(order, input.messages, source);
      return { tokens: inputTokens(input), stop: [], special: true, grammar, createParser: textParser };
    },
  };
};
