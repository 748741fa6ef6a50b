import { z } from 'zod';

export const Dialect = z.enum(['american', 'british', 'australian', 'canadian', 'indian']);
export type Dialect = z.infer<typeof Dialect>;

export const Fault = z.object({
  /** Of the text, in UTF-16 units, as JavaScript counts; `end` is past the last. */
  start: z.number().int(),
  end: z.number().int(),
  problem: z.string(),
  message: z.string(),
  /** `Spelling`, `Agreement`, `Punctuation`, … */
  kind: z.string(),
  /** What could stand there instead, the likeliest first; empty: nothing. */
  suggestions: z.array(z.string()),
});
export type Fault = z.infer<typeof Fault>;
