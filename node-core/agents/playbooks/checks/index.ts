import type { Check } from '../types.ts';
import { dateChecks } from './dates.ts';
import { figureChecks } from './figures.ts';
import { listChecks } from './lists.ts';
import { sourceChecks } from './sources.ts';
import { textChecks } from './texts.ts';

/** By the names that playbooks use. */
export const checks: ReadonlyMap<string, Check> = new Map(
  [...textChecks, ...listChecks, ...dateChecks, ...sourceChecks, ...figureChecks].map((check) => [check.name, check]),
);
