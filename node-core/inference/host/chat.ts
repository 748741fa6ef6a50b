import { AppError } from '../../contract/errors.ts';
import type { PromptInput, PromptMessage, PromptOrder } from '../protocol.ts';
import { openRenderer } from './chat/bounded-template.ts';
import { type Beginning, createCallGrammar, loosened } from './chat/call-grammar.ts';
import { createCallReading } from './chat/calls.ts';
import { conversationFor, guardedTools, textsOf } from './chat/conversation.ts';
import { type AnswerParser, createAnswerParser, noEnd, type ParserOptions } from './chat/parser.ts';
import { toolSyntax } from './chat/learned-syntax.ts';
import { createStructure, type Structure, type Vocabulary } from './chat/structure.ts';
import { type ChatTemplate, createChatTemplate, probe, probeUser } from './chat/template.ts';
import { endsThinking, type ThinkingMarks, thinkingMarks } from './chat/thinking.ts';
import type { ToolSyntax } from './chat/tool-syntax.ts';
import type { RawBindings, RawModel } from './llama.ts';
import { requireFew, requireReadable } from './readable.ts';

export type { AnswerParser } from './chat/parser.ts';

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

/** What a prompter has to know of a model's file. */
export interface PromptedModel {
  readonly fileInfo: {
    readonly metadata: {
      readonly tokenizer: {
        readonly chat_template?: string;
        /** For conversations with tools, where it is another. */
        readonly tool_template?: string;
        readonly ggml: Vocabulary;
      };
    };
  };
}

interface ChatCapabilities {
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
  /** @throws AppError `BAD_REQUEST`, `SCHEMA_UNSUPPORTED`, `CONTEXT_OVERFLOW` for what is so long that it takes minutes to count */
  prompt(order: PromptOrder): Prompt;
}

interface Opened {
  /** The model brought no template. */
  readonly plain: boolean;
  readonly template: ChatTemplate;
  readonly structure: Structure;
  readonly syntax: ToolSyntax;
  readonly marks: ThinkingMarks | null;
  /** Text that ends a turn where no token of the model does. */
  readonly turnEnd: string | null;
}

type Turn = Omit<ParserOptions, 'stop' | 'countTokens'>;
const asText: Turn = {
  marks: null,
  thinking: false,
  calls: null,
  held: false,
  afterThinking: null,
  shown: (piece) => piece,
};

/** A conversation for a model without a template: one blank line between turns. */
const plainTemplate =
  "{% for m in messages %}{% if not loop.first %}{{ '\\n\\n' }}{% endif %}{{ {'system': 'System', 'user': 'User', 'assistant': 'Assistant', 'tool': 'Tool'}[m.role] }}: {{ m.content }}{% endfor %}{% if add_generation_prompt %}{{ '\\n\\nAssistant:' }}{% endif %}";
const plainStops = ['\nUser:', '\nSystem:'];

const toolName = /^[\w.-]{1,128}$/u;
/** The tools that may be called. @throws AppError `BAD_REQUEST` */
const offeredTools = ({ tools, toolChoice }: PromptOrder): PromptOrder['tools'] => {
  if (toolChoice === 'none') return [];
  const misnamed = tools.find(({ name }) => !toolName.test(name));
  if (misnamed)
    throw new AppError('BAD_REQUEST', 'Names of tools have letters, digits, "_", "-" and "." only. Rename the tool.');
  const offered = typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
  if (offered.length === 0 && toolChoice !== 'auto')
    throw new AppError(
      'BAD_REQUEST',
      'The tool that is to be called is not among the tools. Add it, or choose another.',
    );
  return offered;
};

const ofTools = (message: PromptMessage): boolean =>
  message.role === 'tool' || (message.role === 'assistant' && (message.toolCalls ?? []).length > 0);

const turnEndOf = (template: ChatTemplate, structure: Structure): string | null => {
  const turn = template.attempt([probeUser, { role: 'assistant', content: probe.text }], { answer: false });
  const end = turn?.slice(turn.lastIndexOf(probe.text) + probe.text.length).trim() ?? '';
  const mark = end.split('\n')[0]?.trim() ?? '';
  return mark.length < 3 || structure.firstEnd(mark) === 0 ? null : mark;
};

/**
 * Messages go through the template that the model file carries, as llama.cpp's own server renders it. Text of a message never becomes a
 * structure token, whatever it spells. A model without a template gets `System: …`, `User: …`, `Assistant: …`, one blank line between turns.
 */
