import type { RawModel } from '../llama.ts';

/** `llama_token_attr` of llama.cpp. */
const UNKNOWN = 1;
const CONTROL = 8;
const USER_DEFINED = 16;
/** `tokenizer.ggml.token_type` of GGUF. */
const plainTypes: ReadonlySet<number | undefined> = new Set([1, 6]);
const marker = /^(?:<[^\s]{1,62}>|\[[^\s]{1,62}\])$/u;

const brackets = new Set(['<', '[']);

export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly token_type?: readonly number[];
}

/** The texts that a tokeniser turns into one token wherever they stand. */
export interface Structure {
  /** Text of structure tokens is cut with this character, so that none can form; the character occurs in none of the texts given. */
  guard(texts: readonly string[]): Guard;
  /** What the vocabulary has as a token of its own. */
  has(text: string): boolean;
  /** Where the first token stands that ends an answer; -1 where there is none. */
  firstEnd(text: string): number;
  /** The control tokens in a text. */
  control(text: string): readonly string[];
  /** The text without control tokens, but for those named. */
  withoutControl(text: string, keep: ReadonlySet<string>): string;
}
export interface Guard {
  protect(text: string): string;
  tokenize(rendered: string): number[];
}

/** Lengths that structure tokens have, by their first character: what stands at a place of a text is looked up, not searched for. */
const lengthsByFirst = (texts: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> => {
  const lengths = new Map<string, Set<number>>();
  for (const text of texts) {
    const first = text.charAt(0);
    lengths.set(first, (lengths.get(first) ?? new Set()).add(text.length));
  }
  return new Map([...lengths].map(([first, all]) => [first, [...all]]));
};

/** Ends of structure tokens, which a text must not begin with, and beginnings, which it must not end with: the template writes right beside it. */
const edges = (
  texts: ReadonlySet<string>,
): { readonly heads: ReadonlySet<string>; readonly tails: ReadonlySet<string> } => {
  const heads = new Set<string>();
  const tails = new Set<string>();
  for (const text of texts)
    for (let cut = 1; cut < text.length; cut += 1) {
      heads.add(text.slice(0, cut));
      tails.add(text.slice(cut));
    }
  return { heads, tails };
};

const FIRST_SENTINEL = 0xf0000;

/**
 * Text of a message never becomes a structure token, whatever it spells: its occurrences are cut before the template sees the text, and the
 * pieces are tokenised apart. Tokens that only stand for common text (runs of spaces, tags) count where the template writes them.
 */
export const createStructure = (raw: RawModel, vocabulary: Vocabulary, template: string): Structure => {
  const control = new Set<string>();
  const own = new Set<string>();
  const ends = new Set<string>();
  for (const [token, spelled] of vocabulary.tokens.entries()) {
    // llama.cpp makes control tokens of what looks like them, whatever the file says.
    if (plainTypes.has(vocabulary.token_type?.[token]) && !(brackets.has(spelled.charAt(0)) && marker.test(spelled)))
      continue;
    const attributes = raw.getTokenAttributes(token);
    const text = raw.getTokenString(token);
    if (text === undefined || text.length < 2) continue;
    if (raw.isEogToken(token)) ends.add(text);
    if ((attributes & (UNKNOWN | CONTROL)) !== 0) control.add(text);
    else if ((attributes & USER_DEFINED) !== 0 && (marker.test(text) || template.includes(text)) && text.trim() !== '')
      own.add(text);
  }
  const structure = new Set([...control, ...own]);
  const byFirst = lengthsByFirst(structure);
  const firsts =
    byFirst.size === 0
      ? null
      : new RegExp(`[${[...byFirst.keys()].map((first) => first.replace(/[\\\]^-]/u, '\\$&')).join('')}]`, 'gu');
  const { heads, tails } = edges(structure);
  const longest = Math.max(0, ...[...structure].map((text) => text.length));

  // A SentencePiece vocabulary begins every text with a space of its own.
  const newline = raw.tokenize('\n', false);
  const spaced = raw.detokenize(raw.tokenize('a', false), false).startsWith(' ') || newline.length > 1;
  const continued = (text: string): number[] => {
    if (!spaced) return [...raw.tokenize(text, true)];
    const tokens = raw.tokenize(`\n${text}`, true);
    const whole = newline.every((token, index) => tokens[index] === token);
    return whole ? [...tokens.subarray(newline.length)] : [...raw.tokenize(text, true)];
  };

  const cuts = (text: string): number[] => {
    const at: number[] = [];
    for (const { 0: first, index } of firsts ? text.matchAll(firsts) : [])
      if (byFirst.get(first)?.some((length) => structure.has(text.slice(index, index + length)))) at.push(index + 1);
    const start = text.length - text.trimStart().length;
    const end = text.trimEnd().length;
    for (let length = 1; length < longest && start + length <= end; length += 1) {
      if (tails.has(text.slice(start, start + length))) at.push(start + 1);
      if (heads.has(text.slice(end - length, end))) at.push(end - length + 1);
    }
    return [...new Set(at)].sort((left, right) => left - right);
  };

  return {
    guard(texts) {
      let point = FIRST_SENTINEL;
      while (texts.some((text) => text.includes(String.fromCodePoint(point)))) point += 1;
      const sentinel = String.fromCodePoint(point);
      return {
        protect(text) {
          let from = 0;
          let out = '';
          for (const at of cuts(text)) {
            out += text.slice(from, at) + sentinel;
            from = at;
          }
          return out + text.slice(from);
        },
        tokenize: (rendered) =>
          rendered
            .split(sentinel)
            .flatMap((piece, index) =>
              piece === '' ? [] : index === 0 ? [...raw.tokenize(piece, true)] : continued(piece),
            ),
      };
    },
    has: (text) => structure.has(text),
    firstEnd(text) {
      const at = [...ends].map((end) => text.indexOf(end)).filter((index) => index >= 0);
      return at.length === 0 ? -1 : Math.min(...at);
    },
    control: (text) => [...control].filter((token) => text.includes(token)),
    withoutControl(text, keep) {
      let out = '';
      for (let index = 0; index < text.length; ) {
        const length = byFirst
          .get(text.charAt(index))
          ?.find((size) => control.has(text.slice(index, index + size)) && !keep.has(text.slice(index, index + size)));
        if (length === undefined) out += text.charAt(index);
        index += length ?? 1;
      }
      return out;
    },
  };
};
