import type { GeneratePart, TokenLogprob } from '../../types.ts';
import { createStopFilter } from '../text-stream.ts';

export type AnswerPart = Exclude<GeneratePart, { readonly type: 'progress' }>;

const PARAGRAPH = '\n\n';

/** Text, thoughts and calls as they become certain: without the white space around them, and up to the first stop text. */
export interface AnswerParts {
  /** White space before the next text is not part of it. */
  trimNext(): void;
  /** The next text is a paragraph of its own. */
  endMessage(): void;
  /** Text of the answer proper. Whether a stop text ended it. */
  text(fresh: string): boolean;
  thought(fresh: string): void;
  /** Thoughts have ended; white space after them is not part of them, and further ones are a paragraph of their own. */
  endThought(): void;
  /** A call begins: white space before it is not part of the text. */
  beginCall(index: number, id: string, name: string): void;
  arguments(index: number, delta: string): void;
  /** Probabilities of tokens that the next text is of. */
  told(tokens: readonly TokenLogprob[]): void;
  /** What they were of is no text. */
  forgetTold(): void;
  /** What became certain since. */
  take(): readonly AnswerPart[];
  /** The rest of a text that nothing follows on. */
  endText(): void;
  readonly thoughts: string;
  /** The stop text that ended the answer. */
  readonly stopSequence: string | null;
}

/** `mayCall`: whether a call may follow on text. */
export const createAnswerParts = (stop: readonly string[], mayCall: boolean): AnswerParts => {
  const stops = createStopFilter(stop);
  let parts: AnswerPart[] = [];
  let logprobs: TokenLogprob[] = [];
  let trim = false;
  let textHeld = '';
  /** What stands between what was written and what comes. */
  let join = '';
  let hasText = false;
  let thoughts = '';
  let thoughtHeld = '';
  let stopSequence: string | null = null;

  const emitText = (text: string): void => {
    if (text === '') return;
    const last = parts.at(-1);
    const told = logprobs.length > 0 ? { logprobs } : {};
    logprobs = [];
    if (last?.type === 'text')
      parts[parts.length - 1] = {
        type: 'text',
        text: last.text + text,
        ...(last.logprobs || told.logprobs ? { logprobs: [...(last.logprobs ?? []), ...(told.logprobs ?? [])] } : {}),
      };
    else parts.push({ type: 'text', text, ...told });
  };

  return {
    trimNext() {
      trim = true;
    },
    endMessage() {
      trim = true;
      textHeld = '';
      if (hasText) join = PARAGRAPH;
    },
    text(fresh) {
      let text = fresh;
      if (trim) {
        text = text.trimStart();
        if (text === '') return false;
        trim = false;
      }
      if (text !== '') {
        text = join + text;
        join = '';
        hasText = true;
      }
      if (mayCall) {
        // White space before a call is not part of the text; whether one follows is not known yet.
        text = textHeld + text;
        const kept = text.trimEnd();
        textHeld = text.slice(kept.length);
        text = kept;
      }
      const { text: passed, by } = stops.push(text);
      emitText(passed);
      stopSequence = by;
      return by !== null;
    },
    thought(fresh) {
      const all = thoughtHeld + (thoughts === '' ? fresh.trimStart() : fresh);
      const kept = all.trimEnd();
      thoughtHeld = kept === '' && thoughts === '' ? '' : all.slice(kept.length);
      if (kept === '') return;
      thoughts += kept;
      logprobs = [];
      parts.push({ type: 'reasoning', text: kept });
    },
    endThought() {
      thoughtHeld = thoughts === '' ? '' : PARAGRAPH;
      logprobs = [];
    },
    beginCall(index, id, name) {
      parts.push({ type: 'tool-call', index, id, name });
      textHeld = '';
    },
    arguments(index, delta) {
      if (delta !== '') parts.push({ type: 'tool-arguments', index, delta });
    },
    told(tokens) {
      logprobs.push(...tokens);
    },
    forgetTold() {
      logprobs = [];
    },
    take() {
      const taken = parts;
      parts = [];
      return taken;
    },
    endText() {
      const { text, by } = stops.push(textHeld);
      stopSequence = by;
      emitText(by === null ? text + stops.end() : text);
    },
    get thoughts() {
      return thoughts;
    },
    get stopSequence() {
      return stopSequence;
    },
  };
};
