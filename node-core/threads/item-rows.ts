import type { NewItem } from './book.ts';
import { type ContentPart, type Item, textOf, thoughtsOf } from './items.ts';
import { type Attached, attachmentsOf, type ItemRow } from './rows.ts';

const plainPart = (role: string, text: string): ContentPart =>
  role === 'assistant' ? { type: 'output_text', text, annotations: [], logprobs: [] } : { type: 'input_text', text };

/** What a model reads of a message with attachments: the text, then each attachment under its name. */
const withAttachments = (text: string, attachments: readonly Attached[]): string =>
  [
    text,
    ...attachments.map(({ name, text: body }) => `<attachment name=${JSON.stringify(name)}>\n${body}\n</attachment>`),
  ].join('\n\n');

/** The row of an item; what its columns say is not said twice. */
export const rowOf = (item: Item): NewItem => {
  if (item.type === 'message') {
    const text = textOf(item.content);
    const isPlain = JSON.stringify(item.content) === JSON.stringify([plainPart(item.role, text)]);
    return { type: 'message', role: item.role, text, item: isPlain ? null : JSON.stringify(item) };
  }
  return {
    type: item.type,
    role: 'none',
    text: '',
    reasoning: item.type === 'reasoning' ? thoughtsOf(item) : null,
    item: JSON.stringify(item),
  };
};

/** The item of a row; rows were written by {@link rowOf} or are messages of a person's thread. */
export const itemOf = (row: ItemRow): Item => {
  if (row.item !== null) return JSON.parse(row.item);
  const role = row.role === 'none' ? 'user' : row.role;
  return {
    type: 'message',
    role,
    content: [plainPart(role, withAttachments(row.text, attachmentsOf(row)))],
  };
};

/** The items that a model reads of a branch: what it thought before an answer comes before it. */
export const itemsOf = (branch: readonly ItemRow[]): Item[] =>
  branch.flatMap((row) =>
    row.type === 'message' && row.reasoning
      ? [
          { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: row.reasoning }] } as const,
          itemOf(row),
        ]
      : [itemOf(row)],
  );
