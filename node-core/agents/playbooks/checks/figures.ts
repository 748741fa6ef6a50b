import { z } from 'zod';
import { at, defineCheck, textsIn } from './check.ts';
import { citation, Source } from './sources.ts';
import { amounts, numberNamed, numberWords, scaleNamed, shareNamed, shareWords, unitNamed } from './units.ts';

/** One way to read a number: `3.4 million euros` is 3400000 of kind euro. A version such as `2.4.1` is a text. */
interface Reading {
  readonly value: number | string;
  readonly scale: number;
  /** `''` where no unit is said. */
  readonly kind: string;
  /** How many of the smallest unit of its kind it counts in: hours and minutes are compared in seconds. */
  readonly factor: number;
}

/** A number of a text. */
export interface Figure {
  /** As it stands there, with its unit. */
  readonly written: string;
  /** The digits alone; empty where it is a word. */
  readonly digits: string;
  readonly readings: readonly Reading[];
  /** What else it bears out: the 3 of `3 to 5 million` as it is. */
  readonly also: readonly Reading[];
  /** Whether a source has to bear it out: wherever it stands, only where a source is named, or not. */
  readonly counts: 'always' | 'cited' | 'never';
  /** How far off it may be, where it says "about", "over" or "under" itself. */
  readonly below: number;
  readonly above: number;
}

const months =
  'jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|january|february|march|april|june|july|august|september|october|november|december';

