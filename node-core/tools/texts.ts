import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { AppError, CancellationError } from '../contract/index.ts';
import { CalendarFiles } from './calendar/events.ts';
import { Source } from './citations/source.ts';
import { Dialect } from './grammar/dialect.ts';
import { workerScript } from './worker-script.ts';

export const Job = z.discriminatedUnion('task', [
  z.object({ task: z.literal('article'), html: z.string(), url: z.string() }),
  z.object({ task: z.literal('markdown'), html: z.string(), base: z.string().nullable() }),
  z.object({ task: z.literal('grammar'), text: z.string(), dialect: Dialect }),
  z.object({ task: z.literal('references'), sources: z.array(Source) }),
  CalendarFiles.extend({ task: z.literal('calendar') }),
]);
export type Job = z.infer<typeof Job>;

const Said = z.union([z.object({ value: z.unknown() }).strict(), z.object({ error: z.string() }).strict()]);

const script = workerScript('texts-worker');

/**
 * Work on a text of others, in a thread of its own: a page can be written so that reading it takes minutes or gigabytes, and what a parser
 * or a dictionary of 300 MB takes is given back at the end.
 *
 * @throws AppError `TOOL_FAILED` with `says` where the text is too much for it, CancellationError
 */
export const workOnText = async <T>(
  job: Job,
  {
    signal,
    result,
    says,
    timeoutMs = 20_000,
  }: {
    readonly signal: AbortSignal;
    readonly result: z.ZodType<T>;
    readonly says: string;
    readonly timeoutMs?: number;
  },
): Promise<T> => {
  if (signal.aborted) throw new CancellationError();
  const worker = new Worker(script, {
    env: {},
    execArgv: [],
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const fail = (cause: unknown) => reject(new AppError('TOOL_FAILED', says, { cause }));
  const cancel = () => reject(new CancellationError());
  const timer = setTimeout(() => fail(new Error('The time was up.')), timeoutMs);
  signal.addEventListener('abort', cancel, { once: true });
  worker.once('message', (message: unknown) => {
    const said = Said.parse(message);
    if ('error' in said) fail(new Error(said.error));
    else resolve(said.value);
  });
  worker.once('error', fail);
  worker.once('exit', () => fail(new Error('The thread ended.')));
  try {
    worker.postMessage(job);
    return result.parse(await promise);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
};
