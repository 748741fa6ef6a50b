import { z } from 'zod';
import type { Rule } from '../types.ts';

/** Text that an earlier step may not have given. */
export const maybeText = z.string().nullish();
export const maybeNumber = z.number().nullish();
/** A list that an earlier step may not have given. */
export const maybeList = <T>(element: z.ZodType<T>) => z.array(element).nullish();

/** A rule whose arguments are checked against its schema. */
export const defineRule = <I>(rule: Rule<I>): Rule => ({
  ...rule,
  decide: (input, given) => rule.decide(rule.input.parse(input), given),
});
