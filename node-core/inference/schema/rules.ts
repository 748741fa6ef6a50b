import { z } from 'zod';

/** GBNF rules that schemas share, by name. */
export const common = {
  ws: '| " " | "\\n" [ \\t]{0,20}',
  char: '[^"\\\\\\x00-\\x1F\\x7F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})',
  string: '"\\"" char* "\\""',
  integer: '"-"? ("0" | [1-9] [0-9]{0,15})',
  number: '"-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?',
  boolean: '"true" | "false"',
  null: '"null"',
  array: '"[" ws (value ws ("," ws value ws)*)? "]"',
  object: '"{" ws (string ws ":" ws value ws ("," ws string ws ":" ws value ws)*)? "}"',
  value: 'string | number | boolean | null | array | object',
  leap: '[0-9]{2} ("0" [48] | [2468] [048] | [13579] [26]) | ("0" [48] | [2468] [048] | [13579] [26]) "00"',
  day28: '"0" [1-9] | "1" [0-9] | "2" [0-8]',
  monthday:
    '("0" [13578] | "1" [02]) "-" (day28 | "29" | "3" [01]) | ("0" [469] | "11") "-" (day28 | "29" | "30") | "02-" day28',
  date: '[0-9]{4} "-" monthday | leap "-02-29"',
  clock: '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9]',
  uuid: '[0-9a-f]{8} "-" [0-9a-f]{4} "-4" [0-9a-f]{3} "-" [89ab] [0-9a-f]{3} "-" [0-9a-f]{12}',
} as const;
export type CommonRule = keyof typeof common;
/** Narrower than the formats where that costs nothing: times in UTC, random UUIDs. */
export const formats: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'clock "Z"',
  'date-time': 'date "T" clock "Z"',
  uuid: 'uuid',
};
/** Patterns that zod writes for its own formats; any other pattern is refused. Its time has no zone. */
export const knownPatterns: ReadonlyMap<unknown, string> = new Map([
  [z.regexes.date.source, 'date'],
  [z.regexes.time({}).source, 'clock'],
  [z.regexes.datetime({}).source, 'date "T" clock "Z"'],
  [z.regexes.datetime({ offset: true }).source, 'date "T" clock "Z"'],
  [z.regexes.uuid().source, 'uuid'],
  [z.regexes.uuid(4).source, 'uuid'],
]);

export const isCommon = (name: string): name is CommonRule => Object.hasOwn(common, name);
