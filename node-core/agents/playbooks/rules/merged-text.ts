import { comparable } from '../checks/sources.ts';
import { stem } from '../terms.ts';

/** Words that change nothing of what a sentence says. */
const fillers = new Set('a an the and or so it its this that is are was be also then'.split(' '));
const negation = /\b(?:not|no|never|none|nobody|nothing|without|cannot|kein\w*|nicht|nie)\b|n[’']t\b/iu;
const heading = /^#{1,6}\s+\S/u;
/** What leads somewhere is more than its words. */
const link = /\[[^\]]|https?:/u;
const code = '```';
/** Where a line is more than its words: tables, boxes to tick. */
const form = /^\s*\||^\s*[-*+]\s+\[.\]/u;
const marker = /^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?/u;
/** Of fewer words, or one beside a number, a sentence is compared letter by letter. */
const leastTerms = 3;
/** Texts of more are compared line by line. */
const mostSentences = 500;
/** So much of a heading's words in the title says that both head the same. */
const sameHeading = 0.5;

interface Said {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly denies: boolean;
}

const saidIn = (text: string): Said => {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\d+(?:[.,:]\d+)*|\p{L}[\p{L}\p{N}]*/gu) ?? [];
  return {
    text,
    terms: new Set(words.filter((word) => !fillers.has(word)).map(stem)),
    denies: negation.test(text),
  };
};

const sentencesIn = (line: string): string[] =>
  line
    .replace(marker, '')
    .trim()
    .split(/(?<=[.!?])\s+/u)
    .filter((sentence) => sentence !== '');

/** Whether the one can go where the other stays. */
const isPart = (one: Said, whole: Said): boolean =>
  !link.test(one.text) &&
  one.terms.size >= (/\d/u.test(one.text) ? leastTerms - 1 : leastTerms) &&
  one.denies === whole.denies &&
  one.terms.isSubsetOf(whole.terms);

/** Without a sentence that follows another in its line. */
const without = (text: string, sentence: string): string => {
  const at = text.indexOf(sentence);
  return /[.!?] $/u.test(text.slice(Math.max(0, at - 2), at))
    ? `${text.slice(0, at - 1)}${text.slice(at + sentence.length)}`
    : text;
};

/** What a text says, in its sentences and in each two neighbours. */
const sayings = (text: string): { readonly single: readonly Said[]; readonly all: readonly Said[] } => {
  const lines = text.split('\n').filter((line) => !form.test(line) && !heading.test(line));
  const sentences = lines.map(sentencesIn);
  if (text.includes(code) || sentences.reduce((sum, { length }) => sum + length, 0) > mostSentences)
    return { single: [], all: [] };
  const single = sentences.flat().map(saidIn);
  const pairs = sentences.flatMap((own) => own.slice(1).map((next, index) => saidIn(`${own[index]} ${next}`)));
  return { single, all: [...single, ...pairs] };
};

/** The kept text with what another adds: no sentence that it holds already, and the fuller one of two. */
const withAdded = (kept: string, other: string): string => {
  let so = kept;
  let said = sayings(so);
  const there = new Set(kept.split('\n').map(comparable));
  const title = saidIn(kept.split('\n').find((line) => line.trim() !== '') ?? '').terms;
  const sentences = other.includes(code) ? mostSentences + 1 : other.split('\n').flatMap(sentencesIn).length;

  const isNew = (sentence: string): boolean => {
    const one = saidIn(sentence);
    if (said.all.some((whole) => isPart(one, whole))) return false;
    const [shorter, ...more] = said.single.filter((part) => isPart(part, one));
    if (!shorter) return true;
    for (const { text } of more) so = without(so, text);
    so = so.replace(shorter.text, () => sentence);
    said = sayings(so);
    return false;
  };
  const left = (line: string): string => {
    if (there.has(comparable(line))) return '';
    if (form.test(line) || sentences > mostSentences) return line;
    const rest = sentencesIn(line).filter(isNew);
    return rest.length === 0 ? '' : `${marker.exec(line)?.[0] ?? ''}${rest.join(' ')}`;
  };

  const added: string[] = [];
  let head = '';
  let isBroken = false;
  for (const [index, line] of other.trim().split('\n').entries()) {
    if (line.trim() === '') {
      isBroken = true;
      continue;
    }
    if (heading.test(line)) {
      const { terms } = saidIn(line);
      const isTitle = index === 0 && terms.intersection(title).size >= sameHeading * terms.size;
      // It stands where something is said under it; a second title is a part of the first one's note.
      head = isTitle || there.has(comparable(line)) ? '' : line.replace(/^#\s/u, '## ');
      isBroken = true;
      continue;
    }
    const text = left(line);
    if (text === '') continue;
    if (head !== '') added.push('', head, '');
    else if (isBroken || added.length === 0) added.push('');
    added.push(text);
    head = '';
    isBroken = false;
  }
  return added.length === 0 ? so : `${so.trimEnd()}\n${added.join('\n')}\n`;
};

/** The first text, and of the others what it does not say already. */
export const mergedText = ([first = '', ...others]: readonly string[]): string => others.reduce(withAdded, first);
