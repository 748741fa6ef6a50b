import type { z } from 'zod';
import type { Event, Startable } from '../common/index.ts';
import type { ContractHandlers, InferenceStatus as Status, Model, Place as PlaceSchema } from '../contract/index.ts';

export type Place = z.infer<typeof PlaceSchema>;
export type InferenceStatus = z.infer<typeof Status>;

/** A JSON Schema document. Keywords outside the supported subset are refused with `SCHEMA_UNSUPPORTED`; see `docs/inference.md`. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** One answer of a model. `grammar` and `schema` exclude each other. */
export interface GenerateRequest {
  /** Default: the default model. */
  readonly modelId?: string;
  /** A raw prompt is used as it is (structure tokens count); messages go through the model's own chat template. */
  readonly input: { readonly prompt: string } | { readonly messages: readonly ChatMessage[] };
  /** GBNF with the root rule `root`. Only for models on this machine's own engine. */
  readonly grammar?: string;
  readonly schema?: JsonSchema;
  readonly maxTokens: number;
  /** 0, the default, is greedy. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
  /** The answer ends before the first of these; they are not part of it. */
  readonly stop?: readonly string[];
  readonly signal?: AbortSignal;
  /** Pieces of the answer, in order; whole characters only. Together they are `text`. */
  readonly onText?: (piece: string) => void;
}

export interface GenerateResult {
  readonly text: string;
  readonly finishReason: 'stop' | 'length';
  readonly promptTokens: number;
  /** Tokens of the prompt that were still in memory from an earlier request. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly modelId: string;
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
  /** Tokens of a text under the model's own vocabulary; loads the model. Only for the embedded engine. */
  countTokens(text: string, modelId?: string): Promise<number>;
  readonly onDidChangeModels: Event<ModelChange>;
  readonly onDidChangeStatus: Event<InferenceStatus>;
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
