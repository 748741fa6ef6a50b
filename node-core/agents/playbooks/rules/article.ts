import { z } from 'zod';
import { citedIn, numbersIn } from '../checks/sources.ts';
import { countWords } from '../checks/texts.ts';
import { turnedRound } from '../opposites.ts';
import { keySentences, sentencesOf } from '../sentences.ts';
import { relevance, termsOf } from '../terms.ts';
import { Fact, Read } from './research.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';
import { sourceList } from './text.ts';

const Outline = z.looseObject({
  title: z.string().min(1),
  sections: z.array(z.looseObject({ heading: z.string().min(1), facts: z.array(z.number()).default([]) })),
});

/** Without an outline there is a section for each source, under its own title. */
const usualSections = (facts: readonly z.infer<typeof Fact>[], pages: readonly z.infer<typeof Read>[]) =>
  pages
    .map(({ number, title }) => ({
      heading: title,
      facts: facts.filter(({ source }) => source === number).map(({ id }) => id),
    }))
    .filter((section) => section.facts.length > 0);

/** Sections with the facts that each may use and its share of the words. A fact that no section names goes to the nearest. */
const outline = defineRule({
  name: 'outline',
  input: z.object({
    topic: z.string(),
    words: z.number().nullish(),
    outline: Outline.nullish(),
    facts: z.array(Fact),
    pages: z.array(Read),
  }),
  decide({ topic, words, outline: chosen, facts, pages }) {
    const planned = chosen && chosen.sections.length > 0 ? chosen.sections : usualSections(facts, pages);
    const used = new Set(planned.flatMap((section) => section.facts));
    const mine = planned.map((section) => new Set(section.facts));
    const headings = planned.map(({ heading }) => termsOf(heading));
    for (const fact of facts.filter(({ id }) => !used.has(id))) {
      const scores = relevance(termsOf(fact.claim), headings);
      const best = scores.reduce((top, score, index) => (score > (scores[top] ?? 0) ? index : top), 0);
      mine[best]?.add(fact.id);
    }
    const share = Math.round((words ?? 1_500) / Math.max(1, planned.length) / 10) * 10;
    const sections = planned.map(({ heading }, index) => {
      const own = facts.filter(({ id }) => mine[index]?.has(id));
      return {
        heading: heading.replace(/^[#\s\d.)]+/u, '').trim() || `Part ${index + 1}`,
        words: share,
        leastWords: Math.round(share * 0.5),
        mostWords: Math.round(share * 1.6),
        facts: own.map(({ claim, quote, source }) => `- ${claim} [${source}] (“${quote}”)`).join('\n'),
        quotes: own.map(({ quote, source }) => `“${quote}” [${source}]`).join(' '),
        sources: [...new Set(own.map(({ source }) => source))],
      };
    });
    const title = chosen?.title ?? topic.charAt(0).toUpperCase() + topic.slice(1);
    return {
      value: { title, sections, others: sections.map(({ heading }) => heading) },
      output: [title, ...sections.map(({ heading }) => `- ${heading}`)].join('\n'),
    };
  },
});

const Section = z.looseObject({ heading: z.string(), quotes: z.string().default(''), facts: z.string().default('') });
const Written = z.object({ heading: z.string(), text: z.string(), facts: z.string(), isDraft: z.boolean() });

/** A heading that the model repeated stands there once. */
const withoutHeading = (text: string, heading: string): string => {
  const [first = '', ...rest] = text.trim().split('\n');
  const bare = first.replace(/^[#\s*]+|[*\s:]+$/gu, '').toLowerCase();
  return (bare === heading.toLowerCase() ? rest.join('\n') : text).trim();
};

/** What was drafted, section by section; one without a draft holds what its sources say, in their words. */
const article = defineRule({
  name: 'article',
  input: z.object({ sections: z.array(Section), drafts: maybeList(z.string().nullable()) }),
  decide({ sections, drafts }) {
    const written = sections
      .map(({ heading, quotes, facts }, index) => {
        const draft = withoutHeading(drafts?.[index] ?? '', heading);
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
      value: { sections: written, notices },
      output:
        written.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n') || 'Nothing could be written.',
    };
  },
});

/** Each sentence that cites, and what its sources say nearest to it. */
const claims = defineRule({
  name: 'claims',
  input: z.object({
    sections: z.array(Written),
    pages: z.array(Read),
    limit: z.number().int().min(1).max(200).default(60),
  }),
  decide({ sections, pages, limit }) {
    const value = sections
      .flatMap(({ text, isDraft }, section) =>
        // A quote supports itself.
        isDraft ? sentencesOf(text).map((sentence) => ({ section, sentence, sources: citedIn(sentence) })) : [],
      )
      .filter(({ sources }) => sources.length > 0)
      .slice(0, limit)
      .map((claim) => {
        const cited = pages.filter(({ number }) => claim.sources.includes(number));
        return { ...claim, evidence: cited.flatMap(({ text }) => keySentences(text, claim.sentence, 3)).join('\n') };
      });
    return { value, output: `${value.length} statements with a source` };
  },
});

const Claim = z.object({
  section: z.number().int(),
  sentence: z.string(),
  sources: z.array(z.number()),
  evidence: z.string(),
});
const Verdict = z.looseObject({ supported: z.boolean(), reason: z.string().default('') });

/** Share of a statement's words that its sources have to know, so that a statement on something else is seen without a model. */
const leastShared = 0.34;

/** Why a statement is not what its sources say, as far as code can tell; null where nothing speaks against it. */
const doubt = (sentence: string, cited: readonly z.infer<typeof Read>[]): string | null => {
  if (cited.length === 0) return 'It cites a source that is not there.';
  const text = cited.map((page) => `${page.title}\n${page.text}`).join('\n');
  const known = new Set(numbersIn(text));
  const missing = numbersIn(sentence).find((number) => !known.has(number));
  if (missing !== undefined) return `The number ${missing} does not stand in its source.`;
  const terms = [...new Set(termsOf(sentence.replace(/\[[^\]]*\]/gu, ' ')))];
  const there = new Set(termsOf(text));
  const shared = terms.filter((term) => there.has(term)).length;
  if (terms.length >= 3 && shared / terms.length < leastShared) return 'Its source is about something else.';
  const turned = turnedRound(sentence, text);
  return turned === null ? null : `Its source says the opposite: “${turned}”`;
};

/** Each statement against its sources: by code, and by what the model said of it. */
const factCheck = defineRule({
  name: 'fact-check',
  input: z.object({
    sections: z.array(Written),
    claims: z.array(Claim),
    answers: maybeList(Verdict.nullable()),
    pages: z.array(Read),
  }),
  decide({ sections, claims: said, answers, pages }) {
    const verdicts = said.map(({ section, sentence, sources }, index) => {
      const cited = pages.filter(({ number }) => sources.includes(number));
      const answer = answers?.[index];
      const reason =
        doubt(sentence, cited) ?? (answer?.supported === false ? answer.reason || 'Its source does not say so.' : null);
      return { section, sentence, supported: reason === null, reason: reason ?? '' };
    });
    const wrong = verdicts.filter(({ supported }) => !supported);
    const problems = sections.flatMap(({ heading, text, facts }, section) => {
      const own = wrong.filter((verdict) => verdict.section === section);
      return own.length === 0
        ? []
        : [
            {
              section,
              heading,
              text,
              facts,
              faults: own.map(({ sentence, reason }) => `- “${sentence}”: ${reason}`).join('\n'),
            },
          ];
    });
    const byModel = said.filter((_, index) => answers?.[index]).length;
    const notices =
      said.length > 0 && byModel < said.length
        ? [
            `${said.length - byModel} of ${said.length} statements were checked against their source by code only: numbers and words, not meaning.`,
          ]
        : [];
    return {
      value: { verdicts, problems, checked: said.length, wrong: wrong.length, notices },
      output: [
        `${said.length} statements checked, ${wrong.length} not supported`,
        ...wrong.map(({ sentence, reason }) => `- “${sentence}”: ${reason}`),
      ].join('\n'),
    };
  },
});

const Problem = z.looseObject({ section: z.number().int() });

/** The article as it is kept: revised sections in the place of their drafts, and no statement that its source does not support. */
const revised = defineRule({
  name: 'revised-article',
  input: z.object({
    title: z.string().min(1),
    intro: maybeText,
    sections: z.array(Written),
    problems: z.array(Problem),
    verdicts: z.array(z.looseObject({ section: z.number().int(), sentence: z.string(), supported: z.boolean() })),
    revisions: maybeList(z.string().nullable()),
    pages: z.array(Read),
    words: z.number().nullish(),
    /** What has to be told beside. */
    notices: maybeList(z.string()),
  }),
  decide({ title, intro, sections, problems, verdicts, revisions, pages, words, notices: told }) {
    const left: string[] = [];
    const parts = sections.map(({ heading, text, isDraft }, section) => {
      const at = problems.findIndex((problem) => problem.section === section);
      const revision = at < 0 ? '' : withoutHeading(revisions?.[at] ?? '', heading);
      if (!isDraft) return { heading, text };
      const refused = revision
        ? sentencesOf(revision).filter((sentence) => {
            const cited = citedIn(sentence);
            return (
              cited.length > 0 &&
              doubt(
                sentence,
                pages.filter(({ number }) => cited.includes(number)),
              ) !== null
            );
          })
        : verdicts
            .filter((verdict) => verdict.section === section && !verdict.supported)
            .map(({ sentence }) => sentence);
      left.push(...refused);
      const kept = refused.reduce((so, sentence) => so.replace(sentence, ''), revision || text);
      return {
        heading,
        text: kept
          .replaceAll(/[ \t]{2,}/gu, ' ')
          .replaceAll(/\n{3,}/gu, '\n\n')
          .trim(),
      };
    });
    const shown = parts.filter(({ text }) => text !== '');
    const bodyText = shown.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n');
    const cited = new Set(citedIn(`${intro ?? ''}\n${bodyText}`));
    const used = pages.filter(({ number }) => cited.has(number));
    const count = shown.reduce((sum, { text }) => sum + countWords(text), countWords(intro ?? ''));
    const wanted = words ?? 1_500;
    const notices = [
      ...(told ?? []),
      ...left.map((sentence) => `Left out, because its source does not say so: “${sentence}”`),
      ...(shown.length === 0 ? ['There is no text: no source could be read.'] : []),
      ...(shown.length > 0 && (count < wanted * 0.7 || count > wanted * 1.4)
        ? [`The text has ${count} words; about ${wanted} were asked for.`]
        : []),
    ];
    const text = [
      `# ${title}`,
      ...(intro ? [intro.trim()] : []),
      ...(bodyText ? [bodyText] : []),
      ...(used.length > 0 ? [`## Sources\n\n${sourceList(used)}`] : []),
      ...(notices.length > 0 ? [`## About this text\n\n${notices.map((notice) => `- ${notice}`).join('\n')}`] : []),
    ].join('\n\n');
    return {
      value: { text: `${text}\n`, words: count, cited: used.length, notices },
      output: `${count} words, ${used.length} sources`,
    };
  },
});

export const articleRules = [outline, article, claims, factCheck, revised];
