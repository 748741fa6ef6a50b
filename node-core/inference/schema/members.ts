import { unsupported } from './unsupported.ts';
import type { RuleBook } from './gbnf.ts';

/** Ways to go on at one place: every one of them is tried against every token of the vocabulary. */
export const MAX_WAYS = 128;

/** One rule per "what may follow once this property is decided", so that each optional property can be left out. */
export const membersBody = (
  entries: readonly (readonly [name: string, value: string, required: boolean])[],
  ws: string,
  pairOf: (name: string, value: string) => string,
  where: string,
  { add }: Pick<RuleBook, 'add'>,
): string => {
  let optional = 0;
  for (const [, , required] of entries) {
    optional = required ? 0 : optional + 1;
    if (optional > MAX_WAYS)
      throw unsupported('properties', where, `More than ${MAX_WAYS} optional fields in a row: make some required.`);
  }
  const follow: string[] = [];
  let next = '';
  for (const [name, value, required] of [...entries].reverse()) {
    const pair = pairOf(name, value);
    const own = next === '' ? `"," ${ws} ${pair}` : `"," ${ws} ${pair} ${next}`;
    const skip = required ? '' : next === '' ? ' | ""' : ` | ${next}`;
    follow.push(next === '' ? pair : `${pair} ${next}`);
    next = add(`${own}${skip}`);
  }
  follow.reverse();
  const firstRequired = entries.findIndex(([, , required]) => required);
  const firsts = firstRequired < 0 ? follow : follow.slice(0, firstRequired + 1);
  return firstRequired < 0 ? `(${firsts.join(' | ')})?` : `(${firsts.join(' | ')})`;
};
