import { randomBytes } from 'node:crypto';
import type { TokenLogprob } from '../../types.ts';
import type { Steering } from '../answer-text.ts';
import { type AnswerPart, createAnswerParts } from './answer-parts.ts';
import { type ArgumentReader, heldFor } from './argument-readers.ts';
import type { ThinkingMarks } from './thinking.ts';

/** Reads one answer as it is written. */
export interface AnswerParser {
  /** `tokens` are those that begin in the piece. `steering` changes the grammar from the next token on. */
  push(
    piece: string,
    tokens: readonly TokenLogprob[],
  ): { readonly parts: readonly AnswerPart[]; readonly steering: Steering | undefined };
  /** What was still held. */
  end(): {
    readonly parts: readonly AnswerPart[];
    readonly toolCalls: boolean;
    /** Whether the last thing written is a call, and whole. */
    readonly endsWithCall: boolean;
    readonly reasoningTokens: number;
    /** The stop text that ended the answer. */
    readonly stopSequence: string | null;
  };
}

/** How calls are told from text, and read. */
export interface CallReading {
  /** Whether `text`, the beginning of an answer or of what follows on text, is that of a call: its length where it is, null where more is needed. */
  triggered(text: string, atStart: boolean): { readonly at: number; readonly length: number } | null;
  /** How much of the end of a text could become a trigger. */
  held(text: string, atStart: boolean): number;
  /** From the trigger, or from the arguments of the call before, to the arguments: captures the name. */
  readonly header: RegExp;
  readonly nextHeader: RegExp | null;
  /** A header is never longer. */
  readonly longestHeader: number;
  reader(name: string): ArgumentReader;
  /** What holds the rest of the call, of which `written` has been written already; null where it is no call. */
  grammar(written: string): string | null;
}

export interface ParserOptions {
  readonly marks: ThinkingMarks | null;
  /** Whether the prompt ends inside of thoughts. */
  readonly thinking: boolean;
  readonly calls: CallReading | null;
  /** Whether the first grammar covers calls and thoughts: then nothing is added when one begins. */
  readonly held: boolean;
  /** GBNF that holds once thoughts have ended. */
  readonly afterThinking: string | null;
  readonly stop: readonly string[];
  /** Control tokens that are no marks are not shown. */
  readonly shown: (piece: string) => string;
  readonly countTokens: (text: string) => number;
}

/** Admits nothing but the end. */
const nothingMore: Steering = { grammar: 'root ::= ""' };
/** Admits everything but the end: an answer that is held to something does not end inside of thoughts. */
export const noEnd = 'root ::= [^\\U0010FFFF]* "\\U0010FFFF"';
const newId = (): string => `call_${randomBytes(12).toString('hex')}`;

