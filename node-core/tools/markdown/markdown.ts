import { z } from 'zod';
import { workOnText } from '../texts.ts';
import { defineTool, type Tool } from '../types.ts';

export const textMarkdown: Tool = defineTool({
  name: 'text.markdown',
  title: 'Convert to Markdown',
  description: 'Turns HTML into Markdown, without scripts, pictures and what is hidden.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({
    html: z.string().max(2_000_000),
    /** Where its relative addresses begin. */
    base: z
      .url({ protocol: /^https?$/u })
      .nullable()
      .default(null),
  }),
  output: z.object({ markdown: z.string() }),
  labels: { untrusted: false, private: false },
  settings: [],
  missing: () => null,
  sources: () => [],
  async call({ html, base }, { signal }) {
    const markdown = await workOnText(
      { task: 'markdown', html, base },
      { signal, result: z.string(), says: 'The HTML is too large or too tangled to convert. Give a part of it.' },
    );
    return { markdown };
  },
});
