import type { z } from 'zod';

/** What has no look of its own, or one that is another's: controls, marks of direction, joiners, fillers, and blanks that are no space. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const words = /\S+/gu;
const isName = /[@/]|\.\p{L}{2,}/u;
const latin = /\p{Script=Latin}/u;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Letters that are there to be taken for others: any that is not ASCII in an address, and those of a second alphabet within a word. */
const plain = (word: string): string => {
  if (isName.test(word)) return word.replaceAll(/[^\0-\x7F]/gu, escaped);
  const letters = word.match(/\p{L}/gu) ?? [];
  if (!letters.some((letter) => latin.test(letter))) return word;
  return word.replaceAll(/\p{L}/gu, (letter) =>
    latin.test(letter) && letter.normalize('NFKC') === letter.normalize('NFC') ? letter : escaped(letter),
  );
};

/**
 * A value as the person sees it who has to approve it: JSON in which nothing looks like what it is not. A line break is `\n`, a mark that
 * turns the direction of writing and a letter of another alphabet in an address are their code points.
 */
export const visible = (value: z.core.util.JSONType): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replaceAll(unseen, escaped).replaceAll(words, plain))
    .join('\n');
