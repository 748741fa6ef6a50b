import type { Command } from 'commander';
import { common, type CommonOptions, withNode } from './command.ts';
import type { RunOptions } from './playbooks.ts';

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** `jan run` */
export const addRunCommand = (program: Command): void => {
  common(program.command('run').argument('<playbook>', 'its id, as "jan playbooks" lists it'))
    .description('carry a playbook out')
    .option('--input <name=value>', 'an input; more than once for several', several)
    .option('--file <name=path>', 'an input whose text is in a file; - reads stdin', several)
    .option('--today <date>', 'the day that dates are relative to (YYYY-MM-DD)')
    .option('--model <id>', 'model to use')
    .action(
      withNode<CommonOptions & RunOptions>({ model: true }, async ({ client, output, options, signal }, id) => {
        const { runPlaybook } = await import('./playbooks.ts');
        await runPlaybook(client, output, id ?? '', options, signal);
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
