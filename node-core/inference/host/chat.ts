import {
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  LlamaText,
  resolveChatWrapper,
  SpecialTokensText,
} from 'node-llama-cpp';
import type { PromptInput } from '../protocol.ts';
import type { RawModel } from './llama.ts';

type Messages = Extract<PromptInput, { messages: unknown }>['messages'];

export interface Prompt {
  readonly tokens: readonly number[];
  /** What ends a turn of this template, beside the model's own end token. */
  readonly stop: readonly string[];
  /** Whether structure tokens are part of the answer's text. */
  readonly special: boolean;
}

const speaker = { system: 'System', user: 'User', assistant: 'Assistant' } as const;

const historyOf = (messages: Messages): ChatHistoryItem[] => {
  const items = messages.map(({ role, content }): ChatHistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [content] };
    return { type: role, text: content };
  });
  return items.at(-1)?.type === 'model' ? items : [...items, { type: 'model', response: [] }];
};

const stopTexts = (triggers: readonly LlamaText[]): string[] =>
  triggers.flatMap(({ values }) => {
    const texts = values.map((value) =>
      typeof value === 'string' ? value : value instanceof SpecialTokensText ? value.value : null,
    );
    const whole = texts.every((text) => text !== null) ? texts.join('') : '';
    return whole === '' ? [] : [whole];
  });

/** Turns requests into tokens. */
export interface Prompter {
  readonly hasChatTemplate: boolean;
  prompt(input: PromptInput): Prompt;
}

/**
 * Messages go through the template that the model file carries. Text of a message never becomes a structure token, whatever it spells.
 * A model without a template gets `System: …`, `User: …`, `Assistant: …`, one blank line between turns.
 */
export const createPrompter = (model: LlamaModel, raw: RawModel): Prompter => {
  const hasChatTemplate = typeof model.fileInfo.metadata.tokenizer?.chat_template === 'string';
  const bos = raw.shouldPrependBosToken() ? [raw.tokenBos()] : [];
  let wrapper: ChatWrapper | undefined;

  const plain = (messages: Messages): Prompt => {
    const turns = messages.map(({ role, content }) => `${speaker[role]}: ${content}`);
    if (messages.at(-1)?.role !== 'assistant') turns.push('Assistant:');
    return {
      tokens: [...bos, ...raw.tokenize(turns.join('\n\n'), false)],
      stop: ['\nUser:', '\nSystem:'],
      special: false,
    };
  };

  const templated = (messages: Messages): Prompt => {
    // Choosing the template's implementation takes a fifth of a second, so it waits for the first chat.
    wrapper ??= resolveChatWrapper(model, { warningLogs: false });
    const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory: historyOf(messages) });
    const tokens = LlamaText(contextText).tokenize(model.tokenizer);
    const needsBos = bos[0] !== undefined && tokens[0] !== bos[0];
    return { tokens: needsBos ? [...bos, ...tokens] : tokens, stop: stopTexts(stopGenerationTriggers), special: false };
  };

  return {
    hasChatTemplate,
    prompt(input) {
      if ('messages' in input) return hasChatTemplate ? templated(input.messages) : plain(input.messages);
      return { tokens: [...bos, ...raw.tokenize(input.prompt, true)], stop: [], special: true };
    },
  };
};
