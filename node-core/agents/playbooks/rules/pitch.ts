import { z } from 'zod';
import { citedIn, numbersIn } from '../checks/sources.ts';
import { sentencesOf } from '../sentences.ts';
import { relevance, termsOf } from '../terms.ts';
import { Connected, connectedSources, type Known, Searched } from './connected.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';
import { Source, sourceList } from './text.ts';

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

/** So many statements a part is shown, so that a small model keeps an overview; of one account or place no more than half. */
const statementsPerPart = 8;
const givenCounts = 1.5;
const figuresCount = 1.3;

/** The beginning of a line that is no word of it. */
const marker = /^(?:[-*#>\s]|\d{1,2}[.)]\s|\[[ x]\]\s)+(?=\S)/u;

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
        .toSorted((a, b) => b.score - a.score || a.index - b.index)
        .filter(
          ({ kind }, at, all) =>
            kind === 'Given' || all.slice(0, at).filter((one) => one.kind === kind).length < statementsPerPart / 2,
        )
        .slice(0, statementsPerPart);
      return {
        id,
        title,
        evidence: best.map(({ sentence, number }) => `- ${sentence} [${number}]`).join('\n'),
        sources: best.map(({ number }) => number),
      };
    });
    const numbers = statements.flatMap(({ number, sentence }) =>
      numbersIn(sentence).map((value) => ({ value, sentence, source: number })),
    );
    const missing = sections.filter((section) => section.evidence === '').map(({ title }) => title);
    const notices =
      missing.length > 0 ? [`Nothing is known for: ${missing.join(', ')}. Add figures or notes about it.`] : [];
    const counts = Map.groupBy(sources, ({ kind }) => kind);
    const looked = [...counts].map(([kind, all]) => `${kind}: ${all.length}`);
    return {
      value: { sources, sections, numbers, looked, notices },
      output: sections
        .map(
          ({ title, evidence: lines }) =>
            `${title}: ${lines === '' ? 'nothing' : `${lines.split('\n').length} statements`}`,
        )
        .join('\n'),
    };
  },
});

const Slide = z.looseObject({ headline: z.string(), bullets: z.array(z.string()) });
const Section = z.looseObject({ id: z.string(), title: z.string(), evidence: z.string() });
const bulletsPerSlide = 4;

/** Days and years need no source, and names such as B2B are no numbers. */
const withoutDates = (text: string): string =>
  text.replace(
    /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{4})?\b|\b(?:19|20)\d{2}\b(?![.,]\d)|\p{L}[\p{L}-]*\d[\p{L}\d]*/giu,
    ' ',
  );
const figuresIn = (text: string): string[] => numbersIn(withoutDates(text), 0);

