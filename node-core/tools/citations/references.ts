import { Cite } from '@citation-js/core';
import { z } from 'zod';
import { canonicalUrl } from '../web-search/results.ts';
import type { Numbered, Source } from './source.ts';

const Name = z.object({
  family: z.string().optional(),
  given: z.string().optional(),
  literal: z.string().optional(),
  'non-dropping-particle': z.string().optional(),
  'dropping-particle': z.string().optional(),
  suffix: z.string().optional(),
});
const DateParts = z.object({ 'date-parts': z.array(z.array(z.number())).catch([]), literal: z.string().optional() });
const Csl = z.object({
  type: z.string().catch('document'),
  title: z.string(),
  author: z.array(Name).catch([]),
  issued: DateParts.optional().catch(undefined),
  accessed: DateParts.optional().catch(undefined),
  'container-title': z.string().catch(''),
  publisher: z.string().catch(''),
  volume: z.coerce.string().catch(''),
  issue: z.coerce.string().catch(''),
  page: z.coerce.string().catch(''),
  DOI: z.string().catch(''),
  URL: z.string().catch(''),
});
type Csl = z.infer<typeof Csl>;

/** `By Jane Doe, Max Mustermann and the Agency`: commas divide where what they divide are names of two words. */
const namesOf = (byline: string): string[] => {
  const parts = byline.replace(/^\s*by\s+/iu, '').split(/\s*(?:;|&|\band\b)\s*/u);
  return parts
    .flatMap((part) => {
      const names = part.split(/\s*,\s*/u).filter((name) => name !== '');
      return names.every((name) => name.includes(' ')) ? names : [part];
    })
    .filter((name) => name.trim() !== '');
};

const dateOf = (date: Source['issued']): object | undefined => {
  if (typeof date !== 'string') return date ?? undefined;
  const [, year, month, day] = /^\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/u.exec(date) ?? [];
  if (year === undefined) return date.trim() === '' ? undefined : { literal: date.trim() };
  return { 'date-parts': [[year, month, day].filter((part) => part !== undefined).map(Number)] };
};

const address = (url: string | null | undefined): string | undefined =>
  url != null && canonicalUrl(url) !== null ? new URL(url).href : undefined;

/** One word is no person's name, nor is what begins with "the". */
const nameOf = (name: string): string | { literal: string } => (/^(?!the ).* /iu.test(name) ? name : { literal: name });

const cslOf = (source: Source): object => {
  const url = address(source.URL ?? source.url);
  const fields = {
    type: source.type ?? (url === undefined ? 'document' : 'webpage'),
    title: source.title,
    author: source.author
      ? source.author.map((name) => (typeof name === 'string' ? nameOf(name) : name))
      : namesOf(source.byline ?? '').map(nameOf),
    issued: dateOf(source.issued ?? source.published),
    accessed: dateOf(source.accessed),
    'container-title': source['container-title'] ?? source.site,
    publisher: source.publisher,
    volume: source.volume,
    issue: source.issue,
    page: source.page === null || source.page === undefined ? undefined : String(source.page),
    DOI: source.DOI?.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/iu, ''),
    URL: url,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MOST_AUTHORS = 6;

const dateText = (date: Csl['issued']): string => {
  const [year, month, day] = date?.['date-parts'][0] ?? [];
  if (year === undefined) return date?.literal ?? '';
  return [year, month === undefined ? '' : MONTHS[month - 1], day]
    .filter((part) => part !== '' && part !== undefined)
    .join(' ');
};

const nameText = (name: Csl['author'][number]): string => {
  if (name.literal !== undefined) return name.literal;
  const family = [name['dropping-particle'], name['non-dropping-particle'], name.family].filter(Boolean).join(' ');
  const initials = (name.given ?? '').split(/[\s.-]+/u).map((part) => [...part][0] ?? '');
  return [family, initials.join('').toUpperCase(), name.suffix].filter(Boolean).join(' ');
};

const authorsText = (names: Csl['author']): string =>
  [...names.slice(0, MOST_AUTHORS).map(nameText), ...(names.length > MOST_AUTHORS ? ['et al'] : [])].join(', ');

const sentence = (text: string): string => (text === '' || /[.?!]$/u.test(text) ? text : `${text}.`);

/** As the ICMJE recommends for numbered references (https://www.nlm.nih.gov/bsd/uniform_requirements.html). */
const referenceText = (csl: Csl): string => {
  const title = csl.title.trim();
  const date = dateText(csl.issued);
  const isJournal = csl.type.startsWith('article') && csl['container-title'] !== '';
  const numbers = [csl.volume, csl.issue && `(${csl.issue})`, csl.page && `:${csl.page}`].join('');
  const cited = csl.URL !== '' && csl.accessed ? ` [cited ${dateText(csl.accessed)}]` : '';
  const place = [csl['container-title'], csl.publisher].filter(Boolean).join(', ');
  const body = isJournal
    ? [sentence(title), sentence(csl['container-title']), sentence([date + cited, numbers].filter(Boolean).join(';'))]
    : [
        sentence(csl.type === 'webpage' ? `${title} [Internet]` : title),
        sentence(
          [place, date + cited]
            .filter((part) => part.trim() !== '')
            .join('; ')
            .trim(),
        ),
      ];
  const found = [csl.DOI && `doi:${csl.DOI}`, csl.DOI === '' && csl.URL !== '' && `Available from: ${csl.URL}`];
  return [sentence(authorsText(csl.author)), ...body, ...found].filter(Boolean).join(' ');
};

/** What it is given is never taken for an address or a DOI that it could look up. */
const CSL_LIST = '@csl/list+object';
const objectsOnly = { forceType: CSL_LIST, target: CSL_LIST, maxChainLength: 10, generateGraph: false, strict: true };

/** Numbered in the order given; Citation.js puts names and fields right. */
export const references = (sources: readonly Source[]): Numbered => {
  const numberOf = new Map<string, number>();
  const list: Numbered['references'] = [];
  const numbers = sources.map((source) => {
    const csl = cslOf(source);
    const url = address(source.URL ?? source.url) ?? null;
    const key = (url === null ? null : canonicalUrl(url)) ?? JSON.stringify(csl);
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    const [clean] = z.array(Csl).parse(new Cite([csl], objectsOnly).format('data', { format: 'object' }));
    const number = list.length + 1;
    list.push({ number, text: clean ? referenceText(clean) : source.title, url });
    numberOf.set(key, number);
    return number;
  });
  return { references: list, numbers };
};
