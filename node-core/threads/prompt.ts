import type { ChatMessage } from '../inference/index.ts';
import { itemsOf } from './item-rows.ts';
import { chatOf } from './items.ts';
import type { ItemRow } from './rows.ts';

/** System prompt and branch as a model reads them. */
export const promptOf = (systemPrompt: string, branch: readonly ItemRow[]): ChatMessage[] => [
  ...(systemPrompt.trim() === '' ? [] : [{ role: 'system' as const, content: systemPrompt }]),
  ...chatOf(itemsOf(branch)),
];

const longest = 60;

/** The first words of a question, for a list of conversations. */
export const titleOf = (question: string): string => {
  const line = question.trim().replaceAll(/\s+/gu, ' ');
  const letters = [...line];
  if (letters.length <= longest) return line;
  const cut = letters.slice(0, longest).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s.,;:!?-]+$/u, '')}…`;
};
