import { resolve } from 'node:path';
import type { Model } from '../contract/index.ts';
import { type Output, printable, sizeText, table, usageError } from './output.ts';
import type { NodeClient } from './session.ts';

export const listModels = async (client: NodeClient, output: Output): Promise<void> => {
  const models = await client.models.list();
  if (output.json) return output.printJson(models);
  output.print(table([['', 'ID', 'NAME', 'WHERE', 'SIZE', 'STATE'], ...models.map(row)]));
};

export interface AddModelOptions {
  readonly name?: string;
  readonly model?: string;
  readonly apiKeyEnv?: string;
}

/** A GGUF by its path, or an endpoint by its URL. */
export const addModel = async (
  client: NodeClient,
  output: Output,
  source: string,
  options: AddModelOptions,
): Promise<void> => {
  show(
    output,
    'Added',
    await (/^https?:\/\//i.test(source)
      ? addEndpoint(client, source, options)
      : client.models.addFile({ path: resolve(source) })),
  );
};

const addEndpoint = (client: NodeClient, url: string, { name, model, apiKeyEnv }: AddModelOptions): Promise<Model> => {
  if (model === undefined) throw usageError('Say which model the endpoint is to use: --model <name>.');
  const apiKey = apiKeyEnv === undefined ? undefined : process.env[apiKeyEnv];
  if (apiKeyEnv !== undefined && !apiKey)
    throw usageError(`The variable ${apiKeyEnv} is not set. Put the endpoint's key there.`);
  return client.models.addEndpoint({ name: name ?? model, url, model, ...(apiKey === undefined ? {} : { apiKey }) });
};

export interface RemoveModelOptions {
  readonly deleteFile?: boolean;
}

export const removeModel = async (
  client: NodeClient,
  output: Output,
  id: string,
  { deleteFile = false }: RemoveModelOptions,
): Promise<void> => {
  const model = (await client.models.list()).find((candidate) => candidate.id === id);
  await client.models.remove({ id, deleteFile });
  if (output.json) return output.printJson({ removed: id });
  const deleted = deleteFile && model?.source === 'download';
  const file = model?.path == null ? '' : deleted ? ' Its file was deleted.' : ' Its file stays where it is.';
  output.print(`Removed ${printable(id)}.${file}`);
};

export const pinModel = async (client: NodeClient, output: Output, id: string, pinned: boolean): Promise<void> => {
  show(output, pinned ? 'Pinned' : 'Unpinned', await client.models.pin({ id, pinned }));
};

export const setDefaultModel = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  const models = await client.models.setDefault({ id });
  if (output.json) return output.printJson(models);
  output.print(`New runs use ${printable(id)}.`);
};

export const loadModel = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  output.progress(`Loading ${id}`);
  show(output, 'Loaded', await client.models.load({ id }));
};

export const unloadModel = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  show(output, 'Unloaded', await client.models.unload({ id }));
};

export const calibrateModel = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  output.progress(`Measuring ${id}`);
  show(output, 'Measured', await client.models.calibrate({ id }));
};

const show = (output: Output, done: string, model: Model): void => {
  if (output.json) return output.printJson(model);
  output.print(`${done} ${printable(model.name)} (${printable(model.id)}).`);
};

const places: Readonly<Record<Model['place'], string>> = {
  'this-machine': 'this machine',
  'local-endpoint': 'local endpoint',
  remote: 'remote',
};

const row = (model: Model): string[] => [
  model.isDefault ? '*' : '',
  printable(model.id),
  printable(model.name),
  places[model.place],
  model.size === null ? '-' : sizeText(model.size),
  model.error === null ? model.state : `${model.state}: ${printable(model.error)}`,
];
