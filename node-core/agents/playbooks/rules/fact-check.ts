import { z } from 'zod';
import { figuresIn, figuresOfCited, knownIn } from '../checks/figures.ts';
import { citedIn } from '../checks/sources.ts';
import { countWords } from '../checks/texts.ts';
import { turnedRound } from '../opposites.ts';
import { keySentences, sentencesOf } from '../sentences.ts';
import { termsOf } from '../terms.ts';
import { openingWords, usualWords, Written } from './outline.ts';
import { bare, Fault, languageFaults } from './language.ts';
import { Read } from './research.ts';
import { defineRule, maybeList } from './rule.ts';

/** Whether a sentence says something that a source has to bear out. */
export const isClaim = (sentence: string): boolean => citedIn(sentence).length > 0 || figuresIn(sentence).length > 0;

/** Each sentence that cites or names a number, and what its sources say nearest to it. */
const claims = defineRule({
  name: 'claims',
  input: z.object({
    sections: z.array(Written),
    pages: z.array(Read),
    limit: z.number().int().min(1).max(200).default(120),
  }),
  decide({ sections, pages, limit }) {
    const value = sections
      .flatMap(({ text, isDraft }, section) =>
        // A quote supports itself.
        isDraft ? sentencesOf(text).map((sentence) => ({ section, sentence, sources: citedIn(sentence) })) : [],
      )
      .filter(({ sentence }) => isClaim(sentence))
      .slice(0, limit)
      .map((claim) => {
        const cited = pages.filter(({ number }) => claim.sources.includes(number));
        const [near, most] = cited.length > 0 ? [cited, 3] : [pages, 1];
        return { ...claim, evidence: near.flatMap(({ text }) => keySentences(text, claim.sentence, most)).join('\n') };
      });
    return { value, output: `${value.length} statements to check` };
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
export const doubt = (sentence: string, pages: readonly z.infer<typeof Read>[]): string | null => {
  const numbers = citedIn(sentence);
  if (numbers.length === 0) return 'It names a number and no source.';
  const cited = pages.filter(({ number }) => numbers.includes(number));
  if (cited.length < new Set(numbers).size) return 'It cites a source that is not there.';
  const text = cited.map((page) => `${page.title}\n${page.text}`).join('\n');
  const known = knownIn([text]);
  const missing = figuresOfCited(sentence).find((figure) => !known.has(figure));
  if (missing) return `The number ${missing.written} does not stand in its source.`;
  const terms = [...new Set(termsOf(sentence.replace(/\[[^\]]*\]/gu, ' ')))];
  const there = new Set(termsOf(text));
  const shared = terms.filter((term) => there.has(term)).length;
  if (terms.length >= 3 && shared / terms.length < leastShared) return 'Its source is about something else.';
  const turned = turnedRound(sentence, text);
  return turned === null ? null : `Its source says the opposite: “${turned}”`;
};

/** A text may have so much more or less than was asked for. */
export const lengthWithin = 0.1;

/** What is to be said to a section where the whole is too short or too long. */
const lengthFaults = (sections: readonly z.infer<typeof Written>[], left: readonly string[][], words: number) => {
  const counts = sections.map(
    ({ text }, index) =>
      countWords(bare(text)) - (left[index] ?? []).reduce((sum, sentence) => sum + countWords(bare(sentence)), 0),
  );
  const wanted = words - openingWords(words);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (Math.abs(total - wanted) <= wanted * lengthWithin) return sections.map(() => []);
  const share = Math.round(wanted / Math.max(1, sections.length) / 10) * 10;
  return sections.map(({ isDraft }, index) => {
    const count = counts[index] ?? 0;
    const isShort = total < wanted;
    if (!isDraft || (isShort ? count >= share : count <= share)) return [];
    return [
      `It has ${count} words, and about ${share} are wanted: ${isShort ? 'say more of its facts, in whole sentences, and invent nothing.' : 'say the same in fewer.'}`,
    ];
  });
};

/** Each statement against its sources: by code, and by what the model said of it. */
const factCheck = defineRule({
  name: 'fact-check',
  input: z.object({
    sections: z.array(Written),
    claims: z.array(Claim),
    answers: maybeList(Verdict.nullable()),
    pages: z.array(Read),
    /** Words that the whole was asked to have. */
    words: z.number().nullish(),
    /** What `text.grammar` says of the text of `article`. */
    grammar: maybeList(Fault),
  }),
  decide({ sections, claims: said, answers, pages, words, grammar }) {
    const verdicts = said.map(({ section, sentence }, index) => {
      const answer = answers?.[index];
      const reason =
        doubt(sentence, pages) ?? (answer?.supported === false ? answer.reason || 'Its source does not say so.' : null);
      return { section, sentence, supported: reason === null, reason: reason ?? '' };
    });
    const wrong = verdicts.filter(({ supported }) => !supported);
    const wrongOf = (section: number) => wrong.filter((verdict) => verdict.section === section);
    const language = languageFaults(sections, grammar ?? [], pages);
    const lengths = lengthFaults(
      sections,
      sections.map((_, section) => wrongOf(section).map(({ sentence }) => sentence)),
      words ?? usualWords,
    );
    const problems = sections.flatMap(({ heading, text, facts }, section) => {
      const faults = [
        ...wrongOf(section).map(({ sentence, reason }) => `“${sentence}”: ${reason}`),
        ...(lengths[section] ?? []),
        ...language.filter((fault) => fault.section === section).map(({ message }) => message),
      ];
      return faults.length === 0
        ? []
        : [{ section, heading, text, facts, faults: faults.map((fault) => `- ${fault}`).join('\n') }];
    });
    const byModel = said.filter((_, index) => answers?.[index]).length;
    const notices =
      said.length > 0 && byModel < said.length
        ? [
            `${said.length - byModel} of ${said.length} statements were checked against their source by code only: numbers and words, not meaning.`,
          ]
        : [];
    return {
      value: { verdicts, problems, language, checked: said.length, wrong: wrong.length, notices },
      output: [
        `${said.length} statements checked, ${wrong.length} not supported`,
        ...wrong.map(({ sentence, reason }) => `- “${sentence}”: ${reason}`),
      ].join('\n'),
    };
  },
});

export const factRules = [claims, factCheck];
