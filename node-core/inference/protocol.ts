import { z } from 'zod';

/** What crosses between the core and the process that holds llama.cpp. Every request carries an id and gets one `done` or `failed`. */

const Threads = z.object({ decode: z.number().int().positive(), prefill: z.number().int().positive() });
export type Threads = z.infer<typeof Threads>;

const Sampling = z.object({
  temperature: z.number().min(0).max(5),
  topP: z.number().min(0).max(1),
  topK: z.number().int().min(0),
  seed: z.number().int().min(0).max(0xffffffff),
});
export type Sampling = z.infer<typeof Sampling>;

const PromptInput = z.union([
  z.object({ prompt: z.string() }),
  z.object({
    messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  }),
]);
export type PromptInput = z.infer<typeof PromptInput>;

const Id = z.number().int().nonnegative();
export const ToHost = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    id: Id,
    path: z.string().min(1),
    /** Tokens that one answer can see, prompt included. */
    contextLength: z.number().int().positive(),
    /** Answers that can be in the making at once. */
    sequences: z.number().int().positive(),
    batchSize: z.number().int().positive(),
    /** Whether a graphics card may be looked for and used. */
    gpu: z.boolean(),
    threads: Threads,
  }),
  z.object({ type: z.literal('unload'), id: Id }),
  z.object({
    type: z.literal('generate'),
    id: Id,
    input: PromptInput,
    grammar: z.string().nullable(),
    maxTokens: z.number().int().positive(),
    sampling: Sampling,
    stop: z.array(z.string().min(1)),
  }),
  z.object({ type: z.literal('count'), id: Id, text: z.string() }),
  z.object({ type: z.literal('calibrate'), id: Id }),
  z.object({ type: z.literal('threads'), id: Id, threads: Threads }),
  /** Ends the request `target`, which then fails with `CANCELLED`. Nothing happens where it has ended. */
  z.object({ type: z.literal('cancel'), target: Id }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ToHost = z.infer<typeof ToHost>;

export const Loaded = z.object({
  contextLength: z.number().int().positive(),
  sequences: z.number().int().positive(),
  hasChatTemplate: z.boolean(),
});
export type Loaded = z.infer<typeof Loaded>;

export const Generated = z.object({
  finishReason: z.enum(['stop', 'length']),
  promptTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** From the request's arrival in the host. */
  firstTokenMs: z.number(),
  /** From the first token to the last. */
  decodeMs: z.number(),
});
export type Generated = z.infer<typeof Generated>;

export const Counted = z.object({ tokens: z.number().int() });
export const Measured = z.object({
  threads: Threads,
  /** Tokens per second. */
  decodeSpeed: z.number(),
  prefillSpeed: z.number(),
});
export type Measured = z.infer<typeof Measured>;

export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('progress'), id: Id, value: z.number() }),
  z.object({ type: z.literal('text'), id: Id, piece: z.string() }),
  z.object({ type: z.literal('done'), id: Id, result: z.unknown() }),
  z.object({
    type: z.literal('failed'),
    id: Id,
    error: z.object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
  }),
  /** A fault for the log: what kind, never what a user wrote. */
  z.object({ type: z.literal('fault'), message: z.string() }),
]);
export type FromHost = z.infer<typeof FromHost>;
