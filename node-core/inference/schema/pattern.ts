import type { Dialect } from './dialect.ts';
import { inClass, literal, repeat, type RuleBook } from './gbnf.ts';

/** Why a regular expression can't be held to. */
export class PatternUnsupported extends Error {}

interface Piece {
  readonly body: string;
  /** Matches the empty text. */
  readonly nullable: boolean;
  /** Places in it once repeats are written out. */
  readonly size: number;
  /** One symbol, which a repeat can follow. */
  readonly single: boolean;
}

type Range = readonly [low: number, high: number];

const MAX_PLACES = 5_000;
const LAST_POINT = 0x10ffff;
const classes: Readonly<Record<string, readonly Range[]>> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  s: [
    [9, 10],
    [13, 13],
    [32, 32],
  ],
};
const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 };
const point = (char: string): number => char.codePointAt(0) ?? 0;

const inverted = (ranges: readonly Range[]): Range[] => {
  const out: Range[] = [];
  let next = 0;
  for (const [low, high] of [...ranges].sort(([left], [right]) => left - right)) {
    if (low > next) out.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= LAST_POINT) out.push([next, LAST_POINT]);
  return out;
};

/**
 * The texts that match a regular expression of JSON Schema, as GBNF for the inside of a string: literals, classes, groups, alternatives,
 * repeats, and anchors at the ends. Without anchors anything may stand before and after, as the standard has it.
 * @throws PatternUnsupported
 */
