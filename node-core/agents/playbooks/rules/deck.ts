import { z } from 'zod';
import { allFigures, type Figure, knownIn } from '../checks/figures.ts';
import { citedIn, renumbered } from '../checks/sources.ts';
import { sentencesOf } from '../sentences.ts';
import { termsOf } from '../terms.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';
import { Source, sourceList } from './text.ts';

const Slide = z.looseObject({ headline: z.string(), bullets: z.array(z.string()) });
const Section = z.looseObject({ id: z.string(), title: z.string(), evidence: z.string() });
const bulletsPerSlide = 4;

/** Days and years need no source, and names such as B2B are no numbers. */
const withoutDates = (text: string): string =>
  text.replace(
    /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{4})?\b|\b(?:19|20)\d{2}\b(?![.,]\d)|\p{L}[\p{L}-]*\d[\p{L}\d]*/giu,
    ' ',
  );
const figuresIn = (text: string): Figure[] => allFigures(withoutDates(text)).filter(({ digits }) => digits !== '');

/** Slides of Markdown, apart by `---`, and of each number where it comes from; sources are numbered as they are cited first. */
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
      numbers: knownIn([withoutDates(source.text)]),
      terms: new Set(termsOf(`${source.title} ${source.text}`)),
    }));
    const unsourced: string[] = [];
    /** With the sources of its figures: those it cites, and others where these don't have them. */
    const cited = (line: string): string => {
      const own = bySource.filter(({ number }) => citedIn(line).includes(number));
      const open = figuresIn(line).filter((figure) => !own.some(({ numbers }) => numbers.has(figure)));
      if (open.length === 0) return line;
      const words = termsOf(line);
      const holding = (figures: readonly Figure[]) =>
        bySource
          .filter(({ numbers }) => figures.every((figure) => numbers.has(figure)))
          .map((source) => ({ source, shared: words.filter((word) => source.terms.has(word)).length }))
          // A single digit stands in many texts.
          .filter(({ shared }) => shared > 0 || figures.some(({ counts }) => counts !== 'never'))
          .toSorted((x, y) => y.shared - x.shared)[0]?.source;
      const one = holding(open);
      const from = one ? [one] : open.map((figure) => holding([figure]));
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
    const known = new Set(bySource.map(({ number }) => number));
    const order = new Map(
      [...new Set(citedIn([told, ...full.flatMap(({ title, bullets }) => [title, ...bullets])].join('\n')))]
        .filter((number) => known.has(number))
        .map((number, index) => [number, index + 1]),
    );
    const named = bySource
      .flatMap((source) => {
        const number = order.get(source.number);
        return number === undefined ? [] : [{ ...source, number }];
      })
      .toSorted((x, y) => x.number - y.number);
    const narrated = renumbered(told ?? '', order);
    const final = full.map(({ name, title, bullets }) => ({
      name,
      title: renumbered(title, order),
      bullets: bullets.map((line) => renumbered(line, order)),
    }));
    const numbersOf = (slide: string, line: string) =>
      figuresIn(line).map((figure) => {
        const source = citedIn(line).find((number) =>
          named.some((one) => one.number === number && one.numbers.has(figure)),
        );
        return { value: figure.digits, slide, source: source ?? null };
      });
    const numbers = [
      ...sentencesOf(narrated).flatMap((line) => numbersOf('Narrative', line)),
      ...final.flatMap(({ name, title, bullets }) => [title, ...bullets].flatMap((line) => numbersOf(name, line))),
    ];
    const notices = [
      ...unsourced.map((line) => `No source has the numbers of: “${line}”. Check them or leave them out.`),
      ...(collected > 0
        ? [`${collected} slides hold statements from the sources as they are, because no model wrote them.`]
        : []),
    ];
    const cells = (value: string) => value.replaceAll('|', '/');
    const slidesText = [
      [`# ${company}`, ...(audience ? [`For ${audience}`] : []), ...(narrated ? [narrated] : [])].join('\n\n'),
      ...final.map(({ title, bullets }) => `# ${title}\n\n${bullets.map((line) => `- ${line}`).join('\n')}`),
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

export const deckRules = [deck];
