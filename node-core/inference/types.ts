import type { z } from 'zod';
import type { Event, Startable } from '../common/index.ts';
import type {
  ContractHandlers,
  Download,
  InferenceStatus as Status,
  Model,
  Place as PlaceSchema,
} from '../contract/index.ts';

export type Place = z.infer<typeof PlaceSchema>;
export type InferenceStatus = z.infer<typeof Status>;

/** A JSON Schema document. Keywords outside the supported subset are refused with `SCHEMA_UNSUPPORTED`; see `docs/inference.md`. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A function that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** Of an object; default: no arguments. */
  readonly parameters?: JsonSchema;
  /** Holds the arguments to the schema by grammar; without it they are JSON of any form. */
  readonly strict?: boolean;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string;
      /** What it thought before; templates that don't repeat it leave it out. */
      readonly reasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
    }
  | { readonly role: 'tool'; readonly content: string; readonly toolCallId: string };

export interface TokenProbability {
  readonly token: number;
  /** May hold replacement characters: a token can be part of a character. */
  readonly text: string;
  readonly bytes: readonly number[];
  readonly logprob: number;
}
export interface TokenLogprob extends TokenProbability {
  /** The likeliest, best first; as many as were asked for. */
  readonly top: readonly TokenProbability[];
}

/** An answer as it is written. `index` counts the tool calls of the answer from 0. */
export type GeneratePart =
  | { readonly type: 'text'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call'; readonly index: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool-arguments'; readonly index: number; readonly delta: string }
  /** What an answer without text yet waits for; 0 to 1. */
  | { readonly type: 'progress'; readonly phase: 'queued' | 'loading' | 'reading'; readonly value: number };

/** One answer of a model. `grammar` and `schema` exclude each other; neither goes with `toolChoice` `required` or a name. */
export interface GenerateRequest {
  /** Default: the default model. */
  readonly modelId?: string;
  /** A raw prompt is used as it is (structure tokens count), tokens too; messages go through the model's own chat template. */
  readonly input:
    | { readonly prompt: string }
    | { readonly tokens: readonly number[] }
    | { readonly messages: readonly ChatMessage[] };
  readonly tools?: readonly ToolDefinition[];
  /** Default: `auto` where there are tools. */
  readonly toolChoice?: ToolChoice;
  /** Default: true. */
  readonly parallelToolCalls?: boolean;
  /** Whether a model that can think before it answers does; default: as its template has it. */
  readonly reasoning?: boolean;
  /** GBNF with the root rule `root`. Only for models on this machine's own engine. */
  readonly grammar?: string;
  readonly schema?: JsonSchema;
  /** The caller looks itself whether an answer is to the schema, and what it does about one that is not. */
  readonly unchecked?: boolean;
  readonly maxTokens: number;
  /** 0, the default, is greedy. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** Added to the logits, by token. -100 and below bans. */
  readonly logitBias?: Readonly<Record<number, number>>;
  /** How many likeliest tokens to tell beside each token written; 0 tells the written one alone. Default: none are told. */
  readonly logprobs?: number;
  /** The answer ends before the first of these; they are not part of it. */
  readonly stop?: readonly string[];
  /** A prompt longer than the context: `CONTEXT_OVERFLOW` (default), or the oldest messages after the system prompt are left out. */
  readonly overflow?: 'error' | 'drop-oldest';
  /** Whose request it is: askers take turns, so that one with many requests does not keep others waiting. Default: the person at this node. */
  readonly asker?: string;
  /** Ids of the only models that may answer, the fallback included; default, and `null`: all. */
  readonly models?: ReadonlySet<string> | null;
  readonly signal?: AbortSignal;
  /** Pieces of the answer, in order; whole characters only. Together they are `text`. */
  readonly onText?: (piece: string) => void;
  /** Everything as it is written; the `text` parts are those of `onText`. */
  readonly onPart?: (part: GeneratePart) => void;
}

export interface GenerateResult {
  readonly text: string;
  /** What the model thought before it answered; empty where it did not. */
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: 'stop' | 'length' | 'tool-calls';
  /** Which text of `stop` ended it; `null` where none did, nothing where an endpoint does not say. */
  readonly stopSequence?: string | null;
  /** Of every token of `text`, where asked for. */
  readonly logprobs: readonly TokenLogprob[] | null;
  readonly promptTokens: number;
  /** Tokens of the prompt that were still in memory from an earlier request, or on disk. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Part of `outputTokens`. */
  readonly reasoningTokens: number;
  /** Tokens that were guessed ahead, and how many of them were right. */
  readonly draft: { readonly proposed: number; readonly accepted: number };
  readonly queuedMs: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** Messages left out by `overflow: 'drop-oldest'`. */
  readonly droppedMessages: number;
  readonly modelId: string;
  readonly place: Place;
}

