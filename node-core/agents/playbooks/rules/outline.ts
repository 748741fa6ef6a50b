import { z } from 'zod';
import { relevance, termsOf } from '../terms.ts';
import { Fact, Read } from './research.ts';
import { defineRule } from './rule.ts';

/** Words of a text where none are asked for. */
export const usualWords = 1_500;
/** Of which its opening has so many. */
export const openingWords = (words: number): number => Math.min(80, Math.round(words / 10));

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
export const outline = defineRule({
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
    const whole = words ?? usualWords;
    const share = Math.round((whole - openingWords(whole)) / Math.max(1, planned.length) / 10) * 10;
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

/** A section as it stands: a draft, or the words of its sources. */
export const Written = z.object({ heading: z.string(), text: z.string(), facts: z.string(), isDraft: z.boolean() });
