import { getModuleVersion, type Llama, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import type { Answered, Measured, PromptOrder, Threads, ToHost } from '../protocol.ts';
import type { GeneratePart } from '../types.ts';
import { type BatchLoop, createBatchLoop } from './batch-loop.ts';
import { calibrate } from './calibrate.ts';
import { createPrompter } from './chat.ts';
import { fitPrompt } from './fit-prompt.ts';
import { loadFailure } from './hosted-model.ts';
import { rawBindings, rawContext, rawModel } from './llama.ts';
import { createPromptMemory } from './prompt-memory.ts';
import type { PromptStates } from './prompt-states.ts';
import { plainSequenceStates } from './sequence-states.ts';
import { createStepper } from './stepper.ts';

type Order<T extends ToHost['type']> = Extract<ToHost, { type: T }>;

/** A model that writes answers. */
export interface ChatModel {
  readonly hasChatTemplate: boolean;
  readonly active: number;
  generate(
    order: Order<'generate'>,
    onPart: (part: GeneratePart) => void,
  ): Promise<{ readonly done: Promise<Answered>; cancel(): void }>;
  /** Tokens of the whole prompt. */
  count(order: PromptOrder): number;
  calibrate(signal: AbortSignal): Promise<Measured>;
  setThreads(threads: Threads): void;
  /** Resolves once nothing is being computed; running answers are cancelled. */
  dispose(): Promise<void>;
}

const CALIBRATION_BUDGET_MS = 400;

export const createChatModel = async (
  llama: Llama,
  model: LlamaModel,
  order: Order<'load'>,
  states: () => PromptStates | null,
): Promise<ChatModel> => {
  let context: LlamaContext;
  const batchSize = Math.max(order.batchSize, order.sequences);
  // Costs on short continuations on a CPU, and pays on a graphics card.
  const flashAttention = llama.gpu === false || !order.offload ? false : 'auto';
  try {
    context = await model.createContext({
      contextSize: order.contextLength,
      sequences: order.sequences,
      batchSize,
      threads: order.threads.prefill,
      flashAttention,
      ignoreMemorySafetyChecks: true,
      failedCreationRemedy: false,
    });
  } catch (cause) {
    throw loadFailure(cause);
  }
  const bindings = rawBindings(llama);
  const raw = rawModel(model);
  const prompter = createPrompter(model, raw, bindings);
  const lowContext = rawContext(context);
  const access = plainSequenceStates(lowContext);
  // What a state on disk is worth nothing without.
  const subject = JSON.stringify([order.identity, await getModuleVersion(), order.contextLength, flashAttention]);
  const loop: BatchLoop = createBatchLoop({
    context: lowContext,
    model: raw,
    stepper: createStepper({ context: lowContext, model: raw, bindings, contextLength: order.contextLength }),
    contextLength: order.contextLength,
    sequences: order.sequences,
    batchSize,
    threads: order.threads,
    ...(access
      ? {
          createMemory: (sequences, isStill) => createPromptMemory({ states, access, subject, sequences, isStill }),
        }
      : {}),
  });

  return {
    hasChatTemplate: prompter.hasChatTemplate,
    get active() {
      return loop.active;
    },
    async generate(asked, onPart) {
      const { prompt, droppedMessages } = fitPrompt(asked, order.contextLength, prompter.prompt);
      const parser = prompt.createParser(asked.stop);
      const answer = await loop.start({
        prompt: prompt.tokens,
        grammar: prompt.grammar,
        sampling: asked.sampling,
        maxTokens: asked.maxTokens,
        logprobs: asked.logprobs,
        stop: prompt.stop,
        special: prompt.special,
        onText(piece, tokens) {
          const { parts, steering } = parser.push(piece, tokens);
          parts.forEach(onPart);
          return steering;
        },
        onReading: (read, all) => onPart({ type: 'progress', phase: 'reading', value: read / all }),
      });
      const done = answer.done.then((written): Answered => {
        const { parts, toolCalls, reasoningTokens } = parser.end();
        parts.forEach(onPart);
        const finishReason = toolCalls && written.finishReason === 'stop' ? 'tool-calls' : written.finishReason;
        return { ...written, finishReason, reasoningTokens, droppedMessages };
      });
      return { done, cancel: answer.cancel };
    },
    count: (asked) => prompter.prompt(asked).tokens.length,
    calibrate: (signal) =>
      loop.exclusively((lent) =>
        calibrate({
          context: lent,
          cores: llama.cpuMathCores,
          vocabularySize: model.fileInfo.metadata.tokenizer.ggml.tokens.length,
          contextLength: order.contextLength,
          batchSize: order.batchSize,
          budgetMs: CALIBRATION_BUDGET_MS,
          now: () => performance.now(),
          signal,
        }),
      ),
    setThreads: (threads) => loop.setThreads(threads),
    async dispose() {
      await loop.stop();
      await context.dispose();
    },
  };
};
