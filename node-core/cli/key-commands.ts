import { type Command, InvalidArgumentError } from 'commander';
import { common, type CommonOptions, withNode } from './command.ts';
import type { KeyOptions } from './key-options.ts';
import type { RequestOptions } from './requests.ts';

/** Repeated, or with commas between. */
const several = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').map((part) => part.trim()),
];

const count = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError('A whole number from 1 on.');
  return value;
};

const scopeOption = [
  '--scope <scope>',
  'inference, conversations, models or workspace; more than once for several',
] as const;
const expiresOption = ['--expires <when>', 'a date (2027-01-31), an age (12h, 30d, 1y), or never'] as const;

const withKeyOptions = (command: Command): Command =>
  command
    .option(...scopeOption, several)
    .option(...expiresOption)
    .option('--rpm <count>', 'requests a minute, or none')
    .option('--tokens-per-day <count>', 'tokens a day, or none')
    .option('--tokens-per-month <count>', 'tokens a month, or none')
    .option('--tokens <count>', 'tokens in all, or none')
    .option('--model <id>', 'only this model; more than once for several, or all', several);

/** `jan keys …`: keys, and what they used. */
export const addKeyCommands = (keys: Command): void => {
  common(keys.command('list', { isDefault: true }))
    .description('list keys')
    .action(withNode({}, async ({ client, output }) => (await import('./keys.ts')).listKeys(client, output)));
  common(keys.command('show').argument('<id>'))
    .description('everything about one key')
    .action(
      withNode({}, async ({ client, output }, id) => (await import('./keys.ts')).showKey(client, output, id ?? '')),
    );
  withKeyOptions(common(keys.command('create').argument('<name>', 'who will use it')))
    .description('make a key; it is shown once')
    .action(
      withNode<CommonOptions & KeyOptions>({}, async ({ client, output, options }, name) =>
        (await import('./keys.ts')).createKey(client, output, name ?? '', options),
      ),
    );
  withKeyOptions(common(keys.command('update').argument('<id>')))
    .description('change what a key may do and use; what is not named stays')
    .option('--name <name>', 'another name')
    .action(
      withNode<CommonOptions & KeyOptions & { name?: string }>({}, async ({ client, output, options }, id) =>
        (await import('./keys.ts')).updateKey(client, output, id ?? '', options),
      ),
    );
  common(keys.command('revoke').argument('<id>'))
    .description('make a key useless')
    .action(
      withNode({}, async ({ client, output }, id) => (await import('./keys.ts')).revokeKey(client, output, id ?? '')),
    );
  common(keys.command('usage'))
    .description('what each key used of each model')
    .option('--days <count>', 'days up to today (default: 30)', count)
    .action(
      withNode<CommonOptions & { days?: number }>({}, async ({ client, output, options: { days = 30 } }) =>
        (await import('./requests.ts')).showUsage(client, output, days),
      ),
    );
};

/** `jan pair …`: programs that ask for a key, and the answer to each. */
export const addPairCommands = (pair: Command): void => {
  common(pair.command('list', { isDefault: true }))
    .description('list programs that ask for a key')
    .action(withNode({}, async ({ client, output }) => (await import('./pairing.ts')).listPairing(client, output)));
  common(pair.command('approve').argument('<code>', 'the code that the program shows'))
    .description('give the program a key')
    .option(...scopeOption, several)
    .option(...expiresOption)
    .action(
      withNode<CommonOptions & Pick<KeyOptions, 'scope' | 'expires'>>({}, async ({ client, output, options }, code) =>
        (await import('./pairing.ts')).approvePairing(client, output, code ?? '', options),
      ),
    );
  common(pair.command('deny').argument('<code>'))
    .description('give it none')
    .action(
      withNode({}, async ({ client, output }, code) =>
        (await import('./pairing.ts')).denyPairing(client, output, code ?? ''),
      ),
    );
};

/** `jan requests …`: the log. */
export const addRequestCommands = (requests: Command): void => {
  common(requests.command('list', { isDefault: true }))
    .description('list the newest requests')
    .option('--key <id>', 'only of this key')
    .option('--model <id>', 'only to this model')
    .option('--failed', 'only those that failed')
    .option('--limit <count>', 'how many (default: 50)', count)
    .action(
      withNode<CommonOptions & RequestOptions>({}, async ({ client, output, options }) =>
        (await import('./requests.ts')).listRequests(client, output, options),
      ),
    );
  common(requests.command('clear'))
    .description('empty the log')
    .action(withNode({}, async ({ client, output }) => (await import('./requests.ts')).clearRequests(client, output)));
};
