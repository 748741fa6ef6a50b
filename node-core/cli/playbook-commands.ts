import type { Command } from 'commander';
import { common, type CommonOptions, withNode } from './command.ts';
import { usageError } from './output.ts';
import type { ForkOptions, RunOptions } from './playbooks.ts';

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** `jan run`, and `jan fork` to go on from a step of what ran. */
export const addRunCommands = (program: Command): void => {
  common(program.command('run').argument('[playbook]', 'its id, as "jan playbooks" lists it; none with --goal'))
    .description('carry a playbook out, or the one that is nearest to a goal')
    .option('--goal <text>', 'what is to be reached, in words; - reads stdin')
    .option('--input <name=value>', 'an input; more than once for several', several)
    .option('--file <name=path>', 'an input whose text is in a file; - reads stdin', several)
    .option('--today <date>', 'the day that dates are relative to (YYYY-MM-DD)')
    .option('--model <id>', 'model to use')
    .action(
      withNode<CommonOptions & RunOptions & { goal?: string }>(
        { model: true },
        async ({ client, output, options, signal }, id) => {
          const { runGoal, runPlaybook } = await import('./playbooks.ts');
          if ((id === undefined) === (options.goal === undefined))
            throw usageError('Name a playbook ("jan playbooks" lists them) or a goal: jan run --goal "…".');
          if (id !== undefined && /\s/u.test(id))
            throw usageError(`“${id}” is no playbook's id. Is it a goal? jan run --goal "…".`);
          if (options.goal === undefined) await runPlaybook(client, output, id ?? '', options, signal);
          else await runGoal(client, output, options.goal, options, signal);
        },
      ),
    );
  common(program.command('fork').argument('<run>', 'its id, as "jan run" names it'))
    .description('go on from a step of a run that has ended')
    .option('--step <id>', 'the step (default: the one that failed)')
    .option('--without <id>', 'leave a step out, and what rests on it; more than once for several', several)
    .option('--prompt <text>', 'what the model is asked there instead')
    .option('--with <name=value>', 'another argument of the step; more than once for several', several)
    .option('--model <id>', 'model to use for the step')
    .action(
      withNode<CommonOptions & ForkOptions>({ model: true }, async ({ client, output, options, signal }, id) => {
        const { forkRun } = await import('./playbooks.ts');
        await forkRun(client, output, id ?? '', options, signal);
      }),
    );
};

/** `jan playbooks …` */
export const addPlaybookCommands = (playbooks: Command): void => {
  common(playbooks.command('list', { isDefault: true }))
    .description('list playbooks with their inputs')
    .action(withNode({}, async ({ client, output }) => (await import('./playbooks.ts')).listPlaybooks(client, output)));
  common(playbooks.command('check').argument('<file>', 'a *.playbook.yaml; - reads stdin'))
    .description('say what is wrong with a file')
    .action(
      withNode({}, async ({ client, output }, file) =>
        (await import('./playbooks.ts')).checkPlaybook(client, output, file ?? ''),
      ),
    );
  common(playbooks.command('import').argument('<file>', 'a *.playbook.yaml; - reads stdin'))
    .description('keep a playbook, in place of that of the same id')
    .action(
      withNode({}, async ({ client, output }, file) =>
        (await import('./playbooks.ts')).importPlaybook(client, output, file ?? ''),
      ),
    );
  common(playbooks.command('export').argument('<id>'))
    .description('print a playbook, to be changed or shared')
    .option('--to <file>', 'write it to a new file')
    .action(
      withNode<CommonOptions & { to?: string }>({}, async ({ client, output, options }, id) =>
        (await import('./playbooks.ts')).exportPlaybook(client, output, id ?? '', options.to),
      ),
    );
  common(playbooks.command('remove').argument('<id>'))
    .description('remove a playbook of your own')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./playbooks.ts')).removePlaybook(client, output, id ?? ''),
      ),
    );
};
