import { termsOf } from './terms.ts';

const refusal =
  /(?<![\p{L}\p{N}])(?:no|without|skip(?:ping)?|omit(?:ting)?|leav(?:e|ing) out|(?:don['’]t|do not) (?:need|want|write|make|do|include)|ohne|kein(?:e|en)?)\s+/giu;
/** A wish is said at the beginning; what comes later is material. */
const longestRead = 2_000;
const longestClause = 120;
const article = /^(?:an?|any|the|ein(?:e|en)?)$/iu;
const or = /^(?:or|nor|oder)$/iu;

/** What a goal says it does without: “no budget”, “without research or an announcement”. */
export const refusals = (goal: string): { readonly said: string; readonly terms: readonly string[] }[] =>
  [...goal.slice(0, longestRead).matchAll(refusal)].map((match) => {
    const start = match.index + match[0].length;
    const [clause = ''] = goal.slice(start, start + longestClause).split(/[.,;:!?\n]/u);
    const taken: string[] = [];
    for (const word of clause.split(/\s+/u).slice(0, 6)) {
      if (!article.test(word) && !or.test(word) && termsOf(word).length === 0) break;
      taken.push(word);
    }
    return { said: `${match[0]}${taken.join(' ')}`, terms: termsOf(taken.join(' ')) };
  });

/** What is left of a goal: words that it says no to are not what it is about. */
export const withoutRefusals = (goal: string): string =>
  refusals(goal).reduce((text, { said }) => {
    const [before = '', ...after] = text.split(said);
    return `${before.replace(/(?:[,;:]|\s(?:and|but|with|und|aber|mit))?\s*$/u, '')} ${after.join(said).trimStart()}`.trim();
  }, goal);
