import { z } from 'zod';

/** What crosses between the core and the process that holds llama.cpp. Every request carries an id and gets one `done` or `failed`. */

/** What is sent is not changed by the sender either. */
type Fixed<T> = T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T;

const Threads = z.object({ decode: z.number().int().positive(), prefill: z.number().int().positive() });
export type Threads = z.infer<typeof Threads>;

const Sampling = z.object({
  temperature: z.number().min(0).max(5),
  topP: z.number().min(0).max(1),
  topK: z.number().int().min(0),
  minP: z.number().min(0).max(1),
  seed: z.number().int().min(0).max(0xffffffff),
  presencePenalty: z.number().min(-2).max(2),
  frequencyPenalty: z.number().min(-2).max(2),
  /** Pairs of token and what is added to its logit. */
  logitBias: z.array(z.tuple([z.number().int().nonnegative(), z.number()])),
});
export type Sampling = Fixed<z.infer<typeof Sampling>>;

const Token = z.number().int().nonnegative();
const Call = z.object({ id: z.string(), name: z.string(), arguments: z.string() });
const Message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string() }),
  z.object({ role: z.literal('user'), content: z.string() }),
  z.object({
    role: z.literal('assistant'),
    content: z.string(),
    reasoning: z.string().exactOptional(),
    toolCalls: z.array(Call).exactOptional(),
  }),
  z.object({ role: z.literal('tool'), content: z.string(), toolCallId: z.string() }),
]);
export type PromptMessage = Fixed<z.infer<typeof Message>>;

const PromptInput = z.union([
  z.object({ prompt: z.string() }),
  z.object({ tokens: z.array(Token) }),
  z.object({ messages: z.array(Message).min(1) }),
]);
export type PromptInput = Fixed<z.infer<typeof PromptInput>>;

const Tool = z.object({
  name: z.string().min(1),
  description: z.string().exactOptional(),
  parameters: z.record(z.string(), z.unknown()).exactOptional(),
  strict: z.boolean().exactOptional(),
});

/** What the chat template and its parser need to know of a request. */
const PromptOrder = z.object({
  input: PromptInput,
  tools: z.array(Tool),
  toolChoice: z.union([z.enum(['auto', 'none', 'required']), z.object({ name: z.string() })]),
  parallelToolCalls: z.boolean(),
  /** Null: as the template has it. */
  reasoning: z.boolean().nullable(),
  /** GBNF that the answer proper keeps to. */
  grammar: z.string().nullable(),
});
export type PromptOrder = Fixed<z.infer<typeof PromptOrder>>;

const AnswerOrder = PromptOrder.extend({
  maxTokens: z.number().int().positive(),
  sampling: Sampling,
  /** How many likeliest tokens to tell beside each; null: none are told, nor the written one. */
  logprobs: z.number().int().min(0).max(100).nullable(),
  stop: z.array(z.string().min(1)),
  overflow: z.enum(['error', 'drop-oldest']),
});
export type AnswerOrder = Fixed<z.infer<typeof AnswerOrder>>;

const Id = z.number().int().nonnegative();
/** Which of the loaded models is meant. */
const model = z.string().min(1);
export const ToHost = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    id: Id,
    model,
    path: z.string().min(1),
    kind: z.enum(['chat', 'embedding']),
    /** Changes with the file's content; what is kept on disk of this model is bound to it. */
    identity: z.string().min(1),
    architecture: z.string(),
    vocabularySize: z.number().int().positive(),
    chatTemplate: z.string().nullable(),
    /** For conversations with tools, where it is another. */
    toolTemplate: z.string().optional(),
    /** Tokens that some layers look back; 0 where all see everything. */
    slidingWindow: z.number().int().nonnegative(),
    /** Tokens that one answer can see, prompt included. */
    contextLength: z.number().int().positive(),
    /** Answers that can be in the making at once. */
    sequences: z.number().int().positive(),
    batchSize: z.number().int().positive(),
    /** On a processor; a graphics card always has it. */
    flashAttention: z.boolean(),
    /** Whether a graphics card may be looked for and used by this process; the same for all models of one process. */
    gpu: z.boolean(),
    /** Whether this model may lie on it. */
    offload: z.boolean(),
    threads: Threads,
    /** A small model of the same vocabulary, loaded beside it to guess ahead. */
    draft: z
      .object({
        path: z.string().min(1),
        contextLength: z.number().int().positive(),
        batchSize: z.number().int().positive(),
        slidingWindow: z.number().int().nonnegative(),
      })
      .exactOptional(),
  }),
  z.object({ type: z.literal('unload'), id: Id, model }),
  AnswerOrder.extend({ type: z.literal('generate'), id: Id, model }),
  PromptOrder.extend({ type: z.literal('count'), id: Id, model }),
  z.object({ type: z.literal('tokenize'), id: Id, model, text: z.string(), special: z.boolean() }),
  z.object({ type: z.literal('detokenize'), id: Id, model, tokens: z.array(Token), special: z.boolean() }),
  z.object({
    type: z.literal('embed'),
    id: Id,
    model,
    inputs: z.array(z.union([z.string(), z.array(Token)])),
    dimensions: z.number().int().positive().nullable(),
  }),
  z.object({ type: z.literal('calibrate'), id: Id, model }),
  z.object({ type: z.literal('threads'), id: Id, model, threads: Threads }),
  /** Which graphics card there is for this process. */
  z.object({ type: z.literal('devices'), id: Id, gpu: z.boolean() }),
  /** Where prompt states are kept, sealed with this key (base64 of 32 bytes), and how many bytes they may take; `null` forgets the key. */
  z.object({
    type: z.literal('states'),
    id: Id,
    store: z.object({ dir: z.string().min(1), key: z.base64(), limit: z.number().int().positive() }).nullable(),
  }),
  /** Ends the request `target`, which then fails with `CANCELLED`. Nothing happens where it has ended. */
  z.object({ type: z.literal('cancel'), target: Id }),
  /** Asks for a sign of life. */
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ToHost = Fixed<z.infer<typeof ToHost>>;

