import { describe, expect, it } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import type { AnswerOrder, PromptMessage, PromptOrder } from '../protocol.ts';
import { fitPrompt } from './fit-prompt.ts';

/** Every character is a token. */
const prompt = (order: PromptOrder) => {
  if (!('messages' in order.input)) throw new Error('messages are expected');
  const text = order.input.messages.map(({ role, content }) => `${role[0]}:${content}`).join('|');
  return { text, tokens: Array.from(text, () => 0) };
};
const order = (messages: readonly PromptMessage[], rest: Partial<AnswerOrder> = {}): AnswerOrder => ({
  input: { messages },
  tools: [],
  toolChoice: 'auto',
  parallelToolCalls: true,
  reasoning: null,
  grammar: null,
  maxTokens: 1,
  sampling: {
    temperature: 0,
    topP: 1,
    topK: 0,
    minP: 0,
    seed: 0,
    presencePenalty: 0,
    frequencyPenalty: 0,
    logitBias: [],
  },
  logprobs: null,
  stop: [],
  overflow: 'drop-oldest',
  ...rest,
});
const system = (content: string): PromptMessage => ({ role: 'system', content });
const user = (content: string): PromptMessage => ({ role: 'user', content });
const assistant = (content: string): PromptMessage => ({ role: 'assistant', content });
const calling = (id: string): PromptMessage => ({
  role: 'assistant',
  content: '',
  toolCalls: [{ id, name: 'look', arguments: '{}' }],
});
const answered = (id: string, content: string): PromptMessage => ({ role: 'tool', content, toolCallId: id });

const talk = [system('be brief'), user('one'), assistant('eins'), user('two'), assistant('zwei'), user('three')];

describe('a conversation longer than the context', () => {
  it('is left whole where it fits', () => {
    expect(fitPrompt(order(talk), 1_000, prompt)).toMatchObject({ droppedMessages: 0 });
  });

  it('is refused with both numbers unless something else is asked for', () => {
    const length = prompt(order(talk)).tokens.length;
    expect(() => fitPrompt(order(talk, { overflow: 'error' }), length, prompt)).toThrow(
      expect.objectContaining({ code: 'CONTEXT_OVERFLOW', data: { promptTokens: length, contextLength: length } }),
    );
  });

  it('loses its oldest turns, never the system prompt nor the last question, and says how much', () => {
    const length = prompt(order(talk)).tokens.length;
    expect(fitPrompt(order(talk), length, prompt)).toMatchObject({
      prompt: { text: 's:be brief|u:two|a:zwei|u:three' },
      droppedMessages: 2,
    });
    expect(fitPrompt(order(talk), 25, prompt)).toMatchObject({
      prompt: { text: 's:be brief|u:three' },
      droppedMessages: 4,
    });
  });

  it('leaves room for the answer', () => {
    const length = prompt(order(talk)).tokens.length;
    const { prompt: fitted } = fitPrompt(order(talk, { maxTokens: 500 }), length, prompt);
    expect(fitted.tokens.length).toBeLessThanOrEqual(length * 0.75);
  });

  it('is refused where even the last question is too long, with what would be the least', () => {
    const long = [...talk, user('x'.repeat(100))];
    expect(() => fitPrompt(order(long), 60, prompt)).toThrow(
      expect.objectContaining({ code: 'CONTEXT_OVERFLOW', data: { promptTokens: 113, contextLength: 60 } }),
    );
  });

  it('never parts a tool call from its answers', () => {
    const work = [
      system('s'),
      user('old'),
      calling('1'),
      answered('1', 'a'.repeat(30)),
      assistant('done'),
      user('do it'),
      calling('2'),
      answered('2', 'b'.repeat(30)),
      answered('2', 'c'.repeat(30)),
      calling('3'),
      answered('3', 'd'.repeat(10)),
    ];
    for (let length = 20; length < 170; length += 1) {
      let fitted: { readonly text: string };
      try {
        fitted = fitPrompt(order(work), length, prompt).prompt;
      } catch {
        continue;
      }
      const answersLeft = fitted.text.match(/t:/gu)?.length ?? 0;
      const [, afterSystem = ''] = /^s:s\|(.*)$/u.exec(fitted.text) ?? [];
      expect(afterSystem.startsWith('u:')).toBe(true);
      expect(fitted.text.endsWith('t:dddddddddd')).toBe(true);
      // The first call has one answer, the second two, the third one.
      expect([1, 3, 4]).toContain(answersLeft);
    }
    const shortest = fitPrompt(order(work), 30, prompt);
    expect(shortest).toMatchObject({ prompt: { text: 's:s|u:do it|a:|t:dddddddddd' }, droppedMessages: 7 });
  });

  it('reads a long conversation a few times only', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? user('q') : assistant('a')));
    let read = 0;
    fitPrompt(order([...long, user('last')]), 100, (asked) => {
      read += 1;
      return prompt(asked);
    });
    expect(read).toBeLessThan(15);
  });

  it('leaves out what is too long to be counted, or says that it is', () => {
    const refused = new AppError('CONTEXT_OVERFLOW', 'more than can be counted');
    const reading = (asked: PromptOrder) => {
      if (JSON.stringify(asked.input).length > 1_000) throw refused;
      return prompt(asked);
    };
    const messages = [user('x'.repeat(2_000)), assistant('yes'), user('three')];
    expect(fitPrompt(order(messages), 100, reading)).toMatchObject({ droppedMessages: 2, prompt: { text: 'u:three' } });
    expect(() => fitPrompt(order(messages, { overflow: 'error' }), 100, reading)).toThrow(refused);
    expect(() => fitPrompt(order([user('x'.repeat(2_000))]), 100, reading)).toThrow(refused);
  });
});
