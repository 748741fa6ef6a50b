import { literal, type RuleBook } from './gbnf.ts';

/** So deep are groups nested before a rule of its own begins: llama.cpp reads them by recursion. */
const NESTED = 32;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/**
 * One of the texts, as a tree of what they begin with alike. As mere alternatives each text would be a state of its own, and every token of
 * the vocabulary is tried against every state.
 */
export const oneOf = (texts: readonly string[], book: Pick<RuleBook, 'add'>): string => {
  const sorted = [...new Set(texts)].sort();
  const branch = (low: number, high: number, from: number, depth: number): string => {
    const first = sorted[low] ?? '';
    const last = sorted[high - 1] ?? '';
    if (high - low === 1) return literal(first.slice(from));
    // Sorted: what the first and the last share, all share.
    let to = from;
    while (to < first.length && first.charCodeAt(to) === last.charCodeAt(to)) to += 1;
    if (to > from && isHigh(first.charCodeAt(to - 1))) to -= 1;
    const alternatives: string[] = [];
    let start = low;
    if (first.length === to) {
      alternatives.push('""');
      start += 1;
    }
    while (start < high) {
      const point = sorted[start]?.codePointAt(to);
      let end = start + 1;
      while (end < high && sorted[end]?.codePointAt(to) === point) end += 1;
      alternatives.push(branch(start, end, to, depth + 1));
      start = end;
    }
    const body = alternatives.join(' | ');
    const group = depth % NESTED === 0 && depth > 0 ? book.add(body) : `(${body})`;
    return to === from ? group : `${literal(first.slice(from, to))} ${group}`;
  };
  return branch(0, sorted.length, 0, 0);
};
