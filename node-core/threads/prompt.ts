import type { ChatMessage } from '../inference/index.ts';
import { type Attached, attachmentsOf, type ItemRow } from './rows.ts';

/** What a model reads of a message with attachments: the text, then each attachment under its name. */
const withAttachments = (text: string, attachments: readonly Attached[]): string =>
  [
    text,
    ...attachments.map(({ name, text: body }) => `<attachment name=${JSON.stringify(name)}>\n${body}\n</attachment>`),
  ].join('\n\n');

/** System prompt and branch as a model reads them. An answer without any text is left out: it would teach the model to say nothing. */
export const promptOf = (systemPrompt: string, branch: readonly ItemRow[]): ChatMessage[] => [
  ...(systemPrompt.trim() === '' ? [] : [{ role: 'system' as const, content: systemPrompt }]),
  ...branch.flatMap((row): ChatMessage[] => {
    if (row.role === 'assistant') return row.text === '' ? [] : [{ role: 'assistant', content: row.text }];
    return [{ role: 'user', content: withAttachments(row.text, attachmentsOf(row)) }];
  }),
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
