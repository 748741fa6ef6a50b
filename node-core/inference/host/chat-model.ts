import type { Answered, Measured, PromptOrder, Threads, ToHost } from '../protocol.ts';
import type { GeneratePart } from '../types.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import { type Backend, loadFailure, type LoadOrder, type OpenModel } from './backend.ts';
import { type BatchLoop, createBatchLoop } from './batch-loop.ts';
import { calibrate } from './calibrate.ts';
import { createPrompter, type PromptedModel } from './chat.ts';
import { fitPrompt } from './fit-prompt.ts';
import { openAddon } from './native.ts';
import { openDraft } from './open-draft.ts';
import { createPromptMemory } from './prompt-memory.ts';
import type { PromptStates } from './prompt-states.ts';
import { createStepper } from './stepper.ts';
import { vocabularyOf } from './vocabulary.ts';

type Order<T extends ToHost['type']> = Extract<ToHost, { type: T }>;

/** A model that writes answers. */
export interface ChatModel {
  readonly active: number;
  /** Whether a draft model guesses ahead. */
  readonly drafts: boolean;
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

/** What the prompter reads of a file, from what is in memory of it. */
const promptedModel = (
  { raw }: OpenModel,
  { chatTemplate, toolTemplate, vocabularySize }: LoadOrder,
): PromptedModel => ({
  fileInfo: {
    metadata: {
      tokenizer: {
        ...(chatTemplate === null ? {} : { chat_template: chatTemplate }),
        ...(toolTemplate === undefined ? {} : { tool_template: toolTemplate }),
        get ggml() {
          return vocabularyOf(raw, vocabularySize);
        },
      },
    },
  },
});

export const createChatModel = async (
  backend: Backend,
  model: OpenModel,
  order: LoadOrder,
  states: () => PromptStates | null,
  signal: AbortSignal,
): Promise<ChatModel> => {
  const batchSize = Math.max(order.batchSize, order.sequences);
  const flashAttention = order.offload ? 'auto' : order.flashAttention;
  const { contextLength, sequences: count, threads } = order;
  const context = await model.openContext({
    contextLength,
    sequences: count,
    batchSize,
    threads: threads.prefill,
    flashAttention,
    embeddings: false,
  });
  const { bindings } = backend;
  const { raw } = model;
  const prompter = createPrompter(promptedModel(model, order), raw, bindings, contextLength);
  const lowContext = context.raw;
  const stepper = createStepper({
    context: lowContext,
    model: raw,
    bindings,
    addon: openAddon(),
    contextLength,
    batchSize,
    sequences: count,
  });
  const draft = await openDraft(backend, order, stepper, signal);
  try {
    // The first step makes threads and memory ready: not at the cost of whoever asks first.
    await stepper.step([{ sequence: 0, position: 0, tokens: [0], sample: null }], {
      threads: threads.decode,
      quick: true,
      batches: 1,
    });
  } catch (cause) {
    await draft?.dispose();
    stepper.dispose();
    await context.dispose();
    throw loadFailure(cause);
  }
  lowContext.disposeSequence(0);
  const access = stepper.states;
  const { slidingWindow } = order;
  // Recurrent layers and those with a sliding window hold the end alone.
  const canCut = (length: number, keep: number) =>
    keep === length || (stepper.canForget && (slidingWindow === 0 || length <= slidingWindow));
  // What a state on disk is worth nothing without.
  const subject = JSON.stringify([order.identity, ENGINE_VERSION, contextLength, flashAttention]);
  const loop: BatchLoop = createBatchLoop({
    context: lowContext,
    model: raw,
    stepper,
    contextLength: order.contextLength,
    sequences: order.sequences,
    batchSize,
    threads: order.threads,
    slidingWindow: order.slidingWindow,
    draft: draft?.model ?? null,
    ...(access
      ? {
          createMemory: (sequences, isStill) =>
            createPromptMemory({ states, access, subject, sequences, isStill, canCut }),
        }
      : {}),
  });

  return {
    get active() {
      return loop.active;
    },
    drafts: draft !== null,
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
        onReading(read, all) {
          // What was read to the end is told by the text that follows.
          if (read < all) onPart({ type: 'progress', phase: 'reading', value: read / all });
        },
      });
      const done = answer.done.then((written): Answered => {
        const { parts, toolCalls, endsWithCall, reasoningTokens, stopSequence } = parser.end();
        parts.forEach(onPart);
        // A stop text may come with the last token there was room for.
        const ended = stopSequence === null ? written.finishReason : 'stop';
        const finishReason = endsWithCall || (toolCalls && ended === 'stop') ? 'tool-calls' : ended;
        return { ...written, finishReason, stopSequence, reasoningTokens, droppedMessages };
      });
      return { done, cancel: answer.cancel };
    },
    count: (asked) => prompter.prompt(asked).tokens.length,
    calibrate: (signal) =>
      loop.exclusively((lent, lentStepper) =>
        calibrate({
          context: lent,
          stepper: lentStepper,
          cores: backend.cores,
          vocabularySize: order.vocabularySize,
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
      await draft?.dispose();
      await context.dispose();
    },
  };
};
