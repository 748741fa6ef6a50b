/** What the formulas are made of. */
export interface Counts {
  readonly sentences: number;
  readonly words: number;
  readonly letters: number;
  readonly syllables: number;
  /** Words of three syllables or more. */
  readonly polysyllables: number;
  /** Those of them that are neither names nor only long by `-es`, `-ed` or `-ing`. */
  readonly complexWords: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’.,\-‐‑][\p{L}\p{N}]+)*/gu;

/** A text without the marks of Markdown: code and addresses are no words of it. */
const plain = (markdown: string): string =>
  markdown
    .replaceAll(/^(```|~~~)[\s\S]*?^\1.*$/gmu, '')
    .replaceAll(/`[^`\n]*`/gu, ' ')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/<?\bhttps?:\/\/\S+/gu, ' ')
    .replaceAll(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gmu, '\n')
    .replaceAll(/[*_~|]+/gu, ' ');

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const sentencesOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/u)
    .flatMap((block) => [...segmenter.segment(block.replaceAll(/\s+/gu, ' '))].map(({ segment }) => segment))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/** Of an English word, by its groups of vowels, without a mute e; a number or an initialism counts as one. */
export const syllablesOf = (word: string): number => {
  const letters = word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/gu, '');
  if (letters.length <= 3) return 1;
  const spoken = letters.replace(/(?:[^laeiouyscxzg]es|[^tdaeiouy]ed|[^laeiouy]e)$/u, '').replace(/^y/u, '');
  const groups = spoken.match(/[aeiouy]+/gu)?.length ?? 0;
  // Vowels that are side by side and spoken apart.
  const apart =
    spoken.match(
      /[^ct]ia|io(?!us|n)|[^gq]ua|eo(?![pu])|[^cst]io|iet|(?:[^ct]|^sc)ien(?!d)|crea(?![kms]|t?u)|[ye]ing|(?<=..)ea$|ism$|thm$/gu,
    )?.length ?? 0;
  return Math.max(1, groups + apart);
};

/** A name stands with a capital where no sentence begins. */
const isName = (word: string, index: number): boolean => index > 0 && /^\p{Lu}/u.test(word);
const isLongByEnding = (word: string): boolean => {
  const stem = word.toLowerCase().replace(/(?:es|ed|ing)$/u, '');
  return stem !== word.toLowerCase() && syllablesOf(stem) < 3;
};

export const countsOf = (markdown: string): Counts => {
  const sentences = sentencesOf(plain(markdown)).map((sentence) => sentence.match(WORD) ?? []);
  const words = sentences.flat();
  const syllables = words.map(syllablesOf);
  const isComplex = (word: string, index: number) =>
    syllablesOf(word) >= 3 && !isName(word, index) && !word.includes('-') && !isLongByEnding(word);
  return {
    sentences: sentences.length,
    words: words.length,
    letters: words.join('').replaceAll(/[^\p{L}\p{N}]/gu, '').length,
    syllables: syllables.reduce((sum, count) => sum + count, 0),
    polysyllables: syllables.filter((count) => count >= 3).length,
    complexWords: sentences.reduce((sum, sentence) => sum + sentence.filter(isComplex).length, 0),
  };
};

/** 100 is very easy, 0 very hard. R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948), 221-233. */
export const flesch = ({ words, sentences, syllables }: Counts): number =>
  206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words);

/** A grade of US schools. J. P. Kincaid et al., Research Branch Report 8-75, Naval Technical Training Command (1975). */
export const fleschKincaid = ({ words, sentences, syllables }: Counts): number =>
  0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;

/** Years of school. R. Gunning, "The technique of clear writing", McGraw-Hill (1952), 36-37. */
export const gunningFog = ({ words, sentences, complexWords }: Counts): number =>
  0.4 * (words / sentences + 100 * (complexWords / words));

/** A grade; meant for 30 sentences and more. G. H. McLaughlin, "SMOG grading", Journal of Reading 12 (1969), 639-646. */
export const smog = ({ sentences, polysyllables }: Counts): number =>
  3.1291 + 1.043 * Math.sqrt(polysyllables * (30 / sentences));

/** A grade. R. J. Senter and E. A. Smith, "Automated readability index", AMRL-TR-66-220 (1967). */
export const automatedReadability = ({ letters, words, sentences }: Counts): number =>
  4.71 * (letters / words) + 0.5 * (words / sentences) - 21.43;

/** A grade. M. Coleman and T. L. Liau, "A computer readability formula designed for machine scoring", Journal of Applied Psychology 60 (1975), 283-284. */
export const colemanLiau = ({ letters, words, sentences }: Counts): number =>
  0.0588 * (100 * (letters / words)) - 0.296 * (100 * (sentences / words)) - 15.8;
