import { relevance, termsOf } from './terms.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const onlyCitations = /^\s*(?:\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]\s*(?:[.!?]\s*)?)+$/u;
/** A full stop behind these ends no sentence. */
const abbreviated = /\b(?:mr|mrs|ms|dr|prof|st|vs|approx|e\.g|i\.e|etc|ca|no|fig|inc|ltd|co)\.\s*$/iu;

/** The sentences of a text, line by line; a citation behind a full stop belongs to what it follows. */
export const sentencesOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    if (!/[\p{L}\p{N}]/u.test(line)) return [];
    const found: string[] = [];
    for (const { segment } of segmenter.segment(line)) {
      const last = found.at(-1);
      if (last !== undefined && (onlyCitations.test(segment) || abbreviated.test(last)))
        found[found.length - 1] = last + segment;
      else found.push(segment);
    }
    return found.map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  });

/** Sentences that say something by themselves: no headings, menus or scraps. */
const isWhole = (sentence: string): boolean => {
  const words = sentence.split(/\s+/u).length;
  return words >= 6 && words <= 60 && /[.!?][”"')\]]*$/u.test(sentence) && !/^[#|>*-]/u.test(sentence);
};

/** The sentences of a text that say most about a question, in the order of the text. */
export const keySentences = (text: string, question: string, most: number): string[] => {
  const sentences = [...new Set(sentencesOf(text).filter(isWhole))];
  const scores = relevance(termsOf(question), sentences.map(termsOf));
  return sentences
    .map((sentence, index) => ({ sentence, index, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most)
    .toSorted((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence);
};
