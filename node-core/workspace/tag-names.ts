const letter = String.raw`\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d\ufe0f_`;

/** `#` at the start of a word, then a name with at least one letter: `#12` is a number, `C#` a language. */
export const tagPattern = new RegExp(
  String.raw`(?<![^\s(\[{,;])#((?=[${letter}/-]*(?:[\p{L}\p{Extended_Pictographic}]))(?![\p{M}\u200d\ufe0f])[${letter}][${letter}/-]*)`,
  'gu',
);

const isColour = (name: string): boolean =>
  /^(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(name) && (/\d/.test(name) || new Set(name.toLowerCase()).size === 1);

/** Not what ends in a mark that joins words, not a colour, not longer than the contract's tags. */
export const isTagName = (name: string): boolean => name !== '' && name.length <= 64 && !isColour(name);

/** As tags are stored: lower-case, without the `#`. */
export const normaliseTag = (raw: string): string =>
  raw
    .normalize('NFC')
    .toLowerCase()
    .trim()
    .replace(/^#+/, '')
    .replace(/[/-]+$/, '');
