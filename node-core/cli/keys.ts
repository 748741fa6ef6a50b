import { AppError, type ApiKey } from '../contract/index.ts';
import { type KeyOptions, readKeyOptions } from './key-options.ts';
import { type Output, printable, table, usageError } from './output.ts';
import type { NodeClient } from './session.ts';

const day = (at: number | null, none: string): string => (at === null ? none : new Date(at).toISOString().slice(0, 10));

const limitsOf = ({ limits, models }: ApiKey): string =>
  [
    ...(limits.requestsPerMinute === null ? [] : [`${limits.requestsPerMinute} requests/min`]),
    ...(limits.tokensPerDay === null ? [] : [`${limits.tokensPerDay} tokens/day`]),
    ...(limits.tokensPerMonth === null ? [] : [`${limits.tokensPerMonth} tokens/month`]),
    ...(limits.tokensInAll === null ? [] : [`${limits.tokensInAll} tokens in all`]),
    ...(models === null ? [] : [`only ${models.map(printable).join(', ')}`]),
  ].join('; ') || 'none';

export const listKeys = async (client: NodeClient, output: Output): Promise<void> => {
  const keys = await client.keys.list();
  if (output.json) return output.printJson(keys);
  output.print(
    table([
      ['ID', 'NAME', 'KEY', 'MAY', 'EXPIRES', 'LAST USED'],
      ...keys.map((key) => [
        key.id,
        printable(key.name),
        `${key.prefix}…`,
        key.scopes.join(','),
        day(key.expiresAt, 'never'),
        key.endpoint ? '' : day(key.lastUsedAt, 'never'),
      ]),
    ]),
  );
};

const show = (output: Output, key: ApiKey): void => {
  if (output.json) return output.printJson(key);
  const moment = (at: number | null): string => (at === null ? 'never' : new Date(at).toISOString());
  output.print(
    table([
      ['id', key.id],
      ['name', printable(key.name)],
      ['key', `${key.prefix}…`],
      ['may', key.scopes.join(', ')],
      ['limits', limitsOf(key)],
      ['expires', moment(key.expiresAt)],
      ['created', moment(key.createdAt)],
      ['last used', moment(key.lastUsedAt)],
    ]),
  );
};

export const showKey = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  const key = (await client.keys.list()).find((one) => one.id === id);
  if (!key) throw new AppError('NOT_FOUND', 'There is no such key. "jan keys list" shows what there is.');
  show(output, key);
};

/** The key is shown this once; only a keyed hash of it is kept. */
export const createKey = async (
  client: NodeClient,
  output: Output,
  name: string,
  options: KeyOptions,
): Promise<void> => {
  const { key, entry } = await client.keys.create({ name, ...readKeyOptions(options, Date.now()) });
  if (output.json) return output.printJson({ key, entry });
  output.print(key);
  output.note('Keep it: it is not shown again.');
};

export const updateKey = async (
  client: NodeClient,
  output: Output,
  id: string,
  { name, ...options }: KeyOptions & { readonly name?: string },
): Promise<void> => {
  const patch = { ...(name === undefined ? {} : { name }), ...readKeyOptions(options, Date.now()) };
  if (Object.keys(patch).length === 0)
    throw usageError('Say what is to change, for example --expires 30d. "jan keys update --help" lists it.');
  show(output, await client.keys.update({ id, patch }));
};

export const revokeKey = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  await client.keys.revoke({ id });
  if (output.json) return output.printJson({ revoked: id });
  output.print('Revoked. Programs that use it are refused from now on.');
};