/** Slides of Markdown, apart by `---`, and of each number where it comes from. */
const deck = defineRule({
  name: 'deck',
  input: z.object({
    company: z.string().min(1),
    audience: maybeText,
    narrative: maybeText,
    ask: maybeText,
    sections: z.array(Section),
    slides: maybeList(Slide.nullable()),
    sources: z.array(Source.extend({ text: z.string() })),
  }),
  decide({ company, audience, narrative, ask, sections, slides, sources }) {
    const bySource = sources.map((source) => ({
      ...source,
      numbers: new Set(figuresIn(source.text)),
      terms: new Set(termsOf(`${source.title} ${source.text}`)),
    }));
    const unsourced: string[] = [];
    /** With the sources of its figures: those it cites, and others where these don't have them. */
    const cited = (line: string): string => {
      const own = bySource.filter(({ number }) => citedIn(line).includes(number));
      const open = figuresIn(line).filter((value) => !own.some(({ numbers }) => numbers.has(value)));
      if (open.length === 0) return line;
      const words = termsOf(line);
      const holding = (values: readonly string[]) =>
        bySource
          .filter(({ numbers }) => values.every((value) => numbers.has(value)))
          .map((source) => ({ source, shared: words.filter((word) => source.terms.has(word)).length }))
          // A single digit stands in many texts.
          .filter(({ shared }) => shared > 0 || values.some((value) => Math.abs(Number(value)) >= 10))
          .toSorted((x, y) => y.shared - x.shared)[0]?.source;
      const one = holding(open);
      const from = one ? [one] : open.map((value) => holding([value]));
      const found = [...new Set(from.flatMap((source) => (source ? [source.number] : [])))];
      if (from.some((source) => source === undefined)) unsourced.push(line);
      return [line, ...found.map((number) => `[${number}]`), ...(from.includes(undefined) ? ['(no source)'] : [])].join(
        ' ',
      );
    };
    const told = narrative
      ?.trim()
      .split('\n')
      .map((line) => sentencesOf(line).map(cited).join(' '))
      .join('\n');
    const clean = (line: string) =>
      line
        .replace(/\s+/gu, ' ')
        .replace(/^[-*•\s]+/u, '')
        .trim();
    const used = new Set<string>();
    const shown = sections.map(({ id, title, evidence: lines }, index) => {
      const slide = slides?.[index];
      const known = lines.split('\n').map(clean);
      // A statement as it is stands on one slide, unless there is nothing else for another.
      const fresh = known.filter((line) => !used.has(line));
      const own = slide && slide.bullets.length > 0 ? slide.bullets : fresh.length > 0 ? fresh : known;
      const extra = id === 'ask' && ask ? [ask] : [];
      const bullets = [...extra, ...own]
        .map(clean)
        .filter((line) => line !== '')
        .slice(0, bulletsPerSlide);
      for (const line of bullets) used.add(line);
      return {
        name: title,
        title: slide ? `${title}: ${cited(clean(slide.headline))}` : title,
        bullets: bullets.map(cited),
        isEmpty: bullets.length === 0,
      };
    });
    const full = shown.filter(({ isEmpty }) => !isEmpty);
    const collected = slides?.every((slide) => slide !== null)
      ? 0
      : sections.filter((_, index) => !slides?.[index]).length;
    const citations = new Set(citedIn([told, ...full.flatMap(({ title, bullets }) => [title, ...bullets])].join('\n')));
    const named = bySource.filter(({ number }) => citations.has(number));
    const numbersOf = (slide: string, line: string) =>
      figuresIn(line).map((value) => {
        const source = citedIn(line).find((number) =>
          bySource.some((one) => one.number === number && one.numbers.has(value)),
        );
        return { value, slide, source: source ?? null };
      });
    const numbers = [
      ...sentencesOf(told ?? '').flatMap((line) => numbersOf('Narrative', line)),
      ...full.flatMap(({ name, title, bullets }) => [title, ...bullets].flatMap((line) => numbersOf(name, line))),
    ];
    const notices = [
      ...unsourced.map((line) => `No source has the numbers of: “${line}”. Check them or leave them out.`),
      ...(collected > 0
        ? [`${collected} slides hold statements from the sources as they are, because no model wrote them.`]
        : []),
      ...shown
        .filter(({ isEmpty }) => isEmpty)
        .map(({ title }) => `The slide “${title}” is left out: nothing is known for it.`),
    ];
    const cells = (value: string) => value.replaceAll('|', '/');
    const slidesText = [
      [`# ${company}`, ...(audience ? [`For ${audience}`] : []), ...(told ? [told] : [])].join('\n\n'),
      ...full.map(({ title, bullets }) => `# ${title}\n\n${bullets.map((line) => `- ${line}`).join('\n')}`),
      ...(numbers.length > 0
        ? [
            `# Where the numbers come from\n\n| Number | Slide | Source |\n| ---: | --- | --- |\n${numbers.map(({ value, slide, source }) => `| ${value} | ${cells(slide)} | ${source === null ? 'none' : `[${source}]`} |`).join('\n')}`,
          ]
        : []),
      ...(named.length > 0 ? [`# Sources\n\n${sourceList(named)}`] : []),
    ].join('\n\n---\n\n');
    return {
      value: { text: `${slidesText}\n`, numbers, notices },
      output: `${full.length} slides, ${numbers.length} numbers`,
    };
  },
});

export const pitchRules = [evidence, deck];
