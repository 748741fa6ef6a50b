import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Cursor } from './cursor.ts';
import { readHeader } from './header.ts';

/** What has to be the same beside the tokens themselves for a token of one model to mean what it means to another. */
const SPECIAL = ['model', 'bos_token_id', 'eos_token_id'].map((key) => `tokenizer.ggml.${key}`);

/** Names the vocabulary of a model file: alike for two files whose tokens are the same. @throws MalformedFile */
export const vocabularyOf = (path: string): string => {
  const file = openSync(path, 'r');
  try {
    const { metadata } = readHeader(new Cursor(file, fstatSync(file).size));
    const tokens = metadata.get('tokenizer.ggml.tokens');
    const [start, end] = (typeof tokens === 'object' && tokens.bytes) || [0, 0];
    const spelled = Buffer.alloc(end - start);
    readSync(file, spelled, 0, spelled.length, start);
    const special = JSON.stringify(SPECIAL.map((key) => metadata.get(key) ?? null));
    return createHash('sha256').update(special).update(spelled).digest('hex');
  } finally {
    closeSync(file);
  }
};
