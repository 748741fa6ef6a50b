import { z } from 'zod';
import { visible } from '../visible.ts';

const RichText = z.array(z.object({ plain_text: z.string(), href: z.string().nullish() }));
type RichText = z.infer<typeof RichText>;

export const plain = (parts: RichText): string =>
  visible(parts.map(({ plain_text: text, href }) => (href && href !== text ? `[${text}](${href})` : text)).join(''));

/** A block as the API gives it: what it holds stands under the name of its type. */
export const Block = z.looseObject({ id: z.string(), type: z.string(), has_children: z.boolean().default(false) });
export type Block = z.infer<typeof Block>;

const Content = z.looseObject({
  rich_text: RichText.optional(),
  checked: z.boolean().optional(),
  language: z.string().optional(),
  title: z.string().optional(),
  url: z.string().optional(),
  cells: z.array(RichText).optional(),
});

const prefixes: Readonly<Record<string, string>> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  quote: '> ',
  callout: '> ',
  toggle: '- ',
};

/** A block as lines of Markdown; of what is no text, its title or address. */
export const blockMarkdown = (block: Block, depth: number): string => {
  const content = Content.safeParse(block[block.type]).data ?? {};
  const text = plain(content.rich_text ?? []);
  const indent = '  '.repeat(depth);
  if (block.type === 'divider') return `${indent}---`;
  if (block.type === 'to_do') return `${indent}- [${content.checked ? 'x' : ' '}] ${text}`;
  if (block.type === 'code') return `\`\`\`${content.language ?? ''}\n${text}\n\`\`\``;
  if (block.type === 'table_row') return `${indent}| ${(content.cells ?? []).map(plain).join(' | ')} |`;
  const words = text || visible(content.title ?? content.url ?? '');
  return words === '' ? '' : `${indent}${prefixes[block.type] ?? ''}${words}`;
};

const MAX_TEXT = 2_000;

const rich = (text: string) =>
  (text.match(new RegExp(`[^]{1,${MAX_TEXT}}`, 'gu')) ?? []).map((content) => ({ type: 'text', text: { content } }));

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^### (?<text>.*)$/u, 'heading_3'],
  [/^## (?<text>.*)$/u, 'heading_2'],
  [/^# (?<text>.*)$/u, 'heading_1'],
  [/^\s*[-*] \[(?<mark>[ xX])\] (?<text>.*)$/u, 'to_do'],
  [/^\s*[-*] (?<text>.*)$/u, 'bulleted_list_item'],
  [/^\s*\d{1,9}[.)] (?<text>.*)$/u, 'numbered_list_item'],
  [/^> ?(?<text>.*)$/u, 'quote'],
];

/** Lines of Markdown as blocks: headings, lists, to-dos, quotes; anything else is a paragraph, word by word. */
export const markdownBlocks = (markdown: string): readonly Readonly<Record<string, unknown>>[] =>
  markdown
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      for (const [pattern, type] of patterns) {
        const { text, mark } = pattern.exec(line)?.groups ?? {};
        if (text === undefined) continue;
        return {
          object: 'block',
          type,
          [type]: { rich_text: rich(text), ...(mark === undefined ? {} : { checked: mark !== ' ' }) },
        };
      }
      return { object: 'block', type: 'paragraph', paragraph: { rich_text: rich(line) } };
    });

export const titleBlocks = (title: string) => rich(title);
