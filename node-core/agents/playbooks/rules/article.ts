import { z } from 'zod';
import { figuresIn, knownIn } from '../checks/figures.ts';
import { citedIn, renumbered } from '../checks/sources.ts';
import { countWords } from '../checks/texts.ts';
import { sentencesOf } from '../sentences.ts';
import { termsOf } from '../terms.ts';
import { doubt, isClaim, lengthWithin } from './fact-check.ts';
import { bare, draftedText, LanguageFault } from './language.ts';
import { outline, usualWords, Written } from './outline.ts';
import { Read } from './research.ts';
import { defineRule, maybeList, maybeNumber, maybeText } from './rule.ts';
import { referenceList, Source, sourceList } from './text.ts';

const Section = z.looseObject({ heading: z.string(), quotes: z.string().default(''), facts: z.string().default('') });

/** A heading that the model repeated stands there once. */
const withoutHeading = (text: string, heading: string): string => {
  const [first = '', ...rest] = text.trim().split('\n');
  const bare = first.replace(/^[#\s*]+|[*\s:]+$/gu, '').toLowerCase();
  return (bare === heading.toLowerCase() ? rest.join('\n') : text).trim();
};

/** With the source of each sentence that names numbers and cites none, where a page has them all. */
const withSources = (text: string, pages: readonly z.infer<typeof Read>[]): string =>
  sentencesOf(text).reduce((so, sentence) => {
    const wanted = figuresIn(sentence);
    if (wanted.length === 0 || citedIn(sentence).length > 0) return so;
    const words = termsOf(sentence);
    const [best] = pages
      .filter((page) => {
        const there = knownIn([page.text]);
        return wanted.every((figure) => there.has(figure));
      })
      .map(({ number, text: source }) => {
        const terms = new Set(termsOf(source));
        return { number, shared: words.filter((word) => terms.has(word)).length };
      })
      .toSorted((a, b) => b.shared - a.shared);
    if (!best) return so;
    return so.replace(sentence, () => sentence.replace(/([.!?]?["”’)]*)$/u, ` [${best.number}]$1`));
  }, text);

/** What was drafted, section by section; one without a draft holds what its sources say, in their words. */
const article = defineRule({
  name: 'article',
  input: z.object({
    sections: z.array(Section),
    drafts: maybeList(z.string().nullable()),
    pages: maybeList(Read),
  }),
  decide({ sections, drafts, pages }) {
    const written = sections
      .map(({ heading, quotes, facts }, index) => {
        const draft = withSources(withoutHeading(drafts?.[index] ?? '', heading), pages ?? []);
        return { heading, text: draft || quotes, facts, isDraft: draft !== '' };
      })
      .filter(({ text }) => text !== '');
    const collected = written.filter(({ isDraft }) => !isDraft).length;
    const notices =
      collected > 0
        ? [
            `${collected === written.length ? 'No section' : `${written.length - collected} of ${written.length} sections`} could be written by the model; the others collect what the sources say, in their words. The built-in model writes no texts: add a larger one on the Models page.`,
          ]
        : [];
    return {
      value: { sections: written, text: draftedText(written), notices },
      output:
        written.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n') || 'Nothing could be written.',
    };
  },
});

const Problem = z.looseObject({ section: z.number().int() });

/** Whether a revision keeps the sources of what it was to keep. */
const keepsSources = (revision: string, draft: string, wrong: readonly string[]): boolean => {
  const kept = wrong.reduce((so, sentence) => so.replace(sentence, ''), draft);
  const cited = new Set(citedIn(revision));
  return citedIn(kept).every((number) => cited.has(number));
};

const tidied = (text: string): string =>
  text
    .replaceAll(/[ \t]{2,}/gu, ' ')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();

/** So many places are named. */
const mostNamed = 5;

/**
 * The article as it is kept: revised sections in the place of their drafts, no statement that its source does not support, and its sources
 * numbered in the order in which they are cited first.
 */
const revised = defineRule({
  name: 'revised-article',
  input: z.object({
    title: z.string().min(1),
    intro: maybeText,
    sections: z.array(Written),
    problems: z.array(Problem),
    verdicts: z.array(z.looseObject({ section: z.number().int(), sentence: z.string(), supported: z.boolean() })),
    revisions: maybeList(z.string().nullable()),
    language: maybeList(LanguageFault),
    pages: z.array(Read),
    words: z.number().nullish(),
  }),
  decide({ title, intro, sections, problems, verdicts, revisions, language, pages, words }) {
    const left: string[] = [];
    const doubted = (text: string): string[] =>
      sentencesOf(text).filter((sentence) => isClaim(sentence) && doubt(sentence, pages) !== null);
    const without = (text: string, refused: readonly string[]): string => {
      left.push(...refused);
      return tidied(refused.reduce((so, sentence) => so.replace(sentence, ''), text));
    };
    const parts = sections.map(({ heading, text, isDraft }, section) => {
      if (!isDraft) return { heading, text };
      const wrong = verdicts
        .filter((verdict) => verdict.section === section && !verdict.supported)
        .map(({ sentence }) => sentence);
      const at = problems.findIndex((problem) => problem.section === section);
      const revision = at < 0 ? '' : withSources(withoutHeading(revisions?.[at] ?? '', heading), pages);
      return revision !== '' && keepsSources(revision, text, wrong)
        ? { heading, text: without(revision, doubted(revision)) }
        : { heading, text: without(text, wrong) };
    });
    const opening = without(intro?.trim() ?? '', doubted(intro ?? ''));
    const shown = parts.filter(({ text }) => text !== '');
    const bodyText = [opening, ...shown.map(({ heading, text }) => `## ${heading}\n\n${text}`)]
      .filter((part) => part !== '')
      .join('\n\n');
    const order = new Map([...new Set(citedIn(bodyText))].map((number, index) => [number, index + 1]));
    const sources = pages
      .flatMap(
        ({ number: before, title: name, url, byline = null, published = null, site = null, accessed = null }) => {
          const number = order.get(before);
          return number === undefined ? [] : [{ number, title: name, url, byline, published, site, accessed }];
        },
      )
      .toSorted((a, b) => a.number - b.number);
    const count = shown.reduce((sum, { text }) => sum + countWords(bare(text)), countWords(bare(opening)));
    const wanted = words ?? usualWords;
    const plain = bare(bodyText);
    const faulty = (language ?? []).filter(({ place }) => plain.includes(place)).map(({ message }) => message);
    const notices = [
      ...left.map((sentence) => `Left out, because its source does not say so: “${sentence}”`),
      ...(shown.length === 0 ? ['There is no text: no source could be read.'] : []),
      ...(shown.length > 0 && Math.abs(count - wanted) > wanted * lengthWithin
        ? [`The text has ${count} words; about ${wanted} were asked for.`]
        : []),
      ...(faulty.length > 0
        ? [
            `${faulty.length} possible faults of language are left: ${faulty.slice(0, mostNamed).join(' ')}${faulty.length > mostNamed ? ' …' : ''}`,
          ]
        : []),
    ];
    return {
      value: {
        body: `# ${title}\n\n${renumbered(bodyText, order)}`.trim(),
        words: count,
        sources,
        cited: sources.length,
        language: faulty.length,
        notices,
      },
      output: `${count} words, ${sources.length} sources`,
    };
  },
});

/** Flesch's score below which even students read slowly. Flesch, "A new readability yardstick", 1948. */
const veryHard = 30;

/** The text with its list of references, and with what a reader has to know of it. */
const whole = defineRule({
  name: 'article-text',
  input: z.object({
    body: z.string(),
    sources: z.array(Source),
    /** Of `text.citations`; without them each source is named by title and address. */
    references: maybeList(z.looseObject({ number: z.number(), text: z.string(), url: z.string().nullable() })),
    /** Of `text.readability`. */
    flesch: maybeNumber,
    notices: maybeList(maybeList(z.string())),
  }),
  decide({ body, sources, references, flesch, notices: told }) {
    const notices =
      flesch !== null && flesch !== undefined && flesch < veryHard
        ? [`The text is very hard to read (Flesch ${flesch}; 60 and more is plain).`]
        : [];
    const about = [...(told ?? []).flatMap((some) => some ?? []), ...notices];
    const listed = references?.length === sources.length ? referenceList(references) : sourceList(sources);
    const text = [
      body,
      ...(sources.length > 0 ? [`## Sources\n\n${listed}`] : []),
      ...(about.length > 0 ? [`## About this text\n\n${about.map((notice) => `- ${notice}`).join('\n')}`] : []),
    ].join('\n\n');
    return { value: { text: `${text}\n`, notices }, output: `${sources.length} references` };
  },
});

export const articleRules = [outline, article, revised, whole];
