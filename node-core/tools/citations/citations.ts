import { z } from 'zod';
import { workOnText } from '../texts.ts';
import { defineTool, type Tool } from '../types.ts';
import { Numbered, Source } from './source.ts';

export const textCitations: Tool = defineTool({
  name: 'text.citations',
  title: 'Number sources',
  description: 'Makes a numbered list of references from what is known of sources; nothing is looked up.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({ sources: z.array(Source).min(1).max(200) }),
  output: Numbered.extend({ markdown: z.string() }),
  labels: { untrusted: false, private: false },
  settings: [],
  missing: () => null,
  sources: (_input, { references }) => references.flatMap(({ url }) => url ?? []),
  async call({ sources }, { signal }) {
    const numbered = await workOnText(
      { task: 'references', sources },
      { signal, result: Numbered, says: 'These sources could not be put in order. Give fewer of them.' },
    );
    return {
      ...numbered,
      markdown: numbered.references.map(({ number, text }) => `${number}. ${text}`).join('\n'),
    };
  },
});