/** Numbers that say nothing: of citations, addresses, lists, parts of a text, centuries. */
const withoutMarks = (text: string): string =>
  text
    .replaceAll(citation, ' ')
    .replaceAll(/\]\([^()\s]*\)|\b(?:https?:\/\/|www\.)\S+/giu, ' ')
    .replaceAll(/^(?:[ \t>*•-]|#{1,6}[ \t])*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\D)/gmu, (marker, at: number) =>
      new RegExp(`^(?:${months})\\b`, 'iu').test(text.slice(at + marker.length)) ? marker : ' ',
    )
    .replaceAll(/(?<=^#{1,6}\s)\d{1,2}(?:\.\d{1,2})*\s/gmu, ' ')
    .replaceAll(
      /\b(?:sections?|figures?|fig\.|tables?|chapters?|appendix|steps?|slides?|pages?|abschnitt|kapitel|tabelle|abbildung|schritt|seite)\s\d+(?:\.\d+)*/giu,
      ' ',
    )
    .replaceAll(/\b\d{1,2}(?:st|nd|rd|th|\.)[\s-](?:century|centuries|jahrhunderts?)\b/giu, ' ')
    .replaceAll(/\b24\/7\b/gu, ' ')
    .replaceAll(/\bper cent\b/giu, 'percent')
    .replaceAll(/\bpercentage points?\b/giu, 'percent')
    .replaceAll(/\b(\d{1,2})\.(\d{2})(?=\s?(?:[ap]\.?m\b|uhr\b))/giu, '$1:$2')
    .replaceAll(/\bv(?=\d)/giu, '');

const digits = String.raw`\d{1,3}(?:['’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*`;
const money = String.raw`US\$|[€$£¥]|(?<!\p{L})(?:EUR|USD|GBP|CHF|JPY)`;
/** Names such as B2B, Q3 and COVID-19 are no numbers. */
const token = new RegExp(
  String.raw`(?:(?<money>${money})\s?|(?<![\p{L}\p{N}_])(?-i:(?<![\p{Lu}\d]{2}-|(?<!\p{L})\p{Lu}-)))(?<digits>${digits})` +
    String.raw`|(?<![\p{L}\p{N}-])(?<word>(?:${numberWords})(?:-(?:${numberWords}))?|an?|${shareWords})(?!\p{L})`,
  'giu',
);

/** `1,250.0`, `1 250` and `1.250,0` are 1250; `1.250` may be both; a day with dots is three numbers. */
const valuesOf = (written: string): (number | string)[] => {
  const bare = written.replaceAll(/['’ \u00a0\u202f]/gu, '');
  if (/^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})$/u.test(bare)) return bare.split('.').map(Number);
  const [point, comma] = [bare.lastIndexOf('.'), bare.lastIndexOf(',')];
  if (point < 0 && comma < 0) return [Number(bare)];
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(bare)) return [Number(bare.replaceAll(',', ''))];
  if (/^[1-9]\d{0,2}\.\d{3}$/u.test(bare)) return [Number(bare), Number(bare.replace('.', ''))];
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u.test(bare) && (bare.match(/[.,]/gu)?.length ?? 0) > 1)
    return [Number(bare.replaceAll('.', '').replace(',', '.'))];
  return /^\d+[.,]\d+$/u.test(bare) ? [Number(bare.replace(',', '.'))] : [bare];
};

const near =
  /(?:about|around|roughly|approximately|some|nearly|almost|close to|~|≈|\bc\.|\bca\.|circa|rund|etwa|ungefähr|knapp|fast)\s*$/iu;
const over = /(?:over|above|more than|at least|exceed\p{L}*|beyond|über|mehr als|mindestens)\s*$/iu;
const under = /(?:under|below|less than|fewer than|at most|up to|unter|weniger als|höchstens|bis zu)\s*$/iu;

/** One of the last digit that is no nought. */
const stepOf = (written: string, value: number): number => {
  const decimals = /[.,](\d+)$/u.exec(written)?.[1];
  if (!Number.isInteger(value)) return 10 ** -(decimals?.length ?? 0);
  return 10 ** (/0*$/u.exec(String(value))?.[0].length ?? 0);
};

interface Found extends Omit<Figure, 'counts'> {
  /** `a third`, `a million`: said in passing, so that only a source may have it. */
  readonly isPassing: boolean;
  readonly isWord: boolean;
  readonly start: number;
  readonly end: number;
  readonly scale: number;
  readonly kind: string;
  readonly values: readonly (number | string)[];
}

/** What follows a number: `million`, `euros`, `-year`; null where it is glued to what makes it a name, as in 3D. */
const readSuffix = (text: string, from: number, isWord: boolean) => {
  let end = from;
  let scale = 1;
  const next = () => /^(?:[\s\u00a0\u202f-]?)(US\$|%|°[cC]?|[€$£¥]|\p{L}+)/u.exec(text.slice(end, end + 40));
  const glued = isWord ? null : /^\p{L}+/u.exec(text.slice(from, from + 20))?.[0];
  if (glued && /^(?:st|nd|rd|th|s)$/u.test(glued)) return { end, scale, unit: undefined, metres: false };
  if (glued && scaleNamed(glued) === undefined && unitNamed(glued) === undefined) return null;
  for (let found = next(); found; found = next()) {
    const by = scaleNamed(found[1] ?? '');
    if (by === undefined) break;
    end += found[0].length;
    // Alone, it may be metres as well.
    const [, name] = found;
    scale *= by;
    if (name === 'm') {
      const unit = unitNamed(next()?.[1] ?? '');
      if (!unit) return { end, scale, unit, metres: true };
    }
  }
  end += /^\s(?:US|Swiss)(?=\s)/u.exec(text.slice(end, end + 12))?.[0].length ?? 0;
  const found = next();
  const unit = found ? unitNamed(found[1] ?? '') : undefined;
  return { end: unit && found ? end + found[0].length : end, scale, unit, metres: false };
};

/** All numbers of a text, in digits and in words, whether a source has to bear them out or not. */
export const allFigures = (raw: string): Figure[] => {
  const text = withoutMarks(raw);
  const found = [...text.matchAll(token)].flatMap((match): Found[] => {
    const { money: currency, digits: figure, word = '' } = match.groups ?? {};
    const isWord = figure === undefined;
    let from = match.index + match[0].length;
    const share = isWord ? shareNamed(word) : undefined;
    if (share !== undefined) from += /^\s(?:of\s)?an?(?=\s)/iu.exec(text.slice(from, from + 8))?.[0].length ?? 0;
    const suffix = readSuffix(text, from, isWord);
    if (!suffix) return [];
    const isPart = share !== undefined && suffix.scale > 1;
    if (share !== undefined && !isPart && suffix.unit) return [];
    const isArticle = isWord && /^an?$/iu.test(word);
    if (isArticle && suffix.scale === 1 && !suffix.unit) return [];
    const unit = currency
      ? unitNamed(currency.trim())
      : (suffix.unit ?? (share && !isPart ? unitNamed('%') : undefined));
    const named = share === undefined ? (numberNamed(word) ?? 1) : isPart ? share / 100 : share;
    const values = figure === undefined ? [named] : valuesOf(figure);
    const { scale } = suffix;
    const kind = unit?.kind ?? '';
    const said = values.map((value) => ({
      value: typeof value === 'number' ? value * scale : value,
      scale,
      kind,
      factor: unit?.factor ?? 1,
    }));
    const metres: Reading[] =
      suffix.metres && !currency ? values.map((value) => ({ value, scale: 1, kind: 'metre', factor: 1 })) : [];
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    const [first] = values;
    const step = typeof first === 'number' ? stepOf(figure ?? '', first) * scale : 0;
    return [
      {
        written: text.slice(match.index, suffix.end).trim(),
        digits: figure ?? '',
        readings: [...said, ...metres],
        also: [],
        isWord,
        isPassing: isArticle || share !== undefined,
        below: under.test(before) ? step : near.test(before) ? step / 2 : 0,
        above: over.test(before) ? step : near.test(before) ? step / 2 : 0,
        start: match.index,
        end: suffix.end,
        scale,
        kind,
        values,
      },
    ];
  });
  // The first of `3 to 5 million euros` is of the same.
  const ranged = found.map((one, index): Found => {
    const following = found[index + 1];
    const isRange =
      following !== undefined &&
      one.scale === 1 &&
      (following.scale > 1 || (one.kind === '' && following.kind !== '')) &&
      /^\s?(?:to|and|or|bis|und|oder|[-–—])\s?$/iu.test(text.slice(one.end, following.start));
    if (!isRange) return one;
    const readings = one.readings.flatMap((reading) =>
      following.readings.map((other) => ({
        value: typeof reading.value === 'number' ? reading.value * following.scale : reading.value,
        scale: other.scale,
        kind: reading.kind || other.kind,
        factor: reading.kind ? reading.factor : other.factor,
      })),
    );
    return { ...one, readings, also: one.readings };
  });
  return ranged.map(({ written, digits: number, readings, also, below, above, isWord, isPassing }) => ({
    written,
    digits: number,
    readings,
    also,
    below,
    above,
    counts: isPassing
      ? 'never'
      : readings.some(isWord ? isExact : isTelling)
        ? 'always'
        : readings.some(isTelling) && !readings.some(({ value }) => isWord && value === 1)
          ? 'cited'
          : 'never',
  }));
};

/** A single digit alone says little: "3 reasons", "2 of them". */
const isTelling = ({ value, scale, kind }: Reading): boolean =>
  typeof value === 'string' || !Number.isInteger(value) || value >= 10 || scale > 1 || kind !== '';
/** Of words, what is an amount: "three million", not "three days". */
const isExact = ({ scale, kind }: Reading): boolean => scale > 1 || amounts.has(kind);

/** The numbers of a text that a source has to bear out, wherever they stand; a single digit alone is none, `2.4`, `8 million` and `5 kg` are. */
export const figuresIn = (text: string): Figure[] => allFigures(text).filter(({ counts }) => counts === 'always');
/** The same, and those that are words for a length or a time: they stand in any text, and are wrong only against its source. */
export const figuresOfCited = (text: string): Figure[] => allFigures(text).filter(({ counts }) => counts !== 'never');

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= Math.abs(other) * 1e-9;

/** What the heading of a table or a remark such as "(in EUR million)" says of numbers that stand alone. */
const headings = /(?<=(?:\bin|[(|,/])\s?)(\p{L}+|[%€$£¥])(?=(?:\s(\p{L}+|[%€$£¥]))?)/gu;

/** Whether texts have a number, in any way to write it. */
export const knownIn = (texts: readonly string[]): { readonly has: (figure: Figure) => boolean } => {
  const known = texts.flatMap((text) => allFigures(text).flatMap(({ readings, also }) => [...readings, ...also]));
  const said = texts.flatMap((text) => [...text.matchAll(headings)].flatMap(([, one = '', two = '']) => [one, two]));
  const scales = new Set(said.flatMap((name) => scaleNamed(name) ?? []));
  const kinds = new Set(said.flatMap((name) => unitNamed(name)?.kind ?? []));
  const bears = (figure: Figure, said: Reading, source: Reading): boolean => {
    if (typeof said.value === 'string' || typeof source.value === 'string') return said.value === source.value;
    const isWithin = (one: number, other: number, factor: number): boolean =>
      isNear(one, other) || (other >= one - figure.below * factor && other <= one + figure.above * factor);
    if (said.kind !== '' && said.kind === source.kind)
      return isWithin(said.value * said.factor, source.value * source.factor, said.factor);
    if (said.kind !== '' && source.kind !== '') return false;
    const isSmall = Number.isInteger(said.value) && said.value < 10;
    if (source.scale === 1 && scales.has(said.scale) && isNear(source.value * said.scale, said.value)) return true;
    if (said.kind !== '' && isSmall && !kinds.has(said.kind)) return false;
    return isWithin(said.value, source.value, 1);
  };
  return {
    has: (figure) => figure.readings.some((said) => known.some((source) => bears(figure, said, source))),
  };
};

/** A budget may be a number. */
const valuesAsTexts = (source: z.core.util.JSONType): string[] => {
  if (typeof source === 'number') return [String(source)];
  return Array.isArray(source) ? source.flatMap(valuesAsTexts) : textsIn(source);
};

const numbersFromSource = defineCheck({
  name: 'numbers-from-source',
  options: z.object({ source: Source, path: z.string().default('') }),
  faults(value, { source, path }) {
    const known = knownIn(valuesAsTexts(source));
    const wrong = new Set(
      at(value, path)
        .flatMap(textsIn)
        .flatMap(figuresIn)
        .filter((figure) => !known.has(figure))
        .map(({ written }) => written),
    );
    return [...wrong].map((found) => `The number ${found} is in no source. Use only numbers that you were given.`);
  },
});

export const figureChecks = [numbersFromSource];
