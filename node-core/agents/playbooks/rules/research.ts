import { z } from 'zod';
import { canonicalUrl } from '../../../tools/web-search/results.ts';
import { isQuoted } from '../checks/sources.ts';
import { keySentences } from '../sentences.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';
import { Source, sourceList } from './text.ts';

const Found = z.looseObject({
  results: z.array(z.looseObject({ title: z.string(), url: z.string(), snippet: z.string().default('') })),
});

const address = /https?:\/\/[^\s<>"'`\])}]+/giu;

/** What searches found and a person named, each page once, numbered: named ones first, then in turn of the searches. */
const sources = defineRule({
  name: 'sources',
  input: z.object({
    found: maybeList(Found.nullable()),
    links: maybeText,
    limit: z.number().int().min(1).max(50).default(8),
  }),
  decide({ found, links, limit }) {
    const named = [...(links ?? '').matchAll(address)].map(([url]) => ({
      title: '',
      url: url.replace(/[.,;:!?]+$/u, ''),
      snippet: '',
    }));
    const lists = (found ?? []).flatMap((each) => (each ? [each.results] : []));
    const longest = Math.max(0, ...lists.map(({ length }) => length));
    const inTurn = Array.from({ length: longest }, (_, rank) => lists.flatMap((results) => results[rank] ?? [])).flat();
    const seen = new Set<string>();
    const value = [...named, ...inTurn]
      .filter(({ url }) => {
        const key = canonicalUrl(url);
        if (key === null || seen.has(key)) return false;
        seen.add(key);
        return true;
      })
      .slice(0, limit)
      .map(({ title, url, snippet }, index) => ({
        number: index + 1,
        title: title || new URL(url).hostname,
        url,
        snippet,
      }));
    const notices =
      value.length === 0
        ? [
            'No sources were found: give addresses of pages yourself, or set up a search engine (SearXNG or Serper) under Agents, Tools.',
          ]
        : [];
    return { value: { sources: value, notices }, output: sourceList(value) || 'None found.' };
  },
});

/** What a page says of itself, as a reference names it. */
const About = z.looseObject({
  byline: maybeText,
  published: maybeText,
  site: maybeText,
  /** The day it was read. */
  accessed: maybeText,
});
const Page = About.extend({
  title: z.string().optional(),
  text: z.string().optional(),
  markdown: z.string().optional(),
});

export const Read = Source.extend({ text: z.string(), ...About.shape });

/** Sources with what stands there: the page, or what the search said of it where it could not be read. */
const pages = defineRule({
  name: 'pages',
  input: z.object({
    sources: z.array(Source.extend({ snippet: z.string().default('') })),
    pages: maybeList(Page.nullable()),
    maxChars: z.number().int().min(200).max(50_000).default(6_000),
  }),
  decide({ sources: from, pages: read, maxChars }, { today }) {
    const value = from.flatMap(({ number, title, url, snippet }, index) => {
      const page = read?.[index];
      const text = (page?.text ?? page?.markdown ?? '').trim();
      const usable = text.length >= 80 ? text : snippet;
      if (usable.length < 40) return [];
      const { byline = null, published = null, site = null } = page ?? {};
      return [
        {
          number,
          title: page?.title || title,
          url,
          text: usable.slice(0, maxChars),
          isRead: usable === text,
          byline,
          published,
          site,
          accessed: today,
        },
      ];
    });
    const unread = value.filter(({ isRead }) => !isRead).length;
    const notices =
      unread > 0
        ? [`${unread} of ${value.length} pages could not be read; only what the search said of them is used.`]
        : [];
    return { value: { pages: value, notices }, output: sourceList(value) || 'No page could be read.' };
  },
});

const Points = z.looseObject({ points: z.array(z.looseObject({ claim: z.string(), quote: z.string() })) });

export const Fact = z.object({ id: z.number().int(), claim: z.string(), quote: z.string(), source: z.number().int() });

/** So much is taken from a page that no model has read. */
const sentencesPerPage = 4;

/** What pages say, each with the words it rests on. A quote that does not stand on its page is left out; where no model has read a page, its own sentences are taken. */
const facts = defineRule({
  name: 'facts',
  input: z.object({ topic: z.string(), pages: z.array(Read), answers: maybeList(Points.nullable()) }),
  decide({ topic, pages: read, answers }) {
    let dropped = 0;
    const found = read.flatMap((page, index) => {
      const answer = answers?.[index];
      if (!answer)
        return keySentences(page.text, topic, sentencesPerPage).map((quote) => ({
          claim: quote,
          quote,
          source: page.number,
        }));
      const kept = answer.points.filter(({ quote }) => isQuoted(quote, page.text));
      dropped += answer.points.length - kept.length;
      return kept.map(({ claim, quote }) => ({ claim, quote, source: page.number }));
    });
    const value = found.map((fact, index) => ({ id: index + 1, ...fact }));
    const text = value.map(({ id, claim, source }) => `${id}. ${claim} [${source}]`).join('\n');
    const notices =
      dropped > 0
        ? [`${dropped} statements were left out, because what they quoted does not stand in their source.`]
        : [];
    return { value: { facts: value, text, notices }, output: text || 'Nothing.' };
  },
});

export const researchRules = [sources, pages, facts];
