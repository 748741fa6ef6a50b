import { z } from 'zod';
import { linkTo } from '../../notes.ts';
import { clustersOf, sharedTerms, similarities, subjectsOf } from '../clusters.ts';
import { nearestOf } from '../communities.ts';
import { termsOf } from '../terms.ts';
import { defineRule, maybeList } from './rule.ts';

export const Note = z.looseObject({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  tags: z.array(z.string()).default([]),
  project: z.string().exactOptional(),
  /** The day. */
  made: z.string().exactOptional(),
  /** That wrote it. */
  run: z.string().exactOptional(),
});
type Note = z.infer<typeof Note>;

/** A title says more than a line of the text. */
export const noteText = ({ title, text }: Note): string => `${title}\n${title}\n${text}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Notes that share their telling words, and those words. */
const themes = defineRule({
  name: 'themes',
  input: z.object({ notes: z.array(Note), most: z.number().int().min(2).max(20).default(20) }),
  decide({ notes, most }) {
    const texts = notes.map(noteText);
    const { vectors, wordFor } = subjectsOf(texts);
    const { clusters, left } = clustersOf(vectors, most);
    const used = new Set<string>();
    const found = clusters.map(({ members, centre }) => {
      const own = members.flatMap((index) => vectors[index] ?? []);
      const inMany = (term: string) =>
        own.filter(({ weights }) => weights.has(term)).length >= Math.max(2, own.length / 4);
      const telling = [...centre.weights]
        .filter(([term]) => !/^\d/u.test(term))
        .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 20)
        .map(([term]) => term)
        .filter(inMany)
        .slice(0, 6)
        .map(wordFor);
      const free = telling.filter((word) => !used.has(word));
      const named = (free.length > 0 ? free : telling).slice(0, 2);
      for (const word of named) used.add(word);
      return {
        name: capital(named.join(' and ')) || 'Theme',
        words: telling,
        notes: members.flatMap((index) => {
          const note = notes[index];
          return note ? [{ id: note.id, title: note.title }] : [];
        }),
      };
    });
    const alone = left.flatMap((index) => notes[index] ?? []).map(({ id, title }) => ({ id, title }));
    const value = found.map((theme) => ({
      ...theme,
      titles: theme.notes
        .slice(0, 15)
        .map(({ title }) => `- ${title}`)
        .join('\n'),
    }));
    const notices = [
      ...(notes.length < 5 ? [`There are only ${notes.length} notes: themes show from about ten on.`] : []),
    ];
    return {
      value: { themes: value, alone, count: notes.length, notices },
      output: value.map(({ name, notes: own }) => `${name}: ${own.length} notes`).join('\n') || 'No themes.',
    };
  },
});

const Theme = z.looseObject({
  name: z.string(),
  words: z.array(z.string()),
  notes: z.array(z.object({ id: z.string(), title: z.string() })),
});

/** As tags are written. */
const tagFor = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+and\s+|[^\p{L}\p{N}]+/gu, '-')
    .replace(/^[-\d]+|-+$/gu, '')
    .slice(0, 40) || 'theme';

/** Themes with names, a tag each, and below a large theme the subjects that several of its notes share. */
const taxonomy = defineRule({
  name: 'taxonomy',
  input: z.object({
    themes: z.array(Theme),
    notes: z.array(Note),
    names: maybeList(z.looseObject({ name: z.string() }).nullable()),
  }),
  decide({ themes: found, notes, names }) {
    const byId = new Map(notes.map((note) => [note.id, note]));
    const taken = new Set<string>();
    const value = found.map((theme, index) => {
      const given = names?.[index]?.name.trim().replace(/[.:"“”]+/gu, '') ?? '';
      const name = given !== '' && given.length <= 40 && !taken.has(given.toLowerCase()) ? given : theme.name;
      taken.add(name.toLowerCase());
      const own = theme.notes.flatMap(({ id }) => byId.get(id) ?? []);
      const terms = own.map((note) => new Set(termsOf(noteText(note))));
      const [, , ...others] = theme.words;
      const subjects =
        own.length < 8
          ? []
          : others.flatMap((word) => {
              const stem = termsOf(word)[0];
              const about = own.filter((_, at) => stem !== undefined && terms[at]?.has(stem));
              return about.length >= 3 && about.length <= own.length * 0.7
                ? [{ name: capital(word), notes: about.map(({ id, title }) => ({ id, title })) }]
                : [];
            });
      return { name, tag: tagFor(name), notes: theme.notes, subjects };
    });
    const text = value
      .map(({ name, tag, notes: own, subjects }) =>
        [
          `### ${name} (${own.length}, #${tag})`,
          ...subjects.map(
            (subject) => `- ${subject.name}: ${subject.notes.map(({ title }) => linkTo(title)).join(', ')}`,
          ),
          ...own
            .filter(({ id }) => !subjects.some((subject) => subject.notes.some((other) => other.id === id)))
            .map(({ title }) => `- ${linkTo(title)}`),
        ].join('\n'),
      )
      .join('\n\n');
    const themed = new Set(value.flatMap(({ notes: own }) => own.map(({ id }) => id)));
    const alone = notes.filter(({ id }) => !themed.has(id));
    const overview = [...value, ...(alone.length > 0 ? [{ name: 'On their own', notes: alone }] : [])]
      .map(({ name, notes: own }) => {
        const shown = own.slice(0, 6).map(({ title }) => title);
        const more = own.length - shown.length;
        return `- ${name}: ${shown.join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
      })
      .join('\n');
    const summary =
      value.length === 0
        ? `${notes.length} notes without a theme in common.`
        : `${notes.length} notes, mostly about ${value.map(({ name, notes: own }) => `${name} (${own.length})`).join(', ')}.`;
    return { value: { themes: value, text, overview, summary }, output: text || 'No themes.' };
  },
});

const edgesPerNote = 3;
const related = 0.3;
/** Notes so close say nearly the same: that they belong together is no news. */
const nearlySame = 0.8;

/** Which notes have to do with which: each with the few that share most of its telling words. */
const graph = defineRule({
  name: 'knowledge-graph',
  input: z.object({ notes: z.array(Note) }),
  decide({ notes }) {
    const texts = notes.map(noteText);
    const { vectors, wordFor } = subjectsOf(texts);
    const alike = similarities(vectors);
    const seen = new Set<string>();
    const edges = notes.flatMap((note, index) => {
      const vector = vectors[index];
      if (!vector) return [];
      return nearestOf(alike[index] ?? new Float64Array(), index, edgesPerNote, related).flatMap(([at, score]) => {
        const [from, to] = [Math.min(index, at), Math.max(index, at)];
        const other = notes[at];
        const otherVector = vectors[at];
        if (!other || !otherVector || seen.has(`${from} ${to}`)) return [];
        seen.add(`${from} ${to}`);
        const shared = sharedTerms(vector, otherVector, 3).map(wordFor);
        return [
          {
            from: { id: note.id, title: note.title },
            to: { id: other.id, title: other.title },
            shared,
            score: Math.round(score * 100) / 100,
          },
        ];
      });
    });
    const told = edges.toSorted(
      (a, b) => Number(a.score >= nearlySame) - Number(b.score >= nearlySame) || b.score - a.score,
    );
    const text = told
      .map(({ from, to, shared }) => `- ${linkTo(from.title)} and ${linkTo(to.title)}: ${shared.join(', ')}`)
      .join('\n');
    return { value: { edges: told, text }, output: `${edges.length} relations among ${notes.length} notes` };
  },
});

export const themeRules = [themes, taxonomy, graph];
