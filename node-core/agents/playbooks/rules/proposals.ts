import { z } from 'zod';
import { withTags } from '../../notes.ts';
import { similarities, subjectTermsOf, vectorsOf } from '../clusters.ts';
import { comparable } from '../checks/sources.ts';
import { countWords } from '../checks/texts.ts';
import { mergedText } from './merged-text.ts';
import { defineRule } from './rule.ts';
import { Note, noteText } from './themes.ts';

type Note = z.infer<typeof Note>;

/** What a person is shown of a change to notes, and what is done where they take it. */
export const Proposal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tag'), tag: z.string(), ids: z.array(z.string()) }),
  /** The first note is kept with the text; the others go to the trash. `base`: the texts that this was made from. */
  z.object({ kind: z.literal('merge'), ids: z.array(z.string()), base: z.array(z.string()), text: z.string() }),
  z.object({ kind: z.literal('split'), id: z.string(), base: z.string(), texts: z.array(z.string()) }),
]);

const tagged = ({ title, tags }: Note, more: readonly string[] = []): string =>
  [title, ...[...new Set([...tags, ...more])].map((tag) => `#${tag}`)].join(' ');

const tagProposals = defineRule({
  name: 'tag-proposals',
  input: z.object({
    notes: z.array(Note),
    themes: z.array(z.looseObject({ name: z.string(), tag: z.string(), notes: z.array(z.object({ id: z.string() })) })),
  }),
  decide({ notes, themes }) {
    const byId = new Map(notes.map((note) => [note.id, note]));
    const value = themes.flatMap(({ name, tag, notes: own }) => {
      const untagged = own.flatMap(({ id }) => byId.get(id) ?? []).filter(({ tags }) => !tags.includes(tag));
      return untagged.length === 0
        ? []
        : [
            {
              title: `Tag ${untagged.length} notes with #${tag}`,
              detail: name,
              before: untagged.map((note) => tagged(note)).join('\n'),
              after: untagged.map((note) => tagged(note, [tag])).join('\n'),
              kind: 'tag',
              tag,
              ids: untagged.map(({ id }) => id),
            },
          ];
    });
    return { value, output: value.map(({ title }) => title).join('\n') || 'No tags.' };
  },
});

/** So alike are two notes that say the same; under one title less is enough, and so are sentences in common, by their share of the shorter one's words. */
const alike = { texts: 0.6, titles: 0.3, sentences: 0.4 };
/** Fewer words in common are a greeting or a heading. */
const leastWords = 5;

/** Of each two notes, the later one first, how many words they say in the same sentences; and how many each says. */
const saidTwice = (notes: readonly Note[]) => {
  const saying = new Map<string, number[]>();
  const words = notes.map(({ text }, index) => {
    const sentences = new Set(text.split(/\n|(?<=[.!?])\s+/u).map(comparable));
    for (const sentence of sentences) {
      const list = saying.get(sentence);
      if (list) list.push(index);
      else saying.set(sentence, [index]);
    }
    return [...sentences].reduce((sum, sentence) => sum + countWords(sentence), 0);
  });
  const shared = notes.map(() => new Map<number, number>());
  for (const [sentence, indices] of saying) {
    if (indices.length === 1) continue;
    const count = countWords(sentence);
    for (const [place, later] of indices.entries())
      for (const earlier of indices.slice(0, place))
        shared[later]?.set(earlier, (shared[later].get(earlier) ?? 0) + count);
  }
  return (later: number, earlier: number): boolean => {
    const count = shared[later]?.get(earlier) ?? 0;
    const least = Math.max(1, Math.min(words[later] ?? 0, words[earlier] ?? 0));
    return count >= leastWords && count / least >= alike.sentences;
  };
};

/** "Test 4" and "Test 5" are two of a series, however alike their words are. */
const isSeries = (one: string, other: string): boolean =>
  one !== other && one.replace(/\d+/gu, '') === other.replace(/\d+/gu, '');

/** What agents wrote for two projects is as alike as the projects are, and belongs to each of them. */
const isOfTwoProjects = (one: Note, other: Note): boolean =>
  one.run !== undefined && other.run !== undefined && one.project !== other.project;

