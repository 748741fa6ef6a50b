import type { Clock } from '../common/index.ts';
import type { RuntimeConfig } from '../config/index.ts';
import { AppError, type Model } from '../contract/index.ts';
import { BUILTIN_ID, type BuiltinModel, type CatalogModel } from './catalog.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import type { ModelRow, ModelRows } from './model-rows.ts';

/** A model as the library knows it, before what the engine makes of it. */
export interface Entry {
  readonly row: ModelRow;
  /** Where it comes from: with Jan, from the settings file, or added by the person. */
  readonly origin: 'builtin' | 'config' | 'added';
  readonly endpoint: Endpoint | null;
}

/** What there is: the model that comes with Jan, what the settings file declares, and what a person added. */
export interface Entries {
  /** Whether the embedded engine is one of the runtimes. */
  readonly usesEngine: boolean;
  all(): Entry[];
  /** @throws AppError `MODEL_NOT_FOUND` */
  find(id: string): Entry;
  /** The chosen one while it exists, else the first on this machine. @throws AppError `MODEL_NOT_FOUND` */
  defaultId(all?: readonly Entry[]): string;
  /** An id that nothing has yet. */
  freeId(wanted: string): string;
}

export interface EntriesComponents {
  readonly rows: ModelRows;
  readonly builtin: BuiltinModel | null;
  readonly catalog: readonly Pick<CatalogModel, 'id'>[];
  readonly runtimes: readonly RuntimeConfig[];
  readonly clock: Clock;
}

export const emptyRow = {
  description: '',
  license: null,
  path: null,
  url: null,
  remoteName: null,
  apiKey: null,
  size: null,
  contextLength: null,
  addedAt: 0,
};

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\.gguf$/u, '')
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '')
    .slice(0, 80) || 'model';

export const placeOf = ({ endpoint }: Entry): Model['place'] => endpoint?.place ?? 'this-machine';

const builtinEntry = (builtin: BuiltinModel): Entry => ({
  origin: 'builtin',
  endpoint: null,
  row: {
    ...emptyRow,
    id: builtin.id,
    name: builtin.name,
    source: 'builtin',
    description: builtin.description,
    license: builtin.licence,
    path: builtin.path,
    size: builtin.size,
    contextLength: builtin.context,
  },
});

export const createEntries = ({ rows, builtin, catalog, runtimes, clock }: EntriesComponents): Entries => {
  const usesEngine = runtimes.some((runtime) => runtime.kind === 'llama');

  const endpointOf = (row: ModelRow): Endpoint | null => {
    if (row.source !== 'endpoint' || row.url === null || row.remoteName === null) return null;
    const { id, name, url, remoteName: model, apiKey } = row;
    return createEndpoint({ id, name, url, model, apiKey }, clock);
  };

  const given: readonly Entry[] = [
    ...(usesEngine && builtin ? [builtinEntry(builtin)] : []),
    ...runtimes.flatMap((runtime): Entry[] => {
      if (runtime.kind !== 'openai-compatible') return [];
      const { name, url, model, apiKey } = runtime;
      const row: ModelRow = {
        ...emptyRow,
        id: slug(name),
        name,
        source: 'endpoint',
        url,
        remoteName: model,
        apiKey: apiKey ?? null,
      };
      return [{ row, origin: 'config', endpoint: endpointOf(row) }];
    }),
  ];

  const list = (): Entry[] => {
    const added = rows
      .all()
      .filter((row) => row.source === 'endpoint' || usesEngine)
      .map((row): Entry => ({ row, origin: 'added', endpoint: endpointOf(row) }));
    return [...given, ...added];
  };

  const find = (id: string): Entry => {
    const entry = list().find(({ row }) => row.id === id);
    if (!entry)
      throw new AppError('MODEL_NOT_FOUND', `There is no model "${id.slice(0, 200)}". Choose one under Models.`);
    return entry;
  };

  return {
    usesEngine,
    all: list,
    find,
    defaultId(all = list()) {
      const stored = rows.defaultId();
      if (stored !== null && all.some(({ row }) => row.id === stored)) return stored;
      const local = all.find((entry) => placeOf(entry) !== 'remote') ?? all[0];
      if (!local)
        throw new AppError(
          'MODEL_NOT_FOUND',
          'The model that comes with Jan is missing. Install Jan again, or add a model under Models.',
        );
      return local.row.id;
    },
    freeId(wanted) {
      const taken = new Set([BUILTIN_ID, ...catalog.map(({ id }) => id), ...list().map(({ row }) => row.id)]);
      if (!taken.has(wanted)) return wanted;
      let number = 2;
      while (taken.has(`${wanted}-${number}`)) number += 1;
      return `${wanted}-${number}`;
    },
  };
};
