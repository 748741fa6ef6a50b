import { z } from 'zod';
import { citedIn, numbersIn } from '../checks/sources.ts';
import { sentencesOf } from '../sentences.ts';
import { relevance, termsOf } from '../terms.ts';
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
      'traction users customers revenue growth sales orders pilots retention stars downloads contracts waiting list month',
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
  }),
  decide({ company, given, notes, found, pages }) {
    const texts = new Map<string, { title: string; url: string; text: string }>();
    const add = (key: string, title: string, url: string, text: string) => {
      const before = texts.get(key);
      if (before?.text.includes(text)) return;
      texts.set(key, { title, url, text: before ? `${before.text}\n${text}` : text });
    };
    for (const text of given) if (text) add('given', 'Given with the request', '', text);
    for (const { id, title, text } of notes ?? []) add(id, `Note: ${title}`, '', text);
    // Passages are near to a question, and may yet be about something else.
    const names = new Set(termsOf(company));
    for (const { noteId, title, text } of (found ?? []).flatMap((each) => each?.passages ?? []))
      if (termsOf(`${title} ${text}`).some((term) => names.has(term))) add(noteId, `Note: ${title}`, '', text);
    for (const { title, url, text } of pages ?? []) add(url, title, url, text);

    const sources = [...texts.values()].map((source, index) => ({ number: index + 1, ...source }));
    const statements = sources.flatMap(({ number, text }) =>
      [...new Set(sentencesOf(text))]
        .map((sentence) => sentence.replace(/^[-*#>\s\d.)]+(?=\p{L})/u, '').trim())
        .filter((sentence) => sentence.length >= 8 && sentence.length <= 400 && !/^\||\[\[/u.test(sentence))
        .map((sentence) => ({ number, sentence })),
    );
    const terms = statements.map(({ sentence }) => termsOf(sentence));
    const sections = parts.map(({ id, title, about }) => {
      const scores = relevance(termsOf(about), terms);
      const best = statements
        .map((statement, index) => ({
          ...statement,
          index,
          score: (scores[index] ?? 0) * (/\d/u.test(statement.sentence) ? 1.3 : 1),
        }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score || a.index - b.index)
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
    return {
      value: { sources, sections, numbers, notices },
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

/** Days and years need no source. */
const withoutDates = (text: string): string =>
  text.replace(
    /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{4})?\b|\b(?:19|20)\d{2}\b(?![.,]\d)/giu,
    ' ',
  );
const figuresIn = (text: string): string[] => numbersIn(withoutDates(text));

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
    const bySource = sources.map((source) => ({ ...source, numbers: new Set(numbersIn(source.text)) }));
    const unsourced: string[] = [];
    const cited = (line: string): string => {
      if (citedIn(line).length > 0) return line;
      const wanted = figuresIn(line);
      if (wanted.length === 0) return line;
      const from = bySource.find(({ numbers }) => wanted.every((value) => numbers.has(value)));
      if (from) return `${line} [${from.number}]`;
      unsourced.push(line);
      return `${line} (no source)`;
    };
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
        title: slide ? `${title}: ${clean(slide.headline)}` : title,
        bullets: bullets.map(cited),
        isEmpty: bullets.length === 0,
      };
    });
    const full = shown.filter(({ isEmpty }) => !isEmpty);
    const collected = slides?.every((slide) => slide !== null)
      ? 0
      : sections.filter((_, index) => !slides?.[index]).length;
    const text = full.map(({ title, bullets }) => `${title}\n${bullets.join('\n')}`).join('\n');
    const citations = new Set(citedIn(text));
    const named = bySource.filter(({ number }) => citations.has(number));
    const numbers = full.flatMap(({ title, bullets }) =>
      bullets.flatMap((line) =>
        figuresIn(line).map((value) => {
          const source = citedIn(line).find((number) =>
            bySource.some((one) => one.number === number && one.numbers.has(value)),
          );
          return { value, slide: title, source: source ?? null };
        }),
      ),
    );
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
      [`# ${company}`, ...(audience ? [`For ${audience}`] : []), ...(narrative ? [narrative.trim()] : [])].join('\n\n'),
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
