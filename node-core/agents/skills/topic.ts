import type { PromptWord } from './gbnf.ts';

interface GoalWord extends PromptWord {
  raw: string;
}

export type Range = readonly [from: number, to: number];

const set = (words: string): Set<string> => new Set(words.split(' '));

const PREPOSITIONS = set(
  'on in for up down away from to at before with without about through near by as of out off around after until during over under against than whom',
);
const DETERMINERS = set('the a an my our your his her their this that these those some any all another enough');
const ENDS = set(
  'well into and or but so then if because while when which who that of is are has have must should can will not no none once again better certified compliant listed running working ready done comes come works online together back myself ourselves it them',
);
/** "Turn a barn into a café": the topic stands behind the preposition. */
const TURNS = set('turn convert rebuild make travel go surprise convince research become switch sign apply');
const OPENING =
  /^(?:i|we|want|need|have|like|would|i'd|to|help|me|us|please|let's|how|do|can|you|my|goal|goal:|is|plan:|todo:|project:|next:|plan|make|a)$/u;

const isPlain = (word: PromptWord | undefined): boolean =>
  word !== undefined && !PREPOSITIONS.has(word.core) && !DETERMINERS.has(word.core) && !ENDS.has(word.core);

/** To the right a thing goes on until a preposition other than "of", a comma or a verb; a topic has at most six words. */
function extended(words: readonly PromptWord[], [from, to]: Range): Range {
  const limit = Math.max(to, Math.min(words.length, from + 6));
  let end = from + 1;
  while (end < limit && (words[end - 1]?.trail ?? '') === '' && (isPlain(words[end]) || belongs(words, end))) end += 1;
  while (end > from + 1 && !isPlain(words[end - 1])) end -= 1;
  return [from, end];
}

/** "of a" in "letters of a captain" */
function belongs(words: readonly PromptWord[], at: number): boolean {
  const core = words[at]?.core ?? '';
  return core === 'of' || (DETERMINERS.has(core) && words[at - 1]?.core === 'of');
}

/** What stands behind the first verb: "the fresco" of "restore the fresco in our chapel". */
function firstThing(words: readonly GoalWord[]): Range | null {
  let at = 0;
  while (at < words.length - 2 && OPENING.test(words[at]?.core ?? '') && OPENING.test(words[at + 1]?.core ?? ''))
    at += 1;
  if (OPENING.test(words[at]?.core ?? '') && at < words.length - 2) at += 1;
  if (TURNS.has(words[at]?.core ?? '')) return null;
  at += 1;
  while (at < words.length && !isPlain(words[at])) at += 1;
  return at < words.length ? extended(words, [at, at + 1]) : null;
}

/** The model says what the goal is about; if it names the place or the occasion, or only a part of the words, that is put right. */
export function settleTopic(words: readonly GoalWord[], chosen: Range | null): Range | null {
  const first = firstThing(words);
  if (chosen === null) return first;
  let [from] = chosen;
  while (from < chosen[1] - 1 && !isPlain(words[from]) && !/^(?:my|our|no|more|less)$/u.test(words[from]?.core ?? ''))
    from += 1;
  const behind = first !== null && words.slice(first[1], from).some(({ core }) => PREPOSITIONS.has(core));
  if (first !== null && first[0] < from && (behind || !isPlain(words[from]))) return first;
  return extended(words, [from, chosen[1]]);
}

/** What the goal names besides its topic: "harpsichord" of "save 1800 euros for a harpsichord". */
export function settleDetail(words: readonly GoalWord[], topic: Range | null, chosen: Range | null): Range | null {
  if (chosen === null || topic === null || chosen[1] <= topic[0] || chosen[0] >= topic[1]) return chosen;
  for (let at = topic[1]; at < words.length - 1; at += 1) {
    if (!PREPOSITIONS.has(words[at]?.core ?? '')) continue;
    const start = words.findIndex((word, index) => index > at && !DETERMINERS.has(word.core));
    if (start >= 0 && isPlain(words[start])) return extended(words, [start, start + 1]);
  }
  return chosen;
}
