import { literal } from './gbnf.ts';

/** How a model writes values: as JSON, or in a form of its own for the arguments of a call. */
export interface Dialect {
  /** Rules by name; each dialect has `ws`, `char`, `string`, `number`, `integer`, `boolean`, `null`, `array`, `object` and `value`. */
  readonly rules: Readonly<Record<string, string>>;
  /** Around a string, as GBNF. */
  readonly quote: string;
  /** The character as the inside of a string has it; undefined where it can't stand there. */
  readonly inString: (char: string) => string | undefined;
  /** A value as text. */
  readonly constant: (value: unknown) => string;
  /** The name of a property inside an object. */
  readonly key: (name: string) => string;
}

const shared = {
  // Lines and indents would be a third of what is written, and cut answers off.
  ws: '| " "',
  integer: '"-"? ("0" | [1-9] [0-9]{0,15})',
  number: '"-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?',
  array: '"[" ws (value ws ("," ws value ws)*)? "]"',
  value: 'string | number | boolean | null | array | object',
  leap: '[0-9]{2} ("0" [48] | [2468] [048] | [13579] [26]) | ("0" [48] | [2468] [048] | [13579] [26]) "00"',
  day28: '"0" [1-9] | "1" [0-9] | "2" [0-8]',
  monthday:
    '("0" [13578] | "1" [02]) "-" (day28 | "29" | "3" [01]) | ("0" [469] | "11") "-" (day28 | "29" | "30") | "02-" day28',
  date: '[0-9]{4} "-" monthday | leap "-02-29"',
  clock: '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9]',
  uuid: '[0-9a-f]{8} "-" [0-9a-f]{4} "-4" [0-9a-f]{3} "-" [89ab] [0-9a-f]{3} "-" [0-9a-f]{12}',
} as const;

const jsonEscape = (char: string): string => JSON.stringify(char).slice(1, -1);

export const json: Dialect = {
  rules: {
    ...shared,
    // Characters that there are: bytes of none would be counted as one here, and shown as several.
    char: '[ !#-\\x5B\\x5D-~\\u0080-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
    string: '"\\"" char* "\\""',
    boolean: '"true" | "false"',
    null: '"null"',
    object: '"{" ws (string ws ":" ws value ws ("," ws string ws ":" ws value ws)*)? "}"',
  },
  quote: '"\\""',
  inString: jsonEscape,
  constant: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
};

const entries = (value: object): [string, unknown][] => Object.entries(value);

/** Literals of Python, as models write them in calls like `f(a="b", c=[1, None])`. */
export const python = (mark: string): Dialect => {
  const inString = (char: string): string => (char === mark ? `\\${char}` : char === '"' ? char : jsonEscape(char));
  const text = (value: string): string => `${mark}${[...value].map(inString).join('')}${mark}`;
  const constant = (value: unknown): string => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (value === null || value === undefined) return 'None';
    if (Array.isArray(value)) return `[${value.map(constant).join(', ')}]`;
    if (typeof value === 'object')
      return `{${entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}: ${constant(item)}`)
        .join(', ')}}`;
    return JSON.stringify(value);
  };
  const quote = literal(mark);
  return {
    rules: {
      ...shared,
      char: `[^${mark}\\\\\\x00-\\x1F\\x7F] | "\\\\" (["'\\\\/bfnrt] | "u" [0-9a-fA-F]{4})`,
      double: '[^"\\\\\\x00-\\x1F\\x7F] | "\\\\" (["\'\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
      // Objects inside of arguments come as JSON.
      string: mark === '"' ? '"\\"" char* "\\""' : `${quote} char* ${quote} | "\\"" double* "\\""`,
      boolean: '"True" | "False" | "true" | "false"',
      null: '"None" | "null"',
      object: '"{" ws (string ws ":" ws value ws ("," ws string ws ":" ws value ws)*)? "}"',
    },
    quote,
    inString,
    constant,
    key: (name) => JSON.stringify(name),
  };
};

/** Gemma's form: bare names, and strings between marks, without escapes. */
export const marked = (mark: string): Dialect => {
  const [first = '', second = ''] = mark;
  const bare = /^[A-Za-z_][\w-]*$/u;
  const text = (value: string): string => `${mark}${value}${mark}`;
  const key = (name: string): string => (bare.test(name) ? name : text(name));
  const constant = (value: unknown): string => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return `[${value.map(constant).join(',')}]`;
    if (typeof value === 'object' && value !== null)
      return `{${entries(value)
        .map(([name, item]) => `${key(name)}:${constant(item)}`)
        .join(',')}}`;
    return JSON.stringify(value ?? null);
  };
  const quote = literal(mark);
  return {
    rules: {
      ...shared,
      char: `[^${first}]`,
      string: `${quote} (char | ${literal(first)} [^${second}${first}])* ${quote}`,
      boolean: '"true" | "false"',
      null: '"null"',
      name: '[A-Za-z_] [A-Za-z0-9_-]{0,63}',
      object: '"{" (name ":" value ("," name ":" value)*)? "}"',
    },
    quote,
    inString: (char) => (char === first ? undefined : char),
    constant,
    key,
  };
};
