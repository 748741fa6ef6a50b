import { type Output, printable, table } from './output.ts';
import type { NodeClient } from './session.ts';

export const listKeys = async (client: NodeClient, output: Output): Promise<void> => {
  const keys = await client.keys.list();
  if (output.json) return output.printJson(keys);
  const day = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString().slice(0, 10));
  output.print(
    table([
      ['ID', 'NAME', 'KEY', 'CREATED', 'LAST USED'],
      ...keys.map((key) => [key.id, printable(key.name), `${key.prefix}…`, day(key.createdAt), day(key.lastUsedAt)]),
    ]),
  );
};

/** The key is shown this once; only a keyed hash of it is kept. */
export const createKey = async (client: NodeClient, output: Output, name: string): Promise<void> => {
  const { key, entry } = await client.keys.create({ name });
  if (output.json) return output.printJson({ key, entry });
  output.print(key);
  output.note('Keep it: it is not shown again.');
};

export const revokeKey = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  await client.keys.revoke({ id });
  if (output.json) return output.printJson({ revoked: id });
  output.print('Revoked. Programs that use it are refused from now on.');
};
