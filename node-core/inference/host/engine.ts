import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../contract/errors.ts';
import type { Loaded, Measured, Threads, ToHost } from '../protocol.ts';
import { type BatchLoop, createBatchLoop, type RunningAnswer } from './batch-loop.ts';
import { calibrate } from './calibrate.ts';
import { createPrompter, type Prompter } from './chat.ts';
import {
  type GrammarState,
  openLlama,
  type RawBindings,
  type RawModel,
  rawBindings,
  rawContext,
  rawModel,
} from './llama.ts';

type Order<T extends ToHost['type']> = Extract<ToHost, { type: T }>;

/** llama.cpp with one model at a time. */
export interface Engine {
  load(order: Order<'load'>, onProgress: (value: number) => void, signal: AbortSignal): Promise<Loaded>;
  unload(): Promise<void>;
  generate(order: Order<'generate'>, onText: (piece: string) => void): Promise<RunningAnswer>;
  count(text: string): number;
  /** Ends with a `CancellationError` when an answer is asked for meanwhile. */
  calibrate(): Promise<Measured>;
  setThreads(threads: Threads): void;
}

interface Opened {
  readonly bindings: RawBindings;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly raw: RawModel & object;
  readonly prompter: Prompter;
  readonly loop: BatchLoop;
  readonly order: Order<'load'>;
  readonly cores: number;
}

const CALIBRATION_BUDGET_MS = 400;

const loadFailure = (cause: unknown): AppError =>
  new AppError(
    'MODEL_LOAD_FAILED',
    'llama.cpp could not load this model file. It may be damaged or of a kind this version can not run: download it again, or choose another.',
    { cause },
  );

export const createEngine = (): Engine => {
  let llama: { readonly gpu: boolean; readonly opened: Promise<Llama> } | null = null;
  let current: Opened | null = null;
  let calibration: { readonly abort: AbortController; readonly done: Promise<unknown> } | null = null;

  const library = (gpu: boolean): Promise<Llama> => {
    // One process holds one set of compute backends; the core starts another host to change it.
    if (llama && llama.gpu !== gpu) throw new Error('The host was opened for other compute backends.');
    llama ??= { gpu, opened: openLlama(gpu) };
    return llama.opened;
  };

  const opened = (): Opened => {
    if (!current) throw new AppError('INFERENCE_UNAVAILABLE', 'No model is loaded. Load one under Models.');
    return current;
  };

  const endCalibration = async (): Promise<void> => {
    calibration?.abort.abort();
    await calibration?.done.catch(() => undefined);
  };

  const grammarState = ({ bindings, raw }: Opened, gbnf: string): GrammarState => {
    try {
      const grammar = new bindings.AddonGrammar(gbnf, { addonExports: bindings, rootRuleName: 'root' });
      return new bindings.AddonGrammarEvaluationState(raw, grammar);
    } catch (cause) {
      throw new AppError(
        'BAD_REQUEST',
        'The grammar is not valid GBNF with a rule named "root". Correct it and try again.',
        { cause },
      );
    }
  };

  const unload = async (): Promise<void> => {
    await endCalibration();
    const last = current;
    current = null;
    if (!last) return;
    await last.loop.stop();
    await last.context.dispose();
    await last.model.dispose();
  };

  return {
    async load(order, onProgress, signal) {
      await unload();
      const instance = await library(order.gpu);
      let model: LlamaModel;
      let context: LlamaContext;
      try {
        model = await instance.loadModel({
          modelPath: order.path,
          useMlock: false,
          loadSignal: signal,
          ignoreMemorySafetyChecks: true,
          onLoadProgress: onProgress,
          ...(order.gpu ? {} : { gpuLayers: 0 }),
        });
      } catch (cause) {
        signal.throwIfAborted();
        throw loadFailure(cause);
      }
      try {
        context = await model.createContext({
          contextSize: order.contextLength,
          sequences: order.sequences,
          batchSize: Math.max(order.batchSize, order.sequences),
          threads: order.threads.prefill,
          // Costs on short continuations on a CPU, and pays on a graphics card.
          flashAttention: instance.gpu === false ? false : 'auto',
          ignoreMemorySafetyChecks: true,
          failedCreationRemedy: false,
        });
      } catch (cause) {
        await model.dispose();
        throw loadFailure(cause);
      }
      const bindings = rawBindings(instance);
      const raw = rawModel(model);
      const prompter = createPrompter(model, raw);
      const loop = createBatchLoop({
        context: rawContext(context),
        model: raw,
        createSampler: () => new bindings.AddonSampler(raw),
        contextLength: order.contextLength,
        sequences: order.sequences,
        batchSize: Math.max(order.batchSize, order.sequences),
        threads: order.threads,
      });
      current = { bindings, model, context, raw, prompter, loop, order, cores: instance.cpuMathCores };
      return {
        contextLength: order.contextLength,
        sequences: order.sequences,
        hasChatTemplate: prompter.hasChatTemplate,
      };
    },
    unload,
    async generate(order, onText) {
      await endCalibration();
      const at = opened();
      const { tokens, stop, special } = at.prompter.prompt(order.input);
      return at.loop.start({
        prompt: tokens,
        grammar: order.grammar === null ? null : grammarState(at, order.grammar),
        sampling: order.sampling,
        maxTokens: order.maxTokens,
        stop: [...order.stop, ...stop],
        special,
        onText,
      });
    },
    count(text) {
      return opened().raw.tokenize(text, false).length;
    },
    async calibrate() {
      const at = opened();
      if (at.loop.active > 0)
        throw new AppError('INFERENCE_BUSY', 'The model is answering. Measure its speed when it is idle.');
      await endCalibration();
      const abort = new AbortController();
      const done = at.loop.exclusively((context) =>
        calibrate({
          context,
          cores: at.cores,
          vocabularySize: at.model.fileInfo.metadata.tokenizer.ggml.tokens.length,
          contextLength: at.order.contextLength,
          batchSize: at.order.batchSize,
          budgetMs: CALIBRATION_BUDGET_MS,
          now: () => performance.now(),
          signal: abort.signal,
        }),
      );
      calibration = { abort, done };
      try {
        return await done;
      } finally {
        calibration = null;
      }
    },
    setThreads(threads) {
      opened().loop.setThreads(threads);
    },
  };
};
