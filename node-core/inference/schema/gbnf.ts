/** The rules of a grammar in the making. */
export interface RuleBook {
  /** Names a rule. */
  add(body: string): string;
  /** A name for a rule that others refer to before it is written. */
  reserve(): string;
  define(name: string, body: string): void;
  /** A rule that grammars share, with all that it needs. */
  use(name: string): string;
  /** Counts what llama.cpp makes of repeats. */
  spend(copies: number): void;
  /** The whole grammar. */
  text(root: string): string;
}

/** What a grammar may hold at most: llama.cpp reads this in some tens of milliseconds. */
const MAX_RULES = 60_000;
const MAX_TEXT = 4_000_000;
const MAX_COPIES = 200_000;

export class GrammarTooLarge extends Error {}

/** `shared`: bodies of rules by name; one that mentions another's name brings it along. */
export const createRuleBook = (shared: Readonly<Record<string, string>>): RuleBook => {
  const rules = new Map<string, string>();
  let size = 0;
  let count = 0;
  let copied = 0;
  const define = (name: string, body: string): void => {
    size += body.length;
    if (rules.size >= MAX_RULES || size > MAX_TEXT) throw new GrammarTooLarge();
    rules.set(name, body);
  };
  const use = (name: string): string => {
    const body = shared[name];
    if (body === undefined || rules.has(name)) return name;
    define(name, body);
    for (const word of namesIn(body)) use(word);
    return name;
  };
  const reserve = (): string => {
    count += 1;
    return `r${count}`;
  };
  return {
    reserve,
    define,
    use,
    spend(copies) {
      copied += copies;
      if (copied > MAX_COPIES) throw new GrammarTooLarge();
    },
    add(body) {
      const name = reserve();
      define(name, body);
      return name;
    },
    text: (root) => [`root ::= ${root}`, ...[...rules].map(([name, body]) => `${name} ::= ${body}`)].join('\n'),
  };
};

/** The rule names of a body: what stands outside of literals and classes. */
const namesIn = (body: string): readonly string[] =>
  body.replace(/"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]/gu, ' ').match(/[A-Za-z][A-Za-z0-9-]*/gu) ?? [];

/** A text as a GBNF literal (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md). */
export const literal = (text: string): string =>
  `"${text.replace(/["\\]/gu, '\\$&').replace(/[\u0000-\u001f\u007f]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;

/** One character inside `[…]`. */
export const inClass = (point: number): string => {
  if (point > 0xffff) return `\\U${point.toString(16).padStart(8, '0').toUpperCase()}`;
  const char = String.fromCharCode(point);
  return /^[A-Za-z0-9]$/u.test(char) ? char : `\\u${point.toString(16).padStart(4, '0').toUpperCase()}`;
};

/** llama.cpp reads a larger bound as "without bound", and refuses a larger minimum. */
const LARGEST_REPEAT = 2_000;
const CHUNK = 1_000;

/** `item`, one symbol, from `min` to `max` times. Counts beyond what llama.cpp keeps to are built of chunks. */
export const repeat = (
  item: string,
  min: number,
  max: number | undefined,
  book: Pick<RuleBook, 'add' | 'spend'>,
): string => {
  const { add } = book;
  book.spend(Math.min(max ?? min, LARGEST_REPEAT));
  if (max === undefined) {
    if (min === 0) return `${item}*`;
    if (min <= CHUNK) return `${item}{${min},}`;
  } else if (max <= LARGEST_REPEAT) return `${item}{${min},${max}}`;
  const chunk = add(`${item}{${CHUNK}}`);
  const whole = (count: number): string => {
    const parts = Array.from({ length: Math.floor(count / CHUNK) }, () => chunk);
    if (count % CHUNK > 0) parts.push(`${item}{${count % CHUNK}}`);
    return parts.join(' ');
  };
  if (max === undefined) return `${whole(min)} ${item}*`;
  // After k whole chunks either another follows, or fewer items than one.
  let rest = `${item}{0,${(max - min) % CHUNK}}`;
  for (let left = Math.floor((max - min) / CHUNK); left > 0; left -= 1)
    rest = add(`${chunk} ${rest} | ${item}{0,${CHUNK - 1}}`);
  return `${whole(min)} ${rest}`.trim();
};

/** Any text up to the first `mark`, the mark included, as the automaton of Knuth, Morris and Pratt with a rule per state. */
export const untilRule = (mark: string, book: Pick<RuleBook, 'reserve' | 'define'>): string => {
  const chars = [...mark];
  const names = chars.map(() => book.reserve());
  const border = (text: string): number => {
    for (let length = Math.min([...text].length - 1, chars.length); length > 0; length -= 1)
      if (text.endsWith(chars.slice(0, length).join(''))) return length;
    return 0;
  };
  for (const [state, name] of names.entries()) {
    const before = chars.slice(0, state).join('');
    const nexts = [...new Set(chars)].flatMap((char) => {
      const next = chars[state] === char ? state + 1 : border(`${before}${char}`);
      return next > 0 ? [{ char, next }] : [];
    });
    const known = nexts.map(({ char, next }) => `${literal(char)} ${names[next] ?? ''}`.trim());
    const others = nexts.map(({ char }) => inClass(char.codePointAt(0) ?? 0)).join('');
    book.define(name, [...known, `[^${others}] ${names[0] ?? ''}`].join(' | '));
  }
  return names[0] ?? '""';
};
