import { AppError, CancellationError } from '../../contract/errors.ts';
import type { Generated, Sampling, Threads } from '../protocol.ts';
import type { GrammarState, RawContext, RawModel, RawSampler } from './llama.ts';
import { createSequences, type Sequence } from './sequences.ts';
import { createStopFilter, createTextStream, type StopFilter, type TextStream } from './text-stream.ts';

export interface AnswerRequest {
  readonly prompt: readonly number[];
  readonly grammar: GrammarState | null;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  /** Whether structure tokens are part of the text. */
  readonly special: boolean;
  readonly onText: (piece: string) => void;
}

export interface RunningAnswer {
  readonly done: Promise<Generated>;
  /** Gives the sequence back at the next batch boundary; `done` rejects with `CancellationError` at once. */
  cancel(): void;
}

export interface BatchLoop {
  /** Waits where only the sequence of a cancelled answer is left, which is free at the next batch boundary. */
  start(request: AnswerRequest): Promise<RunningAnswer>;
  setThreads(threads: Threads): void;
  /** Longest run of prompt tokens in one batch: bounds how long a cancel or another answer waits. */
  setChunk(tokens: number): void;
  readonly active: number;
  /** Lends the context while no answer is being computed; the sequences are empty afterwards. The caller starts no answer meanwhile. */
  exclusively<T>(work: (context: RawContext) => Promise<T>): Promise<T>;
  /** Resolves once nothing is being computed; running answers are cancelled. */
  stop(): Promise<void>;
}

export interface BatchLoopComponents {
  readonly context: RawContext;
  readonly model: RawModel;
  readonly createSampler: () => RawSampler;
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  readonly threads: Threads;
}

interface Answer {
  readonly sequence: Sequence;
  readonly request: AnswerRequest;
  readonly limit: number;
  readonly cached: number;
  readonly sampler: RawSampler;
  readonly text: TextStream;
  readonly stops: StopFilter;
  readonly startedAt: number;
  readonly resolve: (result: Generated) => void;
  readonly reject: (error: unknown) => void;
  /** Tokens to feed before the next one can be sampled. */
  pending: number[];
  produced: number;
  firstAt: number;
  ended: boolean;
}

/** With other answers being written, a long prompt goes in smaller pieces so that they don't stall. */
const SHARED_CHUNK = 128;
/** Up to so many tokens a batch counts as decoding for the choice of threads. */
const DECODE_BATCH = 8;

/**
 * Computes up to `sequences` answers at once: every batch takes one token of each answer being written and, with the room left, a piece of the
 * prompts that wait. A new prompt goes to the free sequence that shares the longest beginning with it, and only the rest is computed.
 */
