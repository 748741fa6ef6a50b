import { z } from 'zod';
import { sentencesOf } from '../sentences.ts';
import { relevance, termsOf } from '../terms.ts';
import { Connected, connectedSources, type Known, Searched } from './connected.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';

/** Parts of a pitch, and the words by which evidence for them is found. */
const parts = [
  {
    id: 'problem',
    title: 'Problem',
    about: 'problem pain need today difficult expensive slow waste customers struggle',
  },
  {
    id: 'solution',
    title: 'Solution',
    about: 'solution product feature offers helps makes possible technology works how',
  },
  {
    id: 'market',
    title: 'Market',
    about: 'market size industry customers segment growth billion million competitors demand TAM potential',
  },
  {
    id: 'traction',
    title: 'Traction',
    about:
      'traction users customers revenue growth sales orders pilots demos retention stars forks contributors commits releases downloads issues contracts waiting list month entries done',
  },
  {
    id: 'team',
    title: 'Team',
    about: 'team founder founded CEO CTO engineer experience years hired advisor worked people',
  },
  {
    id: 'financials',
    title: 'Financials',
    about:
      'revenue costs margin profit burn runway price forecast budget funding raised financials EUR USD euro dollar',
  },
  {
    id: 'ask',
    title: 'The ask',
    about: 'raise raising invest investment funding round seed use of funds seek need milestones',
  },
];

const Passages = z.looseObject({
  passages: z.array(z.looseObject({ noteId: z.string(), title: z.string(), text: z.string() })),
});
const Pages = z.array(z.looseObject({ title: z.string(), url: z.string(), text: z.string() }));

/** So many statements a part is shown, so that a small model keeps an overview. */
const statementsPerPart = 8;
const givenCounts = 1.5;
const figuresCount = 1.3;

/** The beginning of a line that is no word of it. */
const marker = /^(?:[-*#>\s]|\d{1,2}[.)]\s|\[[ x]\]\s)+(?=\S)/u;

/** The best, in their order: of one account or place no more than half, unless the others have no more to say. */
const spread = <T extends { readonly kind: string }>(best: readonly T[]): T[] => {
  const taken = new Map<string, number>();
  const first = new Set<T>();
  for (const statement of best) {
    const count = taken.get(statement.kind) ?? 0;
    if (first.size === statementsPerPart) break;
    if (statement.kind !== 'Given' && count >= statementsPerPart / 2) continue;
    taken.set(statement.kind, count + 1);
    first.add(statement);
  }
  const rest = best.slice(0, statementsPerPart * 2).filter((statement) => !first.has(statement));
  const all = new Set([...first, ...rest.slice(0, statementsPerPart - first.size)]);
  return best.filter((statement) => all.has(statement));
};

/** Everything known about the company, by sources with a number each, and for each part of a pitch the statements nearest to it. */
const evidence = defineRule({
  name: 'evidence',
  input: z.object({
    company: z.string(),
    /** What the person wrote for this pitch. */
    given: z.array(maybeText),
    notes: maybeList(z.looseObject({ id: z.string(), title: z.string(), text: z.string() })),
    found: maybeList(Passages.nullable()),
    pages: Pages.nullish(),
    searched: Searched.nullish(),
    connected: Connected.nullish(),
  }),
  decide({ company, given, notes, found, pages, searched, connected }) {
    const texts = new Map<string, Omit<Known, 'key'>>();
    const add = ({ key, ...known }: Known) => {
      const before = texts.get(key);
      if (before?.text.includes(known.text)) return;
      texts.set(key, before ? { ...before, text: `${before.text}\n${known.text}` } : known);
    };
    for (const text of given)
      if (text) add({ key: 'given', kind: 'Given', title: 'Given with the request', url: '', text });
    const addNote = (key: string, title: string, text: string) =>
      add({ key, kind: 'Notes', title: `Note: ${title}`, url: '', text });
    for (const { id, title, text } of notes ?? []) addNote(id, title, text);
    // Passages are near to a question, and may yet be about something else.
    const names = new Set(termsOf(company));
    for (const { noteId, title, text } of (found ?? []).flatMap((each) => each?.passages ?? []))
      if (termsOf(`${title} ${text}`).some((term) => names.has(term))) addNote(noteId, title, text);
    if (connected && searched) for (const known of connectedSources(connected, searched)) add(known);
    for (const { title, url, text } of pages ?? []) add({ key: url, kind: 'Web', title, url, text });

    const sources = [...texts.values()].map((source, index) => ({ number: index + 1, ...source }));
    const statements = sources.flatMap(({ number, kind, text }) =>
      [...new Set(sentencesOf(text))]
        .map((sentence) => sentence.replace(marker, '').trim())
        .filter((sentence) => sentence.length >= 8 && sentence.length <= 400 && !/^\||\[\[/u.test(sentence))
        .map((sentence) => ({ number, kind, sentence })),
    );
    const terms = statements.map(({ sentence }) => termsOf(sentence));
    const sections = parts.map(({ id, title, about }) => {
      const scores = relevance(termsOf(about), terms);
      const best = statements
        .map((statement, index) => ({
          ...statement,
          index,
          score:
            (scores[index] ?? 0) *
            (/\d/u.test(statement.sentence) ? figuresCount : 1) *
            (statement.kind === 'Given' ? givenCounts : 1),
        }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score || a.index - b.index);
      const shown = spread(best);
      return {
        id,
        title,
        evidence: shown.map(({ sentence, number }) => `- ${sentence} [${number}]`).join('\n'),
        sources: shown.map(({ number }) => number),
      };
    });
    const missing = sections.filter((section) => section.evidence === '').map(({ title }) => title);
    const notices =
      missing.length > 0
        ? [`Nothing is known for: ${missing.join(', ')}. These slides are left out; add figures or notes about it.`]
        : [];
    const counts = Map.groupBy(sources, ({ kind }) => kind);
    const looked = [...counts].map(([kind, all]) => `${kind}: ${all.length}`);
    return {
      value: { sources, sections, looked, notices },
      output: sections
        .map(
          ({ title, evidence: lines }) =>
            `${title}: ${lines === '' ? 'nothing' : `${lines.split('\n').length} statements`}`,
        )
        .join('\n'),
    };
  },
});

export const pitchRules = [evidence];
