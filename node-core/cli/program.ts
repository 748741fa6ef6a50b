import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config/index.ts';
import { loadConfig } from '../config/load.ts';
import { AppError, CancellationError, isCancellation } from '../contract/index.ts';
import { createOutput, type Output, reportError } from './output.ts';
import { type NodeClient, openSession, type SessionOptions } from './session.ts';
import { version } from './version.ts';

interface CommonOptions {
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

const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return value;
};

const common = (command: Command): Command =>
  command
    .option('--data <dir>', "data directory (default: the platform's own, or JAN_DATA_DIR)")
    .option('--json', 'print JSON only');

/** Runs `action`, and turns whatever it throws into a message and an exit code. */
const run =
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

/** The same with a way to call the node. */
const withNode = <Options extends CommonOptions>(needs: SessionOptions, action: NodeAction<Options>) =>
  run<Options>(async (context, argument) => {
    const session = await openSession(context.config, needs);
    try {
      await action({ ...context, client: session.client }, argument);
    } finally {
      await session.close();
    }
  });

/** The words of a variadic argument are one text. */
const toText = (argument: unknown): string | undefined =>
  Array.isArray(argument) ? argument.join(' ') : typeof argument === 'string' ? argument : undefined;

/** The `jan` commands. What a command needs is imported when it runs. */
export const createProgram = (): Command => {
  const program = new Command('jan')
    .description('Tasks and notes that agents on this machine work on.')
    .version(version)
    .showHelpAfterError('Run "jan --help" for what there is.');

  common(program.command('serve'))
    .description('serve the interface and the API on 127.0.0.1')
    .option('--port <number>', 'port (default: a free one)', port)
    .action(async (options: CommonOptions & { port?: number }) => {
      const { serve } = await import('./serve.ts');
      try {
        await serve(loadConfig({ dataDir: options.data, port: options.port }), createOutput(options.json ?? false));
      } catch (error) {
        reportError(error, options.json ?? false);
        process.exitCode = 1;
      }
    });

  common(program.command('add').argument('<text...>', 'for example "Call the bank tomorrow 9am #home !1"'))
    .description('add a task in plain words')
    .action(
      withNode({}, async ({ client, output }, text) => {
        const { addTask } = await import('./tasks.ts');
        await addTask(client, output, text ?? '');
      }),
    );

  common(program.command('list').argument('[view]', 'all, inbox, today, upcoming, done or trash'))
    .description('list tasks')
    .option('--project <name>', 'only this project')
    .option('--tag <tag>', 'only this tag')
    .action(
      withNode<CommonOptions & { project?: string; tag?: string }>({}, async ({ client, output, options }, view) => {
        const { listTasks } = await import('./tasks.ts');
        await listTasks(client, output, { ...options, ...(view === undefined ? {} : { view }) });
      }),
    );

  common(program.command('plan').argument('<goal>', 'what is to be reached; - reads stdin'))
    .description('plan a goal into a project with tasks and a note')
    .option('--today <date>', 'the day that dates in the goal are relative to (YYYY-MM-DD)')
    .option('--model <id>', 'model to use')
    .action(
      withNode<CommonOptions & { today?: string; model?: string }>(
        { model: true },
        async ({ client, output, options, signal }, goal) => {
          const { plan } = await import('./runs.ts');
          await plan(client, output, goal ?? '', options, signal);
        },
      ),
    );

  common(program.command('extract').argument('<file>', 'a transcript as text; - reads stdin'))
    .description('take decisions and action items out of a transcript')
    .option('--date <date>', 'the day of the meeting (YYYY-MM-DD)')
    .option('--model <id>', 'model to use')
    .action(
      withNode<CommonOptions & { date?: string; model?: string }>(
        { model: true },
        async ({ client, output, options, signal }, file) => {
          const { extract } = await import('./runs.ts');
          await extract(client, output, file ?? '', options, signal);
        },
      ),
    );

  common(program.command('sign-in'))
    .description('print an address that signs a browser in at the running node, once')
    .action(run(async ({ config, output }) => (await import('./sign-in.ts')).printSignIn(config, output)));

  addModelCommands(program.command('models').description('list, add and choose models'));
  addKeyCommands(program.command('keys').description('keys for other programs that call the API'));
  addVaultCommands(program.command('vault').description('lock, unlock and protect the vault'));
  return program;
};

