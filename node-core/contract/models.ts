import { z } from 'zod';
import { Millis } from './workspace.ts';
import { Place } from './runs.ts';

export const ModelSource = z.enum(['builtin', 'file', 'download', 'endpoint']);
export const ModelState = z.enum(['unloaded', 'loading', 'ready', 'failed']);

/** What a model can be asked for. */
export const ModelKind = z.enum(['chat', 'embedding']);
export type ModelKind = z.infer<typeof ModelKind>;

/** Thread count measured on this machine; see `docs/inference.md`. */
export const Calibration = z.object({
  decodeThreads: z.number().int().positive(),
  prefillThreads: z.number().int().positive(),
  /** Tokens per second at that count. */
  decodeSpeed: z.number(),
  prefillSpeed: z.number(),
  measuredAt: Millis,
});
export type Calibration = z.infer<typeof Calibration>;

/** What a million tokens cost, in the currency of whoever charges. */
export const Price = z.object({ input: z.number().nonnegative().max(1e6), output: z.number().nonnegative().max(1e6) });
export type Price = z.infer<typeof Price>;

export const Model = z.object({
  id: z.string().min(1).max(200),
  name: z.string(),
  source: ModelSource,
  place: Place,
  description: z.string(),
  license: z.string().nullable(),
  /** Bytes on disk; `null` for an endpoint. */
  size: z.number().int().nonnegative().nullable(),
  contextLength: z.number().int().positive().nullable(),
  path: z.string().nullable(),
  url: z.string().nullable(),
  state: ModelState,
  /** 0 to 1 while loading. */
  progress: z.number().min(0).max(1).nullable(),
  error: z.string().nullable(),
  isDefault: z.boolean(),
  calibration: Calibration.nullable(),
  /** True for the model this project trained: the skills use its own prompts, not instructions. */
  builtin: z.boolean(),
  kind: ModelKind,
  /** `Q4_K_M` and the like; `null` where it is not known. */
  quantization: z.string().nullable(),
  /** Stays in memory when another model needs room. */
  pinned: z.boolean(),
  /** Bytes that it takes in memory while loaded, else what it would take; `null` for an endpoint. */
  memory: z.number().int().nonnegative().nullable(),
  /** The small model that guesses ahead what this one writes; `null` for an endpoint and for embeddings. */
  draft: z
    .object({
      /** `auto`: a much smaller one of the same vocabulary, where the list has one; `off`; or a model's id. */
      choice: z.string(),
      /** Id of the one that guesses while this model is loaded; `null` where none does. */
      model: z.string().nullable(),
      /** Why none guesses although one was chosen. */
      note: z.string().nullable(),
      /** Ids of those that could: smaller, with the same vocabulary. */
      candidates: z.array(z.string()),
    })
    .nullable(),
  /** Layers on the graphics card and all layers, while loaded; `null` where it is not. */
  offload: z.object({ layers: z.number().int(), of: z.number().int() }).nullable(),
  /** As a person set it, of an endpoint; `null`: it is not known, or it costs nothing. */
  price: Price.nullable(),
});
export type Model = z.infer<typeof Model>;

export const AddEndpoint = z.object({
  name: z.string().trim().min(1).max(100),
  /** Base URL up to and including `/v1`. */
  url: z.url({ protocol: /^https?$/ }),
  /** The model's name at the endpoint. */
  model: z.string().trim().min(1).max(200),
  apiKey: z.string().max(1_000).optional(),
});

export const InferenceStatus = z.object({
  /** `restarting` after a crash; `failed` after five restarts. */
  host: z.enum(['stopped', 'starting', 'ready', 'restarting', 'failed']),
  restarts: z.number().int(),
  /** The model that answered or was loaded last; `null` where none is loaded. */
  loadedModel: z.string().nullable(),
  /** Output tokens per second of the last answer. */
  speed: z.number().nullable(),
  active: z.number().int(),
  queued: z.number().int(),
  error: z.string().nullable(),
});
export type InferenceStatus = z.infer<typeof InferenceStatus>;

/** Whether a model suits this machine, from measured free memory, cores and graphics card. */
export const Fit = z.object({
  verdict: z.enum(['fits', 'slow', 'wont-fit']),
  /** Bytes. */
  needed: z.number().int().nonnegative(),
  available: z.number().int().nonnegative(),
  /** Expected output tokens per second; `null` where nothing was measured here yet. */
  speed: z.number().nullable(),
  /** One sentence for a person. */
  reason: z.string(),
});
export type Fit = z.infer<typeof Fit>;

export const DownloadState = z.enum(['queued', 'running', 'paused', 'verifying', 'failed', 'done']);
/** A model on its way to this machine. Survives a restart of the node. */
export const Download = z.object({
  /** Id of the catalog's model; the model in the list gets the same id. */
  id: z.string().min(1).max(200),
  name: z.string(),
  state: DownloadState,
  /** Bytes on disk. */
  received: z.number().int().nonnegative(),
  /** Bytes of all files; `null` until the server has said it. */
  total: z.number().int().nonnegative().nullable(),
  /** Bytes per second over the last seconds; `null` unless `running`. */
  speed: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: Millis,
});
export type Download = z.infer<typeof Download>;

/** A model that can be fetched, as `resources/models/catalog.json` describes it. */
export const CatalogEntry = z.object({
  id: z.string().min(1).max(200),
  name: z.string(),
  /** Who made it. */
  author: z.string(),
  kind: ModelKind,
  description: z.string(),
  /** A few words each: `coding`, `tools`, `long documents`. */
  goodAt: z.array(z.string()),
  /** `4B`. */
  parameters: z.string(),
  quantization: z.string(),
  contextLength: z.number().int().positive(),
  license: z.object({ name: z.string(), url: z.string().nullable() }),
  /** `owner/name` at the hub. */
  repository: z.string(),
  /** Bytes of all files; `null` where only the server knows: `estimatedSize` then says about how many. */
  size: z.number().int().nonnegative().nullable(),
  estimatedSize: z.number().int().positive(),
  fit: Fit,
  /** Whether the file is here already, as the model of the same id. */
  installed: z.boolean(),
  download: Download.nullable(),
});
export type CatalogEntry = z.infer<typeof CatalogEntry>;

/** What models run on here. */
export const Machine = z.object({
  cpu: z.string(),
  cores: z.number().int().positive(),
  memory: z.object({ total: z.number().int(), available: z.number().int() }),
  /** `null` where no card is used; `reason` then says why. */
  gpu: z
    .object({ name: z.string(), backend: z.string(), memory: z.object({ total: z.number(), free: z.number() }) })
    .nullable(),
  gpuReason: z.string().nullable(),
  /** `threaded` is the addon built here with a lasting thread pool, `prebuilt` the one that ships. */
  engine: z.object({
    variant: z.enum(['threaded', 'prebuilt']),
    /** What happened to the build of the threaded one. */
    build: z.enum(['none', 'building', 'ready', 'failed', 'no-compiler']),
    detail: z.string().nullable(),
  }),
  disk: z.object({
    dir: z.string(),
    /** Bytes that downloaded models take. */
    used: z.number().int().nonnegative(),
    free: z.number().int().nonnegative(),
  }),
});
export type Machine = z.infer<typeof Machine>;
