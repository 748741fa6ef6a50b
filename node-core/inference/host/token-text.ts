import type { TokenLogprob, TokenProbability } from '../types.ts';
import type { RawModel } from './llama.ts';
import type { Sampled } from './step.ts';

const REPLACEMENT = '\ufffd';

/** Bytes by the characters that byte-level vocabularies write them as (https://github.com/openai/gpt-2/blob/master/src/encoder.py). */
const byteOfCharacter: ReadonlyMap<string, number> = (() => {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 255 && byte !== 173);
  let next = 256;
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(printable(byte) ? byte : next++), byte] as const),
  );
})();

/** Spells single tokens. */
export interface TokenText {
  probabilities(sampled: Sampled): TokenLogprob;
}

export const createTokenText = (model: RawModel): TokenText => {
  const known = new Map<number, { readonly text: string; readonly bytes: readonly number[] }>();
  // A token at the start of a text may lose its space, so it is read behind another.
  const before = model.tokenize('a', false).slice(-1);
  const offset = model.detokenize(before, true).length;

  const bytesOf = (token: number, text: string): readonly number[] => {
    if (!text.includes(REPLACEMENT)) return [...Buffer.from(text)];
    const spelled = model.getTokenString(token) ?? '';
    const byte = /^<0x([0-9A-F]{2})>$/u.exec(spelled)?.[1];
    if (byte !== undefined) return [Number.parseInt(byte, 16)];
    return [...spelled].flatMap((character) => byteOfCharacter.get(character) ?? [...Buffer.from(character)]);
  };
  const spell = (token: number) => {
    const found = known.get(token);
    if (found) return found;
    const text = model.detokenize(Uint32Array.of(...before, token), true).slice(offset);
    const spelled = { text, bytes: bytesOf(token, text) };
    known.set(token, spelled);
    return spelled;
  };
  const probability = (token: number, logprob: number): TokenProbability => ({ token, ...spell(token), logprob });

  return {
    probabilities: ({ token, logprob, top }) => ({
      ...probability(token, logprob ?? 0),
      top: top.map((other) => probability(other.token, other.logprob)),
    }),
  };
};
