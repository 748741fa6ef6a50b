import { z } from 'zod';
import { Millis } from './workspace.ts';
import { Place } from './runs.ts';

export const ModelSource = z.enum(['builtin', 'file', 'endpoint']);
export const ModelState = z.enum(['unloaded', 'loading', 'ready', 'failed']);

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
  loadedModel: z.string().nullable(),
  /** Output tokens per second of the last answer. */
  speed: z.number().nullable(),
  active: z.number().int(),
  queued: z.number().int(),
  error: z.string().nullable(),
});
export type InferenceStatus = z.infer<typeof InferenceStatus>;
