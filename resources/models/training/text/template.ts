import type { Random } from './random.ts';

/** Resolves a slot `{name}`; null if it is unknown, which is a mistake in a template. */
export type Slots = (name: string) => string | null;

/** Writes out a template: `(a|b|)` chooses, `{slot}` is filled (and may itself hold choices). */
export function expand(template: string, random: Random, slots: Slots, depth = 0): string {
  if (depth > 12) throw new Error(`template nests too deep: ${template}`);
  let text = template;
  for (;;) {
    const choice = /\(([^()]*\|[^()]*)\)/u.exec(text);
    if (choice === null) break;
    text =
      text.slice(0, choice.index) +
      random.pick((choice[1] ?? '').split('|')) +
      text.slice(choice.index + choice[0].length);
  }
  return text.replace(/\{([^{}]+)\}/gu, (_, name: string) => {
    const value = slots(name);
    if (value === null) throw new Error(`no slot {${name}} in: ${template}`);
    return expand(value, random, slots, depth + 1);
  });
}

/** One scene per paragraph. */
export const paragraphs = (block: string): string[] => block.trim().split(/\n\s*\n/u);
/** One entry per line. */
export const lines = (block: string): string[] =>
  block
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
/** One entry per comma. */
export const items = (block: string): string[] =>
  block
    .split(/[,\n]/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
