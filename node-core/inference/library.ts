import { resolve } from 'node:path';
import type { Clock } from '../common/index.ts';
import type { RuntimeConfig } from '../config/index.ts';
import { AppError, type AddEndpoint, type Model } from '../contract/index.ts';
import type { z } from 'zod';
import { BUILTIN_ID, type BuiltinModel } from './catalog.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { type GgufInfo, inspectGguf } from './gguf/inspect.ts';
import { contextShape, machineKey, mayHaveGraphicsCard, requireMemory } from './load-plan.ts';
import type { ModelRow, ModelRows } from './model-rows.ts';
import type { Measured } from './protocol.ts';
import type { EngineModelState, LoadPlan } from './scheduler.ts';

type Calibration = NonNullable<Model['calibration']>;

/** A model as the library knows it, before what the engine makes of it. */
interface Entry {
  readonly row: ModelRow;
  /** Where it comes from: with Jan, from the settings file, or added by the person. */
  readonly origin: 'builtin' | 'config' | 'added';
  readonly endpoint: Endpoint | null;
}

/** Which models there are. */
export interface Library {
  list(): Model[];
  get(id?: string): Model;
  /** The id itself, or the default one. @throws AppError `MODEL_NOT_FOUND` */
  resolve(id?: string): string;
  defaultId(): string;
  setDefault(id: string): void;
  addFile(path: string): Model;
  addEndpoint(input: z.infer<typeof AddEndpoint>): Model;
  /** @throws AppError `NO_LOCAL_RUNTIME` where nothing on this machine could answer afterwards, `CONFLICT` for what the settings file declares */
  remove(id: string): void;
  /** @throws AppError `MODEL_NOT_FOUND` */
  requireRemovable(id: string): void;
  endpoint(id: string): Endpoint | null;
  plan(id: string, graphics: boolean): LoadPlan;
  remember(id: string, measured: Measured): void;
}

export interface LibraryComponents {
  readonly rows: ModelRows;
  readonly builtin: BuiltinModel | null;
  readonly runtimes: readonly RuntimeConfig[];
  readonly engineState: (id: string) => EngineModelState;
  readonly endpointState: (id: string) => EngineModelState;
  readonly availableMemory: () => number;
  readonly clock: Clock;
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\.gguf$/u, '')
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '')
    .slice(0, 80) || 'model';

const describe = (info: GgufInfo): string => `${info.architecture}, ${info.sizeLabel} parameters`;
const fileIdentity = (info: GgufInfo): string => `${info.size}:${info.modifiedAt}`;

