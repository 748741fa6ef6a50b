import { structureTokens } from '../../../../node-core/agents/skills/tokens.ts';

/** Types of `tokenizer.ggml.token_type`, https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (llama_token_type). */
const TYPE = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

export interface VocabularyToken {
  text: string;
  score: number;
  type: number;
}

const PIECES = / ?[\p{L}'’]+| ?\p{N}|\n| ?[^\s\p{L}\p{N}]|\s/gu;

/** Byte-pair vocabulary in the form of llama.cpp's `llama` tokenizer: structure tokens, 256 byte tokens, then pieces by rank of their merge. */
export function trainVocabulary(texts: Iterable<string>, size: number): VocabularyToken[] {
  const counts = new Map<string, number>();
  const structure = new RegExp(structureTokens.map((text) => text.replace('.', '\\.')).join('|'), 'u');
  for (const text of texts) {
    for (const stretch of text.split(structure)) {
      for (const [piece] of stretch.matchAll(PIECES)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
  const words = [...counts].map(([word, count]) => ({ symbols: [...word.replace(/ /gu, '▁')], count }));
  const characters = new Set(words.filter(({ count }) => count > 3).flatMap(({ symbols }) => symbols));
  for (let code = 32; code < 127; code += 1) characters.add(code === 32 ? '▁' : String.fromCharCode(code));
  const fixed: VocabularyToken[] = [
    { text: '<unk>', score: 0, type: TYPE.unknown },
    { text: '<s>', score: 0, type: TYPE.control },
    { text: '</s>', score: 0, type: TYPE.control },
    ...Array.from({ length: 256 }, (_, byte) => ({
      text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      score: 0,
      type: TYPE.byte,
    })),
    ...structureTokens.map((text) => ({ text, score: 0, type: TYPE.userDefined })),
  ];
  const merges = mergePieces(words, size - fixed.length - characters.size);
  const pieces = [...merges, ...[...characters].filter((character) => !merges.includes(character))];
  return [...fixed, ...pieces.map((text, rank) => ({ text, score: -rank - 1, type: TYPE.normal }))].slice(0, size);
}

function mergePieces(words: { symbols: string[]; count: number }[], amount: number): string[] {
  const merged: string[] = [];
  const known = new Set<string>();
  const pairs = new Map<string, number>();
  const where = new Map<string, Set<number>>();
  const note = (index: number, sign: 1 | -1): void => {
    const word = words[index];
    if (word === undefined) return;
    for (let at = 0; at + 1 < word.symbols.length; at += 1) {
      const pair = `${word.symbols[at]} ${word.symbols[at + 1]}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + sign * word.count);
      if (sign === 1) (where.get(pair) ?? where.set(pair, new Set()).get(pair))?.add(index);
    }
  };
  words.forEach((_, index) => note(index, 1));
  while (merged.length < amount) {
    let best = '';
    let most = 1;
    for (const [pair, count] of pairs) if (count > most) [best, most] = [pair, count];
    if (best === '') break;
    const [left = '', right = ''] = best.split(' ');
    for (const index of where.get(best) ?? []) {
      const word = words[index];
      if (word === undefined) continue;
      note(index, -1);
      for (let at = 0; at + 1 < word.symbols.length; at += 1)
        if (word.symbols[at] === left && word.symbols[at + 1] === right) word.symbols.splice(at, 2, left + right);
      note(index, 1);
    }
    pairs.delete(best);
    if (!known.has(left + right)) merged.push(left + right);
    known.add(left + right);
  }
  return merged;
}
