import { resolve, sep } from 'node:path';
import type { Clock } from '../common/index.ts';
import type { RuntimeConfig } from '../config/index.ts';
import { AppError, type AddEndpoint, type Model } from '../contract/index.ts';
import type { z } from 'zod';
import type { BuiltinModel, CatalogModel } from './catalog.ts';
import type { Endpoint } from './endpoint.ts';
import { createDraftChoice, draftPlan } from './draft-choice.ts';
import { createEntries, emptyRow, type Entry, placeOf, slug } from './entries.ts';
import { type GgufInfo, inspectGguf } from './gguf/inspect.ts';
import { type ContextShape, machineKey, memoryNeeded, shapeOf } from './load-plan.ts';
import type { ModelRow, ModelRows } from './model-rows.ts';
import type { Measured } from './protocol.ts';
import type { EngineModelState, LoadPlan } from './residency.ts';

/** Which models there are. */
export interface Library {
  list(): Model[];
  get(id?: string): Model;
  /** The id itself, or the default one. @throws AppError `MODEL_NOT_FOUND` */
  resolve(id?: string): string;
  defaultId(): string;
  setDefault(id: string): void;
  addFile(path: string): Model;
  /** @throws AppError `CONFIG_INVALID` where no engine runs model files here */
  requireEngine(): void;
  /** @throws AppError `CONFLICT` where a model has this id already, or lies in this folder */
  requireFree(id: string, dir: string): void;
  pin(id: string, pinned: boolean): Model;
  /** `choice`: `auto`, `off`, or a model's id. @throws AppError `BAD_REQUEST` where that model can't guess for this one */
  setDraft(id: string, choice: string): Model;
  /** @throws AppError `BAD_REQUEST` for what runs on this machine */
  setPrice(id: string, price: Model['price']): Model;
  addEndpoint(input: z.infer<typeof AddEndpoint>): Model;
  /** @throws AppError `NO_LOCAL_RUNTIME` where nothing on this machine could answer afterwards, `CONFLICT` for what the settings file declares */
  remove(id: string): void;
  /** @throws AppError `MODEL_NOT_FOUND` */
  requireRemovable(id: string): void;
  endpoint(id: string): Endpoint | null;
  /** `memory`: bytes that the model may take in all. */
  plan(id: string, options: { readonly graphics: boolean; readonly memory: number }): LoadPlan;
  isPinned(id: string): boolean;
  remember(id: string, measured: Measured): void;
}

export interface LibraryComponents {
  readonly rows: ModelRows;
  readonly builtin: BuiltinModel | null;
  /** What can be fetched: nothing else gets these ids. */
  readonly catalog: readonly CatalogModel[];
  readonly runtimes: readonly RuntimeConfig[];
  readonly engineState: (id: string) => EngineModelState;
  readonly endpointState: (id: string) => EngineModelState;
  readonly availableMemory: () => number;
  readonly mayHaveGraphicsCard: () => boolean;
  readonly engineVariant: () => string;
  readonly clock: Clock;
}

const describe = (info: GgufInfo): string => `${info.architecture}, ${info.sizeLabel} parameters`;
const fileIdentity = (info: GgufInfo): string => `${info.size}:${info.modifiedAt}`;