export const createLibrary = (components: LibraryComponents): Library => {
  const { rows, builtin, runtimes, clock } = components;
  const usesEngine = runtimes.some((runtime) => runtime.kind === 'llama');
  const endpoints = new Map<string, { readonly row: ModelRow; readonly endpoint: Endpoint }>();

  const endpointOf = (row: ModelRow): Endpoint | null => {
    if (row.source !== 'endpoint' || row.url === null || row.remoteName === null) return null;
    const known = endpoints.get(row.id);
    if (
      known &&
      known.row.url === row.url &&
      known.row.apiKey === row.apiKey &&
      known.row.remoteName === row.remoteName
    )
      return known.endpoint;
    const endpoint = createEndpoint(
      { id: row.id, name: row.name, url: row.url, model: row.remoteName, apiKey: row.apiKey },
      clock,
    );
    endpoints.set(row.id, { row, endpoint });
    return endpoint;
  };

  const empty = {
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
  const given: readonly Entry[] = [
    ...(usesEngine && builtin ? [builtinEntry(builtin, empty)] : []),
    ...runtimes.flatMap((runtime): Entry[] => {
      if (runtime.kind !== 'openai-compatible') return [];
      const { name, url, model, apiKey } = runtime;
      const row: ModelRow = {
        ...empty,
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

  const entries = (): Entry[] => {
    const added = rows
      .all()
      .filter((row) => row.source === 'endpoint' || usesEngine)
      .map((row): Entry => ({ row, origin: 'added', endpoint: endpointOf(row) }));
    return [...given, ...added];
  };

  const find = (id: string): Entry => {
    const entry = entries().find(({ row }) => row.id === id);
    if (!entry)
      throw new AppError('MODEL_NOT_FOUND', `There is no model "${id.slice(0, 200)}". Choose one under Models.`);
    return entry;
  };

  const identity = ({ row }: Entry, info: GgufInfo): string =>
    builtin && row.id === builtin.id ? builtin.sha256 : fileIdentity(info);

  const calibrationOf = (entry: Entry): Calibration | null => {
    const { row } = entry;
    if (row.path === null) return null;
    try {
      return rows.calibration(row.id, machineKey(identity(entry, inspect(row.path))));
    } catch (error) {
      // A file that is gone has no speed; loading it says so.
      if (error instanceof AppError && error.code === 'MODEL_FILE_INVALID') return null;
      throw error;
    }
  };

  const place = ({ endpoint }: Entry): Model['place'] => endpoint?.place ?? 'this-machine';

  const currentDefault = (all: readonly Entry[]): string => {
    const stored = rows.defaultId();
    if (stored !== null && all.some(({ row }) => row.id === stored)) return stored;
    const local = all.find((entry) => place(entry) !== 'remote') ?? all[0];
    if (!local)
      throw new AppError(
        'MODEL_NOT_FOUND',
        'The model that comes with Jan is missing. Install Jan again, or add a model under Models.',
      );
    return local.row.id;
  };

  const show = (entry: Entry, defaultId: string): Model => {
    const { row } = entry;
    const state = entry.endpoint ? components.endpointState(row.id) : components.engineState(row.id);
    return {
      id: row.id,
      name: row.name,
      source: row.source,
      place: place(entry),
      description: row.description,
      license: row.license,
      size: row.size,
      contextLength: row.contextLength,
      path: row.path,
      url: row.url,
      ...state,
      isDefault: row.id === defaultId,
      calibration: calibrationOf(entry),
      builtin: entry.origin === 'builtin',
    };
  };

  const get = (id?: string): Model => {
    const all = entries();
    const defaultId = currentDefault(all);
    return show(find(id ?? defaultId), defaultId);
  };

  const freeId = (wanted: string): string => {
    const taken = new Set([BUILTIN_ID, ...entries().map(({ row }) => row.id)]);
    if (!taken.has(wanted)) return wanted;
    let number = 2;
    while (taken.has(`${wanted}-${number}`)) number += 1;
    return `${wanted}-${number}`;
  };

  const requireRemovable = (id: string): void => {
    const entry = find(id);
    if (!entries().some((other) => other.row.id !== id && place(other) !== 'remote')) {
      throw new AppError(
        'NO_LOCAL_RUNTIME',
        'This is the last model that runs on this machine; Jan needs one to work offline. Add another model first, then remove this one.',
      );
    }
    if (entry.origin === 'builtin')
      throw new AppError(
        'CONFLICT',
        'The built-in model is part of Jan and stays. Make another model the default instead.',
      );
    if (entry.origin === 'config')
      throw new AppError(
        'CONFLICT',
        `"${entry.row.name}" is declared under "runtimes" in jan.config.json. Remove it there and start Jan again.`,
      );
  };

  const inspected = new Map<string, GgufInfo>();
  /** The header as last read, for showing; loading always reads it anew. */
  const inspect = (path: string): GgufInfo => {
    const known = inspected.get(path) ?? inspectGguf(path);
    inspected.set(path, known);
    return known;
  };

  return {
    list() {
      const all = entries();
      const defaultId = currentDefault(all);
      return all.map((entry) => show(entry, defaultId));
    },
    get,
    resolve(id) {
      return id === undefined ? currentDefault(entries()) : find(id).row.id;
    },
    defaultId: () => currentDefault(entries()),
    setDefault: (id) => rows.setDefaultId(find(id).row.id),
    addFile(input) {
      if (!usesEngine) {
        throw new AppError(
          'CONFIG_INVALID',
          'Model files need the embedded engine. Add {"kind": "llama"} to "runtimes" in jan.config.json and start Jan again.',
        );
      }
      const path = resolve(input);
      const info = inspectGguf(path);
      const same = entries().find(({ row }) => row.path === path);
      if (same) return get(same.row.id);
      inspected.set(path, info);
      const row: ModelRow = {
        ...empty,
        id: freeId(slug(path.split(/[\\/]/u).at(-1) ?? info.name)),
        name: info.name,
        source: 'file',
        description: describe(info),
        license: info.license,
        path,
        size: info.size,
        contextLength: contextShape(info, components.availableMemory()).contextLength,
        addedAt: clock.now(),
      };
      rows.add(row);
      return get(row.id);
    },
    addEndpoint({ name, url, model, apiKey }) {
      const row: ModelRow = {
        ...empty,
        id: freeId(slug(name)),
        name,
        source: 'endpoint',
        description: model,
        url,
        remoteName: model,
        apiKey: apiKey === undefined || apiKey === '' ? null : apiKey,
        addedAt: clock.now(),
      };
      rows.add(row);
      return get(row.id);
    },
    requireRemovable,
    remove(id) {
      requireRemovable(id);
      rows.remove(id);
      endpoints.delete(id);
    },
    endpoint: (id) => find(id).endpoint,
    plan(id, graphics) {
      const entry = find(id);
      const { path } = entry.row;
      if (path === null) throw new Error('An endpoint is not loaded.');
      const info = inspectGguf(path);
      inspected.set(path, info);
      const available = components.availableMemory();
      const shape = contextShape(
        info,
        available,
        entry.origin === 'builtin' ? (builtin?.context ?? undefined) : undefined,
      );
      // The built-in model is faster on a CPU than the way to a graphics card is short.
      const gpu = graphics && entry.origin !== 'builtin' && mayHaveGraphicsCard();
      if (!gpu) requireMemory(info, shape, available);
      const known = rows.calibration(id, machineKey(identity(entry, info)));
      return {
        path,
        ...shape,
        gpu,
        threads: known ? { decode: known.decodeThreads, prefill: known.prefillThreads } : null,
      };
    },
    remember(id, { threads, decodeSpeed, prefillSpeed }) {
      const entry = find(id);
      if (entry.row.path === null) return;
      rows.remember(id, machineKey(identity(entry, inspect(entry.row.path))), {
        decodeThreads: threads.decode,
        prefillThreads: threads.prefill,
        decodeSpeed,
        prefillSpeed,
        measuredAt: clock.now(),
      });
    },
  };
};

const builtinEntry = (builtin: BuiltinModel, empty: Omit<ModelRow, 'id' | 'name' | 'source'>): Entry => ({
  origin: 'builtin',
  endpoint: null,
  row: {
    ...empty,
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
