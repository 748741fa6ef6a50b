import { AppError } from '../../../contract/errors.ts';
import type { PromptOrder } from '../../protocol.ts';
import type { TemplateRenderer } from '../llama.ts';

type Tools = PromptOrder['tools'];

/** A message as templates read it: the form of OpenAI, with arguments as an object. */
interface TemplateCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: unknown };
}
export interface TemplateMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Three names for what the assistant thought: templates differ. */
  readonly reasoning_content?: string;
  readonly reasoning?: string;
  readonly thinking?: string;
  readonly tool_calls?: readonly TemplateCall[];
  readonly tool_call_id?: string;
  readonly name?: string;
}

/** What a template does with what it is given, found out by giving it something. */
export interface TemplateTraits {
  readonly systemRole: boolean;
  /** Takes system messages that are not the first. */
  readonly lateSystem: boolean;
  /** Describes the tools by itself. */
  readonly tools: boolean;
  /** Writes the calls of an assistant. */
  readonly toolCalls: boolean;
  readonly parallelToolCalls: boolean;
  /** Writes the text of an assistant that calls only where it is a message of its own. */
  readonly callsApart: boolean;
  /** Takes messages of the role `tool`. */
  readonly toolRole: boolean;
  /** Takes two messages of one role in a row. */
  readonly sameRoleTwice: boolean;
  /** Has a switch for thinking. */
  readonly thinkingSwitch: boolean;
}

export interface RenderOptions {
  readonly tools?: Tools;
  /** Undefined: as the template has it. */
  readonly thinking?: boolean | undefined;
  readonly answer: boolean;
}

export interface ChatTemplate {
  readonly traits: TemplateTraits;
  readonly source: string;
  /** @throws AppError `BAD_REQUEST` where the template refuses the conversation */
  render(messages: readonly TemplateMessage[], options: RenderOptions): string;
  /** Null where the template refuses it. */
  attempt(messages: readonly TemplateMessage[], options: RenderOptions): string | null;
}

export interface ChatTemplateComponents {
  readonly source: string;
  readonly renderer: TemplateRenderer;
  readonly bos: string;
  readonly eos: string;
}

/** Words that occur in no template; the id is of the only form that Mistral's templates take. */
export const probe = {
  system: 'jansystem',
  user: 'janquestion',
  text: 'zeroanswer',
  result: 'janresult',
  name: 'janfunction',
  key: 'janparameter',
  value: 'janvalue',
  otherKey: 'jansecond',
  otherValue: 'janother',
  id: 'jancall01',
  otherId: 'jancall02',
} as const;

export const probeTool = {
  name: probe.name,
  description: 'A function.',
  parameters: {
    type: 'object',
    properties: {
      [probe.key]: { type: 'string', description: 'A text.' },
      [probe.otherKey]: { type: 'string', description: 'A text.' },
    },
    required: [probe.key],
  },
};
export const probeCall = (id: string, args: unknown): TemplateCall => ({
  id,
  type: 'function',
  function: { name: probe.name, arguments: args },
});
export const probeUser: TemplateMessage = { role: 'user', content: probe.user };

