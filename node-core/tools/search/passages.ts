/** Words of a text without case and accents, as the full-text index sees them. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

export interface Passage {
  readonly noteId: string;
  readonly title: string;
  /** The nearest heading above it; empty without one. */
  readonly heading: string;
  /** Of its first line in the note, counted from 1. */
  readonly line: number;
  readonly text: string;
}

const LONGEST = 1_200;

/** Paragraphs of a note, small ones of one heading together; one that is too long is cut where a sentence ends. */
export const passagesOf = (note: { readonly id: string; readonly title: string; readonly text: string }): Passage[] => {
  const passages: Passage[] = [];
  let heading = '';
  let block: string[] = [];
  let from = 1;
  const flush = (next: number) => {
    let text = block.join('\n').trim();
    while (text !== '') {
      const part = text.length <= LONGEST ? text : upTo(text, LONGEST);
      passages.push({ noteId: note.id, title: note.title, heading, line: from, text: part.trim() });
      text = text.slice(part.length).trim();
    }
    block = [];
    from = next;
  };
  note.text.split('\n').forEach((line, index) => {
    const title = /^#{1,6}\s+(.+)$/u.exec(line)?.[1];
    if (title !== undefined) {
      flush(index + 2);
      heading = title.trim();
    } else if (line.trim() === '' && block.join('\n').length >= LONGEST / 3) flush(index + 2);
    else if (block.length === 0 && line.trim() === '') from = index + 2;
    else block.push(line);
  });
  flush(0);
  return passages;
};

const upTo = (text: string, most: number): string => {
  const head = text.slice(0, most);
  const end = Math.max(head.lastIndexOf('. '), head.lastIndexOf('\n'), head.lastIndexOf('! '), head.lastIndexOf('? '));
  return end > most / 2 ? head.slice(0, end + 1) : head;
};

// BM25, Robertson and Zaragoza 2009, with the usual constants.
const K1 = 1.2;
const B = 0.75;
const TITLE_COUNTS = 2;

/** Best first; those that hold none of the words are left out. */
export const ranked = <P extends Passage>(passages: readonly P[], query: string): (P & { score: number })[] => {
  const wanted = [...new Set(wordsOf(query))];
  const counted = passages.map((passage) => {
    const body = wordsOf(passage.text);
    const counts = new Map<string, number>();
    for (const word of body) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const word of wordsOf(`${passage.title} ${passage.heading}`))
      counts.set(word, (counts.get(word) ?? 0) + TITLE_COUNTS);
    return { passage, counts, length: body.length };
  });
  const average = Math.max(1, counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length));
  const weights = wanted.map((word) => {
    const holding = counted.filter(({ counts }) => counts.has(word)).length;
    return Math.log(1 + (counted.length - holding + 0.5) / (holding + 0.5));
  });
  return counted
    .map(({ passage, counts, length }) => ({
      ...passage,
      score: wanted.reduce((sum, word, index) => {
        const count = counts.get(word) ?? 0;
        return sum + ((weights[index] ?? 0) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
      }, 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
};