export const createPrompter = (
  model: PromptedModel,
  raw: RawModel,
  bindings: RawBindings,
  contextLength: number,
): Prompter => {
  const { tokenizer } = model.fileInfo.metadata;
  const source = tokenizer?.chat_template;
  const bos = raw.shouldPrependBosToken() ? [raw.tokenBos()] : [];
  const known = new Map<string, Opened>();

  const open = (withTools: boolean): Opened => {
    const own = (withTools ? tokenizer?.tool_template : undefined) ?? source;
    const text = own ?? plainTemplate;
    const plain = own === undefined;
    // Looking through the vocabulary takes a while, so it waits for the first chat.
    const before = known.get(text);
    if (before) return before;
    const template = createChatTemplate({
      source: text,
      renderer: openRenderer(text, (jinja) => new bindings.AddonJinjaRenderer(jinja)),
      bos: raw.getTokenString(raw.tokenBos()) ?? '',
      eos: raw.getTokenString(raw.tokenEos()) ?? '',
    });
    const structure = createStructure(raw, tokenizer.ggml, text);
    const fresh = {
      plain,
      template,
      structure,
      syntax: toolSyntax(template, structure),
      marks: plain ? null : thinkingMarks(text, structure),
      turnEnd: plain ? null : turnEndOf(template, structure),
    };
    known.set(text, fresh);
    return fresh;
  };

  const withBos = (tokens: readonly number[]) =>
    bos[0] !== undefined && tokens[0] !== bos[0] ? [...bos, ...tokens] : [...tokens];

  const parserOf =
    (turn: Turn): Prompt['createParser'] =>
    (stop) =>
      createAnswerParser({ ...turn, stop, countTokens: (text) => raw.tokenize(text, false).length });

  const render = (
    { plain, template, structure, syntax, marks }: Opened,
    order: PromptOrder,
    messages: readonly PromptMessage[],
    tools: PromptOrder['tools'],
  ) => {
    requireFew(messages, contextLength);
    const guard = structure.guard(textsOf(messages, tools));
    const guarded = guardedTools(tools, guard);
    const told = conversationFor(messages, { traits: template.traits, syntax, marks, guard, tools: guarded });
    const last = told.at(-1);
    // An answer that was begun is gone on with.
    const begun = last?.role === 'assistant' && !last.tool_calls && told.length > 1 ? last.content : null;
    const text = template.render(begun === null ? told : told.slice(0, -1), {
      ...(template.traits.tools ? { tools: guarded } : {}),
      thinking: begun === null ? (order.reasoning ?? undefined) : false,
      answer: true,
    });
    requireReadable(raw, text, contextLength);
    const space = plain && begun !== null ? ' ' : '';
    return {
      text,
      tokens: withBos(guard.tokenize(begun === null ? text : text + space + begun)),
      begun: begun !== null,
    };
  };

  const chat = (order: PromptOrder, messages: readonly PromptMessage[]): Prompt => {
    const offered = offeredTools(order);
    const tools = offered.length === 0 ? [] : order.tools;
    const opened = open(tools.length > 0 || messages.some(ofTools));
    const { plain, structure, syntax, marks: learned, turnEnd } = opened;
    const { text, tokens, begun } = render(opened, order, messages, tools);
    const marks = begun ? null : learned;
    const thinking = marks !== null && endsThinking(text, marks);
    // It may think by itself unless that was switched off; a prompt that closed its thoughts has switched it off, too.
    const mayThink = marks !== null && !thinking && order.reasoning !== false && !text.trimEnd().endsWith(marks.close);
    const lead = mayThink ? [marks.open] : [];
    const { toolChoice } = order;
    const calling =
      offered.length === 0 ? null : createCallGrammar({ syntax, tools: offered, parallel: order.parallelToolCalls });
    const must = calling !== null && toolChoice !== 'auto';

    const held = must || order.grammar !== null;
    const answer = (beginning: Beginning): string | null => {
      const begun = { ...beginning, skip: marks?.lead ?? [] };
      if (calling && held) return calling.whole({ ...begun, text: must ? null : order.grammar });
      if (order.grammar === null) return null;
      return begun.gap || (begun.lead?.length ?? 0) > 0 || begun.skip.length > 0
        ? loosened(order.grammar, begun)
        : order.grammar;
    };

    const control = new Set(
      structure.control(
        [
          ...(marks ? [marks.open, marks.close, ...marks.lead, marks.messageEnd ?? ''] : []),
          ...(calling ? [syntax.open, syntax.middle, syntax.between ?? '', syntax.close] : []),
          ...(calling ? Object.values(syntax.form) : []),
          turnEnd ?? '',
        ].join(' '),
      ),
    );
    const turn: Turn = {
      marks,
      thinking,
      calls: calling && createCallReading(syntax, offered, calling),
      held,
      afterThinking: held && (thinking || mayThink) ? answer({ gap: true }) : null,
      shown: control.size > 0 ? (piece) => structure.withoutControl(piece, control) : (piece) => piece,
    };
    return {
      tokens,
      stop: plain ? plainStops : turnEnd === null ? [] : [turnEnd],
      special: control.size > 0,
      grammar: thinking ? (held ? noEnd : null) : answer({ lead }),
      createParser: parserOf(turn),
    };
  };

  const inputTokens = (input: Exclude<PromptInput, { messages: unknown }>): readonly number[] => {
    if ('tokens' in input) return input.tokens;
    requireReadable(raw, input.prompt, contextLength);
    return [...bos, ...raw.tokenize(input.prompt, true)];
  };

  return {
    hasChatTemplate: source !== undefined,
    get capabilities() {
      const { template, marks } = open(false);
      const { systemRole } = template.traits;
      const { tools } = open(true).template.traits;
      return { systemRole, tools, reasoning: marks !== null };
    },
    prompt(order) {
      const { input, grammar } = order;
      if ('messages' in input) return chat(order, input.messages);
      return { tokens: inputTokens(input), stop: [], special: true, grammar, createParser: parserOf(asText) };
    },
  };
};
