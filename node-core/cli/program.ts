import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/load.ts';
import { common, type CommonOptions, run, withNode } from './command.ts';
import { addKeyCommands, addPairCommands, addRequestCommands } from './key-commands.ts';
import { addDownloadCommands, addModelCommands } from './model-commands.ts';
import { createOutput, reportError } from './output.ts';
import { addPlaybookCommands, addRunCommands } from './playbook-commands.ts';
import { version } from './version.ts';

const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return value;
};

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
      withNode(
        (text) => ({ model: text.trimStart().startsWith('/') }),
        async ({ client, output, signal }, text) => {
          const { addTask } = await import('./tasks.ts');
          await addTask(client, output, text ?? '', signal);
        },
      ),
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

  addRunCommands(program);
  addPlaybookCommands(program.command('playbooks').description('list, check, import and export playbooks'));

  common(program.command('sign-in'))
    .description('print an address that signs a browser in at the running node, once')
    .action(run(async ({ config, output }) => (await import('./sign-in.ts')).printSignIn(config, output)));

  const models = program.command('models').description('list, download, add and choose models');
  addModelCommands(models);
  addDownloadCommands(models);
  addKeyCommands(program.command('keys').description('keys for other programs that call the API'));
  addPairCommands(program.command('pair').description('programs that ask for a key'));
  addRequestCommands(program.command('requests').description('what was asked of /v1, without its content'));
  addVaultCommands(program.command('vault').description('lock, unlock and protect the vault'));
  return program;
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