export const Loaded = z.object({
  contextLength: z.number().int().positive(),
  sequences: z.number().int().positive(),
  hasChatTemplate: z.boolean(),
  /** Layers on the graphics card and all layers; null where none is used. */
  offload: z.object({ layers: z.number().int(), of: z.number().int() }).nullable(),
  /** Whether a draft model guesses ahead. */
  drafts: z.boolean().exactOptional(),
});
export type Loaded = z.infer<typeof Loaded>;

export const Answered = z.object({
  finishReason: z.enum(['stop', 'length', 'tool-calls']),
  stopSequence: z.string().nullable(),
  promptTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Part of `outputTokens`. */
  reasoningTokens: z.number().int(),
  draft: z.object({ proposed: z.number().int(), accepted: z.number().int() }),
  /** From the request's arrival in the host. */
  firstTokenMs: z.number(),
  /** From the first token to the last. */
  decodeMs: z.number(),
  droppedMessages: z.number().int(),
});
export type Answered = z.infer<typeof Answered>;

export const Counted = z.object({ tokens: z.number().int() });
export const Tokenized = z.object({ tokens: z.array(Token) });
export const Detokenized = z.object({ text: z.string() });
export const Embedded = z.object({
  /** Little-endian 32-bit floats in base64: the same over every transport. */
  vectors: z.array(z.base64()),
  promptTokens: z.number().int(),
});
export type Embedded = z.infer<typeof Embedded>;
export const Measured = z.object({
  threads: Threads,
  /** Tokens per second. */
  decodeSpeed: z.number(),
  prefillSpeed: z.number(),
});
export type Measured = z.infer<typeof Measured>;
export const Devices = z.object({
  gpu: z
    .object({ name: z.string(), backend: z.string(), memory: z.object({ total: z.number(), free: z.number() }) })
    .nullable(),
});
export type Devices = z.infer<typeof Devices>;

const Probability = z.object({
  token: Token,
  text: z.string(),
  bytes: z.array(z.number().int().min(0).max(255)),
  logprob: z.number(),
});
const Part = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    logprobs: z.array(Probability.extend({ top: z.array(Probability) })).exactOptional(),
  }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('tool-call'), index: Id, id: z.string(), name: z.string() }),
  z.object({ type: z.literal('tool-arguments'), index: Id, delta: z.string() }),
  z.object({
    type: z.literal('progress'),
    phase: z.enum(['queued', 'loading', 'reading']),
    value: z.number().min(0).max(1),
  }),
]);

export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('pong') }),
  /** Of a load; 0 to 1. Of embeddings: tokens that were read so far. */
  z.object({ type: z.literal('progress'), id: Id, value: z.number() }),
  z.object({ type: z.literal('part'), id: Id, part: Part }),
  z.object({ type: z.literal('done'), id: Id, result: z.unknown() }),
  z.object({
    type: z.literal('failed'),
    id: Id,
    error: z.object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()).exactOptional() }),
  }),
  /** A fault for the log: what kind, never what a user wrote. */
  z.object({ type: z.literal('fault'), message: z.string() }),
]);
export type FromHost = Fixed<z.infer<typeof FromHost>>;
