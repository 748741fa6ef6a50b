import type { JsonSchema } from '../types.ts';
import type { Dialect } from './dialect.ts';
import { repeat, type RuleBook } from './gbnf.ts';
import { integerRange } from './integer-range.ts';
import { patternBody, PatternUnsupported } from './pattern.ts';
import { formats, knownPatterns } from './rules.ts';
import { unsupported } from './unsupported.ts';

const MAX_REPEAT = 10_000;

/** A count that a keyword gives. @throws AppError `SCHEMA_UNSUPPORTED` */
export const countOf = (value: unknown, keyword: string, where: string): number | undefined => {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_REPEAT)
    throw unsupported(keyword, where, `Use a whole number up to ${MAX_REPEAT}.`);
  return value;
};

/** Rules for texts and whole numbers. */
export const createScalarRules = (dialect: Dialect, book: RuleBook) => {
  const { add, use } = book;
  const patternRule = (pattern: unknown, where: string): string => {
    if (typeof pattern !== 'string') throw unsupported('pattern', where, 'Use a regular expression.');
    const known = knownPatterns.get(pattern);
    if (known !== undefined) return known;
    try {
      return patternBody(pattern, dialect, book);
    } catch (error) {
      if (!(error instanceof PatternUnsupported)) throw error;
      throw unsupported('pattern', where, `It has ${error.message}. Use a simpler expression, or leave it out.`);
    }
  };

  const stringRule = (node: JsonSchema, where: string): string => {
    const { format, pattern } = node;
    const min = countOf(node['minLength'], 'minLength', where) ?? 0;
    const max = countOf(node['maxLength'], 'maxLength', where);
    if (max !== undefined && max < min) throw unsupported('maxLength', where, 'It is less than "minLength".');
    if (format !== undefined && (typeof format !== 'string' || formats[format] === undefined))
      throw unsupported('format', where, `Use one of: ${Object.keys(formats).join(', ')}.`);
    if (format !== undefined && pattern !== undefined && !knownPatterns.has(pattern))
      throw unsupported('pattern', where, 'It does not go together with a format.');
    const body = pattern === undefined ? formats[String(format)] : patternRule(pattern, where);
    if (body !== undefined) {
      if (min > 0 || max !== undefined)
        throw unsupported(min > 0 ? 'minLength' : 'maxLength', where, 'It does not go together with a format.');
      for (const word of body.match(/[a-z][a-z0-9]*/gu) ?? []) use(word);
      return add(`${dialect.quote} (${body}) ${dialect.quote}`);
    }
    if (min === 0 && max === undefined) return use('string');
    return add(`${dialect.quote} ${repeat(use('char'), min, max, book)} ${dialect.quote}`);
  };

  const integerRule = (node: JsonSchema, where: string): string => {
    if (node['format'] !== undefined && node['format'] !== 'int32' && node['format'] !== 'int64')
      throw unsupported('format', where);
    const bound = (keyword: string, shift: number): number | undefined => {
      const value = node[keyword];
      if (value === undefined) return undefined;
      if (typeof value !== 'number' || !Number.isFinite(value)) throw unsupported(keyword, where, 'Use a number.');
      return shift > 0 ? Math.floor(value) + 1 : shift < 0 ? Math.ceil(value) - 1 : value;
    };
    const lows = [bound('minimum', 0), bound('exclusiveMinimum', 1)]
      .filter((value) => value !== undefined)
      .map(Math.ceil);
    const highs = [bound('maximum', 0), bound('exclusiveMaximum', -1)]
      .filter((value) => value !== undefined)
      .map(Math.floor);
    const low = lows.length === 0 ? -Infinity : Math.max(...lows);
    const high = highs.length === 0 ? Infinity : Math.min(...highs);
    // Bounds that only say "a safe integer" are what the plain rule keeps to anyway.
    if (low <= Number.MIN_SAFE_INTEGER && high >= Number.MAX_SAFE_INTEGER) return use('integer');
    if (low > high) throw unsupported('minimum', where, 'No number lies between the bounds.');
    const beyond = [low, high].some((value) => Number.isFinite(value) && !Number.isSafeInteger(value));
    if (beyond) throw unsupported('minimum', where, 'Use bounds of at most 16 digits.');
    return add(integerRange(low, high));
  };

  return { stringRule, integerRule };
};