export const createChatTemplate = (components: ChatTemplateComponents): ChatTemplate => {
  const { source, renderer, bos, eos } = components;
  /** Templates of the kind that only iterates over parts get the text as one. */
  let parts = false;
  /** Templates that write arguments as they come need JSON text. */
  let textArguments = false;
  /** Templates that write calls only where there is no text at all. */
  let nullContent = false;

  const told = (message: TemplateMessage) => ({
    ...message,
    ...(nullContent && message.tool_calls && message.content === '' ? { content: null } : {}),
    ...(parts ? { content: [{ type: 'text', text: message.content }] } : {}),
    ...(message.tool_calls && textArguments
      ? {
          tool_calls: message.tool_calls.map((call) => ({
            ...call,
            function: { ...call.function, arguments: JSON.stringify(call.function.arguments) },
          })),
        }
      : {}),
  });

  const run = (messages: readonly TemplateMessage[], { tools, thinking, answer }: RenderOptions): string =>
    renderer.render({
      messages: messages.map(told),
      ...(tools && tools.length > 0
        ? {
            tools: tools.map(({ name, description = '', parameters }) => ({
              type: 'function',
              function: { name, description, parameters: parameters ?? { type: 'object', properties: {} } },
            })),
          }
        : {}),
      add_generation_prompt: answer,
      bos_token: bos,
      eos_token: eos,
      ...(thinking === undefined ? {} : { enable_thinking: thinking, thinking }),
    });

  const attempt = (messages: readonly TemplateMessage[], options: RenderOptions): string | null => {
    try {
      return run(messages, options);
    } catch {
      return null;
    }
  };

  const asked = { answer: true } as const;
  const shown = (text: string | null, word: string) => text?.includes(word) ?? false;
  if (!shown(attempt([probeUser], asked), probe.user)) {
    parts = true;
    if (!shown(attempt([probeUser], asked), probe.user)) parts = false;
  }
  const args = { [probe.key]: probe.value };
  const called = (count: number): TemplateMessage[] => {
    const calls = [probeCall(probe.id, args), probeCall(probe.otherId, args)].slice(0, count);
    return [probeUser, { role: 'assistant', content: '', tool_calls: calls }];
  };
  const withCalls = (count: number) => attempt(called(count), { tools: [probeTool], answer: false });
  // An object that is written as it comes looks as in Python.
  const isPython = new RegExp(`'${probe.key}': *'${probe.value}'`, 'u');
  const callsWritten = () => {
    const text = withCalls(1);
    return shown(text, probe.value) && !isPython.test(text ?? '');
  };
  const ways = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
    [false, false],
  ] as const;
  for ([textArguments, nullContent] of ways) if (callsWritten()) break;
  const occurrences = (text: string | null) => (text?.split(probe.value).length ?? 1) - 1;
  const toolCalls = occurrences(withCalls(1)) > 0;
  const result: TemplateMessage = { role: 'tool', content: probe.result, tool_call_id: probe.id, name: probe.name };
  const saying = { role: 'assistant', content: probe.text } as const;
  const thought = { reasoning_content: probe.system, reasoning: probe.system, thinking: probe.system };
  const [calling = probeUser] = called(1).slice(1);
  const saysAndCalls = (messages: readonly TemplateMessage[]) => {
    const text = attempt([probeUser, ...messages], { tools: [probeTool], answer: false });
    return shown(text, probe.text) && shown(text, probe.value);
  };
  const traits: TemplateTraits = {
    systemRole: shown(attempt([{ role: 'system', content: probe.system }, probeUser], asked), probe.system),
    lateSystem: shown(
      attempt(
        [probeUser, { role: 'assistant', content: probe.text }, { role: 'system', content: probe.system }, probeUser],
        asked,
      ),
      probe.system,
    ),
    tools: shown(attempt([probeUser], { tools: [probeTool], answer: true }), probe.name),
    toolCalls,
    parallelToolCalls: toolCalls && occurrences(withCalls(2)) > occurrences(withCalls(1)),
    callsApart:
      toolCalls &&
      !saysAndCalls([{ ...calling, ...saying, ...thought }]) &&
      saysAndCalls([saying, { ...calling, ...thought }]),
    toolRole: shown(
      attempt([...called(toolCalls ? 1 : 0), result], { tools: [probeTool], answer: true }),
      probe.result,
    ),
    sameRoleTwice: shown(attempt([probeUser, { role: 'user', content: probe.text }], asked), probe.text),
    thinkingSwitch:
      attempt([probeUser], { thinking: true, answer: true }) !==
      attempt([probeUser], { thinking: false, answer: true }),
  };

  return {
    traits,
    source,
    attempt,
    render(messages, options) {
      try {
        return run(messages, options);
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        throw new AppError(
          'BAD_REQUEST',
          "The model's chat template does not take this conversation. Let messages of user and assistant alternate, begin with the user, and answer every tool call.",
          { cause },
        );
      }
    },
  };
};

/** Arguments as JSON, as the template reads them. */
export const parsedArguments = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};