export interface EmbedRequest {
  readonly modelId?: string;
  readonly inputs: readonly (string | readonly number[])[];
  /** Cuts vectors to the first so many numbers and normalises them again (Matryoshka); default: all. */
  readonly dimensions?: number;
  /** As in `GenerateRequest`. */
  readonly asker?: string;
  readonly signal?: AbortSignal;
  /** Tokens that were read so far. Only of the embedded engine. */
  readonly onRead?: (tokens: number) => void;
}
export interface EmbedResult {
  /** One per input, of length 1. */
  readonly vectors: readonly Float32Array[];
  readonly promptTokens: number;
  readonly modelId: string;
}

/** Counters since the node began, and what holds now. */
export interface InferenceMetrics {
  /** Answers by how they ended; `refused` found the queue full. */
  readonly requests: {
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly refused: number;
  };
  readonly tokens: { readonly prompt: number; readonly cached: number; readonly output: number };
  readonly draft: { readonly proposed: number; readonly accepted: number };
  readonly loads: {
    readonly count: number;
    readonly failed: number;
    readonly evicted: number;
    readonly seconds: number;
  };
  readonly hostRestarts: number;
  readonly queued: number;
  readonly active: number;
  /** In memory now; bytes as planned. */
  readonly loaded: readonly {
    readonly id: string;
    readonly memory: number;
    readonly active: number;
    readonly queued: number;
  }[];
}

/** What an event of the inference room is about; `id: null` is the list itself. */
export interface ModelChange {
  readonly id: string | null;
}

/**
 * Answers of models: the embedded llama.cpp in a process of its own, and OpenAI-compatible endpoints.
 * `generate` rejects with `AppError` (`MODEL_NOT_FOUND`, `MODEL_LOAD_FAILED`, `MODEL_TOO_LARGE`, `CONTEXT_OVERFLOW`, `SCHEMA_UNSUPPORTED`,
 * `INFERENCE_BUSY`, `INFERENCE_CRASHED`, `INFERENCE_UNAVAILABLE`, `ENDPOINT_FAILED`, `VAULT_LOCKED`) or `CancellationError`.
 */
export interface Inference extends Startable {
  generate(request: GenerateRequest): Promise<GenerateResult>;
  readonly models: ContractHandlers['models'];
  /** Id of the model that requests without `modelId` use. */
  defaultModelId(): string;
  /** The model as the list shows it. @throws AppError `MODEL_NOT_FOUND` */
  model(id?: string): Model;
  /** Where the model's answers are computed. */
  place(modelId?: string): Place;
  /** How many answers the model writes at once: one more would wait. 1 for what is not loaded, until it is. @throws AppError `MODEL_NOT_FOUND` */
  slots(modelId?: string): number;
  /** @throws AppError also `BAD_REQUEST` where the model is not one for embeddings */
  embed(request: EmbedRequest): Promise<EmbedResult>;
  /** Tokens of a text under the model's own vocabulary; loads the model. Only for the embedded engine. */
  countTokens(text: string, modelId?: string): Promise<number>;
  /** Tokens of the whole prompt as `generate` would send it, template and tools included. */
  countPrompt(request: Pick<GenerateRequest, 'modelId' | 'input' | 'tools' | 'reasoning'>): Promise<number>;
  /** `special`: text of structure tokens counts as these tokens. */
  tokenize(text: string, options?: { modelId?: string; special?: boolean }): Promise<readonly number[]>;
  detokenize(tokens: readonly number[], options?: { modelId?: string; special?: boolean }): Promise<string>;
  metrics(): InferenceMetrics;
  readonly onDidChangeModels: Event<ModelChange>;
  readonly onDidChangeStatus: Event<InferenceStatus>;
  readonly onDidChangeDownload: Event<Download>;
}

/** The process that holds llama.cpp, however it was started. */
export interface HostProcess {
  post(message: unknown): void;
  readonly onMessage: Event<unknown>;
  /** Fires once; nothing follows. */
  readonly onExit: Event<{ readonly code: number | null; readonly signal: string | null }>;
  readonly pid: number | undefined;
  /** Ends it at once (SIGKILL). */
  kill(): void;
}
