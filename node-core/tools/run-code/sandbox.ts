import { Worker } from 'node:worker_threads';
import { AppError, CancellationError } from '../../contract/index.ts';
import { type Job, Outcome, started } from './protocol.ts';

/** For the interpreter itself, on a machine that has much to do. */
const START_MS = 60_000;
/** What the interpreter's own clock may miss before its thread is ended. */
const GRACE_MS = 500;

export interface Sandbox {
  readonly language: string;
  readonly worker: URL;
}

/**
 * Runs code in a thread of its own that is ended with it, without environment, streams or files of the node.
 * @throws AppError `TOOL_FAILED`, `CancellationError`
 */
export const runSandboxed = async (
  { language, worker: script }: Sandbox,
  job: Job,
  signal: AbortSignal,
): Promise<Outcome> => {
  signal.throwIfAborted();
  const worker = new Worker(script, {
    env: {},
    execArgv: [],
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const failed = (what: string, cause?: unknown) =>
    new AppError('TOOL_FAILED', `The ${language} code ${what}. Change the code, or give it less to do.`, { cause });
  const onAbort = () => reject(new CancellationError());
  const endAfter = (time: number, what: string) => setTimeout(() => reject(failed(what)), time);
  let timer = endAfter(START_MS, 'could not be begun in time');
  signal.addEventListener('abort', onAbort, { once: true });
  worker.on('message', (message: unknown) => {
    if (message === started) {
      clearTimeout(timer);
      timer = endAfter(job.timeoutMs + GRACE_MS, `ran longer than ${job.timeoutMs / 1000} s`);
      return;
    }
    const outcome = Outcome.safeParse(message);
    if (outcome.success) resolve(outcome.data);
    else reject(failed('gave back what can’t be read', outcome.error));
  });
  worker.once('error', (error: unknown) => {
    reject(failed('used more memory than it may, or broke its interpreter', error));
  });
  worker.once('exit', () => reject(failed('ended without a result')));
  try {
    worker.postMessage(job);
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
};
