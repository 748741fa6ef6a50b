import { z } from 'zod';
import { workOnText } from '../texts.ts';
import { defineTool, type Tool } from '../types.ts';
import { Dialect, Fault } from './dialect.ts';

const MOST_FAULTS = 500;

export const textGrammar: Tool = defineTool({
  name: 'text.grammar',
  title: 'Check grammar',
  description: 'Finds faults of grammar and spelling in an English text, with suggestions.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({ text: z.string().max(100_000), dialect: Dialect.default('american') }),
  output: z.object({
    faults: z.array(Fault).max(MOST_FAULTS),
    /** Of all, where there are more than are listed. */
    total: z.number().int(),
  }),
  labels: { untrusted: false, private: false },
  settings: [],
  missing: () => null,
  sources: () => [],
  async call({ text, dialect }, { signal }) {
    const faults = await workOnText(
      { task: 'grammar', text, dialect },
      {
        signal,
        result: z.array(Fault),
        says: 'The text is too much for the grammar check. Check it in parts.',
        timeoutMs: 60_000,
      },
    );
    return { faults: faults.slice(0, MOST_FAULTS), total: faults.length };
  },
});
