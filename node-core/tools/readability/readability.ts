import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { defineTool, type Tool } from '../types.ts';
import { automatedReadability, colemanLiau, countsOf, flesch, fleschKincaid, gunningFog, smog } from './scores.ts';

const rounded = (score: number): number => Math.round(score * 10) / 10;
const count = z.number().int().nonnegative();

export const textReadability: Tool = defineTool({
  name: 'text.readability',
  title: 'Measure readability',
  description: 'Says by six formulas how hard an English text is to read.',
  effect: 'read',
  outside: false,
  repeatable: true,
  input: z.object({ text: z.string().max(500_000) }),
  output: z.object({
    counts: z.object({
      sentences: count,
      words: count,
      letters: count,
      syllables: count,
      polysyllables: count,
      complexWords: count,
    }),
    flesch: z.number(),
    fleschKincaid: z.number(),
    gunningFog: z.number(),
    smog: z.number(),
    automatedReadability: z.number(),
    colemanLiau: z.number(),
  }),
  labels: { untrusted: false, private: false },
  settings: [],
  missing: () => null,
  sources: () => [],
  async call({ text }) {
    const counts = countsOf(text);
    if (counts.words === 0)
      throw new AppError('TOOL_FAILED', 'There are no words to measure. Give a text of a sentence or more.');
    return {
      counts,
      flesch: rounded(flesch(counts)),
      fleschKincaid: rounded(fleschKincaid(counts)),
      gunningFog: rounded(gunningFog(counts)),
      smog: rounded(smog(counts)),
      automatedReadability: rounded(automatedReadability(counts)),
      colemanLiau: rounded(colemanLiau(counts)),
    };
  },
});
