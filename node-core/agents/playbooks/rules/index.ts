import type { Rule } from '../types.ts';
import { planRules } from './plan.ts';

/** By the names that playbooks use. */
export const rules: ReadonlyMap<string, Rule> = new Map([...planRules].map((rule) => [rule.name, rule]));