const addModelCommands = (models: Command): void => {
  common(models.command('list', { isDefault: true }))
    .description('list models')
    .action(withNode({}, async ({ client, output }) => (await import('./models.ts')).listModels(client, output)));
  common(
    models.command('add').argument('<path-or-url>', 'a GGUF file, or the base URL of an OpenAI-compatible endpoint'),
  )
    .description('add a model')
    .option('--name <name>', 'name to show for an endpoint')
    .option('--model <name>', "the model's name at the endpoint")
    .option('--api-key-env <variable>', "environment variable that holds the endpoint's key")
    .action(
      withNode<CommonOptions & { name?: string; model?: string; apiKeyEnv?: string }>(
        {},
        async ({ client, output, options }, source) =>
          (await import('./models.ts')).addModel(client, output, source ?? '', options),
      ),
    );
  common(models.command('remove').argument('<id>'))
    .description('remove a model from the list; its file stays')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./models.ts')).removeModel(client, output, id ?? ''),
      ),
    );
  common(models.command('default').argument('<id>'))
    .description('use this model for new runs')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./models.ts')).setDefaultModel(client, output, id ?? ''),
      ),
    );
  common(models.command('load').argument('<id>'))
    .description('load a model now')
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).loadModel(client, output, id ?? ''),
      ),
    );
  common(models.command('unload').argument('<id>'))
    .description("give a model's memory back")
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).unloadModel(client, output, id ?? ''),
      ),
    );
  common(models.command('calibrate').argument('<id>'))
    .description('measure the thread count again')
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).calibrateModel(client, output, id ?? ''),
      ),
    );
};

const addKeyCommands = (keys: Command): void => {
  common(keys.command('list', { isDefault: true }))
    .description('list keys')
    .action(withNode({}, async ({ client, output }) => (await import('./keys.ts')).listKeys(client, output)));
  common(keys.command('create').argument('<name>', 'who will use it'))
    .description('make a key; it is shown once')
    .action(
      withNode({}, async ({ client, output }, name) =>
        (await import('./keys.ts')).createKey(client, output, name ?? ''),
      ),
    );
  common(keys.command('revoke').argument('<id>'))
    .description('make a key useless')
    .action(
      withNode({}, async ({ client, output }, id) => (await import('./keys.ts')).revokeKey(client, output, id ?? '')),
    );
};

const addVaultCommands = (vault: Command): void => {
  const recovery = ['--recovery', 'with the recovery code instead of the passphrase'] as const;
  common(vault.command('status', { isDefault: true }))
    .description('whether the vault is open, and what opens it')
    .action(run(async ({ config, output }) => (await import('./vault.ts')).vaultStatus(config, output)));
  common(vault.command('lock'))
    .description('take the keys out of the memory of the running node')
    .action(run(async ({ config, output }) => (await import('./vault.ts')).lockVault(config, output)));
  common(vault.command('unlock'))
    .description('open the vault of the running node')
    .option(...recovery)
    .option('--accept-older-copy', 'open it although this machine had a newer copy, or has no record of it')
    .action(
      run<CommonOptions & { recovery?: boolean; acceptOlderCopy?: boolean }>(async ({ config, output, options }) =>
        (await import('./vault.ts')).unlockVault(config, output, {
          withRecovery: options.recovery ?? false,
          acceptRollback: options.acceptOlderCopy ?? false,
        }),
      ),
    );
  common(vault.command('passphrase'))
    .description('set or change the passphrase')
    .action(run(async ({ config, output }) => (await import('./vault.ts')).setPassphrase(config, output)));
  common(vault.command('recovery'))
    .description('make a recovery code; it counts once it was typed back')
    .action(run(async ({ config, output }) => (await import('./vault.ts')).makeRecovery(config, output)));
  common(vault.command('remove').argument('<slot-id>'))
    .description('remove a way to open the vault')
    .action(run(async ({ config, output }, id) => (await import('./vault.ts')).removeSlot(config, output, id ?? '')));
  common(vault.command('key'))
    .description('print the raw key and salt, for reading the database with SQLCipher 4')
    .option(...recovery)
    .action(
      run<CommonOptions & { recovery?: boolean }>(async ({ config, output, options }) =>
        (await import('./vault.ts')).printRawKey(config, output, options.recovery ?? false),
      ),
    );
};
