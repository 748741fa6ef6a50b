import { Command } from 'commander';
import type { Config } from '../config/index.ts';
import { loadConfig } from '../config/load.ts';
import { AppError, CancellationError, isCancellation } from '../contract/index.ts';
import { createOutput, type Output, reportError } from './output.ts';
import { type NodeClient, openSession, type SessionOptions } from './session.ts';

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** What every command gets. */
interface Context<Options> {
  readonly config: Config;
  readonly output: Output;
  readonly options: Options;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

type Action<Options> = (context: Context<Options>, argument: string | undefined) => Promise<void>;
type NodeAction<Options> = (
  context: Context<Options> & { readonly client: NodeClient },
  argument: string | undefined,
) => Promise<void>;

/** What every command takes. */
export const common = (command: Command): Command =>
  command
    .option('--data <dir>', "data directory (default: the platform's own, or JAN_DATA_DIR)")
    .option('--json', 'print JSON only');

/** Runs `action`, and turns whatever it throws into a message and an exit code. */
export const run =
  <Options extends CommonOptions>(action: Action<Options>) =>
  async (...received: unknown[]): Promise<void> => {
    const command = received.at(-1);
    if (!(command instanceof Command)) throw new Error('Commander passes the command last.');
    const options = command.opts<Options>();
    const output = createOutput(options.json ?? false);
    const interrupted = new AbortController();
    const onInterrupt = () => {
      if (interrupted.signal.aborted) process.exit(130);
      interrupted.abort(new CancellationError());
    };
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', onInterrupt);
    try {
      const config = loadConfig({ dataDir: options.data });
      await action(
        { config, output, options, signal: interrupted.signal },
        received.length > 2 ? toText(received[0]) : undefined,
      );
    } catch (error) {
      const stopped = error instanceof Error && error.name === 'AbortError' && !interrupted.signal.aborted;
      const fault = stopped ? nodeStopped() : error;
      reportError(fault, output.json);
      process.exitCode = interrupted.signal.aborted || isCancellation(fault) ? 130 : 1;
    } finally {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    }
  };

const nodeStopped = () =>
  new AppError(
    'INTERNAL',
    'The running node stopped before it answered. Start it again; a run that it had begun goes on there.',
  );

/** The same with a way to call the node. What it needs may hang on what is said. */
export const withNode = <Options extends CommonOptions>(
  needs: SessionOptions | ((argument: string) => SessionOptions),
  action: NodeAction<Options>,
) =>
  run<Options>(async (context, argument) => {
    const session = await openSession(context.config, typeof needs === 'function' ? needs(argument ?? '') : needs);
    try {
      await action({ ...context, client: session.client }, argument);
    } finally {
      await session.close();
    }
  });

/** The words of a variadic argument are one text. */
const toText = (argument: unknown): string | undefined =>
  Array.isArray(argument) ? argument.join(' ') : typeof argument === 'string' ? argument : undefined;