export const patternBody = (source: string, dialect: Dialect, book: RuleBook): string => {
  const chars = [...source];
  let at = 0;
  const refuse = (what: string): never => {
    throw new PatternUnsupported(what);
  };

  /** Characters that a string of this dialect can't hold as they are. */
  const special = Array.from({ length: 128 }, (_, code) => code).filter(
    (code) => code === 127 || dialect.inString(String.fromCharCode(code)) !== String.fromCharCode(code),
  );
  const ofRanges = (ranges: readonly Range[], negated: boolean): Piece => {
    const plain: string[] = [];
    const written: string[] = [];
    for (const [low, high] of negated ? inverted(ranges) : ranges) {
      let from = low;
      for (const code of special) {
        if (code < from || code > high) continue;
        if (code > from) plain.push(`${inClass(from)}-${inClass(code - 1)}`);
        const inside = dialect.inString(String.fromCharCode(code));
        // Of "anything but", control characters are left out: nobody asks for them.
        if (inside !== undefined && code !== 127 && (!negated || code >= 32)) written.push(literal(inside));
        from = code + 1;
      }
      if (from <= high) plain.push(from === high ? inClass(from) : `${inClass(from)}-${inClass(high)}`);
    }
    const alternatives = [...(plain.length > 0 ? [`[${plain.join('')}]`] : []), ...written];
    if (alternatives.length === 0) refuse('a class without characters');
    const body = alternatives.length === 1 ? (alternatives[0] ?? '') : `(${alternatives.join(' | ')})`;
    return { body, nullable: false, size: 1, single: true };
  };

  const hex = (digits: number): number => {
    const text = chars.slice(at, at + digits).join('');
    if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`, 'u').test(text)) refuse('an unfinished escape');
    at += digits;
    return Number.parseInt(text, 16);
  };
  /** After the backslash: a class by its letter, or one character. */
  const escape = (): { readonly letter: string } | number => {
    const char = chars[at] ?? refuse('a backslash at the end');
    at += 1;
    if (char.toLowerCase() in classes) return { letter: char };
    if (char === 'x') return hex(2);
    if (char === 'u') return hex(4);
    const known = escapes[char];
    if (known !== undefined) return known;
    return /[A-Za-z0-9]/u.test(char) ? refuse(`\\${char}`) : point(char);
  };

  const classBody = (): Piece => {
    const negated = chars[at] === '^';
    if (negated) at += 1;
    const ranges: Range[] = [];
    const single = (): number | readonly Range[] => {
      const char = chars[at] ?? refuse('a class without an end');
      at += 1;
      if (char !== '\\') return point(char);
      if (chars[at] === 'b') refuse('\\b');
      const escaped = escape();
      if (typeof escaped === 'number') return escaped;
      const known = classes[escaped.letter.toLowerCase()] ?? [];
      return escaped.letter === escaped.letter.toLowerCase() ? known : inverted(known);
    };
    while (chars[at] !== ']') {
      const low = single();
      if (typeof low !== 'number') {
        ranges.push(...low);
      } else if (chars[at] === '-' && chars[at + 1] !== undefined && chars[at + 1] !== ']') {
        at += 1;
        const high = single();
        if (typeof high !== 'number' || high < low) refuse('a range that runs backwards');
        else ranges.push([low, high]);
      } else ranges.push([low, low]);
    }
    at += 1;
    return ofRanges(ranges, negated);
  };

  const atom = (): Piece => {
    const char = chars[at] ?? '';
    at += 1;
    switch (char) {
      case '(': {
        if (chars[at] === '?') {
          if (chars[at + 1] !== ':') refuse('"(?…)" other than "(?:…)"');
          at += 2;
        }
        const inner = alternatives(false);
        if (chars[at] !== ')') refuse('a group without an end');
        at += 1;
        return { ...inner, body: `(${inner.body})`, single: true };
      }
      case '[':
        return classBody();
      case '.':
        return ofRanges(
          [
            [10, 10],
            [13, 13],
            [0x2028, 0x2029],
          ],
          true,
        );
      case '\\': {
        const escaped = escape();
        if (typeof escaped === 'number') return ofRanges([[escaped, escaped]], false);
        const known = classes[escaped.letter.toLowerCase()] ?? [];
        return ofRanges(known, escaped.letter !== escaped.letter.toLowerCase());
      }
      case '^':
      case '$':
        return refuse(`"${char}" in the middle`);
      case '*':
      case '+':
      case '?':
      case '{':
        return refuse(`"${char}" without anything to repeat`);
      default:
        return ofRanges([[point(char), point(char)]], false);
    }
  };

  const bounds = (): readonly [number, number | undefined] | undefined => {
    const char = chars[at];
    if (char === '*' || char === '+' || char === '?') {
      at += 1;
      return char === '*' ? [0, undefined] : char === '+' ? [1, undefined] : [0, 1];
    }
    const written = char === '{' ? /^\{(\d{1,4})(,(\d{0,4}))?\}/u.exec(chars.slice(at, at + 11).join('')) : null;
    if (!written) return undefined;
    at += written[0].length;
    const min = Number(written[1]);
    return [min, written[2] === undefined ? min : written[3] === '' ? undefined : Number(written[3])];
  };

  const repeated = (piece: Piece): Piece => {
    const times = bounds();
    if (!times) return piece;
    const [min, max] = times;
    if (chars[at] === '?') at += 1;
    if (max !== undefined && max < min) refuse('a repeat that runs backwards');
    if (piece.nullable) refuse('a repeat of what may be empty');
    const size = piece.size * Math.max(1, max ?? min);
    if (size > MAX_PLACES) refuse('so many repeats');
    if (max === 0) return { body: '""', nullable: true, size: 1, single: true };
    const body = repeat(book.add(piece.body), min, max, book);
    return { body, nullable: min === 0, size, single: false };
  };

  /** At the top, each alternative has its own ends. */
  const sequence = (top: boolean): Piece => {
    const around = () => (top ? book.add('char*') : '');
    const parts: Piece[] = [];
    const anchored = top && chars[at] === '^';
    if (anchored) at += 1;
    let ended = false;
    while (at < chars.length && chars[at] !== '|' && chars[at] !== ')') {
      const next = chars[at + 1];
      if (top && chars[at] === '$' && (next === undefined || next === '|')) {
        ended = true;
        at += 1;
        break;
      }
      parts.push(repeated(atom()));
    }
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (size > MAX_PLACES) refuse('so many repeats');
    const inside = parts.map(({ body }) => body).join(' ');
    const body = [anchored || !top ? '' : around(), inside, ended || !top ? '' : around()].filter(
      (part) => part !== '',
    );
    return {
      body: body.length === 0 ? '""' : body.join(' '),
      nullable: parts.every(({ nullable }) => nullable),
      size,
      single: false,
    };
  };

  const alternatives = (top: boolean): Piece => {
    const branches = [sequence(top)];
    while (chars[at] === '|') {
      at += 1;
      branches.push(sequence(top));
    }
    const size = branches.reduce((sum, branch) => sum + branch.size, 0);
    return {
      body: branches.map(({ body }) => body).join(' | '),
      nullable: branches.some(({ nullable }) => nullable),
      size,
      single: false,
    };
  };

  book.use('char');
  const { body } = alternatives(true);
  if (at < chars.length) refuse('a ")" too many');
  return body;
};