export const createAnswerParser = (options: ParserOptions): AnswerParser => {
  const { marks, calls } = options;
  const parts = createAnswerParts(options.stop, calls !== null);
  let phase: 'start' | 'thinking' | 'text' | 'header' | 'arguments' | 'after' | 'ended' = options.thinking
    ? 'thinking'
    : 'start';
  let mayThink = !options.thinking && marks !== null;
  let buffer = '';
  /** Shown as text where it turns out to begin no call. */
  let trigger = '';
  let reader: ArgumentReader | null = null;
  let count = 0;
  let steering: Steering | undefined;

  const writeText = (fresh: string): void => {
    if (!parts.text(fresh)) return;
    phase = 'ended';
    buffer = '';
    steering = nothingMore;
  };
  const beginThinking = (rest: string): void => {
    mayThink = false;
    phase = 'thinking';
    buffer = rest;
    if (options.held) steering = { grammar: noEnd };
  };
  const endThinking = (rest: string): void => {
    phase = 'start';
    // Thoughts that are messages may follow one another.
    mayThink = marks?.messageEnd !== undefined;
    parts.trimNext();
    parts.endThought();
    buffer = rest;
    if (options.afterThinking !== null) {
      steering = { grammar: options.afterThinking };
      // What came with the mark is not under the grammar, which begins anew.
      buffer = '';
    }
  };
  const endMessage = (at: number, length: number): void => {
    const rest = buffer.slice(at + length);
    writeText(buffer.slice(0, at));
    if (phase === 'ended') return;
    parts.endMessage();
    buffer = rest;
    phase = 'start';
    mayThink = true;
  };
  const beginCall = (at: number, length: number): void => {
    writeText(buffer.slice(0, at));
    if (phase === 'ended') return;
    parts.forgetTold();
    trigger = buffer.slice(at, at + length);
    buffer = buffer.slice(at + length);
    phase = 'header';
    if (options.held) return;
    const grammar = calls?.grammar(buffer) ?? null;
    if (grammar !== null) steering = { grammar };
    // What is written already holds more than the beginning of a name.
    else if (!calls?.header.test(buffer)) noCall();
  };
  const noCall = (): void => {
    const text = trigger + buffer;
    buffer = '';
    phase = 'text';
    writeText(text);
  };
  const beginArguments = (name: string, rest: string): void => {
    parts.beginCall(count, newId(), name);
    reader = calls?.reader(name) ?? null;
    phase = 'arguments';
    buffer = rest;
  };

  /** One step; false where more text is needed. */
  const step = (): boolean => {
    switch (phase) {
      case 'start': {
        const text = buffer.trimStart();
        for (const lead of marks?.lead ?? []) {
          if (text.startsWith(lead)) {
            buffer = text.slice(lead.length);
            parts.trimNext();
            return true;
          }
          if (text !== '' && lead.startsWith(text)) return false;
        }
        if (marks && mayThink) {
          if (text.startsWith(marks.open)) {
            beginThinking(text.slice(marks.open.length));
            return true;
          }
          if (text === '' || marks.open.startsWith(text)) return false;
        }
        if (text === '') return false;
        const found = calls?.triggered(buffer, true);
        if (found) {
          beginCall(found.at, found.length);
          return true;
        }
        if (calls && calls.held(buffer, true) === buffer.length) return false;
        phase = 'text';
        return true;
      }
      case 'thinking': {
        const end = marks ? buffer.indexOf(marks.close) : -1;
        if (end >= 0 && marks) {
          parts.thought(buffer.slice(0, end));
          endThinking(buffer.slice(end + marks.close.length));
          return true;
        }
        const held = marks ? heldFor(buffer, marks.close) : 0;
        parts.thought(buffer.slice(0, buffer.length - held));
        buffer = buffer.slice(buffer.length - held);
        return false;
      }
      case 'text': {
        const found = calls?.triggered(buffer, false);
        if (found) {
          beginCall(found.at, found.length);
          return true;
        }
        const messageEnd = marks?.messageEnd ?? '';
        const end = messageEnd === '' ? -1 : buffer.indexOf(messageEnd);
        if (end >= 0) {
          endMessage(end, messageEnd.length);
          return true;
        }
        const held = Math.max(calls?.held(buffer, false) ?? 0, heldFor(buffer, messageEnd));
        const text = buffer.slice(0, buffer.length - held);
        buffer = buffer.slice(buffer.length - held);
        writeText(text);
        return false;
      }
      case 'header': {
        const found = calls?.header.exec(buffer);
        if (found) {
          beginArguments(found[1] ?? '', buffer.slice(found[0].length));
          return true;
        }
        if (buffer.length > (calls?.longestHeader ?? 0)) {
          noCall();
          return true;
        }
        return false;
      }
      case 'arguments': {
        if (buffer === '' || !reader) return false;
        const { delta, rest } = reader.push(buffer);
        parts.arguments(count, delta);
        buffer = rest ?? '';
        if (rest === null) return false;
        count += 1;
        phase = 'after';
        return true;
      }
      case 'after': {
        const found = calls?.nextHeader?.exec(buffer);
        if (!found) return false;
        beginArguments(found[1] ?? '', buffer.slice(found[0].length));
        return true;
      }
      case 'ended':
        buffer = '';
        return false;
    }
  };
  const take = () => {
    const taken = { parts: parts.take(), steering };
    steering = undefined;
    return taken;
  };

  return {
    push(piece, tokens) {
      buffer += options.shown(piece);
      if (phase === 'start' || phase === 'text')
        parts.told(tokens.filter(({ text }) => text === '' || options.shown(text) !== ''));
      let more = true;
      while (more) more = step();
      return take();
    },
    end() {
      if (phase === 'thinking') parts.thought(buffer);
      else if (phase === 'header') noCall();
      else if (phase === 'start' || phase === 'text') {
        phase = 'text';
        const rest = buffer;
        buffer = '';
        writeText(rest);
      }
      if (phase === 'text') parts.endText();
      const { parts: last } = take();
      return {
        parts: last,
        toolCalls: count > 0,
        endsWithCall: phase === 'after',
        stopSequence: parts.stopSequence,
        reasoningTokens: parts.thoughts === '' ? 0 : options.countTokens(parts.thoughts),
      };
    },
  };
};
