import { figureOf } from '../../contract/figures.ts';
import type { PlaybookInput } from '../../contract/playbooks.ts';
import type { Chip, QuickAddResult } from '../../contract/workspace.ts';
import { findDates } from './dates.ts';
import { dateLabel, type Here, overlaps, type Span } from './phrase.ts';
import { slugOf } from './sigils.ts';

/** What a line can begin with: `/pitch-prep`. */
export interface KnownPlaybook {
  readonly id: string;
  readonly name: string;
  readonly inputs: readonly PlaybookInput[];
}

type Value = string | number;
interface Found extends Span {
  readonly input: PlaybookInput;
  readonly value: Value;
  readonly shown: string;
}

const command = /^\/([a-z][a-z0-9-]*)(?=\s|$)/iu;
const figure = String.raw`[€$£]?\s?(\d[\d,.]*\d|\d)(?![\p{L}\p{N}])`;
const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** `budget 5000`, `800 words`: a figure beside the name of its input. */
const findNumber = (text: string, input: PlaybookInput): Found | undefined => {
  const name = `(?:${literal(input.id)}|${literal(input.title)})`;
  const edge = String.raw`(?<![\p{L}\p{N}])`;
  for (const source of [
    String.raw`${edge}${name}(?:\s+of|\s+is)?\s*[:=]?\s*${figure}`,
    String.raw`${edge}${figure}\s+${name}(?![\p{L}\p{N}])`,
  ]) {
    const match = new RegExp(source, 'iu').exec(text);
    const value = figureOf(match?.[1] ?? '');
    if (match?.[1] && value !== undefined)
      return { input, value, shown: match[1], start: match.index, end: match.index + match[0].trimEnd().length };
  }
  return undefined;
};

const findChoice = (text: string, input: PlaybookInput): Found | undefined => {
  for (const choice of input.choices.toSorted((a, b) => b.length - a.length)) {
    const match = new RegExp(String.raw`(?<![\p{L}\p{N}])${literal(choice)}(?![\p{L}\p{N}])`, 'iu').exec(text);
    if (match) return { input, value: choice, shown: choice, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
};

/** A line that goes on holds material: nothing in it is taken for a day or a figure. */
const longestWish = 1_000;

const isText = ({ type }: PlaybookInput): boolean => type === 'text' || type === 'long-text';

/**
 * A line that begins with a playbook's name: figures, days and choices go to the inputs that ask for them, and all other words to the first
 * that asks for some. Null where it names none.
 */
export const readPlaybookLine = (
  text: string,
  { here, playbooks, ignore }: { here: Here; playbooks: readonly KnownPlaybook[]; ignore: readonly number[] },
): QuickAddResult | null => {
  const start = text.length - text.trimStart().length;
  const said = command.exec(text.slice(start))?.[1]?.toLowerCase();
  if (said === undefined || ignore.includes(start)) return null;
  const playbook =
    playbooks.find(({ id }) => id === said) ?? playbooks.find(({ name }) => slugOf(name) === said) ?? null;
  if (!playbook) return null;
  const after = start + 1 + said.length;
  const rest = text.slice(after);
  const wish = rest.length > longestWish ? rest.slice(0, longestWish).replace(/\S*$/u, '') : rest;

  const found: Found[] = [];
  const take = (one: Found | undefined): void => {
    if (one && !ignore.includes(after + one.start) && !found.some((other) => overlaps(one, other))) found.push(one);
  };
  for (const input of playbook.inputs)
    if (input.type === 'number') take(findNumber(wish, input));
    else if (input.type === 'choice') take(findChoice(wish, input));
  const dates = findDates(wish, here).filter((date) => !ignore.includes(after + date.start));
  for (const input of playbook.inputs.filter(({ type }) => type === 'date')) {
    const date = dates.shift();
    if (date)
      take({
        input,
        value: date.date,
        shown: dateLabel(date.date, null, here.today),
        start: date.start,
        end: date.end,
      });
  }
  found.sort((a, b) => a.start - b.start);

  let words = '';
  let from = 0;
  for (const one of found) {
    words += rest.slice(from, one.start);
    from = one.end;
  }
  words = (words + rest.slice(from))
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/(?<!\s)\s+([,.;:!?])(?=\s|$)/gu, '$1')
    .trim();
  words = words.replaceAll(/^[\s,;:–—-]+(?=\D)|(?<![\s,;:–—-])[\s,;:–—-]+$/gu, '');
  const main = playbook.inputs.find((input) => isText(input) && input.required) ?? playbook.inputs.find(isText);
  const inputs: Record<string, Value> = Object.fromEntries(found.map(({ input, value }) => [input.id, value]));
  if (main && words !== '') inputs[main.id] = words;
  const chips: Chip[] = [
    { kind: 'playbook', label: playbook.name, start, end: after, text: text.slice(start, after) },
    ...found.map(
      ({ input, shown, start: at, end }): Chip => ({
        kind: 'input',
        label: `${input.title}: ${shown}`,
        start: after + at,
        end: after + end,
        text: rest.slice(at, end),
      }),
    ),
  ];
  return {
    chips,
    draft: { title: words },
    playbook: {
      id: playbook.id,
      name: playbook.name,
      inputs,
      missing: playbook.inputs
        .filter(({ id, type, required }) => required && type !== 'notes' && inputs[id] === undefined)
        .map(({ title }) => title),
    },
  };
};
