import type { Vocabulary } from './chat/structure.ts';
import type { RawModel } from './llama.ts';

/** `llama_token_attr` of llama.cpp, and the `tokenizer.ggml.token_type` of GGUF that it came from. */
const NORMAL_OR_BYTE = 4 | 32;
const NORMAL = 1;
const OTHER = 2;

/** The vocabulary as the library would read it from the file. */
export const vocabularyOf = (raw: RawModel, size: number): Vocabulary => {
  const tokens: string[] = [];
  const types: number[] = [];
  for (let token = 0; token < size; token += 1) {
    tokens.push(raw.getTokenString(token) ?? '');
    types.push((raw.getTokenAttributes(token) & NORMAL_OR_BYTE) === 0 ? OTHER : NORMAL);
  }
  return { tokens, token_type: types };
};
