import { z } from 'zod';

/** What a worker is given, once. */
export const Job = z.object({
  code: z.string(),
  /** JSON. */
  input: z.string(),
  timeoutMs: z.number(),
  memoryBytes: z.number(),
});
export type Job = z.infer<typeof Job>;

export const mostResult = 256 * 1024;
export const mostConsole = 64 * 1024;

/** It says so once its interpreter stands: the code's own time begins. */
export const started = 'started';

/** What it says at its end, once; `result` is JSON. What it was given may have taken it over: nothing in here is believed but its shape. */
export const Outcome = z.object({
  result: z.string().max(mostResult).nullable(),
  error: z.string().max(4_000).nullable(),
  console: z.string().max(mostConsole),
});
export type Outcome = z.infer<typeof Outcome>;

/** What is printed, up to the limit; the rest is dropped, and said to be. */
export const createConsole = () => {
  const cut = '\n[more was printed than is kept]';
  let text = '';
  let isFull = false;
  return {
    print: (line: string) => {
      if (isFull) return;
      isFull = text.length + line.length + 1 > mostConsole - cut.length;
      text = isFull ? `${(text + line).slice(0, mostConsole - cut.length)}${cut}` : `${text}${line}\n`;
    },
    text: () => text,
  };
};
