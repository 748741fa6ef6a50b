import type { RawModel } from './llama.ts';

/** Tokens before the answer that settle how its first piece is written (a leading space, a joined mark). */
const CONTEXT_TOKENS = 4;
/** A character has at most 4 bytes: more tokens than this without a whole one are not text, and are shown as such. */
const MAX_HELD_TOKENS = 8;
const REPLACEMENT = '\ufffd';

/** Turns tokens into text that never ends inside a character. */
export interface TextStream {
  /** Text that became certain with this token. */
  push(token: number): string;
  /** What was still held. */
  end(): string;
}

/** `special`: whether structure tokens are part of the text. */
export const createTextStream = (
  model: Pick<RawModel, 'detokenize'>,
  prompt: readonly number[],
  special: boolean,
): TextStream => {
  let window = prompt.slice(-CONTEXT_TOKENS);
  let read = window.length;
  const decode = (tokens: readonly number[]) =>
    tokens.length === 0 ? '' : model.detokenize(Uint32Array.from(tokens), special);

  const take = (): string => {
    const known = decode(window.slice(0, read));
    const text = decode(window);
    return text.slice(known.length);
  };
  const advance = () => {
    window = window.slice(-CONTEXT_TOKENS);
    read = window.length;
  };
  return {
    push(token) {
      window.push(token);
      const text = take();
      if (text.endsWith(REPLACEMENT) && window.length - read < MAX_HELD_TOKENS) return '';
      if (text !== '') advance();
      return text;
    },
    end() {
      const text = take();
      advance();
      return text;
    },
  };
};

/** Lets text through up to the first stop string, and holds back what could still become one. */
export interface StopFilter {
  /** `by` is the stop string that was found. */
  push(text: string): { readonly text: string; readonly stopped: boolean; readonly by: string | null };
  end(): string;
}

export const createStopFilter = (stops: readonly string[]): StopFilter => {
  let held = '';
  const possibleStart = (text: string): number => {
    const longest = Math.max(0, ...stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
      const tail = text.slice(-length);
      if (stops.some((stop) => stop.startsWith(tail))) return length;
    }
    return 0;
  };
  return {
    push(text) {
      const all = held + text;
      const [first] = stops
        .map((stop) => ({ stop, at: all.indexOf(stop) }))
        .filter(({ at }) => at >= 0)
        .toSorted((a, b) => a.at - b.at);
      if (first) {
        held = '';
        return { text: all.slice(0, first.at), stopped: true, by: first.stop };
      }
      const keep = possibleStart(all);
      held = keep === 0 ? '' : all.slice(-keep);
      return { text: keep === 0 ? all : all.slice(0, -keep), stopped: false, by: null };
    },
    end() {
      const rest = held;
      held = '';
      return rest;
    },
  };
};
