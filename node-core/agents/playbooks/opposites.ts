import { keySentences, sentencesOf } from './sentences.ts';
import { termsOf } from './terms.ts';

const pairs =
  `more less|more fewer|higher lower|high low|rose fell|rise fall|rises falls|risen fallen|increase decrease|increased decreased|increases decreases
grew shrank|grow shrink|grows shrinks|above below|before after|first last|most least|best worst|up down|faster slower|cheaper dearer|with without|always never
all none|larger smaller|longer shorter|older younger|better worse|won lost|opened closed|open closed|early late|earlier later`
    .split(/[|\n]/u)
    .map((pair) => pair.split(' '));
const opposite = new Map<string, Set<string>>();
for (const [one = '', other = ''] of pairs)
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const)
    opposite.set(from, (opposite.get(from) ?? new Set()).add(to));

const negation = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot)\b|n[’']t\b/iu;
const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);

/** So much of a statement's terms stands in a sentence that says the same, or its opposite. */
const sameMatter = 0.7;

/** The sentence of a source that a statement turns round: "less" where it says "more", or a "not" on one side only. */
export const turnedRound = (statement: string, source: string): string | null => {
  const bare = statement.replace(/\[[^\]]*\]/gu, ' ');
  const terms = [...new Set(termsOf(bare))];
  const words = wordsOf(bare);
  const near = [...new Set([...keySentences(source, bare, 2), ...sentencesOf(source).slice(0, 200)])].filter(
    (sentence) => {
      const there = new Set(termsOf(sentence));
      return terms.length >= 3 && terms.filter((term) => there.has(term)).length / terms.length >= sameMatter;
    },
  );
  const isTurned = (sentence: string): boolean => {
    const said = wordsOf(sentence);
    const flipped = [...words].some(
      (word) =>
        !said.has(word) && [...(opposite.get(word) ?? [])].some((other) => said.has(other) && !words.has(other)),
    );
    return flipped || negation.test(bare) !== negation.test(sentence);
  };
  // One sentence that says the same is enough.
  return near.every(isTurned) ? (near[0] ?? null) : null;
};
