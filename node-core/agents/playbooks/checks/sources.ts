import { z } from 'zod';
import { at, brief, defineCheck, textsIn } from './check.ts';

const path = z.string().default('');

/** As texts are compared: quotation marks, dashes, spaces, markup and letter case aside. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”„«»"'‘’`*_#>|\\]/gu, '')
    .replace(/[–—−]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether a quote stands in a source word for word; `…` leaves something out. */
export const isQuoted = (quote: string, source: string): boolean => {
  const pieces = quote
    .split(/…|\.\.\.|\[…\]/u)
    .map((piece) => comparable(piece).replace(/^[\s.,;:-]+|[\s.,;:-]+$/gu, ''));
  const whole = comparable(source);
  let from = 0;
  for (const piece of pieces.filter((each) => each !== '')) {
    const found = whole.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return pieces.some((piece) => piece.length >= 3);
};

/** Texts that an answer may take from. */
export const Source = z.union([z.string(), z.array(z.json()), z.record(z.string(), z.json())]).nullable();

const quotedFromSource = defineCheck({
  name: 'quoted-from-source',
  options: z.object({ source: Source, path }),
  faults(value, { source, path: where }) {
    const texts = textsIn(source);
    return at(value, where)
      .flatMap(textsIn)
      .flatMap((quote) =>
        texts.some((text) => isQuoted(quote, text))
          ? []
          : [`${brief(quote)} does not stand in the source. Copy the words exactly, or leave it out.`],
      );
  },
});

/** `[3]`, `[1, 2]`, `[1–3]`; not a link, a task box or a year. */
export const citation = /\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\](?!\()/gu;

/** Numbers that a text cites. */
export const citedIn = (text: string): number[] =>
  [...text.matchAll(citation)].flatMap(([, inner = '']) =>
    inner.split(/[,;]/u).flatMap((part) => {
      const [from = 0, to = from] = part.split(/[–-]/u).map(Number);
      return Array.from({ length: Math.max(1, Math.min(100, to - from + 1)) }, (_, index) => from + index);
    }),
  );

/** A text whose citations have other numbers; one that has none is left out. */
export const renumbered = (text: string, numberOf: ReadonlyMap<number, number>): string =>
  text.replaceAll(citation, (cited) => {
    const numbers = [...new Set(citedIn(cited).flatMap((one) => numberOf.get(one) ?? []))];
    return numbers.length === 0 ? '' : `[${numbers.toSorted((a, b) => a - b).join(', ')}]`;
  });

const citationsResolve = defineCheck({
  name: 'citations-resolve',
  options: z.object({
    /** Numbers of the sources, or the sources with a `number` each. */
    sources: z.array(z.union([z.number(), z.looseObject({ number: z.number() })])).nullable(),
    /** At least so many different ones are cited. */
    min: z.number().default(0),
    path,
  }),
  faults(value, { sources, min, path: where }) {
    const known = new Set((sources ?? []).map((source) => (typeof source === 'number' ? source : source.number)));
    const cited = at(value, where).flatMap(textsIn).flatMap(citedIn);
    const unknown = [...new Set(cited.filter((number) => !known.has(number)))];
    const used = new Set(cited.filter((number) => known.has(number)));
    return [
      ...unknown.map(
        (number) =>
          `There is no source [${number}]. Cite only ${[...known].map((one) => `[${one}]`).join(', ') || 'nothing'}.`,
      ),
      ...(used.size < min
        ? [`It cites ${used.size} sources and needs at least ${min}. Put [number] behind what a source says.`]
        : []),
    ];
  },
});

export const sourceChecks = [quotedFromSource, citationsResolve];
