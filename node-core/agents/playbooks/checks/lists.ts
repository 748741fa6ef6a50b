import { z } from 'zod';
import { at, brief, defineCheck, textsIn } from './check.ts';

const path = z.string().default('');

const items = defineCheck({
  name: 'items',
  options: z.object({ min: z.number().optional(), max: z.number().optional(), path }),
  faults: (value, { min = 0, max = Infinity, path: where }) =>
    at(value, where).flatMap((found) => {
      if (!Array.isArray(found)) return ['A list was expected. Answer with a list.'];
      if (found.length < min) return [`The list has ${found.length} entries and needs at least ${min}. Add some.`];
      return found.length > max
        ? [`The list has ${found.length} entries and may have ${max} at most. Keep the best.`]
        : [];
    }),
});

const comparable = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** No two that say the same, letter case and punctuation aside. */
const unique = defineCheck({
  name: 'unique',
  options: z.object({ path }),
  faults(value, { path: where }) {
    const found = at(value, where);
    const [first] = found;
    const each = found.length === 1 && Array.isArray(first) ? first : found;
    const seen = new Set<string>();
    return each.flatMap((one) => {
      const key = comparable(textsIn(one).join(' ') || JSON.stringify(one));
      if (seen.has(key))
        return [`${brief(textsIn(one).join(' ') || JSON.stringify(one))} is there twice. Say it once.`];
      seen.add(key);
      return [];
    });
  },
});

/** Numbers that have to add up. */
const sums = defineCheck({
  name: 'sums',
  options: z.object({ path: z.string(), to: z.number(), within: z.number().default(0.005) }),
  faults(value, { path: where, to, within }) {
    const numbers = at(value, where);
    const wrong = numbers.filter((number) => typeof number !== 'number');
    if (wrong.length > 0 || numbers.length === 0) return ['Numbers were expected. Answer with numbers only.'];
    const sum = numbers.reduce((so: number, number) => so + Number(number), 0);
    return Math.abs(sum - to) <= within ? [] : [`The numbers add up to ${sum}, not to ${to}. Correct them.`];
  },
});

/** What an answer has to look like, where it came without a grammar. */
const schema = defineCheck({
  name: 'schema',
  options: z.object({ schema: z.record(z.string(), z.json()), path }),
  faults: (value, { schema: wanted, path: where }) =>
    at(value, where).flatMap((found) =>
      (z.fromJSONSchema(wanted).safeParse(found).error?.issues ?? []).map(
        (issue) => `${issue.path.join('.') || 'The answer'}: ${issue.message}.`,
      ),
    ),
});

export const listChecks = [items, unique, sums, schema];
