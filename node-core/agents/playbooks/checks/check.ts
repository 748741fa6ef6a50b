import type { z } from 'zod';
import type { Check } from '../types.ts';

type Json = z.core.util.JSONType;

/** A check whose options are read by its schema. */
export const defineCheck = <O>(check: Check<O>): Check => ({
  ...check,
  faults: (value, options, given) => check.faults(value, check.options.parse(options), given),
});

/** Everything that a path reaches: `actions.*.quote`; an empty path is the value itself. */
export const at = (value: Json, path: string): Json[] => {
  if (path === '') return [value];
  const [key = '', ...rest] = path.split('.');
  const left = rest.join('.');
  if (key === '*') return Array.isArray(value) ? value.flatMap((each) => at(each, left)) : [];
  if (Array.isArray(value)) return value[Number(key)] === undefined ? [] : at(value[Number(key)] ?? null, left);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return at(value[key] ?? null, left);
};

/** All texts within a value. */
export const textsIn = (value: Json): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** A text as a fault names it. */
export const brief = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`;
};
