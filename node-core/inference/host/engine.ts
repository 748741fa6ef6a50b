import { AppError, CancellationError } from '../../contract/errors.ts';
import type { Answered, Devices, Embedded, Loaded, Measured, PromptOrder, Threads, ToHost } from '../protocol.ts';
import type { GeneratePart } from '../types.ts';
import { openAddonBackend } from './addon-backend.ts';
import type { Backend, OpenModel } from './backend.ts';
import { type ChatModel, createChatModel } from './chat-model.ts';
import { createEmbedder, type Embedder } from './embeddings.ts';
import { openLibraryBackend } from './library-backend.ts';
import { createPromptStates, type PromptStates } from './prompt-states.ts';
import { requireReadable } from './readable.ts';

type Order<T extends ToHost['type']> = Extract<ToHost, { type: T }>;

/** llama.cpp with the models that the core had loaded. Every method but `load` fails where the model it names is not. */
export interface Engine {
  load(order: Order<'load'>, onProgress: (value: number) => void, signal: AbortSignal): Promise<Loaded>;
  unload(model: string): Promise<void>;
  unloadAll(): Promise<void>;
  generate(
    order: Order<'generate'>,
    onPart: (part: GeneratePart) => void,
  ): Promise<{ readonly done: Promise<Answered>; cancel(): void }>;
  count(order: PromptOrder & { readonly model: string }): number;
  tokenize(order: Order<'tokenize'>): readonly number[];
  detokenize(order: Order<'detokenize'>): string;
  embed(order: Order<'embed'>, signal: AbortSignal, onRead: (tokens: number) => void): Promise<Embedded>;
  /** Ends with a `CancellationError` when an answer is asked for meanwhile. */
  calibrate(model: string): Promise<Measured>;
  setThreads(model: string, threads: Threads): void;
  devices(gpu: boolean): Promise<Devices>;
  /** Where prompt states are kept; null forgets the key. */
  setStates(store: Order<'states'>['store']): void;
}

interface Opened {
  readonly model: OpenModel;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly chat: ChatModel | null;
  readonly embedder: Embedder | null;
}

export const createEngine = (): Engine => {
  let backend: { readonly gpu: boolean; readonly opened: Promise<Backend> } | null = null;
  const models = new Map<string, Opened>();
  let states: PromptStates | null = null;
  let calibration: { readonly abort: AbortController; readonly done: Promise<unknown> } | null = null;

  const open = (gpu: boolean): Promise<Backend> => {
    if (backend && backend.gpu !== gpu) throw new Error('The host was opened for other compute backends.');
    backend ??= {
      gpu,
      opened: gpu ? openLibraryBackend(true) : openAddonBackend().then((addon) => addon ?? openLibraryBackend(false)),
    };
    return backend.opened;
  };

  const opened = (id: string): Opened => {
    const found = models.get(id);
    if (!found) throw new AppError('INFERENCE_UNAVAILABLE', 'The model is not loaded. Load it under Models.');
    return found;
  };

  const chat = (id: string): ChatModel => {
    const { chat: found } = opened(id);
    if (found) return found;
    throw new AppError('BAD_REQUEST', 'This model makes embeddings and writes no text. Choose a chat model.');
  };

  const checked = (id: string, tokens: readonly number[]): readonly number[] => {
    const size = opened(id).vocabularySize;
    const strange = tokens.find((token) => !(token >= 0 && token < size));
    if (strange === undefined) return tokens;
    throw new AppError(
      'BAD_REQUEST',
      `Token ${strange} is not one of this model's ${size}. Tokens of another model mean nothing to it.`,
    );
  };

  const endCalibration = async (): Promise<void> => {
    calibration?.abort.abort(new CancellationError());
    await calibration?.done.catch(() => undefined);
  };

  const unload = async (id: string): Promise<void> => {
    await endCalibration();
    const last = models.get(id);
    models.delete(id);
    await last?.chat?.dispose();
    await last?.embedder?.dispose();
    await last?.model.dispose();
  };

  return {
    async load(order, onProgress, signal) {
      await unload(order.model);
      const using = await open(order.gpu);
      const model = await using.openModel(order, onProgress, signal);
      try {
        const chatModel =
          order.kind === 'chat' ? await createChatModel(using, model, order, () => states, signal) : null;
        const embedder = order.kind === 'embedding' ? await createEmbedder(model, order) : null;
        const { vocabularySize, contextLength } = order;
        models.set(order.model, { model, vocabularySize, contextLength, chat: chatModel, embedder });
        return {
          contextLength: order.contextLength,
          sequences: order.sequences,
          hasChatTemplate: order.chatTemplate !== null,
          offload: model.offload,
          ...(chatModel ? { drafts: chatModel.drafts } : {}),
        };
      } catch (error) {
        await model.dispose();
        throw error;
      }
    },
    unload,
    async unloadAll() {
      for (const id of [...models.keys()]) await unload(id);
    },
    async generate(order, onPart) {
      await endCalibration();
      if ('tokens' in order.input) checked(order.model, order.input.tokens);
      return chat(order.model).generate(order, onPart);
    },
    count: (order) => chat(order.model).count(order),
    tokenize({ model, text, special }) {
      const { contextLength, model: file } = opened(model);
      requireReadable(file.raw, text, contextLength);
      return [...file.raw.tokenize(text, special)];
    },
    detokenize: ({ model, tokens, special }) =>
      tokens.length === 0 ? '' : opened(model).model.raw.detokenize(Uint32Array.from(checked(model, tokens)), special),
    async embed(order, signal, onRead) {
      await endCalibration();
      const { embedder } = opened(order.model);
      if (!embedder) {
        throw new AppError(
          'BAD_REQUEST',
          'This model writes text and makes no embeddings. Choose an embedding model, such as EmbeddingGemma, under Models.',
        );
      }
      for (const input of order.inputs) if (typeof input !== 'string') checked(order.model, input);
      return embedder.embed(order, signal, onRead);
    },
    async calibrate(id) {
      const model = chat(id);
      if ([...models.values()].some((other) => (other.chat?.active ?? 0) > 0))
        throw new AppError('INFERENCE_BUSY', 'A model is answering. Measure speed when all are idle.');
      await endCalibration();
      const abort = new AbortController();
      const done = model.calibrate(abort.signal);
      calibration = { abort, done };
      try {
        return await done;
      } finally {
        calibration = null;
      }
    },
    setThreads: (id, threads) => chat(id).setThreads(threads),
    devices: async (gpu) => (await open(gpu)).devices(),
    setStates(store) {
      states?.forget();
      states = store && createPromptStates({ ...store, key: Buffer.from(store.key, 'base64') });
    },
  };
};
