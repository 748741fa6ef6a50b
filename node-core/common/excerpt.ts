/** Without case and marks, and exactly as long: a letter that would become two stays as it is. */
const fold = (text: string): string =>
  text
    .replace(/[^\0-\x7f]/gu, (letter) => {
      const folded = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      return folded.length === letter.length ? folded : letter;
    })
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Characters before and after the match. */
const BEFORE = 40;
const AFTER = 80;

/**
 * The place of a text where one of the words stands, between U+0002 and U+0003: where it begins a word, if it does so anywhere. The
 * beginning of the text where none is found. `words` are letters and digits only.
 */
export const excerptAround = (text: string, words: readonly string[]): string => {
  const any = words.map(fold).join('|');
  const folded = fold(text);
  const found =
    any === ''
      ? null
      : (new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})`, 'u').exec(folded) ?? new RegExp(any, 'u').exec(folded));
  if (!found) return text.slice(0, BEFORE + AFTER).toWellFormed();
  const at = found.index;
  const end = at + found[0].length;
  const from = Math.max(0, at - BEFORE);
  const until = Math.min(text.length, end + AFTER);
  const cut = (start: number, stop: number) => text.slice(start, stop).toWellFormed();
  return `${from > 0 ? '…' : ''}${cut(from, at)}\u0002${cut(at, end)}\u0003${cut(end, until)}${until < text.length ? '…' : ''}`;
};