export const createLibrary = (components: LibraryComponents): Library => {
  const { rows, builtin, catalog, runtimes, clock } = components;
  const entries = createEntries({ rows, builtin, catalog, runtimes, clock });
  const identity = ({ row }: Entry, info: GgufInfo): string =>
    builtin && row.id === builtin.id ? builtin.sha256 : fileIdentity(info);

  /** What the file's header says; null for an endpoint, and for a file that is gone: loading it says so. */
  const headerOf = ({ row }: Entry): GgufInfo | null => {
    if (row.path === null) return null;
    try {
      return inspect(row.path);
    } catch (error) {
      if (error instanceof AppError && error.code === 'MODEL_FILE_INVALID') return null;
      throw error;
    }
  };

  const shapeFor = ({ origin }: Entry, info: GgufInfo, memory: number): ContextShape =>
    shapeOf(info, memory, origin === 'builtin' ? builtin?.context : undefined);

  const drafts = createDraftChoice({ all: entries.all, find: entries.find, headerOf });

  const draftOf = (entry: Entry, info: GgufInfo, choice: string, state: EngineModelState): Model['draft'] => {
    const { draft, note } = drafts.pick(entry, info, choice);
    const model = draft?.entry.row.id ?? null;
    const candidates = drafts.candidates(entry, info).map(({ entry: { row } }) => row.id);
    if (model === null || state.state !== 'ready' || state.draft === model) return { choice, model, note, candidates };
    const text =
      state.draft === null
        ? 'It could not be loaded beside this model, which answers without it.'
        : 'It guesses from the next load of this model on, where memory allows.';
    return { choice, model, note: text, candidates };
  };

  /** What showing any model takes, asked once for all of a list. */
  const situation = (all = entries.all()) => ({
    defaultId: entries.defaultId(all),
    pinned: rows.pinned(),
    choices: rows.drafts(),
    prices: rows.prices(),
    memory: components.availableMemory(),
  });

  const show = (entry: Entry, { defaultId, pinned, choices, prices, memory }: ReturnType<typeof situation>): Model => {
    const { row } = entry;
    const info = headerOf(entry);
    const state = entry.endpoint ? components.endpointState(row.id) : components.engineState(row.id);
    return {
      id: row.id,
      name: row.name,
      source: row.source,
      place: placeOf(entry),
      description: row.description,
      license: row.license,
      size: row.size,
      contextLength: row.contextLength,
      path: row.path,
      url: row.url,
      ...state,
      draft: info?.kind === 'chat' ? draftOf(entry, info, choices[row.id] ?? 'auto', state) : null,
      memory: state.memory ?? (info && memoryNeeded(info, shapeFor(entry, info, memory))),
      isDefault: row.id === defaultId,
      calibration: info && rows.calibration(row.id, machineKey(identity(entry, info), components.engineVariant())),
      builtin: entry.origin === 'builtin',
      kind: info?.kind ?? catalog.find(({ id }) => id === row.id)?.kind ?? 'chat',
      quantization: info?.quantization ?? null,
      pinned: pinned.has(row.id),
      price: prices[row.id] ?? null,
    };
  };

  const get = (id?: string): Model => {
    const now = situation();
    return show(entries.find(id ?? now.defaultId), now);
  };

  const requireRemovable = (id: string): void => {
    const entry = entries.find(id);
    if (!entries.all().some((other) => other.row.id !== id && placeOf(other) !== 'remote')) {
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

  const requireEngine = (): void => {
    if (!entries.usesEngine) {
      throw new AppError(
        'CONFIG_INVALID',
        'Model files need the embedded engine. Add {"kind": "llama"} to "runtimes" in jan.config.json and start Jan again.',
      );
    }
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
      const all = entries.all();
      const now = situation(all);
      return all.map((entry) => show(entry, now));
    },
    get,
    resolve(id) {
      return id === undefined ? entries.defaultId() : entries.find(id).row.id;
    },
    defaultId: () => entries.defaultId(),
    setDefault: (id) => rows.setDefaultId(entries.find(id).row.id),
    requireEngine,
    requireFree(id, dir) {
      const taken = entries.all().find(({ row }) => row.id === id || row.path?.startsWith(`${dir}${sep}`) === true);
      if (taken)
        throw new AppError(
          'CONFLICT',
          taken.row.source === 'download'
            ? `"${taken.row.name}" is here already. Choose it under Models.`
            : `"${taken.row.name}" is in the way: it has the same name or folder. Remove it from the list first.`,
        );
    },
    pin(id, pinned) {
      const { row } = entries.find(id);
      if (row.source === 'endpoint')
        throw new AppError('BAD_REQUEST', 'An endpoint takes no memory here. Pin models that run inside Jan.');
      rows.pin(id, pinned);
      return get(id);
    },
    setDraft(id, choice) {
      const entry = entries.find(id);
      const info = headerOf(entry);
      if (info?.kind !== 'chat')
        throw new AppError(
          'BAD_REQUEST',
          'Only for a model that runs inside Jan and writes text another can guess ahead.',
        );
      drafts.require(entry, info, choice);
      rows.setDraft(id, choice);
      return get(id);
    },
    setPrice(id, price) {
      if (!entries.find(id).endpoint)
        throw new AppError(
          'BAD_REQUEST',
          'What runs inside Jan costs nothing. Only the model of an endpoint has a price.',
        );
      rows.setPrice(id, price);
      return get(id);
    },
    addFile(input) {
      requireEngine();
      const path = resolve(input);
      const info = inspectGguf(path);
      const same = entries.all().find(({ row }) => row.path === path);
      if (same) return get(same.row.id);
      inspected.set(path, info);
      const row: ModelRow = {
        ...emptyRow,
        id: entries.freeId(slug(path.split(/[\\/]/u).at(-1) ?? info.name)),
        name: info.name,
        source: 'file',
        description: describe(info),
        license: info.license,
        path,
        size: info.size,
        contextLength: shapeOf(info, components.availableMemory()).contextLength,
        addedAt: clock.now(),
      };
      rows.add(row);
      return get(row.id);
    },
    addEndpoint({ name, url, model, apiKey }) {
      const row: ModelRow = {
        ...emptyRow,
        id: entries.freeId(slug(name)),
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
      rows.setDraft(id, 'auto');
      rows.setPrice(id, null);
    },
    endpoint: (id) => entries.find(id).endpoint,
    isPinned: (id) => rows.pinned().has(id),
    plan(id, { graphics, memory }) {
      const entry = entries.find(id);
      const { path } = entry.row;
      if (path === null) throw new Error('An endpoint is not loaded.');
      const info = inspectGguf(path);
      inspected.set(path, info);
      const shape = shapeFor(entry, info, memory);
      // The built-in model is faster on a CPU than the way to a graphics card is short.
      const gpu = graphics && entry.origin !== 'builtin' && components.mayHaveGraphicsCard();
      const known = rows.calibration(id, machineKey(identity(entry, info), components.engineVariant()));
      const pick = () => drafts.pick(entry, info, rows.drafts()[id] ?? 'auto').draft;
      const seen = pick()?.entry.row.path ?? null;
      // As every file that is loaded, it is read anew.
      const draft = seen !== null && inspected.delete(seen) ? pick() : null;
      const beside = draft && draftPlan(draft, shape.contextLength);
      const alone = memoryNeeded(info, shape);
      // Nothing else has to leave for it.
      const room = beside && alone + beside.memory <= Math.min(memory, components.availableMemory()) ? beside : null;
      return {
        name: info.name,
        path,
        kind: info.kind,
        identity: identity(entry, info),
        architecture: info.architecture,
        vocabularySize: info.vocabularySize,
        chatTemplate: info.chatTemplate,
        ...(info.toolTemplate === null ? {} : { toolTemplate: info.toolTemplate }),
        slidingWindow: info.slidingWindow,
        ...shape,
        gpu,
        memory: alone + (room?.memory ?? 0),
        ...(room ? { draft: room.draft } : {}),
        measured: known && {
          threads: { decode: known.decodeThreads, prefill: known.prefillThreads },
          decodeSpeed: known.decodeSpeed,
        },
      };
    },
    remember(id, { threads, decodeSpeed, prefillSpeed }) {
      const entry = entries.find(id);
      if (entry.row.path === null) return;
      rows.remember(id, machineKey(identity(entry, inspect(entry.row.path)), components.engineVariant()), {
        decodeThreads: threads.decode,
        prefillThreads: threads.prefill,
        decodeSpeed,
        prefillSpeed,
        measuredAt: clock.now(),
      });
    },
  };
};