export const createBatchLoop = (components: BatchLoopComponents): BatchLoop => {
  const { context, model, contextLength, batchSize } = components;
  const sequences = createSequences(context, components.sequences);
  /** In order of arrival. */
  const answers = new Set<Answer>();
  let threads = components.threads;
  let chunk = batchSize;
  let running: Promise<void> | null = null;
  let batch: Promise<void> | null = null;

  const release = (answer: Answer): void => {
    if (!answers.delete(answer)) return;
    sequences.release(answer.sequence);
    answer.sampler.dispose();
  };

  const finish = (answer: Answer, finishReason: Generated['finishReason']): void => {
    answer.ended = true;
    answer.resolve({
      finishReason,
      promptTokens: answer.request.prompt.length,
      cachedTokens: answer.cached,
      outputTokens: answer.produced,
      firstTokenMs: answer.firstAt - answer.startedAt,
      decodeMs: performance.now() - answer.firstAt,
    });
    release(answer);
  };

  const fail = (answer: Answer, error: unknown): void => {
    if (!answer.ended) {
      answer.ended = true;
      answer.reject(error);
    }
    release(answer);
  };

  const emit = (answer: Answer, text: string): void => {
    if (text !== '') answer.request.onText(text);
  };

  const accept = (answer: Answer, token: number): void => {
    if (answer.firstAt === 0) answer.firstAt = performance.now();
    if (token < 0 || model.isEogToken(token)) {
      const last = answer.stops.push(answer.text.end());
      emit(answer, last.stopped ? last.text : last.text + answer.stops.end());
      finish(answer, 'stop');
      return;
    }
    answer.produced += 1;
    const { text, stopped } = answer.stops.push(answer.text.push(token));
    emit(answer, text);
    if (stopped) {
      finish(answer, 'stop');
      return;
    }
    if (answer.produced >= answer.limit) {
      const last = answer.stops.push(answer.text.end());
      emit(answer, last.stopped ? last.text : last.text + answer.stops.end());
      finish(answer, last.stopped ? 'stop' : 'length');
      return;
    }
    answer.pending = [token];
  };

  const planBatch = (): { answer: Answer; tokens: number[]; last: boolean }[] => {
    const writing = [...answers].filter((answer) => answer.pending.length === 1);
    const reading = [...answers].filter((answer) => answer.pending.length > 1);
    let room = batchSize - writing.length;
    let prompts = Math.min(writing.length > 0 ? Math.min(chunk, SHARED_CHUNK) : chunk, room);
    const plan = writing.map((answer) => ({ answer, tokens: answer.pending, last: true }));
    for (const [index, answer] of reading.entries()) {
      const share = Math.min(Math.ceil(prompts / (reading.length - index)), answer.pending.length, room);
      if (share <= 0) continue;
      room -= share;
      prompts -= share;
      plan.push({ answer, tokens: answer.pending.slice(0, share), last: share === answer.pending.length });
    }
    return plan;
  };

  const runBatch = async (): Promise<void> => {
    const plan = planBatch();
    const size = plan.reduce((sum, { tokens }) => sum + tokens.length, 0);
    context.setThreads(size > Math.max(DECODE_BATCH, plan.length) ? threads.prefill : threads.decode);
    context.initBatch(size);
    const outputs = plan.map(({ answer: { sequence }, tokens, last }) => {
      const logits = last ? Uint32Array.of(tokens.length - 1) : new Uint32Array();
      return context.addToBatch(sequence.id, sequence.tokens.length, Uint32Array.from(tokens), logits)[0];
    });
    try {
      await context.decodeBatch();
    } catch (cause) {
      for (const { answer } of plan) {
        sequences.forget(answer.sequence);
        fail(
          answer,
          new AppError(
            'INFERENCE_CRASHED',
            'The model failed while it computed this answer. Try again; if it persists, load the model again.',
            { cause },
          ),
        );
      }
      return;
    }
    for (const [index, { answer, tokens }] of plan.entries()) {
      answer.sequence.tokens.push(...tokens);
      answer.pending = answer.pending.slice(tokens.length);
      const logit = outputs[index];
      if (answer.ended) release(answer);
      else if (logit !== undefined) await sample(answer, logit);
    }
  };

  const sample = async (answer: Answer, logit: number): Promise<void> => {
    let token: number;
    try {
      token = await context.sampleToken(logit, answer.sampler);
    } catch (cause) {
      const message = 'The model has no way to write what the grammar asks for. Ask for a simpler form of answer.';
      fail(answer, new AppError('BAD_REQUEST', message, { cause }));
      return;
    }
    if (answer.ended) release(answer);
    else accept(answer, token);
  };

  const run = async (): Promise<void> => {
    while (answers.size > 0) {
      for (const answer of [...answers]) if (answer.ended) release(answer);
      if (answers.size === 0) return;
      batch = runBatch();
      await batch;
    }
  };

  const wake = (): void => {
    running ??= run().finally(() => {
      running = null;
      if (answers.size > 0) wake();
    });
  };

  return {
    async start(request) {
      const { prompt } = request;
      if (prompt.length === 0)
        throw new AppError('BAD_REQUEST', 'The prompt is empty. Write something for the model to go on from.');
      if (prompt.length >= contextLength) {
        throw new AppError(
          'CONTEXT_OVERFLOW',
          `The text has ${prompt.length} tokens; this model can see ${contextLength}, its answer included. Shorten the text, or use a model with a longer context.`,
          { data: { promptTokens: prompt.length, contextLength } },
        );
      }
      while (sequences.free === 0 && [...answers].some(({ ended }) => ended)) await batch;
      const sampler = components.createSampler();
      sampler.applyConfig({
        ...request.sampling,
        ...(request.grammar ? { grammarEvaluationState: request.grammar } : {}),
      });
      const taken = sequences.take(prompt);
      if (!taken) {
        sampler.dispose();
        throw new AppError('INFERENCE_BUSY', 'All sequences of the model are in use. Try again in a moment.');
      }
      const { sequence, cached } = taken;
      const { promise, resolve, reject } = Promise.withResolvers<Generated>();
      const answer: Answer = {
        sequence,
        request,
        limit: Math.min(request.maxTokens, contextLength - prompt.length),
        cached,
        sampler,
        text: createTextStream(model, prompt, request.special),
        stops: createStopFilter(request.stop),
        startedAt: performance.now(),
        resolve,
        reject,
        pending: prompt.slice(cached),
        produced: 0,
        firstAt: 0,
        ended: false,
      };
      answers.add(answer);
      wake();
      return {
        done: promise,
        cancel() {
          if (answer.ended) return;
          answer.ended = true;
          answer.reject(new CancellationError());
        },
      };
    },
    setThreads(next) {
      threads = next;
    },
    setChunk(tokens) {
      chunk = Math.max(1, Math.min(tokens, batchSize));
    },
    get active() {
      return answers.size;
    },
    async exclusively(work) {
      await running;
      try {
        return await work(context);
      } finally {
        sequences.forgetAll();
      }
    },
    async stop() {
      for (const answer of answers) {
        if (!answer.ended) {
          answer.ended = true;
          answer.reject(new CancellationError());
        }
      }
      await running;
    },
  };
};