/** Their titles; with the project or the day where that is all that tells them apart. */
const titlesOf = (group: readonly Note[]): string =>
  group
    .map((note) => {
      const namesakes = group.filter(({ title }) => title === note.title);
      const by = (['project', 'made'] as const).find((name) => new Set(namesakes.map((one) => one[name])).size > 1);
      const told = by === undefined ? undefined : (note[by] ?? 'in no project');
      return told === undefined ? `“${note.title}”` : `“${note.title}” (${told})`;
    })
    .join(' and ');

const mergeProposals = defineRule({
  name: 'merge-proposals',
  input: z.object({ notes: z.array(Note) }),
  decide({ notes }) {
    const cosine = similarities(vectorsOf(notes.map(noteText)));
    const titles = notes.map(({ title }) => comparable(title));
    const taken = new Set<number>();
    const isSaidTwice = saidTwice(notes);
    const groups = notes.flatMap((note, index) => {
      if (taken.has(index)) return [];
      const twins = notes.flatMap((other, at) => {
        if (at <= index || taken.has(at)) return [];
        const [title = '', otherTitle = ''] = [titles[index], titles[at]];
        const enough = title === otherTitle && title !== '' ? alike.titles : alike.texts;
        const isAlike = (cosine[index]?.[at] ?? 0) >= enough && !isSeries(title, otherTitle);
        return !isOfTwoProjects(note, other) && (isAlike || isSaidTwice(at, index)) ? [at] : [];
      });
      if (twins.length === 0) return [];
      const group = [index, ...twins].flatMap((at) => notes[at] ?? []);
      for (const at of [index, ...twins]) taken.add(at);
      // Ids are in the order in which notes were made.
      return [group.toSorted((a, b) => (a.id < b.id ? -1 : 1))];
    });
    const value = groups.map((group) => {
      const text = mergedText(group.map((note) => note.text));
      return {
        title: `Merge ${titlesOf(group)}`,
        detail: 'They say much the same. The oldest is kept with what the others add; those go to the trash.',
        before: group.map((note) => note.text.trim()).join('\n\n---\n\n'),
        after: text.trim(),
        kind: 'merge',
        ids: group.map(({ id }) => id),
        base: group.map((note) => note.text),
        text,
      };
    });
    return { value, output: value.map(({ title }) => title).join('\n') || 'No two say the same.' };
  },
});

interface Part {
  readonly heading: string;
  readonly text: string;
}

/** Parts under the headings of the highest level that there is more than one of. */
const partsOf = (text: string): Part[] => {
  const lines = text.split('\n');
  for (const level of [1, 2, 3]) {
    const mark = new RegExp(`^#{${level}}\\s+\\S`, 'u');
    const at = lines.flatMap((line, index) => (mark.test(line) ? [index] : []));
    if (at.length >= 2)
      return at.map((from, index) => ({
        heading: (lines[from] ?? '').replace(/^#+\s+/u, '').trim(),
        text: lines
          .slice(from + 1, at[index + 1])
          .join('\n')
          .trim(),
      }));
  }
  return [];
};

/** A part this long stands for itself; and parts that share fewer of their telling words are about different things. */
const ownNote = { words: 40, shared: 0.2 };

const splitProposals = defineRule({
  name: 'split-proposals',
  input: z.object({ notes: z.array(Note) }),
  decide({ notes }) {
    const value = notes.flatMap((note) => {
      const parts = partsOf(note.text);
      if (parts.length < 2 || parts.some((part) => countWords(part.text) < ownNote.words)) return [];
      const terms = parts.map(({ heading, text }) => new Set(subjectTermsOf(`${heading}\n${text}`)));
      const close = terms.some((one, index) =>
        terms
          .slice(index + 1)
          .some((other) => one.intersection(other).size > ownNote.shared * Math.min(one.size, other.size)),
      );
      if (close) return [];
      const texts = parts.map(({ heading, text }) => withTags(`# ${heading}\n\n${text}\n`, note.tags));
      return [
        {
          title: `Split “${note.title}” into ${parts.length}`,
          detail: parts.map(({ heading }) => heading).join(', '),
          before: note.text.trim(),
          after: texts.map((text) => text.trim()).join('\n\n---\n\n'),
          kind: 'split',
          id: note.id,
          base: note.text,
          texts,
        },
      ];
    });
    return { value, output: value.map(({ title }) => title).join('\n') || 'None holds several things.' };
  },
});

export const proposalRules = [tagProposals, mergeProposals, splitProposals];
