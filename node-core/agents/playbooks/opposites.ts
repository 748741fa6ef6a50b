import { adjectives, nouns, others, verbs } from './antonyms.ts';
import { keySentences, sentencesOf } from './sentences.ts';
import { stem, tellingWords, termsOf } from './terms.ts';

const joined = (word: string, ending: string): string[] => {
  if (word.endsWith('e')) return [word.slice(0, -1) + ending];
  if (/[^aeiou]y$/u.test(word) && !ending.startsWith('i')) return [`${word.slice(0, -1)}i${ending}`];
  // Of "banned" and "opened" the other form is no word, and does no harm.
  return /[^aeiou][aeiou][^aeiouwxy]$/u.test(word) ? [word + ending, word + word.slice(-1) + ending] : [word + ending];
};
const withS = (word: string): string =>
  /(?:[sxz]|ch|sh)$/u.test(word) ? `${word}es` : /[^aeiou]y$/u.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
const formsOf = {
  verb: (word: string) => [word, withS(word), ...joined(word, 'ed'), ...joined(word, 'ing')],
  noun: (word: string) => [word, withS(word)],
  adjective: (word: string) => [
    word,
    ...joined(word, 'er'),
    ...joined(word, 'est'),
    // "Highly" and "lately" are something else.
    ...(word.length > 4 ? [`${word.replace(/y$/u, 'i').replace(/([^aeiou])le$/u, '$1')}ly`] : []),
  ],
  other: (word: string) => [word],
};

/** Of each word, on which side it stands in which lines. */
const sidesOf = new Map<string, { readonly line: string; readonly side: number }[]>();
for (const [table, forms] of [
  [verbs, formsOf.verb],
  [nouns, formsOf.noun],
  [adjectives, formsOf.adjective],
  [others, formsOf.other],
] as const)
  for (const line of table.trim().split('\n'))
    for (const [side, words] of line.split(' | ').entries())
      for (const word of words.split(' '))
        for (const form of word.startsWith('+') ? [word.slice(1)] : forms(word))
          sidesOf.set(form, [...(sidesOf.get(form) ?? []), { line, side }]);

/** These turn what they stand before, as "not" does: "less safe" is "more dangerous". */
const degrees: ReadonlySet<string> = new Set(['more | less fewer', 'most | least fewest']);

const negation =
  /\b(?:not(?! only| least)|no(?! doubt)|never|none|nobody|nothing|neither|nor|cannot|nicht(?! nur)|kein(?:e[mnrs]?)?|nie(?:mals|mand)?|nichts|weder|hardly|barely|scarcely|unable to|(?:fail|refus)(?:e|e?s|ed)? to|lack(?:s|ed)?)\b|n[’']t\b/iu;
/** "Banned" says of itself that something may not be. */
const denying = new Set(verbs.trim().split('\n'));
const denies = (own: ReadonlyMap<string, ReadonlySet<number>>, other: ReadonlyMap<string, unknown>): boolean =>
  [...own].some(([line, sides]) => denying.has(line) && !sides.has(0) && !other.has(line));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** Its lines, and for any longer word the line of it and of the same with "un-" before it. */
const sidesOfWord = (word: string): readonly { readonly line: string; readonly side: number }[] => {
  const bare = word.startsWith('un') ? word.slice(2) : word;
  return [...(sidesOf.get(word) ?? []), ...(bare.length >= 5 ? [{ line: bare, side: bare === word ? 0 : 1 }] : [])];
};
const sidesIn = (words: readonly string[]): Map<string, Set<number>> => {
  const found = new Map<string, Set<number>>();
  for (const word of words)
    for (const { line, side } of sidesOfWord(word)) found.set(line, (found.get(line) ?? new Set()).add(side));
  return found;
};

/** So much of a statement's terms stands in a sentence that says the same, or its opposite. */
const sameMatter = 0.7;
const fewestTerms = 3;

/** What is compared with what: terms before and behind a "than". */
const compared = (text: string): readonly [Set<string>, Set<string>] | null => {
  const [one, other, ...rest] = text.split(/\bthan\b/iu);
  return one === undefined || other === undefined || rest.length > 0
    ? null
    : [new Set(termsOf(one)), new Set(termsOf(other))];
};
const isSwapped = (one: string, other: string): boolean => {
  const [a, b] = [compared(one), compared(other)];
  if (!a || !b) return false;
  const crosses = (x: Set<string>, y: Set<string>, not: Set<string>) =>
    [...x].some((term) => y.has(term) && !not.has(term));
  return crosses(a[0], b[1], b[0]) && crosses(a[1], b[0], b[1]);
};

/** The parts of a sentence that could stand alone. */
const clause = /[,;:()–—]|\b(?:but|although|though|while|whereas|and|aber|obwohl|während)\b/iu;

/** The sentence of a source that a statement turns round: "less" where it says "more", or a "not" on one side only. */
export const turnedRound = (statement: string, source: string): string | null => {
  const bare = statement.replace(/\[[^\]]*\]/gu, ' ');
  const terms = new Map(tellingWords(bare).map((word) => [stem(word), word] as const));
  if (terms.size < fewestTerms) return null;
  const sides = sidesIn(wordsOf(bare));
  const isSameMatter = (text: string): boolean => {
    const there = new Set(termsOf(text));
    const lines = sidesIn(wordsOf(text));
    const shared = [...terms].filter(
      ([term, word]) => there.has(term) || sidesOfWord(word).some(({ line }) => lines.has(line)),
    );
    return shared.length / terms.size >= sameMatter;
  };
  /** Whether it says so of this matter, and not of another beside it. */
  const isDenial = (sentence: string): boolean =>
    negation.test(sentence) &&
    !isSameMatter(
      sentence
        .split(clause)
        .filter((part) => !negation.test(part))
        .join(' '),
    );
  const isTurned = (sentence: string): boolean => {
    const said = sentence.split(clause).find(isSameMatter) ?? sentence;
    const there = sidesIn(wordsOf(said));
    const flipped = [...sides].filter(([line, own]) => {
      const its = there.get(line);
      return its !== undefined && [...own].every((side) => !its.has(side));
    });
    const isDenied = negation.test(bare);
    // Turned twice is not turned.
    return [
      flipped.some(([line]) => !degrees.has(line)),
      flipped.some(([line]) => degrees.has(line)),
      isDenied ? !negation.test(sentence) && !denies(there, sides) : isDenial(sentence) && !denies(sides, there),
      isSwapped(bare, said),
    ].reduce((so, turn) => so !== turn, false);
  };
  const near = [...new Set([...keySentences(source, bare, 2), ...sentencesOf(source).slice(0, 200)])].filter(
    isSameMatter,
  );
  // One sentence that says the same is enough.
  return near.every(isTurned) ? (near[0] ?? null) : null;
};
